"""Faults of rules that a reader of one file does not see. Every finding has an id, a place and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from checker.problem import Problem
from checker.rulebook.lint import complete, criteria, editions, names, phrases, statements
from checker.rulebook.lint.book import read_book
from checker.rulebook.lint.catalogue import CHECKS
from checker.rulebook.lint.waivers import apply

FAMILIES = (names.check, complete.check, criteria.check, statements.check, editions.check, phrases.check)


def lint(folders: Sequence[Path], today: date) -> list[Problem]:
    """All findings for the last of the folders, laid over the others, in the order of files. `today` ends waivers."""
    book = read_book(folders)
    problems = [problem for family in FAMILIES for problem in family(book)]
    return sorted(set(apply(problems, book, CHECKS, today)))
