"""Real letters, where a folder of them is given: every PDF holds the items of letters.json, and the odds are honest.

IMR_CHECK_LETTERS names a folder with letters.json and, in letters/, the PDF of each case. No letter is part of this
repository.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker import api
from checker.chart.documents import read_document
from checker.outlook.calibrate import cross_validated
from checker.outlook.cases import Decided
from checker.outlook.figures import CROSSED, SHARE, Scored, measure
from checker.outlook.letters import Letter, letter_of, parse_letter

FOLDER = Path(os.environ.get("IMR_CHECK_LETTERS", "."))
pytestmark = pytest.mark.skipif(not os.environ.get("IMR_CHECK_LETTERS"), reason="IMR_CHECK_LETTERS names no folder")


@cache
def saved() -> list[dict[str, Any]]:
    letters: list[dict[str, Any]] = json.loads((FOLDER / "letters.json").read_text(encoding="utf-8"))
    return letters


def parsed(case: str) -> Letter:
    return parse_letter([page.text for page in read_document(FOLDER / "letters" / f"{case}.pdf").pages], case)


def plain(text: str) -> str:
    """Without blanks and hyphens: where a line of the PDF ends, the two readings part words differently."""
    return re.sub(r"[\s-]", "", text)


def test_every_pdf_holds_the_items_and_dates_of_the_saved_letter() -> None:
    wrong = []
    for entry in saved():
        letter = parsed(entry["case"])
        for field in ("injury", "decided", "ur_denial", "assigned", "application"):
            day: date | None = getattr(letter, field)
            if (day.strftime("%m/%d/%Y") if day else None) != entry[field]:
                wrong.append((entry["case"], field, day))
        titles = [(plain(item.title), item.outcome) for item in letter.items]
        expected = [(plain(item["title"]), item["outcome"]) for item in entry["items"]]
        # Two titles of letters.json begin in the middle of a sentence of the letter; the whole sentence ends like them.
        same = [a == b and title.endswith(told) for (title, a), (told, b) in zip(titles, expected, strict=False)]
        if len(titles) != len(expected) or not all(same):
            wrong.append(
                (entry["case"], "items", [title for title, held in zip(titles, same, strict=False) if not held])
            )
    assert wrong == []


@cache
def scored() -> tuple[Scored, ...]:
    rulebook = api.open_rulebook()
    cases: list[Decided] = [case for entry in saved() for case in api.check_letter(letter_of(entry), rulebook)]
    return tuple(Scored(case, None, odds) for case, odds in zip(cases, cross_validated(cases), strict=True))


def test_the_odds_are_better_than_the_base_rate_on_letters_they_were_not_measured_on() -> None:
    figures = measure(scored(), 300)
    found = figures.total.figures
    brier, base, auroc = (found[name].value for name in (f"Brier, {CROSSED}", f"Brier, {SHARE}", f"AUROC, {CROSSED}"))
    assert brier is not None
    assert base is not None
    assert auroc is not None
    assert brier < base
    assert auroc >= 0.80


def test_what_was_said_lies_within_what_was_decided_in_every_bin() -> None:
    assert [entry for entry in measure(scored(), 300).bins[CROSSED] if entry.holds is False] == []
