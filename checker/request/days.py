"""The days of a request: whether they exist, and whether they can follow each other."""

from __future__ import annotations

from calendar import month_name, monthrange
from collections.abc import Iterator
from datetime import date
from typing import Any

from checker.problem import Problem
from checker.request.model import Request, Review, is_resent
from checker.yamlfile import Path_, YamlFile

MONTHS = 12
DATE_KEYS = frozenset(
    [
        "date",
        "service_date",
        "from",
        "to",
        "received",
        "signature_date",
        "recommended",
        "sent",
        "first_visit",
        "communicated",
        "served",
        "asked",
        "answered",
        "liability_resolved",
        "applied",
        "assigned",
        "records",
        "decided",
    ]
)
EARLIER = (
    "One of the two days is wrong. If the decision was on an earlier request, state its day as date under "
    "rfa: earlier_decision:, and leave utilization_review out until the new one is decided."
)


def bad_days(file: YamlFile) -> Iterator[Problem]:
    """Days of a request that look right but do not exist, such as 30 February."""
    return _bad_days(file, file.data, ())


def _bad_days(file: YamlFile, value: Any, path: Path_) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in DATE_KEYS and isinstance(inner, str):
                try:
                    found = date.fromisoformat(inner[:10])
                except ValueError:
                    expected = "a real date as year-month-day"
                    yield file.fault((*path, key), "date", f"{key}: {inner}", expected, _date_hint(inner))
                    continue
                if inner[11:] and not (inner[11:13] < "24" and inner[14:16] < "60"):
                    yield file.fault((*path, key), "date", f"{key}: {inner}", "an hour from 00:00 to 23:59")
                if not 1900 <= found.year <= 2100:
                    yield file.fault((*path, key), "date", f"{key}: {inner}", "a year between 1900 and 2100")
            else:
                yield from _bad_days(file, inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _bad_days(file, inner, (*path, number))


def _date_hint(text: str) -> str:
    """What is wrong with a day that does not exist."""
    year, month, day = (int(part) for part in text[:10].split("-"))
    if month > MONTHS:
        return f"Did you mean {year:04}-{day:02}-{month:02}?" if 1 <= day <= MONTHS else "A year has 12 months."
    if month and year:
        return f"{month_name[month]} {year} has {monthrange(year, month)[1]} days."
    return "Such as 2013-10-23."


def days_out_of_order(file: YamlFile, request: Request) -> Iterator[Problem]:
    """Days that cannot be as they stand: a decision before its request, a service before the injury."""
    injury, written = request.injury.date, as_date(request.rfa.get("date"))
    received = as_date(request.rfa.get("received"))
    if injury and written and injury > written:
        yield file.fault(
            ("injury", "date"), "date-order", f"injury {injury}", f"a day on or before the RFA ({written})"
        )
    if received and written and received < written:
        yield _early(file, ("rfa", "received"), "received", received, f"the RFA ({written})")
    for number, prior in enumerate(request.prior_treatments):
        if prior.start and prior.end and prior.end < prior.start:
            yield _early(file, ("prior_treatments", number, "to"), "to", prior.end, f"the first ({prior.start})")
    reviews: list[tuple[Path_, Review | None]] = [(("utilization_review", "date"), request.review)]
    for number, item in enumerate(request.items):
        if item.service_date and injury and item.service_date < injury:
            path: Path_ = ("items", number, "service_date")
            yield _early(file, path, "service", item.service_date, f"the injury ({injury})")
        reviews.append((("items", number, "utilization_review", "date"), item.review))
    asked = received or as_date(request.rfa.get("sent")) or written
    for path, review in reviews:
        decided = review.date if review else None
        if decided and injury and decided < injury:
            yield _early(file, path, "review", decided, f"the injury ({injury})")
        elif decided and asked and decided < asked and not is_resent(request.rfa):
            yield _early(file, path, "decision", decided, f"the request ({asked})", EARLIER)


def _early(file: YamlFile, path: Path_, what: str, day: date, after: str, fix: str = "") -> Problem:
    return file.fault(path, "date-order", f"{what} {day}", f"a day on or after {after}", fix)


def as_date(value: Any) -> date | None:
    """An ISO date (an hour after it is left out), or None where there is none."""
    if isinstance(value, dict):
        value = value.get("date")
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
