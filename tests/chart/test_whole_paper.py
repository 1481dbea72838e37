"""The side of a joint, and the part that is planned, that only the rest of its paper tells."""

from __future__ import annotations

import pytest

from checker.chart.documents.pages import Page
from checker.chart.whole_paper import read_paper
from tests.chart.reading import recogniser

KNEE_MRI = "MRI LEFT KNEE\nFindings: Complex tear of the posterior horn of the medial meniscus."
COMPARED = "Left knee pain since the fall. Left knee swollen. The right knee moves freely."


def sides(finding: str, *pages: str) -> set[str | None]:
    paper = [Page(number, text) for number, text in enumerate(pages, 1)]
    readings = read_paper(recogniser(), paper, document="p", date=None, document_type=None)
    return {one.side for reading in readings for one in reading.findings if one.finding == finding}


@pytest.mark.parametrize(
    ("finding", "pages", "expected"),
    [
        ("meniscal-tear-imaging", [KNEE_MRI], {"left"}),
        ("meniscal-tear-imaging", ["Left knee pain.", "MRI of the knee shows a medial meniscus tear."], {"left"}),
        ("meniscal-tear-imaging", [COMPARED, "MRI of the knee shows a medial meniscus tear."], {"left"}),
        ("meniscal-tear-imaging", ["MRI of the knee shows a medial meniscus tear."], {None}),
        (
            "meniscal-tear-imaging",
            ["Left knee pain.", "Right knee pain.", "MRI of the knee shows a medial meniscus tear."],
            {None},
        ),
        ("meniscal-tear-imaging", ["Pain in both knees.", "MRI of the knee shows a medial meniscus tear."], {None}),
        ("meniscal-tear-imaging", ["Left shoulder pain.", "MRI of the knee shows a medial meniscus tear."], {None}),
        ("radicular-symptoms", ["Left leg swollen.", "Low back pain that radiates to the leg."], {None}),
    ],
)
def test_a_joint_is_on_the_side_that_its_paper_tells(finding: str, pages: list[str], expected: set[str | None]) -> None:
    assert sides(finding, *pages) == expected


def test_a_side_that_is_named_stays() -> None:
    assert sides(
        "meniscal-tear-imaging", KNEE_MRI, "Left knee pain.", "MRI of the right knee: medial meniscus tear."
    ) == {"left", "right"}


def test_so_is_a_treatment() -> None:
    paper = [
        Page(1, "Right shoulder pain for a year."),
        Page(2, "She had a cortisone injection into the shoulder in May."),
    ]
    readings = read_paper(recogniser(), paper, document="p", date=None, document_type=None)
    assert {event.side for reading in readings for event in reading.events} == {"right"}


@pytest.mark.parametrize(
    ("plan", "parts"),
    [
        ("PLAN: 1. Right carpal tunnel release. 2. Preop labs and EKG.", {"wrist"}),
        ("PLAN: Surgery is recommended.", {None}),
    ],
)
def test_a_plan_of_no_part_gives_way_to_that_of_one(plan: str, parts: set[str | None]) -> None:
    readings = read_paper(recogniser(), [Page(1, plan)], document="p", date=None, document_type=None)
    planned = [one for reading in readings for one in reading.findings if one.finding == "surgery-planned"]
    assert {one.body_part for one in planned} == parts
