"""What one sentence, or two, says of treatments: done or not, asked for, how much and with what result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.chart.model import TreatmentEvent
from checker.yamlfile import read_yaml
from tests.chart.reading import read, rulebook

SENTENCES = read_yaml(Path(__file__).parents[1] / "data" / "treatment_sentences.yaml").data
NONE = "none"


def written(event: TreatmentEvent) -> str:
    """An event as the table writes it."""
    amounts = {"visits": event.visits, "days": event.days}
    told = [f"{name}={value:g}" for name, value in amounts.items() if value is not None]
    return " ".join([event.treatment, event.status, event.response, *told])


@pytest.mark.parametrize("entry", SENTENCES, ids=lambda entry: entry["say"][:60])
def test_sentence_is_read_as_the_table_says(entry: dict[str, Any]) -> None:
    names = {words.split()[0] for words in entry["reads"]}
    assert names <= rulebook().treatments.keys()
    found = {written(event) for event in read(entry["say"]).events if event.treatment in names}
    assert found == {words for words in entry["reads"] if not words.endswith(NONE)}


@pytest.mark.parametrize(
    ("sentence", "finding", "status"),
    [
        ("Physical therapy and meloxicam have not helped.", "improvement-claimed", "absent"),
        ("Naproxen barely helped.", "improvement-claimed", "absent"),
        ("Naproxen no longer helps.", "improvement-claimed", "absent"),
        ("There was no significant improvement in function with therapy.", "functional-improvement", "absent"),
        ("Therapy brought functional improvement.", "functional-improvement", "present"),
        ("Naproxen helped.", "improvement-claimed", "present"),
    ],
)
def test_a_failure_is_no_improvement(sentence: str, finding: str, status: str) -> None:
    assert {each.status for each in read(sentence).findings if each.finding == finding} == {status}
