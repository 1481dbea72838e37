"""Where the words stand that only tell the place of what stands before them: "numbness [in the left hand] has resolved"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from checker.chart.page.layout import Sentence
from checker.chart.page.when import Day
from checker.words.phrase import Match


class Seat(NamedTuple):
    """The token before the words of a place, and the last of them."""

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


def crossed(spans: Sequence[Day] | Sequence[Seat], before: int, after: int) -> int:
    """How many tokens between two places the spans take up, without the first of each."""
    return sum(span.last - max(span.first, before) for span in spans if before < span.last < after)
