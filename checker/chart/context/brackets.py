"""Words in brackets among treatments and their results: what lies between that is told by the way, and a list of what was tried."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.context.small_words import SmallWords

NEAR = 4  # words between the brackets right behind a treatment and its result


def bracketed(texts: Sequence[str], before: int, after: int) -> int:
    """How many of the words between two places stand in brackets that are closed there: "failed naproxen (heartburn), tramadol". What
    stands right behind a treatment counts so only where its result follows: "PT (9 visits, last in May) did not help"."""
    between = texts[before + 1 : after]
    if ")" not in between or "(" not in between:
        return 0
    if between[0] == "(" and len(between) - 1 - between.index(")") > NEAR:
        return 0
    count, opens = 0, -1
    for place, word in enumerate(between):
        if word == "(":
            opens = place
        elif word == ")" and opens >= 0:
            count, opens = count + place - opens + 1, -1
    return count


def closed(texts: Sequence[str], first: int, last: int, result: int) -> int:
    """The last token of a treatment, with the brackets that its own words have opened before its result: "PT (9 visits, last in May)"."""
    own = texts[first : last + 1]
    if "(" not in own or ")" in own:
        return last
    return next((place for place in range(last + 1, result) if texts[place] == ")"), last)


def is_inside(texts: Sequence[str], start: int, first: int, last: int, result: int) -> bool:
    """Whether a treatment stands in brackets and the result behind them: "Norco (since gabapentin) has not helped". `start`: of the
    sentence."""
    behind = texts[last + 1 : result]
    if ")" not in behind or "(" in behind[: behind.index(")")]:
        return False
    return next((texts[place] == "(" for place in range(first - 1, start - 1, -1) if texts[place] in "()"), False)


def lists_in_brackets(texts: Sequence[str], start: int, last: int, result: int, words: SmallWords) -> bool:
    """Whether the treatment that ends at `last` stands in brackets that list what the result right behind them is of: "conservative
    care (PT, pills) has failed". `start`: of the sentence."""
    behind = texts[last + 1 : result]
    if ")" not in behind or "(" in behind:
        return False
    closes = behind.index(")")
    opens = next((place for place in range(last, start, -1) if texts[place] == "("), None)
    if opens is None or not words.before_results.issuperset(behind[closes + 1 :]):
        return False
    return (words.verbs | words.prepositions).isdisjoint(texts[opens + 1 : last + 1 + closes])


def opening(between: Sequence[str], behind: str) -> int | None:
    """Where the brackets open in which a phrase stands, counted from the mention before it; none where it stands in no brackets.
    `behind`: its first word, which may be the bracket itself."""
    if behind == "(":
        return len(between)
    place = next((place for place in range(len(between) - 1, -1, -1) if between[place] in "()"), None)
    return place if place is not None and between[place] == "(" else None


def listed(between: Sequence[str], words: SmallWords) -> bool:
    """Whether a list leads on to another thing before the brackets open, so that they are of that one: "naproxen, tramadol (dizzy)"."""
    return any(word in ",;" or word in words.conjunctions for word in between)
