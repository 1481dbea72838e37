"""The small words that tie a body part or a side to what is told of it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from checker.record import record
from checker.words.phrase import Match

NO_PLACE = "none"  # words that look like a side, as R/O, or like a part, as "back to work"


@record
class PlaceWords:
    """Words between a mention and its body part (rules/assertion/sentences.yaml)."""

    ties: frozenset[str] = frozenset()
    part_lists: frozenset[str] = frozenset()
    excepting: frozenset[str] = frozenset()
    by_the_way: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    comparing: frozenset[str] = frozenset()
    side_denials: frozenset[str] = frozenset()
    led_by: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    faring: frozenset[str] = frozenset()
    exceeding: frozenset[str] = frozenset()
    leading_away: frozenset[str] = frozenset()
    part_ends: frozenset[str] = frozenset()
    serving: frozenset[str] = frozenset()
    helping: frozenset[str] = frozenset()  # right before a part: what a treatment did to it
    enduring: frozenset[str] = frozenset()  # open a sentence that tells what became of a part in spite of care
    helped_apart: frozenset[str] = frozenset()  # between the two they begin something else
    behind_served: frozenset[str] = frozenset()
    level_heads: frozenset[str] = frozenset()


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
