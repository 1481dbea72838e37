"""Dates as charts write them: 11-14-2016, 10/23/13, 2016-11-14, November 14, 2016, March 2016. Own patterns, because the
general parsers take "8/10" and "1.10" for dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS: Mapping[str, int] = {name: number for number, name in enumerate(_MONTHS, 1)} | {
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
# Every repetition is bounded, so that the search stays linear. A line wrap may part "11-21- 2016".
_DATE = re.compile(
    r"(?=[0-9jfmasond])(?:(?<![\d/.-])(?P<iso>\d{4})-(?P<iso_m>\d{2})-(?P<iso_d>\d{2})(?!\d)"
    r"|(?<![\d/.-])(?P<m>\d{1,2})\s?(?P<sep>[-/.])\s{0,2}(?P<d>\d{1,2})\s?(?P=sep)\s{0,2}(?P<y>\d{4}|\d{2})(?![\d/]|[-.]\d)"
    rf"|\b(?P<name>{_NAME})\b\.?\s{{1,2}}(?P<name_d>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{1,2}}(?P<name_y>\d{{4}})\b"
    rf"|(?<!\d)(?P<day>\d{{1,2}})[\s-](?P<month>{_NAME})\b\.?,?[\s-](?P<day_y>\d{{4}})\b"
    rf"|\b(?P<bare>{_NAME})\b\.?,?\s(?:of\s)?(?P<bare_y>(?:19|20)\d{{2}})\b"
    r"|(?<![\d/.-])(?P<part_m>\d{1,2})[/-](?P<part_y>(?:19|20)\d{2})(?![\d/]|-\d))",
    re.IGNORECASE,
)
FIRST_YEAR = 1900
LAST_YEAR = 2099
EARLIEST, LATEST = 1950, 2049  # of a year that stands alone
PIVOT = 50  # two-digit years from here on belong to the last century


class DateMention(NamedTuple):
    """A date and where it stands. A partial date (month and year) is its first day and not exact."""

    start: int
    end: int
    date: date
    exact: bool


def find_dates(text: str, *, dotted: bool = False) -> list[DateMention]:
    """All dates of a text, in order. What is no day of the calendar is no date. `dotted`: "8.23.18" is one, too."""
    found = []
    for match in _DATE.finditer(text):
        mention = _mention(match, dotted=dotted)
        if mention is not None:
            found.append(mention)
    return found


def _mention(match: re.Match[str], *, dotted: bool) -> DateMention | None:
    group = match.groupdict()
    exact = True
    if group["iso"]:
        parts = group["iso"], group["iso_m"], group["iso_d"]
    elif group["m"]:
        if group["sep"] == "." and len(group["y"]) == 2 and not dotted:
            return None
        parts = group["y"], group["m"], group["d"]
    elif group["name"]:
        parts = group["name_y"], str(MONTHS[group["name"].lower()]), group["name_d"]
    elif group["day"]:
        parts = group["day_y"], str(MONTHS[group["month"].lower()]), group["day"]
    elif group["bare"]:
        parts, exact = (group["bare_y"], str(MONTHS[group["bare"].lower()]), "1"), False
    else:
        parts, exact = (group["part_y"], group["part_m"], "1"), False
    day = _date(*(int(part) for part in parts))
    return DateMention(match.start(), match.end(), day, exact) if day else None


def is_year(token: str) -> bool:
    """Whether a word is a bare year that a chart may tell of."""
    return len(token) == 4 and token.isdecimal() and EARLIEST <= int(token) <= LATEST


def day_before(month: int, day: int, paper: date) -> date | None:
    """The last such day not after a paper: "8/7" in a note of June is of the year before. None if it is no day."""
    found = _date(paper.year, month, day)
    return found if found is None or found <= paper else _date(paper.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 1900 if year >= PIVOT else 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
