"""Of which treatment a result is told: "therapy helped for a week, then it was back" says nothing of an injection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checker.chart.model import Finding
from checker.chart.sentence.lines import Line, is_treatment
from checker.chart.vocabulary import Recogniser
from checker.words.phrase import Match


def fitting(recogniser: Recogniser, line: Line, told: Iterable[Finding]) -> list[Finding]:
    """What a sentence tells, without the results that are told of certain treatments only where it names others."""
    keys: list[Any] = [mention.key for mention in line.mentions if is_treatment(mention)]
    kinds = recogniser.kinds
    # "At follow up" only says when it was told.
    brings = (kinds.counted | kinds.momentary | kinds.drugs) & kinds.resulting
    named = brings.intersection(key[1] for key in keys)
    if not named:
        return list(told)
    return [finding for finding in told if _fits(recogniser, named, recogniser.links.told_of.get(finding.finding))]


def named_with(recogniser: Recogniser, line: Line, mention: Match) -> tuple[str, ...]:
    """The treatments whose result a mention tells: those that its words name, else those that its sentence names. None where it counts
    for any."""
    known = recogniser.links.of_requested.get(mention.key[1])  # type: ignore[index]
    if known is None:
        return ()
    named = [other for other in line.mentions if is_treatment(other) and other.key[1] in known]  # type: ignore[index]
    within = [other for other in named if mention.first <= other.last and other.first <= mention.last]
    return tuple(dict.fromkeys(other.key[1] for other in within or named))  # type: ignore[index]


def _fits(recogniser: Recogniser, named: frozenset[str], known: frozenset[str] | None) -> bool:
    """Whether one of the treatments named is known to bring such a result. Beside other care a drug is only mentioned: "the
    injection let her stop Norco"."""
    if known is None:
        return True
    spoken = named - recogniser.kinds.drugs if known.isdisjoint(recogniser.kinds.drugs) else named
    return not spoken or not spoken.isdisjoint(known)
