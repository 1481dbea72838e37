"""Dates as charts write them, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from checker.words.dates import find_dates


@pytest.mark.parametrize(
    ("text", "day", "exact"),
    [
        ("seen 10/23/13 again", date(2013, 10, 23), True),
        ("seen 10/23/67", date(1967, 10, 23), True),
        ("11-21- 2016", date(2016, 11, 21), True),
        ("1.10.2016", date(2016, 1, 10), True),
        ("2016-11-14", date(2016, 11, 14), True),
        ("Nov. 14th, 2016", date(2016, 11, 14), True),
        ("14 November 2016", date(2016, 11, 14), True),
        ("March of 2016", date(2016, 3, 1), False),
        ("03/2016", date(2016, 3, 1), False),
    ],
)
def test_a_date(text: str, day: date, exact: bool) -> None:
    (found,) = find_dates(text)
    assert (found.date, found.exact) == (day, exact)


@pytest.mark.parametrize(
    "text",
    [
        "8/10",
        "1.10",
        "1.10.16",
        "section 9792.24.2",
        "2/30/2016",
        "13/13/2016",
        "1850-01-01",
        "12/1/2250",
        "may 2 tablets",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text) == []
