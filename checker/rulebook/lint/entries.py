"""Small helpers that the families of checks share: where a thing stands, and a Problem for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.problem import Problem
from checker.rulebook.checks import CheckError, parse_check
from checker.rulebook.lint.book import RuleEntry, Word
from checker.rulebook.model import Check
from checker.yamlfile import Path_

Data = dict[str, Any]


def rule_fault(rule: RuleEntry, entry: Data | None, code: str, found: str, expected: str, fix: str = "") -> Problem:
    """A finding at a criterion of a rule, or at the rule."""
    line = entry["line"] if entry else rule.line
    return Problem(rule.file.name, line, 1, code, found, expected, fix)


def word_fault(word: Word, code: str, found: str, expected: str, fix: str = "", path: Path_ = ()) -> Problem:
    """A finding at a vocabulary entry, or at a value of it."""
    return Problem(word.file.name, word.line(*path), 1, code, found, expected, fix)


def parsed(data: Data | None) -> Check | None:
    """The check, or None where there is none or where it does not parse (which is a finding of its own)."""
    try:
        return parse_check(data) if data else None
    except CheckError:
        return None


def checks_of(rule: RuleEntry) -> Iterator[tuple[Data | None, Check]]:
    """The checks that a rule's file writes, each with its criterion (None: the condition of the rule)."""
    written: list[tuple[Data | None, Data | None]] = [(None, rule.file.data["applies_to"].get("when"))]
    written += [(entry, entry.get(key)) for entry in rule.own for key in ("check", "applies_when")]
    for entry, data in written:
        if check := parsed(data):
            yield entry, check
