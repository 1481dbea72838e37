"""A check of a rule, made ready once: every operator turns its check into one function of a setting.

What does not change from case to case (names, limits, places, the kind of a finding) is looked up when a check is
compiled, so that asking it is one call. The table at the bottom is the closed set of operators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from checker.engine.logic import Joined, Outcome, all_of, any_of, at_least, negated
from checker.engine.operators import asked, findings, treatments
from checker.engine.unit import Compiled, Setting
from checker.rulebook import model
from checker.rulebook.model import Check, Rulebook


def compile_check(check: Check, rulebook: Rulebook) -> Compiled:
    """The check as a function of a setting."""
    return OPERATORS[type(check)](check, rulebook)


def evaluate(check: Check, setting: Setting) -> Outcome:
    """The outcome of a check that is asked only once."""
    return compile_check(check, setting.rulebook)(setting)


def _all(check: model.All, rulebook: Rulebook) -> Compiled:
    return _joined(check.parts, rulebook, all_of)


def _any(check: model.Any, rulebook: Rulebook) -> Compiled:
    return _joined(check.parts, rulebook, any_of)


def _at_least(check: model.AtLeast, rulebook: Rulebook) -> Compiled:
    return _joined(check.parts, rulebook, partial(at_least, check.count))


def _joined(checks: Iterable[Check], rulebook: Rulebook, join: Callable[[Sequence[Outcome]], Joined]) -> Compiled:
    parts = [compile_check(check, rulebook) for check in checks]

    def ask(setting: Setting) -> Joined:
        outcomes: list[Outcome] = []
        for part in parts:  # every part, also where the first decides: the report shows all evidence
            outcomes.append(part(setting))
        return join(outcomes)

    return ask


def _not(check: model.Not, rulebook: Rulebook) -> Compiled:
    part = compile_check(check.part, rulebook)
    return lambda setting: negated(part(setting))


OPERATORS: dict[type, Callable[[Any, Rulebook], Compiled]] = {
    model.All: _all,
    model.Any: _any,
    model.AtLeast: _at_least,
    model.Not: _not,
    model.FindingCheck: findings.finding,
    model.ValueCheck: findings.value,
    model.DurationCheck: findings.duration,
    model.TriedCheck: treatments.tried,
    model.PendingCheck: treatments.pending,
    model.RequestCheck: asked.request,
    model.PatientCheck: asked.patient,
    model.IntervalCheck: treatments.interval,
}
