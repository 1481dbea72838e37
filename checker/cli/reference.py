"""Reference pages in Markdown, written from the rulebook, so that they cannot say anything else than the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.cli.in_words import in_words
from checker.rulebook.lint.catalogue import CHECKS
from checker.rulebook.model import Criterion, Guideline, Rule, Rulebook

MADE = "<!-- Written by `imr-check rules reference`; change the rules, not this page. -->\n"
SPECIAL = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_[]<>|#"})


def index_pages(rulebook: Rulebook) -> dict[str, str]:
    """The short pages by file name: guidelines with their dates, sources, and the checks of lint."""
    return {"index.md": "\n".join(_index(rulebook)) + "\n", "lint.md": "\n".join(_lint()) + "\n"}


def guideline_pages(rulebook: Rulebook) -> dict[str, str]:
    """One page for each guideline that has rules, by file name."""
    rules: dict[str, list[Rule]] = {}
    for rule in sorted(rulebook.rules.values(), key=lambda rule: rule.id):
        rules.setdefault(rule.guideline, []).append(rule)
    return {
        f"guidelines/{name}.md": "\n".join(_guideline(rulebook.guidelines[name], found)) + "\n"
        for name, found in rules.items()
    }


def _index(rulebook: Rulebook) -> Iterator[str]:
    yield "# Guidelines and sources"
    yield MADE
    yield "How many rules and criteria each has, and on what basis: `imr-check rules coverage`. One rule with all its criteria:"
    yield "`imr-check rules show RULE`. How one of them comes to govern: [How guidelines are chosen](../how-guidelines-are-chosen.md).\n"
    yield "## Guidelines\n"
    yield "| guideline | id | tier | in force from | to | citation |"
    yield "|---|---|---|---|---|---|"
    for name, guideline in rulebook.guidelines.items():
        days = f"{guideline.start or 'always'} | {guideline.end or 'now'}"
        yield f"| {_md(guideline.title)} | `{name}` | {guideline.tier} | {days} | {_md(guideline.citation)} |"
    yield "\n## Sources\n"
    yield "What a criterion may cite. Nothing is copied from any of them.\n"
    yield "| cited as | source | kind |"
    yield "|---|---|---|"
    sources: Any = rulebook.extra.get("sources", {})
    for name, source in sources.items():
        title = f"[{_md(source['title'])}]({source['url']})" if "url" in source else _md(source["title"])
        note = f" {_md(source['note'])}" if "note" in source else ""
        yield f"| {_md(name)} | {title}.{note} | {source['kind']} |"


def _lint() -> Iterator[str]:
    yield "# What lint looks for"
    yield MADE
    yield "`imr-check rules lint` names every finding by one of these ids. How to accept one in place: [Lint](../lint.md).\n"
    for name, about in CHECKS.items():
        yield f"## {name}\n"
        yield f"{_md(about.finds)} {_md(about.why)}\n"
        yield f"Wrong:\n\n```yaml\n{about.wrong}\n```\n"
        yield f"Right:\n\n```yaml\n{about.right}\n```\n"


def _guideline(guideline: Guideline, rules: list[Rule]) -> Iterator[str]:
    yield f"# {_md(guideline.title)}"
    yield MADE
    yield f"`{guideline.id}`, tier {guideline.tier}, in force from {guideline.start or 'always'} to {guideline.end or 'now'}."
    yield f"{_md(guideline.citation)}.\n"
    for silence in guideline.silent_on:
        yield f"- Silent on {', '.join(silence.treatments)}: {_md(silence.why)}."
    for rule in rules:
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    place = ", ".join(part for part in (rule.section, rule.pages and f"pages {rule.pages}") if part)
    yield f"\n## {_md(rule.title)}\n"
    yield (
        f"`{rule.id}`"
        + (f", {_md(place)}" if place else "")
        + f". {rule.recommendation.replace('_', ' ').capitalize()}."
    )
    yield f"For {', '.join(rule.scope.treatments)}" + _where(rule) + ".\n"
    if rule.summary:
        yield f"{_md(rule.summary)}\n"
    if rule.criteria:
        yield "| criterion | tested by | role | basis |"
        yield "|---|---|---|---|"
        yield from (_criterion(criterion) for criterion in rule.criteria)


def _where(rule: Rule) -> str:
    parts = f", at the {', '.join(rule.scope.body_parts)}" if rule.scope.body_parts else ""
    return parts + (f", when {_md(rule.scope.when_text)}" if rule.scope.when else "")


def _criterion(criterion: Criterion) -> str:
    tested = in_words(criterion.check) + (
        f"; only when {in_words(criterion.applies_when)}" if criterion.applies_when else ""
    )
    basis = criterion.basis
    how = basis.kind.replace("_", " ") + (f", {basis.confidence}" if basis.confidence else "")
    source = f" ({_md(basis.source)})" if basis.source else ""
    return f"| {_md(criterion.statement)} `{criterion.id}` | {_md(tested)} | {criterion.role} | {how}{source} |"


def _md(text: str) -> str:
    return text.translate(SPECIAL)
