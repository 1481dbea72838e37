"""Limits of the statute, from request file to report: caps on visits, prescription of home health, rebuttal of the MTUS."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.api import check_file, open_rulebook
from checker.problem import InputError
from checker.report.model import Report

DAY = date(2024, 3, 4)
THERAPY = 'items: [{request: "Physical therapy, lumbar spine, 6 visits"}]\n'
CHIROPRACTIC = 'items: [{request: "Chiropractic treatment, lumbar spine, 6 visits"}]\n'
NEW = "injury: {date: 2022-05-02}\n"
OLD = "injury: {date: 2003-12-31}\n"
TWENTY = "prior_treatments: [{treatment: physical-therapy, visits: 20, body_part: low back}]\n"
EIGHTEEN = TWENTY.replace("20", "18")
LASER = 'items: [{request: "Low level laser therapy, cervical spine"}]\n'
COMPLETE = (
    "documents: [{id: article, text: A trial of the laser., type: literature}]\n"
    "rebuttal: {challenges: true, citation: A trial, year: 2014, study_type: randomized trial, population: 90 workers, "
    "copy: article}\n"
)


def report_of(tmp_path: Path, text: str, day: date = DAY) -> Report:
    path = tmp_path / "request.yaml"
    path.write_text(text, encoding="utf-8")
    return check_file(path, as_of=day)


def status_of(report: Report, name: str) -> str | None:
    return next((line.status for line in report.items[0].criteria if line.id == name), None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (NEW + TWENTY + THERAPY, "met"),
        (NEW + EIGHTEEN + THERAPY, "not_met"),
        (NEW + THERAPY, "not_met"),
        (OLD + TWENTY + THERAPY, "not_applicable"),
        (TWENTY + THERAPY, "not_applicable"),
        (NEW + TWENTY + THERAPY + "rfa: {written_authorization: true}\n", "not_met"),
        (NEW + TWENTY + THERAPY + "rfa: {postsurgical: true}\n", "not_met"),
        (NEW + TWENTY + THERAPY.replace("6 visits", "more visits"), "not_documented"),
    ],
    ids=["26", "24", "6", "before 2004", "no day", "authorized", "postsurgical", "no number"],
)
def test_cap_of_physical_therapy(tmp_path: Path, text: str, status: str) -> None:
    report = report_of(tmp_path, text)
    assert status_of(report, "cap-of-24-physical") == status
    if status == "met":
        assert report.items[0].prediction == "upheld"
        assert "cap-of-24-physical" in report.items[0].deciding


def test_each_kind_of_therapy_has_its_own_cap(tmp_path: Path) -> None:
    assert status_of(report_of(tmp_path, NEW + TWENTY + CHIROPRACTIC), "cap-of-24-chiropractic") == "not_met"
    other = TWENTY.replace("physical-therapy", "occupational-therapy")
    assert status_of(report_of(tmp_path, NEW + other + THERAPY), "cap-of-24-physical") == "not_met"


def test_courses_that_the_office_states_are_added_up(tmp_path: Path) -> None:
    courses = (
        "prior_treatments:\n- {treatment: physical-therapy, visits: 12, body_part: low back, to: 2022-09-01}\n"
        "- {treatment: physical-therapy, visits: 8, body_part: low back, to: 2023-09-01}\n"
    )
    assert status_of(report_of(tmp_path, NEW + courses + THERAPY), "cap-of-24-physical") == "met"


def test_papers_that_repeat_a_count_are_not_added_up(tmp_path: Path) -> None:
    papers = (
        "documents:\n- {date: 2024-01-08, text: He completed 12 visits of physical therapy for the low back.}\n"
        "- {date: 2024-03-01, text: He completed 14 visits of physical therapy for the low back.}\n"
    )
    assert status_of(report_of(tmp_path, NEW + papers + THERAPY), "cap-of-24-physical") == "not_met"


def test_therapy_under_the_postsurgical_guideline_does_not_count(tmp_path: Path) -> None:
    operated = "prior_treatments: [{treatment: lumbar-fusion, to: 2024-02-01}]\n"
    report = report_of(tmp_path, NEW + operated + THERAPY.replace("6", "26"))
    assert report.items[0].rule == "mtus-postsurgical-2009/physical-therapy-lumbar-fusion"
    assert status_of(report, "cap-of-24-physical") is None


@pytest.mark.parametrize(
    ("prescriber", "status"), [("chiropractor", "met"), ("md", "not_met"), (None, "not_documented")]
)
def test_home_health_is_prescribed_by_a_physician(tmp_path: Path, prescriber: str | None, status: str) -> None:
    rfa = f"rfa: {{prescriber: {'other' if prescriber == 'chiropractor' else prescriber}}}\n" if prescriber else ""
    report = report_of(tmp_path, rfa + "items: [{request: Home health care 4 hours a day for 6 weeks}]\n")
    assert status_of(report, "not-prescribed-by-physician") == status


@pytest.mark.parametrize(
    ("text", "papers", "evidence"),
    [
        (COMPLETE, "met", "met"),
        (COMPLETE.replace("challenges: true, ", ""), "not_documented", "met"),
        (COMPLETE.replace("challenges: true", "challenges: false"), "not_met", "met"),
        (COMPLETE.replace("year: 2014, ", ""), "met", "not_documented"),
        (COMPLETE.replace(", copy: article", ""), "not_documented", "met"),
    ],
    ids=["complete", "no challenge", "challenge denied", "no year", "no copy"],
)
def test_rebuttal_is_checked_for_completeness(tmp_path: Path, text: str, papers: str, evidence: str) -> None:
    report = report_of(tmp_path, LASER + text, date(2016, 3, 2))
    lines = {line.id: line for line in report.procedure}
    assert lines["rebuttal-papers"].status == papers
    assert lines["rebuttal-evidence"].status == evidence
    assert (lines["rebuttal-papers"].remedy is None) == (papers == "met")
    assert report.items[0].prediction == "upheld"  # the program does not weigh evidence


def test_no_rebuttal_is_asked_for_where_the_mtus_supports_the_service(tmp_path: Path) -> None:
    report = report_of(tmp_path, THERAPY + COMPLETE)
    assert not [line for line in report.procedure if line.id.startswith("rebuttal")]


def test_rules_of_the_statute_never_govern() -> None:
    rulebook = open_rulebook()
    statute = {rule for names in rulebook.binding.values() for rule in names}
    assert statute
    assert not statute & {rule for names in rulebook.by_treatment.values() for rule in names}


def test_the_copy_is_one_of_the_papers(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the id of a document: none is listed"):
        report_of(tmp_path, LASER + "rebuttal: {citation: A trial, copy: article}\n")
