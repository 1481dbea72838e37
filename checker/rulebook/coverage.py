"""What the rules cover: criteria and branches that scenarios reach, and treatments that rules govern, by guideline and by
service category, weighed with how often a service is disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.record import record
from checker.rulebook.kinds import kinds_of
from checker.rulebook.lint.reach import MET, reach
from checker.rulebook.model import Criterion, Rule, Rulebook
from checker.rulebook.scenarios import Outcome

STATUS = ("not_met", "not_documented", "met")
BASES = ("quoted", "as_applied", "recalled high", "recalled medium", "recalled low")


@record
class Reached:
    """One criterion: the statuses it can have, and those that some scenario brings about."""

    rule: str
    criterion: str
    line: int
    possible: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(status for status in self.possible if status not in self.found)


@dataclass
class Row:
    """Sums over the rules of one guideline or of one service category."""

    name: str
    rules: int = 0
    criteria: int = 0
    scenarios: int = 0
    bases: Counter[str] = field(default_factory=Counter)
    sources: set[str] = field(default_factory=set)
    branches: int = 0
    reached: int = 0
    treatments: int = 0  # of the catalogue; for categories only
    governed: int = 0

    def add(self, rule: Rule, scenarios: int, criteria: Iterable[Reached]) -> None:
        """Count one rule."""
        self.rules += 1
        self.scenarios += scenarios
        for criterion in rule.criteria:
            self.criteria += 1
            self.bases[base_of(criterion)] += 1
            self.sources.update(part.strip() for part in criterion.basis.source.split(";") if part.strip())
        for entry in criteria:
            self.branches += len(entry.possible)
            self.reached += len(entry.possible) - len(entry.missing)


@record
class Share:
    """A group of services: its share of all disputes, and how many of its treatments have a rule."""

    group: str
    percent: float
    year: int
    source: str
    treatments: int
    governed: int

    @property
    def weighted(self) -> float:
        """The part of the share that rules cover, each treatment of the group counted alike."""
        return self.percent * self.governed / self.treatments if self.treatments else 0.0


@record
class Coverage:
    """All of it."""

    reached: tuple[Reached, ...]
    guidelines: tuple[Row, ...]
    categories: tuple[Row, ...]
    volume: tuple[Share, ...]
    without_rule: Mapping[str, tuple[str, ...]]  # treatments by category


def cover(rulebook: Rulebook, rules: Sequence[Rule], outcomes: Sequence[Outcome]) -> Coverage:
    """Coverage of these rules of a rulebook by the scenarios that were run."""
    found: dict[tuple[str, str], set[str]] = {}
    for outcome in outcomes:
        for line in outcome.item.criteria:
            found.setdefault((line.rule, line.id), set()).add(line.status)
    scenarios = Counter(outcome.scenario.rule for outcome in outcomes)
    reached = {rule.id: tuple(_reached(rule, found)) for rule in rules}
    guidelines = {name: Row(name) for name in rulebook.guidelines}
    categories = {treatment.category: Row(treatment.category) for treatment in rulebook.treatments.values()}
    for rule in rules:
        named = {rulebook.treatments[name].category for name in rule.scope.treatments}
        for row in (guidelines[rule.guideline], *(categories[name] for name in sorted(named))):
            row.add(rule, scenarios[rule.id], reached[rule.id])
    with_rule = governed(rulebook, rules)
    without: dict[str, tuple[str, ...]] = {}
    for name, treatment in rulebook.treatments.items():
        row = categories[treatment.category]
        row.treatments += 1
        row.governed += name in with_rule
        if name not in with_rule:
            without[treatment.category] = (*without.get(treatment.category, ()), name)
    return Coverage(
        tuple(entry for entries in reached.values() for entry in entries),
        tuple(row for row in guidelines.values() if row.rules),
        tuple(sorted(categories.values(), key=lambda row: row.name)),
        tuple(_shares(rulebook, categories)),
        without,
    )


def base_of(criterion: Criterion) -> str:
    """The basis of a criterion as one of BASES."""
    basis = criterion.basis
    return f"{basis.kind} {basis.confidence or 'medium'}" if basis.kind == "recalled" else basis.kind


def governed(rulebook: Rulebook, rules: Iterable[Rule]) -> frozenset[str]:
    """The treatments that one of the rules names, or a wider treatment of which they are examples."""
    governing = (rule for rule in rules if rulebook.guidelines[rule.guideline].tier != "statute")
    named = {treatment for rule in governing for treatment in rule.scope.treatments}
    return frozenset(name for name in rulebook.treatments if named.intersection(kinds_of(name, rulebook)))


def _reached(rule: Rule, found: Mapping[tuple[str, str], set[str]]) -> Iterator[Reached]:
    for criterion in rule.criteria:
        possible = tuple(_possible(rule, criterion))
        seen = found.get((rule.id, criterion.id), set())
        yield Reached(rule.id, criterion.id, criterion.place.line, possible, tuple(s for s in possible if s in seen))


def _possible(rule: Rule, criterion: Criterion) -> Iterator[str]:
    """The statuses that a criterion can have where its rule governs."""
    combined = reach(criterion.check, criterion.applies_when, rule.scope.when)
    asked = {value for value, condition, when in combined if condition == MET == when}
    yield from (status for value, status in enumerate(STATUS) if value in asked)
    if any(condition != MET == when for _, condition, when in combined):
        yield "not_applicable"


def _shares(rulebook: Rulebook, categories: Mapping[str, Row]) -> Iterator[Share]:
    volume: Any = rulebook.extra.get("volume", {})
    for entry in volume.get("volume", ()):
        rows = [categories[name] for name in entry["categories"] if name in categories]
        yield Share(
            entry["group"],
            float(entry["percent"]),
            entry["year"],
            entry["source"],
            sum(row.treatments for row in rows),
            sum(row.governed for row in rows),
        )


def to_dict(coverage: Coverage) -> dict[str, Any]:
    """Coverage as plain data for `--format json`."""
    rows = {
        kind: [
            {
                "name": row.name, "rules": row.rules, "criteria": row.criteria, "scenarios": row.scenarios,
                "bases": {base: row.bases[base] for base in BASES}, "sources": sorted(row.sources),
                "branches": row.branches, "reached": row.reached,
                **({"treatments": row.treatments, "governed": row.governed} if kind == "categories" else {}),
            }
            for row in found
        ]
        for kind, found in (("guidelines", coverage.guidelines), ("categories", coverage.categories))
    }  # fmt: skip
    volume = [
        {
            "group": share.group, "percent": share.percent, "year": share.year, "source": share.source,
            "treatments": share.treatments, "governed": share.governed, "weighted": round(share.weighted, 2),
        }
        for share in coverage.volume
    ]  # fmt: skip
    unreached = [
        {"rule": entry.rule, "criterion": entry.criterion, "line": entry.line, "missing": list(entry.missing)}
        for entry in coverage.reached
        if entry.missing
    ]
    without = {category: list(names) for category, names in sorted(coverage.without_rule.items())}
    return {"format": "imr-check-coverage/1", **rows, "volume": volume, "unreached": unreached, "without_rule": without}
