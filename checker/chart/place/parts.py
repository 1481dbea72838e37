"""Body parts and sides of a mention, by nearness and by the small words between."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from checker.chart.context.results import Result
from checker.chart.page.layout import Sentence
from checker.chart.place.place_words import PlaceWords
from checker.chart.place.served import is_helped, is_in_other_item, is_served, leads_to_part, start_of
from checker.chart.place.sides import BESIDE, BREAKS, GRADED, OPPOSITE, SIDE_BEFORE, Sides
from checker.chart.place.surroundings import BOTH, NOWHERE, Place
from checker.words.phrase import Match

TIED = 9  # words over which "of the …" may reach
EXCEPTED = 10  # words from a mention to an exception
OPENING = 2  # words before a side that opens a sentence: "on the left"
JOINTS = frozenset({"and", "/", "&", ","})  # between two parts of a list


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
        mentions: Sequence[Match] = (),
    ) -> None:
        self._texts, self._sentence, self._words, self._limbs = texts, sentence, words, limbs
        self.sides = Sides(texts, sentence, parts, sides, words)
        self._parts = self.sides.parts
        self._others = mentions
        self._headings = [side for side in self.sides.named if self._is_heading(side)]

    def tokens(self) -> frozenset[int]:
        """Where the names of body parts begin."""
        return frozenset(part.first for part in self._parts)

    def names(self, place: int) -> bool:
        """Whether the word there names a part or a side."""
        return any(one.first <= place <= one.last for one in (*self._parts, *self.sides.named))

    def sided(self) -> list[Place]:
        """Every side that is named, with its part where it stands with one."""
        if not self.sides.named:
            return []
        told = [Place(str(part.key), side) for part in self._parts if (side := self.sides.near(part))]
        bare = {str(side.key) for side in self.sides.named} - {place.side for place in told}
        return told + [Place(None, side) for side in sorted(bare)]

    def is_part(self, place: int, part: str | None) -> bool:
        """Whether a part is named there in one word: "but not the left knee"."""
        return any(one.first == one.last == place and one.key == part for one in self._parts)

    def behind_gaps(self, first: int, last: int, gaps: Sequence[tuple[int, int]]) -> int:
        """Where a mention begins that has a part of its own behind a gap with another: "had a shoulder injection and knee surgery"."""
        inside = [part for part in self._parts if first <= part.first and part.last <= last]
        for start, end in gaps:
            is_other = any(start <= part.first <= end and "and" in self._texts[part.last : end + 1] for part in inside)
            if is_other and any(part.first > end for part in inside):
                return end + 1
        return first

    def _is_heading(self, side: Match) -> bool:
        """Whether a side stands before what is told of it: "Right: Neer +", "on the left there is", "The right shows"."""
        before, behind = side.first - 1, self._texts[side.last + 1 : side.last + 2]
        if behind == [":"] and (side.first == self._sentence.first or self._texts[before] in (",", ";")):
            return True
        opens = list(self._texts[self._sentence.first : side.first])
        if len(opens) > OPENING or opens[-1:] != ["the"] or self.sides.leads(side):
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
        headed = self._under_heading(first, NOWHERE).side
        if headed:  # "On the right, the knee is tender"
            places = [
                place._replace(side=headed) if place.part in self._limbs and not place.side else place
                for place in places
            ]
        less = None if is_test else self.sides.of_less(first, last)
        return [place._replace(side=less) for place in places] if less else places

    def _told_of(self, first: int, last: int, implied: Sequence[str], context: Place) -> list[Place]:
        own_side = self.sides.of(first, last)
        parts = self._parts_of(first, last)
        if parts and own_side and self._is_of_other_side(own_side, last, parts[0]):
            parts = []
        if implied:
            named = [part for part in parts if part.key in implied]
            if not named:
                side = own_side or (self.sides.near(parts[0]) if parts else None) or context.side
                return [Place(implied[0], side)]
            parts = named
        if not parts:
            return [Place(context.part, own_side or context.side)]
        graded = self.sides.of_grade(first, last)
        own = graded or (own_side if self._is_nearer(own_side, last, parts) else None)
        places = [
            Place(str(part.key), graded)
            if self._gives_way(part, last)
            else Place(
                str(part.key), own or self._side_of_part(part, own_side, (first, last)) or self._side_of_limb(part)
            )
            for part in parts
        ]
        return _told_once(places)

    def _side_of_part(self, part: Match, own_side: str | None, told: tuple[int, int]) -> str | None:
        """The side of a part, else of what is told of it, and of both the one that is told: "both knees: crepitus on the left"."""
        near, (first, last) = self.sides.near(part), told
        if near in OPPOSITE and part.last < last <= part.last + BESIDE and self.sides.exceeds(near, last):
            return BOTH
        if {near, own_side} == OPPOSITE and not self._words.denying.isdisjoint(self._texts[part.last + 1 : first + 1]):
            return own_side  # "tender about the right shoulder without tenderness about the left"
        is_one = near == BOTH and own_side in OPPOSITE and len(self._with_neighbours(part)) == 1
        is_one = is_one and all(side.first != part.last + 1 for side in self.sides.named)
        is_one = is_one and self._words.exceeding.isdisjoint(self._texts[part.last : self._sentence.last])
        return own_side if is_one else near or own_side

    def _gives_way(self, part: Match, last: int) -> bool:
        """Whether a side between a part without one and a mention is that of the next part: "neck and left shoulder pain"."""
        if part.key in self._limbs or self._texts[min(part.last + 1, self._sentence.last)] not in JOINTS:
            return False
        is_next = any(side.first == part.last + 2 and self.sides.leads(side) for side in self.sides.named)
        ends = [other.last for other in self._parts if other.first > part.last]
        return is_next and bool(ends) and part.last < last <= min(ends) + BESIDE and self.sides.near(part) is None

    def _is_nearer(self, side: str | None, last: int, parts: Sequence[Match]) -> bool:
        """Whether a side stands between a mention and a part of something else: "5/5 on the right and 4/5 in left wrist", "right
        ankle 4/5; left 5/5"; in "right knee and left ankle pain" it is that of the next part."""
        part, *others = parts
        if side is None or part.first <= last <= part.last:
            return False
        low, high = (part.last, last) if part.last < last else (last, part.first)
        between = [each for each in self.sides.named if each.key == side and low < each.first and each.last <= high]
        if not between or any(between[-1].first < other.last <= between[-1].last + BESIDE for other in others):
            return False
        rest = (low + 1, between[-1].first) if part.last < last else (between[0].last + 1, high)
        return not BREAKS.isdisjoint(self._texts[rest[0] : rest[1]])

    def _is_of_other_side(self, side: str, last: int, part: Match) -> bool:
        """Whether a part behind a break is told of the other side: "right dorsiflexion 4/5, left lower extremity 5/5"."""
        is_apart = part.first > last and not BREAKS.isdisjoint(self._texts[last + 1 : part.first])
        return is_apart and self.sides.near(part) not in (None, side)

    def is_elsewhere(self, first: int, last: int, fitting: Collection[str], context: Place) -> bool:
        """Whether a mention that can only be at the `fitting` parts stands with another: "Shoulder: no instability"."""
        parts = self._parts_of(first, last)
        if parts:
            return not any(part.key in fitting for part in parts)
        return context.part is not None and context.part not in fitting

    def of_treatment(self, first: int, last: int, *, is_local: bool) -> list[Place]:
        """Where a treatment was given: at its own part or one tied to it; a part tied to something else is not its own. `is_local`: it is
        done to the part whose complaint it is for ("therapy for left knee pain"), unlike a drug."""
        own_side = self.sides.of(first, last)
        parts = self._served_by(first, last) or self._parts_of(first, last)
        is_elsewhere = not parts or self._is_elsewhere(parts[0], first, last, is_local=is_local)
        if is_elsewhere or is_in_other_item(parts, first, last, self._texts):
            return [Place(None, own_side)]
        if own_side and parts[-1].last < first and not BREAKS.isdisjoint(self._texts[parts[-1].last + 1 : first]):
            return [Place(str(parts[-1].key), own_side)]  # "bilateral carpal tunnel syndrome, s/p right CTR"
        sides = [self.sides.near(part) or own_side or self._side_of_levels(part) for part in parts]
        return _told_once([Place(str(part.key), side) for part, side in zip(parts, sides, strict=True)])

    def _served_by(self, first: int, last: int) -> list[Match]:
        """The parts that stand right behind a treatment as what it is for, whatever stands before it: "therapy for the neck and
        acupuncture for the back"."""
        behind = next((part for part in self._parts if part.last >= first), None)
        before = [part for part in self._parts if part.last < first]
        if behind is None or behind.first <= last or not before or before[-1].last + 1 == first:
            return []
        between = self._texts[last + 1 : behind.first]
        is_for = leads_to_part(between, self._words)
        is_for = is_for or self._is_helped(behind, last, start_of(behind, self._texts, self._sentence, self._words))
        return self._with_neighbours(behind, (first, last)) if is_for else []

    def _is_elsewhere(self, part: Match, first: int, last: int, *, is_local: bool) -> bool:
        """Whether a part stands behind other words that it is tied to: "therapy, a cane in the left hand"."""
        if part.first <= last + BESIDE and part.last >= first - BESIDE:
            return False
        start = start_of(part, self._texts, self._sentence, self._words)
        if self._is_served(part, last, start, is_local=is_local) or self._is_helped(part, last, start):
            return False
        return start > last + 1 and start < part.first and self._texts[start - 1] not in self._words.part_lists

    def _is_served(self, part: Match, last: int, start: int, *, is_local: bool) -> bool:
        end = self._with_neighbours(part)[-1].last + 1
        behind = self._texts[min(end, self._sentence.last)]
        return is_served(self._texts[last + 1 : start], behind, self._words, is_local=is_local)

    def _is_helped(self, part: Match, last: int, start: int) -> bool:
        is_next = not any(last < other.first < part.first for other in self._parts)
        return is_next and is_helped(part, self._texts[last + 1 : start], self._texts, self._sentence, self._words)

    def contrasted(self, first: int, last: int, results: Sequence[Result]) -> list[tuple[str, str]]:
        """Status and side where a test named with one side has its only result on the other, told behind a comma: "Tinel's at the left
        elbow, negative on the right" was positive there."""
        if len(results) != 1 or results[0].status != "absent":
            return []
        own, other = self.sides.of(first, last), self.sides.of(results[0].first, results[0].last)
        if own is None and (parts := self._parts_of(first, last)):
            own = self.sides.near(parts[0])
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
        return Place(str(parts[0].key), self.sides.near(parts[0]) or self.sides.of(first, last))

    def _is_of_place(self, place: int) -> bool:
        word = self._texts[place]
        return self.names(place) or word in self._words.verbs or (word in self._words.ties and word not in BREAKS)

    def only(self, first: int, last: int) -> Place:
        """The one part that the sentence names, where it names no other and goes on from a mention to it."""
        if len({part.key for part in self._parts}) != 1:
            return NOWHERE
        part = min(self._parts, key=lambda part: max(part.first - last, first - part.last))
        between = self._texts[last + 1 : part.first] or self._texts[part.last + 1 : first]
        if not self._words.helped_apart.isdisjoint(between):
            return NOWHERE  # "therapy failed; he also has knee pain"
        return Place(str(part.key), self.sides.near(part))

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
                return Place(str(part.key), None if is_trunk else self.sides.near(part))
        for side in self.sides.named:
            if side.first <= self._sentence.first + SIDE_BEFORE and self._texts[side.last + 1 : side.last + 2] == [":"]:
                return Place(None, str(side.key))
        return NOWHERE

    def _is_by_the_way(self) -> bool:
        told = [word for word in self._texts[self._sentence.first : self._sentence.last + 1] if word != "."]
        return bool(told) and told[-1] in self._words.by_the_way and ":" not in told

    def _parts_of(self, first: int, last: int) -> list[Match]:
        nearest = self._nearest(first, last)
        return self._with_neighbours(nearest, (first, last)) if nearest else []

    def _nearest(self, first: int, last: int) -> Match | None:
        inside = [part for part in self._parts if part.last >= first and part.first <= last]
        after = [part for part in self._parts if part.first > last and not self._is_excepted(last, part.first)]
        if inside:
            # "2+ at the knees and absent at the ankles": what the mention ends with is of the part behind it
            is_left = not {"and", "but", ","}.isdisjoint(self._texts[inside[-1].last + 1 : last])
            if is_left and after and self._is_tied(last + 1, after[0].first):
                return after[0]
            # "knees 2+, ankles 1+": a grade at the end is of the part before it
            is_apart = self.sides.is_graded(last) and "," in self._texts[inside[0].last + 1 : inside[-1].first]
            return inside[-1] if is_apart else inside[0]
        before = [part for part in self._parts if part.last < first]
        if before and first - before[-1].last <= BESIDE and self.sides.is_joined(before[-1].last + 1, first + 1):
            is_told = not self._words.verbs.isdisjoint(self._texts[before[-1].last + 1 : first])
            return after[0] if is_told and after and self._is_at(last + 1, after[0].first) else before[-1]
        if after and after[0].first - last <= TIED and self._is_tied(last + 1, after[0].first):
            return after[0]
        if before:
            return None if self._is_spent(before[-1], first, last) else before[-1]
        return after[0] if after else None

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

    def _is_at(self, start: int, end: int) -> bool:
        """Whether a part stands right behind a mention, as its place: "the shoulder shows tenderness at the elbow"."""
        between = self._texts[start:end]
        is_led = (
            bool(between) and between[0] not in self._words.leading_away and self._words.part_ends.isdisjoint(between)
        )
        return is_led and len(between) <= SIDE_BEFORE and self._words.ties.issuperset(between)

    def _is_tied(self, start: int, end: int) -> bool:
        between = self._texts[start:end]
        if not between:
            return True
        is_known = all(word in self._words.ties for word in between)
        return is_known or (
            between[0] in self._words.ties and {",", ";"}.isdisjoint(between) and len(between) <= TIED // 2 + 1
        )

    def _with_neighbours(self, part: Match, told: tuple[int, int] | None = None) -> list[Match]:
        """The part and those that stand in one list with it: "neck, right knee and ankle". `told`: of what it is the part; another
        mention has its own: "pain of the left knee, right knee swelling"."""
        place = self._parts.index(part)
        low = high = place
        while low > 0 and self._is_list(self._parts[low - 1].last + 1, self._parts[low].first):
            if not self._words.comparing.isdisjoint(self._texts[self._sentence.first : self._parts[low - 1].first]):
                break  # "unlike the left knee, the right knee is tender"
            if told and told[0] == part.last + 1 and self._is_placed(self._parts[low - 1]):
                break
            low -= 1
        while high + 1 < len(self._parts) and self._is_list(self._parts[high].last + 1, self._parts[high + 1].first):
            is_before = told is not None and told[1] < part.first
            if told and is_before and self._is_of_other(self._parts[high + 1], told[1]):
                break
            behind = self._texts[min(self._parts[high + 1].last + 1, self._sentence.last)]
            if (
                is_before
                and "," in self._texts[self._parts[high].last : self._parts[high + 1].first]
                and behind in self._words.faring
            ):
                break  # "pain in the left shoulder, right shoulder better"
            high += 1
        return self._parts[low : high + 1]

    def _is_of_other(self, part: Match, last: int) -> bool:
        """Whether a mention behind `last` begins with a part or right behind it: "right knee swelling"."""
        return any(
            part.first <= other.first <= part.last + 1 and other.first > last and other.last > part.last
            for other in self._others
        )

    def _is_placed(self, part: Match) -> bool:
        """Whether a part is tied to a mention right before it: "numbness in the hand"."""
        return any(
            other.last < part.first
            and self._texts[other.last + 1] in self._words.led_by
            and self._words.ties.issuperset(self._texts[other.last + 1 : part.first])
            for other in self._others
        )

    def _is_list(self, start: int, end: int) -> bool:
        between = self._texts[start:end]
        return all(word in self._words.part_lists for word in between) and (not between or len(between) <= TIED)

    def _side_of_limb(self, part: Match) -> str | None:
        """The side last told before a part of the same limb: "MRI of the right knee: tear of the medial meniscus"."""
        limb = self._limbs.get(str(part.key))
        before = [other for other in self._parts if other.last < part.first and self._limbs.get(str(other.key)) == limb]
        return next((side for other in reversed(before) if (side := self.sides.near(other))), None) if limb else None

    def _side_of_levels(self, part: Match) -> str | None:
        """The side of the first of several levels: "bilateral L4-5 and L5-S1 facet injections"."""
        first = next(other for other in self._parts if other.key == part.key)
        is_apart = "," in self._texts[first.last : part.first]
        return (None if is_apart else self.sides.near(first)) or self._side_of_limb(part)


def _told_once(places: Sequence[Place]) -> list[Place]:
    """Places of one mention, of a part that is told with a side only that: "right C4, C5"; of one told of both sides only both."""
    sided = {place.part for place in places if place.side}
    both = {place.part for place in places if place.side == BOTH}
    return [
        place
        for place in dict.fromkeys(places)
        if place.side == BOTH or place.part not in (both if place.side else sided)
    ]
