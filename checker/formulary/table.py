"""The published drug list as a table: CSV, XLSX or text out of a PDF → rows of named cells, with what was passed over."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.formulary.sheet import read_sheet
from checker.problem import InputError, Problem, nearest
from checker.record import record

Layout = Mapping[str, Any]
Cell = tuple[int, str]  # where it begins (column or character), text

MAX_BYTES = 20_000_000
NEAR = 3  # characters by which a cell of a text may stand off its heading
_GAP = re.compile(r"\t+| {2,}|\s*\|\s*")


@dataclass(slots=True)
class Row:
    """One drug of the table: its cells by column, the cells of columns named by a topic, and its line."""

    line: int
    cells: dict[str, str]
    topics: dict[str, str] = field(default_factory=dict)


@record
class Table:
    """The rows, the text before and between them, and the lines that hold no drug."""

    rows: tuple[Row, ...]
    text: str
    passed_over: tuple[int, ...]


@record
class _Head:
    """The line of headings: where each begins, what it is, and the headings that stand for a topic."""

    line: int
    columns: tuple[tuple[int, str], ...]  # where it begins, name of the column or "" for a topic
    topics: Mapping[int, str]


def read_table(path: Path, layout: Layout) -> Table:
    """Read a published list. Raises InputError for a file that is no table or lacks a needed column."""
    lines = [*_lines(path)]
    found = next((head for line, cells in lines if (head := _head(line, cells, layout))), None)
    if found is None:
        wanted = " and ".join(f"'{layout['columns'][name][0]}'" for name in layout["required"])
        raise _fault(path, 0, "no line with the headings of the list", f"headings such as {wanted}",
                     "Load the list itself, as CSV, XLSX or the text of its PDF with the columns kept apart.")  # fmt: skip
    if missing := [name for name in layout["required"] if name not in {name for _, name in found.columns}]:
        told = ", ".join(f"'{layout['columns'][name][0]}'" for name in missing)
        shown = [text for line, cells in lines if line == found.line for _, text in cells]
        fix = nearest(layout["columns"][missing[0]][0], [_plain(text) for text in shown])
        raise _fault(path, found.line, f"no column {told}", "a column for each of them", fix)
    return _table(lines, found, layout)


def _table(lines: Sequence[tuple[int, list[Cell]]], head: _Head, layout: Layout) -> Table:
    rows: list[Row] = []
    passed: list[int] = []
    text: list[str] = []
    for line, cells in lines:
        words = " ".join(said for _, said in cells)
        if line <= head.line or _head(line, cells, layout):
            text.append(words)
            continue
        row = _row(line, cells, head)
        if row.cells.get("drug") and row.cells.get("status"):
            rows.append(row)
        elif rows and _goes_on(row, cells, head):
            _continue(rows[-1], row)
        elif words:
            passed.append(line)
            text.append(words)
    return Table(tuple(rows), "\n".join(text), tuple(passed))


def _goes_on(row: Row, cells: Sequence[Cell], head: _Head) -> bool:
    """Whether a line continues the row above: no drug and no status, and every cell stands under a heading. The foot of
    a page does not."""
    if not cells or row.cells.get("drug") or row.cells.get("status"):
        return False
    return all(min(abs(begin - place) for begin, _ in head.columns) <= NEAR for place, _ in cells)


def _continue(row: Row, more: Row) -> None:
    """A cell that goes on in the next line of a text."""
    for name, said in more.cells.items():
        row.cells[name] = f"{row.cells.get(name, '')} {said}".strip()
    row.topics.update(more.topics)


# --- files as lines of cells -----------------------------------------------------------------------------------------


def _lines(path: Path) -> Iterator[tuple[int, list[Cell]]]:
    """Every line of the file as cells that hold something."""
    if path.stat().st_size > MAX_BYTES:
        raise _fault(path, 0, f"{path.stat().st_size:,} bytes", f"at most {MAX_BYTES:,} bytes", "Load the list alone.")
    if path.suffix.lower() == ".xlsx":
        sheet = read_sheet(path)
        yield from ((line, _cells(row)) for line, row in sheet)
        return
    text = _text(path)
    if path.suffix.lower() == ".csv":
        sample = text[:20_000]
        delimiter = max(",;\t", key=sample.count)
        reader = csv.reader(text.splitlines(), delimiter=delimiter)
        yield from ((reader.line_num, _cells(row)) for row in reader)
        return
    for number, line in enumerate(text.splitlines(), 1):
        yield number, [*_spaced(line)]


def _text(path: Path) -> str:
    raw = path.read_bytes()
    if b"\0" in raw[:4000] or raw.startswith(b"%PDF"):
        fix = "Save the list as CSV or XLSX, or write the PDF out as text that keeps its columns: pdftotext -layout."
        raise _fault(path, 0, "a file that is no text", "CSV, XLSX or text", fix)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _cells(row: Sequence[str]) -> list[Cell]:
    return [(place, " ".join(said.split())) for place, said in enumerate(row) if said.strip()]


def _spaced(line: str) -> Iterator[Cell]:
    """Cells of a line of text: what stands apart by two blanks, a tab or a bar."""
    begin = 0
    for gap in _GAP.finditer(line):
        if said := line[begin : gap.start()].strip():
            yield begin, said
        begin = gap.end()
    if said := line[begin:].strip():
        yield begin, said


# --- headings and rows -----------------------------------------------------------------------------------------------


def _head(line: int, cells: Sequence[Cell], layout: Layout) -> _Head | None:
    """The line as headings, where at least two of its cells are known ones."""
    known = {_plain(word): name for name, words in layout["columns"].items() for word in words}
    columns = tuple((place, known.get(_plain(said), "")) for place, said in cells)
    if sum(bool(name) for _, name in columns) < 2:
        return None
    topics = {place: said for place, said in cells if _plain(said) not in known}
    return _Head(line, columns, topics)


def _row(line: int, cells: Sequence[Cell], head: _Head) -> Row:
    row = Row(line, {})
    for place, said in cells:
        begin, name = min(head.columns, key=lambda column: abs(column[0] - place))
        into, key = (row.cells, name) if name else (row.topics, head.topics[begin])
        into[key] = f"{into.get(key, '')} {said}".strip()
    return row


def _plain(text: str) -> str:
    """A heading without case, footnote marks and punctuation."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())


def _fault(path: Path, line: int, found: str, expected: str, fix: str = "") -> InputError:
    return InputError([Problem(str(path), line, 1 if line else 0, "drug-list", found, expected, fix)])
