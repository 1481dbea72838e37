"""A report of therapy speaks of "visit 6 of 6" and "6 more" without the treatment's name, which stands in its head."""

from __future__ import annotations

import pytest

from checker.chart.recognise import read_text
from tests.chart.reading import recogniser


def told(text: str, paper: str | None) -> set[tuple[str, str, float | None]]:
    reading = read_text(recogniser(), text, document="p", page=1, date=None, document_type=paper)
    return {(event.treatment, event.status, event.visits) for event in reading.events}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ACUPUNCTURE NOTE   12/1/2016\nShe came for visit 6 of 6.\nRequest 8 further visits.", ("acupuncture", "requested", 8)),
        ("OT progress report\nVisits to date 20.", ("occupational-therapy", "done", 20)),
        ("Chiropractic treatment notes\nCompleted 12 visits.", ("chiropractic", "done", 12)),
    ],
)  # fmt: skip
def test_its_visits_are_those_of_the_treatment_in_its_head(text: str, expected: tuple[str, str, float]) -> None:
    assert expected in told(text, "therapy")


def test_of_another_paper_they_say_nothing() -> None:
    assert told("Seen for acupuncture.\nVisits to date 20.", "PR-2") <= {("acupuncture", "done", None)}


def test_another_treatment_beside_them_makes_them_its_own() -> None:
    assert ("acupuncture", "requested", 6) not in told(
        "ACUPUNCTURE NOTE\nRequest 6 further visits of chiropractic.", "therapy"
    )
