"""Criteria of the governing rules → outcome of each unit → determination of the item."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from checker.engine.elsewhere import widened
from checker.engine.governs import Governing, binding, governing
from checker.engine.logic import MET, NOT_MET, STATUS, UNKNOWN, Outcome, Proof
from checker.engine.operators import compile_check
from checker.engine.unit import Compiled, Setting, narrow
from checker.record import record
from checker.rulebook.model import Check, Criterion, RequestCheck, Rule, Rulebook, walk


@dataclass(slots=True)  # not frozen for the same reason as Outcome
class Judged:
    """One criterion with its outcome (None where it does not apply), whether it counts against the request, and where the record is
    silent on it, what would meet it if it were told of the place and the treatment asked for."""

    criterion: Criterion
    rule: Rule
    outcome: Outcome | None
    fails: bool
    elsewhere: Proof | None = None

    @property
    def status(self) -> str:
        if self.outcome is None:
            return "not_applicable"
        return "conflicting" if self.outcome.conflicting else STATUS[self.outcome.value]

    @property
    def contradicted(self) -> bool:
        """The record shows the contrary of what is asked, rather than nothing."""
        value = self.outcome.value if self.outcome else MET
        return self.fails and value != UNKNOWN


Fails: TypeAlias = tuple[bool, bool, bool]

# Whether a criterion fails, by its role, where it is not met, unknown or met: a required one fails unless it is met, an
# exclusion only when it is met.
FAILS: dict[str, Fails] = {
    "required": (True, True, False),
    "exclusion": (False, False, True),
    "supporting": (False, False, False),
}


@record
class Unit:
    """One treatment at the body parts that one rule governs."""

    treatment: str
    body_parts: tuple[str, ...]
    governing: Governing
    judged: tuple[Judged, ...] = ()
    failing: tuple[Judged, ...] = ()


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
    rulebook, narrowed = setting.rulebook, narrow(setting, treatment, parts)
    whole = widened(narrowed, setting)
    rules = (found.rule.id, *binding(treatment, found.rule.guideline, narrowed))
    judged = [line for rule in rules for line in judge(plan_of(rule, rulebook), narrowed, whole)]
    return Unit(treatment, parts, found, tuple(judged), tuple([line for line in judged if line.fails]))


@record
class Plan:
    """A rule made ready: each criterion with the condition under which it is asked, its check, and when it fails."""

    rule: Rule
    lines: tuple[tuple[Criterion, Compiled | None, Compiled, Fails], ...]
    leans: bool  # on whether what goes with it in the request meets its own criteria


@lru_cache(maxsize=4096)
def plan_of(rule: str, rulebook: Rulebook) -> Plan:
    """The rule of that name, made ready once."""
    found = rulebook.rules[rule]
    leans = any(_leans(criterion.check) for criterion in found.criteria)
    return Plan(found, tuple(_line(criterion, rulebook) for criterion in found.criteria), leans)


def _leans(check: Check) -> bool:
    return any(isinstance(part, RequestCheck) and bool(part.with_failing) for part in walk(check))


def _line(criterion: Criterion, rulebook: Rulebook) -> tuple[Criterion, Compiled | None, Compiled, Fails]:
    applies = compile_check(criterion.applies_when, rulebook) if criterion.applies_when else None
    return criterion, applies, compile_check(criterion.check, rulebook), FAILS[criterion.role]


def judge(plan: Plan, setting: Setting, whole: Setting | None = None) -> list[Judged]:
    """Every criterion of a rule in a setting. A condition that the record does not show makes one not applicable. `whole`: the setting
    with what was left out of it."""
    rule = plan.rule
    judged: list[Judged] = []
    for criterion, applies, ask, fails in plan.lines:
        if applies is None or applies(setting).value == MET:
            outcome = ask(setting)
            judged.append(Judged(criterion, rule, outcome, fails[outcome.value]))
            if whole and outcome.value == UNKNOWN and fails[UNKNOWN] and (other := ask(whole)).value == MET:
                judged[-1].elsewhere = next(iter(other.proofs), None)
        else:
            judged.append(Judged(criterion, rule, None, False))
    return judged


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
