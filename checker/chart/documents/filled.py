"""What somebody filled in on a PDF: words in its fields or laid over the page, and boxes that are ticked. PDFium's text of a
page leaves them out, for they are drawn on top of it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from checker.chart.documents.columns import Piece
from checker.chart.documents.text import EMPTY, TICKED

HEIGHT = 10.0  # points of a typed line, at most: a tall field is no tall letter
LETTER = 0.5  # heights that a letter is wide
CLEAR = 2.0  # heights that a field leaves white at its right, so that two fields that touch stay two cells
# Flags of a field that no reader of the page sees: hidden, not for the screen (ISO 32000-1, table 165).
UNSEEN = 0b100010


def take_filled(page: Any) -> list[Piece]:
    """What stands in the fields of a page and in words typed over it, a piece a line; a box as [X] or [ ]. They are taken
    off the page. The fields of its document have been made known before the page was taken."""
    from pypdfium2 import raw

    pieces: list[Piece] = []
    for place in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        is_filled = kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)
        if is_filled and not raw.FPDFAnnot_GetFlags(annotation) & UNSEEN:
            pieces += _field(page, annotation) if kind == raw.FPDF_ANNOT_WIDGET else _lines(_note(annotation))
        raw.FPDFPage_CloseAnnot(annotation)
        if is_filled:
            raw.FPDFPage_RemoveAnnot(page, place)
    return pieces


def _field(page: Any, annotation: Any) -> list[Piece]:
    """What a field of a form holds; nothing for a button or a signature."""
    from pypdfium2 import raw

    if page.formenv is None:
        return []
    kind = raw.FPDFAnnot_GetFormFieldType(page.formenv, annotation)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return [_piece(annotation, TICKED if raw.FPDFAnnot_IsChecked(page.formenv, annotation) else EMPTY)]
    if kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        value = _string(lambda *room: raw.FPDFAnnot_GetFormFieldValue(page.formenv, annotation, *room))
        return _lines(_piece(annotation, value))
    return []


def _note(annotation: Any) -> Piece:
    from pypdfium2 import raw

    return _piece(annotation, _string(lambda *room: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", *room)))


def _piece(annotation: Any, text: str) -> Piece:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
    return Piece(box.left, box.bottom, box.right, box.top, text)


def _string(write: Callable[..., int]) -> str:
    """A string that PDFium writes into room that it is given, after it has told how many bytes it needs."""
    from pypdfium2 import raw

    size = write(None, 0)
    room = ctypes.create_string_buffer(size)
    write(ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return room.raw.decode("utf-16-le", "replace").rstrip("\0")


def _lines(field: Piece) -> list[Piece]:
    """The lines that stand in a field, evenly from its top to its foot."""
    lines = field.text.splitlines()
    step = (field.top - field.bottom) / max(len(lines), 1)
    height = min(step, HEIGHT)
    pieces = []
    for place, line in enumerate(lines):
        middle = field.top - step * (place + 0.5)
        right = min(field.left + LETTER * height * len(line), field.right - CLEAR * height)
        pieces.append(Piece(field.left, middle - height / 2, max(right, field.left + 1), middle + height / 2, line))
    return pieces
