"""Decided items → the weights of the odds, and odds of each item from the letters other than its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from checker.outlook.cases import Decided, by_letter
from checker.outlook.features import FACTS, features
from checker.outlook.fit import Sample, Shape, fit
from checker.outlook.model import SHIFT, coefficients_of, odds
from checker.outlook.rates import base_rate

# A fact moves the log-odds by 0.7 or less (a factor of 2 in the odds) two times of three, before any letter is read:
# the spread of the published rates of services around the rate of all services.
RIDGE = 2.0
MOST_FOLDS = 100


def fitted(cases: Sequence[Decided], day: date) -> dict[str, Any]:
    """Weights in the shape of coefficients.json, fitted on `day`. Raises ValueError where no rule governs any item."""
    governed = [case for case in cases if case.item.rule is not None]
    if not governed:
        raise ValueError("no rule governs any item of these letters, so there is nothing to measure the odds on")
    names = (SHIFT, *(fact.name for fact in FACTS))
    samples = [_sample(case) for case in governed]
    weights, covariance = fit(samples, Shape((0, *(fact.direction for fact in FACTS)), RIDGE))
    return {
        "fitted": day.isoformat(),
        "sample": {
            "letters": len({case.letter for case in cases}),
            "items": len(governed),
            "overturned": sum(case.overturned for case in governed),
            "first": min(case.decided for case in governed).isoformat(),
            "last": max(case.decided for case in governed).isoformat(),
            "fingerprint": fingerprint(cases),
        },
        "ridge": RIDGE,
        "weights": [
            {"fact": name, "weight": _rounded(weight, 4), **_counts(place, samples)}
            for place, (name, weight) in enumerate(zip(names, weights, strict=True))
        ],
        "covariance": [[_rounded(value, 5) for value in row] for row in covariance],
        "categories": dict(sorted(Counter(case.item.category for case in governed).items())),
        "guidelines": dict(sorted(Counter(case.item.guideline.id for case in governed if case.item.guideline).items())),
    }


def cross_validated(cases: Sequence[Decided]) -> list[float | None]:
    """Odds of each item, with weights fitted on the letters of the other folds; every letter is a fold of its own up
    to MOST_FOLDS letters. None where no odds would have been given."""
    letters = list(by_letter(cases))
    folds = {letter: number % MOST_FOLDS for number, letter in enumerate(letters)}
    given: list[float | None] = [None] * len(cases)
    for fold in range(min(len(letters), MOST_FOLDS)):
        others = [case for case in cases if folds[case.letter] != fold]
        if not any(case.item.rule for case in others):
            continue
        numbers = coefficients_of(fitted(others, date.max))  # a day that nobody is shown
        for place, case in enumerate(cases):
            if folds[case.letter] == fold:
                given[place] = odds(case.item, case.as_of, numbers).probability
    return given


def fingerprint(cases: Sequence[Decided]) -> str:
    """Tells whether two sets of letters are the same, without naming any."""
    return hashlib.sha256("\n".join(by_letter(cases)).encode()).hexdigest()[:16]


def _sample(case: Decided) -> Sample:
    held = features(case.item)
    places = (0, *(place for place, fact in enumerate(FACTS, 1) if fact.name in held))
    return Sample(places, base_rate(case.item.category, case.as_of.year).log_odds, case.overturned)


def _counts(place: int, samples: Sequence[Sample]) -> dict[str, int]:
    """How many measured items a weight rests on."""
    held = [sample for sample in samples if place in sample.facts]
    return {"items": len(held), "overturned": sum(sample.overturned for sample in held)}


def _rounded(value: float, digits: int) -> float:
    return round(value, digits) + 0.0  # no minus zero
