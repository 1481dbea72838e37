"""The sides that a sentence names, and what each is told of."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.page.layout import Sentence
from checker.chart.place.place_words import NO_PLACE, PlaceWords, without_overlaps
from checker.chart.place.surroundings import BOTH
from checker.words.numbers import number_of
from checker.words.phrase import Match

BESIDE = 2  # words between a part and what it qualifies: "neck pain", "lumbar spine tenderness"
GRADED = ["/", "5"]  # behind a grade of strength
SIDE_BEFORE = 3
SIDE_AFTER = 8
OPPOSITE = {"left", "right"}
ENDS = frozenset({".", ",", ";", ")"})
BREAKS = frozenset({",", ";", "/", "and", "but", "."})  # what parts one side's result from the other's


class Sides:
    """The sides of one sentence, asked for any part or mention in it."""

    def __init__(
        self,
        texts: Sequence[str],
        sentence: Sentence,
        parts: Sequence[Match],
        sides: Sequence[Match],
        words: PlaceWords,
    ) -> None:
        self._texts = texts
        self._sentence = sentence
        self.parts = [part for part in without_overlaps(parts) if part.key != NO_PLACE]
        named = [part for part in self.parts if part.last > part.first]
        self.named = [
            side
            for side in without_overlaps(sides)
            if side.key != NO_PLACE and not any(p.first <= side.first and side.last < p.last for p in named)
        ]  # the L of "L-spine" is no side
        self._words = words

    def is_graded(self, last: int) -> bool:
        """Whether a mention ends with a grade: "4/5", "1+"."""
        place = last - 1 if self._texts[last] in ("+", "-") else last
        return self._texts[place][0].isdigit()

    def is_joined(self, start: int, end: int) -> bool:
        """Whether nothing between two places parts a body part from what is told of it."""
        return self._words.part_ends.isdisjoint(self._texts[start:end])

    def near(self, part: Match) -> str | None:
        """The side written with a part: "left knee", "knee, left", "knees bilaterally", "hand (right)"."""
        for side in reversed(self.named):
            if side.last <= part.last and part.first - side.last <= SIDE_BEFORE and self._is_free(side, part):
                return BOTH if self.exceeds(str(side.key), part.last) else str(side.key)
        for side in self.named:
            if part.last < side.first <= part.last + SIDE_BEFORE and not self.leads(side):
                return None if self._is_of_next_result(part, side) else str(side.key)
        return None

    def exceeds(self, side: str, last: int) -> bool:
        """Whether what is told of one side is more than of the other behind it: "right knee > left", "left hip pain worse than right"."""
        behind = last + 1
        while behind < self._sentence.last and self._texts[behind] in self._words.exceeding:
            behind += 1
        other = next((each for each in self.named if each.first == behind), None)
        if other is None or {side, other.key} != OPPOSITE or (behind > last + 1 and self.leads(other)):
            return False
        return behind > last + 1 or self._texts[min(other.last + 1, self._sentence.last)] in ENDS

    def _is_of_next_result(self, part: Match, side: Match) -> bool:
        """Whether a side behind a part is that of a result which comes then: "SLR + L with pain to the calf; neg R"."""
        between = self._texts[part.last + 1 : side.first]
        return ";" in between or (between[:1] == [","] and not self._words.by_the_way.isdisjoint(between))

    def _is_free(self, side: Match, part: Match) -> bool:
        """No other part and no comma stands between a side and its part: "bilateral L4-5 and L5-S1"."""
        between = self._texts[side.last + 1 : part.first]
        others = {other.key for other in self.parts if side.last < other.first < part.first}
        is_closed = between[:1] == [")"] and any(other.last == side.first - 2 for other in self.parts)
        return {",", ";"}.isdisjoint(between) and others <= {part.key} and not is_closed  # "knee (right) and ankle"

    def leads(self, side: Match) -> bool:
        """Whether a side belongs to a part that follows it: "neck and right knee"."""
        return any(
            side.first < other.first <= side.last
            or (0 < other.first - side.last <= BESIDE and self.is_joined(side.last + 1, other.first))
            for other in self.parts
        )

    def of(self, first: int, last: int) -> str | None:
        """The side of the mention itself: "left paraspinal spasm", "positive on the left", "present bilaterally"."""
        if told := self.of_grade(first, last) or self._side_around(last):
            return told
        for side in reversed(self.named):
            is_near = first - SIDE_BEFORE <= side.last <= last and side.first <= last
            between = self._texts[side.last + 1 : first]
            if is_near and BREAKS.isdisjoint(between) and not (self.leads(side) and self._is_apart(between)):
                return str(side.key)
        for side in self.named:
            if last < side.first <= last + SIDE_AFTER and not self.leads(side):
                between = self._texts[last + 1 : side.first]
                is_closed = self._texts[min(side.last + 1, self._sentence.last)] in ENDS
                if is_closed and list(between) == [","]:
                    return str(side.key)  # "C5-6 disc protrusion, right; …"
                if {",", ";"} & set(between) or self._is_compared(side, last):
                    return None
                if self._is_of_else(side):
                    continue
                return str(side.key)
        return None

    def _is_apart(self, between: Sequence[str]) -> bool:
        """Whether a denial or a colon stands between a side with its part and a mention."""
        return ":" in between or not self._words.denying.isdisjoint(between)

    def _is_of_else(self, side: Match) -> bool:
        """Whether a side is that of something else behind it: "a protrusion with right radiculopathy"."""
        behind, words = self._texts[min(side.last + 1, self._sentence.last)], self._words
        is_known = behind in words.ties or behind in words.verbs or behind in words.exceeding or behind in BREAKS
        return self._texts[side.first - 1] == "with" and behind.isalpha() and not is_known

    def _is_compared(self, side: Match, last: int) -> bool:
        """Whether a side has a number of its own: "flexion 110 (left 135)", "flexion 95 compared to 135 on the right"."""
        is_inside = side.first > self._sentence.first and self._texts[side.first - 1] == "("
        if is_inside and side.last < self._sentence.last and number_of(self._texts[side.last + 1]) is not None:
            return True
        between = self._texts[last + 1 : side.first]
        return not self._words.comparing.isdisjoint(between) and any(word[0].isdigit() for word in between)

    def before(self, place: int) -> str | None:
        """The side right before a number, which is its own: "R 120"."""
        return next((str(side.key) for side in self.named if side.last == place - 1), None)

    def of_less(self, first: int, last: int) -> str | None:
        """Of two sides with a number behind each, the one that has less: "girth R 47 cm L 44.5", "R 4/5 L 5/5"."""
        near = [side for side in self.named if first - 1 <= side.first <= last + SIDE_BEFORE]
        amounts = [
            (number_of(self._texts[side.last + 1]), str(side.key)) for side in near if side.last < self._sentence.last
        ]
        known = [(amount, key) for amount, key in amounts if amount is not None]
        if len(known) != len(near) or {key for _, key in known} != OPPOSITE or len(known) != len(OPPOSITE):
            return None
        return None if known[0][0] == known[1][0] else min(known)[1]

    def _side_around(self, last: int) -> str | None:
        """The side of the column in whose words a mention ends."""
        return next((str(side.key) for side in self.named if side.first <= last < side.last), None)

    def of_grade(self, first: int, last: int) -> str | None:
        """The side of the lesser of two grades in one mention: "strength 4/5 on the right, 5/5 left", "5/5 on the left and 4/5 on
        the right", where the mention ends with its grade."""
        inside = [side for side in self.named if first <= side.first and side.last <= last]
        if not inside or BREAKS.isdisjoint(self._texts[inside[0].last + 1 : last]):
            return None
        if not self._texts[last][0].isdigit():
            several = len({side.key for side in inside}) > 1
            if several or not self.is_graded(last):
                return str(inside[0].key) if several else None
        behind = [side for side in self.named if last < side.first <= last + SIDE_BEFORE + 1]
        is_tied = bool(behind) and BREAKS.isdisjoint(self._texts[last + 1 : behind[0].first])
        return str(behind[0].key) if is_tied else None
