"""A letter becomes the request that the office could have written, and nothing of the decision gets into it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from checker import api
from checker.outlook.cases import by_letter, deciding_date, request_of
from checker.outlook.features import features
from checker.outlook.letters import Letter, parse_letter
from checker.outlook.model import with_odds
from checker.report.model import Report
from checker.rulebook.model import Rulebook

LETTERS = Path(__file__).parent.parent / "data" / "letters"
NAMES = ["wrapped.txt", "double-spaced.txt", "numbered.txt"]


def read(name: str) -> Letter:
    return parse_letter((LETTERS / name).read_text(encoding="utf-8").split("\f"), name)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return api.open_rulebook()


def test_the_request_holds_titles_dates_and_summary() -> None:
    letter = read("wrapped.txt")
    request = request_of(letter)
    assert [item.request for item in request.items] == [item.title for item in letter.items]
    assert [item.review.decision for item in request.items if item.review] == ["modified", "denied", "denied"]
    assert {item.review.date for item in request.items if item.review} == {letter.ur_denial}
    assert request.injury.date == letter.injury
    assert [(paper.date, paper.text) for paper in request.documents] == [(letter.ur_denial, letter.summary + "\n")]


@pytest.mark.parametrize("name", NAMES)
def test_the_decision_does_not_reach_the_check(name: str, rulebook: Rulebook) -> None:
    letter = read(name)
    other = {"upheld": "overturned", "overturned": "upheld"}
    turned = replace(
        letter,
        items=tuple(
            replace(item, outcome=other[item.outcome], rationale="", imr_guideline="", ur_guideline="")
            for item in letter.items
        ),
    )
    found, again = api.check_letter(letter, rulebook), api.check_letter(turned, rulebook)
    assert [case.item for case in found] == [case.item for case in again]
    assert [case.overturned for case in found] == [not case.overturned for case in again]


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_checked_as_its_request_file_would_be(name: str, rulebook: Rulebook, tmp_path: Path) -> None:
    letter = read(name)
    day = deciding_date(letter)
    assert day is not None
    assert letter.injury is not None
    review = {"date": day.isoformat()}
    request = {
        "items": [
            {
                "id": f"item-{number}",
                "request": item.title,
                "utilization_review": {"decision": "modified" if "uthorized" in item.title else "denied", **review},
            }
            for number, item in enumerate(letter.items, 1)
        ],
        "documents": [{"id": "summary", "type": "clinical summary", "path": "summary.txt", **review}],
        "injury": {"date": letter.injury.isoformat()},
    }
    (tmp_path / "summary.txt").write_text(letter.summary + "\n", encoding="utf-8")
    (tmp_path / "request.yaml").write_text(json.dumps(request), encoding="utf-8")
    report = api.check_file(tmp_path / "request.yaml")
    judged = with_odds(Report("r", day, tuple(case.item for case in api.check_letter(letter, rulebook))))
    assert judged.items == report.items


def test_a_letter_without_any_date_is_not_checked(rulebook: Rulebook) -> None:
    bare = replace(read("wrapped.txt"), ur_denial=None, application=None, assigned=None, decided=None)
    with pytest.raises(ValueError, match="no date"):
        api.check_letter(bare, rulebook)


def test_the_nearest_date_stands_for_that_of_the_denial() -> None:
    letter = read("wrapped.txt")
    assert deciding_date(letter) == letter.ur_denial
    assert deciding_date(replace(letter, ur_denial=None)) == letter.application
    assert deciding_date(replace(letter, ur_denial=None, application=None, assigned=None)) == letter.decided


def test_the_engine_says_what_the_facts_are_read_from(rulebook: Rulebook) -> None:
    """Two facts rest on what the engine writes: the number at which a criterion would be met, and the flags."""
    letter = read("wrapped.txt")
    wide = replace(letter, items=(replace(letter.items[0], title="Physical therapy, lumbar spine, 60 visits"),))
    assert "the number asked for is above the limit" in features(api.check_letter(wide, rulebook)[0].item)
    assert "remainder of a partly authorized request" in features(api.check_letter(letter, rulebook)[0].item)


def test_items_are_gathered_by_letter(rulebook: Rulebook) -> None:
    cases = [case for name in NAMES for case in api.check_letter(read(name), rulebook)]
    assert by_letter(cases) == {"CM13-9000003": [5, 6], "CM14-9000002": [3, 4], "CM16-9000001": [0, 1, 2]}
