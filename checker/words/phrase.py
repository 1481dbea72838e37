"""One phrase: its elements, the words it needs, and whether it stands at a place of a text.

Words stand apart by blanks; `a|b` are alternatives for one token; `word*` matches a beginning, `*ing` an ending (not of the first
word); `#` one number; `%` the sign or the word; `...` a gap of at most six tokens that does not leave the sentence; `<name>` any word of
a list (`groups`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from checker.words.groups import NO_GROUPS, WordGroups, is_group
from checker.words.numbers import NUMBERS

GAP = 6
STOPS = frozenset({".", ";", "!", "?"})
COUNTS = frozenset(NUMBERS) - {"zero", "one", "once", "twice", "thrice", "hundred"}
PARSED = 200_000  # phrases that stay parsed
SIGN, SPELT = "%", "percent"  # where a phrase has the sign a text may have the word
MOST_NEEDED = 100  # words of a place that are looked for one by one; of a longer list some word mostly stands near


class Match(NamedTuple):
    """Where a phrase stands: its key, its first and last token, the tokens its gaps skipped (first, last) and the tokens
    its `#` stand for."""

    key: Hashable
    first: int
    last: int
    gaps: tuple[tuple[int, int], ...] = ()
    numbers: tuple[int, ...] = ()


def outermost(matches: Iterable[Match]) -> list[Match]:
    """Matches that do not lie inside a longer one ("certified" in "non certified" does not count); of equals all, in the order of the
    text. Linear behind the sorting."""
    kept: list[Match] = []
    widest: Match | None = None  # of those before the one that ends last
    for match in sorted(matches, key=lambda match: (match.first, -match.last)):
        if widest is None or match.last > widest.last:
            widest = match
        elif (match.first, match.last) != (widest.first, widest.last):
            continue
        kept.append(match)
    return list(dict.fromkeys(kept))


class Element(NamedTuple):
    """One place of a phrase: literal words, beginnings or endings of words, or any number."""

    words: frozenset[str]
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    number: bool = False

    @property
    def is_literal(self) -> bool:
        """Whether only whole words may stand at this place."""
        return not (self.beginnings or self.endings or self.number)

    def with_words(self, words: frozenset[str]) -> Element:
        """The same place, where these words may stand, too."""
        return self._replace(words=self.words | words)

    def fits(self, token: str) -> bool:
        """Whether a token of the text may stand at this place."""
        if token in self.words:
            return True
        if self.number and is_number(token):
            return True
        return token.startswith(self.beginnings) or token.endswith(self.endings)


class Needed(NamedTuple):
    """Words of which one must stand between two distances from the first word of a phrase, or the phrase is not there."""

    low: int
    high: int
    words: frozenset[str]


GAP_ELEMENT = Element(frozenset({"..."}))


def is_number(token: str) -> bool:
    """Whether a token is a number, in digits or as one of the words in which charts count ("one" is too often none)."""
    return token in COUNTS or (token[-1].isdigit() and (token[0].isdigit() or token[0] == "."))


def parse_phrase(phrase: str, groups: WordGroups = NO_GROUPS) -> tuple[Element, ...]:
    """The elements of a phrase; a list that `groups` does not have stands for no word. Raises ValueError for an empty phrase or one
    that begins or ends with a gap, or begins with the end of a word."""
    elements = tuple(element_of(word, groups) for word in _sounding(phrase))
    if not elements or elements[0] is GAP_ELEMENT or elements[-1] is GAP_ELEMENT or elements[0].endings:
        raise ValueError(f"'{phrase}' must begin and end with a word")
    return elements


def _sounding(phrase: str) -> list[str]:
    words = phrase.lower().split()
    return [word for place, word in enumerate(words) if not _is_silent(words, place)]


def _is_silent(words: Sequence[str], place: int) -> bool:
    """A slash or hyphen between words is no token of a text, so it is none of a phrase either."""
    if words[place] not in ("/", "-"):
        return False
    beside = words[max(place - 1, 0)] + words[min(place + 1, len(words) - 1)]
    return not any(letter.isdigit() or letter in "#()" for letter in beside)


def choices_of(word: str) -> list[str]:
    """The alternatives of one place of a phrase."""
    choices = word.split("|")
    return [*choices, SPELT] if SIGN in choices and SPELT not in choices else choices


@lru_cache(maxsize=PARSED)
def element_of(word: str, groups: WordGroups) -> Element:
    """One place of a phrase from its text."""
    if word == "...":
        return GAP_ELEMENT
    choices = choices_of(word)
    if lists := [choice for choice in choices if is_group(choice)]:
        choices = [choice for choice in choices if choice not in lists]
        listed = frozenset[str]().union(*(groups.words.get(name, ()) for name in lists))
        return element_of("|".join(choices), groups).with_words(listed) if choices else Element(listed)
    if "*" not in word and "#" not in word:
        return Element(frozenset(choices))
    return Element(
        frozenset(choice for choice in choices if "*" not in choice and choice != "#"),
        tuple(choice[:-1] for choice in choices if choice.endswith("*")),
        tuple(choice[1:] for choice in choices if choice.startswith("*")),
        "#" in choices,
    )


Plan = tuple[tuple[Element, ...], tuple[frozenset[str], ...] | None, Needed | None]


@lru_cache(maxsize=PARSED)
def parsed(text: str, groups: WordGroups) -> Plan:
    """The elements of a phrase; those behind the second where all are plain words; and else the words it needs."""
    elements = parse_phrase(text, groups)
    if all(e.is_literal and e is not GAP_ELEMENT for e in elements[1:]) and not elements[0].number:
        return elements, tuple(e.words for e in elements[2:]), None
    place = _needed_place(elements)
    return elements, None, None if place is None else _need_at(elements, place)


def _needed_place(elements: Sequence[Element]) -> int | None:
    """The place of a phrase behind its second word that the fewest words may take; of equals the last. None if none is of few
    literal words."""
    best: int | None = None
    fewest = MOST_NEEDED
    far = 0
    for place, element in enumerate(elements):
        if element is GAP_ELEMENT:
            far += GAP
            continue
        if far > 1 and element.is_literal and len(element.words) <= fewest:
            best, fewest = place, len(element.words)
        far += 1
    return best


def _need_at(elements: Sequence[Element], place: int) -> Needed:
    before = elements[:place]
    low = sum(element is not GAP_ELEMENT for element in before)
    return Needed(low, low + GAP * (len(before) - low) + 1, elements[place].words)


def written_need(text: str, groups: WordGroups) -> str:
    """What a phrase needs whose second word is literal or a gap, so that it need not be parsed to know whether it goes on: the
    distances and the text of the place. Empty where it must be parsed."""
    elements, _, needed = parsed(text, groups)
    is_open = len(elements) > 1 and elements[1] is not GAP_ELEMENT and not elements[1].is_literal
    place = _needed_place(elements)
    if needed is None or is_open or place is None:
        return ""
    return f"{needed.low} {needed.high} {_sounding(text)[place]}"


@lru_cache(maxsize=PARSED)
def need_of(text: str, groups: WordGroups) -> Needed:
    """What a phrase needs, as `written_need` wrote it."""
    low, high, word = text.split(" ")
    return Needed(int(low), int(high), element_of(word, groups).words)


def match_at(texts: Sequence[str], place: int, elements: tuple[Element, ...], key: Hashable) -> Match | None:
    """The phrase that begins at `place` (its first element is known to fit), or None."""
    trail = _rest(texts, place + 1, elements, 1)
    if trail is None:
        return None
    last, gaps, numbers = trail
    own = (place,) if elements[0].number and is_number(texts[place]) else ()
    return Match(key, place, last, gaps, own + numbers)


Trail = tuple[int, tuple[tuple[int, int], ...], tuple[int, ...]]


def _rest(texts: Sequence[str], position: int, elements: tuple[Element, ...], index: int) -> Trail | None:
    """Last token, gaps and numbers of the elements from `index` on, or None where they do not stand at `position`."""
    numbers: tuple[int, ...] = ()
    while index < len(elements):
        element = elements[index]
        if element is GAP_ELEMENT:
            return _after_gap(texts, position, elements, index + 1, numbers)
        if position >= len(texts) or not element.fits(texts[position]):
            return None
        if element.number and is_number(texts[position]):
            numbers += (position,)
        position += 1
        index += 1
    return position - 1, (), numbers


def _after_gap(
    texts: Sequence[str], position: int, elements: tuple[Element, ...], index: int, numbers: tuple[int, ...]
) -> Trail | None:
    """The nearest continuation behind a gap. The window is fixed, so the work for one phrase has a bound."""
    element = elements[index]
    words, is_plain = element.words, element.is_literal  # most are literal, and then looking a word up is all
    for ahead, token in enumerate(texts[position : position + GAP + 1], position):
        if token in words or (not is_plain and element.fits(token)):
            rest = _rest(texts, ahead, elements, index)
            if rest is not None:
                gap = ((position, ahead - 1),) if ahead > position else ()
                return rest[0], gap + rest[1], numbers + rest[2]
        if token in STOPS:
            return None
    return None
