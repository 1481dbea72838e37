"""What the drug formulary means for the items of a request: one line for each drug's status, and one for what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from checker.chart.model import Chart
from checker.engine.check import for_item, setting_of
from checker.engine.logic import MET, NOT_MET, STATUS, UNKNOWN, YES, Outcome, Single, all_of
from checker.engine.operators import evaluate
from checker.engine.unit import Setting, narrow
from checker.formulary.lists import Standing, formulary_of, standing
from checker.report.model import ItemReport, ProcedureLine, Report
from checker.request.model import Asked, Request
from checker.rulebook.checks import parse_check
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Basis, Rulebook

Data = Mapping[str, Any]
LOOK_UP = "Look the drug up on the state's list of that day and load the list: imr-check formulary update FILE."


def formulary_lines(
    request: Request, asked: Mapping[str, Asked], chart: Chart, rulebook: Rulebook, report: Report
) -> tuple[ProcedureLine, ...]:
    """The lines of a report on the formulary; none before it was in force and for requests without drugs."""
    law = formulary_of(rulebook).get("law")
    if not law or report.as_of < date.fromisoformat(law["from"]):
        return ()
    base = setting_of(request, chart, rulebook, report.as_of)
    lines: list[ProcedureLine] = []
    for item, told in zip(request.items, report.items, strict=True):
        setting, parts = for_item(item, asked, base)
        for treatment in asked[item.id].treatments:
            if is_covered(treatment, rulebook, law) and (place := standing(treatment, report.as_of, rulebook)):
                lines += _lines(place, told, narrow(setting, treatment, tuple(parts)), law)
    first = next((line for line in lines if line.remedy == LOOK_UP), None)
    return tuple(replace(line, remedy=None) if line.remedy == LOOK_UP and line is not first else line for line in lines)


def is_covered(treatment: str, rulebook: Rulebook, law: Data) -> bool:
    """Whether a treatment is a drug that the patient takes at home."""
    is_drug = bool(set(kinds_of(treatment, rulebook)[1:]) & set(law["drugs"]))
    return is_drug and rulebook.treatments[treatment].unit not in law.get("administered", ())


def _lines(place: Standing, item: ItemReport, setting: Setting, law: Data) -> Iterator[ProcedureLine]:
    yield _status(place, item, law)
    if place.is_weak:
        return
    for point in law["points"]:
        if _applies(point, place, setting):
            yield _point(point, place, item, setting)


def _status(place: Standing, item: ItemReport, law: Data) -> ProcedureLine:
    meaning = law["statuses"]["unknown" if place.is_weak else place.status]
    label = law["statuses"][place.status]["label"]
    entry = place.entry
    is_known = place.status == "compounded" or (not place.list.newer and (entry is None or entry.is_verified))
    is_known = is_known and place.status != "unknown"
    return ProcedureLine(
        id=f"formulary-{item.id}-{place.treatment.id}",
        status=STATUS[MET if is_known else UNKNOWN],
        statement=f"Drug formulary: {place.treatment.label} is {label}: {meaning['effect']}",
        citation=meaning["citation"],
        remedy=None if is_known else LOOK_UP,
        detail=" ".join(doubts(place)) or None,
        basis=basis_text(entry.basis) if entry and not entry.is_verified else "",
    )


def doubts(place: Standing) -> Iterator[str]:
    """How far the status may be trusted, and what the list says by topic."""
    entry = place.entry
    if place.status == "compounded":
        return
    if entry and not entry.is_verified:
        yield f"Unverified: the status is from memory ({entry.basis.confidence} confidence), not read from the list."
    elif entry and entry.basis.source:
        yield f"Source: {entry.basis.source}."
    if place.list.newer:
        since = entry.origin if entry and entry.origin else place.list.start
        yield f"Known as of {since}; {place.list.newer} was in force since, and its rows are not loaded."
    elif place.list.complete:
        yield f"By the list {place.list.version} of {place.list.start}."
    if entry and entry.topics:
        yield (
            "By topic: " + ", ".join(f"{topic}: {said.replace('_', ' ')}" for topic, said in entry.topics.items()) + "."
        )


def basis_text(basis: Basis) -> str:
    """How far something was verified, as the report writes it."""
    return f"{basis.kind} ({basis.confidence} confidence)" if basis.confidence else basis.kind


def _applies(point: Data, place: Standing, setting: Setting) -> bool:
    if place.status not in point.get("statuses", (place.status,)):
        return False
    if "fill" in point and _days(point, place) is None:
        return False
    if "before" in point:
        injury = setting.injury.date
        if injury is None or injury >= date.fromisoformat(point["before"]):
            return False
    return "when" not in point or evaluate(parse_check(point["when"]), setting).value == MET


def _point(point: Data, place: Standing, item: ItemReport, setting: Setting) -> ProcedureLine:
    outcome = _outcome(point, place, item, setting)
    basis = Basis(point["basis"]["kind"], point["basis"].get("source", ""), point["basis"].get("confidence"))
    return ProcedureLine(
        id=f"formulary-{item.id}-{place.treatment.id}-{point['id']}",
        status=STATUS[outcome.value],
        statement=_filled(point["statement"], point, place),
        citation=point["citation"],
        remedy=None if outcome.value == MET else _filled(point.get("remedy", ""), point, place) or None,
        detail=outcome.reason or None,
        basis=basis_text(basis) if basis.kind != "quoted" else "",
    )


def _outcome(point: Data, place: Standing, item: ItemReport, setting: Setting) -> Outcome:
    """All that a point asks: accord with the MTUS, a check of the record, and a supply within its days."""
    parts = [_accord(item)] if point.get("accord") else []
    if "check" in point:
        parts.append(evaluate(parse_check(point["check"]), setting))
    if limit := _days(point, place):
        parts.append(_supply(limit, setting))
    return all_of(parts)


def _accord(item: ItemReport) -> Outcome:
    """Whether the rules of the MTUS for this item are met by the record."""
    if item.guideline is None or item.guideline.tier != "mtus":
        return Single(UNKNOWN, why="no rule of the MTUS speaks of it, so its accord is not shown")
    if item.prediction == "overturned":
        return YES
    return Single(NOT_MET, why=f"open in {item.guideline.title}: {', '.join(item.deciding)}")


def _days(point: Data, place: Standing) -> int | None:
    """The days that a point allows: its own number, or those of the fill on the list."""
    if isinstance(point.get("supply"), int) and point["supply"] is not True:
        return int(point["supply"])
    fill = point.get("fill")
    found: int | None = getattr(place.entry, fill) if fill and place.entry else None
    return found


def _supply(limit: int, setting: Setting) -> Outcome:
    asked = setting.asked.quantities
    days = asked.get("days") or asked.get("weeks", 0) * 7 or asked.get("months", 0) * 30
    if not days:
        return Single(UNKNOWN, why="the item does not say for how many days")
    return YES if days <= limit else Single(NOT_MET, why=f"{days:g} days are asked for, {limit} are allowed")


def _filled(text: str, point: Data, place: Standing) -> str:
    return text.replace("{drug}", place.treatment.label).replace("{days}", str(_days(point, place) or ""))
