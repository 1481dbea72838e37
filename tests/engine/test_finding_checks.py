"""`finding`, `diagnosis`, `value`, `duration`: what the record says, is silent on, or says twice."""

from __future__ import annotations

from typing import Any

import pytest

from checker.chart.model import Finding
from checker.engine.logic import STATUS
from checker.request.model import Asked, Injury
from tests.engine.world import ago, fact, outcome, paper, setting, status

MET, NOT, SILENT = "met", "not_met", "not_documented"

SUSPECTED = {"finding": "tear", "suspected": True}

RECORDED: list[tuple[str, dict[str, Any], list[Finding], str]] = [
    ("nothing is charted", {"finding": "tear"}, [], SILENT),
    ("something else is charted", {"finding": "tear"}, [fact("sprain")], SILENT),
    ("present is wanted and charted", {"finding": "tear"}, [fact("tear")], MET),
    ("present is wanted and absent charted", {"finding": "tear"}, [fact("tear", "absent")], NOT),
    ("absent is wanted and charted", {"finding": "tear", "status": "absent"}, [fact("tear", "absent")], MET),
    ("absent is wanted and present charted", {"finding": "tear", "status": "absent"}, [fact("tear")], NOT),
    ("absent is wanted and nothing charted", {"finding": "tear", "status": "absent"}, [], SILENT),
    ("the record says that it says nothing", {"finding": "tear"}, [fact("tear", "not_stated")], SILENT),
    ("and another paper says it", {"finding": "tear"}, [fact("tear", "not_stated"), fact("tear")], MET),
    ("and another paper denies it", {"finding": "tear"}, [fact("tear", "not_stated"), fact("tear", "absent")], NOT),
    ("it was so in the past", {"finding": "tear"}, [fact("tear", time="historical")], MET),
    ("it is only possible", {"finding": "tear"}, [fact("tear", time="possible")], SILENT),
    ("it is only planned", {"finding": "tear"}, [fact("tear", time="planned")], SILENT),
    ("possible twice", {"finding": "tear"}, [fact("tear", time="possible"), fact("tear", time="planned")], SILENT),
    ("possible once, present once", {"finding": "tear"}, [fact("tear", time="possible"), fact("tear")], MET),
    ("a suspicion counts where it is asked for", SUSPECTED, [fact("tear", time="possible")], MET),
    ("of several too", SUSPECTED, [fact("tear", time="possible"), fact("tear", time="planned")], MET),
    ("a plan is no suspicion", SUSPECTED, [fact("tear", time="planned")], SILENT),
    ("what is known is more than a suspicion", SUSPECTED, [fact("tear")], MET),
    ("one of two is charted", {"finding": ["tear", "sprain"]}, [fact("sprain")], MET),
    ("both are charted", {"finding": ["tear", "sprain"]}, [fact("tear"), fact("sprain")], MET),
    ("one of two is denied, one open", {"finding": ["tear", "sprain"]}, [fact("sprain", "absent")], SILENT),
    (
        "both of two are denied",
        {"finding": ["tear", "sprain"]},
        [fact("tear", "absent"), fact("sprain", "absent")],
        NOT,
    ),
    ("neither of two is charted", {"finding": ["tear", "sprain"]}, [fact("pain")], SILENT),
    ("a diagnosis is a finding", {"diagnosis": ["sprain"]}, [fact("sprain")], MET),
    ("a finding that no vocabulary knows", {"finding": "unheard-of"}, [fact("unheard-of")], MET),
]


@pytest.mark.parametrize(("check", "facts", "expected"), [r[1:] for r in RECORDED], ids=[r[0] for r in RECORDED])
def test_what_is_recorded(check: dict[str, Any], facts: list[Finding], expected: str) -> None:
    assert status(check, setting(*facts)) == expected
    assert status(check, setting(*reversed(facts))) == expected


def test_the_proof_is_the_finding_itself() -> None:
    tear = fact("tear")
    assert outcome({"finding": "tear"}, setting(tear, fact("pain"))).proofs == (tear,)
    assert outcome({"finding": "tear"}, setting(fact("pain"))).proofs == ()


def test_silence_of_the_record_is_quoted() -> None:
    silent = fact("tear", "not_stated", evidence=paper(quote="MRI not available"))
    for facts in ([silent], [silent, fact("tear", "not_stated")]):
        found = outcome({"finding": "tear"}, setting(*facts))
        assert STATUS[found.value] == SILENT
        assert found.proofs == (silent,)
        assert found.reason == "the record itself says that this is not documented"
        assert not found.conflicting


def test_at_most_two_findings_are_shown() -> None:
    tears = [fact("tear", date=ago(days)) for days in (1, 2, 3)]
    assert outcome({"finding": "tear"}, setting(*tears)).proofs == tuple(tears[:2])
    denied = [fact("tear", "absent", date=ago(days)) for days in (1, 2, 3)]
    assert outcome({"finding": "tear"}, setting(*denied)).proofs == tuple(denied[:2])


# --- papers that record a finding more than once ---------------------------------------------------------------------

TWICE: list[tuple[str, str, list[Finding], str, bool]] = [
    ("a sign: the newest visit speaks", "weakness", [fact("weakness", date=ago(30)), fact("weakness", "absent", date=ago(3))], NOT, False),
    ("a symptom: the newest visit speaks", "pain", [fact("pain", "absent", date=ago(30)), fact("pain", date=ago(3))], MET, False),
    ("work: the newest visit speaks", "duty", [fact("duty", date=ago(30)), fact("duty", "absent", date=ago(3))], NOT, False),
    ("a measure: the newest visit speaks", "score", [fact("score", date=ago(30)), fact("score", "absent", date=ago(3))], NOT, False),
    ("an image: once seen, it stays", "tear", [fact("tear", date=ago(30)), fact("tear", "absent", date=ago(3))], MET, True),
    ("a diagnosis: once made, it stays", "sprain", [fact("sprain", date=ago(30)), fact("sprain", "absent", date=ago(3))], MET, True),
    ("one visit says both", "weakness", [fact("weakness", date=ago(3)), fact("weakness", "absent", date=ago(3))], MET, True),
    ("both without a day", "weakness", [fact("weakness"), fact("weakness", "absent")], MET, True),
    ("without a day it counts with the newest", "weakness", [fact("weakness"), fact("weakness", "absent", date=ago(3))], MET, True),
    ("at different parts there is no conflict", "tear", [fact("tear", body_part="neck"), fact("tear", "absent", body_part="back")], MET, False),
    ("on different sides there is no conflict", "tear", [fact("tear", side="left"), fact("tear", "absent", side="right")], MET, False),
    ("what the office states beats what was read", "tear", [fact("tear"), fact("tear", "absent", stated=True)], NOT, False),
    ("also when it is older", "weakness", [fact("weakness", date=ago(1)), fact("weakness", "absent", date=ago(9), stated=True)], NOT, False),
    ("the office contradicts itself", "tear", [fact("tear", stated=True), fact("tear", "absent", stated=True)], MET, True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts", "expected", "conflict"), [t[1:] for t in TWICE], ids=[t[0] for t in TWICE])
def test_recorded_twice(name: str, facts: list[Finding], expected: str, conflict: bool) -> None:
    for order in (facts, facts[::-1]):
        found = outcome({"finding": name}, setting(*order))
        assert STATUS[found.value] == expected
        assert found.conflicting is conflict
        assert bool(found.reason) is conflict


def test_a_conflict_shows_both_sides() -> None:
    here, there, denied = fact("tear", side="left"), fact("tear", side="right"), fact("tear", "absent", side="right")
    found = outcome({"finding": "tear"}, setting(here, there, denied))
    assert found.proofs == (here, denied)
    assert found.reason == "papers disagree; decided by kind of paper and date"


def test_a_conflict_shows_through_joined_checks() -> None:
    place = setting(fact("tear"), fact("tear", "absent"), fact("sprain"))
    assert outcome({"all": [{"finding": "tear"}, {"finding": "sprain"}]}, place).conflicting
    assert outcome({"not": {"finding": "tear"}}, place).conflicting
    assert not outcome({"any": [{"finding": "sprain"}, {"finding": "duty"}]}, place).conflicting


# --- body part, side, days, papers -----------------------------------------------------------------------------------

PLACES = [
    # wanted, charted at, asked for at, expected
    ("requested", "neck", ("neck",), MET),
    ("requested", "back", ("neck",), SILENT),
    ("requested", "arm", ("neck",), SILENT),
    ("requested", "spine", ("neck",), MET),
    ("requested", "neck", ("spine",), MET),
    ("requested", "back", ("neck", "back"), MET),
    ("requested", "arm", (), MET),
    ("requested", None, ("neck",), MET),
    ("region", "neck", ("neck",), MET),
    ("region", "arm", ("neck",), MET),
    ("region", "spine", ("neck",), MET),
    ("region", "leg", ("neck",), SILENT),
    ("region", "leg", ("neck", "back"), MET),
    ("region", "leg", (), MET),
    ("region", None, ("neck",), MET),
    ("back", "back", ("neck",), MET),
    ("back", "neck", ("back",), SILENT),
    ("back", None, ("neck",), MET),
    ("any", "leg", ("neck",), MET),
    (None, "leg", ("neck",), MET),
    ("requested", "moon", ("moon",), MET),
]


@pytest.mark.parametrize(("wanted", "charted", "asked", "expected"), PLACES)
def test_body_part(wanted: str | None, charted: str | None, asked: tuple[str, ...], expected: str) -> None:
    where = {"body_part": wanted} if wanted else {}
    place = setting(fact("tear", body_part=charted), parts=asked)
    assert status({"finding": "tear", **where}, place) == expected
    twice = setting(fact("tear", body_part=charted), fact("tear", "absent", body_part="elsewhere"), parts=asked)
    if wanted in ("requested", "region", "back") and asked:
        assert status({"finding": "tear", **where}, twice) == expected


SIDES = [
    ("left", "left", MET),
    ("left", "right", SILENT),
    ("left", "bilateral", MET),
    ("bilateral", "left", MET),
    ("left", None, MET),
    (None, "left", MET),
]


@pytest.mark.parametrize(("charted", "asked", "expected"), SIDES)
def test_side(charted: str | None, asked: str | None, expected: str) -> None:
    place = setting(fact("tear", side=charted), asked=Asked(("therapy",), side=asked))
    assert status({"finding": "tear", "side": "requested"}, place) == expected
    assert status({"finding": "tear"}, place) == MET


@pytest.mark.parametrize(("days", "expected"), [(0, MET), (90, MET), (91, SILENT), (None, MET)])
def test_within(days: int | None, expected: str) -> None:
    place = setting(fact("tear", date=None if days is None else ago(days)))
    assert status({"finding": "tear", "within": "90 days"}, place) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (fact("tear", evidence=paper("imaging")), MET),
        (fact("tear", evidence=paper("exam")), SILENT),
        (fact("tear", evidence=paper(None)), SILENT),
        (fact("tear"), SILENT),
        (fact("tear", stated=True), MET),
        (fact("tear", stated=True, evidence=paper("exam")), MET),
    ],
)
def test_kind_of_paper(found: Finding, expected: str) -> None:
    assert status({"finding": "tear", "sources": ["imaging", "operative"]}, setting(found)) == expected


def test_all_limits_hold_together() -> None:
    check = {
        "finding": "tear",
        "body_part": "requested",
        "side": "requested",
        "within": "30 days",
        "sources": ["imaging"],
    }
    asked = Asked(("therapy",), ("neck",), side="left")
    right = {"body_part": "neck", "side": "left", "date": ago(30), "evidence": paper("imaging")}
    assert status(check, setting(fact("tear", **right), parts=("neck",), asked=asked)) == MET
    for wrong in ({"body_part": "leg"}, {"side": "right"}, {"date": ago(31)}, {"evidence": paper("exam")}):
        assert status(check, setting(fact("tear", **(right | wrong)), parts=("neck",), asked=asked)) == SILENT


# --- value -----------------------------------------------------------------------------------------------------------

LIMITS = [
    ({"at_least": 4}, [(3.9, NOT), (4, MET), (5, MET)]),
    ({"at_most": 4}, [(4, MET), (4.1, NOT)]),
    ({"more_than": 4}, [(4, NOT), (4.1, MET)]),
    ({"less_than": 4}, [(3.9, MET), (4, NOT)]),
    ({"at_least": 2, "at_most": 4}, [(1, NOT), (2, MET), (4, MET), (5, NOT)]),
    ({"more_than": 2, "less_than": 4}, [(2, NOT), (3, MET), (4, NOT)]),
    ({"at_least": 0}, [(0, MET), (-1, NOT)]),
]


@pytest.mark.parametrize(("limits", "number", "expected"), [(b, n, e) for b, pairs in LIMITS for n, e in pairs])
def test_limits(limits: dict[str, float], number: float, expected: str) -> None:
    assert status({"value": {"finding": "score", **limits}}, setting(fact("score", value=number))) == expected


VALUES: list[tuple[str, dict[str, Any], list[Finding], str]] = [
    ("no number is charted", {}, [fact("score")], SILENT),
    ("nothing is charted", {}, [], SILENT),
    ("a number that was planned", {}, [fact("score", value=5, time="planned")], SILENT),
    ("a number of which the record says that it is not documented", {}, [fact("score", "not_stated", value=5)], SILENT),
    ("a number that is denied", {}, [fact("score", "absent", value=5), fact("score", value=1, date=ago(9))], NOT),
    ("a number of the past", {}, [fact("score", value=5, time="historical")], MET),
    ("the newest counts", {}, [fact("score", value=5, date=ago(9)), fact("score", value=1, date=ago(2))], NOT),
    ("a dated one beats an undated", {}, [fact("score", value=1), fact("score", value=5, date=ago(2))], MET),
    ("the highest", {"pick": "highest"}, [fact("score", value=5, date=ago(9)), fact("score", value=1)], MET),
    ("the lowest", {"pick": "lowest"}, [fact("score", value=5, date=ago(2)), fact("score", value=1)], NOT),
    (
        "lowest of what counts",
        {"pick": "lowest"},
        [fact("score", value=5), fact("score", value=1, time="planned")],
        MET,
    ),
    ("one has no number", {}, [fact("score", date=ago(1)), fact("score", value=5, date=ago(9))], MET),
    ("several, and none has a number", {}, [fact("score"), fact("score")], SILENT),
    ("none at the part", {"body_part": "requested"}, [fact("score", value=5, body_part="leg")], SILENT),
    ("at the part", {"body_part": "requested"}, [fact("score", value=5, body_part="neck")], MET),
    (
        "only what is at the part counts",
        {"body_part": "requested"},
        [fact("score", value=1, body_part="leg", date=ago(1)), fact("score", value=5, body_part="neck", date=ago(9))],
        MET,
    ),
    (
        "several, none at the part",
        {"body_part": "requested"},
        [fact("score", value=5, body_part="leg"), fact("score", value=5, body_part="leg", date=ago(9))],
        SILENT,
    ),
]


@pytest.mark.parametrize(("more", "facts", "expected"), [v[1:] for v in VALUES], ids=[v[0] for v in VALUES])
def test_value(more: dict[str, Any], facts: list[Finding], expected: str) -> None:
    check = {"value": {"finding": "score", "at_least": 4, **more}}
    assert status(check, setting(*facts, parts=("neck",))) == expected
    assert status(check, setting(*reversed(facts), parts=("neck",))) == expected


def test_numbers_of_one_day_do_not_depend_on_their_order() -> None:
    check = {"value": {"finding": "score", "at_least": 4}}
    facts = [fact("score", value=1, date=ago(2)), fact("score", value=5, date=ago(2))]
    assert status(check, setting(*facts)) == status(check, setting(*reversed(facts))) == MET


@pytest.mark.parametrize(
    ("number", "unit", "reason"), [(8.0, "/10", "8 /10"), (2.5, None, "2.5"), (60, "degrees", "60 degrees")]
)
def test_the_number_is_the_reason(number: float, unit: str | None, reason: str) -> None:
    score = fact("score", value=number, unit=unit)
    found = outcome({"value": {"finding": "score", "at_least": 4}}, setting(score))
    assert found.reason == reason
    assert found.proofs == (score,)


# --- duration --------------------------------------------------------------------------------------------------------

AT_LEAST_6_WEEKS = {"at_least": "6 weeks"}


@pytest.mark.parametrize(("days", "expected"), [(41, NOT), (42, MET), (None, SILENT)])
def test_time_since_the_injury(days: int | None, expected: str) -> None:
    place = setting(injury=Injury(None if days is None else ago(days)))
    found = outcome({"duration": {"of": "injury", **AT_LEAST_6_WEEKS}}, place)
    assert STATUS[found.value] == expected
    assert found.reason == ("" if days is None else f"{days} days since the injury")
    assert found.proofs == ()


LENGTHS: list[tuple[str, list[Finding], str, str]] = [
    ("nothing charted", [], SILENT, ""),
    ("a day", [fact("pain", date=ago(42))], MET, "42 days"),
    ("a later day", [fact("pain", date=ago(41))], NOT, "41 days"),
    ("neither day nor length", [fact("pain")], SILENT, ""),
    ("denied", [fact("pain", "absent", date=ago(99))], SILENT, ""),
    ("weeks", [fact("pain", value=6, unit="weeks")], MET, "42 days"),
    ("a week", [fact("pain", value=1, unit="week")], NOT, "7 days"),
    ("days", [fact("pain", value=41, unit="days")], NOT, "41 days"),
    ("a day's length", [fact("pain", value=42, unit="day")], MET, "42 days"),
    ("months", [fact("pain", value=2, unit="months")], MET, "60 days"),
    ("a month", [fact("pain", value=1, unit="month")], NOT, "30 days"),
    ("years", [fact("pain", value=2, unit="years")], MET, "730 days"),
    ("a year", [fact("pain", value=1, unit="year")], MET, "365 days"),
    ("the length beats the day", [fact("pain", value=1, unit="week", date=ago(99))], NOT, "7 days"),
    ("a number that is no length", [fact("pain", value=8, unit="/10", date=ago(42))], MET, "42 days"),
    ("the longest", [fact("pain", date=ago(3)), fact("pain", date=ago(50)), fact("pain", date=ago(9))], MET, "50 days"),
    ("denied later", [fact("pain", date=ago(50)), fact("pain", "absent", date=ago(99))], MET, "50 days"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected", "reason"), [x[1:] for x in LENGTHS], ids=[x[0] for x in LENGTHS])
def test_length_of_a_finding(facts: list[Finding], expected: str, reason: str) -> None:
    found = outcome({"duration": {"of": "pain", **AT_LEAST_6_WEEKS}}, setting(*facts))
    assert (STATUS[found.value], found.reason) == (expected, reason)


def test_proof_of_a_length() -> None:
    old, new, undated = fact("pain", date=ago(50)), fact("pain", date=ago(3)), fact("pain")
    check = {"duration": {"of": "pain", **AT_LEAST_6_WEEKS}}
    assert outcome(check, setting(new, old)).proofs == (old,)
    assert outcome(check, setting(undated)).proofs == (undated,)
    assert outcome(check, setting(undated, fact("pain", side="left"))).proofs == (undated,)


def test_two_findings_of_one_day_are_as_long() -> None:
    same_day = [fact("pain", side=side, date=ago(50)) for side in ("left", "right")]
    found = outcome({"duration": {"of": "pain", **AT_LEAST_6_WEEKS}}, setting(*same_day))
    assert (STATUS[found.value], found.reason, len(found.proofs)) == (MET, "50 days", 1)


def test_the_deciding_date_counts_not_the_clock() -> None:
    place = setting(fact("pain", date=ago(42)), as_of=ago(1))
    assert status({"duration": {"of": "pain", **AT_LEAST_6_WEEKS}}, place) == NOT


TEAR, SPRAIN = {"finding": "tear"}, {"finding": "sprain"}


@pytest.mark.parametrize(
    ("check", "recorded", "expected"),
    [
        ({"any": [TEAR, SPRAIN]}, [], False),
        ({"any": [TEAR, SPRAIN]}, [fact("tear", "absent")], True),
        ({"finding": ["tear", "sprain"]}, [fact("tear", "absent")], True),
        ({"any": [TEAR, {"all": [SPRAIN, {"finding": "pain"}]}]}, [fact("tear", "absent"), fact("pain")], False),
        ({"all": [TEAR, SPRAIN]}, [fact("tear")], False),
        ({"at_least": {"n": 2, "of": [TEAR, SPRAIN, {"finding": "pain"}]}}, [fact("tear", "absent")], True),
        (
            {"at_least": {"n": 2, "of": [TEAR, SPRAIN, {"finding": "pain"}]}},
            [fact("tear", "absent"), fact("pain")],
            False,
        ),
        ({"any": [TEAR, SPRAIN]}, [fact("tear", "absent"), fact("sprain", "absent")], False),
        (TEAR, [fact("tear", time="possible")], False),
    ],
)
def test_what_is_recorded_speaks_against_what_is_still_open(
    check: dict[str, Any], recorded: list[Finding], expected: bool
) -> None:
    assert outcome(check, setting(*recorded)).against is expected
