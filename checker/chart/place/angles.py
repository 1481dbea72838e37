"""An angle, or another number, that is told twice in one sentence: of both sides ("abduction R 170 L 90"), or at an earlier visit and now ("was 90 at the last
visit and is 115 today")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from checker.chart.model import Finding
from checker.chart.place.parts import Places
from checker.chart.place.sides import OPPOSITE
from checker.record import record
from checker.words.numbers import number_of

ANGLE = "degrees"
NEXT = 14  # words from one number to the other


@record
class AngleWords:
    """Words between two angles of one motion (rules/assertion/amounts.yaml, `angles`)."""

    beside: frozenset[str] = frozenset()
    was: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    visits: frozenset[str] = frozenset()


def of_other_side(
    finding: Finding, place: int, texts: Sequence[str], last: int, places: Places, words: AngleWords
) -> list[Finding]:
    """The same measure of the other side, where its number follows the one at `place` with nothing but sides between. `last`: the last
    token of the sentence."""
    if finding.side not in OPPOSITE:
        return []
    other = _next_number(texts, place, last, lambda here: places.names(here) or texts[here] in words.beside)
    if other is None or texts[other + 1 : other + 2] in (["/"], ["-"], ["to"]):
        return []
    side = places.sides.before(other)
    for here in range(other + 1, last + 1) if side is None else ():
        if (side := places.sides.before(here + 1)) is not None or texts[here] not in words.beside:
            break
    if {side, finding.side} != OPPOSITE:
        return []
    return [replace(finding, side=side, value=number_of(texts[other]))]


def latest(place: int, texts: Sequence[str], words: AngleWords) -> int:
    """The number that is told as the present one behind that of an earlier visit at `place`; else `place`."""
    before = texts[max(place - 1, 0)]
    known = words.beside | words.visits | words.now | words.units
    other = _next_number(texts, place, len(texts) - 1, lambda here: texts[here] in known)
    if other is None or texts[other + 1 : other + 2] == ["/"]:
        return place
    between = texts[place + 1 : other]
    if before not in words.was and words.visits.isdisjoint(between):
        return place
    is_fall = before == "from" and between[-1] == "to" and not words.units.isdisjoint(between)
    is_now = not words.now.isdisjoint((*between, *texts[other + 1 : other + 2]))
    return other if is_fall or is_now else place


def _next_number(texts: Sequence[str], place: int, last: int, is_between: Callable[[int], bool]) -> int | None:
    for here in range(place + 1, min(place + NEXT, last) + 1):
        if texts[here][0].isdigit():
            return here
        if not is_between(here):
            return None
    return None
