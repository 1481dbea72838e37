"""Scores of pain: the bare numbers that are some, and two in one sentence, one with a treatment and one without: whether the
treatment brought the score down.

"8/10 before gabapentin and 4/10 at 600 mg", "from 8/10 to 4/10", "7/10 without and 3/10 with it", "were 7/10 and are 3/10". A range
("4 to 6/10"), a best and a worst, and the scores of two parts of the body say nothing.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from checker.record import record
from checker.words.numbers import NUMBERS, number_of
from checker.words.tokens import Tokens

SCORE = "/10"  # the unit of scores of pain
TOP = 10.0
SCALED = frozenset({"10", "ten", "from"})  # without one of these words there is no score
NEAR = 4  # words beside a score that say what it belongs to
SLIGHT = 1  # a fall of no more than that is a partial gain
APART = 18  # words between two scores of one comparison
DIGITS = frozenset("0123456789.")
LED = 9  # words between what names a score and its bare number
FOLLOWED = 16  # words from one score to the next one of the same sentence
LABELLED = 10  # words that three numbers with their labels take
HOPED = 10  # words before a score in which a hope or a goal is told


class Change(NamedTuple):
    """A comparison: its first and last token, and what it says: improved, partial or failed."""

    first: int
    last: int
    response: str
    share: float = 0.0  # by which the pain fell, in percent


@record
class ScoreWords:
    """Words beside scores (rules/assertion/amounts.yaml, `scores`)."""

    without: frozenset[str] = frozenset()
    with_it: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    was: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    hoped: frozenset[str] = frozenset()
    fell: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    behind_fall: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()


@record
class MeasureWords:
    """Which way a measure is better, and what stands before its earlier value (rules/assertion/amounts.yaml, `measures`)."""

    rises: frozenset[str] = frozenset()
    falls: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    then: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


def is_gain(texts: Sequence[str], first: int, last: int, numbers: Sequence[int], words: MeasureWords) -> bool:
    """Whether two numbers (tokens) between `first` and `last` can be a gain: they differ, and where the measure is known the later
    one is better. The two of "10/325" are the strength of one tablet."""
    places = [place for place in numbers if texts[max(place - 1, 0)] not in words.named]
    doses = {place for place in places if place + 2 in places and texts[place + 1] == "/"}
    places = [place for place in places if place not in doses and place - 2 not in doses][:2]
    values = [value for place in places if (value := number_of(texts[place])) is not None]
    if len(values) < 2 or values[0] == values[1]:
        return len(values) < 2
    around = range(max(first - NEAR, 0), min(last + NEAR, len(texts)))
    then = {min(places, key=lambda one: abs(one - place)) for place in around if texts[place] in words.earlier}
    then |= {next((one for one in places if one > place), -1) for place in around if texts[place] in words.then}
    is_turned = then - {-1} == {places[1]}
    gained = values[0] > values[1] if is_turned else values[1] > values[0]
    if all(_scale(texts, place, len(texts) - 1) for place in places):
        return not gained  # of pain, "8/10"
    rises, falls = (not group.isdisjoint(texts[first : last + 2]) for group in (words.rises, words.falls))
    return rises == falls or gained == rises


def numbers_behind(texts: Sequence[str], place: int, end: int) -> tuple[int, int] | None:
    """The places of two numbers right behind a phrase that tell from what to what: "limit down from 25 lb to 10 lb"."""
    found: list[int] = []
    for here in range(max(place, 1), min(place + NEAR * 2, end) + 1):
        if texts[here] in ("from", "to") and here < end and number_of(texts[here + 1]) is not None:
            found.append(here + 1)
    is_pair = len(found) == 2 and [texts[one - 1] for one in found] == ["from", "to"]
    return (found[0], found[1]) if is_pair else None


def bare_scores(tokens: Tokens, begins: Collection[int], parts: Collection[str], words: ScoreWords) -> list[int]:
    """The places of bare numbers that are scores: "pain 6, up to 8 on stairs", "7/10 sitting, 9 standing", "neck 6, back 4" behind
    "pain scale". `begins`: offsets where a statement begins; `parts`: words for parts of the body."""
    texts, starts, ends = tokens
    labelled = _labelled(texts, words)
    if "10" not in texts and words.named.isdisjoint(texts) and not labelled:
        return []
    # A full stop that somebody has written: columns are parted by one without width.
    stops = [
        place
        for place, text in enumerate(texts)
        if starts[place] in begins or (text in (".", "?") and starts[place] < ends[place])
    ]
    found: list[int] = []
    told = -FOLLOWED  # where the last score ends
    for place, text in enumerate(texts):
        value = number_of(text) if text in NUMBERS or text[0] in DIGITS else None
        if value is None or place <= told or is_scale_end(texts, place):
            continue
        begin = stops[before - 1] if (before := bisect_right(stops, place)) else 0
        told = told if told > begin else -FOLLOWED
        if value > TOP:
            told = -FOLLOWED
        elif (scale := _scale(texts, place, len(texts) - 1)) is not None:
            told = scale
        elif _is_closed(texts, place, words) and (
            place in labelled
            or (place - told <= FOLLOWED and texts[place - 1] in words.opening)
            or _is_led(texts, place, max(begin, place - LED), told, parts, words)
        ):
            found.append(place)
            told = place
        else:
            told = -FOLLOWED  # what follows may go on counting: "5 visits, 4 at home"
    return found


def _labelled(texts: Sequence[str], words: ScoreWords) -> set[int]:
    """The places of numbers up to ten that stand behind a label, at least three of them close together at the head of a sentence:
    "Now 5, avg 6, worst 9", but not "A1c: best 7, worst 9, now 8"."""
    if words.labels.isdisjoint(texts):
        return set()
    places, opening = [], set()
    for place, text in enumerate(texts):
        if text in words.labels:
            then = place + 1 + (texts[place + 1 : place + 2] in ([":"], ["is"], ["="]))
            value = number_of(texts[then]) if then < len(texts) else None
            if value is not None and value <= TOP:
                places.append(then)
                if place == 0 or texts[place - 1] in ".?!":
                    opening.add(then)
    found: set[int] = set()
    for group in zip(places, places[1:], places[2:], strict=False):
        if group[-1] - group[0] <= LABELLED and (group[0] in opening or group[0] in found):
            found.update(group)
    return found


def _is_led(texts: Sequence[str], place: int, begin: int, told: int, parts: Collection[str], words: ScoreWords) -> bool:
    """Whether a number stands right behind the name of a score or another score, or is tied to it: "pain is at 6", "rates the leg
    at 8 and the back at 5"."""
    is_apart = False
    for before in range(place - 1, begin - 1, -1):
        if before == told or (texts[before] in words.named and not is_apart):
            return True
        is_apart = is_apart or texts[before] == ","
        if texts[before] != "," and texts[before] not in words.leading and texts[before] not in parts:
            return False
    return False


def _is_closed(texts: Sequence[str], place: int, words: ScoreWords) -> bool:
    """Whether nothing stands behind a number that it could count: "6, worse at night", but "6 visits", "6 to 8 weeks"."""
    for _ in range(LED):
        behind = texts[place + 1] if place + 1 < len(texts) else "."
        if behind in words.closing:
            return True
        then = place + 2 if behind in ("-", "to", "or", "and") else place + 1
        then += texts[then : then + 1] in (["a"], ["an"])
        value = number_of(texts[then]) if then < len(texts) else None
        if value is None:
            return behind == "and"
        if value > TOP or texts[then + 1 : then + 2] == ["/"]:
            return False
        place = then
    return False


def is_scale_end(texts: Sequence[str], place: int) -> bool:
    """Whether a number is an end of the scale itself: "from 0 to 10"."""
    ends = ({"0", "zero", "1", "one"}, {"to", "-", "through"}, {"10", "ten"})
    around = [texts[max(first, 0) : first + len(ends)] for first in (place - 2, place)]
    return any(
        len(part) == len(ends) and all(word in end for word, end in zip(part, ends, strict=True)) for part in around
    )


class _Score(NamedTuple):
    low: float
    high: float
    first: int
    last: int


def changes_of(
    texts: Sequence[str],
    first: int,
    last: int,
    names: Collection[int],
    parts: Collection[int],
    words: ScoreWords,
    bare: Collection[int] = (),
) -> Iterator[Change]:
    """The comparisons between tokens `first` and `last`. `names`: where names of treatments stand; `parts`: parts of the body;
    `bare`: numbers that are scores without a scale."""
    if not bare and SCALED.isdisjoint(texts[first : last + 1]):
        return  # most sentences hold no score
    found = list(_scores(texts, first, last, bare, words))
    for one, two in itertools.pairwise(found):
        between = range(one.last + 1, two.first)
        if len(between) > APART or any(place in parts for place in between):
            continue
        around = texts[max(first, one.first - NEAR) : min(last + 1, two.last + NEAR + 1)]
        if not words.other.isdisjoint(around) or any(
            word in words.hoped for word in texts[max(first, one.first - HOPED) : one.first]
        ):
            continue
        pair = _in_order(texts, one, two, last, names, words)
        if pair is None:
            continue
        before, after = pair
        if after.high < before.low:
            fell = before.low - after.high
            yield Change(one.first, two.last, "improved" if fell > SLIGHT else "partial", 100 * fell // before.low)
        elif after.low > before.high:
            yield Change(one.first, two.last, "failed")


def _in_order(
    texts: Sequence[str], one: _Score, two: _Score, last: int, names: Collection[int], words: ScoreWords
) -> tuple[_Score, _Score] | None:
    """The score without and the score with the treatment, None where the words do not tell which is which."""
    if (
        texts[max(one.first - 1, 0)] == "from"
        and texts[two.first - 1] in ("to", "down")
        and _is_fall(texts, one, words)
    ):
        return one, two
    if _is_arrow(texts, one, two):
        return one, two
    beside = (_beside(texts, one.last, two.first - 1, names, words), _beside(texts, two.last, last, names, words))
    if beside[1] is None and (led := _led_by(texts, one, two, names, words)):
        beside = led
    if beside[0] == "without" and beside[1] != "without":
        return one, two
    if beside[1] == "without" and beside[0] != "without":
        return two, one
    ahead = texts[max(one.first - NEAR, 0) : one.first]
    inside = texts[one.last + 1 : two.first]
    if not words.now.isdisjoint(ahead) and not words.was.isdisjoint(inside[-NEAR:]):
        return two, one
    if not words.was.isdisjoint(ahead) and (beside[1] == "with" or not words.now.isdisjoint(inside[-NEAR:])):
        return one, two
    return None


def _is_arrow(texts: Sequence[str], one: _Score, two: _Score) -> bool:
    """Whether one score falls to the other with nothing but an arrow between, which is no token: "7 -> 5"."""
    between = texts[one.last + 1 : two.first]
    return two.high < one.low and (not between or list(between) in (["to"], ["-"]))


def _led_by(
    texts: Sequence[str], one: _Score, two: _Score, names: Collection[int], words: ScoreWords
) -> tuple[str, str] | None:
    """What stands before each of two scores, with or without a treatment: "with medication 4/10 and without 8/10"."""
    told = []
    for begin, end in ((max(one.first - LED, 0), one.first), (one.last + 1, two.first)):
        places = [
            place for place in range(begin, end) if texts[place] in words.without or texts[place] in words.with_it
        ]
        place = places[-1] if places else -1
        is_named = place == end - 1 or any(
            here in names or texts[here] in words.objects for here in range(place + 1, min(place + 1 + NEAR, end))
        )
        if not places or not is_named or "." in texts[place:end]:
            return None
        told.append("without" if texts[place] in words.without else "with")
    return told[0], told[1]


def _is_fall(texts: Sequence[str], one: _Score, words: ScoreWords) -> bool:
    return not words.fell.isdisjoint(texts[max(one.first - APART, 0) : one.first - 1])


def is_left(texts: Sequence[str], first: int, place: int, words: ScoreWords) -> bool:
    """Whether the score at `place` is one that pain has left: "has gone from 8/10 to 5/10". Not so where a drug takes it down ("to 5/10
    with Norco") or pain goes up and down."""
    begin = max(first, place - APART)
    before, behind = texts[begin : place - 1], texts[place : place + APART]
    behind = behind[: behind.index(".") if "." in behind else None]
    return (
        texts[place - 1] == "from"
        and not words.left.isdisjoint(before)
        and (words.other | words.hoped | words.kept).isdisjoint((*before, *behind))
    )


def _beside(texts: Sequence[str], place: int, end: int, names: Collection[int], words: ScoreWords) -> str | None:
    """Whether right behind a score "with" or "without" a treatment is said."""
    for here in range(place + 1, min(place + 1 + NEAR, end + 1)):
        word = texts[here]
        if word == ",":
            return None
        if word not in words.without and word not in words.with_it:
            continue
        objects = range(here + 1, min(here + 1 + NEAR, end + 1))
        is_last = here == end or texts[here + 1] in (".", ",", ";", "and", "but", ")")
        named = is_last or any(place in names or texts[place] in words.objects for place in objects)
        if named:
            return "without" if word in words.without else "with"
        return None
    return None


def _scores(texts: Sequence[str], first: int, last: int, bare: Collection[int], words: ScoreWords) -> Iterator[_Score]:
    """Numbers up to ten that are scores: on a scale of ten, both ends of a fall ("from 8 to 5") in a sentence about pain, and those
    that are told (`bare`)."""
    is_told = not words.told.isdisjoint(texts[first : last + 1])
    place = first
    while place <= last:
        value = number_of(texts[place])
        if value is None or value > TOP or (place and texts[place - 1] in ("/", "-")):
            place += 1
            continue
        low = high = value
        begin = end = place
        following = number_of(texts[place + 2]) if place + 2 <= last and texts[place + 1] in ("-", "to", "or") else None
        ends_fall = place > first and texts[place - 1] == "from"
        if following is not None and value <= following <= TOP and not ends_fall:
            low, high, end = min(value, following), max(value, following), place + 2
        scale = _scale(texts, end, last)
        if scale is not None:
            yield _Score(low, high, begin, scale)
            place = scale + 1
            continue
        may_end = ends_fall or (place > first + 1 and texts[place - 1] == "to")
        is_end = is_told and low == high and may_end and _is_bare_end(texts, place, last, ends_fall, words)
        if is_end or place in bare:
            yield _Score(low, high, begin, end)
        place = end + 1


def _is_bare_end(texts: Sequence[str], place: int, last: int, opens: bool, words: ScoreWords) -> bool:
    """Whether a bare number is an end of "from 8 to 5"; not so where it counts something."""
    if opens:
        return place + 2 <= last and (texts[place + 1] == "to" or texts[place + 1 : place + 3] == ["down", "to"])
    behind = texts[place + 1] if place < last else "."
    is_told = not behind.isalpha() or behind in words.behind_fall
    return texts[max(place - 3, 0)] == "from" and is_told


def _scale(texts: Sequence[str], place: int, last: int) -> int | None:
    """The last token of "/10" or "out of 10" behind a number."""
    for scale in (["/", "10"], ["out", "of", "10"], ["out", "of", "ten"], ["of", "10"]):
        if list(texts[place + 1 : place + 1 + len(scale)]) == scale and place + len(scale) <= last:
            return place + len(scale)
    return None
