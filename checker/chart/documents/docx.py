"""DOCX: paragraphs and tables in the order of the paper, by the standard library alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from checker.chart.documents.pages import Page, Pages
from checker.chart.documents.text import clean
from checker.problem import InputError, Problem

MAX_EXPANDED = 50_000_000
MANY = 2  # cells of a row that is more than a frame
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


def read_docx(path: Path) -> Pages:
    """The paper as one page of text. Raises InputError for a broken or oversized file."""
    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.getinfo("word/document.xml")
            if entry.file_size > MAX_EXPANDED:
                raise _fault(path, f"{entry.file_size:,} bytes when unpacked", f"at most {MAX_EXPANDED:,} bytes")
            root = ElementTree.fromstring(archive.read(entry))
    except InputError:
        raise
    except Exception:  # a damaged archive makes zipfile raise nearly anything: zlib.error, struct.error, OSError …
        raise _fault(path, "a file that is not a sound Word document", "a DOCX file") from None
    return Pages((Page(1, clean("\n".join(_lines(root)))),))


def _lines(root: ElementTree.Element) -> Iterator[str]:
    """Paragraphs, and rows of tables between bars, in the order of the paper."""
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
    return "".join(
        (node.text or "") if node.tag == f"{_W}t" else _BREAKS[node.tag]
        for node in paragraph.iter()
        if node.tag == f"{_W}t" or node.tag in _BREAKS
    )


def _fault(path: Path, found: str, expected: str) -> InputError:
    return InputError([Problem(str(path), 0, 0, "docx", found, expected, "Save the paper anew as DOCX, PDF or text.")])
