"""What a guideline's list asks is no fact of the patient; a line that says how the patient meets it is one."""

from __future__ import annotations

import pytest

from tests.chart.reading import read

NUMBERED = """ODG criteria for an arthroplasty:
1. Conservative care: exercise and medications.
2. Limited range of motion and night pain, no relief with injections.
3. Osteoarthritis on standing x-ray."""
BULLETS = """MTUS indications for epidural injections:
- Initially unresponsive to exercises and NSAIDs.
- Half of the pain relieved for six to eight weeks.
- Radiculopathy."""
UNDER_HEADINGS = """Guideline requirements:
Conservative care: therapy without relief
Subjective: night pain
Imaging: osteoarthritis on standing x-ray"""


@pytest.mark.parametrize("text", [NUMBERED, BULLETS, UNDER_HEADINGS])
def test_a_guidelines_list_says_nothing_of_the_patient(text: str) -> None:
    reading = read(text)
    assert reading.findings == ()
    assert reading.events == ()


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (NUMBERED + "\n\nExam: night pain.", "night-pain"),  # behind a blank line the note goes on
        ("Criteria for an arthroplasty:\n1. Night pain.\n2. Therapy: 12 visits of PT in 2016, failed.", "therapy-without-gain"),
        ("He meets the ODG criteria:\n- night pain\n- therapy failed", "night-pain"),
        ("INDICATIONS:\nNight pain and stiffness.", "night-pain"),
    ],
)  # fmt: skip
def test_what_is_told_of_the_patient_counts(text: str, finding: str) -> None:
    assert finding in {found.finding for found in read(text).findings}
