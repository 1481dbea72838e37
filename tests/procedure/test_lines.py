"""Procedure in the report: what is said of a minimal request, the denial's reason, the papers, and how it is marked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checker.api import read_chart
from checker.procedure.case import review_of
from checker.report import markdown, terminal
from checker.report.model import ProcedureLine, Report, to_dict
from checker.request.model import Item, Request, Review
from checker.rulebook.model import Rulebook

ReportOf = Callable[[str], Report]
RECORD = (
    "documents:\n"
    "  - {id: pr2, type: PR-2, date: 2014-09-20, text: 'Low back pain. Sensation decreased in the L5 dermatome. Completed "
    "12 sessions of physical therapy without relief.'}\n"
)
DENIED = "utilization_review: {decision: denied, date: 2014-10-10, reason: '%s'}\n"


def line(report: Report, name: str) -> ProcedureLine:
    return next(line for line in report.procedure if line.id == name)


# --- how much is said ------------------------------------------------------------------------------------------------


def test_a_request_without_form_or_decision_has_no_procedure(report_of: ReportOf) -> None:
    assert report_of(RECORD).procedure == ()


def test_a_request_without_form_or_decision_does_not_load_the_law() -> None:
    code = (
        "import sys; from datetime import date; from checker import api; from checker.chart.model import make_chart\n"
        "from checker.request.model import Item, Request\n"
        "api.check_request(Request(items=(Item('a', 'MRI'),)), make_chart(), api.open_rulebook(), date(2016, 3, 2))\n"
        "sys.exit('checker.procedure.law' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_a_bare_form_gets_one_line_for_all_that_is_not_stated(report_of: ReportOf) -> None:
    report = report_of(f"rfa: {{date: 2014-09-30}}\n{RECORD}")
    silent = [line.id for line in report.procedure if line.status == "not_documented"]
    assert silent == ["rfa-not-stated"]
    assert "signature" in line(report, "rfa-not-stated").statement


def test_a_form_that_says_more_is_checked_point_by_point(report_of: ReportOf) -> None:
    report = report_of(f"rfa: {{date: 2014-09-30, signed: false, form: form-rfa}}\n{RECORD}")
    assert line(report, "rfa-signature").status == "not_met"
    assert line(report, "rfa-form").status == "met"
    assert line(report, "rfa-employee").status == "not_documented"
    assert line(report, "rfa-signature").remedy


def test_after_a_decision_only_defects_of_the_form_are_told(report_of: ReportOf) -> None:
    report = report_of("rfa: {date: 2014-09-30, signed: false}\n" + DENIED % "x" + RECORD)
    assert [line.id for line in report.procedure if line.id.startswith("rfa-")] == ["rfa-signature"]


def test_the_text_in_force_is_that_of_the_day_of_sending(report_of: ReportOf) -> None:
    old = report_of("rfa: {date: 2026-03-31, sent: 2026-03-31, sent_by: e-mail, signed: true}")
    new = report_of("rfa: {date: 2026-04-01, sent: 2026-04-01, sent_by: e-mail, signed: true}")
    assert line(old, "rfa-signature").citation == "8 CCR 9792.6.1(t)(2)-(3) (2014)"
    assert line(new, "rfa-signature").citation == "8 CCR 9792.6.1(u); Newsline 2025-97"
    assert "rfa-channel" not in {entry.id for entry in old.procedure}
    assert line(new, "rfa-channel").status == "not_met"


@pytest.mark.parametrize(
    ("day", "status"), [("2026-03-07", "met"), ("2026-03-06", "not_met"), ("2026-04-07", "not_met")]
)
def test_thirty_days_of_the_supporting_paper(day: str, status: str, report_of: ReportOf) -> None:
    paper = f"documents: [{{id: a, type: PR-2, date: {day}, text: Back pain.}}]"
    report = report_of(f"rfa: {{date: 2026-04-06, sent: 2026-04-06, sent_by: fax}}\n{paper}")
    assert line(report, "rfa-recent-report").status == status


def test_the_age_of_a_paper_is_read_from_the_paper(report_of: ReportOf) -> None:
    paper = "documents:\n  - {id: a, type: PR-2, text: 'Date of service: 03/20/2026'}"
    report = report_of(f"rfa: {{date: 2026-04-06, sent: 2026-04-06, sent_by: fax}}\n{paper}")
    assert line(report, "rfa-recent-report").status == "met"
    assert "2026-03-20" in (line(report, "rfa-recent-report").detail or "")


def test_a_paper_without_a_date_is_not_called_old(report_of: ReportOf) -> None:
    paper = "documents: [{id: a, type: PR-2, text: Back pain.}]"
    report = report_of(f"rfa: {{date: 2026-04-06, sent: 2026-04-06, sent_by: fax}}\n{paper}")
    assert line(report, "rfa-recent-report").status == "not_documented"
    assert line(report, "rfa-recent-report").detail == "no date known of a"


# --- the denial's reason ---------------------------------------------------------------------------------------------


def test_each_part_of_a_reason_is_answered_with_its_quote_or_open(report_of: ReportOf) -> None:
    reason = (
        "There is no documentation of failed conservative care such as physical therapy. No evidence of radiculopathy on "
        "examination. No surgery is being considered. The form was illegible."
    )
    report = report_of(DENIED % reason + RECORD)
    found = {line.id: line for line in report.procedure if line.id.startswith("denial-")}
    assert found["denial-item-1-conservative-care-failed"].status == "met"
    assert "Completed 12 sessions" in (found["denial-item-1-conservative-care-failed"].detail or "")
    assert found["denial-item-1-nerve-root-deficit"].status == "met"
    assert found["denial-item-1-surgery-considered"].status == "not_documented"
    assert found["denial-item-1-surgery-considered"].remedy
    assert "illegible" in found["denial-other"].statement


def test_the_reason_is_read_from_the_letter(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "ur.txt").write_text(
        "UTILIZATION REVIEW DETERMINATION\nDate of decision: 10/10/2014\nThe request is non-certified.\n\n"
        "Rationale:\nNo conservative care was documented.\nThe examination shows no deficit.\n\n"
        "Guidelines used: MTUS\nACOEM chapter 12.\nYou may ask for Independent Medical Review.\n",
        encoding="utf-8",
    )
    path = tmp_path / "request.yaml"
    path.write_text("items: [{request: MRI of the lumbar spine}]\ndocuments: [{path: ur.txt}]\n", encoding="utf-8")
    request, chart, _ = read_chart(path)
    assert request.review is not None
    assert request.review.reason == "No conservative care was documented. The examination shows no deficit."
    assert str(request.review.date) == "2014-10-10"
    assert request.review.decision == "denied"
    assert any("taken from ur; compare it with the letter" in notice for notice in chart.notices)


def test_what_the_office_states_beats_the_letter(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(
        "items: [{request: MRI}]\nutilization_review: {decision: modified, reason: Too many.}\n"
        "documents: [{id: ur, type: UR decision, text: 'Date of decision: 10/10/2014. Denied. Rationale: none.'}]\n",
        encoding="utf-8",
    )
    review = read_chart(path)[0].review
    assert review is not None
    assert (review.decision, review.reason, str(review.date)) == ("modified", "Too many.", "2014-10-10")


@pytest.mark.parametrize(
    ("letter", "decision", "day", "reason"),
    [
        ("Date of decision: 10/10/2014. The request is modified.\nRationale:\nSix visits suffice.", "modified", "2014-10-10",
         "Six visits suffice."),
        ("The request was partially certified.", "modified", "2014-10-12", None),
        ("Decision date October 2014. The study is certified.", "approved", "2014-10-12", None),
        ("Enclosed is our answer of 10/01/2014.", None, "2014-10-12", None),
    ],
)  # fmt: skip
def test_what_a_letter_says_and_what_it_leaves_out(
    letter: str, decision: str | None, day: str, reason: str | None, tmp_path: Path
) -> None:
    (tmp_path / "ur.txt").write_text(letter, encoding="utf-8")
    path = tmp_path / "request.yaml"
    path.write_text(
        "items: [{request: MRI of the lumbar spine}]\ndocuments:\n  - {id: note, type: PR-2, text: Denied by the wife.}\n"
        "  - {path: ur.txt, type: UR decision, date: 2014-10-12}\n",
        encoding="utf-8",
    )
    review = read_chart(path)[0].review
    assert review is not None
    assert (review.decision, str(review.date), review.reason) == (decision, day, reason)


def test_a_letter_that_says_nothing_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(
        "items: [{request: MRI of the lumbar spine}]\n"
        "documents: [{id: ur, type: UR decision, text: Your claim number is enclosed.}]\n",
        encoding="utf-8",
    )
    assert read_chart(path)[0].review is None


def test_a_review_of_one_item_says_the_rest_with_the_whole_one() -> None:
    item = Item("a", "MRI", review=Review(decision="approved", authorized=2))
    whole = Review(decision="denied", date=date(2014, 10, 10), reason="None.", authorized=1)
    assert review_of(item, Request(items=(item,), review=whole)) == replace(whole, decision="approved", authorized=2)
    assert review_of(item, Request(items=(item,))) == item.review
    assert review_of(replace(item, review=None), Request(items=(item,), review=whole)) == whole


@pytest.mark.parametrize(("asked", "status"), [("x 2", "met"), ("x 6", "not_met"), ("", "not_documented")])
def test_silence_does_not_answer_a_reviewer_who_names_an_exclusion(
    asked: str, status: str, report_of: ReportOf
) -> None:
    report = report_of(
        f"items: [{{request: 'Trigger point injections {asked}, lumbar spine'}}]\n"
        + DENIED % "More than four injections in one session"
        + RECORD
    )
    assert line(report, "denial-item-1-injections-per-session").status == status


# --- the papers ------------------------------------------------------------------------------------------------------


def test_the_packet_names_what_is_there_and_what_is_missing(report_of: ReportOf) -> None:
    report = report_of("rfa: {date: 2016-03-02}\nitems: [{request: Epidural steroid injection L5-S1}]\n" + RECORD)
    packet = line(report, "packet-item-1")
    assert packet.status == "not_documented"
    assert "the imaging report: not among the papers" in (packet.detail or "")
    assert "there (pr2)" in (packet.detail or "")
    assert "imaging report" in (packet.remedy or "")


def test_a_sentence_of_the_denial_that_speaks_of_no_criterion_stands_once(report_of: ReportOf) -> None:
    report = report_of(
        "items: [{request: MRI of the lumbar spine, utilization_review: {decision: denied}}, {request: MRI of the knee}]\n"
        "utilization_review: {date: 2014-10-10, reason: The claim number is missing}\n"
    )
    assert [line.id for line in report.procedure].count("denial-other") == 1


# --- how it is shown -------------------------------------------------------------------------------------------------


def test_terminal_and_markdown_show_step_source_and_basis(report_of: ReportOf) -> None:
    report = report_of("rfa: {date: 2014-09-30, received: 2014-09-30, sent_by: fax}\n" + DENIED % "x" + RECORD)
    for text in (terminal.render(report, terminal.Look(width=100)), markdown.render(report)):
        assert "next step" in text
        assert "LC 4610(i)(1)" in text
        assert "late on every reading" in text
        assert "from memory" in text


def test_the_json_holds_every_line_with_its_basis(report_of: ReportOf) -> None:
    report = report_of("rfa: {date: 2014-09-30, received: 2014-09-30}\n" + DENIED % "x" + RECORD)
    data = to_dict(report)["procedure"]
    assert {entry["status"] for entry in data} <= {
        "met",
        "not_met",
        "not_documented",
        "not_applicable",
        "due",
        "next_step",
    }
    ours = next(entry for entry in data if entry["id"] == "ur-decision")
    assert ours["status"] == "not_met"
    assert ours["basis"].startswith("partly")
