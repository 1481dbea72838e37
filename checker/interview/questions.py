"""The questions that matter: what the governing rules ask, the papers leave open, and an answer can settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from checker.chart.model import Chart
from checker.engine.check import for_item, setting_of
from checker.engine.determine import Judged, Unit, units_of
from checker.engine.governs import covers, in_force, order_of
from checker.engine.logic import UNKNOWN
from checker.engine.operators import evaluate
from checker.engine.unit import Setting, narrow
from checker.interview.answers import Case, answerable
from checker.interview.plain import plain
from checker.record import record
from checker.request.model import Asked, Request
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Check, Criterion, Rule, Rulebook


@record
class Question:
    """One question of the interview.

    `kind`: `which` (which of `options`, each with its check, describes the case; it decides which rule governs),
    `required`, `condition` (decides whether more is asked), `exclusion` (a yes speaks against the request).
    `key` names the question for good; it holds the ids of item, rule and criterion.
    """

    key: str
    kind: str
    text: str
    case: Case
    check: Check | None = None
    rule: Rule | None = None
    criterion: Criterion | None = None
    options: tuple[tuple[str, Check], ...] = ()


def questions(
    request: Request, asked: Mapping[str, Asked], chart: Chart, rulebook: Rulebook, as_of: date
) -> list[Question]:
    """Every open question, item by item, in the order in which they are best asked."""
    whole = setting_of(request, chart, rulebook, as_of)
    found: list[Question] = []
    for number, item in enumerate(request.items):
        setting, parts = for_item(item, asked, whole)
        units = units_of(setting, parts)
        for unit in units:
            found += _which(unit, setting, number, item.id)
        if not any(judged.criterion.barrier for unit in units for judged in unit.failing):
            found += [question for unit in units for question in _of_unit(unit, setting, number, item.id)]
    return list({question.key: question for question in found}.values())


def _of_unit(unit: Unit, setting: Setting, number: int, item: str) -> Iterator[Question]:
    case = Case(narrow(setting, unit.treatment, unit.body_parts), unit.body_parts, number)
    deciding = [judged for judged in unit.judged if judged.criterion.role != "supporting"]
    for judged in deciding:
        if judged.criterion.role == "required":
            yield from _criterion(judged, case, item)
    for judged in deciding:
        if judged.outcome is None:
            yield from _condition(judged, case, item, unit)
    for judged in deciding:
        if judged.criterion.role == "exclusion":
            yield from _criterion(judged, case, item)


def _criterion(judged: Judged, case: Case, item: str) -> Iterator[Question]:
    criterion = judged.criterion
    if judged.outcome and judged.outcome.value == UNKNOWN and answerable(criterion.check, case):
        key = f"{item} {judged.rule.id}#{criterion.id}"
        yield Question(key, criterion.role, criterion.statement, case, criterion.check, judged.rule, criterion)


def _condition(judged: Judged, case: Case, item: str, unit: Unit) -> Iterator[Question]:
    """One question for all criteria of the unit that are asked under the same condition."""
    when = judged.criterion.applies_when
    if when is None or evaluate(when, case.setting).value != UNKNOWN or not answerable(when, case):
        return
    first = next(other.criterion for other in unit.judged if other.criterion.applies_when == when)
    key = f"{item} {judged.rule.id}#when-{first.id}"
    yield Question(key, "condition", plain(when, case.setting.rulebook), case, when, judged.rule, first)


def _which(unit: Unit, setting: Setting, number: int, item: str) -> Iterator[Question]:
    """Rules that would come before the governing one if the record showed the circumstances that they are for."""
    part = unit.body_parts[0] if unit.body_parts else None
    narrowed = narrow(setting, unit.treatment, (part,) if part else ())
    case = Case(narrowed, unit.body_parts, number)
    chosen = unit.governing.rule
    options: dict[str, Check] = {}
    for distance, kind in enumerate(kinds_of(unit.treatment, setting.rulebook)):
        for name in setting.rulebook.by_treatment.get(kind, ()):
            rule = setting.rulebook.rules[name]
            when = rule.scope.when
            if when is None or not _eligible(rule, part, narrowed):
                continue
            sooner = chosen is None or order_of(rule, distance, narrowed.rulebook) < _order(
                chosen, unit.treatment, narrowed
            )
            if sooner and evaluate(when, narrowed).value == UNKNOWN and answerable(when, case):
                options.setdefault(rule.scope.when_text or plain(when, setting.rulebook), when)
    if options:
        key = f"{item} {unit.treatment}#which-rule"
        yield Question(key, "which", "Does one of these describe the case?", case, options=tuple(options.items()))


def _eligible(rule: Rule, part: str | None, setting: Setting) -> bool:
    guideline = setting.rulebook.guidelines[rule.guideline]
    parts = rule.scope.body_parts
    return in_force(guideline, setting.as_of) and (not parts or (part is not None and covers(parts, part, setting)))


def _order(rule: Rule, treatment: str, setting: Setting) -> tuple[int, int, int, int, int, str]:
    kinds = kinds_of(treatment, setting.rulebook)
    distance = next(place for place, kind in enumerate(kinds) if kind in rule.scope.treatments)
    return order_of(rule, distance, setting.rulebook)
