"""Of which day a paper is."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from checker.chart.head.words import NEVER, Describer, lines_with_text
from checker.chart.page.layout import CELL
from checker.words.dates import DateMention, find_dates
from checker.words.phrases import PhraseIndex
from checker.words.tokens import Tokens, tokenize

BARE_LINES = 3  # lines with text in which a day needs no word before it
EARLY_LINES = 5  # of them in which short words suffice before a day
LETTER_LINES = 12  # of them in which a day alone on its line is that of a letter
LINE_WORDS = 14  # a longer line is a sentence
GENERATION = 15  # years between a day of birth and any other day of a paper
OLDEST = 1990  # year before which a day without a word before it is one of birth
NEAR = 4  # words between "date of service" and the day
SURE = 2  # rank from which words before a day are less sure
_WIDE = re.compile(r"\n|[ \t]{2}|\|")
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d])")


def day_of(
    head: str, foot: str, title: str, kind: str | None, describer: Describer, injury: datetime.date | None
) -> datetime.date | None:
    """The day of a paper behind sure words, else in its first lines, else behind less sure ones in its head or foot.
    `title`: its line, where a day may stand alone; `kind`: its type; `injury`: the day of it, before which no paper is."""
    words, sent = describer.dates.get(kind or "", describer.dates[""]), describer.sent
    found = _date(head, words, sent)
    if found and found[0] < SURE:
        return found[1]
    later = _sure(found) or _sure(_date(foot, words, sent)) or _title_date(title, head, words, sent)
    return _early_date(head, describer, injury) or later


def injury_of(head: str, describer: Describer) -> datetime.date | None:
    """The day of the injury that the head of a paper tells."""
    return _sure(_date(head, describer.injury_dates))


def _sure(found: tuple[int, datetime.date] | None) -> datetime.date | None:
    return found[1] if found else None


def _early_date(head: str, describer: Describer, injury: datetime.date | None) -> datetime.date | None:
    """The day in the first lines that stands behind a word such as "visit", else the only one that opens a line or fills a cell. A day of
    birth is a generation older than any other; none is before the injury."""
    bare: set[datetime.date] = set()
    for line in lines_with_text(head)[:EARLY_LINES]:
        tokens = tokenize(line)
        if _CLOCK.search(line) and describer.sent.find(tokens):
            continue
        cues, cells = describer.early.find(tokens), [cell.span() for cell in CELL.finditer(line)]
        for day in find_dates(line, dotted=True):
            if not day.exact or (injury and day.date < injury):
                continue
            rank = _rank(_place(tokens, day.start), [cue for cue in cues if not _is_wrapped(cue, tokens, line)])
            if rank == 0:
                return day.date
            if rank is None and day.date.year >= OLDEST and _is_alone(day, line, cells):
                bare.add(day.date)
    newest = max(bare, default=None)
    return newest if newest and all(newest.year - day.year > GENERATION for day in bare - {newest}) else None


def _is_alone(day: DateMention, line: str, cells: Sequence[tuple[int, int]]) -> bool:
    """Whether a day opens its line or stands alone between wide gaps."""
    return not line[: day.start].strip() or (day.start, day.end) in cells


def _date(text: str, words: PhraseIndex, sent: PhraseIndex | None = None) -> tuple[int, datetime.date] | None:
    """The day behind the surest words, with their rank; of equals the first. A day alone on its line is that of a letter and as sure as
    one behind "Date"."""
    tokens = tokenize(text)
    days = [day for day in find_dates(text) if day.exact]
    places = [_place(tokens, day.start) for day in days]
    cues = [cue for cue in words.find(tokens) if cue.key != NEVER or not _is_wrapped(cue, tokens, text)]
    ranks = [_rank(place, cues) for place in places] if sent is None else _ranks(text, tokens, places, cues)
    least = max((int(cue.key) for cue in cues), default=0)  # type: ignore[call-overload]
    found: list[tuple[int, int, datetime.date]] = []
    for number, (day, rank) in enumerate(zip(days, ranks, strict=True)):
        begin, end = text.rfind("\n", 0, day.start) + 1, (text + "\n").index("\n", day.end)
        line = text[begin:end]
        if sent is not None and rank in (None, least) and _CLOCK.search(line) and sent.find(tokenize(line)):
            continue  # added when it was faxed or printed
        is_alone = sent is not None and line.strip(" .,") == text[day.start : day.end].strip(" .,")
        if rank is None and is_alone and text.count("\n", 0, begin) < LETTER_LINES:
            rank = max(least, 0)
        if rank is not None and rank >= 0:
            found.append((rank, number, day.date))
    if not found:
        return None
    rank, _, first = min(found)
    return rank, first


def _is_wrapped(cue: Any, tokens: Tokens, text: str) -> bool:
    """Whether words stand on two lines or in two columns: "ORTHOPAEDIC FOLLOW-UP" above "Date:" are no "follow-up date"."""
    return _WIDE.search(text, tokens.starts[cue.first], tokens.ends[cue.last]) is not None


def _ranks(text: str, tokens: Tokens, places: Sequence[int], cues: Sequence[Any]) -> list[int | None]:
    """Trust in the days at `places`. Several words in a line with as many days in the next belong to these one by one."""
    ranks = [_rank(place, cues) for place in places]
    lines = [text.count("\n", 0, tokens.starts[place]) for place in places]
    heads: dict[int, list[Any]] = {}
    for cue in sorted(cues, key=lambda cue: (cue.first, -cue.last)):
        row = heads.setdefault(text.count("\n", 0, tokens.starts[cue.first]), [])
        if not row or cue.first > row[-1].last:
            row.append(cue)
    for line, row in heads.items():
        below = [number for number, of_day in enumerate(lines) if of_day == line + 1]
        if len(row) > 1 and len(below) == len(row) and line not in lines:
            for number, cue in zip(below, row, strict=True):
                ranks[number] = int(cue.key)
    return ranks


def _title_date(title: str, head: str, words: PhraseIndex, sent: PhraseIndex) -> datetime.date | None:
    """The only day that stands without any word before it in the line of the title ("INITIAL EVALUATION   10/11/2017"), or in the first
    lines."""
    return _bare_date([title], words, sent) or _bare_date(lines_with_text(head)[:BARE_LINES], words, sent)


def _bare_date(lines: Sequence[str], words: PhraseIndex, sent: PhraseIndex) -> datetime.date | None:
    found: set[datetime.date] = set()
    for line in lines:
        tokens = tokenize(line)
        if len(tokens.texts) > LINE_WORDS or (_CLOCK.search(line) and sent.find(tokens)):
            continue
        cues = words.find(tokens)
        days = [day for day in find_dates(line) if day.exact]
        found |= {day.date for day in days if _rank(_place(tokens, day.start), cues) is None}
    return found.pop() if len(found) == 1 else None


def _place(tokens: Tokens, offset: int) -> int:
    return bisect_left(tokens.starts, offset)


def _rank(place: int, cues: Sequence[Any]) -> int | None:
    """Trust in the day at `place` by the nearest words before it; None where none stand there."""
    before = [cue for cue in cues if cue.last < place <= cue.last + NEAR]
    if not before:
        return None
    nearest = max(before, key=lambda cue: (cue.last, cue.last - cue.first))
    return int(nearest.key)
