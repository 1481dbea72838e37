"""Figures that can be checked by hand, and intervals that treat a letter as one."""

from __future__ import annotations

import pytest

from checker.outlook.figures import CROSSED, GIVEN, SHARE, Scored, measure
from tests.outlook.items import decided

# Letter, overturned, status of its one criterion, odds given.
TABLE = [
    ("CM1", True, "met", 0.6),
    ("CM2", True, "not_documented", 0.3),
    ("CM3", True, "not_documented", 0.05),
    ("CM4", False, "met", 0.6),
    ("CM5", False, "not_documented", 0.05),
    ("CM5", False, "not_documented", 0.01),
    ("CM6", False, "not_documented", 0.3),
    ("CM7", False, "not_documented", 0.01),
]
SCORED = [Scored(decided(letter, truth, status), given, 0.1) for letter, truth, status, given in TABLE]


def test_calls_and_their_figures() -> None:
    total = measure(SCORED, 50).total
    assert (total.letters, total.items, total.overturned) == (7, 8, 3)
    assert total.calls == {
        ("overturned", "overturned"): 1,
        ("upheld", "overturned"): 2,
        ("overturned", "upheld"): 1,
        ("upheld", "upheld"): 4,
    }
    values = {name: figure.value for name, figure in total.figures.items()}
    assert values["recall of overturned"] == pytest.approx(1 / 3)
    assert values["precision of overturned"] == pytest.approx(1 / 2)
    assert values["balanced accuracy"] == pytest.approx((1 / 3 + 4 / 5) / 2)
    assert values["coverage"] == 1


def test_brier_and_auroc_by_hand() -> None:
    values = {name: figure.value for name, figure in measure(SCORED, 0).total.figures.items()}
    errors = [0.4, 0.7, 0.95, 0.6, 0.05, 0.01, 0.3, 0.01]
    assert values[f"Brier, {GIVEN}"] == pytest.approx(sum(error**2 for error in errors) / 8)
    # Of 15 pairs: 0.6 beats four and ties one, 0.3 beats three, ties one and loses one, 0.05 beats two, ties one.
    assert values[f"AUROC, {GIVEN}"] == pytest.approx((4.5 + 3.5 + 2.5) / 15)
    assert values[f"AUROC, {CROSSED}"] == 0.5
    assert values[f"Brier, {SHARE}"] == pytest.approx(3 / 8 * 5 / 8)
    gain = values[f"Brier less that of the share, {GIVEN}"]
    assert gain == pytest.approx(sum(error**2 for error in errors) / 8 - 15 / 64)


def test_intervals_are_the_same_every_time_and_hold_the_figure() -> None:
    found, again = measure(SCORED, 200), measure(SCORED, 200)
    assert found == again
    brier = found.total.figures[f"Brier, {GIVEN}"]
    assert brier.value is not None
    assert brier.low is not None
    assert brier.high is not None
    assert brier.low < brier.value < brier.high


def test_a_letter_is_drawn_whole() -> None:
    one = [Scored(decided("CM1", n < 5, "met"), 0.5, None) for n in range(10)]
    figure = measure([*one, *[Scored(decided("CM2", n < 5, "met"), 0.5, None) for n in range(10)]], 200)
    assert figure.total.figures["share overturned"].low is None  # every draw has the same share: no interval is claimed


def test_no_draws_no_intervals() -> None:
    assert all(figure.low is None for figure in measure(SCORED, 0).total.figures.values())


def test_an_item_without_odds_counts_at_the_share_overturned() -> None:
    silent = [Scored(entry.case, None, None) for entry in SCORED]
    found = measure(silent, 0)
    assert found.with_odds == 0
    assert found.total.figures[f"Brier, {GIVEN}"].value == pytest.approx(15 / 64)
    assert found.total.figures["mean odds"].value is None
    assert found.bins == {GIVEN: (), CROSSED: ()}


def test_reliability_bins() -> None:
    bins = measure(SCORED, 500).bins[GIVEN]
    assert [(entry.low, entry.items, entry.letters) for entry in bins] == [
        (0.0, 2, 2),
        (0.05, 2, 2),
        (0.2, 2, 2),
        (0.4, 2, 2),
    ]
    assert bins[0].said == pytest.approx(0.01)
    # None of two letters was overturned: the exact upper limit is 1 - sqrt(0.025).
    assert (bins[0].overturned.value, bins[0].overturned.low) == (0, 0)
    assert bins[0].overturned.high == pytest.approx(1 - 0.025**0.5)
    assert bins[0].holds is True
    assert bins[3].overturned.value == 0.5
    assert (bins[3].overturned.low, bins[3].overturned.high) == (0, 1)


def test_a_bin_says_when_its_odds_are_off() -> None:
    wrong = [Scored(decided(f"CM{number}", False, "met"), 0.9, 0.9) for number in range(30)]
    (entry,) = measure(wrong, 100).bins[GIVEN]
    assert entry.holds is False


def test_certain_odds_fall_in_the_last_bin() -> None:
    (entry,) = measure([Scored(decided("CM1", True, "met"), 1.0, 1.0)], 0).bins[GIVEN]
    assert (entry.low, entry.high, entry.holds) == (0.4, 1.0, True)


def test_groups_come_by_size_and_leave_out_what_they_cannot_tell() -> None:
    mixed = [*SCORED, Scored(decided("CM8", True, "met", category="therapy"), 0.5, 0.5)]
    found = measure(mixed, 20)
    assert [(group.name, group.items) for group in found.categories] == [("imaging", 8), ("therapy", 1)]
    assert found.categories[1].figures[f"AUROC, {GIVEN}"].value is None
    assert found.categories[1].figures["balanced accuracy"].value is None
    assert [(group.name, group.items) for group in found.guidelines] == [("mtus-chronic-pain-2016", 9)]


def test_confident_misses_are_the_clear_ones_and_the_clearest_comes_first() -> None:
    misses = measure(SCORED, 0).misses
    assert [(entry.case.letter, entry.given) for entry in misses] == [("CM3", 0.05), ("CM4", 0.6)]
