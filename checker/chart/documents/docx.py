"""DOCX: paragraphs and tables in the order of the paper, by the standard library alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from checker.chart.documents.pages import Page, Pages
from checker.chart.documents.text import EMPTY, TICKED, clean
from checker.problem import InputError, Problem

MAX_EXPANDED = 50_000_000
MANY = 2  # cells of a row that is more than a frame
LARGE = 0.4  # of a page that a picture covers, where it is a page scanned in, not a letterhead
LETTER_PAGE = (12240, 15840)  # width and height in twentieths of a point, where the file does not say
DIGITS = 12  # of a measure at most
EMU = 635  # English metric units, in which pictures are measured, in a twentieth of a point
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again for older programs
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_SYMBOL = re.compile(r"[0-9A-Fa-f]{4}")  # of a font of signs
_INNER = (f"{_W}p", f"{_W}tbl")


def read_docx(path: Path) -> Pages:
    """The paper as one page of text: what heads its pages, the text, what stands at their foot. The page is named as unread
    too where a scan was put into the file. Raises InputError for a broken or oversized file."""
    try:
        with zipfile.ZipFile(path) as archive:
            margins = sorted(name for name in archive.namelist() if _MARGIN.fullmatch(name))
            entries = [archive.getinfo(name) for name in (_BODY, *margins)]
            size = sum(entry.file_size for entry in entries)
            if size > MAX_EXPANDED:
                raise _fault(path, f"{size:,} bytes when unpacked", f"at most {MAX_EXPANDED:,} bytes")
            body, *around = [ElementTree.fromstring(archive.read(entry)) for entry in entries]
    except InputError:
        raise
    except Exception:  # a damaged archive makes zipfile raise nearly anything: zlib.error, struct.error, OSError …
        raise _fault(path, "a file that is not a sound Word document", "a DOCX file") from None
    heads = [line for root in around if root.tag == f"{_W}hdr" for line in _written(root)]
    feet = [line for root in around if root.tag != f"{_W}hdr" for line in _written(root)]
    text = clean("\n".join([*dict.fromkeys(heads), *_lines(body), *dict.fromkeys(feet)]))
    return Pages((Page(1, text),), unread=(1,) if _has_scan(body) else ())


def _written(root: ElementTree.Element) -> list[str]:
    return [line for line in _lines(root) if line.strip()]


def _has_scan(root: ElementTree.Element) -> bool:
    """Whether a picture covers much of a page."""
    size = next(root.iter(f"{_W}pgSz"), None)
    width, height = (_number(size, f"{_W}w"), _number(size, f"{_W}h")) if size is not None else LETTER_PAGE
    page = (width or LETTER_PAGE[0]) * (height or LETTER_PAGE[1]) * EMU * EMU
    return any(_number(extent, "cx") * _number(extent, "cy") >= LARGE * page for extent in root.iter(_EXTENT))


def _number(node: ElementTree.Element, name: str) -> int:
    value = node.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= DIGITS else 0


def _lines(root: ElementTree.Element) -> Iterator[str]:
    """Paragraphs, and rows of tables between bars, in the order of the paper."""
    for node in list(root.iter()):
        for twin in node.findall(_FALLBACK):
            node.remove(twin)
    told: set[ElementTree.Element] = set()
    for node in root.iter():
        if node.tag == f"{_W}tr" and (row := _row(node)):
            told.update(node.iter(f"{_W}p"))
            yield row
        elif node.tag == f"{_W}p" and node not in told:
            yield _text(node)


def _row(node: ElementTree.Element) -> str:
    """The cells of a row between bars; nothing where a table only lays out the page, with paragraphs or tables in its cells."""
    cells = [
        [text for part in cell.iter(f"{_W}p") if (text := _text(part).strip())] for cell in node.findall(f"{_W}tc")
    ]
    is_layout = len(cells) < MANY or any(len(paragraphs) > 1 for paragraphs in cells)
    if is_layout or node.find(f".//{_W}tbl") is not None:
        return ""
    return "| " + " | ".join(" ".join("".join(paragraphs).split()) for paragraphs in cells) + " |"


def _text(paragraph: ElementTree.Element) -> str:
    """The words of a paragraph, without those of a text box that hangs on it: they are paragraphs of their own."""
    text = ""
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}t":
            text += node.text or ""
        elif node.tag == f"{_W}sym":
            code = node.get(f"{_W}char", "")
            text += chr(int(code, 16)) if _SYMBOL.fullmatch(code) else ""
        elif node.tag == f"{_W}checkBox":
            text += TICKED if _is_ticked(node) else EMPTY
        elif node.tag not in _INNER:
            text += _BREAKS.get(node.tag, "")
            waiting += reversed(node)
    return text


def _is_ticked(box: ElementTree.Element) -> bool:
    """Whether the box of an older form is ticked: by hand, else from the start."""
    state = box.find(f"{_W}checked")
    state = box.find(f"{_W}default") if state is None else state
    return state is not None and state.get(f"{_W}val", "1") in ("1", "true", "on")


def _fault(path: Path, found: str, expected: str) -> InputError:
    return InputError([Problem(str(path), 0, 0, "docx", found, expected, "Save the paper anew as DOCX, PDF or text.")])
