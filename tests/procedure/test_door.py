"""Which door: the next step on a day, with its dates filled in; and what the door promises."""

from __future__ import annotations

import re

import pytest

from checker.procedure.law import Law
from tests.procedure.conftest import Judge

COMPLETE = (
    "rfa: {date: 2026-04-06, form: form-rfa, identifies: [employee, provider], items_on_form: true, signed: true, "
    "sent_by: fax}\n"
    "diagnoses: [{code: M54.5, description: Low back pain}]\n"
    "documents: [{id: a, type: PR-2, date: 2026-03-20, text: Back pain.}]\n"
)
RECEIVED = "rfa: {date: 2016-03-02, received: 2016-03-02"
DENIED = "utilization_review: {decision: denied, date: 2016-03-04, served: 2016-03-04, served_by: fax}"


@pytest.mark.parametrize(
    ("text", "today", "door"),
    [
        (COMPLETE, "2026-04-06", "send-it"),
        (COMPLETE.replace("signed: true, ", ""), "2026-04-06", "check-it"),
        (COMPLETE.replace("signed: true", "signed: false"), "2026-04-06", "complete-it"),
        (f"{RECEIVED}}}", "2016-03-05", "waiting"),
        (f"{RECEIVED}}}", "2016-03-20", "overdue"),
        (f"{RECEIVED}}}\nutilization_review: {{asked: 2016-03-04}}", "2016-03-05", "answer-question"),
        (f"{RECEIVED}}}\n{DENIED}", "2016-03-05", "internal-appeal"),
        (f"{RECEIVED}}}\n{DENIED}", "2016-05-05", "imr-closed"),
        (f"{RECEIVED}, changed_facts: New MRI of 2016-03-10}}\n{DENIED}", "2016-03-12", "resubmit"),
        (
            f"{RECEIVED}}}\n{DENIED.replace('2016-03-04, served: 2016-03-04', '2016-03-10')}",
            "2016-03-12",
            "late-review",
        ),
        (f"{DENIED}\nimr: {{decided: 2016-05-02, decision: overturned}}", "2016-05-03", "imr-overturned"),
        (f"{DENIED}\nimr: {{decided: 2016-05-02, decision: upheld}}", "2016-05-03", "imr-upheld"),
        (f"{DENIED}\nimr: {{decided: 2016-05-02, decision: upheld}}", "2016-07-03", "imr-upheld-final"),
    ],
)
def test_door(text: str, today: str, door: str, judge: Judge) -> None:
    step, items = judge(text, today).steps[0]
    assert step.door.id == door
    assert items == ()
    assert "{" not in step.do


def test_the_application_names_its_day(judge: Judge) -> None:
    do = judge(f"{RECEIVED}}}\n{DENIED}", "2016-03-05").steps[0][0].do
    assert "by Fri 2016-04-01" in do  # day 30 is Sunday 3 April


def test_a_passed_safe_day_says_what_can_still_be_argued(judge: Judge) -> None:
    text = f"{RECEIVED}}}\n{DENIED.replace('fax', 'mail')}"
    assert "Fri 2016-04-01 (passed; Fri 2016-04-08 can be argued)" in judge(text, "2016-04-05").steps[0][0].do


def test_late_review_is_never_called_approval(law: Law) -> None:
    texts = [door.do for door in law.doors if door.id in ("late-review", "overdue")]
    assert all(re.search(r"no(?: |\n)approval", text) for text in texts)


def test_a_day_that_is_not_known_is_said_to_be_so(judge: Judge) -> None:
    do = judge("utilization_review: {decision: denied}", "2016-03-05").steps[0][0].do
    assert "not stated in the request" in do
