"""What the rules of procedure ask about: the named values and named days of a request, as far as it states them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from checker.chart.model import Chart
from checker.procedure.calendar import Calendar, Days, add
from checker.procedure.concerns import FORMAL
from checker.procedure.law import Law, law_of
from checker.procedure.receipt import received
from checker.report.model import Report
from checker.request.model import Asked, Item, Request, Review
from checker.rulebook.model import Rulebook

# What a form leaves blank where it does not hold.
UNTICKED = (
    "rfa.expedited", "rfa.concurrent", "rfa.postsurgical", "rfa.written_authorization", "imr.expedited",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Case:
    """The items of a request that share one decision of utilization review, and what is known of them.

    `values` holds a value by name, absent where the request is silent; `days` a day, or two where it is open.
    """

    request: Request
    items: tuple[Item, ...]
    asked: Mapping[str, Asked]
    chart: Chart
    rulebook: Rulebook
    law: Law
    today: date
    values: Mapping[str, Any]
    days: Mapping[str, Days]
    review: Review | None = None

    @property
    def strict(self) -> Calendar:
        """Business days without the holidays that only one list has."""
        return calendars(self.law)[0]

    @property
    def wide(self) -> Calendar:
        """Business days with them."""
        return calendars(self.law)[1]

    def knowing(self, **values: Any) -> Case:
        """The case with more values; a double underscore stands for the point in a name. None is left out."""
        more = {name.replace("__", "."): value for name, value in values.items() if value is not None}
        return replace(self, values={**self.values, **more})

    def categories(self, item: Item) -> set[str]:
        """The service categories of what an item asks for."""
        return {self.rulebook.treatments[name].category for name in self.asked[item.id].treatments}


@lru_cache(maxsize=4)
def calendars(law: Law) -> tuple[Calendar, Calendar]:
    """The strict and the wide calendar of a law."""
    return Calendar(law.holidays), Calendar(law.holidays, wide=True)


def open_cases(
    request: Request, asked: Mapping[str, Asked], chart: Chart, rulebook: Rulebook, today: date, report: Report | None
) -> tuple[tuple[Case, ...], Case]:
    """One case for each set of items with the same review, drugs and retrospective services apart; and one for all."""
    law = law_of(rulebook)
    groups: dict[tuple[Review | None, bool, bool], list[Item]] = {}
    for item in request.items:
        review = review_of(item, request)
        days = _days(request, review, law, today)
        is_formulary = _is_drug(item, asked, rulebook, law) and _formulary_holds(days, law, today)
        groups.setdefault((review, is_formulary, "retrospective" in asked[item.id].flags), []).append(item)
    cases = []
    for (review, is_formulary, is_retrospective), items in groups.items():
        known = _values(request, items, asked, review, report)
        known |= {"rfa.retrospective": is_retrospective, "rfa.formulary": is_formulary}
        days = _days(request, review, law, today)
        cases.append(Case(request, tuple(items), asked, chart, rulebook, law, today, known, days, review))
    known, days = _values(request, request.items, asked, request.review, report), _days(request, None, law, today)
    return tuple(cases), Case(request, request.items, asked, chart, rulebook, law, today, known, days, request.review)


def _formulary_holds(days: Mapping[str, Days], law: Law, today: date) -> bool:
    """Whether the formulary was in force when the request was received, or else decided, or else today."""
    since = law.formulary.get("from")
    day = days.get("receipt") or days.get("decision") or Days(today, today)
    return since is not None and day.early >= date.fromisoformat(since)


def review_of(item: Item, request: Request) -> Review | None:
    """The review of an item: its own words, and the request's where it says nothing."""
    if item.review is None or request.review is None:
        return item.review or request.review
    own, whole = item.review, request.review
    return Review(**{f.name: getattr(own, f.name) or getattr(whole, f.name) for f in fields(Review)})


def _is_drug(item: Item, asked: Mapping[str, Asked], rulebook: Rulebook, law: Law) -> bool:
    categories = law.formulary.get("categories", ())
    return any(rulebook.treatments[name].category in categories for name in asked[item.id].treatments)


# --- values ----------------------------------------------------------------------------------------------------------


def _values(
    request: Request, items: Sequence[Item], asked: Mapping[str, Asked], review: Review | None, report: Report | None
) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(UNTICKED, False)
    for block, data in (("rfa", request.rfa), ("imr", request.imr), ("rebuttal", request.rebuttal)):
        found |= {f"{block}.{key}": value for key, value in data.items()}
    found |= {f"rfa.earlier_decision.{key}": value for key, value in request.rfa.get("earlier_decision", {}).items()}
    named = request.rfa.get("identifies")
    if named is not None:
        found |= {f"rfa.identifies.{who}": who in named for who in ("employee", "provider", "claims_administrator")}
    if review:
        found |= {f"ur.{f.name}": value for f in fields(Review) if (value := getattr(review, f.name)) is not None}
    found["ur.liability_disputed"] = bool(review and review.liability_disputed)
    for part in ("description", "code"):
        if any(getattr(diagnosis, part) for diagnosis in request.diagnoses):
            found[f"diagnoses.{part}"] = True
    if items and all(item.codes for item in items):
        found["items.codes"] = True
    if request.injury.accepted:
        parts = {part for item in items for part in asked[item.id].body_parts}
        found["rfa.accepted_part"] = parts <= set(request.injury.accepted)
    return found | _of_report({item.id for item in items}, report)


def _of_report(ids: set[str], report: Report | None) -> dict[str, Any]:
    """What the checked items say of the request: against the MTUS, beyond it, supported by the record."""
    items = [item for item in report.items if item.id in ids] if report else []
    against = beyond = False
    for item in items:
        is_mtus = item.guideline is not None and item.guideline.tier == "mtus"
        against = against or (is_mtus and any(c.barrier and c.id == "recommended" for c in item.criteria))
        beyond = beyond or (item.guideline is not None and not is_mtus)
    return {
        "report.against_mtus": against,
        "report.beyond_mtus": beyond,
        "report.overturned": bool(items) and all(item.prediction == "overturned" for item in items),
    }


# --- days ------------------------------------------------------------------------------------------------------------


def _days(request: Request, review: Review | None, law: Law, today: date) -> dict[str, Days]:
    rfa, imr = request.rfa, request.imr
    strict, wide = calendars(law)
    sent = _day(rfa.get("sent"))
    written = _day(rfa.get("date"))
    dated = [d.date for d in request.documents if d.date and d.type not in FORMAL]
    exact = {
        "injury": request.injury.date,
        "first_visit": _day(rfa.get("first_visit")),
        "recommendation": _day(rfa.get("recommended")) or written,
        "submission": sent,
        "planned": sent or _day(rfa.get("received")) or written or today,
        "newest_paper": max(dated, default=None),
        "earlier_decision": _day(rfa.get("earlier_decision", {}).get("date")),
        "imr_received": _day(imr.get("received")) or _day(imr.get("decided")),
        **{f"imr_{name}": _day(imr.get(name)) for name in ("applied", "assigned", "asked", "answered", "records")},
        "imr_decided": _day(imr.get("decided")),
    }
    if review:
        names = ("asked", "answered", "communicated", "served", "liability_resolved")
        exact |= {"decision": review.date, **{name: getattr(review, name) for name in names}}
    days = {name: Days(day, day) for name, day in exact.items() if day}
    receipt = received(rfa, law, strict, wide) if rfa and law.receipt else None
    if receipt:
        days["receipt"] = receipt
    if service := _service(review, law, wide):
        days["service"] = service
    return days


def _service(review: Review | None, law: Law, wide: Calendar) -> Days | None:
    """The day the written decision was sent: as stated, else between the decision and the end of the time for notice."""
    if review is None:
        return None
    if review.served:
        return Days(review.served, review.served)
    if review.date is None:
        return None
    why = "the request does not state on which day the written decision was sent"
    return Days(review.date, add(review.date, law.receipt["notice"], wide), why)


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None
