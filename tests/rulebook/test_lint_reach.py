"""What lint calls impossible is impossible: its values of a check hold every value that the engine can give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.chart.model import Finding, make_chart
from checker.engine.operators import evaluate
from checker.engine.unit import Setting
from checker.request.model import Asked, Injury, Patient
from checker.rulebook.checks import parse_check
from checker.rulebook.lint.reach import MET, NOT_MET, UNKNOWN, reach
from checker.rulebook.model import Rulebook

NAMES = ("warmth", "swelling")
LIMITS = st.dictionaries(
    st.sampled_from(("at_least", "at_most", "more_than", "less_than")), st.integers(0, 4), min_size=1
)
LEAVES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(lambda name, status: {"finding": name, "status": status}, st.sampled_from(NAMES), st.sampled_from(("present", "absent"))),
    st.just({"finding": list(NAMES)}),
    st.builds(lambda limits: {"duration": {"of": "injury", **limits}}, LIMITS),
    st.builds(lambda limits: {"patient": {"age": limits, "sex": "female"}}, LIMITS),
    st.builds(lambda limits: {"request": {"quantity": "visits", **limits}}, LIMITS),
    st.just({"request": {"flag": "trial"}}),
    st.just({"request": {"states": "side"}}),
)  # fmt: skip
CHECKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda n, parts: {"at_least": {"n": n, "of": parts}}, st.integers(1, 3), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=6,
)  # fmt: skip
STATUS = st.sampled_from((None, "present", "absent"))


@settings(max_examples=300, deadline=None)
@given(
    CHECKS,
    STATUS,
    STATUS,
    st.sampled_from((None, 0, 1, 2, 3, 4, 5)),
    st.booleans(),
    st.sampled_from((None, "female", "male")),
)
def test_the_engine_gives_no_other_value(
    data: dict[str, Any], one: str | None, other: str | None, number: int | None, flag: bool, sex: str | None
) -> None:
    check = parse_check(data)
    chart = make_chart(Finding(name, status) for name, status in zip(NAMES, (one, other), strict=True) if status)
    asked = Asked(
        quantities={} if number is None else {"visits": float(number)},
        flags=frozenset({"trial"} if flag else ()),
        states=frozenset({"side"} if flag else ()),
    )
    injury = Injury() if number is None else Injury(date.fromordinal(date(2020, 1, 9).toordinal() - number))
    setting = Setting(Rulebook(), chart, date(2020, 1, 9), Patient(number, sex), injury, asked)
    assert (evaluate(check, setting).value,) in reach(check)


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ({"all": []}, {MET}),
        ({"any": []}, {NOT_MET}),
        ({"finding": "warmth"}, {NOT_MET, UNKNOWN, MET}),
        ({"any": [{"finding": "warmth"}, {"not": {"finding": "warmth"}}]}, {UNKNOWN, MET}),
        ({"all": [{"finding": "warmth"}, {"finding": "warmth", "status": "absent"}]}, {NOT_MET, UNKNOWN}),
        (
            {"all": [{"patient": {"age": {"at_least": 65}}}, {"patient": {"age": {"less_than": 65}}}]},
            {NOT_MET, UNKNOWN},
        ),
        ({"any": [{"patient": {"age": {"at_least": 65}}}, {"patient": {"age": {"less_than": 65}}}]}, {UNKNOWN, MET}),
        ({"request": {"flag": "trial"}}, {NOT_MET, MET}),
        ({"pending": {"treatments": ["tens"]}}, {UNKNOWN, MET}),
        ({"at_least": {"n": 3, "of": [{"finding": "warmth"}, {"finding": "swelling"}]}}, {NOT_MET}),
    ],
)
def test_values_of_a_check(data: dict[str, Any], values: set[int]) -> None:
    assert {value for (value,) in reach(parse_check(data))} == values


def test_checks_that_look_at_one_thing_move_together() -> None:
    early, late = (parse_check({"duration": {"of": "injury", limit: 42}}) for limit in ("less_than", "at_least"))
    assert reach(early, late) == {(UNKNOWN, UNKNOWN), (MET, NOT_MET), (NOT_MET, MET)}
