"""Kleene's laws: what rule authors may rely on when they join checks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.engine.logic import MET, NOT_MET, UNKNOWN, Single, all_of, any_of, at_least, negated

values = st.sampled_from([NOT_MET, UNKNOWN, MET])
outcomes = st.lists(values.map(Single), max_size=6)


@given(outcomes)
def test_all_is_met_only_when_every_part_is(parts: list[Single]) -> None:
    value = all_of(parts).value
    assert (value == MET) == all(part.value == MET for part in parts)
    assert (value == NOT_MET) == any(part.value == NOT_MET for part in parts)


@given(outcomes)
def test_any_is_not_met_only_when_no_part_can_be(parts: list[Single]) -> None:
    value = any_of(parts).value
    assert (value == MET) == any(part.value == MET for part in parts)
    assert (value == NOT_MET) == all(part.value == NOT_MET for part in parts)


@given(outcomes)
def test_de_morgan(parts: list[Single]) -> None:
    assert negated(all_of(parts)).value == any_of([negated(part) for part in parts]).value


@given(outcomes, st.integers(min_value=1, max_value=4))
def test_resolving_an_unknown_never_flips_a_decided_answer(parts: list[Single], count: int) -> None:
    for join in (all_of, any_of, lambda p: at_least(count, p)):
        before = join(parts).value
        for index, part in enumerate(parts):
            if part.value != UNKNOWN:
                continue
            for resolved in (NOT_MET, MET):
                after = join([*parts[:index], Single(resolved), *parts[index + 1 :]]).value
                assert before in (UNKNOWN, after)


@given(outcomes)
def test_at_least_all_is_all_and_at_least_one_is_any(parts: list[Single]) -> None:
    if parts:
        assert at_least(len(parts), parts).value == all_of(parts).value
        assert at_least(1, parts).value == any_of(parts).value


@given(values)
def test_double_negation(value: int) -> None:
    assert negated(negated(Single(value))).value == value


@given(outcomes)
def test_order_does_not_matter(parts: list[Single]) -> None:
    assert all_of(parts).value == all_of(parts[::-1]).value
    assert any_of(parts).value == any_of(parts[::-1]).value


def test_parts_with_one_reason_give_it_once() -> None:
    parts = [Single(NOT_MET, why="not done"), Single(NOT_MET, why="too early"), Single(NOT_MET, why="not done")]
    assert any_of(parts).reason == "not done; too early"
