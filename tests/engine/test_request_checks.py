"""`request` and `patient`: what is asked for, and for whom; and the joining words `all`, `any`, `at_least`, `not`."""

from __future__ import annotations

from typing import Any

import pytest

from checker.chart.model import TreatmentEvent
from checker.engine.logic import MET, NOT_MET, STATUS, UNKNOWN, Joined, Single, all_of, any_of, at_least, negated
from checker.request.model import Asked, Patient
from tests.engine.world import ago, done, fact, outcome, setting, status

SAID = {"met": MET, "not_met": NOT_MET, "not_documented": UNKNOWN}


def asking(**quantities: float) -> Asked:
    return Asked(("therapy",), quantities=quantities)


QUANTITIES: list[tuple[dict[str, Any], dict[str, float], str, str]] = [
    ({"at_most": 6}, {"visits": 6}, "met", "6 visits"),
    ({"at_most": 6}, {"visits": 7}, "not_met", "7 visits asked; would be met at 6 visits or fewer"),
    ({"less_than": 6}, {"visits": 6}, "not_met", "6 visits asked; would be met at 5 visits or fewer"),
    ({"at_most": 0}, {"visits": 2}, "not_met", "2 visits asked; no further visits would pass"),
    ({"at_most": 1}, {"visits": 2}, "not_met", "2 visits asked; would be met at 1 visit or fewer"),
    ({"less_than": 1}, {"visits": 2}, "not_met", "2 visits asked; no further visits would pass"),
    ({"at_least": 6}, {"visits": 2}, "not_met", "2 visits asked; fewer than the guideline's number"),
    ({"more_than": 4}, {"visits": 4}, "not_met", "4 visits asked; not more than 4"),
    ({"at_most": 6}, {"tablets": 60}, "not_documented", "the item does not state the number of visits"),
    ({"at_most": 6}, {}, "not_documented", "the item does not state the number of visits"),
    ({"at_most": 6}, {"visits": 0}, "met", "0 visits"),
    ({"at_most": 2.5}, {"visits": 2.5}, "met", "2.5 visits"),
]


def stated(visits: float, treatment: str = "therapy") -> TreatmentEvent:
    return done(treatment, visits=visits, stated=True)


def read(visits: float, part: str | None = None) -> TreatmentEvent:
    return done("therapy", visits=visits, body_part=part)


@pytest.mark.parametrize(("limits", "asked", "expected", "reason"), QUANTITIES)
def test_quantity(limits: dict[str, Any], asked: dict[str, float], expected: str, reason: str) -> None:
    found = outcome({"request": {"quantity": "visits", **limits}}, setting(asked=asking(**asked)))
    assert (STATUS[found.value], found.reason, found.proofs) == (expected, reason, ())


def test_quantity_in_words() -> None:
    found = outcome({"request": {"quantity": "days_supply", "at_most": 30}}, setting(asked=asking(days_supply=60)))
    assert found.reason == "60 days supply asked; would be met at 30 days supply or fewer"
    silent = outcome({"request": {"quantity": "days_supply", "at_most": 30}}, setting())
    assert silent.reason == "the item does not state the number of days supply"


CUMULATIVE: list[tuple[list[Any], float, str, str]] = [
    ([], 10, "met", "10 visits"),
    ([done("therapy", visits=4)], 6, "met", "10 visits in all"),
    ([done("therapy", visits=4)], 7, "not_met", "7 visits asked, 4 done before; would be met at 6 visits or fewer"),
    ([done("therapy", visits=10)], 1, "not_met", "1 visit asked, 10 done before; no further visits would pass"),
    ([done("therapy", visits=4), done("therapy", visits=9)], 1, "met", "10 visits in all"),
    ([done("therapy", visits=9), done("therapy", visits=4)], 2, "not_met", "2 visits asked, 9 done before; would be met at 1 visit or fewer"),
    ([done("therapy", visits=9, status="planned")], 10, "met", "10 visits"),
    ([done("therapy")], 10, "met", "10 visits"),
    ([done("therapy", visits=0)], 10, "met", "10 visits"),
    ([done("therapy", visits=0), done("therapy", visits=0.5)], 10, "not_met", "10 visits asked, 0.5 done before; would be met at 9.5 visits or fewer"),
    ([done("injection", visits=9)], 10, "met", "10 visits"),
    ([done("therapy", visits=9, body_part="leg")], 10, "met", "10 visits"),
    ([done("therapy", visits=9, body_part="neck")], 10, "not_met", "10 visits asked, 9 done before; would be met at 1 visit or fewer"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "visits", "expected", "reason"), CUMULATIVE)
def test_visits_done_before_count_where_the_rule_says_so(
    events: list[Any], visits: float, expected: str, reason: str
) -> None:
    asked = Asked(("therapy",), ("neck",), quantities={"visits": visits})
    place = setting(*events, parts=("neck",), asked=asked)
    found = outcome({"request": {"quantity": "visits", "at_most": 10, "cumulative": True}}, place)
    assert (STATUS[found.value], found.reason) == (expected, reason)
    alone = outcome({"request": {"quantity": "visits", "at_most": 10}}, place)
    assert (STATUS[alone.value], alone.proofs) == ("met", ())


def test_less_than_with_visits_done_before() -> None:
    place = setting(done("therapy", visits=4), asked=asking(visits=9))
    found = outcome({"request": {"quantity": "visits", "less_than": 10, "cumulative": True}}, place)
    assert found.reason == "9 visits asked, 4 done before; would be met at 5 visits or fewer"


def test_the_largest_count_is_the_proof() -> None:
    few, many = done("therapy", visits=4), done("therapy", visits=9)
    place = setting(few, many, asked=asking(visits=1))
    for limit in (10, 3):
        check = {"request": {"quantity": "visits", "at_most": limit, "cumulative": True}}
        assert outcome(check, place).proofs == (many,)


COUNTED: list[tuple[str, list[Any], float]] = [
    ("nothing done", [], 0),
    ("what the office states is added up", [stated(4), stated(5, "nsaid")], 9),
    ("of what papers count, the most", [read(4), read(7)], 7),
    ("the most at each part, added up", [read(4, "neck"), read(6, "neck"), read(3, "leg")], 9),
    ("a count without part beats smaller parts", [read(4, "neck"), read(3, "leg"), read(8)], 8),
    ("and gives way to larger ones", [read(4, "neck"), read(6, "leg"), read(8)], 10),
    ("the office's sum beats less", [stated(5), stated(5), read(8)], 10),
    ("and gives way to more", [stated(2), read(8)], 8),
    ("no visit was done", [stated(0), read(0)], 0),
    ("less than one visit", [read(0), read(0.5)], 0.5),
    ("planned visits are not done", [done("therapy", visits=9, status="planned")], 0),
    ("visits not counted", [done("therapy")], 0),
    ("another treatment", [done("injection", visits=9)], 0),
]


@pytest.mark.parametrize(("events", "before"), [c[1:] for c in COUNTED], ids=[c[0] for c in COUNTED])
def test_visits_of_several_treatments_together(events: list[Any], before: float) -> None:
    check = {"request": {"quantity": "visits", "at_most": 24, "counting": ["therapy", "nsaid"]}}
    for visits in (24 - before, 25 - before):
        for order in (events, events[::-1]):
            found = outcome(check, setting(*order, asked=asking(visits=visits)))
            assert (found.value == MET) is (visits + before <= 24)
            assert sum(event.visits or 0 for event in found.proofs) == before  # type: ignore[union-attr]


def test_states() -> None:
    check = {"request": {"states": "body_part"}}
    assert status(check, setting(asked=Asked(states=frozenset({"body_part"})))) == "met"
    found = outcome(check, setting(asked=Asked(states=frozenset({"side"}))))
    assert (found.value, found.reason, found.proofs) == (UNKNOWN, "the item does not state the body part", ())


def test_with() -> None:
    check = {"request": {"with": ["injection", "nsaid"]}}
    assert status(check, setting(others=["nsaid", "drug"])) == "met"
    assert status(check, setting(others=["drug"])) == "not_met"
    assert status(check, setting()) == "not_met"


def test_with_failing() -> None:
    check = {"request": {"with_failing": ["injection", "nsaid"]}}
    assert status(check, setting(others=["nsaid"], failing=["nsaid", "drug"])) == "met"
    assert status(check, setting(others=["nsaid"], failing=["drug"])) == "not_met"
    assert status(check, setting(others=["nsaid"])) == "not_met"


def test_flag() -> None:
    check = {"request": {"flag": "retrospective"}}
    assert status(check, setting(asked=Asked(flags=frozenset({"retrospective", "trial"})))) == "met"
    assert status(check, setting(asked=Asked(flags=frozenset({"trial"})))) == "not_met"


@pytest.mark.parametrize(
    ("parts", "asked", "expected"),
    [
        (("neck",), ("neck",), "met"),
        (("spine",), ("spine",), "met"),
        (("back",), ("back",), "not_met"),
        ((), ("neck",), "met"),
        ((), ("leg",), "not_met"),
        ((), (), "not_met"),
    ],
)
def test_body_parts(parts: tuple[str, ...], asked: tuple[str, ...], expected: str) -> None:
    place = setting(parts=parts, asked=Asked(("therapy",), asked))
    assert status({"request": {"body_parts": ["neck", "arm"]}}, place) == expected


@pytest.mark.parametrize(
    ("check", "patient", "expected", "reason"),
    [
        ({"age": {"at_least": 65}}, Patient(65), "met", "65 years"),
        ({"age": {"at_least": 65}}, Patient(64), "not_met", "64 years"),
        ({"age": {"at_least": 65}}, Patient(), "not_documented", ""),
        ({"sex": "female"}, Patient(sex="female"), "met", ""),
        ({"sex": "female"}, Patient(sex="male"), "not_met", ""),
        ({"sex": "female"}, Patient(), "not_documented", ""),
        ({"sex": "female", "age": {"at_most": 50}}, Patient(40, "female"), "met", "40 years"),
        ({"sex": "female", "age": {"at_most": 50}}, Patient(60, "female"), "not_met", "60 years"),
        ({"sex": "female", "age": {"at_most": 50}}, Patient(40, "male"), "not_met", ""),
        ({"sex": "female", "age": {"at_most": 50}}, Patient(40), "not_documented", "40 years"),
    ],
)
def test_patient(check: dict[str, Any], patient: Patient, expected: str, reason: str) -> None:
    found = outcome({"patient": check}, setting(patient=patient))
    assert (STATUS[found.value], found.reason) == (expected, reason)


# --- joining words ---------------------------------------------------------------------------------------------------

FACTS = {"met": fact("yes"), "not_met": fact("no", "absent"), "not_documented": None}
CHECKS = {"met": {"finding": "yes"}, "not_met": {"finding": "no"}, "not_documented": {"finding": "open"}}
PLACE_FACTS = [entry for entry in FACTS.values() if entry]


@pytest.mark.parametrize("first", SAID)
@pytest.mark.parametrize("second", SAID)
def test_joining_words_follow_kleene(first: str, second: str) -> None:
    place = setting(*PLACE_FACTS)
    parts = [CHECKS[first], CHECKS[second]]
    low, high = sorted((SAID[first], SAID[second]))
    assert SAID[status({"all": parts}, place)] == low
    assert SAID[status({"any": parts}, place)] == high
    assert SAID[status({"not": CHECKS[first]}, place)] == 2 - SAID[first]
    assert SAID[status({"at_least": {"n": 2, "of": parts}}, place)] == low
    assert SAID[status({"at_least": {"n": 1, "of": parts}}, place)] == high


def test_at_least_waits_for_what_is_open() -> None:
    yes, no, silent = Single(MET), Single(NOT_MET), Single(UNKNOWN)
    assert at_least(2, [yes, no, silent]).value == UNKNOWN
    assert at_least(2, [yes, no, no]).value == NOT_MET
    assert at_least(2, [yes, yes, silent]).value == MET
    assert at_least(2, [no, no, silent]).value == NOT_MET
    assert at_least(2, [silent, silent, no]).value == UNKNOWN


def test_nothing_asked_is_met_and_nothing_offered_is_not() -> None:
    assert all_of([]).value == MET
    assert any_of([]).value == NOT_MET


def test_what_joined_parts_say() -> None:
    tear, pain, denied = fact("tear"), fact("pain", value=8.0, unit="/10"), fact("sprain", "absent")
    place = setting(tear, pain, denied)
    pain_check = {"value": {"finding": "pain", "at_least": 4}}
    met = outcome({"all": [{"finding": "tear"}, pain_check]}, place)
    assert (met.proofs, met.reason) == ((tear, pain), "8 /10")
    some = outcome({"any": [{"finding": "tear"}, {"finding": "sprain"}, {"finding": "duty"}]}, place)
    assert some.proofs == (tear,)
    failed = outcome({"all": [{"finding": "tear"}, {"finding": "sprain"}]}, place)
    assert failed.proofs == (denied,)
    still_open = outcome({"all": [{"finding": "tear"}, {"finding": "duty"}]}, place)
    assert (still_open.value, still_open.proofs) == (UNKNOWN, (tear,))
    once = outcome({"all": [{"finding": "tear"}, {"any": [{"finding": "tear"}]}]}, place)
    assert once.proofs == (tear,)


def test_reasons_are_told_one_after_the_other() -> None:
    place = setting(fact("pain", value=8, unit="/10"), fact("score", value=3), done("nsaid", end=ago(9)))
    checks = [
        {"value": {"finding": "pain", "at_least": 4}},
        {"finding": "pain"},
        {"value": {"finding": "score", "at_least": 3}},
    ]
    assert outcome({"all": checks}, place).reason == "8 /10; 3"


def test_not_keeps_proof_and_reason() -> None:
    pain = fact("pain", value=8, unit="/10")
    found = outcome({"not": {"value": {"finding": "pain", "at_least": 4}}}, setting(pain))
    assert (found.value, found.proofs, found.reason) == (NOT_MET, (pain,), "8 /10")
    kept = negated(Single(UNKNOWN, (pain,), "why", True))
    assert kept == Single(UNKNOWN, (pain,), "why", True)


def test_all_parts_stay_in_the_trace() -> None:
    place = setting(fact("tear"))
    found = outcome({"any": [{"finding": "tear"}, {"all": [{"finding": "sprain"}, {"finding": "duty"}]}]}, place)
    assert isinstance(found, Joined)
    assert [part.value for part in found.parts] == [MET, UNKNOWN]
    assert isinstance(found.parts[1], Joined)
    assert len(found.parts[1].parts) == 2


OPERATION = done("injection", start=ago(60), end=ago(60))
AFTER: list[tuple[str, list[TreatmentEvent], float | None]] = [
    ("before the operation", [OPERATION, done("therapy", "improved", visits=9, start=ago(200), end=ago(100))], None),
    ("after it", [OPERATION, done("therapy", "improved", visits=9, start=ago(40), end=ago(10))], 9),
    ("on a day that nobody tells", [OPERATION, done("therapy", "improved", visits=9)], 9),
    (
        "before and after",
        [OPERATION, done("therapy", visits=9, start=ago(99)), done("therapy", visits=4, start=ago(9))],
        4,
    ),
    ("no day of the operation", [done("injection"), done("therapy", visits=9, start=ago(99))], 9),
    ("no operation yet", [done("injection", status="planned"), done("therapy", "improved", visits=9)], None),
]


@pytest.mark.parametrize(("events", "counted"), [case[1:] for case in AFTER], ids=[case[0] for case in AFTER])
def test_only_what_was_done_after_an_operation(events: list[TreatmentEvent], counted: float | None) -> None:
    place = setting(*events, asked=asking(visits=6))
    check = {"request": {"quantity": "visits", "at_most": 6, "cumulative": True, "after": ["injection"]}}
    assert status(check, place) == ("met" if counted is None else "not_met")
    assert sum(event.visits or 0 for event in outcome(check, place).proofs) == (counted or 0)  # type: ignore[union-attr]
    tried = {"tried": {"treatments": ["therapy"], "after": ["injection"]}}
    assert status(tried, place) == ("not_documented" if counted is None else "met")
