"""Numbers that requests carry, as offices write them."""

from __future__ import annotations

import pytest

from checker.api import open_rulebook
from checker.request.model import Item, Quantity, Review
from checker.rulebook.match import build_matcher, match_item

CASES = [
    ("Physical therapy 2 times a week for 6 weeks", {"visits": 12}),
    ("Physical therapy 2-3 times a week for 6 weeks", {"visits": 18}),
    ("Acupuncture twice a week for 3 weeks, neck", {"visits": 6}),
    ("Chiropractic care two times a week times six weeks", {"visits": 12}),
    ("Spinal manipulation 1 times 8", {"visits": 8}),
    ("Eight (8) physical therapy sessions", {"visits": 8}),
    ("Additional cognitive behavioral therapy (6 sessions)", {"visits": 6}),
    ("Acupuncture therapy sessions lumbar spine #6", {"visits": 6}),
    ("Norco 10/325mg #60", {"tablets": 60}),
    ("Naproxen 550mg #60 with 2 refills", {"tablets": 60, "refills": 2}),
    ("Bilateral ultrasound guided trigger point injections X 2", {"injections": 2}),
    ("Thirty tablets of tramadol 50 mg", {"tablets": 30}),
    ("Acupuncture x inf", {}),
    ("MRI of the lumbar spine without contrast", {}),
]


@pytest.mark.parametrize(("words", "expected"), CASES, ids=[words for words, _ in CASES])
def test_quantities(words: str, expected: dict[str, float]) -> None:
    asked, _ = match_item(Item("item", words), build_matcher(open_rulebook()))
    found = {unit: amount for unit, amount in asked.quantities.items() if unit not in ("weeks", "mg", "months", "days")}
    assert found == expected


def test_only_the_disputed_remainder_counts() -> None:
    words = (
        "Acupuncture 18 sessions was the original request. Acupuncture 6 sessions was authorized by the Claims "
        "Administrator. The remaining IMR eligible portion of the original request, Acupuncture 12 sessions is"
    )
    asked, _ = match_item(Item("item", words), build_matcher(open_rulebook()))
    assert asked.quantities["visits"] == 12
    assert "remaining_portion" in asked.flags


def test_what_was_authorized_leaves_a_remaining_portion() -> None:
    item = Item("item", "Acupuncture 12 sessions", review=Review("modified", authorized=6))
    asked, _ = match_item(item, build_matcher(open_rulebook()))
    assert {"remaining_portion", "partly_authorized"} <= asked.flags


@pytest.mark.parametrize(
    ("words", "side"),
    [("MRI of the left knee and right knee", "bilateral"), ("EMG RUE and LUE", "bilateral"), ("MRI of the knee", None)],
)
def test_both_sides_are_bilateral(words: str, side: str | None) -> None:
    asked, _ = match_item(Item("item", words), build_matcher(open_rulebook()))
    assert asked.side == side


def test_visits_stated_for_what_is_counted_in_injections_count_them() -> None:
    item = Item("item", "Trigger point injections", quantities=(Quantity("visits", 2),))
    asked, _ = match_item(item, build_matcher(open_rulebook()))
    assert asked.quantities["injections"] == 2
