"""Words for values: which criteria count against a request, percentages, and the first step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.report import wording
from checker.report.model import Odds
from tests.report.samples import BARRIER, MET, NOT_MET, SILENT, TWITCH_LINE, UNDETERMINED, criterion, item


@pytest.mark.parametrize(
    ("role", "status", "failing"),
    [
        ("required", "met", False),
        ("required", "not_met", True),
        ("required", "not_documented", True),
        ("required", "conflicting", False),
        ("required", "not_applicable", False),
        ("exclusion", "met", True),
        ("exclusion", "not_met", False),
        ("exclusion", "not_documented", False),
        ("supporting", "not_met", False),
    ],
)
def test_fails(role: str, status: str, failing: bool) -> None:
    assert wording.fails(criterion("x", status, role=role)) is failing


def test_a_conflict_that_counts_against_the_request_has_a_remedy() -> None:
    assert wording.fails(criterion("x", "conflicting", remedy="Say which holds."))


def test_why_counts_in_the_plural() -> None:
    silent, first, second = criterion("z", "not_documented"), *(criterion(n, "met", role="exclusion") for n in "xy")
    assert "1 not documented, 2 speak against" in wording.why_of(item("upheld", silent, first, second))
    assert wording.why_of(item("upheld", first, second)).endswith("stand in the way: speak against")
    assert wording.why_of(item("upheld", first)).endswith("stands in the way: speaks against")


@pytest.mark.parametrize(
    ("role", "lead"), [("required", wording.SO_FAR), ("supporting", wording.SO_FAR), ("exclusion", wording.LOOKED_AT)]
)
def test_lines_that_do_not_suffice_are_told_as_such(role: str, lead: str) -> None:
    silent = criterion("x", "not_documented", role=role)
    assert wording.lead_of(silent) == ""
    assert wording.lead_of(replace(silent, evidence=(TWITCH_LINE,))) == lead


@pytest.mark.parametrize(("value", "text"), [(0.0, "under 1%"), (0.043, "4%"), (0.5, "50%"), (0.999, "over 99%")])
def test_percent(value: float, text: str) -> None:
    assert wording.percent(value) == text


def test_odds_without_a_number_are_said_to_be_missing() -> None:
    assert wording.odds_of(Odds()) == "no odds: not measured for this treatment"


def test_the_source_of_the_odds_is_told_apart_from_them() -> None:
    odds = Odds(0.043, 0.02, 0.09, "212 letters of 2013-14")
    assert wording.odds_of(odds) == "chance that IMR would overturn a denial: 4% (range 2% to 9%)"
    assert wording.odds_basis(odds) == "How the chance was measured: 212 letters of 2013-14"
    assert wording.odds_basis(Odds(basis="no odds: too few letters")) == ""


@pytest.mark.parametrize(
    ("unread", "text"),
    [
        ((), ""),
        (("scan, page 1",), "scan, page 1 was not read."),
        (("a, page 1", "a, page 2"), "a, page 1, a, page 2 were not read."),
        (tuple(f"a, page {n}" for n in range(1, 6)), "a, page 3 and 2 more pages were not read."),
    ],
)
def test_what_was_not_read(unread: tuple[str, ...], text: str) -> None:
    said = wording.unread_of(replace(SILENT, unread=unread))
    assert text in said
    assert bool(said) is bool(unread)


def test_first_step() -> None:
    assert wording.first_step(SILENT.items[0]) == ("Do first", "Write the exercise program into the plan.")
    assert wording.first_step(BARRIER.items[0])[0] == "Stands in the way"
    assert "Compare the lines" in wording.first_step(MET.items[0])[1]
    assert "Name the treatment" in wording.first_step(UNDETERMINED.items[0])[1]


def test_a_chance_that_seems_to_gainsay_the_verdict_is_explained() -> None:
    low, high = (replace(MET.items[0], odds=Odds(chance, 0.1, 0.9)) for chance in (0.43, 0.7))
    assert "fewer than half of such denials" in wording.why_of(low)
    assert wording.why_of(high) == "every criterion that decides is met"


def test_an_exclusion_does_not_read_backwards() -> None:
    found = criterion("x", "met", role="exclusion", statement="Infection at the site.")
    assert wording.mark_of(found).word == "speaks against"
    assert wording.statement_of(found) == "Infection at the site [must not be so]"


def test_a_barrier_says_that_its_statement_is_not_so() -> None:
    found = criterion("x", "not_met", barrier=True, statement="The guideline recommends this service.")
    assert wording.statement_of(found) == "Not so: The guideline recommends this service [no paper mends it]"


def test_an_amount_in_one_unit_is_not_missing_in_the_others() -> None:
    told = "the item does not state the number of weeks; 30 days asked; not more than 31"
    assert wording.reason_of(criterion("x", "not_documented", reason=told)) == "30 days asked; not more than 31"
    assert wording.reason_of(criterion("x", "not_documented", reason=told[:44])) == told[:44]


def test_silence_is_told_from_contradiction() -> None:
    assert "silent" in wording.why_of(SILENT.items[0])
    assert "silent" not in wording.why_of(NOT_MET.items[0])


def test_turning() -> None:
    assert wording.turning(SILENT.items[0]) == "Step 1 alone would turn the verdict."
    assert wording.turning(NOT_MET.items[0]) == "Steps 1 and 2 together would turn the verdict."
    assert "hard barrier" in wording.turning(BARRIER.items[0])
    assert wording.turning(MET.items[0]) == ""


def test_an_unknown_status_is_shown_not_swallowed() -> None:
    assert wording.mark_of(criterion("x", "odd")).word == "odd"


def test_totals() -> None:
    assert wording.totals([SILENT, MET]) == "2 requests, 2 items: 1 upheld, 1 overturned."
    assert wording.totals([]) == "0 requests, 0 items: nothing checked."


def test_pages() -> None:
    guideline = item("upheld").guideline
    assert guideline is not None
    assert "page 122 (MTUS, presumed correct)" in wording.citation(guideline)
