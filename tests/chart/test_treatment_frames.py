"""What a short statement says of a drug or a service: in use or done, given up, never taken, to come, with or without a result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.chart.model import TreatmentEvent
from checker.yamlfile import read_yaml
from tests.chart.reading import read

TABLE: dict[str, Any] = read_yaml(Path(__file__).parents[1] / "data" / "treatment_frames.yaml").data
FRAMES = [
    (group, kind, frame)
    for group, kinds in TABLE.items()
    for kind, frames in kinds.items()
    if kind != "words"
    for frame in frames
]


def said(told: list[TreatmentEvent]) -> set[str]:
    """The kinds of frames that the events of one treatment would fit."""
    taken = [event for event in told if event.status == "done"]
    if not taken:
        return {"not_taken", "to_come", "given_up"} if told else {"not_taken", "to_come"}
    use = "given_up" if all(event.stopped for event in taken) else "in_use"
    results = {event.response for event in taken}
    return {use, {"improved": "helped"}.get(*results, *results)} if len(results) == 1 else {use}


@pytest.mark.parametrize(("group", "kind", "frame"), FRAMES, ids=lambda value: value[:60])
def test_short_statement_of_a_treatment(group: str, kind: str, frame: str) -> None:
    for word, treatment in TABLE[group]["words"].items():
        sentence = frame.replace("{}", word)
        sentence = sentence[0].upper() + sentence[1:]
        assert kind in said([event for event in read(sentence).events if event.treatment == treatment]), sentence
