"""One tokenisation for items and notes: lower-case words, numbers and signs with their offsets. Linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# Letters and digits part company ("10mg" is 10 and mg), a level keeps them together ("l4", "c5", also in "l5s1").
# Hyphen and slash count only beside a number or a bracket: "10/325", "(-)", but x-ray is x and ray. The sign of a graded
# strength ("4+/5", "5-/5") is left out, so that grades read alike; "less than" counts before a number only.
_TOKEN = re.compile(
    r"[lcst]\d{1,2}(?=[lcst]\d|[\W_]|\Z)"
    r"|\d+(?:,\d{3})*(?:\.\d+)?|\.\d+"
    r"|[^\W\d_]+"
    r"|(?<=[\d(])[/-](?!/)|(?<![\d(])[/-](?=[\d)])|(?<=\d-)/|[%#();:.,!?\u2193\u2191\u2205\u00f8\u00b1]|\+(?!/\d)"
    r"|<(?=[ \t]?\d)",
    re.IGNORECASE,
)
# Signs of handwriting that stand for a word.
_SIGNS = {"\u2193": "decreased", "\u2191": "increased", "\u2205": "no", "\u00f8": "no", "\u00b1": "+/-"}
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"  # what word processors make of a hyphen
_TO_HYPHEN = str.maketrans(DASHES, "-" * len(DASHES))

# What is said short is read as if it were written out: "isn't" and "isnt" as "is not". "Can't" is no mere denial: it stays "can t".
_SHORT = {
    f"{word}n": word
    for word in [
        "is",
        "are",
        "was",
        "were",
        "does",
        "did",
        "has",
        "have",
        "had",
        "would",
        "should",
        "must",
        "need",
        "do",
    ]
} | {"won": "will"}
_STAYING = {"can": "can", "couldn": "couldn"}
_AFTER = frozenset({"won", "don"})  # words of their own: only with a mark right behind them are they said short
_JOINED = {f"{short}t": (len(short), word) for short, word in (_SHORT | _STAYING).items()}


class Tokens(NamedTuple):
    """Parallel lists: the lower-case text of each token and where it starts and ends in the source text."""

    texts: list[str]
    starts: list[int]
    ends: list[int]


def tokenize(text: str) -> Tokens:
    """All tokens of a text. Hyphen, slash and apostrophe split words."""
    if not text.isascii():
        text = text.translate(_TO_HYPHEN)
    spans = [match.span() for match in _TOKEN.finditer(text)]
    if text.isascii():
        lower = text.lower()
        texts = [lower[start:end] for start, end in spans]
    else:  # small letters may be longer than capital ones
        words = [text[start:end].lower() for start, end in spans]
        texts = [_SIGNS.get(word, word) for word in words]
    tokens = Tokens(texts, [start for start, _ in spans], [end for _, end in spans])
    return tokens if _JOINED.keys().isdisjoint(texts) and "t" not in texts else _written_out(text, tokens)


def _written_out(text: str, tokens: Tokens) -> Tokens:
    """The tokens with what is said short written out."""
    kept = Tokens([], [], [])
    before = ""
    for word, start, end in zip(*tokens, strict=True):
        if word in _JOINED:
            place, full = _JOINED[word]
            denial = "t" if full in _STAYING else "not"
            parts = [(full, start, start + place), (denial, start + place, end)]
        elif word == "t" and before in _SHORT and _is_short(text[kept.ends[-1] : start], before):
            kept.texts[-1] = _SHORT[before]
            parts = [("not", start, end)]
        else:
            parts = [(word, start, end)]
        for token, first, last in parts:
            kept.texts.append(token)
            kept.starts.append(first)
            kept.ends.append(last)
        before = word
    return kept


def _is_short(between: str, before: str) -> bool:
    """Whether what stands between a word and a "t" makes both one word: an apostrophe of any kind, or what a scanner made of it."""
    return len(between) == 1 and (before not in _AFTER or not between.isspace())


def with_words(tokens: Tokens, words: Iterable[tuple[int, str, int, int]]) -> Tokens:
    """The tokens with each word, which comes with its start and end, before the token of its place; `words` in the order of places."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for place, word, start, end in words:
        texts += (*tokens.texts[done:place], word)
        starts += (*tokens.starts[done:place], start)
        ends += (*tokens.ends[done:place], end)
        done = place
    return Tokens(texts + tokens.texts[done:], starts + tokens.starts[done:], ends + tokens.ends[done:])
