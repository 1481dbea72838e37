"""Tables in a page: "Test  Right  Left", "Symptom  Yes  No", "Motion  Initial  Today", "Service  Requested  Approved". What a column
is headed holds for every cell under it.

Columns are parted by bars or by two blanks and more. The words that may head a column are data
(rules/assertion/sentences.yaml, `columns`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from checker.chart.page.layout import CELL
from checker.record import record
from checker.words.phrase import Match
from checker.words.tokens import Tokens, with_words

ANSWERS = {"yes": "yes", "no": "none"}  # what a tick in such a column says, as a word
TIMES = ("before", "now")
DECISION = ("requested", "granted")
SIDES = frozenset({"left", "right"})
PAIRS = (SIDES, set(ANSWERS), set(TIMES), set(DECISION))  # what may head two columns beside each other
SCALE = "/10"  # is no day but ends a score
HEAD = "head"  # of the words that head the columns of sides
GOAL = "goal"  # of a column of what is hoped for
NORM = "norm"  # of a column of what is normal
SCORE = "score"  # of a column of the pain at its best, worst, on average
TOP = "10"  # the highest score
TREATED, AMOUNT, OUTCOME = "treated", "amount", "outcome"  # of the columns of a table of treatments
VISITS = "visits"
WITH = (",", "with")  # leads from a treatment to what came of it
DAY = "day"  # of a column headed by a day and nothing else
DECIDED = ("approved", "denied")  # what an amount that was granted, or none of it, says as a word
TICKS = frozenset({"x", "[x]", "(x)", "\u2713", "\u2714", "\u2611", "\u2612", "*", "\u2022"})
MINUS = frozenset({"-", "(-)", "\u2013", "\u2212"})
LABEL = 12  # words that begin a row of two sides, at most
SUBTITLE = 4  # words of a line that parts a table
MANY = 2  # cells that make a line the row of a table
MOST = 12  # columns of a table of scores or treatments
WIDEST = 40  # columns of any table
FEW = 2  # columns before those of two visits or of a decision, at most
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})(?:[/-](\d{2,4}))?(?!\d)")
_WEEKS = re.compile(r"(?:wk|week|visit|month|mo|session|day)\.? #?\d{1,2}")  # heads a column without a day
_WEEK = re.compile(r"(?:(?:wk|week|visit|month|mo)?\.? ?#?\d{0,2})?")  # what may stand beside a day that heads a column
_GRADE = re.compile(r"([0-9])[+-]?")
_SCORED = re.compile(r"10|[0-9]")  # a score of pain, and no other digits that Python knows
_COUNTED = re.compile(r"[0-9]{1,3}")
_NOTHING = re.compile(r"(?:#? ?0|none|no|not|non|denied|-)(?![\w.])", re.IGNORECASE)


class Cell(NamedTuple):
    """Where a cell stands in the page and in its line, its number among the cells of a line with bars, and its words."""

    start: int
    end: int
    at: int
    number: int
    text: str


class Headed(NamedTuple):
    """A cell, what heads its column (a side, yes or no, the earlier or the present visit, requested or granted) and what the table
    is of, if its head tells ("strength")."""

    cell: Cell
    column: str
    topic: str = ""


@record
class TableWords:
    """Words at the head of a column → what it is; words at the head of a table → what it is of (rules/assertion/sentences.yaml)."""

    columns: Mapping[str, str]
    topics: Mapping[str, str]
    scales: Mapping[str, int]  # what a table is of → the highest grade in it


def table_words(settings: Mapping[str, Any]) -> TableWords:
    """What heads tables, out of the settings."""
    columns, topics = (
        {word: name for name, words in settings.get(key, {}).items() for word in words}
        for key in ("columns", "table_topics")
    )
    return TableWords(columns, topics, settings.get("table_scales", {}))


def headed_cells(text: str, words: TableWords) -> list[Headed]:
    """Every cell that stands under a known head, in the order of the page. A blank line, or one of a single cell, ends a
    table."""
    found: list[Headed] = []
    heads: list[Headed] = []
    order: dict[int, str] = {}  # of a whole row, with the words that begin it: number of a cell → column
    topic = ""
    start = width = 0
    for line in text.split("\n"):
        cells = _cells(line, start) if "  " in line or "|" in line or "\t" in line else []
        start += len(line) + 1
        under = heads[0].column if heads else ""
        if named := (
            _heads(cells, words.columns, under)
            or _score_heads(cells, words.columns)
            or _treatment_heads(cells, words.columns)
        ):
            heads, lead = named, int(named[0].cell == cells[0])
            topic = "" if lead else _topic(cells[0].text, words.topics)
            width, order = len(cells) + lead, {cells.index(head.cell) + lead: head.column for head in heads}
            is_sided = any(head.column in SIDES for head in named)
            found += [Headed(cell, HEAD) for cell in cells[cells.index(named[0].cell) :] if is_sided]
        elif heads and len(cells) < MANY and _is_subtitle(line):
            topic = _topic(line.strip(), words.topics)  # "Sensation" alone on its line, below a table of strength
        elif len(cells) < MANY:
            heads = []
        elif heads and "|" in line:
            found += [cell._replace(topic=topic) for cell in _by_number(cells, heads)]
        elif heads and len(cells) == width:
            found += [Headed(cells[place], column, topic) for place, column in sorted(order.items())]
        elif heads:
            found += [cell._replace(topic=topic) for cell in _by_place(cells, heads)]
    return found


def _topic(title: str, topics: Mapping[str, str]) -> str:
    """What a table is of: "Motor", "Sensation (LT/pin)"."""
    named = re.split(r"[^a-z]", title.lower(), maxsplit=1)[0]
    return topics.get(named, "")


def _is_subtitle(line: str) -> bool:
    """Whether a few words alone on a line part a table: "Strength (MMT)", "R Shoulder AROM"."""
    words = line.split()
    return 0 < len(words) <= SUBTITLE and words[0][0].isupper() and words[-1][-1] not in ".:;,?"


def _heads(cells: Sequence[Cell], columns: Mapping[str, str], under: str) -> list[Headed]:
    """The heads of two columns that go together and stand beside each other, and of goals behind them; none if the line heads no
    table. `under`: what heads the table so far; answers or days below other heads are results."""
    named = [_column(cell.text, columns) for cell in cells] if len(cells) <= WIDEST else []
    for place, (before, after) in enumerate(pairwise(named)):
        pair = (before, after)
        if pair == (DAY, DAY) and not under:
            pair = TIMES if _day_of(cells[place].text) < _day_of(cells[place + 1].text) else TIMES[::-1]
        if set(pair) not in PAIRS or (before in ANSWERS and under and under not in ANSWERS):
            continue
        if pair[0] in (*TIMES, *DECISION) and (place > FEW or any(":" in cell.text for cell in cells[1:])):
            continue  # "Patient: …   Eval 1/9   Discharge 3/20" is no table
        last = place + 1
        while pair == TIMES and after == DAY and named[last + 1 : last + 2] == [DAY]:
            last += 1  # of more visits than two the first and the last count
        unsaid = [*range(place + 1, last), *(number for number, name in enumerate(named) if name in (GOAL, NORM))]
        goals = [Headed(cells[number], NORM if named[number] == NORM else GOAL) for number in unsaid]
        return sorted(
            [Headed(cells[place], pair[0]), Headed(cells[last], pair[1]), *goals], key=lambda head: head.cell.at
        )
    return []


def _score_heads(cells: Sequence[Cell], columns: Mapping[str, str]) -> list[Headed]:
    """The heads of columns of scores: "Now", "Average", "Best with meds"; none if there are not two of them, one of which no other
    table has."""
    named = [columns.get(cell.text.lower().split()[0].strip(".:()"), "") for cell in cells]
    heads = [Headed(cell, SCORE) for cell, name in zip(cells, named, strict=True) if name in (SCORE, TIMES[1])]
    return heads if SCORE in named and 1 < len(heads) <= MOST and not any(":" in cell.text for cell in cells) else []


def _treatment_heads(cells: Sequence[Cell], columns: Mapping[str, str]) -> list[Headed]:
    """The heads of a table of treatments, the first of which names them and a later one what came of them; none of another line."""
    named = [_column(cell.text, columns) for cell in cells]
    if TREATED not in named[:1] or OUTCOME not in named[1:] or len(cells) > MOST:
        return []
    return [Headed(cell, name) for cell, name in zip(cells, named, strict=True)]


def joined(cells: Sequence[Headed]) -> frozenset[int]:
    """Where the cells begin that tell on about the treatment at the head of their row, up to what came of it: "therapy 12 visits, with
    no gain"."""
    return frozenset(
        cell.cell.start for row in _rows(cells) if row[0].column == TREATED for cell in row[1 : _last(row) + 1]
    )


def _last(row: Sequence[Headed]) -> int:
    """The number of the last cell of a row that tells what came of a treatment; 0 if none does."""
    return max((place for place, cell in enumerate(row) if cell.column == OUTCOME), default=0)


def _rows(cells: Sequence[Headed]) -> Iterator[list[Headed]]:
    for _, row in groupby(cells, key=lambda cell: cell.cell.start - cell.cell.at):
        yield list(row)


def _column(head: str, columns: Mapping[str, str]) -> str:
    """What the head of a column makes of it, with or without a day beside its words."""
    words = head.lower().strip(".:()")
    if words not in columns and _WEEKS.fullmatch(words):
        return DAY
    if words in columns or not (day := _DAY.search(words)) or words.endswith(SCALE):
        return columns.get(words, "")
    rest = " ".join((words[: day.start()] + words[day.end() :]).split()).strip(" .:(),-")
    return columns.get(rest, DAY if _WEEK.fullmatch(rest) else "")


def _day_of(head: str) -> tuple[int, int, int]:
    """The day that heads a column, year first; without a year it is of the same year as the other."""
    day = _DAY.search(head)
    if day is None:
        return 0, 0, int(head.split()[-1].strip("#.:()"))  # "week 4"
    return int(day[3] or 0) % 100, int(day[1]), int(day[2])


def _cells(line: str, start: int) -> list[Cell]:
    found: list[Cell] = []
    number, done = -1 if line.lstrip().startswith("|") else 0, 0
    for match in CELL.finditer(line):
        place = match.start()
        number, done = number + line.count("|", done, place), place
        found.append(Cell(start + place, start + match.end(), place, number, match[0]))
    return found


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


def without_unsaid(text: str, cells: Sequence[Headed]) -> str:
    """The text without the heads of columns of sides, what is only a goal, or was requested where a column says what was granted,
    blanked out."""
    kept: list[str] = []
    done = 0
    for (start, end, *_), column, _ in cells:
        if column in (HEAD, GOAL, NORM, DECISION[0]):
            kept += (text[done:start], " " * (end - start))
            done = end
    return "".join(kept) + text[done:]


def _pairs(cells: Sequence[Headed]) -> Iterator[tuple[Headed, Headed]]:
    """The two cells of each row that belong together."""
    for one, two in pairwise(cell for cell in cells if cell.column not in (GOAL, NORM, HEAD)):
        if one.cell.start - one.cell.at == two.cell.start - two.cell.at and {one.column, two.column} in PAIRS:
            yield one, two


def _is_change(one: Headed, two: Headed) -> bool:
    """Whether two cells hold amounts at two visits, the earlier one first."""
    return (one.column, two.column) == TIMES and one.cell.text[0].isdigit() and two.cell.text[0].isdigit()


def _joints(cells: Sequence[Headed]) -> Iterator[tuple[int, str]]:
    """The words that join the cells of one row, with the offset before the cell that they lead to: from one amount "to" the other;
    "approved" or "denied"."""
    for one, two in _pairs(cells):
        if (one.column, two.column) == DECISION:
            yield two.cell.start - 1, DECIDED[_NOTHING.match(two.cell.text) is not None]
        elif _is_change(one, two):
            yield two.cell.start - 1, "to"


def answers(cells: Sequence[Headed]) -> dict[int, str]:
    """The offsets of ticks and minus signs in headed cells → the word each stands for, with the words that join the cells of a row."""
    told = dict(_joints(cells))
    for (start, _, _, _, text), column, _ in cells:
        if column in ANSWERS and text.lower() in TICKS:
            told[start - 1], told[start] = ":", ANSWERS[column]
        elif column in SIDES and text in MINUS:
            told[start] = "negative"
    return told


def told_apart(tokens: Tokens, cells: Sequence[Headed], scales: Mapping[str, int]) -> Tokens:
    """The tokens with the words that begin a row once more before its second side or visit, as a sentence of its own, and "previously" before
    the earlier visit: "Effusion none 2+" is "effusion none. Effusion 2+", and "Biceps 4 5" in a table of strength "strength biceps 4/5.
    Strength biceps 5/5". What is added has no width, so that every offset stays true."""
    texts, starts, ends = tokens
    rows, norms = joined(cells), _norms(cells)
    added: list[tuple[int, str, int, int]] = []
    for cell in cells:
        place, begin = bisect_left(starts, cell.cell.start), cell.cell.start
        is_number = cell.cell.text[0].isdigit() and place > 0 and texts[place - 1][-1].isdigit()
        if begin in rows and (cell.column == OUTCOME or is_number):
            added += [(place, word, begin, begin) for word in (WITH if cell.column == OUTCOME else WITH[:1])]
        if cell.column == SCORE and _SCORED.fullmatch(cell.cell.text):
            added += _behind(cell, tokens, "/", TOP)
        elif cell.column == AMOUNT and _COUNTED.fullmatch(cell.cell.text):
            added += _behind(cell, tokens, VISITS)
    for one, two in _pairs(cells):
        if {one.column, two.column} not in (SIDES, set(TIMES)) or _is_change(one, two):
            continue
        first, last = bisect_left(starts, one.cell.start - one.cell.at), bisect_left(starts, one.cell.start)
        if not 0 < last - first <= LABEL:
            continue
        place, begin = bisect_left(starts, two.cell.start), two.cell.start
        if one.column == TIMES[0]:
            added.append((first, "previously", starts[first], starts[first]))
        title = [one.topic] if one.topic else []
        added += [(first, word, starts[first], starts[first]) for word in title]
        norm = norms.get(one.cell.start - one.cell.at)
        added += _scale(one, tokens, scales, norm)
        added.append((place, ".", ends[place - 1], ends[place - 1]))
        label = [word for word in texts[first:last] if word != "."]  # "Med. joint line" is one
        again = ["previously", *label] if two.column == TIMES[0] else [*title, *label]
        added += [(place, word, begin, begin) for word in again]
        added += _scale(two, tokens, scales, norm)
    return with_words(tokens, sorted(added, key=lambda word: (word[0], word[2])))


def _norms(cells: Sequence[Headed]) -> dict[int, str]:
    """Where a row begins → the number that its column of normal values holds."""
    found = ((cell, _COUNTED.match(cell.cell.text)) for cell in cells if cell.column == NORM)
    return {cell.cell.start - cell.cell.at: number[0] for cell, number in found if number}


def _scale(
    cell: Headed, tokens: Tokens, scales: Mapping[str, int], norm: str | None
) -> list[tuple[int, str, int, int]]:
    """What a bare grade or angle is counted against, behind it: "/ 5" of strength, "/ 120" where the normal angle stands beside it."""
    if norm is not None and _COUNTED.fullmatch(cell.cell.text):
        return _behind(cell, tokens, "/", norm)
    top, grade = scales.get(cell.topic), _GRADE.fullmatch(cell.cell.text)
    if top is None or grade is None or int(grade[1]) > top:
        return []
    return _behind(cell, tokens, "/", str(top))


def _behind(cell: Headed, tokens: Tokens, *words: str) -> list[tuple[int, str, int, int]]:
    place = bisect_left(tokens.starts, cell.cell.start)
    return [(place + 1, word, tokens.ends[place], tokens.ends[place]) for word in words]


def sides_of(cells: Sequence[Headed], tokens: Tokens) -> list[Match]:
    """The sides that heads of columns give to the words below them, as if each stood there."""
    found = []
    for cell, column, _ in cells:
        first, last = bisect_left(tokens.starts, cell.start), bisect_right(tokens.starts, cell.end - 1) - 1
        if column in SIDES and first <= last:
            found.append(Match(column, first, last))
    return found
