"""What stands between a mention and a phrase about it: the commas and conjunctions, and whether they lead on or away."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.small_words import SmallWords


def is_complement(between: Sequence[str], words: SmallWords) -> bool:
    """Whether a preposition leads away from what is negated: "no relief with ibuprofen"."""
    for word in reversed(between):
        if word in words.conjunctions or word == ",":
            return False
        if word in words.prepositions:
            return True
    return False


def is_of_the_last(between: Sequence[str], words: SmallWords) -> bool:
    """Whether a result is told of the last of several things only: "naproxen and an injection that helped"."""
    joints = [place for place, word in enumerate(between) if word == "," or word in words.conjunctions]
    rest = between[joints[-1] + 1 :] if joints else ()
    if rest and rest[0] in words.each:
        return len(joints) > 1
    return any(word in words.relatives and rest[place] not in words.prepositions for place, word in enumerate(rest[1:]))


def is_counted_apart(between: Sequence[str], words: SmallWords) -> bool:
    """Whether a mention has an amount of its own before the comma of an entry that is denied: "a cold unit 14 days, CPM not requested".
    A list that a conjunction closes is denied as a whole."""
    last = next((place for place in range(len(between) - 1, 0, -1) if between[place] == ","), None)
    if last is None or not any(word[0].isdigit() for word in between[:last]):
        return False
    return len(between) - last > 1 and words.conjunctions.isdisjoint(between)


def is_new_statement(between: Sequence[str], words: SmallWords) -> bool:
    """Whether the words between a mention and a phrase behind it hold a statement of their own."""
    joints = [place for place, word in enumerate(between) if word == "," or word in words.conjunctions]
    if not joints:
        return False
    last = joints[-1]
    rest = between[last + 1 :]
    going_on = words.verbs | words.each | {"not", "it", "this", "that", "these", "which", "with"}
    if not rest or rest[0] in going_on:
        return False
    if any(word in words.verbs for word in between[:last]):
        return True
    if between[last] == "," and rest[0] in words.asides and words.relatives.isdisjoint(rest):
        return True  # "naproxen, after Tylenol had not sufficed"
    return between[last] == "," and len(joints) == 1 and len(rest) > 1
