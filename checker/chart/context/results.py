"""The result of an examination test beside its name: "Spurling's positive on the left", "negative Tinel's and Phalen's".
The result words are data (rules/assertion/results.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from checker.chart.page.layout import Sentence
from checker.record import record
from checker.words.phrase import Match

OTHER_SIDE = 15  # words to the result of the other side
MORE = 3  # results of one test in a sentence behind the first one
FAR = 16  # words between the name of a test and its result
STATUS = {"positive": "present", "negative": "absent", "equivocal": "possible"}


class Result(NamedTuple):
    """present, absent or possible, and the tokens from the result word to the end of what belongs to it."""

    status: str
    first: int
    last: int


@record
class ResultWords:
    """What may stand between a test and its result, and what begins another topic of the examination."""

    between: frozenset[str]
    topics: frozenset[str]
    pronouns: frozenset[str]  # stand for a test named before
    plain: frozenset[str]  # results that nothing but a test has
    denials: frozenset[str]  # right before a result or a test they turn "positive" round


def result_entries(settings: Mapping[str, Any]) -> list[tuple[Sequence[str], str]]:
    """The phrases of each result with what they stand for, for the index."""
    return [(settings.get(name, ()), status) for name, status in STATUS.items()]


class Results:
    """The result words of one sentence, asked for any test in it."""

    def __init__(
        self,
        texts: Sequence[str],
        sentence: Sentence,
        results: Sequence[Match],
        tests: Sequence[Match],
        words: ResultWords,
    ) -> None:
        self._texts = texts
        self._sentence = sentence
        self._words = words
        results = [match for match in results if not self._is_grade(match)]
        # Of the same words the longest phrase speaks, and of equals the one with the fewest gaps: "causes no pain" causes none.
        self._by_first = {match.first: match for match in sorted(results, key=lambda m: (m.last, -len(m.gaps)))}
        self._by_last = {match.last: match for match in sorted(results, key=lambda m: (-m.first, -len(m.gaps)))}
        self._tests = {place: test for test in tests for place in range(test.first, test.last + 1)}

    def of(self, first: int, last: int) -> list[Result]:
        """The results of the test at tokens first..last; more where a further one may be that of the other side or of
        another part ("positive left, negative right")."""
        beside = self._by_last.get(first - 1)
        if beside is not None and self._texts[last + 1 : last + 2] != [":"] and not self._is_of_the_one_before(beside):
            own = Result(self._unless_denied(beside, beside.first), beside.first, last)
            return [own, *(other for other in self._further(last) if self._is_placed(other))]
        behind = self._behind(last)
        if behind is not None:
            own = Result(self._unless_denied(behind, first), behind.first, behind.last)
            return [own, *self._further(behind.last)]
        before = self._before(first)
        return [Result(self._unless_denied(before, before.first), before.first, before.last)] if before else []

    def _unless_denied(self, match: Match, place: int) -> str:
        """The status of a result, turned round where the word before `place` denies it: "no positive Spurling"."""
        is_denied = place > 0 and self._texts[place - 1] in self._words.denials
        return "absent" if is_denied and match.key == "present" else str(match.key)

    def _is_grade(self, match: Match) -> bool:
        """Whether a sign belongs to a number before it, as in a reflex of "2+"."""
        is_sign = match.first == match.last and self._texts[match.first] in ("+", "-")
        return is_sign and match.first > 0 and self._texts[match.first - 1][-1].isdigit()

    def _behind(self, last: int) -> Match | None:
        place = last + 1
        end = min(self._sentence.last, last + FAR)
        while place <= end:
            match = self._by_first.get(place)
            if match is not None:
                return None if self._belongs_to_next(match, place - 1) else match
            place = self._step(place, forward=True)
            if place < 0:
                return None
        return None

    def _belongs_to_next(self, match: Match, before: int) -> bool:
        """Whether a result after a comma or "and" speaks of the test that follows: "Tinel's, positive Phalen's"."""
        return self._texts[before] in (",", "and", "with", ";") and match.last + 1 in self._tests

    def _before(self, first: int) -> Match | None:
        place = first - 1
        end = max(self._sentence.first, first - FAR)
        while place >= end:
            match = self._by_last.get(place)
            if match is not None:
                is_of_other = self._texts[place + 1] == "," and match.first > self._sentence.first
                return None if is_of_other else match  # "tenderness +, SLR"
            place = self._step(place, forward=False)
            if place < 0:
                return None
        return None

    def _step(self, place: int, *, forward: bool) -> int:
        """The next place to look at, or -1 where a word stands that no list of tests holds."""
        test = self._tests.get(place)
        if test is not None:
            return test.last + 1 if forward else test.first - 1
        if forward and self._texts[place] == "(" and self._texts[place + 2 : place + 3] == [")"]:
            return place + 3  # "Hawkins (reps)"
        if self._texts[place] in self._words.between or self._texts[place][0].isdigit():
            return place + 1 if forward else place - 1
        return -1

    def _is_of_the_one_before(self, match: Match) -> bool:
        """Whether a result stands right behind a test that has no other: "Tinel (-) Phalen (+)"."""
        test = self._tests.get(match.first - 1)
        return test is not None and test.first - 1 not in self._by_last

    def _further(self, last: int) -> Iterator[Result]:
        """The next results behind `last`, up to another test or another topic of the examination."""
        for _ in range(MORE):
            other = self._next(last)
            if other is None:
                return
            yield Result(str(other.key), other.first, other.last)
            last = other.last

    def _next(self, last: int) -> Match | None:
        for place in range(last + 1, min(self._sentence.last, last + OTHER_SIDE) + 1):
            other = self._by_first.get(place)
            is_of_next = other is not None and other.last + 1 in self._tests
            if place in self._tests or is_of_next or self._texts[place] in self._words.topics:
                return None
            if other is not None:
                return other
        return None

    def _is_placed(self, result: Result) -> bool:
        """Whether a place follows a result, and no topic of its own: "positive Tinel's on the left, negative on the right"."""
        return not self._words.between.isdisjoint(self._texts[result.last + 1 : result.last + 2])
