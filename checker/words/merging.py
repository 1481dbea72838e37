"""Several words that stand for one right before certain words: "8/10 [with no] Norco" is without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checker.record import record
from checker.words.groups import WordGroups, words_of
from checker.words.tokens import Tokens


@record
class Merged:
    """Two words, the one that they stand for, and the words before which they do."""

    words: tuple[str, str]
    whole: str
    before: frozenset[str]


def merged_of(entries: Iterable[Mapping[str, Any]], groups: WordGroups) -> tuple[Merged, ...]:
    """The pairs of the settings, with the lists of words that they name."""
    return tuple(
        Merged((first, second), str(entry["as"]), words_of([entry["before"]], groups))
        for entry in entries
        for first, second in [str(entry["words"]).split()]
    )


def merge(tokens: Tokens, pairs: tuple[Merged, ...]) -> Tokens:
    """The same tokens with such pairs as one; every offset stays true to the text."""
    found = {place: pair.whole for pair in pairs for place in _places(tokens.texts, pair)}
    if not found:
        return tokens
    kept = Tokens([], [], [])
    for place, text in enumerate(tokens.texts):
        if place - 1 in found:
            kept.ends[-1] = tokens.ends[place]
            continue
        kept.texts.append(found.get(place, text))
        kept.starts.append(tokens.starts[place])
        kept.ends.append(tokens.ends[place])
    return kept


def _places(texts: list[str], pair: Merged) -> list[int]:
    first, second = pair.words
    return [
        place
        for place in range(len(texts) - 2)
        if texts[place] == first and texts[place + 1] == second and texts[place + 2] in pair.before
    ]
