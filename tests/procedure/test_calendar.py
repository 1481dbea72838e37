"""State holidays 2013 to 2030 against the kept library `holidays`, and date arithmetic by its properties."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.api import open_rulebook
from checker.procedure.calendar import Calendar, add, add_months, count, holidays_of
from checker.procedure.law import law_of

STRICT = Calendar(law_of(open_rulebook()).holidays)
WIDE = Calendar(STRICT.holidays, wide=True)
YEARS = range(2013, 2031)
# Federal or ceremonial days that the library lists for California and that close no state office.
NOT_OBSERVED = {"Susan B. Anthony Day", "Juneteenth National Independence Day", "Diwali"}
DAYS = st.dates(date(2013, 1, 1), date(2030, 6, 30))


def of_library(year: int) -> set[date]:
    """Holidays on the very day they fall, and Monday for Sunday; the library also moves Saturday to Friday as federal
    offices do, which the state does for Veterans Day only."""
    found = set()
    for day, names in holidays.country_holidays("US", subdiv="CA", years=year).items():
        for name in names.split("; "):
            is_moved_back = name.endswith("(observed)") and day.weekday() == 4 and not name.startswith("Veterans")
            if name.removesuffix(" (observed)") not in NOT_OBSERVED and not is_moved_back:
                found.add(day)
    return found


@pytest.mark.parametrize("year", YEARS)
def test_agreed_holidays_are_those_of_the_library(year: int) -> None:
    ours = set(holidays_of(STRICT, year)) | set(after_thanksgiving(year))
    assert ours == of_library(year)


def after_thanksgiving(year: int) -> list[date]:
    """Disputed until 2019, agreed since."""
    return [day for day, name in holidays_of(WIDE, year).items() if name == "Day after Thanksgiving"]


@pytest.mark.parametrize("year", YEARS)
def test_the_day_after_thanksgiving_is_agreed_since_2020(year: int) -> None:
    (day,) = after_thanksgiving(year)
    assert (day in holidays_of(STRICT, year)) == (year >= 2020)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2015-07-03", None),  # Independence Day on a Saturday is not moved
        ("2017-01-02", "New Year's Day, kept on Monday"),
        ("2017-11-10", "Veterans Day, kept on Friday"),
        ("2021-07-05", "Independence Day, kept on Monday"),
        ("2021-12-31", None),  # New Year's Day 2022 is a Saturday
        ("2013-04-01", "Cesar Chavez Day, kept on Monday"),
        ("2024-06-19", None),
    ],
)
def test_kept_days(day: str, name: str | None) -> None:
    assert STRICT.closed(date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2016-02-12", "Lincoln Day"),
        ("2016-10-10", "Columbus Day"),
        ("2024-06-19", "Juneteenth"),
        ("2022-06-20", None),  # not yet on the list
        ("2026-02-17", "Lunar New Year"),
        ("2027-10-29", "Diwali"),
        ("2025-10-20", None),  # Diwali before the law
    ],
)
def test_disputed_days(day: str, name: str | None) -> None:
    assert WIDE.closed(date.fromisoformat(day)) == name
    assert STRICT.closed(date.fromisoformat(day)) is None


@given(DAYS, st.integers(1, 15))
def test_business_days_end_on_a_business_day_and_count_exactly(start: date, number: int) -> None:
    for calendar in (STRICT, WIDE):
        end = add(start, f"{number} business days", calendar)
        between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
        assert calendar.closed(end) is None
        assert sum(calendar.closed(day) is None for day in between) == number


@given(DAYS, st.integers(1, 15))
def test_the_safe_day_is_never_later_than_the_argued_one(start: date, number: int) -> None:
    length = f"{number} business days"
    assert start + timedelta(days=number) <= add(start, length, STRICT) <= add(start, length, WIDE)


@given(DAYS, st.integers(1, 400))
def test_calendar_days_are_exact(start: date, number: int) -> None:
    assert add(start, f"{number} days", STRICT) == start + timedelta(days=number)


@given(DAYS, st.integers(1, 36))
def test_months_keep_the_day_or_take_the_last_of_a_shorter_month(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@given(DAYS, st.integers(1, 15))
def test_a_count_names_every_day_after_its_start(start: date, number: int) -> None:
    steps = count(start, f"{number} business days", STRICT)
    assert [step.day for step in steps] == [start + timedelta(days=n + 1) for n in range(len(steps))]


@given(DAYS)
def test_moving_to_a_business_day_moves_no_further_than_needed(day: date) -> None:
    after, before = WIDE.on_or_after(day), WIDE.on_or_before(day)
    assert before <= day <= after
    assert WIDE.closed(after) is None
    assert WIDE.closed(before) is None
    skipped = (after - day).days + (day - before).days
    assert all(WIDE.closed(before + timedelta(days=n)) for n in range(1, skipped)) or before == after
