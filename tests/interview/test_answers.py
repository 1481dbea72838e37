"""What a "yes" writes for kinds of checks that no rule of the program leaves open today, but a pack of rules may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.engine.logic import MET, UNKNOWN
from checker.engine.operators import evaluate
from checker.interview.answers import answerable, settle
from checker.interview.edit import apply
from checker.rulebook.checks import parse_check
from tests.interview.driven import RULEBOOK, case_of, driven, start

RULE = next(rule for rule in RULEBOOK.rules.values() if rule.id == "mtus-chronic-pain-2009/trigger-point-injection")
YES: list[tuple[dict[str, Any], str]] = [
    ({"request": {"states": "side"}}, "side: left"),
    ({"request": {"states": "duration"}}, "weeks: 1"),
    ({"request": {"states": "quantity"}}, "injections: 1"),
    ({"request": {"states": "level"}}, "at L4"),
    ({"interval": {"since": {"finding": "spurling"}, "at_least": "2 months"}}, "date: 2016-01-01"),
    ({"interval": {"since": {"treatments": ["nsaid", "opioid"]}, "at_least": "2 months"}}, "to: 2016-01-01"),
    ({"patient": {"sex": "female"}}, "sex: female"),
    ({"patient": {"age": {"at_least": 65}, "sex": "male"}}, "age: 65"),
    ({"duration": {"of": "spurling", "at_least": "6 weeks"}}, "unit: days"),
    ({"not": {"finding": "spurling"}}, "status: absent"),
    ({"tried": {"treatments": ["physical-therapy"], "at_least": "6 visits", "response": ["failed"]}}, "visits: 6"),
    ({"at_least": {"n": 2, "of": [{"finding": "spurling"}, {"finding": "fever"}]}}, "finding: fever"),
]


@pytest.mark.parametrize(("data", "written"), YES, ids=[next(iter(data)) + " " + words for data, words in YES])
def test_yes_writes_what_makes_the_check_met(data: dict[str, Any], written: str, tmp_path: Path) -> None:
    check = parse_check(data)
    case = case_of(start(RULE), RULE, tmp_path)
    assert evaluate(check, case.setting).value == UNKNOWN
    assert answerable(check, case)
    said = apply(start(RULE), driven(settle(check, case)))
    assert written in said
    assert evaluate(check, case_of(said, RULE, tmp_path).setting).value == MET


def test_what_an_entry_of_a_request_cannot_say_writes_nothing(tmp_path: Path) -> None:
    check = parse_check({"not": {"value": {"finding": "pain-score", "at_least": 4}}})
    case = case_of(start(RULE), RULE, tmp_path)
    assert not answerable(check, case)
    assert driven(settle(check, case)) == []
