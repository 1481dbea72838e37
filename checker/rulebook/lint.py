"""Faults of rules that still load: each finding of lint has an id, a place and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from checker.problem import Problem
from checker.rulebook.model import Rule, Rulebook


def lint(rulebook: Rulebook, folder: Path) -> list[Problem]:
    """All findings for the rules of one folder, in the order of files."""
    return sorted(
        problem
        for rule in rulebook.rules.values()
        if (folder / rule.place.file).exists()
        for problem in _rule(rule, folder)
    )


def _rule(rule: Rule, folder: Path) -> Iterator[Problem]:
    file = str(folder / rule.place.file)
    if not (folder / f"{rule.id}.test.yaml").exists():
        yield Problem(file, rule.place.line, 1, "no-scenario", f"{rule.id} has no scenarios", f"{rule.id}.test.yaml")
    if rule.scope.when is not None and not rule.scope.when_text:
        yield Problem(file, rule.place.line, 1, "no-when-text", "a condition without words", "when_text")
    for criterion in rule.criteria:
        if criterion.role == "required" and not criterion.remedy:
            yield Problem(
                file, criterion.place.line, 1, "no-remedy", f"{criterion.id} has no remedy", "what the office can do"
            )
        if criterion.basis.confidence == "low" and criterion.role != "supporting":
            expected = "role: supporting, because a weakly recalled demand never decides"
            yield Problem(
                file, criterion.place.line, 1, "weak-basis", f"{criterion.id} decides on low confidence", expected
            )
