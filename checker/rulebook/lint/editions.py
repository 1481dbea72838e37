"""Dates of the editions of one topic of guidelines: none twice in force, none missing between two; and no treatment that loses its
rules when an edition ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from checker.problem import Problem
from checker.rulebook.lint.book import Book, Word
from checker.rulebook.lint.entries import word_fault

ONE_DAY = timedelta(days=1)
STATUTE = "statute"  # its limits bind beside a rule and judge nothing alone


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
    for word in book.own_words("treatments"):
        yield from _unruled(word, book)


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


def _unruled(word: Word, book: Book) -> Iterator[Problem]:
    """The first day on which a treatment has no rule any more: its edition ended and no other takes its place."""
    kinds = _with_kinds(word.id, book)
    ruling = {
        str(rule.data["guideline"])
        for rule in book.rules.values()
        if kinds & set(rule.data["applies_to"]["treatments"]) and rule.data["guideline"] in book.words["guidelines"]
    }
    editions = [book.words["guidelines"][name] for name in ruling]
    editions = sorted((edition for edition in editions if edition.data["tier"] != STATUTE), key=_start)
    covered = None
    for edition in editions:
        if covered and _start(edition) > date.min and covered < _start(edition) - ONE_DAY:
            break
        covered = max(covered or date.min, _end(edition))
    if covered and covered < date.max:
        found = f"no rule for {word.id} from {covered + ONE_DAY}, when its edition has ended"
        expected = (
            "a rule of the edition that follows (`extends` takes over the criteria), or of a guideline without dates"
        )
        yield word_fault(word, "rule-ended", found, expected)


def _with_kinds(name: str, book: Book) -> set[str]:
    """The treatment and all that it is an example of."""
    found: set[str] = set()
    left = [name]
    while left:
        kind = left.pop()
        if kind not in found and kind in book.words["treatments"]:
            found.add(kind)
            left += book.words["treatments"][kind].data.get("kinds", ())
    return found
