"""Criteria whose logic cannot be meant: never met, never failing, never asked, contradicting each other, or there twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from checker.problem import Problem
from checker.record import record
from checker.rulebook.lint.book import Book, RuleEntry
from checker.rulebook.lint.entries import parsed, rule_fault
from checker.rulebook.lint.reach import MET, reach, shares
from checker.rulebook.model import Check

Data = dict[str, Any]


@record
class _Demand:
    """A criterion of a rule with its parsed checks. `own`: this file writes it."""

    data: Data
    check: Check
    condition: Check | None
    own: bool

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def role(self) -> str:
        return str(self.data.get("role", "required"))

    def passes(self, value: int) -> bool:
        """Whether the criterion, with its check at this value, lets the request pass."""
        return value != MET if self.role == "exclusion" else value == MET


def check(book: Book) -> Iterator[Problem]:
    """The criteria of every rule of the folder under lint."""
    for rule in book.own_rules():
        when = parsed(rule.data["applies_to"].get("when"))
        demands = list(_demands(rule))
        for demand in demands:
            if demand.own:
                yield from _alone(rule, demand, when)
        for one, other in combinations(demands, 2):
            if one.own or other.own:
                yield from _pair(rule, one, other, when)


def _demands(rule: RuleEntry) -> Iterator[_Demand]:
    own = {entry["id"] for entry in rule.own}
    for entry in rule.data["criteria"]:
        if found := parsed(entry["check"]):
            yield _Demand(entry, found, parsed(entry.get("applies_when")), entry["id"] in own)


def _alone(rule: RuleEntry, demand: _Demand, when: Check | None) -> Iterator[Problem]:
    combined = reach(demand.check, demand.condition, when)
    values = {value for value, condition, outer in combined if condition == MET == outer}
    if not values:
        found = f"{demand.id} is asked under conditions that cannot all be met"
        yield rule_fault(rule, demand.data, "never-applies", found, "an applies_when that the rule's own when allows")
        return
    if demand.data.get("barrier") and demand.data["check"] == {"any": []}:
        return  # the plain way to write a barrier that nothing mends
    if not any(demand.passes(value) for value in values):
        found = f"{demand.id} can never be met" if demand.role != "exclusion" else f"{demand.id} is always shown"
        yield rule_fault(rule, demand.data, "never-met", found, "a check that some chart meets")
    if all(demand.passes(value) for value in values):
        found = f"{demand.id} can never fail" if demand.role != "exclusion" else f"{demand.id} can never be shown"
        yield rule_fault(rule, demand.data, "never-fails", found, "a check that some chart does not meet")


def _pair(rule: RuleEntry, one: _Demand, other: _Demand, when: Check | None) -> Iterator[Problem]:
    at = other if other.own else one
    if _same_demand(one, other):
        found = f"{one.id} and {other.id} ask the same under the same condition"
        yield rule_fault(rule, at.data, "duplicate-criteria", found, "one criterion for one demand")
    elif _said(one) == _said(other):
        found = f"{one.id} and {other.id} have the same statement over different checks"
        yield rule_fault(rule, at.data, "duplicate-criteria", found, "a statement that tells them apart")
    if "supporting" in (one.role, other.role) or not shares(one.check, other.check):
        return
    together = [
        values[:2] for values in reach(one.check, other.check, one.condition, other.condition, when)
        if set(values[2:]) == {MET}
    ]  # fmt: skip
    alone = any(one.passes(a) for a, _ in together) and any(other.passes(b) for _, b in together)
    if alone and not any(one.passes(a) and other.passes(b) for a, b in together):
        found = f"{one.id} and {other.id} cannot both pass"
        yield rule_fault(rule, at.data, "contradictory-criteria", found, "criteria that one chart can satisfy")


def _same_demand(one: _Demand, other: _Demand) -> bool:
    return (
        one.role == other.role
        and _plain(one.data["check"]) == _plain(other.data["check"])
        and _plain(one.data.get("applies_when")) == _plain(other.data.get("applies_when"))
    )


def _said(demand: _Demand) -> str:
    return str(demand.data["statement"]).strip(" .").casefold()


def _plain(value: Any) -> Any:
    """A check without the order of its parts, and without layers of one part."""
    if isinstance(value, dict):
        for key in ("all", "any"):
            if key in value and len(value[key]) == 1:
                return _plain(value[key][0])
        return tuple(sorted((key, _plain(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return tuple(sorted((_plain(inner) for inner in value), key=repr)) if len(value) != 1 else _plain(value[0])
    return value
