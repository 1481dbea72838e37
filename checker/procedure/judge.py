"""Everything that procedure says of a request: requirements of the form, limits of time, and the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from checker.chart.model import Chart
from checker.procedure import completeness
from checker.procedure.case import Case, open_cases
from checker.procedure.deadlines import Due, dues
from checker.procedure.door import NextStep, next_step, with_timing
from checker.record import record
from checker.report.model import Report
from checker.request.model import Asked, Request
from checker.rulebook.model import Rulebook


@record
class Judged:
    """One case with its limits of time and its next step."""

    case: Case
    dues: tuple[Due, ...]
    step: NextStep | None


@record
class Judgement:
    """A request: its cases, and the requirements of the form, which stands for all of them."""

    cases: tuple[Judged, ...]
    whole: Case
    requirements: tuple[completeness.Asked, ...]
    dues: tuple[Due, ...]  # of all cases; one that several share stands once
    steps: tuple[tuple[NextStep, tuple[str, ...]], ...]  # with the items it is for; none: for all


def judge(
    request: Request, asked: Mapping[str, Asked], chart: Chart, rulebook: Rulebook, report: Report, today: date
) -> Judgement:
    """A request, judged on `today`; the items of `report` say what the record supports."""
    cases, whole = open_cases(request, asked, chart, rulebook, today, report)
    requirements = completeness.requirements(whole)
    is_complete = completeness.is_complete(requirements)
    found: list[Judged] = []
    for case in cases:
        case = case.knowing(rfa__complete=is_complete)
        days = dues(case)
        case = with_timing(case, days)
        found.append(Judged(case, days, next_step(case, days)))
    return Judgement(tuple(found), whole, requirements, _shared(found), _steps(found))


def _shared(judged: Sequence[Judged]) -> tuple[Due, ...]:
    """The limits of all cases. One that holds for some items only names them."""
    merged: dict[tuple[object, ...], tuple[Due, list[str]]] = {}
    for one in judged:
        for due in one.dues:
            key = (due.limit.id, due.safe, due.latest, due.done, due.value)
            merged.setdefault(key, (due, []))[1].extend(item.id for item in one.case.items)
    every = sum(len(one.case.items) for one in judged)
    found = [due if len(names) == every else replace(due, items=tuple(names)) for due, names in merged.values()]
    return tuple(sorted(found, key=lambda due: (due.day, due.limit.id)))


def _steps(judged: Sequence[Judged]) -> tuple[tuple[NextStep, tuple[str, ...]], ...]:
    merged: dict[tuple[str, str], tuple[NextStep, list[str]]] = {}
    for one in judged:
        if one.step:
            key = (one.step.door.id, one.step.do)
            merged.setdefault(key, (one.step, []))[1].extend(item.id for item in one.case.items)
    every = sum(len(one.case.items) for one in judged)
    return tuple((step, () if len(names) == every else tuple(names)) for step, names in merged.values())
