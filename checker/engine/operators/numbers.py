"""Limits of a number, made ready: every operator that counts something ends here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import ge, gt, le, lt
from typing import TypeAlias

from checker.engine.logic import MET, NOT_MET, Proof, Single
from checker.rulebook.model import Bounds

Limits: TypeAlias = Callable[[float], bool]


def limits(bounds: Bounds) -> Limits:
    """Whether a number keeps every limit that is given."""
    given = ((le, bounds.at_least), (ge, bounds.at_most), (lt, bounds.more_than), (gt, bounds.less_than))
    tests: list[Limits] = [partial(holds, limit) for holds, limit in given if limit is not None]
    return tests[0] if len(tests) == 1 else lambda amount: all(keeps(amount) for keeps in tests)


def measured(amount: float, keeps: Limits, proofs: tuple[Proof, ...], words: str | None) -> Single:
    """The outcome of a number that the record gives, with the number as its reason."""
    return Single(MET if keeps(amount) else NOT_MET, proofs, (amount, words))
