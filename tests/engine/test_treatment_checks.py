"""`tried`, `pending`, `interval`: what was done, with which result, what is still to come, and how long ago."""

from __future__ import annotations

from typing import Any

import pytest

from checker.chart.model import Finding, TreatmentEvent
from checker.engine.logic import STATUS
from checker.engine.unit import events_by_kind
from tests.engine.world import ago, done, fact, outcome, setting, status, world

MET, NOT, SILENT = "met", "not_met", "not_documented"
NSAID = {"treatments": ["nsaid"]}
IN_USE = {**NSAID, "in_use": True}
FAILED = {**NSAID, "response": ["failed"]}
SIX = {**NSAID, "at_least": "6 visits"}
WEEKS = {**NSAID, "at_least": "4 weeks"}
TWO = {"treatments": ["naproxen", "ibuprofen"], "count": 2, "response": ["failed"]}

TRIED: list[tuple[str, dict[str, Any], list[TreatmentEvent], str]] = [
    ("nothing charted", NSAID, [], SILENT),
    ("something else done", NSAID, [done("therapy")], SILENT),
    ("done", NSAID, [done("nsaid")], MET),
    ("an example of it done", NSAID, [done("naproxen")], MET),
    ("an example of an example", {"treatments": ["drug"]}, [done("naproxen")], MET),
    ("the wider one is no example", {"treatments": ["naproxen"]}, [done("nsaid")], SILENT),
    ("said not to be done", NSAID, [done("nsaid", status="not_done")], NOT),
    ("declined", NSAID, [done("nsaid", status="declined")], NOT),
    ("only planned", NSAID, [done("nsaid", status="planned")], SILENT),
    ("denied by the payer", NSAID, [done("nsaid", status="denied")], SILENT),
    ("planned and not done", NSAID, [done("nsaid", status="planned"), done("nsaid", status="not_done")], NOT),
    ("declined, but another one done", NSAID, [done("nsaid", status="declined"), done("naproxen")], MET),
    ("stopped", IN_USE, [done("nsaid", stopped=True)], NOT),
    ("stopped, but use is not asked for", NSAID, [done("nsaid", stopped=True)], MET),
    ("one stopped, another one taken", IN_USE, [done("nsaid", stopped=True), done("naproxen")], MET),
    ("stopped, and told of without a day", IN_USE, [done("naproxen", stopped=True), done("naproxen")], NOT),
    ("stopped and begun again", IN_USE, [done("nsaid", stopped=True, start=ago(60)), done("nsaid", start=ago(5))], MET),
    ("taken and then stopped", IN_USE, [done("nsaid", start=ago(60)), done("nsaid", stopped=True, start=ago(5))], NOT),
    ("with the wanted result", FAILED, [done("nsaid", "failed")], MET),
    ("with another result", FAILED, [done("nsaid", "improved")], NOT),
    ("with no result", FAILED, [done("nsaid")], SILENT),
    ("one with, one without the result", FAILED, [done("nsaid", "improved"), done("naproxen", "failed")], MET),
    ("one with another, one with no result", FAILED, [done("nsaid", "improved"), done("naproxen")], SILENT),
    ("no result is one of those wanted", {**NSAID, "response": ["failed", "not_stated"]}, [done("nsaid")], MET),
    ("enough visits", SIX, [done("nsaid", visits=6)], MET),
    ("too few visits", SIX, [done("nsaid", visits=5)], NOT),
    ("visits not counted", SIX, [done("nsaid", days=99)], SILENT),
    ("at most so many visits", {**NSAID, "at_most": "6 visits"}, [done("nsaid", visits=7)], NOT),
    ("long enough", WEEKS, [done("nsaid", days=28)], MET),
    ("too short", WEEKS, [done("nsaid", days=27)], NOT),
    ("length from its days", WEEKS, [done("nsaid", start=ago(50), end=ago(22))], MET),
    ("too short from its days", WEEKS, [done("nsaid", start=ago(50), end=ago(23))], NOT),
    ("the stated length beats its days", WEEKS, [done("nsaid", days=3, start=ago(50), end=ago(1))], NOT),
    ("a first day alone is no length", WEEKS, [done("nsaid", start=ago(50))], SILENT),
    ("a last day alone is no length", WEEKS, [done("nsaid", end=ago(1), visits=9)], SILENT),
    ("long enough without the result", {**WEEKS, "response": ["failed"]}, [done("nsaid", days=28)], SILENT),
    ("the result but too short", {**WEEKS, "response": ["failed"]}, [done("nsaid", "failed", days=3)], NOT),
    ("another result of unknown length", {**WEEKS, "response": ["failed"]}, [done("nsaid", "improved")], NOT),
    ("both", {**WEEKS, "response": ["failed"]}, [done("nsaid", "failed", days=30)], MET),
    ("two different ones", TWO, [done("naproxen", "failed"), done("ibuprofen", "failed")], MET),
    ("one of two", TWO, [done("naproxen", "failed")], SILENT),
    ("the same one twice", TWO, [done("naproxen", "failed"), done("naproxen", "failed", visits=2)], SILENT),
    ("two with another result", TWO, [done("naproxen", "improved"), done("ibuprofen", "improved")], SILENT),
    ("two examples of one kind", {**NSAID, "count": 2}, [done("naproxen"), done("ibuprofen")], MET),
    ("the treatment asked for", {"treatments": ["same"]}, [done("therapy")], MET),
    ("not the treatment asked for", {"treatments": ["same"]}, [done("nsaid")], SILENT),
]


@pytest.mark.parametrize(("tried", "events", "expected"), [t[1:] for t in TRIED], ids=[t[0] for t in TRIED])
def test_tried(tried: dict[str, Any], events: list[TreatmentEvent], expected: str) -> None:
    assert status({"tried": tried}, setting(*events)) == expected
    assert status({"tried": tried}, setting(*reversed(events))) == expected


WHY = [
    (NSAID, [done("nsaid")], ""),
    (NSAID, [done("nsaid", status="not_done")], "the record says that it was not done"),
    (FAILED, [done("nsaid")], "done, but the record does not say enough about it"),
    (FAILED, [done("nsaid", "improved")], "done, with another result or length than asked"),
    (NSAID, [], ""),
]


@pytest.mark.parametrize(("tried", "events", "reason"), WHY)
def test_why(tried: dict[str, Any], events: list[TreatmentEvent], reason: str) -> None:
    found = outcome({"tried": tried}, setting(*events))
    assert found.reason == reason
    assert found.proofs == tuple(events)


def test_what_is_shown_as_proof() -> None:
    failed = [done("naproxen", "failed", visits=n) for n in range(4)]
    better = [done("ibuprofen", "improved", visits=n) for n in range(3)]
    open_ = [done("nsaid", visits=n) for n in range(3)]
    refused = [done("nsaid", status="declined", visits=n) for n in range(2)]
    assert outcome({"tried": FAILED}, setting(*failed, *better)).proofs == tuple(failed[:2])
    assert outcome({"tried": FAILED}, setting(*better, *open_)).proofs == tuple(open_[:2])
    assert outcome({"tried": FAILED}, setting(*better)).proofs == tuple(better[:2])
    assert outcome({"tried": FAILED}, setting(*refused)).proofs == (refused[0],)
    assert outcome({"tried": TWO}, setting(*failed)).proofs == tuple(failed[:2])
    three = [done(name, "failed") for name in ("naproxen", "ibuprofen", "therapy", "injection")]
    check = {"tried": {"treatments": [event.treatment for event in three], "count": 3}}
    assert outcome(check, setting(*three)).proofs == tuple(three[:3])


def test_an_event_under_two_of_the_names_counts_once() -> None:
    event = done("naproxen")
    found = outcome({"pending": {"treatments": ["naproxen", "nsaid", "drug"], "statuses": ["done"]}}, setting(event))
    assert found.proofs == (event,)


PLACES = [
    ("requested", "neck", MET),
    ("requested", "back", SILENT),
    ("requested", "arm", SILENT),
    ("region", "arm", MET),
    ("requested", None, MET),
    ("back", "back", MET),
    ("back", "neck", SILENT),
    (None, "leg", MET),
]


@pytest.mark.parametrize(("wanted", "charted", "expected"), PLACES)
def test_body_part(wanted: str | None, charted: str | None, expected: str) -> None:
    where = {"body_part": wanted} if wanted else {}
    place = setting(done("nsaid", body_part=charted, start=ago(9)), parts=("neck",))
    assert status({"tried": {**NSAID, **where}}, place) == expected
    assert status({"interval": {"since": NSAID, "at_least": "1 day", **where}}, place) == expected
    planned = setting(done("nsaid", body_part=charted, status="planned"), parts=("neck",))
    assert status({"pending": {**NSAID, **where}}, planned) == expected


@pytest.mark.parametrize(
    ("charted", "expected"),
    [
        ("planned", MET),
        ("requested", MET),
        ("authorized", MET),
        ("done", SILENT),
        ("declined", SILENT),
        ("denied", SILENT),
        ("not_done", SILENT),
    ],
)
def test_pending(charted: str, expected: str) -> None:
    event = done("naproxen", status=charted)
    found = outcome({"pending": NSAID}, setting(event))
    assert STATUS[found.value] == expected
    assert found.proofs == ((event,) if expected == MET else ())


def test_pending_of_one_status_only() -> None:
    check = {"pending": {**NSAID, "statuses": ["authorized"]}}
    assert status(check, setting(done("nsaid", status="planned"))) == SILENT
    assert status(check, setting(done("nsaid", status="authorized"))) == MET
    assert status(check, setting()) == SILENT


def test_at_most_three_pending_are_shown() -> None:
    events = [done("nsaid", status="planned", visits=n) for n in range(5)]
    assert outcome({"pending": NSAID}, setting(*events)).proofs == tuple(events[:3])


SINCE: list[tuple[str, Any, list[TreatmentEvent | Finding], str, str]] = [
    ("nothing", {"treatments": ["nsaid"]}, [], SILENT, ""),
    ("long ago", {"treatments": ["nsaid"]}, [done("nsaid", end=ago(60))], MET, "60 days since then"),
    ("lately", {"treatments": ["nsaid"]}, [done("nsaid", end=ago(59))], NOT, "59 days since then"),
    ("its end counts", {"treatments": ["nsaid"]}, [done("nsaid", start=ago(90), end=ago(9))], NOT, "9 days since then"),
    ("else its start", {"treatments": ["nsaid"]}, [done("nsaid", start=ago(90))], MET, "90 days since then"),
    ("without a day", {"treatments": ["nsaid"]}, [done("nsaid")], SILENT, ""),
    ("planned", {"treatments": ["nsaid"]}, [done("nsaid", status="planned", start=ago(90))], SILENT, ""),
    ("the last one counts", {"treatments": ["nsaid"]}, [done("nsaid", end=ago(90)), done("nsaid", end=ago(9)), done("nsaid", end=ago(70))], NOT, "9 days since then"),
    ("the same treatment", "same", [done("therapy", end=ago(60)), done("nsaid", end=ago(1))], MET, "60 days since then"),
    ("a finding", {"finding": "tear"}, [fact("tear", date=ago(60))], MET, "60 days since then"),
    ("a finding denied", {"finding": "tear"}, [fact("tear", "absent", date=ago(60))], SILENT, ""),
    ("a finding without a day", {"finding": "tear"}, [fact("tear")], SILENT, ""),
    ("the newest finding", {"finding": "tear"}, [fact("tear", date=ago(60)), fact("tear", date=ago(3))], NOT, "3 days since then"),
    ("either", {"finding": "tear", "treatments": ["nsaid"]}, [fact("tear", date=ago(60)), done("nsaid", end=ago(3))], NOT, "3 days since then"),
]  # fmt: skip


@pytest.mark.parametrize(("since", "facts", "expected", "reason"), [s[1:] for s in SINCE], ids=[s[0] for s in SINCE])
def test_interval(since: Any, facts: list[TreatmentEvent | Finding], expected: str, reason: str) -> None:
    for order in (facts, facts[::-1]):
        found = outcome({"interval": {"since": since, "at_least": "2 months"}}, setting(*order))
        assert (STATUS[found.value], found.reason) == (expected, reason)
        assert len(found.proofs) == (0 if expected == SILENT else 1)


def test_the_proof_of_an_interval_is_the_last_event() -> None:
    old, new = done("nsaid", end=ago(90)), done("nsaid", end=ago(9))
    assert outcome({"interval": {"since": NSAID, "at_most": "30 days"}}, setting(new, old)).proofs == (new,)


def test_two_events_of_one_day() -> None:
    same_day = [done(name, end=ago(9)) for name in ("naproxen", "ibuprofen")]
    found = outcome({"interval": {"since": NSAID, "at_most": "30 days"}}, setting(*same_day))
    assert (STATUS[found.value], found.reason, len(found.proofs)) == (MET, "9 days since then", 1)


def test_events_stand_under_every_wider_treatment_once() -> None:
    event, other = done("naproxen"), done("therapy")
    place = setting(event, other)
    assert events_by_kind(place.chart, world()) == {
        "naproxen": (event,),
        "nsaid": (event,),
        "drug": (event,),
        "therapy": (other,),
    }
