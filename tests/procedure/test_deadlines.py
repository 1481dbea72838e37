"""Limits of time: never earlier than the statute, open where the request leaves them open, and the letters of IMR."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.api import judge_procedure, open_rulebook
from checker.chart.model import make_chart
from checker.engine.logic import MET, NOT_MET, UNKNOWN
from checker.procedure.case import Case, open_cases
from checker.procedure.deadlines import Due, due_of, dues
from checker.procedure.law import Limit, Reading, build_law
from checker.report.model import Report
from checker.request.model import Asked, Injury, Item, Request, Review
from tests.procedure.conftest import Judge

TABLE = Path(__file__).parent.parent / "data" / "imr-dates.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
DAYS = st.dates(date(2013, 7, 1), date(2030, 6, 30))
RULEBOOK = open_rulebook()


def case(today: date = date(2017, 3, 1), **parts: object) -> Case:
    """A case of one MRI with these parts of a request."""
    item = Item("mri", "MRI of the lumbar spine")
    request = Request(items=(item,), **parts)  # type: ignore[arg-type]
    return open_cases(request, {"mri": Asked(treatments=("mri",))}, make_chart(), RULEBOOK, today, None)[0][0]


def due(name: str, **parts: object) -> Due:
    return next(due for due in dues(case(**parts)) if due.limit.id == name)


# --- the ninety letters ----------------------------------------------------------------------------------------------


def application(row: dict[str, str]) -> Due:
    days = {name: date.fromisoformat(text) for name, text in row.items()}
    review = Review("denied", days["ur_denial"])
    imr = {"applied": row["application"]}
    return due("imr-application", injury=Injury(days["injury"]), review=review, imr=imr)


def test_every_application_that_imr_accepted_is_in_time_on_some_reading() -> None:
    assert len(ROWS) == 90
    assert NOT_MET not in {application(row).value for row in ROWS}


def test_the_applications_after_the_safe_day_are_those_explained_in_the_docs() -> None:
    late = {row["ur_denial"]: row["application"] for row in ROWS if application(row).value == UNKNOWN}
    assert late == {
        "2016-10-28": "2016-11-28",  # day 30 is a Sunday
        "2016-12-07": "2017-01-09",  # day 33
        "2016-12-05": "2017-01-10",  # day 36: the letter was sent up to two business days after the decision
        "2016-12-19": "2017-01-20",  # day 32
    }


# --- properties ------------------------------------------------------------------------------------------------------


@given(DAYS, st.booleans())
def test_review_is_due_on_a_business_day_five_days_on_and_no_earlier(received: date, is_fax: bool) -> None:
    rfa = {"date": received.isoformat(), "received": received.isoformat(), "sent_by": "fax" if is_fax else "mail"}
    found = due("ur-decision", rfa=rfa)
    assert found.latest is not None
    between = [received + timedelta(days=n) for n in range(1, (found.safe - received).days + 1)]
    assert sum(case().strict.closed(day) is None for day in between) == 5
    assert found.safe <= found.latest
    assert case().strict.closed(found.safe) is None


@given(DAYS, st.sampled_from(["mail", "fax", None]))
def test_the_application_is_due_on_day_thirty_and_to_be_filed_on_a_business_day(served: date, by: str | None) -> None:
    found = due("imr-application", review=Review("denied", served, served=served, served_by=by))
    assert found.safe == served + timedelta(days=30)
    assert found.act_by is not None
    assert found.act_by <= found.safe
    assert case().wide.closed(found.act_by) is None
    assert found.latest is not None
    assert found.latest >= found.safe + timedelta(days=0 if by == "fax" else 5)
    assert case().wide.closed(found.latest) is None


@given(DAYS, st.integers(0, 400))
def test_late_is_only_what_is_late_on_every_reading(received: date, after: int) -> None:
    decided = received + timedelta(days=after)
    rfa = {"date": received.isoformat(), "received": received.isoformat()}
    found = due("ur-decision", rfa=rfa, review=Review("denied", decided))
    assert found.latest is not None
    wanted = MET if decided <= found.safe else NOT_MET if decided > found.latest else UNKNOWN
    assert found.value == wanted


# --- what is not known stays open ------------------------------------------------------------------------------------


def test_a_form_without_receipt_never_makes_review_late() -> None:
    found = due("ur-decision", rfa={"date": "2016-03-02"}, review=Review("denied", date(2016, 12, 1)))
    assert found.latest is None
    assert found.value == UNKNOWN
    assert "does not state when it was received" in " ".join(found.conflicts)


def test_a_weak_memory_never_decides_alone() -> None:
    one = case(rfa={"date": "2016-03-02", "received": "2016-03-02"})
    fact = {"statement": "Ten days.", "citation": "LC 1", "basis": {"kind": "recalled", "confidence": "low"}}
    strong = {**fact, "basis": {"kind": "seen", "source": "example.org"}}
    law = build_law({"facts": {"X1": fact, "X2": strong}})
    weak = Reading(("3 days",), facts=("X1",), because="a weak memory")
    limit = Limit("x", "X", "office", "receipt", ("X2",), (Reading(("10 days",)), weak))
    known = Case(**{**{name: getattr(one, name) for name in Case.__dataclass_fields__}, "law": law})
    found = due_of(limit, known)
    assert found is not None
    assert found.safe == date(2016, 3, 12)
    assert due_of(Limit("x", "X", "office", "receipt", ("X1",), (Reading(("3 days",)),)), known) is None


def test_every_other_reading_is_named_with_its_day() -> None:
    found = due("imr-records", imr={"assigned": "2016-11-14"})
    assert [text.rsplit(": ", 1)[1] for text in found.conflicts] == ["Tue 2016-11-29", "Sat 2016-11-26"]


def test_a_disputed_holiday_is_named() -> None:
    found = due("ur-decision", rfa={"date": "2016-10-06", "received": "2016-10-06"})
    assert (found.safe, found.latest) == (date(2016, 10, 13), date(2016, 10, 14))
    assert "Mon 2016-10-10 (Columbus Day) is a holiday on one official list only" in found.conflicts[0]


@pytest.mark.parametrize(
    ("rfa", "safe"),
    [
        ('sent: "2016-03-02 17:30", sent_by: fax', "2016-03-09"),
        ('sent: "2016-03-02 17:31", sent_by: fax', "2016-03-10"),
        ('sent: "2016-03-02 17:31", sent_by: encrypted e-mail', "2016-03-09"),  # the rule names the fax only
        ('sent: "2016-03-02 17:31", sent_by: fax, concurrent: true', "2016-03-09"),
        ('sent: "2016-03-04 18:00", sent_by: fax', "2016-03-14"),  # a Friday evening
        ("sent: 2016-03-02, sent_by: mail, received: 2016-03-03", "2016-03-10"),  # proof of receipt beats the mail rule
    ],
)
def test_receipt(rfa: str, safe: str, judge: Judge) -> None:
    judged = judge(f"rfa: {{date: 2016-03-02, {rfa}}}", "2016-03-10")
    found = next(due for due in judged.dues if due.limit.id == "ur-decision")
    assert found.safe == date.fromisoformat(safe)


def test_items_with_other_days_are_named(judge: Judge) -> None:
    judged = judge(
        "rfa: {date: 2019-03-06, received: 2019-03-06}\n"
        'items: [{id: mri, request: MRI of the lumbar spine}, {id: norco, request: "Norco 10/325 #60"}]',
        "2019-03-06",
    )
    assert {found.limit.id: found.items for found in judged.dues} == {
        "ur-decision": ("mri",),
        "ur-decision-formulary": ("norco",),
    }


def test_a_decision_before_its_request_is_not_the_one_that_the_limit_waits_for(judge: Judge) -> None:
    judged = judge(
        "utilization_review: {date: 2016-02-15, decision: denied}\n"
        "rfa: {date: 2016-03-02, received: 2016-03-02, type: resubmission}",
        "2016-03-04",
    )
    found = {due.limit.id: due for due in judged.dues}
    assert (found["ur-decision"].done, found["ur-decision"].value) == (None, UNKNOWN)
    assert found["imr-application"].start.early == date(2016, 2, 15)


def test_judging_is_pure(judge: Judge) -> None:
    text = "rfa: {date: 2016-03-02, received: 2016-03-02}"
    assert judge(text, "2016-03-05").dues == judge(text, "2016-03-05").dues


def test_a_request_before_the_encoded_law_says_so() -> None:
    request = Request(items=(Item("mri", "MRI"),), rfa={"date": "2012-12-17"})
    judged = judge_procedure(request, make_chart(), RULEBOOK, Report("x", date(2012, 12, 17), ()), date(2012, 12, 17))
    assert not judged.requirements
    assert not judged.steps
