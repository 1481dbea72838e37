"""What a rule must not lack: a basis, a remedy, words for its condition, scenarios, and nothing left to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.problem import Problem
from checker.rulebook.lint.book import Book, RuleEntry
from checker.rulebook.lint.entries import rule_fault
from checker.rulebook.lint.names import TO_DO
from checker.yamlfile import Path_


def check(book: Book) -> Iterator[Problem]:
    """Every rule of the folder under lint, and every file for what is left to do."""
    for rule in book.own_rules():
        yield from _rule(rule)
        yield from _scenarios(rule, book)
    for file in book.files:
        for path, text in _texts(file.data, ()):
            if text.startswith(TO_DO):
                yield file.fault(path, "to-do", text, "your own words in its place")


def _texts(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Every text of a file with its place."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*path, number))


def _rule(rule: RuleEntry) -> Iterator[Problem]:
    scope = rule.data["applies_to"]
    if "when" in scope and not scope.get("when_text"):
        yield rule_fault(rule, None, "no-when-text", "a condition without words", "when_text in applies_to")
    for entry in rule.own:
        basis = entry.get("basis") or rule.data.get("basis") or {}
        role = entry.get("role", "required")
        if not basis.get("source") or (basis.get("kind") == "recalled" and not basis.get("confidence")):
            found = f"{entry['id']} does not say where it comes from"
            yield rule_fault(
                rule, entry, "no-basis", found, "a basis with its kind, its source and, if recalled, its confidence"
            )
        if role == "required" and not entry.get("remedy"):
            expected = "remedy: and one order to the office"
            yield rule_fault(rule, entry, "no-remedy", f"{entry['id']} has no remedy", expected)
        if basis.get("confidence") == "low" and role != "supporting":
            expected = "role: supporting, because a weakly recalled demand never decides"
            yield rule_fault(rule, entry, "weak-basis", f"{entry['id']} decides on low confidence", expected)


def _scenarios(rule: RuleEntry, book: Book) -> Iterator[Problem]:
    """A rule has scenarios, and they expect something of each of its criteria."""
    file = book.scenarios.get(rule.id)
    if file is None:
        yield rule_fault(rule, None, "no-scenario", f"{rule.id} has no scenarios", f"{rule.id}.test.yaml")
        return
    judged: set[str] = set()
    for data in file.data["scenarios"]:
        expect = data.get("expect", {})
        judged |= {*expect.get("criteria", ()), *expect.get("deciding", ())}
    for entry in rule.own:  # what is inherited is tested where it is written
        if entry["id"] not in judged:
            found = f"no scenario expects anything of {entry['id']}"
            yield rule_fault(
                rule, entry, "untested-criterion", found, "a scenario that names it under expect: criteria"
            )
