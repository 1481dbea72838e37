"""Which rule of which edition governs a treatment at a body part on a date, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checker.engine.logic import MET
from checker.engine.operators import evaluate
from checker.engine.unit import Setting, narrow
from checker.report.model import Considered
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Guideline, Rule

# MTUS is presumed correct; then the most current ACOEM or ODG; then other guidelines and studies (8 CCR 9792.21.1).
TIERS = {"mtus": 0, "acoem-odg": 1, "other": 2}


@dataclass(frozen=True, slots=True)
class Governing:
    """The rule that governs (None where none does) and the trail of all that were considered."""

    rule: Rule | None
    trail: tuple[Considered, ...]


def governing(treatment: str, part: str | None, setting: Setting) -> Governing:
    """Choose among all rules for the treatment and for the wider treatments it is an example of."""
    trail: list[Considered] = []
    candidates: list[tuple[tuple[int, int, int, int, int, str], Rule]] = []
    setting = narrow(setting, treatment, (part,) if part else ())
    kinds = kinds_of(treatment, setting.rulebook)
    for distance, kind in enumerate(kinds):
        for name in setting.rulebook.by_treatment.get(kind, ()):
            rule = setting.rulebook.rules[name]
            why_not = _refusal(rule, part, setting)
            if why_not:
                trail.append(Considered(rule.id, False, why_not))
            else:
                candidates.append((_order(rule, distance, setting), rule))
    candidates.sort(key=lambda pair: pair[0])
    chosen = candidates[0][1] if candidates else None
    if chosen:
        trail.insert(0, Considered(chosen.id, True, _reason(chosen, setting)))
        trail[1:1] = [Considered(rule.id, False, _behind(rule, chosen, setting)) for _, rule in candidates[1:]]
    return Governing(chosen, tuple(trail) + _silences(kinds, part, setting, chosen))


def in_force(guideline: Guideline, day: date) -> bool:
    """Whether the edition governed on that day."""
    return (guideline.start is None or guideline.start <= day) and (guideline.end is None or day <= guideline.end)


def _refusal(rule: Rule, part: str | None, setting: Setting) -> str:
    guideline = setting.rulebook.guidelines[rule.guideline]
    if not in_force(guideline, setting.as_of):
        start, end = guideline.start or "the beginning", guideline.end or "now"
        return f"not in force on {setting.as_of}: it governed from {start} to {end}"
    parts = rule.scope.body_parts
    if parts and (part is None or not _covers(parts, part, setting)):
        return f"it is for the {', '.join(parts)}" + ("" if part else "; the request names no body part")
    if rule.scope.when is not None and evaluate(rule.scope.when, setting).value != MET:
        return f"it is for {rule.scope.when_text or 'other circumstances'}, which the record does not show"
    return ""


def _covers(parts: tuple[str, ...], part: str, setting: Setting) -> bool:
    known = setting.rulebook.body_parts.get(part)
    return part in parts or bool(known and set(known.within) & set(parts))


def _order(rule: Rule, distance: int, setting: Setting) -> tuple[int, int, int, int, int, str]:
    tier = TIERS[setting.rulebook.guidelines[rule.guideline].tier]
    general = 0 if rule.scope.body_parts else 1
    return (tier, distance, rule.scope.rank, 0 if rule.scope.when else 1, general, rule.id)


def _reason(rule: Rule, setting: Setting) -> str:
    guideline = setting.rulebook.guidelines[rule.guideline]
    tier = {
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


def _silences(
    kinds: tuple[str, ...], part: str | None, setting: Setting, chosen: Rule | None
) -> tuple[Considered, ...]:
    """Guidelines of a higher tier that are known to say nothing on the topic."""
    if chosen is not None and setting.rulebook.guidelines[chosen.guideline].tier == "mtus":
        return ()
    return tuple(
        Considered(guideline.id, False, silence.why)
        for guideline in setting.rulebook.guidelines.values()
        for silence in guideline.silent_on
        if in_force(guideline, setting.as_of)
        and set(silence.treatments) & set(kinds)
        and (not silence.body_parts or part in silence.body_parts)
    )
