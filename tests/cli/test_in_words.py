"""Checks as phrases."""

from __future__ import annotations

import pytest

from checker.cli.in_words import bounds, in_words
from checker.rulebook import model
from checker.rulebook.model import Bounds, Check

FOUND = model.FindingCheck(("a",))
OTHER = model.FindingCheck(("b",), "absent")
ABSENT = "b recorded absent"


@pytest.mark.parametrize(
    ("check", "phrase"),
    [
        (model.Any((OTHER, model.All((FOUND, OTHER)))), f"{ABSENT} or (a recorded present and {ABSENT})"),
        (model.AtLeast(1, (FOUND, FOUND)), "at least 1 of (a recorded present; a recorded present)"),
        (model.Not(FOUND), "not (a recorded present)"),
        (
            model.FindingCheck(("a", "b"), "absent", "region", "left", 90, ("exam",)),
            "a or b recorded absent in the requested region on the left side by exam within 90 days",
        ),
        (model.ValueCheck("pain", Bounds(4, unit="/10"), "knee"), "newest value of pain at least 4 /10 at the knee"),
        (model.DurationCheck("injury", Bounds(at_most=42, unit="days")), "time since injury at most 42 days"),
        (model.TriedCheck(("a", "b"), count=2), "2 of a or b tried"),
        (model.TriedCheck(("a",), in_use=True), "a in use"),
        (model.PendingCheck(("a",), ("planned",)), "a planned"),
        (model.RequestCheck(quantity="visits", bounds=Bounds(at_most=6)), "visits asked for at most 6"),
        (model.RequestCheck(states="body_part"), "the item states the body part"),
        (model.RequestCheck(with_treatments=("a",)), "the request also asks for a"),
        (model.RequestCheck(flag="remaining_portion"), "the item is marked remaining portion"),
        (model.RequestCheck(body_parts=("knee",)), "the item asks for the knee"),
        (model.PatientCheck(Bounds(65), "female"), "patient: age at least 65, female"),
        (model.IntervalCheck(Bounds(60, unit="days"), ("a",)), "time since the last a at least 60 days"),
    ],
)
def test_in_words(check: Check, phrase: str) -> None:
    assert in_words(check) == phrase


def test_bounds() -> None:
    assert bounds(Bounds(more_than=1, less_than=2.5)) == "more than 1 and less than 2.5"
