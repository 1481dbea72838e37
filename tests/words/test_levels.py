"""Levels of the spine as charts write them, and which discs they mean."""

from __future__ import annotations

import pytest

from checker.words.levels import discs, levels_in
from checker.words.tokens import tokenize

VERTEBRAE = {
    name: place for place, name in enumerate(["c4", "c5", "c6", "c7", "t1", "t12", "l1", "l2", "l3", "l4", "l5", "s1"])
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L4-5", ["L4-5"]),
        ("L4-L5 and L5/S1", ["L4-5", "L5-S1"]),
        ("L3 through S1", ["L3-4", "L4-5", "L5-S1"]),
        ("L3-L4-L5", ["L3-4", "L4-5"]),
        ("C4-5, 5-6 and 6-7", ["C4-5", "C5-6", "C6-7"]),
        ("C7-T1", ["C7-T1"]),
        ("T12-L1", ["T12-L1"]),
        ("the L3, L4 and L5 medial branches", ["L3", "L4", "L5"]),
        ("L5 for 3-4 weeks", ["L5"]),
        ("L5-4", ["L5"]),
        ("S1-2", ["S1"]),
        ("pain 4-5/10", []),
        ("L9-10", []),
    ],
)
def test_levels(text: str, expected: list[str]) -> None:
    found = levels_in(tokenize(text).texts, VERTEBRAE)
    assert [name for level in found for name in level.names] == expected


def test_a_vertebra_stands_for_the_discs_above_and_below_it() -> None:
    assert discs(["L5"], VERTEBRAE) == discs(["L4-5", "L5-S1"], VERTEBRAE)
    assert discs(["L4-5"], VERTEBRAE).isdisjoint(discs(["L3-4", "S1"], VERTEBRAE))
