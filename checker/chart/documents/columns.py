"""Pieces of a page with their places → lines in reading order. Two columns of prose are read one after the other, a table
row by row: only where both sides are made of long pieces are they columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

GUTTER = 8.0  # points of white between two columns
PROSE = 22  # characters of a usual line in a column of prose; the cells of a table are shorter
FEWEST = 3  # lines that make a column
WIDE = 0.9  # white of more than this part of the height parts two pieces
NARROW = 0.2  # less than this is no blank between words
WIDEST = 250  # characters of a line of a table, at most
CELL = 2.0  # heights of white that part two cells of a table; wide blanks of a filled line are narrower
APART = 3  # blanks between two cells at least
LEAD = 2.6  # heights between two lines of one column, at most


class Piece(NamedTuple):
    """A run of text; points from the left and from the foot of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def lines_of(pieces: Sequence[Piece]) -> list[str]:
    """The lines of a page, from top to bottom, columns one after the other."""
    pieces = [piece for piece in pieces if piece.text.strip()]
    rows = [_merged(row) for row in _rows(pieces)]
    margin = min((piece.left for piece in pieces), default=0.0)
    width = median((piece.right - piece.left) / len(piece.text) for row in rows for piece in row) if rows else 0.0
    lines: list[str] = []
    place = 0
    while place < len(rows):
        end, gutter = _columns(rows, place)
        if gutter is None:
            lines.append(_line(rows[place], margin, width if _is_tabled(rows, place) else 0.0))
            place += 1
            continue
        for is_right in (False, True):
            halves = ([p for p in row if (p.left >= gutter) == is_right] for row in rows[place:end])
            lines += [_line(half) for half in halves if half]
        place = end
    return lines


def _is_tabled(rows: Sequence[Sequence[Piece]], place: int) -> bool:
    """Whether a row has cells, or goes on below such a row away from the margin."""
    above = rows[place - 1] if place else []
    return _has_cells(rows[place]) or (_has_cells(above) and rows[place][0].left > above[0].right)


def _has_cells(row: Sequence[Piece]) -> bool:
    return any(b.left - a.right >= CELL * (a.top - a.bottom) for a, b in pairwise(row))


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand on one line, from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-(p.top + p.bottom) / 2, p.left)):
        middle = (piece.top + piece.bottom) / 2
        if rows and any(other.bottom <= middle <= other.top for other in rows[-1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _merged(row: Sequence[Piece]) -> list[Piece]:
    """A row with pieces joined that stand close: a word may be drawn in several."""
    merged = [row[0]]
    for piece in row[1:]:
        last = merged[-1]
        height = max(last.top - last.bottom, piece.top - piece.bottom)
        gap = piece.left - last.right
        if gap > WIDE * height:
            merged.append(piece)
            continue
        blank = " " if gap > NARROW * height and not last.text.endswith(" ") else ""
        bottom, top = min(last.bottom, piece.bottom), max(last.top, piece.top)
        merged[-1] = Piece(last.left, bottom, max(last.right, piece.right), top, last.text + blank + piece.text)
    return merged


def _columns(rows: Sequence[Sequence[Piece]], start: int) -> tuple[int, float | None]:
    """The end of the block of rows that one gutter parts from `start` on, and where the gutter is; None for none."""
    low, high = 0.0, float("inf")
    end = start
    left: list[int] = []
    right: list[int] = []
    while end < len(rows) and (end == start or _follows(rows[end - 1], rows[end])):
        parted = _parted(rows[end], low, high)
        if parted is None:
            break
        low, high = parted
        left += [len(p.text) for p in rows[end] if p.right <= low]
        right += [len(p.text) for p in rows[end] if p.left >= high]
        end += 1
    is_prose = len(left) >= FEWEST and len(right) >= FEWEST and min(median(left), median(right)) >= PROSE
    return (end, (low + high) / 2) if is_prose else (start + 1, None)


def _follows(above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    height = max(piece.top - piece.bottom for piece in above)
    return max(piece.top for piece in above) - max(piece.top for piece in below) <= LEAD * height


def _parted(row: Sequence[Piece], low: float, high: float) -> tuple[float, float] | None:
    """The white between low and high that this row leaves too, or None where the row runs over it."""
    if high == float("inf"):
        gaps = [(a.right, b.left) for a, b in pairwise(row) if b.left - a.right >= GUTTER]
        return max(gaps, key=lambda gap: gap[1] - gap[0]) if gaps else None
    edge = high - GUTTER / 2  # lines of one column begin with letters of different shape
    low = max([low, *(piece.right for piece in row if piece.left < edge)])
    high = min([high, *(piece.left for piece in row if piece.left >= edge)])
    return (low, high) if high - low >= GUTTER else None


def _line(row: Sequence[Piece], margin: float = 0.0, width: float = 0.0) -> str:
    """The pieces of a row; with the `width` of a letter each in the column of letters where it stands, as in a table."""
    line = ""
    for piece in row:
        column = round(min((piece.left - margin) / width, WIDEST)) if width else 0
        line = f"{line}{' ' * max(column - len(line), APART if line else 0)}" if width else f"{line} " if line else line
        line += piece.text.strip()
    return line
