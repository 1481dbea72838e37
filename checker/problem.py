"""One shape for everything that can be wrong with an input, and the exception that carries it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong at one place of one input file.

    `line` and `column` count from 1; 0 means that the place is the file as a whole.
    """

    file: str
    line: int
    column: int
    code: str
    found: str
    expected: str
    fix: str = ""

    def __str__(self) -> str:
        place = self.file if not self.line else f"{self.file}:{self.line}:{self.column}"
        message = f"{place}: {self.found}; expected {self.expected}"
        return f"{message}. {self.fix}" if self.fix else f"{message}."


class InputError(Exception):
    """An input cannot be used; `problems` says why, sorted by place. Raised by loaders, caught once in the CLI."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        return (InputError, (self.problems,))


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint "Did you mean 'x'?" for the known word closest to `word`, or an empty string."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else ""
