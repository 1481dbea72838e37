"""A check as a phrase, so that a clinician can read what a rule tests without reading YAML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from checker.interview import plain
from checker.rulebook import model
from checker.rulebook.model import Bounds, Check


def in_words(check: Check) -> str:
    """The check as a phrase."""
    match check:
        case model.All():
            return _joined("and", check.parts)
        case model.Any():
            return _joined("or", check.parts)
        case model.AtLeast():
            return f"at least {check.count} of ({'; '.join(in_words(part) for part in check.parts)})"
        case model.Not():
            return f"not ({in_words(check.part)})"
        case _:
            return _leaf(check)


def _joined(word: str, parts: Iterable[Check]) -> str:
    return f" {word} ".join(f"({in_words(part)})" if _compound(part) else in_words(part) for part in parts)


def _compound(check: Check) -> bool:
    return isinstance(check, model.All | model.Any)


def _leaf(check: model.Leaf) -> str:
    match check:
        case model.FindingCheck():
            return _finding(check)
        case model.ValueCheck():
            return f"{check.pick} value of {check.finding} {bounds(check.bounds)}{_at(check.body_part)}"
        case model.DurationCheck():
            return f"time since {check.of} {bounds(check.bounds)}"
        case model.TriedCheck():
            return _tried(check)
        case model.PendingCheck():
            return f"{_names(check.treatments)} {' or '.join(check.statuses)}{_at(check.body_part)}"
        case model.RequestCheck():
            return _request(check)
        case model.PatientCheck():
            age = f"age {bounds(check.age)}" if check.age else ""
            return "patient: " + ", ".join(part for part in (age, check.sex or "") if part)
        case model.IntervalCheck():
            return f"time since the last {_names(check.treatments) or check.finding} {bounds(check.bounds)}"
        case _:
            assert_never(check)


def _finding(check: model.FindingCheck) -> str:
    text = f"{_names(check.names)} recorded {check.status}{_at(check.body_part)}"
    if check.side:
        text += f" on the {check.side} side"
    if check.sources:
        text += f" by {' or '.join(check.sources)}"
    return text + (f" within {check.within_days} days" if check.within_days else "")


def _tried(check: model.TriedCheck) -> str:
    text = f"{f'{check.count} of ' if check.count > 1 else ''}{_names(check.treatments)} {'in use' if check.in_use else 'tried'}"
    if check.responses:
        text += f" with response {' or '.join(check.responses)}"
    limits = [bounds(limit) for limit in (check.visits, check.days) if limit]
    return " ".join([text, *limits]) + _at(check.body_part) + _after(check.after)


def _request(check: model.RequestCheck) -> str:
    if check.quantity and check.bounds:
        done = f" together with those done{_after(check.after)}" if check.cumulative else ""
        return f"{check.quantity} asked for{done} {bounds(check.bounds)}"
    if check.states:
        return f"the item states the {check.states.replace('_', ' ')}"
    if check.with_treatments:
        return f"the request also asks for {_names(check.with_treatments)}"
    if check.with_failing:
        return f"the request also asks for {_names(check.with_failing)}, which does not meet its criteria"
    if check.flag:
        return f"the item is marked {check.flag.replace('_', ' ')}"
    return f"the item asks for the {' or '.join(check.body_parts)}"


def bounds(limits: Bounds) -> str:
    """Limits as words: 'at least 6 visits'."""
    return plain.limits(limits, limits.unit or "")


def _names(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _after(names: tuple[str, ...]) -> str:
    return f" after {_names(names)}" if names else ""


def _at(body_part: str | None) -> str:
    if not body_part:
        return ""
    return {"requested": " at the requested body part", "region": " in the requested region"}.get(
        body_part, f" at the {body_part}"
    )
