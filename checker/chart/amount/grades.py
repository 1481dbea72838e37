"""A grade of strength or of a reflex that is told twice, at an earlier visit and now: "was 4/5 and is now 5/5". Only the present one is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.record import record

GRADE = re.compile(r"(?<![\w/.+-])(?:[0-5][+-]?\s?(?P<scale>/\s?[45])(?![/\d])|[0-4]\+(?![/\d]))")
WORD = re.compile(r"[a-z]+|\d+|[^\s\w]")
AROUND = 60  # characters beside a grade that say of which visit it is
PAIR = 2  # grades that can be one told twice
BETWEEN = 80  # characters from one grade to the other
ENDS = frozenset(".;|\n")


@record
class GradeWords:
    """Words beside two grades of one muscle (rules/assertion/amounts.yaml, `grades`)."""

    was: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    visits: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def without_earlier(text: str, words: GradeWords) -> str:
    """The text, grades of an earlier visit blanked out where the present one stands beside them."""
    found = list(GRADE.finditer(text))
    if len(found) < PAIR:
        return text
    letters = list(text)
    for one, two in reversed(list(pairwise(found))):
        if two.start() - one.end() > BETWEEN or (one["scale"] is None) != (two["scale"] is None):
            continue
        span = _first_is_old(letters, one, two, words) or _second_is_old(letters, one, two, words)
        if span is not None:
            letters[slice(*span)] = " " * (span[1] - span[0])
    return "".join(letters)


def _words(text: Sequence[str], start: int, end: int) -> list[_Word]:
    return [_Word(m[0], m.start() + start, m.end() + start) for m in WORD.finditer("".join(text[start:end]).lower())]


def _known(told: list[_Word], words: GradeWords) -> bool:
    known = words.was | words.now | words.visits | words.between
    return all(word.text in known or word.text.isdigit() for word in told)


def _behind(text: Sequence[str], place: int, words: GradeWords) -> Iterator[_Word]:
    """The words behind a grade that may tell of its visit."""
    for word in _words(text, place, place + AROUND):
        if word.text in ENDS or not _known([word], words):
            return
        yield word


def _first_is_old(
    text: Sequence[str], one: re.Match[str], two: re.Match[str], words: GradeWords
) -> tuple[int, int] | None:
    """What to blank where the first grade is the earlier one: "[was 4/5 at the last visit and] is now 5/5"."""
    between = _words(text, one.end(), two.start())
    before = _words(text, max(one.start() - AROUND, 0), one.start())
    if not between or not _known(between, words):
        return None
    said, lead = [word.text for word in between], before[-1] if before else None
    now = next((word for word in between if word.text in words.now), None)
    is_was = lead is not None and lead.text in words.was
    if said == ["to"]:
        is_change = is_was and any(word.text in words.changed for word in before[-4:-1])
        return (lead.start, between[0].start) if is_change and lead else None
    is_visit = not words.visits.isdisjoint(said) and said[-1] not in words.was
    is_now = now is not None or any(word.text in words.now for word in [*_behind(text, two.end(), words)][:1])
    if not is_now or not (is_was or is_visit):
        return None
    return (lead.start if is_was and lead else one.start(), now.start if now else two.start())


def _second_is_old(
    text: Sequence[str], one: re.Match[str], two: re.Match[str], words: GradeWords
) -> tuple[int, int] | None:
    """What to blank where the second grade is the earlier one: "5/5 today[, 4/5 at the last visit]", "5/5 [(was 4/5)]"."""
    between = _words(text, one.end(), two.start())
    behind = [*_behind(text, two.end(), words)]
    if not between or not _known(between, words):
        return None
    is_was = between[-1].text in words.was and between[0].text not in words.was
    is_visit = any(word.text in words.visits for word in behind) and between[0].text in words.now | {"("}
    if not is_was and not is_visit:
        return None
    begin = next((word for word in between if word.text not in words.now), between[0])
    return begin.start, behind[-1].end if behind else two.end()
