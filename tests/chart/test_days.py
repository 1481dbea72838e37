"""The day of a paper, and of what a paper tells of."""

from __future__ import annotations

from datetime import date

import pytest

from checker.chart.describe import build_describer, describe
from checker.chart.documents.pages import Page
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
    ],
    ids=["told", "not told", "today", "past", "a year long ago", "a year too near", "right behind"],
)
def test_the_day_of_a_treatment(text: str, day: date | None) -> None:
    found = read_text(recogniser(), text, document="note", page=1, date=PAPER, document_type=None)
    assert {event.start for event in found.events if event.treatment == "lumbar-fusion"} == {day}
