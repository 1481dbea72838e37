"""Tables in a paper: each result goes to the side that heads its column, each tick to its answer."""

from __future__ import annotations

import pytest

from checker.chart.model import Finding
from tests.chart.reading import read

SPACED = """
Test            Right     Left
Spurling        negative  positive
Hawkins         +         -
Grip (kg)       38        21
"""
BARRED = """
| Test | Right | Left |
| Tinel | neg | pos |
| Phalen | neg | neg |
"""
ANSWERED = """
COMPLAINTS                    Yes    No
  Pain at night                      X
  Numbness of the fingers     X
"""
TREATED = """
Prior treatments
Treatment | Dates | Result
Physical therapy | January to March, 12 visits | no lasting benefit
Chiropractic | none |
Epidural injection L5-S1 | April | 60% relief for 8 weeks
"""
IN_WORDS = """
Exam                 RIGHT    LEFT
Lateral joint line   tender   non-tender
Effusion             none     2+
Hawkins (seated)     positive (6)   negative
"""
SHORTENED = """
Exam                 RIGHT    LEFT
Med. joint line      NT       tender
"""
OF_STRENGTH = """
Motor             R     L
  Biceps          4+    5
  Wrist extension 5     5
Sensation
  C6              decreased   normal
Reflexes          R     L
  Biceps          2+    0
"""
TWO_VISITS = """
                     Initial eval 3/24    Today       Goal
Sitting tolerance    15 min               45 min      2 hours
Shoulder abduction   75                   115         150
Straight leg raise   positive             negative
Medications          Norco                naproxen
"""
WEEKS = """
Measure              Week 0    Week 2    Week 4
Straight leg raise   positive  positive  negative
"""
TWO_DAYS = """
Measure              5/25/2016            4/13/2016
Straight leg raise   negative             positive
"""
DECIDED = """
Service                            Requested    Approved
Physical therapy, right knee       12           4
Synvisc injection, right knee      1            0
Gym membership                     1 year       not certified
"""


def told(text: str, *names: str) -> set[tuple[str, str, str | None]]:
    found: list[Finding] = [finding for finding in read(text).findings if finding.finding in names]
    return {(finding.finding, finding.status, finding.side) for finding in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SPACED, {("spurling", "absent", "right"), ("spurling", "present", "left")}),
        (SPACED, {("hawkins", "present", "right"), ("hawkins", "absent", "left")}),
        (BARRED, {("tinel", "absent", "right"), ("tinel", "present", "left")}),
        (BARRED, {("phalen", "absent", "right"), ("phalen", "absent", "left")}),
        (IN_WORDS, {("joint-line-tenderness", "present", "right"), ("joint-line-tenderness", "absent", "left")}),
        (SHORTENED, {("joint-line-tenderness", "absent", "right"), ("joint-line-tenderness", "present", "left")}),
        (IN_WORDS, {("hawkins", "present", "right"), ("hawkins", "absent", "left")}),
        (IN_WORDS, {("knee-swelling", "absent", "right"), ("knee-swelling", "present", "left")}),
        (ANSWERED, {("night-pain", "absent", None)}),
        (ANSWERED, {("numbness-tingling", "present", None)}),
    ],
)
def test_a_cell_is_read_under_the_head_of_its_column(text: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert told(text, *(name for name, _, _ in expected)) == expected


def test_the_head_of_a_table_says_nothing() -> None:
    head = "Shoulder ROM     Right    Left    Normal\n"
    assert not read(head).findings
    row = read(head + "Abduction        100      180     180\n").findings
    assert {(found.body_part, found.side) for found in row if found.value} == {
        ("shoulder", "right"),
        ("shoulder", "left"),
    }


def test_the_quote_of_a_cell_is_its_row() -> None:
    quotes = {
        found.evidence.quote
        for found in read(IN_WORDS).findings
        if found.evidence and found.side == "left" and found.finding != "hawkins"
    }
    assert quotes == {"Lateral joint line tender non-tender", "Effusion none 2+"}


def test_a_row_of_treatments_is_one_statement() -> None:
    events = {event.treatment: (event.status, event.response) for event in read(TREATED).events}
    assert events["physical-therapy"] == ("done", "failed")
    assert events["chiropractic"] == ("not_done", "not_stated")
    assert events["epidural-steroid-injection"] == ("done", "improved")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("FADIR is painful on the right, negative on the left.", {("fadir", "present", "right"), ("fadir", "absent", "left")}),
        ("Tinel: R neg, L neg.", {("tinel", "absent", "right"), ("tinel", "absent", "left")}),
        ("Tinel L elbow, neg R.", {("tinel", "present", "left"), ("tinel", "absent", "right")}),
        ("Adson -/-.", {("adson", "absent", "bilateral")}),
        ("Spurling's positive on the left, sensation normal on the right.", {("spurling", "present", "left")}),
        ("Right knee McMurray + ; Left knee McMurray -", {("mcmurray", "present", "right"), ("mcmurray", "absent", "left")}),
    ],
)  # fmt: skip
def test_each_side_has_its_own_result(sentence: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert told(sentence, *(name for name, _, _ in expected)) == expected


def test_a_level_is_no_side() -> None:
    (event,) = [event for event in read("Plan: PT 2x6 L-spine.").events if event.treatment == "physical-therapy"]
    assert (event.body_part, event.side) == ("lumbar spine", None)


def test_of_two_visits_the_later_one_is_now() -> None:
    reading = read(TWO_VISITS)
    assert ("functional-improvement", "present") in {(found.finding, found.status) for found in reading.findings}
    assert [found.value for found in reading.findings if found.finding == "flexion-or-abduction"] == [115]
    assert {found.time for found in reading.findings if found.finding == "opioid-use"} == {"historical"}
    assert ("straight-leg-raise", "present", "current") not in {(f.finding, f.status, f.time) for f in reading.findings}


def test_of_many_visits_the_last_one_is_now() -> None:
    told = {(found.status, found.time) for found in read(WEEKS).findings if found.finding == "straight-leg-raise"}
    assert ("absent", "current") in told
    assert ("present", "current") not in told


def test_columns_headed_by_days_are_put_in_order() -> None:
    times = {found.status: found.time for found in read(TWO_DAYS).findings if found.finding == "straight-leg-raise"}
    assert times.get("absent") == "current"
    assert times.get("present", "historical") == "historical"


def test_what_a_decision_granted_is_authorized_and_the_rest_denied() -> None:
    events = {event.treatment: event.status for event in read(DECIDED).events}
    assert events["physical-therapy"] == "authorized"
    assert events["hyaluronic-acid-injection"] == "denied"
    assert events["gym-membership"] == "denied"


def test_the_head_of_a_table_tells_what_its_rows_are_of() -> None:
    found = {(f.finding, f.status, f.side) for f in read(OF_STRENGTH).findings}
    assert {("motor-deficit", "present", "right"), ("motor-deficit", "absent", "left")} <= found
    assert {("sensory-deficit", "present", "right"), ("sensory-deficit", "absent", "left")} <= found
    assert {("reflex-deficit", "absent", "right"), ("reflex-deficit", "present", "left")} <= found


def test_an_angle_is_measured_against_the_normal_one_beside_it() -> None:
    """Less than the normal is a loss, as much as the normal is none, on whichever side of the table the normal stands."""
    for head, first, second in (
        ("Right     Left      Normal", "95        120       120", "5         30        30"),
        ("Normal    Right     Left", "120       95        120", "30        5         30"),
    ):
        page = f"Hip ROM             {head}\nFlexion             {first}\nInternal rotation   {second}\n"
        lost = {(one.status, one.side) for one in read(page).findings if one.finding == "measured-motion-loss"}
        assert lost == {("present", "right"), ("absent", "left")}
