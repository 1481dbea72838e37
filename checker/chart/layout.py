"""A page of text → sentences of tokens with the section they stand in. Line breaks inside a sentence do not count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.words.tokens import Tokens, tokenize

_ENDS = frozenset({".", "?", "!", ";"})
_BLANK_LINE = re.compile(r"\n[ \t]*\n[ \t]*\n|\n[ \t]*(?:[-*•]|\d+[.)])[ \t]+")
MAX_SENTENCE = 90  # tokens; a longer run without an end is cut so that one list cannot colour a page


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens first..last (inclusive) of a page, and its section (empty where no heading was seen)."""

    first: int
    last: int
    section: str


def sentences(
    text: str, headings: Mapping[tuple[str, ...], str], abbreviations: frozenset[str]
) -> tuple[Tokens, list[Sentence]]:
    """Tokens of a page and its sentences in order."""
    tokens = tokenize(text)
    breaks = {match.start() for match in _BLANK_LINE.finditer(text)}
    ordered_breaks = sorted(breaks)
    found: list[Sentence] = []
    section = ""
    first = 0
    next_break = 0
    count = len(tokens.texts)
    for index in range(count):
        while next_break < len(ordered_breaks) and ordered_breaks[next_break] < tokens.starts[index]:
            next_break += 1
            if index > first:
                found.append(Sentence(first, index - 1, section))
                first = index
        heading = _heading(tokens, index, text, headings)
        if heading and _begins_line(text, tokens.starts[index]):
            if index > first:
                found.append(Sentence(first, index - 1, section))
                first = index
            section = heading
        if _ends(tokens, index, text, abbreviations) or index - first >= MAX_SENTENCE:
            found.append(Sentence(first, index, section))
            first = index + 1
    if first < count:
        found.append(Sentence(first, count - 1, section))
    return tokens, found


def _ends(tokens: Tokens, index: int, text: str, abbreviations: frozenset[str]) -> bool:
    token = tokens.texts[index]
    if token not in _ENDS:
        return False
    if token != ".":
        return True
    before = tokens.texts[index - 1] if index else ""
    if before in abbreviations and tokens.ends[index - 1] == tokens.starts[index]:
        return False
    after = tokens.ends[index]
    return after >= len(text) or text[after].isspace() or text[after] in "\"'”)]" or text[after].isupper()


def _begins_line(text: str, start: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    return not text[line_start:start].strip(" \t-*#•0123456789.)")


def _heading(tokens: Tokens, index: int, text: str, headings: Mapping[tuple[str, ...], str]) -> str | None:
    """The section that a heading at this token opens: up to four known words and a colon or the end of the line."""
    for length in (4, 3, 2, 1):
        words: Sequence[str] = tokens.texts[index : index + length]
        section = headings.get(tuple(words))
        if section is None or len(words) < length:
            continue
        end = tokens.ends[index + length - 1]
        rest = text[end : end + 30].split("\n")[0]
        if (rest.lstrip().startswith((":", "-", ",")) and ":" in rest) or not rest.strip():
            return section
    return None
