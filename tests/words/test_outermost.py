"""Matches that do not lie inside a longer one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.words.phrase import Match, outermost
from tests.steps import growth

PLACES = st.tuples(st.integers(0, 8), st.integers(0, 4), st.sampled_from("ab"))


@given(st.lists(PLACES, max_size=8))
def test_kept_is_what_no_longer_one_holds(places: list[tuple[int, int, str]]) -> None:
    matches = [Match(key, first, first + more) for first, more, key in places]
    kept = [
        match
        for match in matches
        if not any(
            other.first <= match.first
            and match.last <= other.last
            and other.last - other.first > match.last - match.first
            for other in matches
        )
    ]
    assert set(outermost(matches)) == set(kept)
    assert len(outermost(matches)) == len(set(kept))
    assert [match.first for match in outermost(matches)] == sorted(match.first for match in set(kept))


def test_many_matches_take_steps_in_proportion() -> None:
    assert growth(lambda size: outermost([Match("x", place, place + 1) for place in range(size)]), 500) < 2.2
