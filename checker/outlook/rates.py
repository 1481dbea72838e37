"""Published overturn rates → the base rate of an item: all services of its year, moved by its service."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from checker.record import record

RATES = Path(__file__).parent / "rates.json"


@record
class BaseRate:
    """The rate that stands before anything is known of the papers. `parts` sum to its log-odds."""

    parts: tuple[tuple[str, float], ...]
    source: str
    published: bool  # whether a rate of this very service was published

    @property
    def log_odds(self) -> float:
        return sum(value for _, value in self.parts)


@cache
def _rates() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(RATES.read_text(encoding="utf-8"))
    return data


@cache
def base_rate(category: str, year: int) -> BaseRate:
    """Base rate of a service category in a year. Where the year was not published, the nearest stands for it.

    Sources: annual figures of the DWC and of CWCI (docs/method.md lists them with their places).
    """
    overall = _nearest(_rates()["by_year"], year)
    rates: dict[str, float] = overall["rates"]
    rate = sum(rates.values()) / len(rates)
    by = " and ".join(rates)
    first = (f"base rate: {rate:.1%} of all requests of {overall['year']} ({by})", logit(rate))
    own = [entry for entry in _rates()["services"] if category in entry["categories"]]
    if not own:
        return BaseRate((first,), f"the state rate of {overall['year']}", published=False)
    entry = _nearest(own, year)
    name = entry["service"]
    # The odds of the service against those of all services carry over from its own year to the year asked for.
    shift = logit(entry["rate"]) - logit(entry["all"])
    second = (
        f"{name}: {entry['rate']:.1%} against {entry['all']:.1%} of all in {entry['year']} ({entry['by']})",
        shift,
    )
    years = f"the state rate of {overall['year']} and the {entry['year']} rate of {name}"
    return BaseRate((first, second), years, published=True)


def _nearest(entries: list[dict[str, Any]], year: int) -> dict[str, Any]:
    """The entry of the nearest year, of two as near the later."""
    return min(entries, key=lambda entry: (abs(entry["year"] - year), -entry["year"]))


def logit(probability: float) -> float:
    """Log-odds of a probability."""
    return math.log(probability / (1 - probability))


def sigmoid(log_odds: float) -> float:
    """Probability of log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
