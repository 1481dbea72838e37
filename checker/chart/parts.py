"""Body part, side and date of a mention, from the words near it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from checker.words.phrases import Match

SIDES = {
    "left": "left",
    "lt": "left",
    "right": "right",
    "rt": "right",
    "bilateral": "bilateral",
    "bilaterally": "bilateral",
    "both": "bilateral",
}
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_NUMERIC = re.compile(r"(?<![\d/-])(\d{1,2})\s?[/-]\s?(\d{1,2})\s?[/-]\s?(\d{4}|\d{2})(?![\d/])")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NAMED = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")


def dates_in(text: str) -> list[tuple[int, date]]:
    """Full dates of a text with the offset at which each begins, in order. American order: month, day, year."""
    found: list[tuple[int, date]] = []
    for match in _NUMERIC.finditer(text):
        month, day, year = (int(part) for part in match.groups())
        _append(found, match.start(), year if year > 99 else 2000 + year if year < 70 else 1900 + year, month, day)
    for match in _ISO.finditer(text):
        _append(found, match.start(), *(int(part) for part in match.groups()))
    for match in _NAMED.finditer(text):
        month_number = MONTHS.get(match.group(1).lower())
        if month_number:
            _append(found, match.start(), int(match.group(3)), month_number, int(match.group(2)))
    return sorted(found)


def _append(found: list[tuple[int, date]], offset: int, year: int, month: int, day: int) -> None:
    try:
        found.append((offset, date(year, month, day)))
    except ValueError:
        return


def nearest_part(first: int, last: int, parts: Sequence[Match]) -> Match | None:
    """The body part that belongs to a mention: one inside it, else the nearest in the sentence (before wins a tie)."""
    best: tuple[float, Match] | None = None
    for part in parts:
        if first <= part.first and part.last <= last:
            return part
        distance = first - part.last if part.last < first else part.first - last + 0.5
        if best is None or distance < best[0]:
            best = (distance, part)
    return best[1] if best else None


def side_near(first: int, last: int, texts: Sequence[str], start: int, end: int) -> str | None:
    """The side named nearest to tokens first..last, within five tokens."""
    best: tuple[int, str] | None = None
    for index in range(max(start, first - 5), min(end, last + 5) + 1):
        side = SIDES.get(texts[index])
        if side is None:
            continue
        distance = max(first - index, index - last, 0)
        if best is None or distance < best[0]:
            best = (distance, side)
    return best[1] if best else None
