"""XLSX by the standard library alone: the first sheet of a workbook as rows of text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from checker.problem import InputError, Problem

MAX_EXPANDED = 50_000_000
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"([A-Z]{1,3})[0-9]+")


def read_sheet(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers, an empty text for an empty cell. Raises InputError."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            shared = [*_texts(_root(archive, "xl/sharedStrings.xml", path))] if _has_shared(archive) else []
            return [*_rows(_root(archive, names[0], path), shared)]
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, ElementTree.ParseError, RuntimeError):
        raise _fault(path, "a file that is not a sound workbook", "an XLSX file") from None


def _has_shared(archive: zipfile.ZipFile) -> bool:
    return "xl/sharedStrings.xml" in archive.namelist()


def _root(archive: zipfile.ZipFile, name: str, path: Path) -> ElementTree.Element:
    entry = archive.getinfo(name)
    if entry.file_size > MAX_EXPANDED:
        raise _fault(path, f"{entry.file_size:,} bytes when unpacked", f"at most {MAX_EXPANDED:,} bytes")
    return ElementTree.fromstring(archive.read(entry))


def _texts(root: ElementTree.Element) -> Iterator[str]:
    for entry in root.iter(f"{_S}si"):
        yield "".join(node.text or "" for node in entry.iter(f"{_S}t"))


def _rows(root: ElementTree.Element, shared: list[str]) -> Iterator[tuple[int, list[str]]]:
    for count, row in enumerate(root.iter(f"{_S}row"), 1):
        cells: dict[int, str] = {}
        for place, cell in enumerate(row.iter(f"{_S}c")):
            named = _CELL.fullmatch(cell.get("r", ""))
            cells[_column(named.group(1)) if named else place] = _value(cell, shared)
        yield int(row.get("r", count)), [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(node.text or "" for node in cell.iter(f"{_S}t")).strip()
    text = next((node.text or "" for node in cell.iter(f"{_S}v")), "")
    return (shared[int(text)] if cell.get("t") == "s" else text).strip()


def _fault(path: Path, found: str, expected: str) -> InputError:
    return InputError([Problem(str(path), 0, 0, "xlsx", found, expected, "Save the list anew as XLSX or as CSV.")])
