"""The text of a letter of utilization review as pieces: its sentences and labelled lines, without what every letter says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from checker.words.dates import find_dates
from checker.words.phrases import PhraseIndex
from checker.words.tokens import Tokens, tokenize

HEADING_WORDS = 8  # a longer line is a sentence, not a heading
WRAPPED = 45  # characters; a line that is shorter does not go on below
STOPS = frozenset({".", ";", "!", "?"})


class Piece(NamedTuple):
    """A sentence, or a line with a label. Lines count from 1; `is_tail`: it stands where the letter speaks of rights and of sending."""

    text: str
    line: int
    tokens: Tokens
    is_tail: bool


class Lines(NamedTuple):
    """The lines of a letter; those from `tail` on decide nothing."""

    lines: Sequence[str]
    tail: int


class Words:
    """The words of letters (`letter` of rules/procedure), each list indexed once."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.types = frozenset(data["types"])
        self.days = _keyed(data["days"])
        self.days_before = _keyed(data["days_before"])
        self.served_by = _keyed(data["served_by"])
        self.reviews = _keyed(data["reviews"])
        self.decisions = _keyed(data["decisions"])
        self.appeal_advice: str = data["appeal_advice"]
        self.ranks: tuple[str, ...] = tuple(data["decisions"])
        self._data = data

    @lru_cache(maxsize=32)  # noqa: B019 - there is one of these in a run
    def index(self, name: str) -> PhraseIndex:
        """The phrases of a list by its name."""
        return PhraseIndex((phrase, name) for phrase in self._data[name])

    def has(self, name: str, tokens: Tokens) -> bool:
        """Whether a phrase of a list stands in a text."""
        return bool(self.index(name).find(tokens))

    def opens(self, name: str, tokens: Tokens) -> bool:
        """Whether a text begins with a phrase of a list."""
        return any(match.first == 0 for match in self.index(name).find(tokens))

    def holds(self, name: str, words: Iterable[str]) -> bool:
        """Whether one of some words stands in a list of words."""
        return not frozenset(self._data[name]).isdisjoint(words)

    def is_boilerplate(self, tokens: Tokens) -> bool:
        """Whether a sentence is one that every letter holds."""
        return self.has("boilerplate", tokens) or self.opens("boilerplate_opens", tokens)


def _keyed(groups: Mapping[str, Sequence[str]]) -> PhraseIndex:
    return PhraseIndex((phrase, name) for name, phrases in groups.items() for phrase in phrases)


def lines_of(text: str, words: Words) -> Lines:
    """The lines of a letter and where its tail begins."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        tokens = tokenize(line)
        is_short = 0 < len(tokens.texts) <= HEADING_WORDS and not line.rstrip().endswith((".", ","))
        is_head = is_short or (is_label(line) and len(tokenize(line.partition(":")[0]).texts) <= HEADING_WORDS)
        if number and is_head and words.has("tail", tokenize(line.partition(":")[0])):
            return Lines(lines, number)
    return Lines(lines, len(lines))


def is_label(line: str) -> bool:
    """Whether a line begins with a label: "Decision: …"."""
    head, colon, _ = line.partition(":")
    return bool(colon) and 0 < len(tokenize(head).texts) <= HEADING_WORDS


def is_heading(line: str) -> bool:
    """Whether a line is a heading by itself: short, in capitals or without a full stop."""
    words = tokenize(line).texts
    return 0 < len(words) <= HEADING_WORDS and (line.strip().isupper() or not line.rstrip().endswith((".", ",", ";")))


def is_entry(line: str) -> bool:
    """Whether a line is an entry of a numbered list: "2. Omeprazole"."""
    number, _, rest = line.strip().lstrip("(").partition(" ")
    return bool(rest) and number[-1:] in (".", ")") and number[:-1].isdigit()


def pieces_of(lines: Lines) -> list[Piece]:
    """The sentences and labelled lines of a letter, wrapped lines joined."""
    found: list[Piece] = []
    kept: list[str] = []
    begin = 0
    for number, line in enumerate(lines.lines):
        if kept and not _goes_on(kept[-1], line):
            found += _split(kept, begin, is_tail=begin >= lines.tail)
            kept = []
        if line.strip():
            begin = begin if kept else number
            kept.append(line)
    found += _split(kept, begin, is_tail=begin >= lines.tail)
    return found


def _goes_on(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    text = line.strip()
    if not text or before.rstrip().endswith((".", ";", "!", "?")):
        return False
    if before.rstrip().endswith(":"):
        return bool(find_dates(text[:30]))
    if is_entry(text):
        return False
    return (
        text[0].islower()
        or text[0].isdigit()
        or not (is_label(line) or is_heading(line) or len(before.strip()) < WRAPPED)
    )


def _split(kept: Sequence[str], begin: int, *, is_tail: bool) -> Iterator[Piece]:
    """The sentences of a paragraph, each with the line on which it begins."""
    text = "\n".join(kept)
    tokens = tokenize(text)
    start, first, line = (
        0,
        0,
        begin + 1,
    )  # of the sentence: its offset, its first word, and the line on which that stands
    for place, (word, end) in enumerate(zip(tokens.texts, tokens.ends, strict=True)):
        is_number = place == first + 1 and tokens.texts[first].isdigit()  # "2." begins an entry
        if (word in STOPS and not is_number) or place == len(tokens.texts) - 1:
            part = text[start : end if word in STOPS else len(text)]
            told = " ".join(part.split())
            begins = start + len(part) - len(part.lstrip())
            line += text.count("\n", start, begins)
            if told.strip(" .;"):
                yield Piece(told, line, tokenize(told), is_tail)
            line += text.count("\n", begins, end)
            start, first = end, place + 1
