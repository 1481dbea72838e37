"""Judged items made by hand, for the tests of the odds."""

from __future__ import annotations

from datetime import date
from typing import Any

from checker.outlook.cases import Decided
from checker.report.model import CriterionReport, GuidelineReport, ItemReport, fails

DAY = date(2016, 12, 9)
RULE = "mtus-chronic-pain-2016/example"
GUIDELINE = GuidelineReport("mtus-chronic-pain-2016", "mtus-chronic-pain", "Chronic Pain 2016", None, None, "mtus")


def line(name: str, status: str, **more: Any) -> CriterionReport:
    """A criterion; one that fails has a remedy, as the engine gives it."""
    values = {"id": name, "rule": RULE, "statement": "The record shows it.", "role": "required", "basis": "as_applied"}
    made = CriterionReport(**(values | {"status": status} | more))
    return CriterionReport(**(values | {"status": status, "remedy": "Document it." if fails(made) else None} | more))


def item(*criteria: CriterionReport, **more: Any) -> ItemReport:
    """An item determined by its criteria, as the engine determines one that a single rule governs."""
    failing = tuple(entry.id for entry in criteria if fails(entry))
    values: dict[str, Any] = {
        "id": "item-1",
        "request": "MRI of the lumbar spine",
        "treatments": ("mri",),
        "prediction": "upheld" if failing else "overturned",
        "rule": RULE,
        "guideline": GUIDELINE,
        "criteria": criteria,
        "deciding": failing,
        "category": "imaging",
    }
    return ItemReport(**(values | more))


def decided(letter: str, overturned: bool, *statuses: str, **more: Any) -> Decided:
    """A decided item whose criteria have these statuses."""
    lines = (line(f"criterion-{number}", status) for number, status in enumerate(statuses))
    return Decided(letter, DAY, date(2017, 1, 12), overturned, item(*lines, **more))
