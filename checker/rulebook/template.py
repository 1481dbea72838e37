"""A rule and its scenarios to begin with: every check of `rules lint` passes but the to-dos, which say what to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

from checker.problem import InputError, Problem, nearest
from checker.record import record
from checker.rulebook import model
from checker.rulebook.model import Guideline, Rulebook, Treatment, walk
from checker.yamlfile import flow

Entry = TypeVar("Entry")
TIERS = ("payer", "mtus", "acoem-odg", "other", "statute")


@record
class Skeleton:
    """The two files of a new rule by their path below the rule folder, and why this guideline."""

    rule: str
    text: str
    scenarios: str
    why: str

    @property
    def files(self) -> tuple[tuple[str, str], tuple[str, str]]:
        return ((f"{self.rule}.yaml", self.text), (f"{self.rule}.test.yaml", self.scenarios))


def skeleton(treatment: str, guideline: str | None, rulebook: Rulebook, today: date, schemas: str = "") -> Skeleton:
    """A rule for the treatment. `schemas`: folder of the schemas as seen from the rule, for editors; empty: none.
    Raises InputError for a name that does not exist, and where there is no finding to begin with."""
    known = _found(treatment, rulebook.treatments, "treatment", "rules/treatments")
    if guideline is None:
        edition, why = _likeliest(known, rulebook, today)
    else:
        edition, why = _found(guideline, rulebook.guidelines, "guideline", "guidelines.yaml"), "as asked for"
    name = f"{edition.id}/{known.id}"
    if name in rulebook.rules:
        found = f"{name} exists already"
        raise InputError([Problem("rules new", 0, 0, "exists", found, "a guideline that has no rule for it", "")])
    asked, against = _findings(known, rulebook)
    day = min(edition.end or today, max(edition.start or today, today))
    return Skeleton(
        name,
        _head("rule", schemas) + _rule(name, known, edition, asked, against),
        _head("scenario", schemas) + _scenarios(name, known, asked, against, day),
        why,
    )


def _found(name: str, known: Mapping[str, Entry], kind: str, where: str) -> Entry:
    if name not in known:
        expected = f"an id of {where}"
        fix = f"{nearest(name, known)} Or name it first in {where}.".strip()
        raise InputError([Problem("rules new", 0, 0, f"unknown-{kind}", f"no {kind} '{name}'", expected, fix)])
    return known[name]


def _likeliest(treatment: Treatment, rulebook: Rulebook, today: date) -> tuple[Guideline, str]:
    """The edition in force of the highest tier that has most rules for services of the same category."""
    counts: Counter[str] = Counter()
    for rule in rulebook.rules.values():
        if any(rulebook.treatments[name].category == treatment.category for name in rule.scope.treatments):
            counts[rule.guideline] += 1
    in_force = [
        guideline
        for guideline in rulebook.guidelines.values()
        if (guideline.start or today) <= today <= (guideline.end or today)
    ]
    if not in_force:
        found = f"no guideline is in force on {today}"
        raise InputError([Problem("rules new", 0, 0, "no-guideline", found, "--guideline with the id of one")])
    best = min(in_force, key=lambda one: (not counts[one.id], TIERS.index(one.tier), -counts[one.id], one.id))
    return best, f"in force on {today} with {counts[best.id]} rules for other services of category {treatment.category}"


def _findings(treatment: Treatment, rulebook: Rulebook) -> tuple[str, str]:
    """A finding to ask for and one that speaks against it: those that rules of the same category use most."""
    uses: dict[str, Counter[str]] = {"required": Counter(), "exclusion": Counter()}
    for rule in rulebook.rules.values():
        if any(rulebook.treatments[name].category == treatment.category for name in rule.scope.treatments):
            for criterion in rule.criteria:
                names = _names(criterion.check)
                uses.setdefault(criterion.role, Counter()).update(names)
    ranked = [name for name, _ in uses["required"].most_common()] + list(rulebook.findings)
    against = [name for name, _ in uses["exclusion"].most_common()] + list(rulebook.findings)
    if len(rulebook.findings) < 2:
        found = "a vocabulary with fewer than two findings"
        raise InputError([Problem("rules new", 0, 0, "no-findings", found, "findings to test on, in findings/*.yaml")])
    return ranked[0], next(name for name in against if name != ranked[0])


def _names(check: model.Check) -> Iterator[str]:
    for part in walk(check):
        if isinstance(part, model.FindingCheck):
            yield from part.names


def _head(schema: str, folder: str) -> str:
    return f"# yaml-language-server: $schema={folder}/{schema}.schema.json\n" if folder else ""


def _rule(name: str, treatment: Treatment, guideline: Guideline, asked: str, against: str) -> str:
    return f"""rule: {name}
title: {flow([treatment.label])[1:-1]}
guideline: {guideline.id}
section: "TODO: chapter or section of {guideline.title}"
# kind: quoted (read in the guideline), as_applied (as reviewers apply it) or recalled (then with a confidence)
basis: {{kind: recalled, confidence: medium, source: "TODO: a source of sources.yaml, with the page"}}
applies_to:
  treatments: [{treatment.id}]
# recommended, recommended_with_criteria, not_recommended or no_recommendation (for the last two supporting criteria are enough)
recommendation: recommended_with_criteria
summary: "TODO: one sentence: for whom the service is supported, and after what."
criteria:
  - id: indication
    statement: "TODO: one fact that must be true, in your own words."
    check: {{finding: {asked}}}
    remedy: "TODO: one order to the office: what to document, measure or change."
  - id: contraindication
    statement: "TODO: one fact that defeats the request, in your own words."
    role: exclusion
    check: {{finding: {against}}}
"""


def _scenarios(name: str, treatment: Treatment, asked: str, against: str, day: date) -> str:
    item = flow({"request": treatment.label, "treatment": treatment.id})
    return f"""rule: {name}
scenarios:
  - name: "TODO: a sentence for a chart that shows what is asked for"
    as_of: {day}
    item: {item}
    findings: [{asked}]
    expect:
      prediction: overturned
      criteria: {{indication: met, contraindication: not_documented}}
  - name: "TODO: a sentence for a chart that is silent"
    as_of: {day}
    item: {item}
    expect:
      prediction: upheld
      criteria: {{indication: not_documented}}
      deciding: [indication]
  - name: "TODO: a sentence for a chart that shows the contrary"
    as_of: {day}
    item: {item}
    findings: [{{finding: {asked}, status: absent}}, {against}]
    expect:
      prediction: upheld
      criteria: {{indication: not_met, contraindication: met}}
"""
