"""Numbers of a statement against the numbers of its check, so that what the reader is told is what is tested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from checker.problem import Problem
from checker.record import record
from checker.rulebook import model
from checker.rulebook.lint.book import Book, RuleEntry
from checker.rulebook.lint.entries import parsed, rule_fault
from checker.rulebook.model import Bounds, Check
from checker.words.numbers import NUMBERS

WORDS = {**NUMBERS, "half": 50.0, "both": 2.0}
UNITS = {
    "day": ("days", 1.0), "week": ("days", 7.0), "month": ("days", 30.0), "year": ("days", 365.0),
    "visit": ("visits", 1.0), "session": ("visits", 1.0), "treatment": ("visits", 1.0),
    "percent": ("percent", 1.0), "%": ("percent", 1.0), "injection": ("injections", 1.0), "level": ("levels", 1.0),
    "tablet": ("tablets", 1.0), "hour": ("hours", 1.0), "mg": ("mg", 1.0),
}  # fmt: skip
NUMBER = r"(?:\d+(?:\.\d+)?|" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")"
# A number, perhaps a range ("six to eight"), up to two words, and a unit; or a number alone.
AMOUNT = re.compile(
    rf"\b(?P<low>{NUMBER})(?:\s*(?:to|or|-)\s*(?P<high>{NUMBER}))?(?![\w-])(?:(?:\s+[a-z]+){{0,2}}?\s*(?P<unit>%|\b(?:{'|'.join(UNITS)})s?\b))?",
    re.IGNORECASE,
)
COUNT = re.compile(
    rf"\b(?:(?:at least|any|of)\s+)?(?P<n>{NUMBER})\s+of\s+(?:the\s+|these\s+)?(?P<of>{NUMBER})\b(?! or more)",
    re.IGNORECASE,
)
AT_LEAST = re.compile(rf"\bat least\s+(?P<n>{NUMBER})\b(?!\s*(?:of\s|%|percent))", re.IGNORECASE)
TOLERANCE = 0.08  # of a length of time: a month is 28 to 31 days
TIMES = (1.0, 7.0, 30.0, 365.0)


@record
class _Said:
    """A number of the statement; no unit where none stands beside it."""

    values: tuple[float, ...]
    unit: str | None


@record
class _Limit:
    """A number of the check with the whole numbers that mean the same ("more than 3" is "at least 4")."""

    values: tuple[float, ...]
    unit: str
    words: str


def check(book: Book) -> Iterator[Problem]:
    """The statements that the folder under lint writes."""
    for rule in book.own_rules():
        for entry in rule.own:
            if tested := parsed(entry["check"]):
                yield from _counts(rule, entry, tested)
                yield from _limits(rule, entry, tested)


def _counts(rule: RuleEntry, entry: dict[str, Any], tested: Check) -> Iterator[Problem]:
    """ "At least 2 of 3" stands over an `at_least` of two among three."""
    statement = str(entry["statement"])
    logic = [(n, of) for n, of in dict.fromkeys(_counted(tested)) if of > 1]
    shown = " and ".join(f"{n} of {of}" for n, of in logic) or "no such count"
    for match in COUNT.finditer(statement):
        n, of = (int(_number(match[name])) for name in ("n", "of"))
        if (n, of) not in logic:
            found = f"the statement of {entry['id']} says {n} of {of}, its check tests {shown}"
            yield rule_fault(rule, entry, "statement-count", found, "the same count in words and in the check")
            return
    counts = {n for n, _ in logic if n > 1}
    said = {int(_number(match["n"])) for match in AT_LEAST.finditer(statement)}
    has_at_least = any(isinstance(part, model.AtLeast) for part in _parts(tested))
    if has_at_least and said and not said & counts:
        found = f"the statement of {entry['id']} says at least {min(said)}, its check tests {shown}"
        yield rule_fault(rule, entry, "statement-count", found, "the same count in words and in the check")


def _counted(check: Check) -> Iterator[tuple[int, int]]:
    """How many of how many: of `at_least`, of `any` (one), of `all`, and of a list of names (one)."""
    for part in _parts(check):
        if isinstance(part, model.AtLeast):
            yield part.count, len(part.parts)
        elif isinstance(part, model.Any):
            yield 1, len(part.parts)
        elif isinstance(part, model.All):
            yield len(part.parts), len(part.parts)
        elif isinstance(part, model.TriedCheck):
            yield part.count, len(part.treatments)
        elif isinstance(part, model.FindingCheck):
            yield 1, len(part.names)


def _parts(check: Check) -> Iterator[Check]:
    yield check
    if isinstance(check, model.All | model.Any | model.AtLeast):
        for part in check.parts:
            yield from _parts(part)
    elif isinstance(check, model.Not):
        yield from _parts(check.part)


def _limits(rule: RuleEntry, entry: dict[str, Any], tested: Check) -> Iterator[Problem]:
    """A limit of the check is one of the statement's numbers, where the statement gives numbers of its unit."""
    said = list(_said(str(entry["statement"])))
    for limit in dict.fromkeys(_tested(tested)):
        rivals = [number for number in said if number.unit in (limit.unit, None)]
        of_unit = [number for number in rivals if number.unit == limit.unit]
        if of_unit and not any(_means(number, limit) for number in rivals):
            numbers = ", ".join(dict.fromkeys(f"{value:g}" for number in of_unit for value in number.values))
            found = f"the statement of {entry['id']} says {numbers} {limit.unit}, its check tests {limit.words}"
            yield rule_fault(rule, entry, "statement-number", found, "the same number in words and in the check")


def _said(statement: str) -> Iterator[_Said]:
    for match in AMOUNT.finditer(statement):
        word = (match["unit"] or "").lower()
        unit, factor = UNITS.get(word.removesuffix("s") if word != "%" else word, (None, 1.0))
        if unit is None and match["low"].lower() == "half":
            unit = "percent"
        values = tuple(_number(text) * factor for text in (match["low"], match["high"]) if text)
        yield _Said(values, unit)


def _number(text: str) -> float:
    return WORDS[text.lower()] if text.lower() in WORDS else float(text)


def _means(said: _Said, limit: _Limit) -> bool:
    """Whether a number of the statement is a limit of the check. A bare number may take its unit from the words before."""
    is_time = limit.unit == "days"
    factors = TIMES if is_time and said.unit is None else (1.0,)
    room = TOLERANCE if is_time else 0.0
    return any(
        abs(value * factor - wanted) <= room * wanted
        for value in said.values
        for factor in factors
        for wanted in limit.values
    )


def _tested(check: Check) -> Iterator[_Limit]:
    for part in _parts(check):
        if isinstance(part, model.DurationCheck | model.IntervalCheck):
            yield from _bounds(part.bounds, "days", 1.0)
        elif isinstance(part, model.TriedCheck):
            yield from _bounds(part.visits, "visits", 1.0)
            yield from _bounds(part.days, "days", 1.0)
        elif isinstance(part, model.RequestCheck) and part.quantity:
            unit, factor = UNITS.get(part.quantity.removesuffix("s"), (part.quantity, 1.0))
            yield from _bounds(part.bounds, unit, factor)
        elif isinstance(part, model.ValueCheck) and "percent" in part.finding:
            yield from _bounds(part.bounds, "percent", 1.0)
        elif isinstance(part, model.PatientCheck):
            yield from _bounds(part.age, "days", 365.0)


def _bounds(bounds: Bounds | None, unit: str, factor: float) -> Iterator[_Limit]:
    for name, next_to in (("at_least", -1), ("at_most", 1), ("more_than", 1), ("less_than", -1)):
        number = getattr(bounds, name, None)
        if number is not None:
            values = (number * factor, (number + next_to) * factor)
            yield _Limit(values, unit, f"{name.replace('_', ' ')} {number * factor:g} {unit}")
