"""Criteria of the governing rules → outcome of each unit → determination of the item."""

from __future__ import annotations

from dataclasses import dataclass

from checker.engine.governs import Governing, governing
from checker.engine.logic import MET, NOT_MET, STATUS, UNKNOWN, Outcome
from checker.engine.operators import evaluate
from checker.engine.unit import Setting, narrow
from checker.rulebook.model import Criterion, Rule


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion with its outcome; None where it does not apply."""

    criterion: Criterion
    rule: Rule
    outcome: Outcome | None

    @property
    def status(self) -> str:
        if self.outcome is None:
            return "not_applicable"
        return "conflicting" if self.outcome.conflicting else STATUS[self.outcome.value]

    @property
    def fails(self) -> bool:
        """A required criterion fails unless it is met; an exclusion fails only when it is met."""
        if self.outcome is None or self.criterion.role == "supporting":
            return False
        if self.criterion.role == "exclusion":
            return self.outcome.value == MET
        return self.outcome.value != MET

    @property
    def contradicted(self) -> bool:
        """The record shows the contrary of what is asked, rather than nothing."""
        value = self.outcome.value if self.outcome else MET
        return self.fails and value != UNKNOWN


@dataclass(frozen=True, slots=True)
class Unit:
    """One treatment at the body parts that one rule governs."""

    treatment: str
    body_parts: tuple[str, ...]
    governing: Governing
    judged: tuple[Judged, ...] = ()

    @property
    def failing(self) -> tuple[Judged, ...]:
        return tuple(judged for judged in self.judged if judged.fails)


def units_of(setting: Setting, parts: tuple[str, ...]) -> tuple[Unit, ...]:
    """The units of an item: its treatments in order, each split where different rules govern its body parts."""
    units: list[Unit] = []
    for treatment in setting.asked.treatments:
        by_rule: dict[str, tuple[Governing, list[str]]] = {}
        for part in parts or (None,):
            found = governing(treatment, part, setting)
            key = found.rule.id if found.rule else ""
            by_rule.setdefault(key, (found, []))[1].extend([part] if part else [])
        for found, covered in by_rule.values():
            units.append(_judge(treatment, tuple(covered), found, setting))
    return tuple(units)


def _judge(treatment: str, parts: tuple[str, ...], found: Governing, setting: Setting) -> Unit:
    if found.rule is None:
        return Unit(treatment, parts, found)
    narrowed = narrow(setting, treatment, parts)
    judged = tuple(judge(criterion, found.rule, narrowed) for criterion in found.rule.criteria)
    return Unit(treatment, parts, found, judged)


def judge(criterion: Criterion, rule: Rule, setting: Setting) -> Judged:
    """One criterion in a setting. A condition that the record does not show makes it not applicable."""
    if criterion.applies_when is not None and evaluate(criterion.applies_when, setting).value != MET:
        return Judged(criterion, rule, None)
    return Judged(criterion, rule, evaluate(criterion.check, setting))


def prediction_of(units: tuple[Unit, ...], ancillary: frozenset[str]) -> str:
    """overturned only if every governed unit passes; upheld if one fails; undetermined if a main unit has no rule."""
    governed = [unit for unit in units if unit.governing.rule]
    if not governed:
        return "undetermined"
    if any(unit.failing for unit in governed):
        return "upheld"
    open_units = [unit for unit in units if unit.governing.rule is None and unit.treatment not in ancillary]
    return "undetermined" if open_units else "overturned"


def deciding_unit(units: tuple[Unit, ...], ancillary: frozenset[str]) -> Unit | None:
    """The unit a reviewer would decide by: the hardest failure; a main service before what only assists it."""
    governed = [unit for unit in units if unit.governing.rule]
    if not governed:
        return None
    return min(governed, key=lambda unit: _hardness(unit, ancillary))


def _hardness(unit: Unit, ancillary: frozenset[str]) -> tuple[bool, bool, bool]:
    failing = unit.failing
    barrier = any(judged.criterion.barrier for judged in failing)
    return (not failing, not barrier, unit.treatment in ancillary)


def deciding_order(judged: Judged) -> int:
    """Hard barriers first, then what the record contradicts, then silence."""
    if judged.criterion.barrier:
        return 0
    outcome = judged.outcome
    return 1 if outcome and (outcome.value == NOT_MET or judged.criterion.role == "exclusion") else 2
