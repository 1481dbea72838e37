"""Tables in a page: "Test  Right  Left", "Symptom  Yes  No". What a column is headed holds for every cell under it.

Columns are parted by bars or by two blanks and more. The words that may head a column are data
(rules/assertion/sentences.yaml, `columns`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from checker.words.phrases import Match
from checker.words.tokens import Tokens

ANSWERS = {"yes": "yes", "no": "none"}  # what a tick in such a column says, as a word
TICKS = frozenset({"x", "[x]", "(x)", "\u2713", "\u2714", "\u2611", "\u2612", "*", "\u2022"})
MINUS = frozenset({"-", "(-)", "\u2013", "\u2212"})
MANY = 2  # cells that make a line the row of a table
_CELL = re.compile(r"[^\s|]+(?: [^\s|]+)*")


class Cell(NamedTuple):
    """Where a cell stands in the page and in its line, its number among the cells of a line with bars, and its words."""

    start: int
    end: int
    at: int
    number: int
    text: str


class Headed(NamedTuple):
    """A cell and what heads its column: a side, or yes or no."""

    cell: Cell
    column: str


def column_words(settings: Mapping[str, Any]) -> Mapping[str, str]:
    """Words at the head of a column → what it is, out of the settings."""
    return {word: column for column, words in settings.get("columns", {}).items() for word in words}


def headed_cells(text: str, columns: Mapping[str, str]) -> list[Headed]:
    """Every cell that stands under a known head, in the order of the page. A blank line, or one of a single cell, ends a
    table."""
    found: list[Headed] = []
    heads: list[Headed] = []
    start = 0
    for line in text.split("\n"):
        cells = _cells(line, start) if "  " in line or "|" in line or "\t" in line else []
        start += len(line) + 1
        if named := _heads(cells, columns, [] if heads and heads[0].column not in ANSWERS else ANSWERS):
            heads = named
        elif len(cells) < MANY:
            heads = []
        elif heads:
            found += _by_number(cells, heads) if "|" in line else _by_place(cells, heads)
    return found


def _heads(cells: Sequence[Cell], columns: Mapping[str, str], answers: Container[str]) -> list[Headed]:
    """The heads of two sides, or of yes and no, that stand beside each other; none if the line heads no table. Under sides a line
    of results is none: `answers` are the columns of answers that may begin here."""
    named = [columns.get(cell.text.lower().strip(".:()"), "") for cell in cells]
    for place, (before, after) in enumerate(pairwise(named)):
        if before and after and before != after and (before in ANSWERS) == (after in ANSWERS):
            if before in ANSWERS and before not in answers:
                return []
            return [Headed(cells[place], before), Headed(cells[place + 1], after)]
    return []


def _cells(line: str, start: int) -> list[Cell]:
    shift = 1 if line.lstrip().startswith("|") else 0
    return [
        Cell(start + place, start + match.end(), place, line.count("|", 0, place) - shift, match[0])
        for match in _CELL.finditer(line)
        for place in (match.start(),)
    ]


def _by_number(cells: Sequence[Cell], heads: Sequence[Headed]) -> list[Headed]:
    columns = {head.cell.number: head.column for head in heads}
    return [Headed(cell, columns[cell.number]) for cell in cells if cell.number in columns]


def _by_place(cells: Sequence[Cell], heads: Sequence[Headed]) -> list[Headed]:
    """The cells that begin nearer to a head than the half of what lies between two of them."""
    apart = min(after.cell.at - before.cell.at for before, after in pairwise(heads)) / 2
    found = []
    for cell in cells:
        nearest = min(heads, key=lambda head: abs(head.cell.at - cell.at))
        if abs(nearest.cell.at - cell.at) < apart:
            found.append(Headed(cell, nearest.column))
    return found


def answers(cells: Sequence[Headed]) -> dict[int, str]:
    """The offsets of ticks and minus signs in headed cells → the word each stands for."""
    told: dict[int, str] = {}
    for (start, _, _, _, text), column in cells:
        if column in ANSWERS and text.lower() in TICKS:
            told[start - 1], told[start] = ":", ANSWERS[column]
        elif column not in ANSWERS and text in MINUS:
            told[start] = "negative"
    return told


def sides_of(cells: Sequence[Headed], tokens: Tokens) -> list[Match]:
    """The sides that heads of columns give to the words below them, as if each stood there."""
    found = []
    for cell, column in cells:
        first, last = bisect_left(tokens.starts, cell.start), bisect_right(tokens.starts, cell.end - 1) - 1
        if column not in ANSWERS and first <= last:
            found.append(Match(column, first, last))
    return found
