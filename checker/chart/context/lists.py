"""How far a phrase reaches along a list: "no numbness, swelling or redness", "requests therapy, a brace and an MRI"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from checker.chart.context.hits import LISTED, MANY, NEGATING
from checker.chart.context.joints import ITEM, is_run
from checker.chart.context.small_words import SmallWords
from checker.chart.context.triggers import RESPONSES, is_said_of_all
from checker.rulebook.model import AssertionPhrase
from checker.words.phrase import Match

CLOSED = 25  # words within which a list of longer entries ends with "or"


class Lists:
    """The lists of one sentence that ends before `end`, has `stops` and clauses that end one, and these `triggers`."""

    def __init__(
        self,
        texts: Sequence[str],
        end: int,
        words: SmallWords,
        stops: Sequence[Match],
        triggers: Sequence[tuple[Match, AssertionPhrase]],
    ) -> None:
        self._texts, self._end, self._words, self._stops, self._triggers = texts, end, words, stops, triggers

    def goes_on(self, match: Match, phrase: AssertionPhrase, first: int) -> bool:
        """Whether a list of denied things runs on past the reach of its phrase: a review of systems."""
        is_listing = phrase.category in NEGATING and phrase.direction == "list" and first - match.last <= LISTED
        return is_listing and is_run(self._texts[match.last + 1 : first], self._words)

    def has_member(self, phrase: AssertionPhrase, stop: Match) -> bool:
        """Whether what looks like a new statement behind a comma is a member of a list: "no warmth, increased swelling or redness"."""
        if phrase.category not in NEGATING or phrase.direction != "list" or self._texts[stop.first] != ",":
            return False
        ahead = self._texts[stop.last + 1 : min(stop.last + 1 + ITEM + 1, self._end)]
        closing = next((place for place, word in enumerate(ahead) if word in self._words.alternatives), None)
        return closing is not None and self._words.verbs.isdisjoint(self._texts[stop.first : stop.last + 1 + closing])

    def reaches(self, category: str, between: Sequence[str], first: int) -> bool:
        """Whether the mention at `first` is one of several things in a row: closed by "or", or made of short entries."""
        words = self._words
        start = first - 1 - between[::-1].index(",")
        closing = words.alternatives if category in NEGATING else words.conjunctions
        item = self._item(start + 1)
        if item[0] not in words.alternatives and (item[-1] in words.shown or not words.verbs.isdisjoint(item)):
            return False
        is_again = self._texts[first] in between  # "no swelling of the knee, swelling of the foot"
        is_negating = category in NEGATING
        if is_negating:
            told = list(dropwhile(words.adding.__contains__, item))
        else:  # "two L4-5 epidurals (in May)" is short, too
            told = [word for word in takewhile("(".__ne__, item) if word.isalpha()]
        if (len(told) <= ITEM and not is_again) or (is_negating and item[0] == "and" and between.count(",") >= MANY):
            return True
        ahead = self._texts[start + 1 : min(start + 1 + CLOSED, self._limit(start + 1))]
        return any(word in closing for word in ahead)

    def is_row(self, match: Match, phrase: AssertionPhrase, last: int, reach: int) -> bool:
        """Whether a result or a denial stands right behind the last of several things, so that it holds for all of them."""
        between = self._texts[last + 1 : match.first]
        words = self._words
        if len(between) >= LISTED:
            return False
        if is_said_of_all(phrase):
            is_joined = (
                not words.conjunctions.isdisjoint(between) or ":" in self._texts[match.first - 1 : match.first + 1]
            )
            row = between[:-1] if between and between[-1] in words.verbs else between  # "… and spasm [were] not found"
            is_open = is_joined and between[-1] != ","  # no aside: "…, and a car, which he no longer has"
            return is_open and words.denying.isdisjoint(row) and is_run(row, words)
        if phrase.category not in RESPONSES:
            return False
        joints = [place for place, word in enumerate(between) if word == "," or word in words.conjunctions]
        return bool(joints) and len(between) - joints[-1] <= reach and words.verbs.isdisjoint(between[: joints[-1]])

    def _item(self, start: int) -> Sequence[str]:
        """The entry of a list that begins at `start`."""
        end = start + 1  # whatever it begins with, a stray full stop, too: "denies numbness, .weakness"
        limit = self._limit(start)
        while end < limit and self._texts[end] not in (",", ".") and self._texts[end] not in self._words.conjunctions:
            end += 1
        return self._texts[start:end]

    def _limit(self, start: int) -> int:
        """Where a list ends at the latest: at the next stop or trigger of negation, or with the sentence."""
        ends = [stop.first for stop in self._stops if stop.first >= start]
        ends += [m.first for m, phrase in self._triggers if m.first > start and phrase.category in NEGATING]
        return min(ends, default=self._end)
