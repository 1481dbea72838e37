"""Levels of the spine in words: "L4-5 and L5-S1" are two discs, "L5" is a vertebra, its root or its skin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

JOINTS = frozenset({"-", "/", "to", "through"})  # between the vertebrae of a pair
LISTS = frozenset({",", "and", "&"})  # between two pairs: "C3-4, 4-5"
PAIR = 3  # tokens


class Level(NamedTuple):
    """Where words name levels, and the levels: "L4-5", "L5". A range names each of its discs."""

    first: int
    last: int
    names: tuple[str, ...]


def levels_in(texts: Sequence[str], vertebrae: Mapping[str, int]) -> list[Level]:
    """The levels that tokens name, in their order. `vertebrae`: name → its place from above."""
    if vertebrae.keys().isdisjoint(texts):
        return []
    found: list[Level] = []
    place = 0
    while place < len(texts):
        token = texts[place]
        level = None
        if token in vertebrae:
            level = _from(texts, place, token, vertebrae) or Level(place, place, (token.upper(),))
        elif token.isdigit() and found and place - found[-1].last == len(LISTS & {texts[place - 1]}) + 1:
            level = _shortened(texts, place, found[-1], vertebrae)
        if level:
            found.append(level)
        place = level.last + 1 if level else place + 1
    return found


def _from(texts: Sequence[str], place: int, above: str, vertebrae: Mapping[str, int]) -> Level | None:
    """The pair or the range that begins with a vertebra: "L4-5", "L4 to S1", "L3-L4-L5"."""
    last, end = place, above
    while last + 2 < len(texts) and texts[last + 1] in JOINTS:
        below = texts[last + 2]
        below = below if below in vertebrae else end[0] + below
        if vertebrae.get(below, -1) <= vertebrae[end]:
            break
        last, end = last + 2, below
    if last == place:
        return None
    order = list(vertebrae)
    run = order[vertebrae[above] : vertebrae[end] + 1]
    return Level(place, last, tuple(map(_named, run, run[1:])))


def _shortened(texts: Sequence[str], place: int, before: Level, vertebrae: Mapping[str, int]) -> Level | None:
    """A pair that leaves out the letter of the one before it: "C3-4, 4-5 and 5-6"."""
    above = before.names[-1][0].lower() + texts[place]
    if above not in vertebrae or before.first == before.last:
        return None
    return _from(texts, place, above, vertebrae)


def _named(above: str, below: str) -> str:
    return f"{above}-{below.removeprefix(above[0])}".upper()


def discs(names: Iterable[str], vertebrae: Mapping[str, int]) -> frozenset[int]:
    """The discs at levels, by the place of the vertebra above: a vertebra stands for the one above and the one below it."""
    found: set[int] = set()
    for name in names:
        above, _, below = name.lower().partition("-")
        found.update({vertebrae[above]} if below else {vertebrae[above] - 1, vertebrae[above]})
    return frozenset(found)
