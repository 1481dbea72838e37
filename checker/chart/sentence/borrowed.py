"""A sentence that tells the result of a test which the one before has named: "McMurray's test was performed. Positive medially.", "Spurling
is positive on the left. On the right it is negative."
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from checker.chart.context.assertion import Context
from checker.chart.context.results import Results, ResultWords
from checker.chart.page.layout import Sentence
from checker.chart.place.parts import Places
from checker.words.phrase import Match

OPENING = 8  # words before the result that opens such a sentence
# What was not done, may come or is not of this patient has no result.
OPEN = frozenset({"planned", "requested", "conditional", "goal", "guideline", "other_person", "not_done", "cancelled"})
ENDS = frozenset({".", ",", ";", "and", "but"})


class Named(NamedTuple):
    """A test of the sentence that ended at `end`, and whether that sentence gave its result."""

    test: Match
    has_result: bool
    end: int


def named_in(mentions: Sequence[Match], context: Context, results: Results, sentence: Sentence) -> list[Named]:
    """The tests that a sentence names, without those that were not done."""
    return [
        Named(match, bool(results.of(match.first, match.last)), sentence.last)
        for match in mentions
        if is_test(match) and OPEN.isdisjoint(hit.category for hit in context.hits(match.first, match.last, match.gaps))
    ]


def is_test(match: Match) -> bool:
    """Whether a mention is the name of a test."""
    key: Any = match.key
    return bool(key[0] == "test")


def borrowed(
    named: Sequence[Named],
    texts: Sequence[str],
    sentence: Sentence,
    results: Sequence[Match],
    places: Places,
    words: ResultWords,
) -> list[Match]:
    """The tests of the sentence before, as if each stood right before their result, where this one opens with it."""
    before = [one for one in named if one.end == sentence.first - 1]
    if not before or not results:
        return []
    points_back, place = False, sentence.first
    ends = {match.first: match.last for match in sorted(results, key=lambda match: match.last)}
    while place not in ends:
        is_known = texts[place] in words.pronouns or texts[place] in words.between or places.names(place)
        if not is_known or place >= min(sentence.first + OPENING, sentence.last):
            return []
        points_back = points_back or texts[place] in words.pronouns
        place += 1
    behind = min(ends[place] + 1, sentence.last)
    is_closed = texts[place] in words.plain and (
        texts[behind] in ENDS or texts[behind] in words.between or places.names(behind)
    )
    if not points_back and not is_closed:
        return []
    is_placed = any(places.names(here) for here in range(sentence.first, sentence.last + 1))
    start = place - 1
    return [
        one.test._replace(first=start, last=start, gaps=(), numbers=())
        for one in before
        if is_placed or not one.has_result
    ]
