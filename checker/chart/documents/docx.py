"""DOCX: paragraphs and tables in the order of the paper, by the standard library alone."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from checker.chart.documents.pages import Page, Pages
from checker.chart.documents.text import clean
from checker.problem import InputError, Problem

MAX_EXPANDED = 50_000_000
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
    lines: list[str] = []
    for paragraph in root.iter(f"{_W}p"):
        parts = [
            (node.text or "") if node.tag == f"{_W}t" else _BREAKS[node.tag]
            for node in paragraph.iter()
            if node.tag == f"{_W}t" or node.tag in _BREAKS
        ]
        lines.append("".join(parts))
    return Pages((Page(1, clean("\n".join(lines))),))


def _fault(path: Path, found: str, expected: str) -> InputError:
    return InputError([Problem(str(path), 0, 0, "docx", found, expected, "Save the paper anew as DOCX, PDF or text.")])
