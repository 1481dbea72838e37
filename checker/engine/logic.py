"""Kleene's strong three values as small integers, and the outcome that every node of a check returns.

NOT_MET < UNKNOWN < MET, so that `all` is the minimum, `any` the maximum and `not` the mirror image. Silence of the
record is UNKNOWN: never a yes and never a no.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.chart.model import Finding, TreatmentEvent

NOT_MET = 0
UNKNOWN = 1
MET = 2

STATUS = ("not_met", "not_documented", "met")

Proof = Finding | TreatmentEvent


class Outcome(NamedTuple):
    """Value of a node, the facts that gave it, a reason in words, and whether papers of the record disagree."""

    value: int
    proofs: tuple[Proof, ...] = ()
    reason: str = ""
    conflicting: bool = False


SILENT = Outcome(UNKNOWN)
YES = Outcome(MET)
NO = Outcome(NOT_MET)


def all_of(parts: Sequence[Outcome]) -> Outcome:
    """Met when every part is; not met when one part is not; otherwise unknown. Nothing asked is met."""
    value = MET
    for part in parts:
        if part.value < value:
            value = part.value
    return _joined(value, parts)


def any_of(parts: Sequence[Outcome]) -> Outcome:
    """Met when one part is; not met when every part is not; otherwise unknown. Nothing offered is not met."""
    value = NOT_MET
    for part in parts:
        if part.value > value:
            value = part.value
    return _joined(value, parts)


def at_least(count: int, parts: Sequence[Outcome]) -> Outcome:
    """Met when `count` parts are; not met when `count` can no longer be reached; otherwise unknown."""
    met = sum(part.value == MET for part in parts)
    open_parts = sum(part.value == UNKNOWN for part in parts)
    value = MET if met >= count else NOT_MET if met + open_parts < count else UNKNOWN
    return _joined(value, parts)


def negated(part: Outcome) -> Outcome:
    """The mirror image; unknown stays unknown."""
    return part._replace(value=MET - part.value)


def _joined(value: int, parts: Sequence[Outcome]) -> Outcome:
    """Proofs and reasons of the parts that gave the value; of all parts with proofs where the value is unknown."""
    proofs: list[Proof] = []
    reasons: list[str] = []
    conflicting = False
    for part in parts:
        if part.value != value and value != UNKNOWN:
            continue
        for proof in part.proofs:
            if proof not in proofs:
                proofs.append(proof)
        if part.reason:
            reasons.append(part.reason)
        conflicting = conflicting or part.conflicting
    return Outcome(value, tuple(proofs), "; ".join(reasons), conflicting)
