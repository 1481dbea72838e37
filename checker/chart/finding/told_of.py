"""Of which treatment a result is told: "therapy helped for a week, then it was back" says nothing of an injection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from checker.chart.model import Finding, TreatmentEvent
from checker.chart.sentence.lines import Line, Paper, is_treatment, name_of
from checker.chart.vocabulary import NEXT, Recogniser
from checker.rulebook.model import FindingType
from checker.words.phrase import Match

HELPED = frozenset({"improved", "partial"})


def fitting(recogniser: Recogniser, paper: Paper, line: Line, told: Iterable[Finding]) -> list[Finding]:
    """What a sentence tells, without the results that are told of certain treatments only where it names others, and without those of
    care in general where it names drugs alone."""
    treatments = {name_of(mention) for mention in line.mentions if is_treatment(mention)}
    named = recogniser.kinds.acting & treatments
    if treatments and treatments <= recogniser.kinds.drugs:
        texts = paper.tokens.texts[line.sentence.first : line.sentence.last + 1]
        told = [finding for finding in told if not _is_of_more(recogniser.findings[finding.finding], texts)]
    if not named:
        return list(told)
    return [finding for finding in told if _fits(recogniser, named, recogniser.links.told_of.get(finding.finding))]


def _is_of_more(definition: FindingType, texts: Sequence[str]) -> bool:
    """Whether a finding is of more care than drugs, of which a sentence has no word."""
    return bool(definition.besides_drugs) and not any(text.startswith(definition.besides_drugs) for text in texts)


def named_with(recogniser: Recogniser, line: Line, mention: Match) -> tuple[str, ...]:
    """The treatments whose result a mention tells: those that its words name, else those that its sentence names. None where it counts
    for any."""
    known = recogniser.links.of_requested.get(mention.key[1])  # type: ignore[index]
    if known is None:
        return ()
    named = [other for other in line.mentions if is_treatment(other) and other.key[1] in known]  # type: ignore[index]
    within = [other for other in named if mention.first <= other.last and other.first <= mention.last]
    if not named:
        return tuple(name for name in line.before if name in known)
    return tuple(dict.fromkeys(other.key[1] for other in within or named))  # type: ignore[index]


def following(recogniser: Recogniser, line: Line, before: Sequence[TreatmentEvent], texts: Sequence[str]) -> Line:
    """A sentence with what it tells of the treatments of the one `before`, where they helped there or its words point to them: "With
    Norco the pain falls from 8 to 4. She is able to cook." Of those that it names itself it must say that they bring it about. Where
    other care is named, such words tell nothing."""
    going_on = [mention for mention in line.mentions if _is_next(mention)]
    if not going_on:
        return line
    acting = recogniser.kinds.acting
    own = acting.intersection(name_of(mention) for mention in line.mentions if is_treatment(mention))
    taken = [event for event in before if event.status == "done" and not event.stopped]
    has_helped = any(event.response in HELPED for event in taken) and not own
    named = own or acting.intersection(event.treatment for event in before if taken)
    pointing = recogniser.follow.causing if own else recogniser.follow.causing | recogniser.follow.pronouns
    told = [
        mention
        for mention in going_on
        if named
        and named <= recogniser.links.told_of.get(name_of(mention), frozenset())
        and (has_helped or not pointing.isdisjoint(texts[mention.first : mention.last + 1]))
    ]
    kept = [
        mention._replace(key=("present", name_of(mention))) if mention in told else mention
        for mention in line.mentions
        if not _is_next(mention) or mention in told
    ]
    return replace(line, mentions=kept, before=tuple(sorted(named)) if told else ())


def _is_next(mention: Match) -> bool:
    key: Any = mention.key
    return bool(key[0] == NEXT)


def _fits(recogniser: Recogniser, named: frozenset[str], known: frozenset[str] | None) -> bool:
    """Whether one of the treatments named is known to bring such a result. Beside other care a drug is only mentioned: "the
    injection let her stop Norco"."""
    if known is None:
        return True
    spoken = named - recogniser.kinds.drugs if known.isdisjoint(recogniser.kinds.drugs) else named
    return not spoken or not spoken.isdisjoint(known)
