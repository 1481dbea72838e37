"""`imr-check explain`: what a rule, treatment, finding, guideline or word of the report is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from checker.cli import console
from checker.cli.in_words import in_words
from checker.problem import InputError, Problem, nearest
from checker.rulebook.model import Criterion, Rule, Rulebook

WORDS = {
    "upheld": "The reviewer lets the denial stand: a required criterion fails, or an exclusion is shown.",
    "overturned": "The reviewer reverses the denial: every required criterion is met and no exclusion is shown.",
    "undetermined": "No rule governs the treatment on this date, or the treatment was not recognised.",
    "met": "The record shows what the criterion asks.",
    "not_met": "The record shows the contrary of what the criterion asks.",
    "not_documented": "The record is silent. Reviewers treat it as failure; only silence can be mended with the pen.",
    "conflicting": "Papers of the record disagree. Kind of paper and date decide; both are shown.",
    "not_applicable": "The condition under which the criterion is asked is not shown, so it does not count.",
    "barrier": "A criterion that no paper can mend while the request stays as it is.",
    "required": "A criterion that must be met.",
    "exclusion": "A fact that defeats the request when the record shows it; silence passes.",
    "supporting": "A criterion that is shown and never decides.",
    "quoted": "The demand was read in the guideline itself.",
    "as_applied": "The demand is taken from how IMR reviewers apply the guideline.",
    "recalled": "The demand is from memory and was not verified; its confidence is shown beside it.",
}


@click.command("explain")
@click.argument("name")
@console.rules_option
@click.pass_context
def command(ctx: click.Context, name: str, rules: tuple[Path, ...]) -> None:
    """Explain a rule, treatment, finding, guideline or word of the report.

    NAME is an id as the reports show it, for example mtus-chronic-pain-2009/trigger-point-injection, or a word such as
    not_documented.
    """
    width = console.line_width(None)
    word = name.strip().lower().replace(" ", "_").replace("-", "_")
    if word in WORDS:
        console.emit(console.paragraph(WORDS[word], width, lead=f"{word.replace('_', ' ')}: ") + "\n", ctx)
        return
    from checker.api import open_rulebook

    rulebook = open_rulebook(rules)
    key = name.strip().lower().replace(" ", "-")
    told = [line for tell in _TELLERS for line in tell(key, rulebook, width)]
    if not told:
        known = [*rulebook.rules, *rulebook.treatments, *rulebook.findings, *rulebook.guidelines, *WORDS]
        expected = "the id of a rule, treatment, finding or guideline, or a word of the report"
        found = f"nothing is called '{name}'"
        raise InputError([Problem("explain", 0, 0, "unknown-name", found, expected, nearest(key, known))])
    console.emit("\n".join(told) + "\n", ctx)


def tell_rule(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    """A rule with its criteria."""
    rule = rulebook.rules.get(key)
    if rule is None:
        return
    guideline = rulebook.guidelines[rule.guideline]
    yield console.paragraph(f"{rule.title} ({rule.id})", width)
    if rule.summary:
        yield console.paragraph(rule.summary, width, 2)
    place = ", ".join(part for part in (guideline.title, rule.section, rule.pages and f"pages {rule.pages}") if part)
    yield console.paragraph(place, width, 2, "guideline: ")
    yield console.paragraph(f"{guideline.start or 'always'} to {guideline.end or 'now'}", width, 2, "in force: ")
    yield console.paragraph(_scope(rule), width, 2, "applies to: ")
    yield console.paragraph(rule.recommendation.replace("_", " "), width, 2, "recommendation: ")
    for criterion in rule.criteria:
        yield ""
        yield from _criterion(criterion, width)


def _scope(rule: Rule) -> str:
    scope = rule.scope
    text = ", ".join(scope.treatments)
    if scope.body_parts:
        text += f"; at the {', '.join(scope.body_parts)}"
    return text + (f"; for {scope.when_text or in_words(scope.when)}" if scope.when else "")


def _criterion(criterion: Criterion, width: int) -> Iterator[str]:
    kind = criterion.role + (", hard barrier" if criterion.barrier else "")
    yield console.paragraph(f"{criterion.statement} [{criterion.id}; {kind}]", width, 2, "- ")
    yield console.paragraph(in_words(criterion.check), width, 4, "tested: ")
    if criterion.applies_when:
        yield console.paragraph(in_words(criterion.applies_when), width, 4, "only when: ")
    if criterion.remedy:
        yield console.paragraph(criterion.remedy, width, 4, "remedy: ")
    confidence = f", {criterion.basis.confidence} confidence" if criterion.basis.confidence else ""
    source = f" ({criterion.basis.source})" if criterion.basis.source else ""
    yield console.paragraph(f"{criterion.basis.kind.replace('_', ' ')}{confidence}{source}", width, 4, "basis: ")


def _tell_treatment(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    treatment = rulebook.treatments.get(key)
    if treatment is None:
        return
    yield console.paragraph(f"{treatment.label} (treatment {treatment.id}, {treatment.category})", width)
    yield console.paragraph("; ".join(treatment.names), width, 2, "written as: ")
    facts = (("codes", treatment.codes), ("an example of", treatment.kinds), ("must state", treatment.needs))
    yield from (console.paragraph(", ".join(said), width, 2, f"{name}: ") for name, said in facts if said)
    rules = rulebook.by_treatment.get(key, ())
    yield console.paragraph(", ".join(rules) or "none of its own", width, 2, "rules: ")


def _tell_finding(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    finding = rulebook.findings.get(key)
    if finding is None:
        return
    yield console.paragraph(f"{finding.label} (finding {finding.id}, {finding.kind})", width)
    facts = (
        ("read from", finding.phrases), ("read as absent from", finding.absent_phrases), ("numbers", finding.numbers),
        ("diagnosis codes", finding.codes), ("implies", finding.implies),
    )  # fmt: skip
    yield from (console.paragraph("; ".join(said), width, 2, f"{name}: ") for name, said in facts if said)


def _tell_guideline(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    guideline = rulebook.guidelines.get(key)
    if guideline is None:
        return
    yield console.paragraph(f"{guideline.title} (guideline {guideline.id})", width)
    yield console.paragraph(f"{guideline.start or 'always'} to {guideline.end or 'now'}", width, 2, "in force: ")
    yield console.paragraph(guideline.citation, width, 2, "citation: ")
    yield from (console.paragraph(silence.why, width, 2, "silent: ") for silence in guideline.silent_on)
    rules = [rule.id for rule in rulebook.rules.values() if rule.guideline == key]
    yield console.paragraph(", ".join(rules) or "none", width, 2, "rules: ")


_TELLERS: tuple[Callable[[str, Rulebook, int], Iterator[str]], ...] = (
    tell_rule,
    _tell_treatment,
    _tell_finding,
    _tell_guideline,
)
