"""Over all rules: a question is asked only where an answer has an effect, and a yes makes met what it was asked of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.engine.logic import MET, NOT_MET, UNKNOWN
from checker.engine.operators import evaluate
from checker.interview.answers import Case, answerable, deny, settle
from checker.interview.edit import apply
from checker.rulebook.model import Check, Not, PendingCheck, RequestCheck, Rule, TriedCheck, walk
from tests.interview.driven import RULEBOOK, case_of, driven, start

GUIDELINES = sorted({rule.guideline for rule in RULEBOOK.rules.values()})
OPTIONS = 2  # of the things to choose from, how many are tried as the first choice


def open_checks(guideline: str, folder: Path) -> Iterator[tuple[Rule, str, str, Check, Case]]:
    """Every criterion and condition that a bare request leaves open, with the request and its case."""
    for rule in RULEBOOK.rules.values():
        if rule.guideline != guideline:
            continue
        text = start(rule)
        case = case_of(text, rule, folder)
        checks = [(f"{rule.id}#{one.id}", check) for one in rule.criteria for check in (one.check, one.applies_when)]
        checks.append((f"{rule.id} when", rule.scope.when))
        for name, check in checks:
            if check is not None and evaluate(check, case.setting).value == UNKNOWN:
                yield rule, name, text, check, case


@pytest.mark.parametrize("guideline", GUIDELINES)
def test_yes_means_met(guideline: str, tmp_path: Path) -> None:
    wrong = []
    for rule, name, text, check, case in open_checks(guideline, tmp_path):
        if not answerable(check, case):
            continue
        for option in range(OPTIONS):
            said = apply(text, driven(settle(check, case), option))
            if evaluate(check, case_of(said, rule, tmp_path).setting).value != MET:
                wrong.append(f"{name}, option {option}: {check}")
    assert not wrong, "\n".join(wrong[:10])


@pytest.mark.parametrize("guideline", GUIDELINES)
def test_no_means_the_contrary_or_nothing(guideline: str, tmp_path: Path) -> None:
    wrong = []
    for rule, name, text, check, case in open_checks(guideline, tmp_path):
        said = apply(text, deny(check, case))
        if said != text and evaluate(check, case_of(said, rule, tmp_path).setting).value != NOT_MET:
            wrong.append(f"{name}: {check}")
    assert not wrong, "\n".join(wrong[:10])


def test_what_cannot_be_answered(tmp_path: Path) -> None:
    """The whole list of exceptions: an interview cannot state that something was asked for or authorized elsewhere, nor that
    nothing was tried, and it cannot change what the words of an item ask for."""
    for guideline in GUIDELINES:
        for _, name, _, check, case in open_checks(guideline, tmp_path):
            if answerable(check, case):
                continue
            parts = [part for part in walk(check) if isinstance(part, PendingCheck)]
            others = [part for part in walk(check) if isinstance(part, RequestCheck)]
            untried = [
                p for part in walk(check) if isinstance(part, Not) for p in walk(part) if isinstance(p, TriedCheck)
            ]
            assert parts or others or untried, name
            assert all("planned" not in part.statuses for part in parts), name
            assert not any(part.states for part in others), name
