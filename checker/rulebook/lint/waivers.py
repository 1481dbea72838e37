"""Findings that a file accepts in place, each with a reason and a last day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checker.problem import Problem, nearest
from checker.rulebook.lint.book import Book
from checker.yamlfile import YamlFile

# What is wrong with a waiver cannot be waived.
OWN = ("waiver-expired", "waiver-unknown", "waiver-unused")


@dataclass
class _Waiver:
    file: YamlFile
    number: int
    data: dict[str, Any]
    used: bool = False

    @property
    def until(self) -> date:
        return date.fromisoformat(self.data["until"])

    def covers(self, problem: Problem) -> bool:
        if problem.file != self.file.name or problem.code != self.data["lint"]:
            return False
        if "at" not in self.data:
            return True
        at = self.data["at"]
        return any(_stands_at(self.file, name, problem.line) for name in ([at] if isinstance(at, str) else at))


def apply(problems: Sequence[Problem], book: Book, known: Collection[str], today: date) -> list[Problem]:
    """The problems that no waiver covers, and what is wrong with the waivers. One whose last day is over still covers its
    problem and becomes the finding instead of it."""
    waivers = [
        _Waiver(file, number, entry) for file in book.files for number, entry in enumerate(file.data.get("waive", ()))
    ]
    left: list[Problem] = []
    for problem in problems:
        covering = [waiver for waiver in waivers if waiver.covers(problem)]
        for waiver in covering:
            waiver.used = True
        if not covering:
            left.append(problem)
    for waiver in waivers:
        left += _faults(waiver, known, today)
    return left


def _faults(waiver: _Waiver, known: Collection[str], today: date) -> list[Problem]:
    where, lint = ("waive", waiver.number), waiver.data["lint"]
    names = waiver.data.get("at", ())
    strange = [name for name in ([names] if isinstance(names, str) else names) if not _block(waiver.file, name)]
    if lint not in known or lint in OWN:
        fix = nearest(lint, known)
        return [
            waiver.file.fault(where, "waiver-unknown", f"waiver of {lint}", "the id of a check that can be waived", fix)
        ]
    if strange:
        expected = "a criterion or entry of this file"
        return [waiver.file.fault(where, "waiver-unknown", f"waiver at {strange[0]}", expected)]
    if waiver.until < today:
        expected = "the fault mended, or a new reason and day"
        return [waiver.file.fault(where, "waiver-expired", f"waiver of {lint} ended {waiver.until}", expected)]
    if not waiver.used:
        return [waiver.file.fault(where, "waiver-unused", f"waiver of {lint} covers nothing", "no such waiver")]
    return []


def _stands_at(file: YamlFile, name: str, line: int) -> bool:
    first_last = _block(file, name)
    return first_last is not None and first_last[0] <= line <= first_last[1]


def _block(file: YamlFile, name: str) -> tuple[int, int] | None:
    """First and last line of a criterion or vocabulary entry."""
    for number, entry in enumerate(file.data.get("criteria", ())):
        if entry["id"] == name:
            return _lines(file, ("criteria", number))
    for kind in ("findings", "treatments", "body_parts", "guidelines", "sources"):
        if (kind, name) in file.key_places:
            return file.key_places[(kind, name)][0], _lines(file, (kind, name))[1]
    return None


def _lines(file: YamlFile, path: tuple[str | int, ...]) -> tuple[int, int]:
    lines = [place[0] for inner, place in file.places.items() if inner[: len(path)] == path]
    return min(lines), max(lines)
