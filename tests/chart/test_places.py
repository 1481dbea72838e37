"""The part and the side of what a note says (tests/data/places.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.chart.model import Finding, TreatmentEvent
from checker.yamlfile import read_yaml
from tests.chart.reading import read

DATA = Path(__file__).parents[1] / "data"
ENTRIES = read_yaml(DATA / "places.yaml").data
TREATED = read_yaml(DATA / "treated_places.yaml").data


def written(told: Finding | TreatmentEvent, *name: str) -> str:
    """Where something is, as the tables write it."""
    return " ".join((*name, told.body_part or "-", told.side or "-"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["say"][:60])
def test_finding_is_where_the_note_says(entry: dict[str, Any]) -> None:
    names = {place.split()[0] for place in entry["places"]}
    told = read(entry["say"].replace("|", "\n")).findings
    found = {written(one, one.finding, one.status) for one in told if one.finding in names}
    assert found == set(entry["places"])


@pytest.mark.parametrize("entry", TREATED, ids=lambda entry: entry["say"][:60])
def test_treatment_is_where_the_note_says(entry: dict[str, Any]) -> None:
    names = {place.split()[0] for place in entry["places"]}
    told = read(entry["say"].replace("|", "\n")).events
    assert {written(one, one.treatment) for one in told if one.treatment in names} == set(entry["places"])
