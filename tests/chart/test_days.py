"""The day of a paper, and of what a paper tells of."""

from __future__ import annotations

from datetime import date

import pytest

from checker.chart.describe import describe
from checker.chart.documents.pages import Page
from checker.chart.head.words import build_describer
from checker.chart.recognise import read_text
from tests.chart.reading import recogniser, rulebook

PAPER = date(2016, 5, 1)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("ALDER THERAPY     INITIAL EVALUATION     10/11/2017\nDenies falls.", date(2017, 10, 11)),
        ("PROGRESS NOTE\nDate of service: 10/12/2017     DOB 3/4/1960", date(2017, 10, 12)),
        ("PROGRESS NOTE\nDOB 3/4/1960     DOI 5/6/2012\nDenies falls.", None),
        ("PROGRESS NOTE   10/11/2017 and 10/12/2017\nDenies falls.", None),
        ("PROGRESS NOTE\n\nDenies falls.\nWeak.\nX-ray of the hand 10/11/2017.", None),
    ],
    ids=["alone in the title", "by its word", "of birth and injury", "two of them", "further down"],
)
def test_the_day_of_a_paper(head: str, day: date | None) -> None:
    assert describe([Page(1, head)], build_describer(rulebook())).date == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("He underwent a lumbar fusion on 3/2/2016.", date(2016, 3, 2)),
        ("He underwent a lumbar fusion.", None),
        ("He underwent a lumbar fusion today.", PAPER),
        ("Status post lumbar fusion.", None),
        ("Status post lumbar fusion (2010).", date(2010, 12, 31)),
        ("Lumbar fusion was done in 2015.", None),
        ("MRI on 1/5/2016 was read; lumbar fusion 3/2/2016 was without event.", date(2016, 3, 2)),
        ("8/22/11, Dr. Kim: weak leg. He underwent a lumbar fusion today.", date(2011, 8, 22)),
        ("8/22/11, Dr. Kim: weak leg.\nHe underwent a lumbar fusion today.", PAPER),
        ("1/9/13 - MRI.\n8/5/13 - Weak leg. He underwent a lumbar fusion today.", date(2013, 8, 5)),
        ("The 3/10/2016 progress report is weak. He underwent a lumbar fusion today.", date(2016, 3, 10)),
        ("Per the 3/10/2016 PR-2 he is weak. He underwent a lumbar fusion today.", date(2016, 3, 10)),
        ("The 3/10/2016 MRI is clean. He underwent a lumbar fusion today.", PAPER),
        ("On 8/22/11 he fell. He underwent a lumbar fusion today.", PAPER),
        ("On 3/10/2016 he was seen by Dr. Lee. He underwent a lumbar fusion today.", PAPER),
        ("He underwent a lumbar fusion today; the last one was on 3/10/2016.", PAPER),
        ("The lumbar fusion of 3/10/2016 was done well and was discussed today.", date(2016, 3, 10)),
    ],
    ids=[
        "told",
        "not told",
        "today",
        "past",
        "a year long ago",
        "a year too near",
        "right behind",
        "in an entry of an older paper",
        "below such an entry",
        "in an entry behind a dash",
        "behind a report named by its day",
        "behind a form named by its day",
        "behind a study named by its day",
        "behind a day in a sentence",
        "today, behind an older visit",
        "today, beside a day",
        "of a day, and told today",
    ],
)
def test_the_day_of_a_treatment(text: str, day: date | None) -> None:
    found = read_text(recogniser(), text, document="note", page=1, date=PAPER, document_type=None)
    assert {event.start for event in found.events if event.treatment == "lumbar-fusion"} == {day}


@pytest.mark.parametrize(
    ("text", "finding", "days"),
    [
        ("UDS 10/3/2015 consistent.", "drug-screen-consistent", {date(2015, 10, 3)}),
        ("The MRI of 1/5/2016 shows a tear of the meniscus.", "prior-mri", {date(2016, 1, 5)}),
        ("10/3/2015 UDS was consistent. UDS today consistent.", "drug-screen-consistent", {date(2015, 10, 3), PAPER}),
        ("UDS today; last UDS 10/3/2015 consistent.", "drug-screen-consistent", {date(2015, 10, 3)}),
        ("Shoulder flexion 135 degrees (was 90 on 12/8/2015).", "flexion-or-abduction", {PAPER}),
        ("MRI of the lumbar spine dated 3/1/2016 shows a disc bulge.", "prior-mri", {date(2016, 3, 1)}),
        ("UDS from March 2016 was consistent.", "drug-screen-consistent", {date(2016, 3, 1)}),
        ("He has spasm since 3/1/2014.", "muscle-spasm", {PAPER}),
        ("Since the injury on 3/1/2014 he has spasm.", "muscle-spasm", {PAPER}),
        ("There is spasm and MRI of 3/1/2016 shows a tear.", "muscle-spasm", {PAPER}),
        ("On 3/1/2016 he had spasm.", "muscle-spasm", {date(2016, 3, 1)}),
        ("Knee MRI (1/5/2016) shows a meniscus tear.", "meniscal-tear-imaging", {date(2016, 1, 5)}),
    ],
)
def test_the_day_of_what_a_study_shows(text: str, finding: str, days: set[date]) -> None:
    reading = read_text(recogniser(), text, document="p", page=1, date=PAPER, document_type=None)
    assert {found.date for found in reading.findings if found.finding == finding} == days


@pytest.mark.parametrize(
    ("text", "finding", "time"),
    [
        ("He may return to full duty on 6/1/2016.", "work-full-duty", "planned"),
        ("Return to full duty 5/16/16.", "work-full-duty", "planned"),
        ("From 5/15 modified: no lifting over 10 lb.", "work-modified-duty", "planned"),
        ("Modified duty effective 5/20/2016, no lifting over 10 lb.", "work-modified-duty", "planned"),
        ("May return to modified work on 5/4/2016: seated work only.", "work-modified-duty", "current"),
        ("Full duty since 3/1/16.", "work-full-duty", "current"),
        ("Off work until 6/1/2016.", "off-work", "current"),
        ("TTD 4/20/2016 through 6/15/2016.", "off-work", "current"),
        ("Off work, next visit on 5/30/2016.", "off-work", "current"),
        ("Modified duty; re-evaluation on 5/20/2016.", "work-modified-duty", "current"),
    ],
)
def test_a_work_status_that_begins_after_its_paper_is_planned(text: str, finding: str, time: str) -> None:
    reading = read_text(recogniser(), text, document="p", page=1, date=PAPER, document_type=None)
    assert {found.time for found in reading.findings if found.finding == finding} == {time}
