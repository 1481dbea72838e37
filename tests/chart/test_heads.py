"""What a paper says of itself in its head and foot: its type, its day and its author."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.chart.describe import describe
from checker.chart.documents.pages import Page
from checker.chart.head.words import build_describer
from checker.yamlfile import read_yaml
from tests.chart.reading import rulebook

DATA = Path(__file__).parent.parent / "data"
HEADS: list[dict[str, Any]] = [*read_yaml(DATA / "heads.yaml").data, *read_yaml(DATA / "heads_of_offices.yaml").data]


@pytest.mark.parametrize("case", HEADS, ids=lambda case: str(case["name"]))
def test_a_paper_is_told_by_its_head(case: dict[str, Any]) -> None:
    found = describe([Page(1, case["head"])], build_describer(rulebook()))
    day = found.date.isoformat() if found.date else None
    assert (found.type, day, found.author) == (case.get("type"), case.get("date"), case.get("author"))


def test_the_day_of_injury_stands_behind_the_format_of_a_form() -> None:
    head = "REQUEST FOR AUTHORIZATION\nDate of Injury (MM/DD/YYYY): 02/14/2015   Date of Birth (MM/DD/YYYY): 03/04/1970"
    assert str(describe([Page(1, head)], build_describer(rulebook())).injury) == "2015-02-14"


def test_a_number_of_tablets_before_a_code_is_no_age() -> None:
    found = describe([Page(1, "Norco 10/325 #90 | M54.5 | 90 | M54.16")], build_describer(rulebook()))
    assert (found.age, found.sex) == (None, None)
