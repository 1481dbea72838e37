"""The levels of the spine that a sentence tells of, and those that a report went on about before it."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.page.layout import Sentence
from checker.chart.place.place_words import PlaceWords
from checker.words.levels import LISTS, Level

TREATMENT = "treatment"  # beside the kinds of findings
# Kinds that are told of a disc or a root; …
OF_DISCS = frozenset({"imaging", "electrodiagnostic", "diagnosis", "history", "statement", "response", TREATMENT})
HOLDING = frozenset({"imaging"})  # … that a report goes on about, sentence after sentence; …
OF_ROOTS = frozenset({"exam", "symptom"})  # … of a root only: "L4/5" beside strength is a grade of the left
OPENING = 3  # words before a level that opens a sentence: "1. At the"
REACH = 8  # words over which "at L4-5" is told of what stands before it
BREAKS = frozenset({";", "."})


class Levels:
    """The levels of one sentence, asked for any mention in it. `held`: what an earlier sentence of the section opened with."""

    def __init__(
        self,
        texts: Sequence[str],
        sentence: Sentence,
        named: Sequence[Level],
        words: PlaceWords,
        held: tuple[str, ...],
    ) -> None:
        self._texts, self._sentence, self._words = texts, sentence, words
        self._named = named
        self.held = self._opening() or held

    def of(self, first: int, last: int, kind: str) -> tuple[str, ...]:
        """The levels of a finding of a kind: its own, those right behind it, else the nearest before it, else what is held."""
        if kind in OF_ROOTS:
            named = [level for level in self._named if level.first == level.last]
        elif kind in OF_DISCS:
            named = list(self._named)
        else:
            return ()
        inside = [level for level in named if level.first <= last and first <= level.last]
        behind = next((level for level in named if level.first > last), None)
        own = inside[:1] + ([behind] if behind and self._is_at(last, behind) else [])
        if own:
            return _names([level for one in own for level in self._row(named, one)])
        before = [level for level in named if level.last < first]
        if before and BREAKS.isdisjoint(self._texts[before[-1].last + 1 : first]):
            return _names(self._row(named, before[-1]))
        return self.held if kind in HOLDING and not before else ()

    def _opening(self) -> tuple[str, ...]:
        """The discs that a sentence opens with, where it goes on about them: "L4-5: ...", "At L4-5 there is ..."."""
        first = next(iter(self._named), None)
        if first is None or first.first - self._sentence.first > OPENING or first.first == first.last:
            return ()
        row = self._row(self._named, first)
        behind = self._texts[min(row[-1].last + 1, self._sentence.last)]
        opens = self._texts[max(first.first - 1, self._sentence.first)]
        is_at = behind == "," and opens in self._words.ties
        return _names(row) if behind in self._words.level_heads or is_at else ()

    def _is_at(self, last: int, level: Level) -> bool:
        """Whether a level behind a mention is told of it: "protrusion of 4 mm at L4-5"."""
        between = self._texts[last + 1 : level.first]
        is_tied = not between or between[-1] in self._words.ties
        return is_tied and len(between) <= REACH and (BREAKS | LISTS).isdisjoint(between)

    def _row(self, named: Sequence[Level], one: Level) -> list[Level]:
        """A level with those that stand in one list with it: "L3-4, L4-5 and L5-S1"."""
        place = named.index(one)
        low = high = place
        while low and LISTS.issuperset(self._texts[named[low - 1].last + 1 : named[low].first]):
            low -= 1
        while high + 1 < len(named) and LISTS.issuperset(self._texts[named[high].last + 1 : named[high + 1].first]):
            high += 1
        return list(named[low : high + 1])


def _names(levels: Sequence[Level]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for level in levels for name in level.names))
