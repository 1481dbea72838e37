"""The days of a sentence that can be those of a finding: not the day on which it began, nor that of a study named beside it."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.page.when import CLAUSE, FAR, Day
from checker.chart.sentence.lines import Line, is_treatment
from checker.words.phrase import Match

ONSET = "since"
BESIDE = 2  # tokens between a study and its day
JOINTS = frozenset({",", ";", "and"})
ARTICLES = frozenset({"the", "a", "an", "his", "her"})


def own_days(line: Line, mention: Match, texts: Sequence[str], *, is_seen: bool) -> list[Day]:
    """The days that may be those of a finding: not "has spasm since [3/1/2014]", and of what `is_seen` at a visit not "spasm, and an MRI
    of [3/1/2016]"."""
    return [
        day
        for day in line.days
        if not _is_onset(day, mention, texts) and not (is_seen and _is_of_study(day, line, mention, texts))
    ]


def _is_onset(day: Day, mention: Match, texts: Sequence[str]) -> bool:
    """Whether a "since" leads to the day, without the finding itself between: "since the MRI of 3/1/2016"."""
    for place in range(day.first - 1, max(day.first - FAR, 0) - 1, -1):
        if texts[place] in CLAUSE:
            return False
        if texts[place] == ONSET:
            return not place < mention.first <= day.first
    return False


def _is_of_study(day: Day, line: Line, mention: Match, texts: Sequence[str]) -> bool:
    """Whether the day stands right behind a treatment or study that is named behind the finding, as a thing by itself."""
    if not mention.last < day.first:
        return False
    for other in line.mentions:
        is_before = mention.last < other.first and other.last < day.first <= other.last + 1 + BESIDE
        if is_treatment(other) and is_before:
            begin = other.first - 1 - (texts[other.first - 1] in ARTICLES)
            return texts[begin] in JOINTS
    return False
