"""Numbers in words and digits, and counts with their unit, on tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {word: float(value) for value, word in enumerate(_ONES)}
NUMBERS |= {word: 10.0 * value for value, word in enumerate(_TENS, 2)}
NUMBERS |= {"once": 1.0, "twice": 2.0, "thrice": 3.0, "hundred": 100.0}
LIMIT = 12  # digits of a number that means anything in a chart


def number_of(token: str) -> float | None:
    """The number a token stands for, in digits or as an English word; None for anything else."""
    if token in NUMBERS:
        return NUMBERS[token]
    if not token or len(token) > LIMIT or not (token[0].isdigit() or token[0] == "."):
        return None
    try:
        return float(token.replace(",", ""))
    except ValueError:
        return None


def number_at(texts: Sequence[str], place: int) -> tuple[float, int] | None:
    """The number that begins at `place` and the token after it: "six", "24", "twenty four"."""
    value = number_of(texts[place])
    if value is None:
        return None
    after = place + 1
    if texts[place] in _TENS and after < len(texts) and texts[after] in _ONES[1:10]:
        return value + NUMBERS[texts[after]], after + 1
    return value, after


def number_around(texts: Sequence[str], place: int) -> float | None:
    """The number of which one token stands at `place`: the 68 of "sixty eight", whichever of the two it is."""
    longer = number_at(texts, place - 1) if place else None
    number = longer if longer and longer[1] == place + 1 else number_at(texts, place)
    return number[0] if number else None


def count_with_unit(
    texts: Sequence[str], place: int, unit_of: Mapping[str, str], reach: int = 4
) -> tuple[float, str, int, int] | None:
    """A count that begins at `place` with its unit: value, unit, and the first and last token. "6 sessions", "eight
    physical therapy visits", "8 of 12 visits" (the eight), "6 - 8 sessions" (the larger), "6 week course"."""
    begin = number_at(texts, place)
    if begin is None:
        return None
    value, after = begin
    if after + 1 < len(texts) and texts[after] in ("of", "out", "-", "to", "or"):
        behind = after + 2 if texts[after] == "out" else after + 1
        second = number_at(texts, behind) if behind < len(texts) else None
        if second is not None:
            value = max(value, second[0]) if texts[after] in ("-", "to", "or") else value
            after = second[1]
    after += after + 1 < len(texts) and texts[after] == "-" and texts[after + 1] in unit_of  # "a 6-week course"
    for ahead in range(after, min(after + reach, len(texts))):
        word = texts[ahead]
        if word in unit_of:
            return value, unit_of[word], place, ahead
        if not word.isalpha() or number_of(word) is not None:
            return None
    return None
