"""A letter → the request that the office could have written, and the decided items that the odds are measured on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checker.outlook.letters import Letter
from checker.record import record
from checker.report.model import ItemReport, Report
from checker.request.model import Document, Injury, Item, Request, Review


@record
class Decided:
    """One item as the program judged it, and what the reviewer decided."""

    letter: str
    as_of: date
    decided: date
    overturned: bool
    item: ItemReport


def deciding_date(letter: Letter) -> date | None:
    """The day whose guidelines the reviewer applies: of the UR denial, else the nearest one that the letter states."""
    return letter.ur_denial or letter.application or letter.assigned or letter.decided


def request_of(letter: Letter) -> Request:
    """The items as the letter titles them, its dates, and its clinical summary as the only paper. What the reviewer
    decided, why, and by which guideline is left out, and so is the guideline of utilization review: an office that
    checks its papers before sending them has none of it."""
    items = tuple(
        Item(
            id=f"item-{number}",
            request=item.title,
            review=Review("modified" if "uthorized" in item.title else "denied", deciding_date(letter)),
        )
        for number, item in enumerate(letter.items, 1)
    )
    paper = Document("summary", "clinical summary", deciding_date(letter), text=letter.summary + "\n")
    return Request(items, name=letter.case, injury=Injury(letter.injury), documents=(paper,))


def decided_items(letter: Letter, report: Report) -> list[Decided]:
    """The items of a checked letter, each with the reviewer's decision."""
    return [
        Decided(letter.case, report.as_of, letter.decided or report.as_of, said.outcome == "overturned", item)
        for said, item in zip(letter.items, report.items, strict=True)
    ]


def by_letter(cases: Sequence[Decided]) -> dict[str, list[int]]:
    """Places of the items of each letter, letters in order of their case numbers."""
    places: dict[str, list[int]] = {}
    for place, case in enumerate(cases):
        places.setdefault(case.letter, []).append(place)
    return dict(sorted(places.items()))
