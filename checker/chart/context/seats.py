"""Words that count for none between a mention and what is said of it: those of its place, "numbness [in the left hand] has resolved", and
those of what stands in a row with it, "numbness [and spasm] absent"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from checker.chart.page.layout import Sentence
from checker.chart.page.when import Day
from checker.words.phrase import Match
from checker.words.tokens import Tokens

STROKE = "/"  # between two words it is no token
MEMBERS = 12  # of a row, at most
MARKS = frozenset({STROKE, "&"})  # join two things as "and" does


class Seat(NamedTuple):
    """The token before such words, and the last of them."""

    first: int
    last: int


def seats(texts: Sequence[str], sentence: Sentence, places: Sequence[Match], ties: Collection[str]) -> list[Seat]:
    """Every run of words of a sentence that name a body part or a side, or tie them to what stands before."""
    named = {place for match in places for place in range(match.first, match.last + 1)}
    found: list[Seat] = []
    begin = sentence.first
    for place in range(sentence.first, sentence.last + 2):
        if place <= sentence.last and (place in named or texts[place] in ties):
            continue
        if not named.isdisjoint(range(begin, place)):
            found.append(Seat(begin - 1, place - 1))
        begin = place + 1
    return found


def rows(tokens: Tokens, text: str, mentions: Sequence[Match], conjunctions: Collection[str]) -> list[Seat]:
    """What follows each mention in one row with it, where a conjunction or a stroke stands in the row: "fever[, chills and sweats]
    denied", "numbness[/tingling] denied"."""
    ends: dict[int, set[int]] = {}
    for match in mentions:
        ends.setdefault(match.first, set()).add(match.last)

    found: list[Seat] = []
    for first in {match.last for match in mentions}:
        reached = {(first, False)}
        for _ in range(MEMBERS):
            reached = {
                (end, is_joined or joint != ",")
                for last, is_joined in reached
                for joint, begin in _joint(tokens, text, last, conjunctions)
                for end in ends.get(begin, ())
            }
            found += [Seat(first, last) for last, is_joined in reached if is_joined]
            if not reached:
                break
    return found


def _joint(tokens: Tokens, text: str, last: int, conjunctions: Collection[str]) -> Iterator[tuple[str, int]]:
    """What joins the word at `last` to what follows, and where that begins."""
    behind = tokens.texts[last + 1 : last + 2]
    if behind and STROKE in text[tokens.ends[last] : tokens.starts[last + 1]]:
        yield STROKE, last + 1
    elif behind and (behind[0] in (",", *MARKS) or behind[0] in conjunctions):
        yield behind[0], last + 2


def crossed(spans: Sequence[Day] | Sequence[Seat], before: int, after: int) -> int:
    """How many tokens between two places the spans take up, without the first of each."""
    return sum(span.last - max(span.first, before) for span in spans if before < span.last < after)
