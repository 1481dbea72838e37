"""Phrases as their authors write them → as a text is cut into tokens: "b12" is "b 12" there, "can't" is "can t", and "&" is nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise, product
from typing import Any

from checker.words.groups import is_group
from checker.words.tokens import tokenize

GAP_MARK = "..."
OPEN_SIGNS = frozenset("*#")  # in a choice they stand for what a text may have there
BESIDE_NUMBERS = frozenset({GAP_MARK, "/", "-", "<"})  # tokens beside a number only
FINDING_PHRASES = ("phrases", "absent_phrases", "next_phrases", "not_phrases", "numbers")
NAMES = ("names", "short_names")


def cut(pack: dict[str, Any]) -> None:
    """Put the phrases of a pack's vocabularies as texts have them."""
    for kind, keys in (("findings", FINDING_PHRASES), ("treatments", NAMES), ("body_parts", NAMES)):
        pack[kind] = {
            name: {**entry, **{key: phrases_of(entry[key]) for key in keys if key in entry}}
            for name, entry in pack[kind].items()
        }
    pack["assertions"] = [{**one, "phrase": text} for one in pack["assertions"] for text in phrases_of([one["phrase"]])]
    settings = pack["extra"].get("assertion", {})
    for file, key in (("names", "in_charts"), ("names", "not_named"), ("sentences", "sides")):
        if key in settings.get(file, {}):
            settings[file][key] = {name: phrases_of(phrases) for name, phrases in settings[file][key].items()}


def phrases_of(written: Iterable[str]) -> list[str]:
    """The phrases, those with words of several tokens as all that they stand for: "b12|folate deficiency" as "folate deficiency" and "b 12
    deficiency". A word that is no token is left out."""
    return list(dict.fromkeys(phrase for one in written for phrase in _phrases(one)))


def _phrases(written: str) -> list[str]:
    places = [_choices(word) for word in written.split()]
    if all(len(place) == 1 and place[0] == word for place, word in zip(places, written.split(), strict=True)):
        return [written]
    phrases = [" ".join(" ".join(choice).split()) for choice in product(*places)]
    return [phrase for phrase in phrases if _is_whole(phrase.split())]


def _is_whole(words: list[str]) -> bool:
    """Whether a phrase begins and ends with a word, and has no two gaps in a row, now that words were left out."""
    inside = all(not one == other == GAP_MARK for one, other in pairwise(words))
    return bool(words) and GAP_MARK not in (words[0], words[-1]) and inside


@lru_cache(maxsize=100_000)
def _choices(word: str) -> tuple[str, ...]:
    """What may stand for one place of a phrase: its choices that are one token as one, each of several by itself."""
    choices = word.split("|")
    whole = [choice for choice in choices if _is_one(choice)]
    if len(whole) == len(choices):
        return (word,)
    apart = [" ".join(tokenize(choice).texts) for choice in choices if choice not in whole]
    told = [text for text in ("|".join(whole), *apart) if text]
    return tuple(dict.fromkeys(told)) or ("",)


def _is_one(choice: str) -> bool:
    is_open = not choice or not OPEN_SIGNS.isdisjoint(choice) or is_group(choice) or choice in BESIDE_NUMBERS
    return is_open or tokenize(choice).texts == [choice.lower()]
