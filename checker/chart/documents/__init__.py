"""Papers of the record → pages of text. The kind of a paper is told by its first bytes, not by its name."""

from __future__ import annotations

from pathlib import Path

from checker.chart.documents.pages import Page, Pages
from checker.chart.documents.text import decode, join_hyphens
from checker.problem import InputError, Problem

MARKUP = ("<!doctype html", "<html", "<?xml")
MAIL = ".eml"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")

__all__ = ["Page", "Pages", "pages_of_text", "read_document"]


def read_document(path: Path) -> Pages:
    """Read one paper. Raises InputError where it cannot be read."""
    raw = path.read_bytes()
    if raw.startswith(b"%PDF"):
        from checker.chart.documents.pdf import read_pdf

        return read_pdf(path)
    if raw.startswith(b"PK\x03\x04"):
        from checker.chart.documents.docx import read_docx
        from checker.chart.documents.kinds import refuse_archive

        refuse_archive(path)
        return read_docx(path)
    if raw.startswith(b"{\\rtf"):
        from checker.chart.documents.rtf import read_rtf

        return read_rtf(path)
    if raw.startswith(PICTURES):
        return _read_scan(raw)
    text = decode(raw)
    if text is None:
        from checker.chart.documents.kinds import not_a_paper

        raise not_a_paper(path, raw)
    if text.lstrip().lower().startswith(MARKUP):
        fix = "Open it in a browser, print it to PDF, and list that."
        raise InputError([Problem(str(path), 0, 0, "unreadable", "a web page or an XML file", "a paper", fix)])
    if path.suffix.lower() == MAIL:
        from checker.chart.documents.kinds import refuse_mail

        refuse_mail(path, text)
    return pages_of_text(join_hyphens(text))


def _read_scan(raw: bytes) -> Pages:
    """A paper that is one picture."""
    from checker.chart.documents.ocr import can_read_pictures, read_picture

    text = read_picture(raw) if can_read_pictures() else ""
    return Pages((Page(1, text),), from_picture=(1,)) if text.strip() else Pages((), unread=(1,))


def pages_of_text(text: str) -> Pages:
    """Text as one paper; a form feed begins a new page."""
    return Pages(tuple(Page(number, page) for number, page in enumerate(text.split("\f"), 1)))
