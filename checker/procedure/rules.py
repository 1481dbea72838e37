"""The closed set of operators of procedural checks, each with three values: met, not met, not stated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from checker.engine.logic import MET, NO, NOT_MET, SILENT, UNKNOWN, YES, Outcome, Single, all_of, any_of, negated
from checker.procedure.calendar import Days, add
from checker.procedure.case import Case
from checker.procedure.law import Check
from checker.request.model import Document
from checker.rulebook.kinds import kinds_of

NOT_STATED = "not stated"


def evaluate(check: Check, case: Case) -> Outcome:
    """The value of a check (docs/procedure.md lists the operators)."""
    (name, content), *_ = check.items()
    return OPERATORS[name](content, case)


def holds(check: Check | None, case: Case) -> bool:
    """Whether a condition is met; none is met always."""
    return check is None or evaluate(check, case).value == MET


def _because(value: int, words: str) -> Outcome:
    """An outcome with its reason in words."""
    return Single(value, why=words)


def _all(parts: Sequence[Check], case: Case) -> Outcome:
    return all_of([evaluate(part, case) for part in parts])


def _any(parts: Sequence[Check], case: Case) -> Outcome:
    return any_of([evaluate(part, case) for part in parts])


def _not(part: Check, case: Case) -> Outcome:
    return negated(evaluate(part, case))


def _given(name: str, case: Case) -> Outcome:
    """Whether the request speaks of it at all: never unknown."""
    return YES if case.values.get(name) is not None else NO


def _stated(names: Sequence[str], case: Case) -> Outcome:
    """All are stated; silence stays silence."""
    return YES if all(case.values.get(name) is not None for name in names) else SILENT


def _is(content: Mapping[str, Any], case: Case) -> Outcome:
    (name, wanted), *_ = content.items()
    choices = wanted if isinstance(wanted, list) else [wanted]
    value = case.values.get(name)
    if value is None:
        return YES if NOT_STATED in choices else SILENT
    return YES if value in choices else NO


def _day(content: Mapping[str, Any], case: Case) -> Outcome:
    """A named day lies within two days of the calendar, both included."""
    days = case.days.get(content["of"])
    if days is None:
        return SILENT
    first = date.fromisoformat(content["from"]) if "from" in content else date.min
    last = date.fromisoformat(content["to"]) if "to" in content else date.max
    late = days.late or date.max
    if first <= days.early and late <= last:
        return YES
    return NO if late < first or days.early > last else SILENT


def _days(content: Mapping[str, Any], case: Case) -> Outcome:
    """From one named day to another passes at most a length of time, and not less than nothing."""
    start, end = case.days.get(content["from"]), case.days.get(content["to"])
    if start is None or end is None or start.late is None:
        return SILENT
    in_time = [begin <= end.early <= add(begin, content["at_most"], case.strict) for begin in start[:2] if begin]
    return YES if all(in_time) else NO if not any(in_time) else SILENT


def _documents(content: Mapping[str, Any], case: Case) -> Outcome:
    """A paper of the types is there; with `within`, made that short before the day `of`; with `all`, every one was."""
    papers = [paper for paper in case.request.documents if _is_of(paper, content)]
    if not papers:
        return SILENT
    if "within" not in content:
        return _because(MET, ", ".join(_told(paper) for paper in papers))
    of = case.days.get(content["of"])
    if of is None:
        return SILENT
    parts = [_fresh(paper, of, content["within"], case) for paper in papers]
    whole = all_of(parts) if content.get("all") else any_of(parts)
    if whole.value == UNKNOWN:
        undated = [paper.id for paper in papers if paper.date is None]
        return _because(UNKNOWN, f"no date known of {', '.join(undated)}" if undated else "")
    return whole


def _is_of(paper: Document, content: Mapping[str, Any]) -> bool:
    return paper.type in content["types"] if "types" in content else paper.type not in content.get("besides", ())


def _fresh(paper: Document, of: Days, within: str, case: Case) -> Outcome:
    if paper.date is None:
        return SILENT
    fresh = paper.date <= of.early <= add(paper.date, within, case.strict)
    days = (of.early - paper.date).days
    told = f"{paper.id} of {paper.date.isoformat()}, {days} days before" if days >= 0 else f"{paper.id} is dated later"
    return _because(MET if fresh else NOT_MET, told)


def _told(paper: Document) -> str:
    return f"{paper.id} ({paper.date.isoformat() if paper.date else 'no date'})"


def _items(content: Mapping[str, Any], case: Case) -> Outcome:
    """Some item asks for one of these treatments, or for a service of one of these categories."""
    for item in case.items:
        if case.categories(item) & set(content.get("categories", ())):
            return YES
        kinds = {kind for name in case.asked[item.id].treatments for kind in kinds_of(name, case.rulebook)}
        if kinds & set(content.get("treatments", ())):
            return YES
    return NO


def _items_state(content: Mapping[str, Any], case: Case) -> Outcome:
    """Every item of the categories states this in its words."""
    silent = [
        item.request
        for item in case.items
        if case.categories(item) & set(content["categories"])
        and content["what"] not in case.asked[item.id].states
        and not case.asked[item.id].quantities
    ]
    return _because(UNKNOWN, "not stated: " + "; ".join(silent)) if silent else YES


OPERATORS: Mapping[str, Callable[[Any, Case], Outcome]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "given": _given,
    "stated": _stated,
    "is": _is,
    "day": _day,
    "days": _days,
    "documents": _documents,
    "items": _items,
    "items_state": _items_state,
}
