"""What the report says of the formulary: the status of each drug, and what follows from it in this request."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.api import check_request, open_rulebook
from checker.chart.model import Finding, TreatmentEvent, make_chart
from checker.report.model import ProcedureLine
from checker.request.model import Injury, Item, Request
from checker.rulebook.model import Rulebook

LIST = """list: {version: v50, from: "2030-01-01", complete: true, source: made for this test}
entries:
  - {drug: naproxen, status: exempt, topics: {low back: recommended}}
  - {drug: prednisone, status: non-exempt, special_fill: 4, perioperative_fill: 3}
  - {drug: acetaminophen / hydrocodone, status: non-exempt}
  - {drug: prednisolone, status: exempt, basis: {kind: recalled, confidence: low, source: made for this test}}
"""
DAY = date(2030, 6, 10)


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("pack") / "formulary"
    folder.mkdir()
    (folder / "list-2030-01-01.yaml").write_text(LIST)
    return open_rulebook((folder.parent,))


def lines(
    rulebook: Rulebook,
    words: str,
    findings: tuple[str, ...] = (),
    *,
    injury: date | None = date(2030, 6, 5),
    events: tuple[TreatmentEvent, ...] = (),
    day: date = DAY,
) -> dict[str, ProcedureLine]:
    """The lines on the formulary by their point; "" is the status."""
    item = Item("item-1", words)
    chart = make_chart([Finding(name) for name in findings], events)
    report = check_request(Request((item,), injury=Injury(injury)), chart, rulebook, day)
    own = [line for line in report.procedure if line.id.startswith("formulary-item-1-")]
    status = own[0].id if own else ""
    return {line.id.removeprefix(status).removeprefix("-"): line for line in own}


def test_an_exempt_drug_in_accord_with_the_mtus_needs_no_review(rulebook: Rulebook) -> None:
    told = lines(rulebook, "Naproxen 500 mg #60", ("pain",))
    assert told[""].status == "met"
    assert "no prospective review" in told[""].statement
    assert "low back: recommended" in str(told[""].detail)
    assert told["accord"].status == "met"
    assert set(told) == {"", "accord"}


def test_an_exempt_drug_without_accord_is_to_be_reviewed(rulebook: Rulebook) -> None:
    told = lines(rulebook, "Naproxen 500 mg #60")
    assert told["accord"].status == "not_met"
    assert "painful-condition" in str(told["accord"].detail)
    assert told["accord"].remedy


def test_accord_is_open_where_no_rule_of_the_mtus_speaks(rulebook: Rulebook, tmp_path: Path) -> None:
    folder = tmp_path / "pack" / "formulary"
    folder.mkdir(parents=True)
    (folder / "list.yaml").write_text(LIST.replace("drug: naproxen", "drug: cephalexin"))
    told = lines(open_rulebook((folder.parent,)), "Keflex 500 mg #28")
    assert told["accord"].status == "not_documented"


def test_a_drug_that_is_not_exempt_is_reviewed_first(rulebook: Rulebook) -> None:
    assert lines(rulebook, "Norco 5/325 mg #20")["reviewed-first"].status == "met"
    late = lines(rulebook, "Retrospective Norco 5/325 mg #20, date of service 6/7/2030")
    assert late["reviewed-first"].status == "not_met"
    assert late["reviewed-first"].remedy


def test_unlisted(rulebook: Rulebook) -> None:
    told = lines(rulebook, "Zoloft 50 mg #30")
    assert "is unlisted: prospective review" in told[""].statement
    assert told["reviewed-first"].status == "met"


def test_a_weak_status_is_shown_and_decides_nothing(rulebook: Rulebook) -> None:
    told = lines(rulebook, "Prednisolone 5 mg #10", ("crps", "rationale-stated"))
    assert set(told) == {""}
    assert told[""].status == "not_documented"
    assert "to be treated as in need of prospective review" in told[""].statement
    assert "Unverified" in str(told[""].detail)
    assert told[""].basis == "recalled (low confidence)"


GOOD = ("crps", "rationale-stated", "first-visit")


@pytest.mark.parametrize(
    ("words", "findings", "status"),
    [
        ("Prednisone 20 mg, 4 days", GOOD, "met"),
        ("Prednisone 20 mg, 10 days", GOOD, "not_met"),
        ("Prednisone 20 mg #10", GOOD, "not_documented"),
        ("Prednisone 20 mg, 4 days", GOOD[:2], "not_documented"),  # not said to be the first visit
        ("Prednisone 20 mg, 4 days", GOOD[2:], "not_met"),  # not in accord with the MTUS
    ],
)
def test_special_fill(rulebook: Rulebook, words: str, findings: tuple[str, ...], status: str) -> None:
    told = lines(rulebook, words, findings)["special-fill"]
    assert told.status == status
    assert "up to 4 days" in told.statement


def test_a_special_fill_ends_with_the_first_week_and_needs_a_mark_on_the_list(rulebook: Rulebook) -> None:
    assert "special-fill" not in lines(rulebook, "Prednisone 20 mg, 4 days", GOOD, injury=date(2030, 6, 2))
    assert "special-fill" not in lines(rulebook, "Prednisone 20 mg, 4 days", GOOD, injury=None)
    assert "special-fill" not in lines(rulebook, "Norco 5/325 mg, 4 days", GOOD)


def test_perioperative_fill(rulebook: Rulebook) -> None:
    operation = (TreatmentEvent("rotator-cuff-repair", "done", start=date(2030, 6, 7), end=date(2030, 6, 7)),)
    told = lines(rulebook, "Prednisone 20 mg, 3 days", GOOD[:2], injury=date(2029, 6, 5), events=operation)
    assert told["perioperative-fill"].status == "met"
    long = lines(rulebook, "Prednisone 20 mg, 5 days", GOOD[:2], injury=date(2029, 6, 5), events=operation)
    assert "5 days are asked for, 3 are allowed" in str(long["perioperative-fill"].detail)
    assert "perioperative-fill" not in lines(rulebook, "Prednisone 20 mg, 3 days", GOOD[:2], injury=date(2029, 6, 5))


@pytest.mark.parametrize(
    ("words", "findings", "status"),
    [
        ("Naprosyn 500 mg #60, brand only", (), "not_documented"),
        ("Naprosyn 500 mg #60, dispense as written", ("patient-specific-reason",), "met"),
        ("Naprosyn 500 mg #60", ("brand-asked-for", "patient-specific-reason"), "met"),
    ],
)
def test_brand(rulebook: Rulebook, words: str, findings: tuple[str, ...], status: str) -> None:
    assert lines(rulebook, words, findings)["brand"].status == status
    assert "brand" not in lines(rulebook, "Naprosyn 500 mg #60")  # a brand name alone does not exclude the generic


def test_a_compound_is_always_reviewed(rulebook: Rulebook) -> None:
    told = lines(rulebook, "Gabapentin 10% / cyclobenzaprine 6% cream 180 g")
    assert "prospective review always" in told[""].statement
    assert told[""].status == "met"


@pytest.mark.parametrize(
    ("words", "injury", "status"),
    [
        ("Naproxen 500 mg, 7 days", date(2030, 6, 5), "met"),
        ("Naproxen 500 mg, 30 days", date(2030, 6, 5), "not_met"),
        ("Naproxen 500 mg, 7 days", date(2030, 5, 5), "not_met"),
    ],
)
def test_dispensed_by_the_physician(rulebook: Rulebook, words: str, injury: date, status: str) -> None:
    told = lines(rulebook, words, ("pain", "first-visit", "dispensed-by-physician"), injury=injury)
    assert told["dispensed-by-physician"].status == status


def test_transition_of_injuries_before_the_formulary(rulebook: Rulebook) -> None:
    old, taken = date(2015, 6, 5), (TreatmentEvent("hydrocodone-acetaminophen", "done"),)
    told = lines(rulebook, "Norco 5/325 mg #60", injury=old, events=taken)
    assert told["transition"].status == "not_documented"
    told = lines(rulebook, "Norco 5/325 mg #60", ("taper-plan",), injury=old, events=taken)
    assert told["transition"].status == "met"
    assert "transition" not in lines(rulebook, "Norco 5/325 mg #60", injury=date(2019, 6, 5), events=taken)


def test_what_the_formulary_does_not_cover(rulebook: Rulebook) -> None:
    assert not lines(rulebook, "MRI of the lumbar spine")
    assert not lines(rulebook, "Naproxen 500 mg #60", day=date(2017, 12, 31))
    assert not lines(rulebook, "Aimovig 70 mg")  # given by injection in this catalogue: a clinician's drug


def test_where_to_look_a_status_up_is_said_once() -> None:
    items = (Item("item-1", "Naproxen 500 mg #60"), Item("item-2", "Soma 350 mg #30"))
    report = check_request(Request(items), make_chart([], []), open_rulebook(), date(2024, 3, 1))
    told = [line for line in report.procedure if line.id.startswith("formulary-")]
    assert sum("formulary update" in str(line.remedy) for line in told) == 1
    assert sum("Unverified" in str(line.detail) for line in told) == 2
