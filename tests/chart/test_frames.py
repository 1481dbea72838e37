"""What a sentence denies, leaves open, plans, refuses, asks or tells of somebody else is never read as a fact of this patient.

Every frame of tests/data/frames.yaml is tried with every filler of its kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.chart.recognise import Reading
from checker.yamlfile import read_yaml
from tests.chart.reading import read

TABLE: dict[str, Any] = read_yaml(Path(__file__).parents[1] / "data" / "frames.yaml").data
GAP = "{}"
FRAMES = [(kind, frame) for kind, frames in TABLE["frames"].items() for frame in frames]


def told(reading: Reading) -> set[str]:
    """Findings that are present now, treatments that were done."""
    present = {f.finding for f in reading.findings if f.status == "present" and f.time == "current"}
    return present | {event.treatment for event in reading.events if event.status == "done"}


@pytest.mark.parametrize(("kind", "frame"), FRAMES, ids=lambda value: value[:60])
def test_nothing_in_the_gap_is_read_as_a_fact(kind: str, frame: str) -> None:
    for words, names in TABLE["fillers"][kind].items():
        sentence = frame.replace(GAP, words)
        reading = read(sentence[0].upper() + sentence[1:])
        if kind == "treatments":
            assert not [event.treatment for event in reading.events if event.response == "improved"], sentence
            names = TABLE["gains"]
        assert not told(reading) & set(names), sentence


@pytest.mark.parametrize("kind", ["signs", "care", "safeguards"])
def test_the_fillers_are_read_in_a_plain_sentence(kind: str) -> None:
    for words, names in TABLE["fillers"][kind].items():
        assert told(read(f"The patient had {words} in May.")) & set(names), words


@pytest.mark.parametrize("frame", TABLE["facts"], ids=lambda value: value[:60])
def test_a_denial_beside_a_fact_leaves_it_standing(frame: str) -> None:
    for words, (name, *_) in TABLE["fillers"]["symptoms"].items():
        sentence = frame.replace(GAP, words)
        found = [f for f in read(sentence[0].upper() + sentence[1:]).findings if f.finding == name]
        assert {(f.status, f.time) for f in found} == {("present", "current")}, sentence
