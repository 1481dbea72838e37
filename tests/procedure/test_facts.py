"""One row for every encoded fact of the law, named by its id: what a request that it touches comes to.

A row that says `due` gives the safe and the latest day of a limit, `rule` the status of a requirement, `door` the next
step. The fact must also be among the sources shown for it.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from checker.engine.logic import STATUS
from checker.procedure.law import Law
from tests.procedure.conftest import Judge

SENT_2014 = "rfa: {date: 2014-09-02, sent: 2014-09-02, sent_by: fax"
SENT_2026 = "rfa: {date: 2026-04-06, sent: 2026-04-06, sent_by: fax"
RECEIVED = "rfa: {date: 2016-03-02, received: 2016-03-02"
DENIED = "injury: {date: 2015-01-05}\nutilization_review: {decision: denied, date: 2016-11-03, served: 2016-11-03"
SERVED_BY_FAX = f"{DENIED}, served_by: fax}}"
THERAPY = "items: [{request: Physical therapy 12 visits for the lumbar spine}]\n"
EARLY_2019 = "injury: {date: 2019-03-01, accepted: [lumbar spine]}\nrfa: {date: 2019-03-11, eligible_provider: true}\n"
SUPPORTED = (
    "items: [{request: 'Ultrasound guidance for left stellate ganglion block, cervical spine'}]\n"
    "documents: [{id: a, type: PR-2, date: 2016-10-20, text: 'Physical therapy and a home exercise program continue "
    "alongside the block. The left "
    "upper extremity is cool to touch with allodynia and erythema.'}]\n"
)
LASER = "items: [{request: Low level laser therapy}]\n"
EARLY_ITEM = 'items: [{request: "Physical therapy 6 visits, lumbar spine"}]\n'


class Row(NamedTuple):
    fact: str
    text: str
    today: str
    kind: str  # due, rule or door
    name: str
    outcome: str = ""  # safe day, or safe..latest; or a status
    is_cited: bool = True


ROWS = [
    # a complete request, text of 2014
    Row("A1", f"{SENT_2014}, form: form-rfa}}", "2014-09-03", "rule", "rfa-form", "met"),
    Row("A2", f"{SENT_2014}, signed: false}}", "2014-09-03", "rule", "rfa-signature", "not_met"),
    Row(
        "A3",
        f"{SENT_2014}}}\ndocuments: [{{id: a, type: PR-2, date: 2014-08-30, text: Back pain.}}]",
        "2014-09-03", "rule", "rfa-report", "met",
    ),
    Row("A4", f"{SENT_2014}, guideline: MTUS ch. 12}}", "2014-09-03", "rule", "rfa-guideline", "met"),
    Row("A5", f"{SENT_2014}, to_designated: false}}", "2014-09-03", "rule", "rfa-address", "not_met"),
    Row("A7", f"{SENT_2014}, form: oral, confirms_oral: true}}", "2014-09-03", "rule", "rfa-oral", "met"),
    Row("A8", f"{SENT_2014}, form: narrative, narrative_accepted: true}}", "2014-09-03", "rule", "rfa-form", "met"),
    Row("A9", f"{SENT_2014}, signed: false}}", "2014-09-03", "due", "returned-incomplete", "2014-09-09..2014-09-10"),
    Row("A10", "rfa: {date: 2014-09-02, signed: false}", "2014-09-02", "door", "complete-it"),
    Row("A11", "utilization_review: {decision: conditional, date: 2016-11-03}", "2016-11-04", "door", "conditional"),
    Row("A12", f"{RECEIVED}, expedited: true, expedited_certified: true}}", "2016-03-02", "rule", "expedited-need", "met"),
    Row("A13", f"{RECEIVED}, expedited: true}}", "2016-03-02", "rule", "expedited-need", "not_documented"),
    Row(
        "A14", f"{RECEIVED}, expedited: true, expedited_certified: false}}", "2016-03-02",
        "due", "ur-decision-expedited", "2016-03-05..2016-03-09", False,
    ),
    # receipt
    Row("A15", "rfa: {date: 2016-03-02, sent: 2016-03-02, sent_by: fax}", "2016-03-02", "due", "ur-decision", "2016-03-09"),
    Row(
        "A16", 'rfa: {date: 2016-03-02, sent: "2016-03-02 17:31", sent_by: fax}', "2016-03-02",
        "due", "ur-decision", "2016-03-10",
    ),
    Row(
        "A18", "rfa: {date: 2016-03-02, sent: 2016-03-02, sent_by: mail}", "2016-03-02",
        "due", "ur-decision", "2016-03-14..2016-03-16",
    ),
    Row("A19", f"{RECEIVED}}}", "2016-03-02", "due", "ur-decision", "2016-03-09"),
    Row("A20", "rfa: {date: 2020-11-20, received: 2020-11-20}", "2020-11-20", "due", "ur-decision", "2020-12-01"),
    Row("B13", "rfa: {date: 2016-03-04, received: 2016-03-04}", "2016-03-04", "due", "ur-decision", "2016-03-11"),
    Row("HOLIDAYS", "rfa: {date: 2017-11-08, received: 2017-11-08}", "2017-11-08", "due", "ur-decision", "2017-11-16", False),
    Row("FRIDAY", "rfa: {date: 2016-11-18, received: 2016-11-18}", "2016-11-18", "due", "ur-decision", "2016-11-28..2016-11-29", False),
    # the first thirty days
    Row("A21", EARLY_2019 + EARLY_ITEM, "2019-03-11", "rule", "first-thirty-days", "met"),
    Row("A22", EARLY_2019.replace("true", "false") + EARLY_ITEM, "2019-03-11", "rule", "first-thirty-days", "not_met"),
    Row("A23", EARLY_2019.replace(", eligible_provider: true", "") + EARLY_ITEM, "2019-03-11", "rule", "first-thirty-days", "not_documented"),
    Row("A24", EARLY_2019, "2019-03-11", "rule", "first-thirty-days", "absent", False),
    Row(
        "A25", "injury: {date: 2019-03-01}\nrfa: {date: 2019-03-05, first_visit: 2019-03-04}", "2019-03-05",
        "due", "special-report", "2019-03-09",
    ),
    # utilization review
    Row("B1", "rfa: {date: 2016-02-19, received: 2016-03-02}", "2016-03-02", "due", "ur-decision", "2016-03-04..2016-03-09"),
    Row(
        "B2", 'rfa: {date: 2019-03-06, received: 2019-03-06}\nitems: [{request: "Norco 10/325 #60"}]', "2019-03-06",
        "due", "ur-decision-formulary", "2019-03-13",
    ),
    Row("B3", f"{RECEIVED}, expedited: true, expedited_certified: true}}", "2016-03-02", "due", "ur-decision-expedited", "2016-03-05"),
    Row(
        "B4", f"{RECEIVED}}}\nitems: [{{request: MRI of the lumbar spine, retrospective: true}}]", "2016-03-02",
        "due", "ur-decision-retrospective", "2016-04-01",
    ),
    Row(
        "B5", f"{RECEIVED}}}\nutilization_review: {{asked: 2016-03-08}}", "2016-03-08",
        "due", "ur-decision-extended", "2016-03-16",
    ),
    Row("B6", f"{RECEIVED}}}\nutilization_review: {{asked: 2016-03-08}}", "2016-03-08", "due", "information-given-up", "2016-03-16"),
    Row(
        "B7", f"{RECEIVED}}}\nutilization_review: {{asked: 2016-03-08, answered: 2016-03-14}}", "2016-03-14",
        "due", "ur-decision-answered", "2016-03-21",
    ),
    Row("B8", f"{DENIED}, communicated: 2016-11-04}}", "2016-11-04", "due", "physician-told", "2016-11-04"),
    Row("B9", SERVED_BY_FAX, "2016-11-04", "due", "written-notice", "2016-11-07"),
    Row("B18", f"{RECEIVED}}}\nutilization_review: {{decision: approved, date: 2016-03-04}}", "2016-03-05", "door", "authorized"),
    Row("B21", f"{RECEIVED}}}\nutilization_review: {{decision: denied, date: 2016-03-10}}", "2016-03-11", "door", "late-review"),
    Row(
        "B23", f"{RECEIVED}}}\nutilization_review: {{decision: denied, date: 2016-03-04, communicated: 2016-03-08}}",
        "2016-03-09", "due", "physician-told", "2016-03-05",
    ),
    Row("B24", f"{RECEIVED}}}\nutilization_review: {{decision: denied, date: 2016-03-10}}", "2016-03-11", "door", "late-review"),
    Row("B27", SERVED_BY_FAX, "2016-11-04", "due", "same-request-again", "2017-11-03"),
    Row(
        "B29", f"{RECEIVED}, type: resubmission, earlier_decision: {{date: 2015-10-01}}}}", "2016-03-02",
        "rule", "resubmission-change", "not_documented",
    ),
    Row("B31", "utilization_review: {decision: conditional, date: 2016-11-03}", "2016-11-04", "door", "conditional"),
    Row("B32", f"{RECEIVED}}}\nutilization_review: {{decision: deferred, date: 2016-03-04}}", "2016-03-05", "door", "liability"),
    Row("B33", f"{RECEIVED}}}\nutilization_review: {{decision: deferred, date: 2016-03-04}}", "2016-03-05", "due", "deferral-notice", "2016-03-09"),
    Row(
        "B35",
        f"{RECEIVED}}}\nutilization_review: {{decision: deferred, date: 2016-03-04, liability_resolved: 2016-06-01}}\n"
        "items: [{request: MRI of the lumbar spine, retrospective: true}]",
        "2016-06-02", "due", "ur-decision-after-liability", "2016-07-01",
    ),
    # independent medical review
    Row("C1", "injury: {date: 2012-05-01}\nutilization_review: {decision: denied, date: 2013-05-01}", "2013-05-02", "door", "earlier-law"),
    Row("C2", f"{SERVED_BY_FAX}\n{SUPPORTED}", "2016-11-04", "door", "imr-now"),
    Row("C3", SERVED_BY_FAX, "2016-11-04", "due", "imr-application", "2016-12-03..2016-12-05"),
    Row(
        "C3-formulary",
        'utilization_review: {decision: denied, date: 2019-11-04, served: 2019-11-04, served_by: fax}\n'
        'injury: {date: 2019-01-05}\nitems: [{request: "Norco 10/325 #60"}]',
        "2019-11-05", "due", "imr-application", "2019-11-14..2019-12-04",
    ),
    Row("C4", f"{DENIED}, served_by: mail}}", "2016-11-04", "due", "imr-application", "2016-12-03..2016-12-08", False),
    Row("C4-roll", SERVED_BY_FAX, "2016-11-04", "due", "imr-application", "2016-12-03..2016-12-05"),
    Row(
        "C5", f"{DENIED}, liability_disputed: true, liability_resolved: 2017-02-01}}", "2017-02-02",
        "due", "imr-application-liability", "2017-03-03",
    ),
    Row("C6", SERVED_BY_FAX, "2017-01-04", "door", "imr-closed"),
    Row("C7", SERVED_BY_FAX, "2016-11-04", "door", "internal-appeal"),
    Row("C8", SERVED_BY_FAX, "2016-11-04", "door", "internal-appeal"),
    Row("C9", f"{SERVED_BY_FAX}\n{SUPPORTED}", "2016-11-04", "door", "imr-now"),
    Row("C11", "imr: {applied: 2016-11-10, asked: 2016-11-14}", "2016-11-15", "due", "imr-information", "2016-11-21"),
    Row("C15", "imr: {applied: 2016-11-10, assigned: 2016-11-14}", "2016-11-15", "due", "imr-records", "2016-11-24..2016-11-29"),
    Row("C15-statute", "imr: {applied: 2016-11-10, assigned: 2016-11-14}", "2016-11-15", "due", "imr-records", "2016-11-24..2016-11-29"),
    Row("C16", f"{SERVED_BY_FAX}\nimr: {{applied: 2016-11-10}}", "2016-11-15", "door", "imr-pending"),
    Row("C17", f"{SERVED_BY_FAX}\nimr: {{applied: 2016-11-10}}", "2016-11-15", "door", "imr-pending"),
    Row("C20", "imr: {applied: 2016-11-10, records: 2016-11-21}", "2016-11-22", "due", "imr-decision", "2016-12-21"),
    Row("C20-short", "imr: {records: 2016-11-21, expedited: true}", "2016-11-22", "due", "imr-decision-expedited", "2016-11-24"),
    Row("C21", "imr: {records: 2016-11-21, decided: 2017-02-01}", "2017-02-02", "due", "imr-decision", "2016-12-21"),
    Row(
        "C23", "imr: {decided: 2017-02-01, decision: upheld, served_by: mail}", "2017-02-02",
        "due", "imr-appeal", "2017-03-03..2017-03-08",
    ),
    Row("C24", "imr: {decided: 2017-02-01, decision: upheld}", "2017-02-02", "door", "imr-upheld"),
    Row("C26", "imr: {decided: 2017-02-01, decision: overturned}", "2017-02-02", "due", "imr-authorization", "2017-02-08"),
    Row(
        "C26-pay",
        "imr: {decided: 2017-02-01, decision: overturned}\nitems: [{request: MRI of the lumbar spine, retrospective: true}]",
        "2017-02-02", "due", "imr-payment", "2017-02-21",
    ),
    Row("D3", "injury: {date: 2012-05-01}\nutilization_review: {decision: denied, date: 2013-05-01}", "2013-05-02", "door", "earlier-law"),
    # evidence, caps and special conditions
    Row("D9", 'rfa: {date: 2016-03-02}\nitems: [{request: Diagnostic ultrasound of the left shoulder}]', "2016-03-02", "rule", "silence-citation", "not_documented"),
    Row("D10", "rfa: {date: 2016-03-02}\nitems: [{request: Low level laser therapy}]", "2016-03-02", "rule", "rebuttal-papers", "not_documented"),
    Row("D12", f"rebuttal: {{citation: A trial}}\n{LASER}", "2016-03-02", "rule", "rebuttal-evidence", "not_documented"),
    Row("D15", f"rebuttal: {{citation: A trial, year: 2014, study_type: randomized trial, population: Workers}}\n{LASER}", "2016-03-02", "rule", "rebuttal-evidence", "met"),
    Row("E8", "rfa: {date: 2016-03-02, postsurgical: true, prescriber: surgeon}\n" + THERAPY, "2016-03-02", "rule", "therapy-prescriber", "met"),
    Row("E12", "rfa: {date: 2016-03-02, prescriber: physician assistant}\nitems: [{request: Home health care 4 hours a day}]", "2016-03-02", "rule", "home-health-prescription", "not_met"),
    Row("F5", "rfa: {date: 2019-03-06}\nitems: [{request: Compounded cream}]", "2019-03-06", "rule", "compound-reasons", "not_documented"),
    # the text of 1 April 2026
    Row("G3", f"{SENT_2026}, form: narrative, narrative_accepted: false}}", "2026-04-06", "rule", "rfa-form", "not_met"),
    Row("G4", f"{SENT_2026}, items_on_form: false}}", "2026-04-06", "rule", "rfa-treatments", "not_met"),
    Row(
        "G5", f"{SENT_2026}}}\ndocuments: [{{id: a, type: PR-2, date: 2026-03-06, text: Back pain.}}]", "2026-04-06",
        "rule", "rfa-recent-report", "not_met",
    ),
    Row("G6", "rfa: {date: 2026-04-06, sent: 2026-04-06, sent_by: e-mail}", "2026-04-06", "rule", "rfa-channel", "not_met"),
    Row("G7", f"{SENT_2026}, signed: false}}", "2026-04-06", "due", "returned-incomplete", "2026-04-13"),
    Row("FORM", f"{SENT_2014}}}\ndiagnoses: [{{code: M54.5, description: Low back pain}}]", "2014-09-03", "rule", "rfa-diagnosis", "met"),
    Row("CPT", f"{SENT_2014}}}\nitems: [{{request: MRI of the lumbar spine, codes: ['72148']}}]", "2014-09-03", "rule", "rfa-procedure-codes", "met"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fact)
def test_fact(row: Row, judge: Judge, law: Law) -> None:
    judged = judge(row.text, row.today)
    if row.kind == "due":
        due = next(due for due in judged.dues if due.limit.id == row.name)
        safe, _, latest = row.outcome.partition("..")
        assert (due.safe, due.latest) == (date.fromisoformat(safe), date.fromisoformat(latest or safe))
        cited = {fact.id for fact in due.facts}
    elif row.kind == "door":
        step = judged.steps[0][0]
        assert step.door.id == row.name
        cited = {fact.id for fact in step.facts}
    else:
        entry = next((entry for entry in judged.requirements if entry.requirement.id == row.name), None)
        assert (STATUS[entry.outcome.value] if entry else "absent") == row.outcome
        cited = {fact.id for fact in entry.facts} if entry else set()
    assert not row.is_cited or row.fact in cited


def test_every_encoded_fact_has_its_row(law: Law) -> None:
    assert {row.fact for row in ROWS} == set(law.facts)
