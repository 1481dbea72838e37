"""Angles that are told twice in a sentence: of both sides, or then and now."""

from __future__ import annotations

import pytest

from tests.chart.reading import read

BOTH = "Right shoulder: abduction R 170 L 90."


@pytest.mark.parametrize(
    ("text", "finding", "expected"),
    [
        (BOTH, "flexion-or-abduction", {("right", 170), ("left", 90)}),
        (
            "The knee flexes to 100 on the right and to 130 on the left.",
            "knee-flexion",
            {("right", 100), ("left", 130)},
        ),
        (
            "Left knee flexion is 95 degrees compared to 135 on the right.",
            "knee-flexion",
            {("left", 95), ("right", 135)},
        ),
        ("Right knee: flexion 110 (left 135).", "knee-flexion", {("right", 110), ("left", 135)}),
        ("Shoulder abduction 90 left, strength 4/5 right.", "flexion-or-abduction", {("left", 90)}),
        ("Abduction 160 on the right, 4 weeks of rest on the left.", "flexion-or-abduction", {("right", 160)}),
        ("Knee flexion was 90 at the last visit and is 115 today.", "knee-flexion", {(None, 115)}),
        (
            "Left knee: flexion is 95 degrees compared to 135 on the right.",
            "knee-flexion",
            {("left", 95), ("right", 135)},
        ),
        ("Right shoulder exam\nROM: abduction 120.", "flexion-or-abduction", {("right", 120)}),
        ("Knee exam: effusion none, ROM 0-130.", "knee-flexion", {(None, 130)}),
    ],
)
def test_each_angle_has_its_side(text: str, finding: str, expected: set[tuple[str | None, float]]) -> None:
    told = {(found.side, found.value) for found in read(text).findings if found.finding == finding}
    assert told == expected
