"""Phrases of the vocabularies: claimed by two entries, not readable, or too costly to look for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from math import prod

from checker.problem import Problem
from checker.rulebook.lint.book import Book, Word
from checker.rulebook.lint.entries import word_fault
from checker.words.phrase import GAP, GAP_ELEMENT, Element, parse_phrase

# Each gap makes a phrase look at GAP + 1 places, for each place of the gap before it: four gaps are some 2,400 looks.
MOST_GAPS = 3
MOST_CHOICES = 40  # alternatives for one word
MOST_READINGS = 5_000  # different wordings that one phrase stands for
KEYS = {
    "findings": ("phrases", "absent_phrases", "next_phrases", "numbers"),
    "treatments": ("names",),
    "body_parts": ("names",),
}


def check(book: Book) -> Iterator[Problem]:
    """Every phrase of the folder under lint, against all phrases of all folders."""
    for kind, keys in KEYS.items():
        owners: dict[tuple[str, ...], Word] = {}
        for word in book.words[kind].values():
            claims: dict[str, list[str]] = {}
            for key in keys:
                for number, phrase in enumerate(word.data.get(key, ())):
                    elements, faults = _parsed(word, key, number, phrase)
                    if word.here:
                        yield from faults
                    for reading in _readings(elements):
                        owner = owners.setdefault(reading, word)
                        if owner.id != word.id:
                            claims.setdefault(owner.id, []).append(" ".join(reading))
            if word.here and kind != "body_parts":
                yield from _claimed(word, claims, book)


def _parsed(word: Word, key: str, number: int, phrase: str) -> tuple[tuple[Element, ...], list[Problem]]:
    path = (key, number)
    try:
        elements = parse_phrase(phrase)
    except ValueError:
        return (), [
            word_fault(word, "bad-phrase", f"'{phrase}'", "a phrase that begins and ends with a word", path=path)
        ]
    gaps = sum(element is GAP_ELEMENT for element in elements)
    widest = max(_choices(element) for element in elements)
    readings = prod(_choices(element) for element in elements)
    faults = []
    if gaps > MOST_GAPS or any(one is other is GAP_ELEMENT for one, other in pairwise(elements)):
        expected = f"at most {MOST_GAPS} gaps, never two in a row; each gap looks {GAP + 1} words ahead"
        faults.append(word_fault(word, "not-linear", f"'{phrase}' has {gaps} gaps", expected, path=path))
    if widest > MOST_CHOICES or readings > MOST_READINGS:
        expected = f"at most {MOST_CHOICES} alternatives for a word and {MOST_READINGS:,} wordings in all"
        found = f"'{phrase}' stands for {readings:,} wordings"
        faults.append(
            word_fault(word, "not-linear", found, expected, "Split it into phrases that name their words.", path)
        )
    return (() if faults else elements), faults


def _choices(element: Element) -> int:
    return len(element.words) + len(element.beginnings) + len(element.endings) + element.number


def _readings(elements: tuple[Element, ...]) -> Iterator[tuple[str, ...]]:
    """Every wording that a phrase stands for, gaps, beginnings and endings of words left as they are."""
    if not elements:
        return iter(())
    choices = [
        [
            *sorted(element.words),
            *(f"{start}*" for start in element.beginnings),
            *(f"*{end}" for end in element.endings),
            *(["#"] if element.number else []),
        ]
        for element in elements
    ]
    return product(*choices)


def _claimed(word: Word, claims: dict[str, list[str]], book: Book) -> Iterator[Problem]:
    for other, readings in claims.items():
        if _wider(word, other, book) or _wider(book.words[word.kind][other], word.id, book):
            continue
        shown = ", ".join(f"'{reading}'" for reading in readings[:3]) + (" …" if len(readings) > 3 else "")
        expected = f"phrases of its own, or `implies: [{other}]` where one follows from the other"
        if word.kind == "treatments":
            expected = f"names of its own, or `kinds: [{other}]` where one is an example of the other"
        yield word_fault(word, "phrase-claimed", f"{word.id} and {other} both claim {shown}", expected)


def _wider(word: Word, other: str, book: Book) -> bool:
    """Whether the entry implies the other, or is an example of it, directly or through further entries."""
    key = "implies" if word.kind == "findings" else "kinds"
    seen = [word.id]
    for name in seen:
        known = book.words[word.kind].get(name)
        seen += [inner for inner in (known.data.get(key, ()) if known else ()) if inner not in seen]
    return other in seen
