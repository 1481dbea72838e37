"""Marks that charts put in place of words, spelled out as tokens: "+ numbness; - weakness", "Swelling: no", the end of a line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from checker.words.tokens import Tokens

# A sign before a word, as in "+ numbness; - weakness" and "-fever".
_PLUS = re.compile(r"(?<!\S)\+[ \t]?(?=[A-Za-z])")
_MINUS = re.compile(r"(?<!\S)[-\u2013\u2212](?P<blank>[ \t]?)(?=[A-Za-z])")
_BETWEEN = frozenset(";,:")  # what stands before a sign in a list of signs
# "Swelling: no", "Numbness - N": the answer ends the entry.
_ANSWER = re.compile(r"(?<=[:=])[ \t]*(?P<answer>no|n|none|nil|neg)(?=[ \t]*(?:[;,.\n\f|]|[ ]{2,}|\Z))", re.IGNORECASE)
MANY = 2  # signs in a line that make it a list of signs


def spelled_out(text: str, tokens: Tokens, breaks: Sequence[int]) -> Tokens:
    """The tokens with "no" for a minus that denies, "none" for an answer "no", and a full stop at the end of every line that
    does not run on (`breaks`: where such lines begin). Every offset stays true to the text."""
    added = dict.fromkeys(_denials(text), "no") if "-" in text or not text.isascii() else {}
    answers = {match.start("answer") for match in _ANSWER.finditer(text)} if ":" in text or "=" in text else set()
    ends = sorted({bisect_left(tokens.starts, offset) for offset in breaks} - {0})
    if not (added or answers or ends):
        return tokens
    return _merged(tokens, added, answers, ends)


def _merged(tokens: Tokens, added: dict[int, str], answers: set[int], ends: Sequence[int]) -> Tokens:
    texts, starts, stops = list(tokens.texts), list(tokens.starts), list(tokens.ends)
    for offset in answers:
        place = bisect_left(starts, offset)
        if place < len(starts) and starts[place] == offset:
            texts[place] = "none"
    inserted = [(place, ".", stops[place - 1], stops[place - 1]) for place in ends if texts[place - 1] not in ".;!?:,"]
    for offset, word in added.items():
        place = bisect_left(starts, offset)
        if place == len(starts) or starts[place] != offset:
            inserted.append((place, word, offset, offset + 1))
    for place, word, start, stop in sorted(inserted, reverse=True):
        texts.insert(place, word)
        starts.insert(place, start)
        stops.insert(place, stop)
    return Tokens(texts, starts, stops)


def _denials(text: str) -> list[int]:
    """Offsets of the minus signs that deny what follows: in a line with plus signs, or in a list of such signs. A single
    hyphen at the start of a line is a bullet."""
    found: list[int] = []
    start = 0
    for line in text.split("\n"):
        if "-" in line or "\u2013" in line or "\u2212" in line:
            found += (start + offset for offset in _denials_of(line))
        start += len(line) + 1
    return found


def _denials_of(line: str) -> list[int]:
    signs = [(match.start(), bool(match["blank"])) for match in _MINUS.finditer(line)]
    has_plus = bool(signs) and _PLUS.search(line) is not None
    sure = []
    for offset, is_apart in signs:
        before = line[:offset].rstrip()
        if before and (before[-1] in _BETWEEN or (has_plus and not is_apart)):
            sure.append(offset)
    if not sure or not (has_plus or len(sure) >= MANY):
        return []
    first = signs[0][0]
    return [first, *sure] if not line[:first].strip() and first not in sure else sure
