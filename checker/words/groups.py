"""Lists of words that phrases name instead of repeating them: `<opioid> helps|helped`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, eq=False)
class WordGroups:
    """Named lists of words, both ways. Compared by identity, so that what is worked out with them can be kept."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)  # name in angle brackets → its words
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # word → the names of the lists it stands in


NO_GROUPS = WordGroups()


def word_groups(lists: Mapping[str, Iterable[str]]) -> WordGroups:
    """The groups of some lists of plain words in lower case; a name is given without its brackets."""
    words = {f"<{name}>": frozenset(entries) for name, entries in lists.items()}
    names: dict[str, list[str]] = defaultdict(list)
    for name, entries in words.items():
        for word in entries:
            names[word].append(name)
    return WordGroups(words, {word: tuple(of) for word, of in names.items()})


def group_names(phrase: str) -> tuple[str, ...]:
    """The lists that a phrase names, with their brackets."""
    if "<" not in phrase:
        return ()
    return tuple(choice for word in phrase.lower().split() for choice in word.split("|") if is_group(choice))


@lru_cache(maxsize=100_000)
def is_group(choice: str) -> bool:
    """Whether one alternative of a phrase is the name of a list."""
    return len(choice) > 2 and choice[0] == "<" and choice[-1] == ">"


def words_of(phrases: Iterable[str], groups: WordGroups) -> frozenset[str]:
    """Every word that stands in phrases as it is written, with those of the lists that they name."""
    written = frozenset(" ".join(phrases).lower().replace("|", " ").split())
    lists = [name for name in written if is_group(name)]
    return written.difference(lists).union(*(groups.words.get(name, ()) for name in lists))
