"""The part and the side of what a note says (tests/data/places.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.yamlfile import read_yaml
from tests.chart.reading import read

DATA = Path(__file__).parents[1] / "data"
ENTRIES = read_yaml(DATA / "places.yaml").data
TREATED = read_yaml(DATA / "treated_places.yaml").data


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["say"][:60])
def test_finding_is_where_the_note_says(entry: dict[str, Any]) -> None:
    names = {place.split()[0] for place in entry["places"]}
    found = {
        f"{finding.finding} {finding.status} {finding.body_part or '-'} {finding.side or '-'}"
        for finding in read(entry["say"].replace("|", "\n")).findings
        if finding.finding in names
    }
    assert found == set(entry["places"])


@pytest.mark.parametrize("entry", TREATED, ids=lambda entry: entry["say"][:60])
def test_treatment_is_where_the_note_says(entry: dict[str, Any]) -> None:
    names = {place.split()[0] for place in entry["places"]}
    found = {
        f"{event.treatment} {event.body_part or '-'} {event.side or '-'}"
        for event in read(entry["say"].replace("|", "\n")).events
        if event.treatment in names
    }
    assert found == set(entry["places"])
