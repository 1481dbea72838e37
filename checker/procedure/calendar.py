"""Counting days: business days, state holidays, lengths of time, and the trace of every count.

A holiday on one official list only is disputed. The strict calendar leaves disputed holidays out, so that a limit ends on
the earlier, safe day; the wide calendar keeps them and gives the latest day that can be argued.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from checker.procedure.law import Holiday

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
HOURS_A_DAY = 24


class Days(NamedTuple):
    """A day that may lie between two days. `late` is None where nothing bounds it. `why` says what moved it or leaves it
    open; `facts` name the law that did."""

    early: date
    late: date | None
    why: str = ""
    facts: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether both ends are the same day."""
        return self.early == self.late


class Step(NamedTuple):
    """One line of a count: the day and what it is in the count."""

    day: date
    text: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """Business days with the agreed holidays, and with the disputed ones too where `wide`."""

    holidays: tuple[Holiday, ...]
    wide: bool = False

    def closed(self, day: date) -> str | None:
        """Why a day is no business day: "Saturday", "Sunday" or the name of the holiday; None for a business day."""
        if day.weekday() >= len(WEEKDAYS):
            return f"{day:%A}"
        return holidays_of(self, day.year).get(day)

    def next_business_day(self, day: date) -> date:
        """The first business day after `day`."""
        day += DAY
        while self.closed(day):
            day += DAY
        return day

    def on_or_after(self, day: date) -> date:
        """`day` itself if business is done on it, else the next business day."""
        return day if not self.closed(day) else self.next_business_day(day)

    def on_or_before(self, day: date) -> date:
        """`day` itself if business is done on it, else the business day before."""
        while self.closed(day):
            day -= DAY
        return day


@lru_cache(maxsize=64)
def holidays_of(calendar: Calendar, year: int) -> dict[date, str]:
    """The holidays kept in a year, by day."""
    found: dict[date, str] = {}
    for holiday in calendar.holidays:
        if calendar.wide or holiday.standing == "agreed":
            for near in (year - 1, year, year + 1):  # one kept on Monday may fall into the next year
                found.update({day: name for day, name in _kept(holiday, near) if day.year == year})
    return found


def _kept(holiday: Holiday, year: int) -> list[tuple[date, str]]:
    """The days of one year on which a holiday falls and is kept."""
    kept: list[tuple[date, str]] = []
    for day in _falls(holiday.on, year):
        if (holiday.start and day < holiday.start) or (holiday.end and day > holiday.end):
            continue
        kept.append((day, holiday.name))
        if holiday.on_sunday and f"{day:%A}" == "Sunday":
            kept.append((day + DAY, f"{holiday.name}, kept on Monday"))
        if holiday.on_saturday and f"{day:%A}" == "Saturday":
            kept.append((day - DAY, f"{holiday.name}, kept on Friday"))
    return kept


def _falls(on: Any, year: int) -> list[date]:
    if "days" in on:
        return [day for text in on["days"] if (day := date.fromisoformat(text)).year == year]
    if "day" in on:
        return [date(year, on["month"], on["day"])]
    weekday = WEEKDAYS.index(on["weekday"])
    if on["n"] == "last":
        last = add_months(date(year, on["month"], 1), 1) - DAY
        return [last - timedelta(days=(last.weekday() - weekday) % 7)]
    first = date(year, on["month"], 1)
    first += timedelta(days=(weekday - first.weekday()) % 7)
    return [first + timedelta(weeks=on["n"] - 1, days=on.get("plus", 0))]


# --- lengths ---------------------------------------------------------------------------------------------------------


def add(start: date, length: str, calendar: Calendar) -> date:
    """The day a length after `start`; `length` as "5 business days", "30 days", "72 hours" or "12 months"."""
    return count(start, length, calendar)[-1].day


def count(start: date, length: str, calendar: Calendar) -> list[Step]:
    """The count of a length from `start`, whose own day does not count. Business days are listed one by one."""
    number, unit = int(length.split(" ", 1)[0]), length.split(" ", 1)[1]
    if unit == "business days":
        return _business_days(start, number, calendar)
    if unit == "hours":
        # The hour of the day stays the same for whole days; a part of a day ends on the day it begins at the latest.
        return [Step(start + timedelta(days=number // HOURS_A_DAY), f"{number} hours, at the same hour as the start")]
    if unit in ("months", "years"):
        end = add_months(start, number * (12 if unit == "years" else 1))
        return [Step(end, f"{number} {unit} after the start")]
    days = number * (7 if unit == "weeks" else 1)
    steps = [Step(start + DAY, "day 1")] if days > 1 else []
    return [*steps, Step(start + timedelta(days=days), f"day {days}")]


def _business_days(start: date, number: int, calendar: Calendar) -> list[Step]:
    steps: list[Step] = []
    day, counted = start, 0
    while counted < number:
        day += DAY
        closed = calendar.closed(day)
        counted += not closed
        steps.append(Step(day, f"not counted ({closed})" if closed else f"business day {counted}"))
    return steps


def add_months(start: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 27))


def count_all(start: date, lengths: Sequence[str], calendar: Calendar) -> list[Step]:
    """Several lengths, one after the other."""
    steps: list[Step] = []
    for length in lengths:
        steps += count(steps[-1].day if steps else start, length, calendar)
    return steps
