"""The odds that IMR overturns: a published base rate of the service, moved by a few facts of the item. The weights are
measured on decided letters and stand in coefficients.json with their date and size."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from checker.outlook.features import features
from checker.outlook.rates import base_rate, sigmoid
from checker.record import record
from checker.report.model import ItemReport, Odds, Report

COEFFICIENTS = Path(__file__).parent / "coefficients.json"
SHIFT = "measured letters against the state"
Z80 = 1.2816  # standard normal quantile of a central 80 % range
# measured items of a service without a published rate, below which its odds are as uncertain as unmeasured ones
FEWEST = 5
LEAST = 0.001  # three digits are shown, and nothing is certain
SELECTION = (
    "The odds speak of denials that are appealed: IMR sees no others. They do not say whether utilization review will "
    "approve the request."
)


@record
class Coefficients:
    """Weights (log-odds) with their covariance, and what they were measured on."""

    weights: Mapping[str, float]
    counts: Mapping[str, str]  # how many measured items a weight rests on, in words
    covariance: tuple[tuple[float, ...], ...]
    ridge: float
    measured: str
    categories: Mapping[str, int]  # measured items by service category
    guidelines: Mapping[str, int]  # measured items by governing guideline
    letters: str  # fingerprint of the letters


@cache
def coefficients() -> Coefficients:
    """The fitted numbers that ship with the program."""
    return coefficients_of(json.loads(COEFFICIENTS.read_text(encoding="utf-8")))


def coefficients_of(data: Mapping[str, Any]) -> Coefficients:
    """Coefficients from the shape of coefficients.json."""
    sample = data["sample"]
    first, last = sample["first"][:4], sample["last"][:4]
    years = first if first == last else f"{first}-{last[2:]}"
    return Coefficients(
        weights={entry["fact"]: entry["weight"] for entry in data["weights"]},
        counts={entry["fact"]: f"{entry['overturned']} of {entry['items']} overturned" for entry in data["weights"]},
        covariance=tuple(tuple(row) for row in data["covariance"]),
        ridge=data["ridge"],
        measured=f"{sample['letters']} letters of {years} ({sample['items']} items; fitted {data['fitted']})",
        categories=data["categories"],
        guidelines=data["guidelines"],
        letters=sample["fingerprint"],
    )


def with_odds(report: Report) -> Report:
    """The report with the odds of every item, and the notice of what odds of IMR cannot say."""
    items = tuple(replace(item, odds=odds(item, report.as_of, coefficients())) for item in report.items)
    given = any(item.odds.probability is not None for item in items)
    return replace(report, items=items, notices=(*report.notices, SELECTION) if given else report.notices)


def odds(item: ItemReport, as_of: date, numbers: Coefficients) -> Odds:
    """Probability of overturn with an 80 % range and the sum it comes from; none where nothing comparable was
    measured. `as_of` chooses the year of the base rate."""
    if item.rule is None:
        return Odds(basis="no odds: no rule governs this item, so nothing comparable was measured")
    base = base_rate(item.category, as_of.year)
    alike = numbers.categories.get(item.category, 0)
    names = (SHIFT, *features(item))
    total = base.log_odds + sum(numbers.weights[name] for name in names)
    variance = _variance(names, numbers)
    parts = [*base.parts, *((f"{name} ({numbers.counts[name]})", numbers.weights[name]) for name in names)]
    basis = f"80% range, from {numbers.measured} and {base.source}"
    if not base.published and alike < FEWEST:
        variance += 1 / numbers.ridge
        parts.append(("no published rate and few measured items of this service (wider range)", 0.0))
        basis += (
            f"; the rate of all requests, for want of this service's own ({alike} of the measured items ask for it)"
        )
    if item.guideline and item.guideline.id not in numbers.guidelines:
        variance += 1 / numbers.ridge  # as uncertain as a fact of which no item was measured
        parts.append(("guideline not among the measured ones (wider range)", 0.0))
        basis += "; none of the letters was decided under this guideline"
    spread = Z80 * math.sqrt(variance)
    low, middle, high = (_bounded(sigmoid(total + side)) for side in (-spread, 0.0, spread))
    return Odds(probability=middle, low=low, high=high, basis=basis, parts=tuple(parts), measured=numbers.measured)


def _bounded(probability: float) -> float:
    return round(min(max(probability, LEAST), 1 - LEAST), 3)


def _variance(names: Iterable[str], numbers: Coefficients) -> float:
    """Variance of the sum of some weights, from their covariance."""
    order = list(numbers.weights)
    places = [order.index(name) for name in names]
    return max(sum(numbers.covariance[i][j] for i in places for j in places), 0.0)
