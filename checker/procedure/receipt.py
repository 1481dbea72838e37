"""When a request counts as received: the date stamp, the hour after which it is the next business day, and the mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from checker.procedure.calendar import Calendar, Days, add
from checker.procedure.law import Law


def received(rfa: Mapping[str, Any], law: Law, strict: Calendar, wide: Calendar) -> Days | None:
    """The day of receipt from what `rfa` states; two days where that leaves it open; None where nothing is stated.

    `rfa` holds received, sent (each a day, or a day and an hour), sent_by, date, expedited and concurrent.
    """
    rules = law.receipt
    channel = rfa.get("sent_by")
    stated, sent = rfa.get("received"), rfa.get("sent")
    if stated:
        return _after_hour(str(stated), channel, rfa, rules, strict, wide)
    if sent and channel in rules["instant"]:
        found = _after_hour(str(sent), channel, rfa, rules, strict, wide)
        return found._replace(facts=(rules["facts"]["instant"], *found.facts))
    start = sent or rfa.get("date")
    if not start:
        return None
    day = date.fromisoformat(str(start)[:10])
    days = [add(day, length, calendar) for length in rules["mail"] for calendar in (strict, wide)]
    if sent and channel == "mail":
        why = f"mailed {_short(day)}, received {' or '.join(rules['mail'])} later: sources differ"
        return Days(min(days), max(days), why, (rules["facts"]["mail"],))
    if sent:
        return Days(day, max(days), "the request does not state how it was sent, nor when it was received")
    return Days(day, None, "counted from the day of the form: the request does not state when it was received")


def _after_hour(
    text: str, channel: str | None, rfa: Mapping[str, Any], rules: Mapping[str, Any], strict: Calendar, wide: Calendar
) -> Days:
    """The day of a transmission, or the next business day after the hour."""
    day, hour = date.fromisoformat(text[:10]), text[11:16]
    if hour <= rules["hour"] or rfa.get("expedited") or rfa.get("concurrent"):
        return Days(day, day)
    early, late = strict.next_business_day(day), wide.next_business_day(day)
    facts = (rules["facts"]["after_hour"],)
    if channel in rules["after_hour"]:
        return Days(early, late, f"sent at {hour}, after {rules['hour']}: received on the next business day", facts)
    if channel is None or channel in rules["after_hour_argued"]:
        how = "the rule names the fax only" if channel else "the request does not state whether it was a fax"
        return Days(day, late, f"received at {hour}, after {rules['hour']}: {how}", facts)
    return Days(day, day)


def _short(day: date) -> str:
    return f"{day:%a} {day.isoformat()}"
