"""Criterion checks as written in rule files → the closed set of check values of `rulebook.model`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue

from checker.rulebook import model
from checker.rulebook.model import Bounds, Check

Data = dict[str, AnyValue]

DAYS = {"day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
LIMITS = ("at_least", "at_most", "more_than", "less_than")


class CheckError(ValueError):
    """A check says something that its operator does not know. The message is for the rule author."""


def days(text: AnyValue) -> float:
    """Days in a length of time such as "6 weeks" (month 30 days, year 365 days); a bare number is days."""
    if isinstance(text, (int, float)):
        return float(text)
    words = str(text).split()
    unit = words[1].rstrip("s").lower() if len(words) == 2 else ""
    try:
        return float(words[0]) * DAYS[unit]
    except (ValueError, KeyError, IndexError):
        raise CheckError(f"'{text}' is not a length of time such as '6 weeks'") from None


def parse_check(data: Data) -> Check:
    """The check that `data` (one mapping of a rule file) stands for. Raises CheckError."""
    for name, parse in PARSERS.items():
        if name in data:
            return parse(data)
    raise CheckError(f"unknown check {sorted(data)}; known are {', '.join(PARSERS)}")


def _all(data: Data) -> Check:
    return model.All(tuple(parse_check(part) for part in data["all"]))


def _any(data: Data) -> Check:
    return model.Any(tuple(parse_check(part) for part in data["any"]))


def _at_least(data: Data) -> Check:
    body = data["at_least"]
    return model.AtLeast(int(body["n"]), tuple(parse_check(part) for part in body["of"]))


def _not(data: Data) -> Check:
    return model.Not(parse_check(data["not"]))


def _finding(data: Data, key: str = "finding") -> Check:
    return model.FindingCheck(
        names=_names(data[key]),
        status=data.get("status", "present"),
        body_part=data.get("body_part"),
        side=data.get("side"),
        within_days=int(days(data["within"])) if "within" in data else None,
        sources=_names(data.get("sources", ())),
        suspected=bool(data.get("suspected", False)),
    )


def _diagnosis(data: Data) -> Check:
    return _finding(data, "diagnosis")


def _value(data: Data) -> Check:
    body = data["value"]
    return model.ValueCheck(body["finding"], _bounds(body, float), body.get("body_part"), body.get("pick", "newest"))


def _duration(data: Data) -> Check:
    body = data["duration"]
    return model.DurationCheck(body["of"], _bounds(body, days, "days"))


def _tried(data: Data) -> Check:
    body = data["tried"]
    visits, length = _visits_and_days(body)
    return model.TriedCheck(
        treatments=_names(body["treatments"]),
        responses=_names(body.get("response", ())),
        visits=visits,
        days=length,
        body_part=body.get("body_part"),
        count=int(body.get("count", 1)),
        after=_names(body.get("after", ())),
        in_use=bool(body.get("in_use", False)),
        within_days=int(days(body["within"])) if "within" in body else None,
    )


def _pending(data: Data) -> Check:
    body = data["pending"]
    statuses = _names(body.get("statuses", ("planned", "requested", "authorized")))
    return model.PendingCheck(_names(body["treatments"]), statuses, body.get("body_part"))


def _request(data: Data) -> Check:
    body = data["request"]
    quantity = body.get("quantity")
    return model.RequestCheck(
        quantity="visits" if quantity == "sessions" else quantity,
        bounds=_bounds(body, float, quantity) if quantity else None,
        cumulative=bool(body.get("cumulative", "counting" in body)),
        after=_names(body.get("after", ())),
        counting=_names(body.get("counting", ())),
        states=body.get("states"),
        with_treatments=_names(body.get("with", ())),
        by_itself=bool(body.get("by_itself", False)),
        with_failing=_names(body.get("with_failing", ())),
        flag=body.get("flag"),
        body_parts=_names(body.get("body_parts", ())),
    )


def _patient(data: Data) -> Check:
    body = data["patient"]
    return model.PatientCheck(_bounds(body["age"], float, "years") if "age" in body else None, body.get("sex"))


def _interval(data: Data) -> Check:
    body = data["interval"]
    since = body["since"]
    treatments = ("same",) if since == "same" else _names(since.get("treatments", ()))
    finding = None if since == "same" else since.get("finding")
    return model.IntervalCheck(_bounds(body, days, "days"), treatments, finding, body.get("body_part"))


PARSERS: dict[str, Callable[[Data], Check]] = {
    "all": _all,
    "any": _any,
    "at_least": _at_least,
    "not": _not,
    "finding": _finding,
    "diagnosis": _diagnosis,
    "value": _value,
    "duration": _duration,
    "tried": _tried,
    "pending": _pending,
    "request": _request,
    "patient": _patient,
    "interval": _interval,
}


def _names(value: AnyValue) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _bounds(body: Data, convert: Callable[[AnyValue], float], unit: str | None = None) -> Bounds:
    limits = {name: convert(body[name]) for name in LIMITS if name in body}
    if not limits:
        raise CheckError("a number needs one of at_least, at_most, more_than, less_than")
    return Bounds(**limits, unit=body.get("unit", unit))


def _visits_and_days(body: Data) -> tuple[Bounds | None, Bounds | None]:
    """Limits of `tried` count visits ("6 visits") or time ("4 weeks")."""
    visits: dict[str, float] = {}
    length: dict[str, float] = {}
    for name in LIMITS:
        if name not in body:
            continue
        text = str(body[name])
        if "visit" in text or "session" in text:
            visits[name] = float(text.split()[0])
        else:
            length[name] = days(body[name])
    return (
        Bounds(**visits, unit="visits") if visits else None,
        Bounds(**length, unit="days") if length else None,
    )


def names_in(check: Check) -> dict[str, set[str]]:
    """Names of findings, treatments and body parts that a check refers to, by kind."""
    found: dict[str, set[str]] = {"finding": set(), "treatment": set(), "body_part": set()}
    for part in model.walk(check):
        if isinstance(part, model.FindingCheck):
            found["finding"].update(part.names)
        elif isinstance(part, model.ValueCheck):
            found["finding"].add(part.finding)
        elif isinstance(part, model.DurationCheck) and part.of != "injury":
            found["finding"].add(part.of)
        elif isinstance(part, (model.TriedCheck, model.PendingCheck)):
            found["treatment"].update(name for name in part.treatments if name != "same")
            found["treatment"].update(part.after if isinstance(part, model.TriedCheck) else ())
        elif isinstance(part, model.RequestCheck):
            found["treatment"].update(part.with_treatments, part.with_failing, part.counting, part.after)
            found["body_part"].update(part.body_parts)
        elif isinstance(part, model.IntervalCheck):
            found["treatment"].update(name for name in part.treatments if name != "same")
            if part.finding:
                found["finding"].add(part.finding)
        place = getattr(part, "body_part", None)
        if place and place not in ("requested", "region", "any"):
            found["body_part"].add(place)
    return found
