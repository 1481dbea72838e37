"""Requests answered without a terminal: what the interview writes, read back and judged by the engine."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from checker.api import deciding_date, open_rulebook
from checker.chart.reconcile import build_chart
from checker.engine.check import for_item, setting_of
from checker.engine.unit import Setting, narrow
from checker.interview.answers import Ask, Case, Settling
from checker.interview.edit import Add, Put, apply
from checker.request.load import load_request
from checker.rulebook.match import match_request
from checker.rulebook.model import Bounds, Rule

AS_OF = date(2016, 3, 1)
RULEBOOK = open_rulebook()
WORDS = {"dose": "10 mg", "level": "at L4", "kind": "with all the words of the form"}


def start(rule: Rule) -> str:
    """A request for what the rule is about, that says as little as a request can."""
    part = rule.scope.body_parts[0] if rule.scope.body_parts else "lumbar spine"
    item = {"request": "As on the form", "treatment": rule.scope.treatments[0], "body_parts": [part]}
    return apply("", [Add("items", item), Put(("rfa", "date"), AS_OF)])


def case_of(text: str, rule: Rule, folder: Path) -> Case:
    """The case of the first item of a request text, as the engine sees it."""
    path = folder / "request.yaml"
    path.write_text(text, encoding="utf-8")
    request = load_request(path).request
    asked = match_request(request, RULEBOOK)
    whole = setting_of(request, build_chart(request, [], RULEBOOK), RULEBOOK, deciding_date(request))
    setting, parts = for_item(request.items[0], asked, whole)
    narrowed: Setting = narrow(setting, request.items[0].treatments[0], parts)
    return Case(narrowed, parts, 0)


def comply(ask: Ask, option: int = 0) -> Any:
    """The answer that the rule asks for. `option` is the first one chosen where several would do."""
    match ask.kind:
        case "choose":
            if ask.wanted:
                return (ask.wanted[0],)
            first = option % len(ask.options)
            return tuple((first + step) % len(ask.options) for step in range(ask.least))
        case "number":
            return inside(ask.bounds)
        case "day":
            return AS_OF - timedelta(days=inside(ask.bounds))
        case "period":
            return (AS_OF - timedelta(days=inside(ask.bounds)), AS_OF)
        case "length":
            return (inside(ask.bounds), "days")
        case "words":
            return next(f"As on the form, {words}" for state, words in WORDS.items() if state in ask.text)
    raise AssertionError(ask)


def inside(bounds: Bounds | None) -> float:
    """A number within the bounds."""
    if bounds is None:
        return 1
    if bounds.at_least is not None:
        return bounds.at_least
    if bounds.more_than is not None:
        return bounds.more_than + 1
    if bounds.at_most is not None:
        return bounds.at_most
    return (bounds.less_than or 1) - 1


def driven(settling: Settling, option: int = 0) -> list[Any]:
    """The changes that a settling ends with when every detail is answered as the rule asks."""
    answer: Any = None
    try:
        while True:
            answer = comply(settling.send(answer), option)
    except StopIteration as end:
        return list(end.value)
