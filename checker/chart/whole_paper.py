"""A whole paper: its pages, and the side and the part that only the rest of the paper tells."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from checker.chart.documents.pages import Page
from checker.chart.place.sides import OPPOSITE
from checker.chart.place.surroundings import Place
from checker.chart.recognise import Reading, Recogniser, read_text

OFTEN = 2  # times that a joint is named with a side that holds although another side is named, too; and times as often as that one


def read_paper(
    recogniser: Recogniser,
    pages: Iterable[Page],
    *,
    document: str,
    date: datetime.date | None,
    document_type: str | None,
    injury: datetime.date | None = None,
) -> list[Reading]:
    """Read the pages of a paper. A joint without a side is on the side that the paper tells of: an MRI of the left knee shows no tear of the
    right one. `injury`: its day, if known."""
    readings = [
        read_text(
            recogniser,
            page.text,
            document=document,
            page=page.number,
            date=date,
            document_type=document_type,
            injury=injury,
        )
        for page in pages
    ]
    readings = _with_placed_plans(readings, recogniser)
    sides = _sides([place for reading in readings for place in reading.sided], recogniser)
    return [_with_sides(reading, sides) for reading in readings] if sides else readings


def _with_placed_plans(readings: Sequence[Reading], recogniser: Recogniser) -> list[Reading]:
    """The readings without plans of no part where the paper tells the same of one: behind "right carpal tunnel release" the "preop labs"
    speak of no operation of the back."""
    placed = {
        one.finding
        for reading in readings
        for one in reading.findings
        if one.body_part and "done" not in recogniser.findings[one.finding].statuses
    }
    if not placed:
        return list(readings)
    return [
        replace(reading, findings=tuple(one for one in reading.findings if one.body_part or one.finding not in placed))
        for reading in readings
    ]


def _sides(named: Sequence[Place], recogniser: Recogniser) -> dict[str, str]:
    """The side of every joint that a paper tells of on one side."""
    sides = {}
    for part in recogniser.one_sided.intersection(place.part for place in named if place.part):
        limb = recogniser.limbs.get(part)
        of_limb = {place.side for place in named if place.part is None or recogniser.limbs.get(place.part) == limb}
        counts = Counter(place.side for place in named if place.part == part)
        side, times = counts.most_common(1)[0]
        others = counts.total() - times
        if side in OPPOSITE and (of_limb == {side} or (times >= OFTEN and times >= OFTEN * others)):
            sides[part] = side
    return sides


def _with_sides(reading: Reading, sides: Mapping[str, str]) -> Reading:
    """A reading with the side of the paper where it names a joint and no side."""
    return replace(
        reading,
        findings=tuple(replace(one, side=one.side or sides.get(one.body_part or "")) for one in reading.findings),
        events=tuple(replace(one, side=one.side or sides.get(one.body_part or "")) for one in reading.events),
    )
