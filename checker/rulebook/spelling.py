"""Misspelt names of drugs: the one known name that a word of an item must have meant, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Rulebook
from checker.words.tokens import Tokens

SHORTEST = 6  # shorter names have too many neighbours among ordinary words
LONG = 9  # from here on two slips are forgiven, below it one


def respelt(tokens: Tokens, rulebook: Rulebook, kinds: Sequence[str]) -> Tokens:
    """The tokens with misspelt names of treatments of these kinds put right; the places in the text stay."""
    known = _names(rulebook, tuple(kinds))
    return tokens._replace(texts=[_meant(word, known) or word for word in tokens.texts])


@lru_cache(maxsize=4)
def _names(rulebook: Rulebook, kinds: tuple[str, ...]) -> Mapping[str, str]:
    """Names of one word, long enough to be told apart, with the treatment that each stands for."""
    found: dict[str, str] = {}
    for treatment in rulebook.treatments.values():
        if set(kinds_of(treatment.id, rulebook)[1:]) & set(kinds):
            words = {word for name in treatment.names if " " not in name for word in name.split("|")}
            found |= {word: treatment.id for word in words if word.isalpha() and len(word) >= SHORTEST}
    return found


def _meant(word: str, known: Mapping[str, str]) -> str | None:
    """The known name nearest to a word. None where nothing is near, or where two treatments are equally near."""
    if len(word) < SHORTEST or not word.isalpha() or word in known:
        return None
    near: dict[int, list[str]] = {}
    for name in known:
        allowed = 2 if min(len(name), len(word)) >= LONG else 1
        if name[0] == word[0] and abs(len(name) - len(word)) <= allowed:
            slips = distance(word, name)
            if slips <= allowed:
                near.setdefault(slips, []).append(name)
    best = near[min(near)] if near else []
    return best[0] if _one({known[name] for name in best}) else None


def _one(names: Iterable[str]) -> bool:
    return len(set(names)) == 1


def distance(left: str, right: str) -> int:
    """How many letters must be left out, put in, changed, or swapped with their neighbour to make one word the other."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left):
        earlier, before, row = before, row, [place + 1]
        for other, wanted in enumerate(right):
            cost = min(before[other + 1] + 1, row[other] + 1, before[other] + (letter != wanted))
            swapped = place and other and letter == right[other - 1] and left[place - 1] == wanted
            row.append(min(cost, earlier[other - 1] + 1) if swapped else cost)
    return row[-1]
