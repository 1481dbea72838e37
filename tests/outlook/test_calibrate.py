"""Weights from decided items: shrunk, counted, dated, and never tested on their own letter."""

from __future__ import annotations

from datetime import date

import pytest

from checker.outlook.calibrate import RIDGE, cross_validated, fingerprint, fitted
from checker.outlook.cases import Decided
from checker.outlook.features import FACTS
from checker.outlook.model import coefficients_of, odds
from tests.outlook.items import DAY, decided

TODAY = date(2026, 11, 21)
CASES = [
    *(decided(f"CM{number}", True, "met", "met") for number in range(6)),
    *(decided(f"CM1{number}", False, "not_documented", "not_documented") for number in range(9)),
    decided("CM10", False, "not_met"),
]


def weights(cases: list[Decided]) -> dict[str, float]:
    return {entry["fact"]: entry["weight"] for entry in fitted(cases, TODAY)["weights"]}


def test_a_fit_says_what_it_was_measured_on() -> None:
    data = fitted(CASES, TODAY)
    assert data["fitted"] == "2026-11-21"
    assert data["ridge"] == RIDGE
    assert data["sample"] == {
        "letters": 15,
        "items": 16,
        "overturned": 6,
        "first": "2017-01-12",
        "last": "2017-01-12",
        "fingerprint": fingerprint(CASES),
    }
    assert data["categories"] == {"imaging": 16}
    assert data["guidelines"] == {"mtus-chronic-pain-2016": 16}
    met = next(entry for entry in data["weights"] if entry["fact"] == "all criteria met")
    assert (met["items"], met["overturned"]) == (6, 6)


def test_weights_follow_the_letters_and_unseen_facts_weigh_nothing() -> None:
    found = weights(CASES)
    assert found["all criteria met"] > 0.3
    assert found["more than one criterion not shown"] < -0.1
    assert found["part of a plan of five or more items"] == 0
    assert len(found) == 1 + len(FACTS)


def test_more_letters_of_a_kind_weigh_more() -> None:
    more = [*CASES, *(decided(f"CM2{number}", True, "met", "met") for number in range(20))]
    assert weights(more)["all criteria met"] > weights(CASES)["all criteria met"]


def test_items_without_a_rule_are_not_measured() -> None:
    loose = decided("CM99", True, rule=None, guideline=None, prediction="undetermined")
    data = fitted([*CASES, loose], TODAY)
    assert (data["sample"]["letters"], data["sample"]["items"]) == (16, 16)
    with pytest.raises(ValueError, match="no rule governs"):
        fitted([loose], TODAY)


def test_each_letter_is_judged_by_the_others() -> None:
    crossed = cross_validated(CASES)
    for place, case in enumerate(CASES):
        others = [other for other in CASES if other.letter != case.letter]
        assert crossed[place] == odds(case.item, DAY, coefficients_of(fitted(others, TODAY))).probability


def test_its_own_outcome_does_not_reach_the_odds_of_a_letter() -> None:
    turned = [
        decided(case.letter, not case.overturned, "met", "met") if case.letter == "CM3" else case for case in CASES
    ]
    place = next(place for place, case in enumerate(CASES) if case.letter == "CM3")
    assert cross_validated(turned)[place] == cross_validated(CASES)[place]
    assert cross_validated(turned)[0] != cross_validated(CASES)[0]


def test_one_letter_has_nothing_to_be_judged_by() -> None:
    assert cross_validated([decided("CM1", True, "met")]) == [None]


def test_the_fingerprint_is_of_the_letters_not_of_their_order() -> None:
    assert fingerprint(CASES) == fingerprint(CASES[::-1])
    assert fingerprint(CASES) != fingerprint(CASES[:-2])
