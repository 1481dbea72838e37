"""Keys of the request form that say what a rule asks for, where the chart says nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checker.chart.model import make_chart
from checker.engine.check import setting_of
from checker.request.model import Injury, Item, Request
from tests.engine.world import TODAY, fact, status, world

KEYS = [
    {"key": "injury.date", "from": "2004-01-01", "finding": "late"},
    {"key": "rfa.written", "finding": "authorized", "otherwise": "absent"},
    {"key": "rfa.prescriber", "is": ["md", "do"], "finding": "physician"},
]


def said(finding: str, *facts: Any, injured: date | None = None, **rfa: Any) -> str:
    rulebook = replace(world(), extra={"stated": {"keys": KEYS}})
    request = Request((Item("one", "words"),), injury=Injury(injured), rfa=rfa)
    return status({"finding": finding}, setting_of(request, make_chart(facts), rulebook, TODAY))


@pytest.mark.parametrize(
    ("finding", "form", "expected"),
    [
        ("late", {"injured": date(2004, 1, 1)}, "met"),
        ("late", {"injured": date(2003, 12, 31)}, "not_met"),
        ("late", {}, "not_documented"),
        ("authorized", {"written": True}, "met"),
        ("authorized", {"written": False}, "not_met"),
        ("authorized", {}, "not_met"),
        ("physician", {"prescriber": "do"}, "met"),
        ("physician", {"prescriber": "chiropractor"}, "not_met"),
        ("physician", {}, "not_documented"),
    ],
)
def test_a_key_of_the_form_is_a_finding(finding: str, form: dict[str, Any], expected: str) -> None:
    assert said(finding, **form) == expected


def test_what_the_chart_says_comes_first() -> None:
    assert said("authorized", fact("authorized"), written=False) == "met"
    assert said("authorized", fact("other"), written=False) == "not_met"


def test_what_the_form_says_is_stated_by_the_office_and_its_silence_is_not() -> None:
    rulebook = replace(world(), extra={"stated": {"keys": KEYS}})
    for rfa, stated in (({"written": False}, True), ({}, False)):
        request = Request((Item("one", "words"),), rfa=rfa)
        [found] = setting_of(request, make_chart(), rulebook, TODAY).chart.findings["authorized"]
        assert (found.finding, found.status, found.stated) == ("authorized", "absent", stated)
