"""Forty requests of the present day: governing rule, determination and what decides are those of the table in the docs."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.api import check_file, open_rulebook
from checker.report.model import ItemReport, Report

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "present-day"
DRUGS = frozenset(
    [
        "opioid",
        "nsaid",
        "muscle-relaxant",
        "topical",
        "compound",
        "ppi",
        "antidepressant",
        "anticonvulsant",
        "sedative",
        "drug-other",
    ]
)


class Row(NamedTuple):
    """One line of docs/present-day-examples.md."""

    name: str
    rule: str
    determination: str
    deciding: list[str]
    rows: str


def _row(line: str) -> Row:
    name, _, rule, determination, decided, rows = (cell.strip() for cell in line.strip("|\n ").split(" | "))
    return Row(
        name.partition("]")[0].strip("["), rule.strip("`"), determination, re.findall(r"`([^`]+)`", decided), rows
    )


PAGE = (ROOT / "docs" / "present-day-examples.md").read_text(encoding="utf-8")
ROWS = [_row(line) for line in PAGE.splitlines() if line.startswith("| [")]


@cache
def report_of(name: str) -> Report:
    return check_file(EXAMPLES / name / "request.yaml")


def item_of(name: str) -> tuple[ItemReport, date]:
    report = report_of(name)
    (item,) = report.items
    return item, report.as_of


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_example_is_determined_as_the_table_says(row: Row) -> None:
    item, _ = item_of(row.name)
    assert (item.prediction, item.rule, list(item.deciding)) == (row.determination, row.rule, row.deciding)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_example_was_reviewed_by_named_rows(row: Row) -> None:
    assert re.fullmatch(r"[A-Z]+-X?\d+(, [A-Z]+-X?\d+)*", row.rows)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_example_is_governed_by_an_edition_in_force(row: Row) -> None:
    item, day = item_of(row.name)
    assert date(2024, 1, 1) <= day <= date(2026, 12, 31)
    assert item.guideline is not None
    start = open_rulebook().guidelines[item.guideline.id].start
    assert item.guideline.tier != "mtus" or (start is not None and start >= date(2017, 12, 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_is_known_from_memory_is_to_be_read_again(row: Row) -> None:
    item, _ = item_of(row.name)
    asked = [line for line in item.criteria if line.status != "not_applicable"]
    assert item.guideline is not None
    where = open_rulebook().guidelines[item.guideline.id].text_at
    expected = bool(where) and any(line.basis.startswith("recalled") for line in asked)
    told = f"What {item.guideline.title} asks is known from memory. Read its current text"
    assert any(notice.startswith(told) for notice in report_of(row.name).notices) is expected


def test_half_of_the_examples_are_drugs_and_half_pass() -> None:
    assert {row.name for row in ROWS} == {path.parent.name for path in EXAMPLES.glob("*/request.yaml")}
    assert Counter(item_of(row.name)[0].prediction for row in ROWS) == {"overturned": 20, "upheld": 20}
    assert sum(item_of(row.name)[0].category in DRUGS for row in ROWS) == 20
