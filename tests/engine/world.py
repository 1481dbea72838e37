"""A small world for tests of the engine: a body, a catalogue, a vocabulary, its guidelines, and short forms for facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from checker.chart.model import Evidence, Finding, TreatmentEvent, make_chart
from checker.engine.logic import STATUS, Outcome
from checker.engine.operators import evaluate
from checker.engine.unit import Setting, events_by_kind, narrow
from checker.request.model import Asked, Injury, Patient
from checker.rulebook.checks import parse_check
from checker.rulebook.model import (
    Basis,
    BodyPart,
    Criterion,
    FindingType,
    Guideline,
    Rule,
    Rulebook,
    Scope,
    Silence,
    Treatment,
)

TODAY = date(2016, 12, 1)

KINDS = {
    "weakness": "exam",
    "pain": "symptom",
    "score": "measure",
    "duty": "work",
    "tear": "imaging",
    "sprain": "diagnosis",
    "plan": "statement",
    "relief": "response",
}
PARTS = (
    BodyPart("spine", ("spine",)),
    BodyPart("neck", ("neck",), feeds=("arm",), within=("spine",)),
    BodyPart("back", ("back",), feeds=("leg",), within=("spine",)),
    BodyPart("arm", ("arm",)),
    BodyPart("leg", ("leg",)),
)
TREATMENTS = (
    Treatment("drug", "Drug", "drug-other", ("drug",)),
    Treatment("nsaid", "NSAID", "nsaid", ("nsaid",), kinds=("drug",)),
    Treatment("naproxen", "Naproxen", "nsaid", ("naproxen",), kinds=("nsaid",)),
    Treatment("ibuprofen", "Ibuprofen", "nsaid", ("ibuprofen",), kinds=("nsaid",)),
    Treatment("therapy", "Therapy", "therapy", ("therapy",)),
    Treatment("injection", "Injection", "injection", ("injection",)),
    Treatment("guidance", "Guidance", "imaging", ("guidance",), ancillary=True),
)
GUIDELINES = (
    Guideline("mtus-old", "mtus", "The old MTUS", "mtus", end=date(2015, 12, 31)),
    Guideline("mtus-new", "mtus", "The new MTUS", "mtus", start=date(2016, 1, 1)),
    Guideline("odg", "odg", "ODG", "acoem-odg", silent_on=(Silence(("therapy",), "nothing on therapy"),)),
    Guideline("book", "other", "A book", "other"),
    Guideline("payer", "payer", "The payer", "payer"),
    Guideline("law", "law", "The statute", "statute", start=date(2004, 1, 1)),
)
BASIS = Basis("as_applied")


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def paper(kind: str | None = None, *, quote: str = "words", day: date | None = None) -> Evidence:
    return Evidence("note", quote, page=2, line=3, date=day, document_type=kind)


def fact(name: str, status: str = "present", **more: Any) -> Finding:
    return Finding(name, status, **more)


def done(treatment: str, response: str = "not_stated", **more: Any) -> TreatmentEvent:
    return TreatmentEvent(treatment, response=response, **more)


def world(rules: Iterable[Rule] = ()) -> Rulebook:
    """A rulebook of its own for every test, so that nothing is kept from one to the next."""
    rules = tuple(rules)
    tier = {guideline.id: guideline.tier for guideline in GUIDELINES}
    return Rulebook(
        guidelines={guideline.id: guideline for guideline in GUIDELINES},
        rules={rule.id: rule for rule in rules},
        treatments={treatment.id: treatment for treatment in TREATMENTS},
        findings={name: FindingType(name, name, kind) for name, kind in KINDS.items()},
        body_parts={part.id: part for part in PARTS},
        by_treatment=_index(rule for rule in rules if tier[rule.guideline] != "statute"),
        binding=_index(rule for rule in rules if tier[rule.guideline] == "statute"),
    )


def _index(rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        for treatment in rule.scope.treatments:
            found[treatment] = (*found.get(treatment, ()), rule.id)
    return found


def criterion(name: str, check: dict[str, Any], **more: Any) -> Criterion:
    if "applies_when" in more:
        more["applies_when"] = parse_check(more["applies_when"])
    return Criterion(name, f"{name} is so.", parse_check(check), BASIS, **more)


def rule(name: str, *criteria: Criterion, treatments: tuple[str, ...] = ("therapy",), **scope: Any) -> Rule:
    """A rule `<guideline>/<topic>`."""
    if "when" in scope:
        scope["when"] = parse_check(scope["when"])
    return Rule(name, name, name.split("/")[0], Scope(treatments, **scope), "recommended_with_criteria", criteria)


def setting(
    *facts: Finding | TreatmentEvent,
    parts: tuple[str, ...] = (),
    treatment: str = "therapy",
    asked: Asked | None = None,
    patient: Patient | None = None,
    injury: Injury | None = None,
    others: Iterable[str] = (),
    failing: Iterable[str] = (),
    rulebook: Rulebook | None = None,
    as_of: date = TODAY,
) -> Setting:
    """What a check may look at: facts of the chart, and the treatment asked for at these body parts."""
    rulebook = rulebook or world()
    findings = [entry for entry in facts if isinstance(entry, Finding)]
    chart = make_chart(findings, [entry for entry in facts if isinstance(entry, TreatmentEvent)])
    whole = Setting(
        rulebook=rulebook,
        chart=chart,
        as_of=as_of,
        patient=patient or Patient(),
        injury=injury or Injury(),
        asked=asked or Asked((treatment,), parts),
        others=frozenset(others),
        failing=frozenset(failing),
        events=events_by_kind(chart, rulebook),
    )
    return narrow(whole, treatment, parts)


def outcome(check: dict[str, Any], place: Setting) -> Outcome:
    return evaluate(parse_check(check), place)


def status(check: dict[str, Any], place: Setting) -> str:
    return STATUS[outcome(check, place).value]


def on(place: Setting, **changes: Any) -> Setting:
    return replace(place, **changes)
