"""Body parts and sides of a mention, by nearness and by the small words between."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field

from checker.chart.layout import Sentence
from checker.chart.results import Result
from checker.chart.surroundings import NOWHERE, Place
from checker.record import record
from checker.words.numbers import number_of
from checker.words.phrase import Match

BESIDE = 2  # words between a part and what it qualifies: "neck pain", "lumbar spine tenderness"
GRADED = ["/", "5"]  # behind a grade of strength
TIED = 9  # words over which "of the …" may reach
NO_PLACE = "none"  # words that look like a side, as R/O, or like a part, as "back to work"
SIDE_BEFORE = 3
SIDE_AFTER = 8
EXCEPTED = 10  # words from a mention to an exception
OPENING = 2  # words before a side that opens a sentence: "on the left"
OPPOSITE = {"left", "right"}
BREAKS = frozenset({",", ";", "/", "and", "but", "."})  # what parts one side's result from the other's


@record
class PlaceWords:
    """Words between a mention and its body part (rules/assertion/sentences.yaml)."""

    ties: frozenset[str] = field(default_factory=frozenset)
    part_lists: frozenset[str] = field(default_factory=frozenset)
    excepting: frozenset[str] = field(default_factory=frozenset)
    by_the_way: frozenset[str] = field(default_factory=frozenset)
    verbs: frozenset[str] = field(default_factory=frozenset)
    comparing: frozenset[str] = field(default_factory=frozenset)
    side_denials: frozenset[str] = field(default_factory=frozenset)


class Places:
    """The body parts and sides of one sentence, asked for any mention in it."""

    def __init__(
        self,
        texts: Sequence[str],
        sentence: Sentence,
        parts: Sequence[Match],
        sides: Sequence[Match],
        words: PlaceWords,
        limbs: Mapping[str, str],
    ) -> None:
        self._limbs = limbs
        self._texts = texts
        self._sentence = sentence
        self._parts = [part for part in without_overlaps(parts) if part.key != NO_PLACE]
        named = [part for part in self._parts if part.last > part.first]
        self._sides = [
            side
            for side in without_overlaps(sides)
            if side.key != NO_PLACE and not any(p.first <= side.first and side.last < p.last for p in named)
        ]  # the L of "L-spine" is no side
        self._words = words
        self._headings = [side for side in self._sides if self._is_heading(side)]

    def tokens(self) -> frozenset[int]:
        """Where the names of body parts begin."""
        return frozenset(part.first for part in self._parts)

    def names(self, place: int) -> bool:
        """Whether the word there names a part or a side."""
        return any(one.first <= place <= one.last for one in (*self._parts, *self._sides))

    def _is_heading(self, side: Match) -> bool:
        """Whether a side stands before what is told of it: "Right: Neer +", "on the left there is", "The right shows"."""
        before, behind = side.first - 1, self._texts[side.last + 1 : side.last + 2]
        if behind == [":"] and (side.first == self._sentence.first or self._texts[before] in (",", ";")):
            return True
        opens = list(self._texts[self._sentence.first : side.first])
        if len(opens) > OPENING or opens[-1:] != ["the"] or self._leads(side):
            return False
        return (len(opens) == OPENING and opens[0] in self._words.ties) or not self._words.verbs.isdisjoint(behind)

    def _under_heading(self, first: int, context: Place) -> Place:
        """What is spoken of, with the side that a heading before a mention gives it."""
        side = next((side for side in reversed(self._headings) if side.last < first), None)
        return context._replace(side=str(side.key)) if side else context

    def on_side(self, side: str, first: int, last: int, implied: Sequence[str], context: Place) -> list[Place]:
        """Where a mention is, on a side that is known."""
        return list(dict.fromkeys(place._replace(side=side) for place in self.of(first, last, implied, context)))

    def of(
        self, first: int, last: int, implied: Sequence[str], context: Place, *, is_test: bool = False
    ) -> list[Place]:
        """Where a mention is: its own part, else the one it is tied to, else the nearest, else what `context` says. `is_test`: a number
        beside a side is an angle of the test, no measure of the finding."""
        places = self._told_of(first, last, implied, self._under_heading(first, context))
        less = None if is_test else self._side_of_less(first, last)
        return [place._replace(side=less) for place in places] if less else places

    def _told_of(self, first: int, last: int, implied: Sequence[str], context: Place) -> list[Place]:
        own_side = self.side_of(first, last)
        parts = self._parts_of(first, last)
        if parts and own_side and self._is_of_other_side(own_side, last, parts[0]):
            parts = []
        if implied:
            named = [part for part in parts if part.key in implied]
            if not named:
                side = own_side or (self._side_near(parts[0]) if parts else None) or context.side
                return [Place(implied[0], side)]
            parts = named
        if not parts:
            return [Place(context.part, own_side or context.side)]
        graded = self._side_of_grade(first, last)
        own = graded or (own_side if self._is_nearer(own_side, last, parts[0]) else None)
        places = [
            Place(str(part.key), graded)
            if self._gives_way(part, last)
            else Place(str(part.key), own or self._side_near(part) or own_side or self._side_of_limb(part))
            for part in parts
        ]
        return list(dict.fromkeys(places))

    def _gives_way(self, part: Match, last: int) -> bool:
        """Whether a side between a part without one and a mention is that of the next part: "neck and left shoulder pain"."""
        if part.key in self._limbs or list(self._texts[part.last + 1 : part.last + 2]) != ["and"]:
            return False
        is_next = any(side.first == part.last + 2 and self._leads(side) for side in self._sides)
        ends = [other.last for other in self._parts if other.first > part.last]
        return is_next and bool(ends) and part.last < last <= min(ends) + BESIDE and self._side_near(part) is None

    def _is_nearer(self, side: str | None, last: int, part: Match) -> bool:
        """Whether a side stands between a mention and a part of something else: "5/5 on the right and 4/5 in left wrist", "right
        ankle 4/5; left 5/5"."""
        if side is None or part.first <= last <= part.last:
            return False
        low, high = (part.last, last) if part.last < last else (last, part.first)
        between = [each for each in self._sides if each.key == side and low < each.first and each.last <= high]
        if not between:
            return False
        rest = (low + 1, between[-1].first) if part.last < last else (between[0].last + 1, high)
        return not BREAKS.isdisjoint(self._texts[rest[0] : rest[1]])

    def _is_of_other_side(self, side: str, last: int, part: Match) -> bool:
        """Whether a part behind a break is told of the other side: "right dorsiflexion 4/5, left lower extremity 5/5"."""
        is_apart = part.first > last and not BREAKS.isdisjoint(self._texts[last + 1 : part.first])
        return is_apart and self._side_near(part) not in (None, side)

    def is_elsewhere(self, first: int, last: int, fitting: Collection[str], context: Place) -> bool:
        """Whether a mention that can only be at the `fitting` parts stands with another: "Shoulder: no instability"."""
        parts = self._parts_of(first, last)
        if parts:
            return not any(part.key in fitting for part in parts)
        return context.part is not None and context.part not in fitting

    def of_treatment(self, first: int, last: int) -> list[Place]:
        """Where a treatment was given: at its own part or one tied to it; a part tied to something else is not its own."""
        own_side = self.side_of(first, last)
        parts = self._parts_of(first, last)
        if not parts or self._is_elsewhere(parts[0], first, last):
            return [Place(None, own_side)]
        sides = [self._side_near(part) or own_side or self._side_of_levels(part) for part in parts]
        return list(dict.fromkeys(Place(str(part.key), side) for part, side in zip(parts, sides, strict=True)))

    def _is_elsewhere(self, part: Match, first: int, last: int) -> bool:
        """Whether a part stands behind other words that it is tied to: "therapy, a cane in the left hand"."""
        if part.first <= last + BESIDE and part.last >= first - BESIDE:
            return False
        start = part.first
        while start > self._sentence.first and self._texts[start - 1] in self._words.ties:
            start -= 1
        return start > last + 1 and start < part.first and self._texts[start - 1] not in self._words.part_lists

    def contrasted(self, first: int, last: int, results: Sequence[Result]) -> list[tuple[str, str]]:
        """Status and side where a test named with one side has its only result on the other, told behind a comma: "Tinel's at the left
        elbow, negative on the right" was positive there."""
        if len(results) != 1 or results[0].status != "absent":
            return []
        own, other = self.side_of(first, last), self.side_of(results[0].first, results[0].last)
        is_apart = last < results[0].first and not BREAKS.isdisjoint(self._texts[last + 1 : results[0].first])
        return [("present", str(own)), ("absent", str(other))] if is_apart and {own, other} == OPPOSITE else []

    def of_result(self, first: int, last: int) -> Place | None:
        """The part that a further result has for itself in a clause that says nothing else: "positive at the wrist, negative at the
        elbow"."""
        low, high = first, last
        while low > self._sentence.first and self._is_of_place(low - 1):
            low -= 1
        while high < self._sentence.last and self._is_of_place(high + 1):
            high += 1
        parts = [part for part in self._parts if low <= part.first and part.last <= high]
        if not parts or self._texts[low - 1] not in BREAKS:
            return None
        return Place(str(parts[0].key), self._side_near(parts[0]) or self.side_of(first, last))

    def _is_of_place(self, place: int) -> bool:
        word = self._texts[place]
        return self.names(place) or word in self._words.verbs or (word in self._words.ties and word not in BREAKS)

    def topic(self) -> Place:
        """The part that the sentence opens with: "Examination of the left shoulder revealed …", "Cervical spine: …"; a side
        alone where a colon makes it a heading: "R: full motion"."""
        head = self._sentence.first + TIED
        if self._is_by_the_way():
            return NOWHERE
        for part in self._parts:
            if part.first <= head:
                # "Lumbar spine: left spasm" is on the left of what has two sides, where the part has none
                is_trunk = part.key not in self._limbs and self._texts[part.last + 1 : part.last + 2] == [":"]
                return Place(str(part.key), None if is_trunk else self._side_near(part))
        for side in self._sides:
            if side.first <= self._sentence.first + SIDE_BEFORE and self._texts[side.last + 1 : side.last + 2] == [":"]:
                return Place(None, str(side.key))
        return NOWHERE

    def _is_by_the_way(self) -> bool:
        told = [word for word in self._texts[self._sentence.first : self._sentence.last + 1] if word != "."]
        return bool(told) and told[-1] in self._words.by_the_way and ":" not in told

    def _parts_of(self, first: int, last: int) -> list[Match]:
        nearest = self._nearest(first, last)
        return self._with_neighbours(nearest) if nearest else []

    def _nearest(self, first: int, last: int) -> Match | None:
        inside = [part for part in self._parts if part.first >= first and part.last <= last]
        after = [part for part in self._parts if part.first > last and not self._is_excepted(last, part.first)]
        if inside:
            # "2+ at the knees and absent at the ankles": what the mention ends with is of the part behind it
            is_left = not {"and", "but", ","}.isdisjoint(self._texts[inside[-1].last + 1 : last])
            if is_left and after and self._is_tied(last + 1, after[0].first):
                return after[0]
            # "knees 2+, ankles 1+": a grade at the end is of the part before it
            is_apart = self._is_graded(last) and "," in self._texts[inside[0].last + 1 : inside[-1].first]
            return inside[-1] if is_apart else inside[0]
        before = [part for part in self._parts if part.last < first]
        if before and first - before[-1].last <= BESIDE and self._is_joined(before[-1].last + 1, first):
            return before[-1]
        if after and after[0].first - last <= TIED and self._is_tied(last + 1, after[0].first):
            return after[0]
        if before:
            return None if self._is_spent(before[-1], first, last) else before[-1]
        return after[0] if after else None

    def _is_graded(self, last: int) -> bool:
        """Whether a mention ends with a grade: "4/5", "1+"."""
        place = last - 1 if self._texts[last] in ("+", "-") else last
        return self._texts[place][0].isdigit()

    def _is_spent(self, part: Match, first: int, last: int) -> bool:
        """Whether a part before a mention with a grade has another grade: "triceps 5/5, grip 4/5", "5/5 in the deltoid, with 4/5 grip"."""
        texts, between = self._texts, self._texts[part.last + 1 : first]
        if "," not in between:
            return False
        if list(texts[last - 1 : last + 1]) == GRADED:
            return GRADED in (list(texts[part.last - 1 : part.last + 1]), list(between[1:3]))
        behind = texts[min(last + 1, self._sentence.last)]
        is_of_it = behind in self._words.ties or behind in self._words.verbs or not behind.isalpha() or behind in BREAKS
        return list(texts[first + 1 : first + 3]) == GRADED and not is_of_it and not self.names(last + 1)

    def _is_excepted(self, last: int, first: int) -> bool:
        """Whether a part is told as an exception: "intact except for the thigh"."""
        return not self._words.excepting.isdisjoint(self._texts[last + 1 : first])

    def _is_joined(self, start: int, end: int) -> bool:
        return not {",", "and", "or", ":", "with", "but", "("} & set(self._texts[start:end])

    def _is_tied(self, start: int, end: int) -> bool:
        between = self._texts[start:end]
        if not between:
            return True
        is_known = all(word in self._words.ties for word in between)
        return is_known or (between[0] in self._words.ties and "," not in between and len(between) <= TIED // 2 + 1)

    def _with_neighbours(self, part: Match) -> list[Match]:
        """The part and those that stand in one list with it: "neck, right knee and ankle"."""
        place = self._parts.index(part)
        low = high = place
        while low > 0 and self._is_list(self._parts[low - 1].last + 1, self._parts[low].first):
            low -= 1
        while high + 1 < len(self._parts) and self._is_list(self._parts[high].last + 1, self._parts[high + 1].first):
            high += 1
        return self._parts[low : high + 1]

    def _is_list(self, start: int, end: int) -> bool:
        between = self._texts[start:end]
        return all(word in self._words.part_lists for word in between) and (not between or len(between) <= TIED)

    def _side_near(self, part: Match) -> str | None:
        """The side written with a part: "left knee", "knee, left", "knees bilaterally", "hand (right)"."""
        for side in reversed(self._sides):
            if side.last <= part.last and part.first - side.last <= SIDE_BEFORE and self._is_free(side, part):
                return str(side.key)
        for side in self._sides:
            if part.last < side.first <= part.last + SIDE_BEFORE and not self._leads(side):
                return None if self._is_of_next_result(part, side) else str(side.key)
        return None

    def _is_of_next_result(self, part: Match, side: Match) -> bool:
        """Whether a side behind a part is that of a result which comes then: "SLR + L with pain to the calf; neg R"."""
        between = self._texts[part.last + 1 : side.first]
        return ";" in between or (between[:1] == [","] and not self._words.by_the_way.isdisjoint(between))

    def _side_of_limb(self, part: Match) -> str | None:
        """The side last told before a part of the same limb: "MRI of the right knee: tear of the medial meniscus"."""
        limb = self._limbs.get(str(part.key))
        before = [other for other in self._parts if other.last < part.first and self._limbs.get(str(other.key)) == limb]
        return next((side for other in reversed(before) if (side := self._side_near(other))), None) if limb else None

    def _side_of_levels(self, part: Match) -> str | None:
        """The side of the first of several levels: "bilateral L4-5 and L5-S1 facet injections"."""
        first = next(other for other in self._parts if other.key == part.key)
        is_apart = "," in self._texts[first.last : part.first]
        return (None if is_apart else self._side_near(first)) or self._side_of_limb(part)

    def _is_free(self, side: Match, part: Match) -> bool:
        """No other part and no comma stands between a side and its part: "bilateral L4-5 and L5-S1"."""
        between = self._texts[side.last + 1 : part.first]
        others = {other.key for other in self._parts if side.last < other.first < part.first}
        return "," not in between and others <= {part.key}

    def _leads(self, side: Match) -> bool:
        """Whether a side belongs to a part that follows it: "neck and right knee"."""
        return any(
            0 < other.first - side.last <= BESIDE and self._is_joined(side.last + 1, other.first)
            for other in self._parts
        )

    def side_of(self, first: int, last: int) -> str | None:
        """The side of the mention itself: "left paraspinal spasm", "positive on the left", "present bilaterally"."""
        if told := self._side_of_grade(first, last) or self._side_around(last):
            return told
        for side in reversed(self._sides):
            is_near = first - SIDE_BEFORE <= side.last <= last and side.first <= last
            if is_near and BREAKS.isdisjoint(self._texts[side.last + 1 : first]):
                return str(side.key)
        for side in self._sides:
            if last < side.first <= last + SIDE_AFTER and not self._leads(side):
                if {",", ";"} & set(self._texts[last + 1 : side.first]) or self._is_compared(side, last):
                    return None
                return str(side.key)
        return None

    def _is_compared(self, side: Match, last: int) -> bool:
        """Whether a side has a number of its own: "flexion 110 (left 135)", "flexion 95 compared to 135 on the right"."""
        is_inside = side.first > self._sentence.first and self._texts[side.first - 1] == "("
        if is_inside and side.last < self._sentence.last and number_of(self._texts[side.last + 1]) is not None:
            return True
        between = self._texts[last + 1 : side.first]
        return not self._words.comparing.isdisjoint(between) and any(word[0].isdigit() for word in between)

    def side_before(self, place: int) -> str | None:
        """The side right before a number, which is its own: "R 120"."""
        return next((str(side.key) for side in self._sides if side.last == place - 1), None)

    def _side_of_less(self, first: int, last: int) -> str | None:
        """Of two sides with a number behind each, the one that has less: "girth R 47 cm L 44.5", "R 4/5 L 5/5"."""
        near = [side for side in self._sides if first - 1 <= side.first <= last + SIDE_BEFORE]
        amounts = [
            (number_of(self._texts[side.last + 1]), str(side.key)) for side in near if side.last < self._sentence.last
        ]
        known = [(amount, key) for amount, key in amounts if amount is not None]
        if len(known) != len(near) or {key for _, key in known} != OPPOSITE or len(known) != len(OPPOSITE):
            return None
        return None if known[0][0] == known[1][0] else min(known)[1]

    def _side_around(self, last: int) -> str | None:
        """The side of the column in whose words a mention ends."""
        return next((str(side.key) for side in self._sides if side.first <= last < side.last), None)

    def _side_of_grade(self, first: int, last: int) -> str | None:
        """The side of the lesser of two grades in one mention: "strength 4/5 on the right, 5/5 left", "5/5 on the left and 4/5 on
        the right", where the mention ends with its grade."""
        inside = [side for side in self._sides if first <= side.first and side.last <= last]
        if not inside or BREAKS.isdisjoint(self._texts[inside[0].last + 1 : last]):
            return None
        if not self._texts[last][0].isdigit():
            several = len({side.key for side in inside}) > 1
            if several or not self._is_graded(last):
                return str(inside[0].key) if several else None
        behind = [side for side in self._sides if last < side.first <= last + SIDE_BEFORE + 1]
        is_tied = bool(behind) and BREAKS.isdisjoint(self._texts[last + 1 : behind[0].first])
        return str(behind[0].key) if is_tied else None


def without_overlaps(matches: Sequence[Match]) -> list[Match]:
    """Matches that do not overlap: the longest, and of equals the first; in the order of the text."""
    starts: list[int] = []
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
        place = bisect(starts, match.last)  # behind all that begin before the match ends
        if not place or kept[place - 1].last < match.first:
            starts.insert(place, match.first)
            kept.insert(place, match)
    return kept
