"""The odds that IMR overturns: a published base rate of the service, moved by a few facts of the item. The numbers are
measured on decided letters and live in coefficients.json with their date and size."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from checker.outlook.features import features
from checker.report.model import ItemReport, Odds, Report

COEFFICIENTS = Path(__file__).parent / "coefficients.json"
Z80 = 1.2816  # standard normal quantile of a central 80 % interval


@dataclass(frozen=True)
class Coefficients:
    """Base rates by service category, weights of the facts (log-odds), and how uncertain the weights are."""

    base: Mapping[str, Mapping[str, Any]]
    overall: Mapping[str, Any]
    weights: Mapping[str, float]
    covariance: tuple[tuple[float, ...], ...]
    measured: str


@cache
def coefficients() -> Coefficients:
    """The fitted numbers that ship with the program."""
    data = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    return Coefficients(
        data["base_rates"],
        data["overall"],
        data["weights"],
        tuple(tuple(row) for row in data["covariance"]),
        data["measured"],
    )


def with_odds(report: Report) -> Report:
    """The report with the odds of every item that a rule governs."""
    return replace(report, items=tuple(replace(item, odds=odds(item, coefficients())) for item in report.items))


def odds(item: ItemReport, numbers: Coefficients) -> Odds:
    """Probability of overturn with an 80 % range and the sum it comes from; none where no rule governs."""
    if item.rule is None:
        return Odds(basis="no odds: no rule governs this item, and nothing comparable was measured")
    rate = base_rate(item.category, numbers)
    held = features(item)
    names = ["(shift of the measured letters)", *held]
    total = logit(rate["rate"]) + sum(numbers.weights.get(name, 0.0) for name in names)
    spread = Z80 * deviation(names, numbers)
    basis = f"{numbers.measured}; base rate {rate['rate']:.1%} ({rate['source']})"
    parts = [(f"base rate {rate['label']} {rate['rate']:.1%}", logit(rate["rate"]))]
    parts += [(name, numbers.weights.get(name, 0.0)) for name in names]
    return Odds(
        probability=round(sigmoid(total), 3),
        low=round(sigmoid(total - spread), 3),
        high=round(sigmoid(total + spread), 3),
        basis=basis,
        parts=tuple(parts),
    )


def base_rate(category: str, numbers: Coefficients) -> Mapping[str, Any]:
    """The published rate of the service category, else the overall rate."""
    return numbers.base.get(category, numbers.overall)


def deviation(names: list[str], numbers: Coefficients) -> float:
    """Standard deviation of the log-odds, from the covariance of the fitted weights."""
    order = list(numbers.weights)
    places = [order.index(name) for name in names if name in order]
    variance = sum(numbers.covariance[i][j] for i in places for j in places)
    return math.sqrt(max(variance, 0.0))


def logit(probability: float) -> float:
    """Log-odds of a probability."""
    return math.log(probability / (1 - probability))


def sigmoid(log_odds: float) -> float:
    """Probability of log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
