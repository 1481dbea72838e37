"""How much of a treatment there was, and the words of counts (rules/assertion/amounts.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, NamedTuple

from checker.record import record

GRANTING = (
    "granted",
    "granting",
    "reduced",
    "had",
    "ungranted",
    "between",
    "leading",
    "open",
    "payers",
    "counting",
    "earlier",
    "first",
)


class Amount(NamedTuple):
    """How much of a treatment: visits, days of use."""

    visits: float | None = None
    days: float | None = None
    dosed: bool = False  # a drug with its dose: "ibuprofen 800 mg"


@record
class AmountWords:
    """Units and small words of counts (rules/assertion/amounts.yaml)."""

    units: Mapping[str, str] = field(default_factory=dict)  # word → unit
    days: Mapping[str, float] = field(default_factory=dict)  # unit → days
    times: frozenset[str] = frozenset()
    length: frozenset[str] = frozenset()
    doses: frozenset[str] = frozenset()
    scant: frozenset[str] = frozenset()  # before a percentage: it was too little
    relief: frozenset[str] = frozenset()
    # between a length and a name: so long ago it was ("six weeks status post"); between a name and a length: so long it took to give it up
    apart: frozenset[str] = frozenset()
    leaving: frozenset[str] = frozenset()
    # between a treatment and a "since" that is not its own
    until_since: frozenset[str] = frozenset()
    rate: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()
    # in a payer's words: a physician asks to "authorize 8 visits"
    granting: frozenset[str] = frozenset()
    reduced: frozenset[str] = frozenset()
    had: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    ungranted: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    repeating: frozenset[str] = frozenset()  # between a number and what it counts
    counting: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    payers: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    below: frozenset[tuple[str, ...]] = frozenset()


def amount_words(settings: Mapping[str, Any]) -> AmountWords:
    """The words of counts out of the settings."""
    return AmountWords(
        units={word: unit for unit, words in settings.get("units", {}).items() for word in words},
        days={unit: float(days) for unit, days in settings.get("days", {}).items()},
        times=frozenset(settings.get("times", ())),
        length=frozenset(settings.get("length_words", ())),
        doses=frozenset(settings.get("dose_words", ())),
        repeating=frozenset(settings.get("repeating", ())),
        scant=frozenset(settings.get("scant", ())),
        apart=frozenset(settings.get("apart_words", ())),
        leaving=frozenset(settings.get("leaving_words", ())),
        until_since=frozenset((*settings.get("leaving_words", ()), *settings.get("joining_words", ()))),
        rate=frozenset(settings.get("rate_words", ())),
        relief=frozenset(settings.get("relief_words", ())),
        **{name: frozenset(settings.get("visits_granted", {}).get(name, ())) for name in GRANTING},
        below=frozenset(tuple(words.split()) for words in settings.get("below", ())),
    )
