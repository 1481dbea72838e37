"""Sentences as offices write them, and what the reader must find in each (tests/data/chart/readings.yaml)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker.yamlfile import read_yaml
from tests.chart import reading as reader

ENTRIES = read_yaml(Path(__file__).parent.parent / "data" / "chart" / "readings.yaml").data
PENDING = ("planned", "requested")


@cache
def kinds_of(treatment: str) -> frozenset[str]:
    """A treatment and the wider ones of which it is an example."""
    known = reader.rulebook().treatments
    return frozenset({treatment}).union(*(kinds_of(kind) for kind in known[treatment].kinds))


def read(text: str) -> dict[str, set[str]]:
    """By status the findings and treatments that are read; under "any" all of them."""
    reading = reader.read(text.replace("|", "\n"))
    found: dict[str, set[str]] = defaultdict(set)
    for finding in reading.findings:
        found["possible" if finding.time == "possible" else finding.status].add(finding.finding)
        found["any"].add(finding.finding)
    for event in reading.events:
        found["pending" if event.status in PENDING else event.status] |= kinds_of(event.treatment)
        found["any"] |= kinds_of(event.treatment)
    return found


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['name']}: {entry['text'][:60]}")
def test_sentence_is_read_as_it_is_meant(entry: dict[str, Any]) -> None:
    found = read(entry["text"])
    for status, names in entry.items():
        if status == "silent":
            assert not found["any"] & set(names)
        elif status not in ("name", "text"):
            assert set(names) <= found[status]
