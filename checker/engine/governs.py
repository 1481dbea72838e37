"""Which rule of which edition governs a treatment at a body part on a date, and why the others do not."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TypeAlias

from checker.engine.logic import MET
from checker.engine.operators import compile_check
from checker.engine.unit import Compiled, Setting, narrow
from checker.record import record
from checker.report.model import Considered
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Guideline, Rule, Rulebook, Silence

# MTUS is presumed correct; then the most current ACOEM or ODG; then other guidelines and studies (8 CCR 9792.21.1). The rule
# of a payer outside this system, which only a pack can bring, stands before them all.
TIERS = {"payer": 0, "mtus": 1, "acoem-odg": 2, "other": 3}

Order: TypeAlias = tuple[int, int, int, int, int, str]


@record
class Governing:
    """The rule that governs (None where none does) and the trail of all that were considered."""

    rule: Rule | None
    trail: tuple[Considered, ...]


@record
class Candidate:
    """A rule that names a treatment or a wider one, with its place in the order and when it applies, made ready."""

    rule: Rule
    order: Order
    when: Compiled | None


def governing(treatment: str, part: str | None, setting: Setting) -> Governing:
    """Choose among all rules for the treatment and for the wider treatments it is an example of."""
    trail: list[Considered] = []
    eligible: list[Candidate] = []
    setting = narrow(setting, treatment, (part,) if part else ())
    for candidate in candidates_of(treatment, setting.rulebook):
        why_not = _refusal(candidate, part, setting)
        if why_not:
            trail.append(Considered(candidate.rule.id, False, why_not))
        else:
            eligible.append(candidate)
    eligible.sort(key=lambda candidate: candidate.order)
    chosen = eligible[0].rule if eligible else None
    if chosen:
        behind = [Considered(other.rule.id, False, _behind(other.rule, chosen, setting)) for other in eligible[1:]]
        trail = [Considered(chosen.id, True, _reason(chosen, setting)), *behind, *trail]
    return Governing(chosen, (*trail, *_silences(treatment, part, setting, chosen)))


@lru_cache(maxsize=4096)
def candidates_of(treatment: str, rulebook: Rulebook) -> tuple[Candidate, ...]:
    """Every rule for the treatment and for its wider treatments, nearest first; each rule once."""
    distances: dict[str, int] = {}
    for distance, kind in enumerate(kinds_of(treatment, rulebook)):
        for name in rulebook.by_treatment.get(kind, ()):
            distances.setdefault(name, distance)
    found = [(rulebook.rules[name], distance) for name, distance in distances.items()]
    return tuple(Candidate(rule, order_of(rule, distance, rulebook), _when(rule, rulebook)) for rule, distance in found)


def binding(treatment: str, guideline: str, setting: Setting) -> list[str]:
    """Rules of the statute that bind beside a rule of that guideline, whatever it says."""
    rulebook = setting.rulebook
    return [
        name
        for name in rulebook.binding.get(treatment, ())
        if not _not_in_force(rulebook.rules[name].guideline, setting.as_of, rulebook)
        and guideline not in rulebook.rules[name].scope.unless_governed_by
    ]


def _when(rule: Rule, rulebook: Rulebook) -> Compiled | None:
    return compile_check(rule.scope.when, rulebook) if rule.scope.when is not None else None


def in_force(guideline: Guideline, day: date) -> bool:
    """Whether the edition governed on that day."""
    return (guideline.start is None or guideline.start <= day) and (guideline.end is None or day <= guideline.end)


def _refusal(candidate: Candidate, part: str | None, setting: Setting) -> str:
    rule = candidate.rule
    ended = _not_in_force(rule.guideline, setting.as_of, setting.rulebook)
    if ended:
        return ended
    parts = rule.scope.body_parts
    if parts and (part is None or not covers(parts, part, setting)):
        return f"it is for the {', '.join(parts)}" + ("" if part else "; the request names no body part")
    if candidate.when is not None and candidate.when(setting).value != MET:
        return f"it is for {rule.scope.when_text or 'other circumstances'}, which the record does not show"
    return ""


@lru_cache(maxsize=4096)
def _not_in_force(name: str, day: date, rulebook: Rulebook) -> str:
    """Why the edition did not govern on that day; empty where it did."""
    guideline = rulebook.guidelines[name]
    if in_force(guideline, day):
        return ""
    start, end = guideline.start or "the beginning", guideline.end or "now"
    return f"not in force on {day}: it governed from {start} to {end}"


def covers(parts: tuple[str, ...], part: str, setting: Setting) -> bool:
    """Whether a rule for these body parts is one for this part."""
    known = setting.rulebook.body_parts.get(part)
    return part in parts or (known is not None and not set(parts).isdisjoint(known.within))


def order_of(rule: Rule, distance: int, rulebook: Rulebook) -> Order:
    """The smaller, the sooner a rule governs. `distance`: steps from the treatment to the one that the rule names."""
    tier = TIERS[rulebook.guidelines[rule.guideline].tier]
    general = 0 if rule.scope.body_parts else 1
    return (tier, distance, rule.scope.rank, 0 if rule.scope.when else 1, general, rule.id)


def _reason(rule: Rule, setting: Setting) -> str:
    guideline = setting.rulebook.guidelines[rule.guideline]
    tier = {
        "payer": "the payer's own rule, laid over the others by a pack",
        "mtus": "the MTUS is presumed correct",
        "acoem-odg": "no rule of the MTUS addresses this; the most current ACOEM or ODG comes next",
        "other": "neither the MTUS nor ACOEM or ODG address this",
    }[guideline.tier]
    condition = f"; for {rule.scope.when_text}" if rule.scope.when else ""
    return f"{tier}; in force on {setting.as_of}{condition}"


def _behind(rule: Rule, chosen: Rule, setting: Setting) -> str:
    guidelines = setting.rulebook.guidelines
    if guidelines[rule.guideline].tier != guidelines[chosen.guideline].tier:
        return f"{guidelines[chosen.guideline].title} comes first"
    return f"reviewers use {chosen.id} for this topic"


def _silences(treatment: str, part: str | None, setting: Setting, chosen: Rule | None) -> tuple[Considered, ...]:
    """Guidelines of a higher tier that are known to say nothing on the topic."""
    if chosen is not None and setting.rulebook.guidelines[chosen.guideline].tier in ("payer", "mtus"):
        return ()
    return tuple(
        Considered(guideline.id, False, silence.why)
        for guideline, silence in _silent_on(treatment, setting.rulebook)
        if in_force(guideline, setting.as_of) and (not silence.body_parts or part in silence.body_parts)
    )


@lru_cache(maxsize=4096)
def _silent_on(treatment: str, rulebook: Rulebook) -> tuple[tuple[Guideline, Silence], ...]:
    kinds = kinds_of(treatment, rulebook)
    return tuple(
        (guideline, silence)
        for guideline in rulebook.guidelines.values()
        for silence in guideline.silent_on
        if not set(kinds).isdisjoint(silence.treatments)
    )
