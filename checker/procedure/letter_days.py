"""The days that a letter of utilization review tells, each with what it is of: the decision, the letter itself, the receipt of the
request, the request, the sending …"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from checker.procedure.letter_text import Lines, Piece, Words
from checker.words.dates import DateMention, find_dates
from checker.words.phrase import Match
from checker.words.tokens import tokenize

NEAR = 7  # words between "date of decision" and the day
BEHIND = 1  # words between a day and what is told of it behind it
HEAD_LINES = 15  # lines with text in which the letter's own day stands without a word
LABEL_WORDS = 16  # a longer line is no row of labels
COLUMNS = re.compile(r"\t|\||\s{2,}")


class Told(NamedTuple):
    """A day of a letter. kind: a key of `days` in rules/procedure; line counts from 1; by: how the letter was sent."""

    kind: str
    day: date
    line: int
    by: str | None = None


def days_of(lines: Lines, pieces: Iterable[Piece], words: Words) -> list[Told]:
    """The days of a letter in its order, the bare day of its head as that of the letter."""
    columns = list(_columns(lines.lines, words))
    done = {line for told in columns for line in (told.line - 1, told.line)}
    found = [*columns, *(told for piece in pieces if piece.line not in done for told in _of_piece(piece, words))]
    bare = _bare(lines.lines, words)
    return sorted([*found, bare] if bare else found, key=lambda told: told.line)


def _of_piece(piece: Piece, words: Words) -> Iterator[Told]:
    cues = words.days.find(piece.tokens)
    behind = words.days_before.find(piece.tokens)
    for mention in find_dates(piece.text):
        kind = _kind(mention, piece, cues, behind) if mention.exact else None
        if kind and _holds(kind, piece, words):
            yield Told(kind, mention.date, piece.line, _by(piece, words) if kind == "served" else None)


def _kind(mention: DateMention, piece: Piece, cues: Sequence[Match], behind: Sequence[Match]) -> str | None:
    """What a day is of, by the words right behind it, else by the nearest ones before it; of equals by the longest."""
    first, after = bisect_left(piece.tokens.starts, mention.start), bisect_left(piece.tokens.starts, mention.end)
    follows = [cue for cue in behind if after <= cue.first <= after + BEHIND]
    if follows:
        return str(max(follows, key=lambda cue: cue.last - cue.first).key)
    before = [cue for cue in cues if cue.last < first <= cue.last + NEAR and _is_cue(cue, piece)]
    if not before:
        return None
    return str(max(before, key=lambda cue: (cue.last, cue.last - cue.first)).key)


def _is_cue(cue: Match, piece: Piece) -> bool:
    """Whether words stand as a label where they need to: "Date: 5/10/2016", and not "to date"."""
    return cue.key != "letter" or cue.first == 0 or not piece.tokens.texts[cue.first - 1].isalpha()


def _holds(kind: str, piece: Piece, words: Words) -> bool:
    """Whether a sentence may tell a day of this kind."""
    texts = piece.tokens.texts
    if kind == "received":
        return words.holds("of_request", texts)
    if kind == "served":
        return not words.holds("not_served", texts)
    return kind != "letter" or len(texts) <= LABEL_WORDS


def _by(piece: Piece, words: Words) -> str | None:
    ways = {str(match.key) for match in words.served_by.find(piece.tokens)}
    return ways.pop() if len(ways) == 1 else None


def _columns(lines: Sequence[str], words: Words) -> Iterator[Told]:
    """A row of labels above a row of as many days."""
    full = [number for number, line in enumerate(lines) if line.strip()]
    for number, below in pairwise(full):
        days = [day for day in find_dates(lines[below]) if day.exact]
        heads = [head for head in COLUMNS.split(lines[number]) if head.strip()]
        if len(days) < 2 or len(heads) != len(days) or find_dates(lines[number]):
            continue
        for head, day in zip(heads, days, strict=True):
            found = words.days.find(tokenize(head))
            if found:
                cue = max(found, key=lambda match: (match.last, match.last - match.first))
                yield Told(str(cue.key), day.date, below + 1)


def _bare(lines: Sequence[str], words: Words) -> Told | None:
    """The first day that stands by itself in the head of a letter."""
    full = [number for number, line in enumerate(lines) if line.strip()][:HEAD_LINES]
    for number in full:
        if words.opens("letter_opens", tokenize(lines[number])):
            return None
        if len(find_dates(lines[number])) != 1 or (number and _is_labelled(lines[number - 1], words)):
            continue
        for part in COLUMNS.split(lines[number]):
            days = find_dates(part)
            if days and days[0].exact and _is_bare(part[: days[0].start] + part[days[0].end :], words):
                return Told("letter", days[0].date, number + 1)
    return None


def _is_labelled(above: str, words: Words) -> bool:
    """Whether a line ends with the label of the day below it."""
    tokens = tokenize(above)
    last = len(tokens.texts) - 1
    return above.rstrip().endswith(":") or any(match.last == last for match in words.days.find(tokens))


def _is_bare(rest: str, words: Words) -> bool:
    """Whether nothing but the day of the week stands beside a day."""
    return all(word in ",." or words.holds("weekdays", [word]) for word in tokenize(rest).texts)
