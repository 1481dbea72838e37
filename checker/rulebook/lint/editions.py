"""Dates of the editions of one topic of guidelines: none twice in force, none missing between two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from checker.problem import Problem
from checker.rulebook.lint.book import Book, Word
from checker.rulebook.lint.entries import word_fault

ONE_DAY = timedelta(days=1)


def check(book: Book) -> Iterator[Problem]:
    """Every family of which the folder under lint holds an edition."""
    families: dict[str, list[Word]] = {}
    for word in book.words["guidelines"].values():
        topic = word.data.get("topic")
        families.setdefault(f"{word.data['family']}, {topic}" if topic else word.data["family"], []).append(word)
    for family, editions in families.items():
        yield from _reversed(editions)
        for earlier, later in pairwise(sorted(editions, key=_start)):
            if earlier.here or later.here:
                yield from _between(family, earlier, later)


def _reversed(editions: list[Word]) -> Iterator[Problem]:
    for word in editions:
        if word.here and _start(word) > _end(word):
            found = f"{word.id} begins {word.data['from']} and ends {word.data['to']}"
            yield word_fault(word, "dates-reversed", found, "a last day that is not before the first", path=("to",))


def _between(family: str, earlier: Word, later: Word) -> Iterator[Problem]:
    at = later if later.here else earlier
    end, start = _end(earlier), _start(later)
    if start <= end:
        found = f"{earlier.id} ({_days(earlier)}) and {later.id} ({_days(later)}) are both in force from {start}"
        yield word_fault(at, "edition-overlap", found, f"one edition of {family} on a day", path=("from",))
    elif end + ONE_DAY < start:
        found = f"no edition from {end + ONE_DAY} to {start - ONE_DAY}, between {earlier.id} and {later.id}"
        yield word_fault(at, "edition-gap", found, f"an edition of {family} on every day", path=("from",))


def _days(word: Word) -> str:
    return f"{word.data.get('from', 'always')} to {word.data.get('to', 'now')}"


def _start(word: Word) -> date:
    return date.fromisoformat(word.data["from"]) if "from" in word.data else date.min


def _end(word: Word) -> date:
    return date.fromisoformat(word.data["to"]) if "to" in word.data else date.max
