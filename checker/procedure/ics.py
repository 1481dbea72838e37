"""Limits of time as an iCalendar file (RFC 5545): one whole-day event each, in UTC, with a reminder for acts of the
office and the worker. It holds no word of the record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from checker.procedure.deadlines import Due, day_text, is_over
from checker.procedure.law import citation

OCTETS = 75  # RFC 5545 3.1: longer lines are folded
REMINDER_DAYS = 3
AT_ONCE, NOTHING = "At once: ", ""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def render(dues: Iterable[Due], name: str, as_of: date) -> str:
    """The calendar of what is still to be done, as text with CRLF line ends. `name` tells requests apart; `as_of` stamps
    the events and is the day by which a limit is over."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//imr-check//deadlines//EN", "CALSCALE:GREGORIAN"]
    for due in still_open(dues, as_of):
        lines += _event(due, name, as_of)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def still_open(dues: Iterable[Due], as_of: date) -> list[Due]:
    """The limits that are not kept yet and not over. Of another's limit that can still be argued, but whose safe day lies behind, no day
    is left to note."""
    found = [due for due in dues if due.done is None and not is_over(due, as_of)]
    return [due for due in found if due.day >= as_of or due.act_by]


def _event(due: Due, name: str, as_of: date) -> Iterator[str]:
    day = max(
        due.day, as_of
    )  # an act whose safe day has passed, and that can still be argued to be in time, is for today
    is_late = day != due.day
    identity = f"{name} {due.limit.id} {' '.join(due.items)}"
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(identity.encode()).hexdigest()[:32]}@imr-check"
    yield f"DTSTAMP:{as_of:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{AT_ONCE if is_late else NOTHING}{due.limit.title} ({due.limit.duty})')}"
    yield f"DESCRIPTION:{_text((_late(due) if is_late else '') + _description(due))}"
    yield "TRANSP:TRANSPARENT"
    ahead = min(REMINDER_DAYS, (day - as_of).days)  # no reminder for a day that is over
    if due.act_by and ahead > 0:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{ahead}D")
        yield from (f"DESCRIPTION:{_text(due.limit.title)}", "END:VALARM")
    yield "END:VEVENT"


def _late(due: Due) -> str:
    until = f"until {day_text(due.latest)} another reading can be argued" if due.latest else "another can be argued"
    return f"The safe day, {day_text(due.day)}, has passed; {until}.\n"


def _description(due: Due) -> str:
    lines = [" ".join(fact.statement for fact in due.facts), citation(due.facts)]
    lines.append(f"Counted from {day_text(due.start.early)} to {day_text(due.safe)}.")
    lines += [f"Also argued: {conflict}." for conflict in due.conflicts]
    return "\n".join(lines)


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; a continuation begins with a blank and no character is cut."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > OCTETS:
            yield part
            part = " "
        part += sign
    yield part
