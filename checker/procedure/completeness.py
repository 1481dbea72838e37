"""Is the request complete under the text in force on the day it is sent?"""

from __future__ import annotations

from collections.abc import Iterable

from checker.engine.logic import MET, NOT_MET, Outcome, all_of
from checker.procedure.case import Case
from checker.procedure.law import Fact, Requirement
from checker.procedure.rules import evaluate, holds
from checker.record import record


@record
class Asked:
    """A requirement that applies, the facts in force that ask it, and whether it is met."""

    requirement: Requirement
    facts: tuple[Fact, ...]
    outcome: Outcome


def requirements(case: Case) -> tuple[Asked, ...]:
    """Every requirement that is in force on the day of sending and applies to the case."""
    day = case.days["planned"].early
    found: list[Asked] = []
    for requirement in case.law.requirements:
        facts = case.law.cited(requirement.facts, day)
        if not any(fact.decides for fact in facts) or not holds(requirement.when, case):
            continue
        found.append(Asked(requirement, facts, evaluate(requirement.check, case)))
    return tuple(found)


def is_complete(asked: Iterable[Asked]) -> bool | None:
    """Whether everything required is met; None where the request leaves it open or no text in force was encoded."""
    parts = [entry.outcome for entry in asked if entry.requirement.required]
    value = all_of(parts).value
    if not parts:
        return None
    return True if value == MET else False if value == NOT_MET else None
