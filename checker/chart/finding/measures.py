"""The numbers of a finding: which one is meant, and whether it is one at all."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.amount.scores import SCORE, TOP, is_gain, is_left, is_scale_end, numbers_behind
from checker.chart.context.events import bounded
from checker.chart.place.angles import ANGLE, latest
from checker.chart.sentence.lines import Line, Paper
from checker.chart.vocabulary import Recogniser
from checker.rulebook.model import FindingType
from checker.words.numbers import number_of
from checker.words.phrase import Match

GAINS = frozenset({SCORE, "%", "weeks", "months"})  # of two of these each is told for itself
AHEAD = 3  # words before a share of relief in which it is denied
DENIED = frozenset({"not", "never", "t", "failed", "fails"})
JOINTS = frozenset({",", ";", ".", "and", "but", "only", "less"})
SHARES = frozenset({"%", "percent"})
OPENED = 2  # tokens before a score that make it an earlier one
REST = 15  # degrees at which an arc of motion may begin


def is_other_number(mention: Match, definition: FindingType, line: Line, paper: Paper) -> bool:
    """Whether the number is part of a date, or a grade where the finding counts something else ("abduction 4/5")."""
    if any(_is_in_day(place, line) for place in mention.numbers):
        return True
    texts = paper.tokens.texts
    if definition.unit == SCORE and any(
        is_scale_end(texts, place) or (number_of(texts[place]) or 0) > TOP for place in mention.numbers
    ):
        return True
    after = texts[mention.last + 1 : mention.last + 2]
    return after == ["/"] and not (definition.unit or "").startswith("/")


def is_denied_number(recogniser: Recogniser, mention: Match, paper: Paper) -> bool:
    """Whether what a number counts is denied right behind it: "eight months of care without lasting benefit"."""
    if is_missed(mention, paper.tokens.texts):
        return True
    for low, high in mention.gaps:
        between = paper.tokens.texts[low : high + 1]
        tail = between[len(between) - between[::-1].index(",") :] if "," in between else between
        if not recogniser.small.denying.isdisjoint(tail):
            return True
    return False


def is_no_number(recogniser: Recogniser, mention: Match, definition: FindingType, line: Line, paper: Paper) -> bool:
    """Whether a number is no such measure, or is denied."""
    return is_other_number(mention, definition, line, paper) or is_denied_number(recogniser, mention, paper)


def is_missed(mention: Match, texts: Sequence[str]) -> bool:
    """Whether a share of relief was not reached: "did not give 50% relief"."""
    before = texts[max(mention.first - AHEAD, 0) : mention.first]
    is_share = any(texts[place + 1] in SHARES for place in mention.numbers)
    return is_share and not DENIED.isdisjoint(before) and JOINTS.isdisjoint(before)


def is_loss(recogniser: Recogniser, mention: Match, line: Line, paper: Paper) -> bool:
    """Whether the two numbers of a phrase of gain, or those right behind it, are no gain."""
    texts, last = paper.tokens.texts, mention.last
    told = (place - 2 if _is_scale(texts, place) else place for place in mention.numbers)
    numbers = list(dict.fromkeys(place for place in told if not _is_in_day(place, line)))
    if not numbers and (pair := numbers_behind(texts, last, line.sentence.last)):
        numbers, last = list(pair), pair[1]
    return not is_gain(texts, mention.first, last, numbers, recogniser.measures)


def _is_scale(texts: Sequence[str], place: int) -> bool:
    """Whether a number is the scale of the score before it: the 10 of "8/10"."""
    before = number_of(texts[place - 2]) if place > 1 and texts[place - 1] == "/" else None
    return texts[place] == f"{TOP:g}" and before is not None and before <= TOP


def _is_in_day(place: int, line: Line) -> bool:
    return any(day.first <= place <= day.last for day in line.days)


def is_former(
    recogniser: Recogniser, mention: Match, definition: FindingType, line: Line, texts: Sequence[str]
) -> bool:
    """Whether a score of pain is told as the one before: "5/10, was 8/10", "has gone from 8/10 to 5/10"."""
    place, words = (mention.numbers or (mention.first,))[0], recogniser.scores
    if place < OPENED:
        return False
    begins_with_it = mention.first == place and number_of(texts[place]) is not None
    if begins_with_it and is_left(texts, line.sentence.first, place, words):
        return True
    is_score = definition.unit == SCORE and bool(mention.numbers)
    return is_score and texts[place - 1] in words.was and texts[place - 2] in (",", ";", "(")


def told_number(recogniser: Recogniser, mention: Match, definition: FindingType, texts: Sequence[str]) -> float | None:
    """The number that a mention tells, just below it where it is only a bound; None where it tells none."""
    if not mention.numbers:
        return None
    place = mention.numbers[0]
    if definition.unit == SCORE and place > 1 and texts[place - 1] == "/":
        place -= 2  # the 8 of "8/10 at worst"
    if definition.unit == ANGLE and texts[place + 1 : place + 2] == ["to"] and number_of(texts[place + 2]) is not None:
        place += 2 if (number_of(texts[place]) or 0) > REST else 0  # "from 90 to 130", but "0 to 130"
    if definition.unit not in GAINS:
        place = latest(place, texts, recogniser.angles)
    elif definition.unit != SCORE:
        place = _lower(place, texts)
    value = number_of(texts[place])
    return None if value is None else bounded(value, texts, place, recogniser.amounts)


def _lower(place: int, texts: Sequence[str]) -> int:
    """The lower end of a range that ends at a number, which is all that is certain: "50-60% relief", "30 to 40 percent"."""
    before = place - 2 - (texts[place - 2] in SHARES)
    low, high = number_of(texts[before]) if before >= 0 else None, number_of(texts[place])
    is_range = low is not None and high is not None and low < high and texts[place - 1] in ("-", "to")
    return before if is_range and texts[before - 1] not in ("from", "/", "-") else place
