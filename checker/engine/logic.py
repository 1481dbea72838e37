"""Kleene's strong three values as small integers, and the outcome that every node of a check returns.

NOT_MET < UNKNOWN < MET, so that `all` is the minimum, `any` the maximum and `not` the mirror image. Silence of the
record is UNKNOWN: never a yes and never a no.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from checker.chart.model import Finding, TreatmentEvent

NOT_MET = 0
UNKNOWN = 1
MET = 2

STATUS = ("not_met", "not_documented", "met")

Proof: TypeAlias = Finding | TreatmentEvent
# Words, or a number with what it counts: few reasons are ever read, so a number is put into words only then.
Reason: TypeAlias = str | tuple[float, str | None]


# Outcomes are not frozen, although nobody changes one: a frozen dataclass takes four times as long to make, and making
# outcomes is half of the work of the engine.
@dataclass(slots=True)
class Single:
    """What one operator found: its value, the facts that gave it, the reason, and whether papers disagree."""

    value: int
    proofs: tuple[Proof, ...] = ()
    why: Reason = ""
    conflicting: bool = False

    @property
    def reason(self) -> str:
        """The reason in words; empty where the value says it all."""
        return self.why if isinstance(self.why, str) else counted(*self.why)

    @property
    def against(self) -> bool:
        """One operator either knows or does not."""
        return False


@dataclass(slots=True)
class Joined:
    """The outcome of several parts. What they say together is gathered only when somebody reads it."""

    value: int
    parts: Sequence[Outcome]

    @property
    def telling(self) -> list[Outcome]:
        """The parts that gave the value; all of them where the value is unknown."""
        return [part for part in self.parts if self.value in (part.value, UNKNOWN)]

    @property
    def proofs(self) -> tuple[Proof, ...]:
        return tuple(dict.fromkeys(proof for part in self.telling for proof in part.proofs))

    @property
    def reason(self) -> str:
        return "; ".join(dict.fromkeys(part.reason for part in self.telling if part.reason))

    @property
    def conflicting(self) -> bool:
        return any(part.conflicting for part in self.telling)

    @property
    def against(self) -> bool:
        """Whether the value is unknown, and all that the record says of it speaks against it."""
        if self.value != UNKNOWN or _supported(self):
            return False
        return any(part.against or (part.value == NOT_MET and part.proofs) for part in self.parts)


Outcome: TypeAlias = Single | Joined


def _supported(outcome: Outcome) -> bool:
    """Whether anything that is asked is met."""
    return outcome.value == MET or (isinstance(outcome, Joined) and any(_supported(part) for part in outcome.parts))


SILENT = Single(UNKNOWN)
YES = Single(MET)
NO = Single(NOT_MET)


def all_of(parts: Sequence[Outcome]) -> Joined:
    """Met when every part is; not met when one part is not; otherwise unknown. Nothing asked is met."""
    value = MET
    for part in parts:
        if part.value < value:
            value = part.value
    return Joined(value, parts)


def any_of(parts: Sequence[Outcome]) -> Joined:
    """Met when one part is; not met when every part is not; otherwise unknown. Nothing offered is not met."""
    value = NOT_MET
    for part in parts:
        if part.value > value:
            value = part.value
    return Joined(value, parts)


def at_least(count: int, parts: Sequence[Outcome]) -> Joined:
    """Met when `count` parts are; not met when `count` can no longer be reached; otherwise unknown."""
    met = sum(part.value == MET for part in parts)
    open_parts = sum(part.value == UNKNOWN for part in parts)
    return Joined(MET if met >= count else NOT_MET if met + open_parts < count else UNKNOWN, parts)


def negated(part: Outcome) -> Outcome:
    """The mirror image; unknown stays unknown."""
    return Single(MET - part.value, part.proofs, part.reason, part.conflicting)


def number(amount: float) -> str:
    """A number as a person writes it: without a decimal point where none is needed."""
    return f"{amount:g}"


def counted(amount: float, words: str | None) -> str:
    """A number with what it counts."""
    return f"{number(amount)} {words or ''}".strip()
