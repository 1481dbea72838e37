"""Phrases with gaps, matched on tokens. Linear in the text: every phrase looks at a bounded number of tokens.

Words stand apart by blanks; `a|b` are alternatives for one token; `word*` matches a beginning; `#` one number; `...` a gap of
at most six tokens that does not leave the sentence.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise, repeat
from typing import NamedTuple, cast

from checker.words.numbers import NUMBERS
from checker.words.tokens import Tokens

RECORD, UNIT = "\x1e", "\x1f"  # part what an index keeps; they stand in no phrase
GAP = 6
STOPS = frozenset({".", ";", "!", "?"})
COUNTS = frozenset(NUMBERS) - {"zero", "one", "once", "twice", "thrice", "hundred"}
MEMORY = 200_000  # how many different pairs of words keep their list of phrases at hand


class Match(NamedTuple):
    """Where a phrase stands: its key, its first and last token, the tokens its gaps skipped (first, last) and the tokens
    its `#` stand for."""

    key: Hashable
    first: int
    last: int
    gaps: tuple[tuple[int, int], ...] = ()
    numbers: tuple[int, ...] = ()


class Element(NamedTuple):
    """One place of a phrase: literal words, beginnings of words, or any number."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    number: bool

    def fits(self, token: str) -> bool:
        """Whether a token of the text may stand at this place."""
        if token in self.words:
            return True
        if self.number and is_number(token):
            return True
        return bool(self.beginnings) and token.startswith(self.beginnings)


class Needed(NamedTuple):
    """Words of which one must stand between two distances from the first word of a phrase, or the phrase is not there."""

    low: int
    high: int
    words: frozenset[str]


class Candidates(NamedTuple):
    """The phrases that may stand at two words. `plain`: those that have only literal words behind them, so that matching is a few
    look-ups, with their length. `needing`: by each word that others need, between which distances they need it and their numbers;
    `needed`: these words, of which one must stand within `reach`. `rest`: those that need no certain word."""

    plain: tuple[tuple[int, tuple[frozenset[str], ...], Hashable], ...]
    needing: Mapping[str, Sequence[tuple[int, int, int]]]
    needed: frozenset[str]
    reach: int
    rest: tuple[tuple[tuple[Element, ...], Hashable], ...]


NO_CANDIDATES = Candidates((), {}, frozenset(), 0, ())
GAP_ELEMENT = Element(frozenset({"..."}), (), False)


def is_number(token: str) -> bool:
    """Whether a token is a number, in digits or as one of the words in which charts count ("one" is too often none)."""
    return token in COUNTS or (token[-1].isdigit() and (token[0].isdigit() or token[0] == "."))


def parse_phrase(phrase: str) -> tuple[Element, ...]:
    """The elements of a phrase. Raises ValueError for an empty phrase or one that begins or ends with a gap."""
    words = phrase.lower().split()
    elements = tuple(_element(word) for place, word in enumerate(words) if not _is_silent(words, place))
    if not elements or elements[0] is GAP_ELEMENT or elements[-1] is GAP_ELEMENT:
        raise ValueError(f"'{phrase}' must begin and end with a word")
    return elements


def _is_silent(words: Sequence[str], place: int) -> bool:
    """A slash or hyphen between words is no token of a text, so it is none of a phrase either."""
    if words[place] not in ("/", "-"):
        return False
    beside = words[max(place - 1, 0)] + words[min(place + 1, len(words) - 1)]
    return not any(letter.isdigit() or letter in "#()" for letter in beside)


@lru_cache(maxsize=MEMORY)
def _element(word: str) -> Element:
    if word == "...":
        return GAP_ELEMENT
    choices = word.split("|")
    if "*" not in word and "#" not in word:
        return Element(frozenset(choices), (), False)
    return Element(
        frozenset(choice for choice in choices if not choice.endswith("*") and choice != "#"),
        tuple(choice[:-1] for choice in choices if choice.endswith("*")),
        "#" in choices,
    )


Seconds = tuple[dict[str, list[int]], list[int]]
Plan = tuple[tuple[Element, ...], tuple[frozenset[str], ...] | None, Needed | None]


@lru_cache(maxsize=MEMORY)
def _need(text: str) -> Needed:
    """What a phrase needs, as `PhraseIndex.keep` writes it."""
    low, high, words = text.split(" ")
    return Needed(int(low), int(high), frozenset(words.split("|")))


@lru_cache(maxsize=MEMORY)
def _parsed(text: str) -> Plan:
    """The elements of a phrase; those behind the second where all are plain words; and else the words it needs."""
    elements = parse_phrase(text)
    if all(not e.beginnings and not e.number and e is not GAP_ELEMENT for e in elements[1:]) and not elements[0].number:
        return elements, tuple(e.words for e in elements[2:]), None
    return elements, None, _needed(elements)


def _needed(elements: Sequence[Element]) -> Needed | None:
    """The place of a phrase behind its second word that the fewest words may take; of equals the last. None if none is of
    literal words."""
    best: Needed | None = None
    low = high = 0
    for element in elements:
        if element is GAP_ELEMENT:
            high += GAP
            continue
        is_plain = high > 1 and not element.beginnings and not element.number
        if is_plain and (best is None or len(element.words) <= len(best.words)):
            best = Needed(low, high + 1, element.words)
        low, high = low + 1, high + 1
    return best


def _written_need(text: str) -> str:
    """What a phrase needs whose second word is literal or a gap, so that it need not be parsed to know whether it goes on."""
    elements, _, needed = _parsed(text)
    is_open = len(elements) > 1 and elements[1] is not GAP_ELEMENT and (elements[1].beginnings or elements[1].number)
    return "" if needed is None or is_open else f"{needed.low} {needed.high} {'|'.join(sorted(needed.words))}"


class PhraseIndex:
    """Many phrases, found in one pass over the tokens. A phrase is parsed when a text has its first words: of thousands a
    note needs a few hundred, and the program starts anew for every request."""

    def __init__(self, entries: Iterable[tuple[str, Hashable]], kept: str = "") -> None:
        """`kept`: what `keep` of an index of the same entries gave; of other entries it is left aside."""
        self._entries = tuple(entries)
        self._memory: dict[tuple[str, str], Candidates] = {}
        self._seconds: dict[str, Seconds] = {}
        # By what a phrase begins with the numbers of such phrases, in lists that all alternatives of one word share.
        self._words: dict[str, list[list[int]]] = defaultdict(list)
        self._beginnings: dict[str, list[list[int]]] = defaultdict(list)
        self._numbers: list[list[int]] = []
        self._known = ""
        self._needs: list[str] = []  # by the number of a phrase what it needs; nothing where it must be parsed to know
        self._kept: dict[str, str] = {}
        known = kept.split(RECORD) if kept else []
        if known and known[0] == self._checksum():
            self._known, self._beginnings, self._numbers = known[1], json.loads(known[2]), json.loads(known[3])
            self._needs = known[4].split(UNIT)
            self._kept = dict(zip(known[5].split(UNIT), known[6:], strict=True))
        else:
            self._sort()
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def _sort(self) -> None:
        """Put every phrase under the words that it may begin with."""
        groups: dict[str, list[int]] = defaultdict(list)
        for number, (text, _) in enumerate(self._entries):
            groups[text.split(None, 1)[0]].append(number)
        for first, group in groups.items():
            for choice in first.lower().split("|"):
                if choice == "#":
                    self._numbers.append(group)
                elif choice.endswith("*"):
                    self._beginnings[choice[:-1]].append(group)
                else:
                    self._words[choice].append(group)

    def keep(self) -> str:
        """Everything that takes time to work out, as one line of text for a file."""
        return RECORD.join(
            [
                self._checksum(),
                " ".join(sorted(self.words())),
                json.dumps(self._beginnings),
                json.dumps(self._numbers),
                UNIT.join([_written_need(text) for text, _ in self._entries]),
                UNIT.join(self._words),
                *(json.dumps(self._by_second(word)) for word in self._words),
            ]
        )

    def _checksum(self) -> str:
        return str(zlib.crc32("\n".join([text for text, _ in self._entries]).encode()))

    def find(self, tokens: Tokens) -> list[Match]:
        """Every phrase wherever it stands, in the order of the text; twice where two phrases of one key stand there."""
        found: list[Match] = []
        texts, count = tokens.texts, len(tokens.texts)
        memory = self._memory
        for place, pair in enumerate(pairwise([*texts, ""])):
            candidates = memory.get(pair)
            if candidates is None:
                candidates = self._beginning_with(*pair)
            if candidates is NO_CANDIDATES:
                continue
            plain, needing, needed, reach, rest = candidates
            for length, behind, key in plain:  # its first two words stand here already
                last = place + length - 1
                if not behind or (last < count and all(map(_is_in, texts[place + 2 : last + 1], behind))):
                    found.append(Match(key, place, last))
            if needed and (there := needed.intersection(texts[place + 1 : place + reach])):
                near = {
                    number
                    for word in there
                    for low, high, number in needing[word]
                    if word in texts[place + low : place + high]
                }
                for number in sorted(near):
                    text, key = self._entries[number]
                    if match := _match(texts, place, _parsed(text)[0], key):
                        found.append(match)
            for elements, key in rest:
                if match := _match(texts, place, elements, key):
                    found.append(match)
        return found

    def words(self) -> frozenset[str]:
        """Every word that stands in a phrase as it is written."""
        if self._known:
            return frozenset(self._known.split())
        return frozenset(" ".join([text for text, _ in self._entries]).lower().replace("|", " ").split())

    def _beginning_with(self, token: str, following: str) -> Candidates:
        """The phrases that may begin with two words. A text has few different pairs, so the answers are kept."""
        seconds = self._seconds.get(token)
        if seconds is None:
            seconds = self._seconds[token] = self._by_second(token)
        named, others = seconds
        numbers = sorted({*named.get(following, ()), *others}) if others else sorted(set(named.get(following, ())))
        answer = self._candidates(numbers, following) if numbers else NO_CANDIDATES
        if len(self._memory) >= MEMORY:
            self._memory.clear()
            self._seconds.clear()
        self._memory[token, following] = answer
        return answer

    def _candidates(self, numbers: Iterable[int], following: str) -> Candidates:
        """Phrases that may have `following` behind their first word, sorted by how they are looked for. What a phrase needs is often
        known before it is parsed, and most phrases need words that are not there."""
        plain, rest = [], []
        needing: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        reach = 0
        for number in numbers:
            text, key = self._entries[number]
            needed = _need(self._needs[number]) if self._needs and self._needs[number] else None
            if needed is None:
                elements, behind, needed = _parsed(text)
                if not _may_go_on(elements, following):
                    continue
                if behind is not None:
                    plain.append((len(elements), behind, key))
                elif needed is None:
                    rest.append((elements, key))
            if needed is not None:
                reach = max(reach, needed.high)
                for word in needed.words:
                    needing[word].append((needed.low, needed.high, number))
        if not (plain or needing or rest):
            return NO_CANDIDATES
        return Candidates(tuple(plain), needing, frozenset(needing), reach, tuple(rest))

    def _by_second(self, token: str) -> Seconds:
        """The numbers of the phrases that may begin with a word: by their second word, and those whose second is no plain word."""
        if token in self._kept:
            kept: Seconds = tuple(json.loads(self._kept[token]))
            return kept
        groups = list(self._words.get(token, ()))
        for length in self._lengths:
            if length > len(token):
                break
            groups += self._beginnings.get(token[:length], ())
        if self._numbers and is_number(token):
            groups += self._numbers
        named: dict[str, list[int]] = defaultdict(list)
        others: list[int] = []
        for number in {number for group in groups for number in group}:
            words = self._entries[number][0].split(None, 2)
            if len(words) == 1 or not words[1][-1].isalpha() or "*" in words[1] or "#" in words[1]:
                others.append(number)
            else:
                for choice in words[1].lower().split("|"):
                    named[choice].append(number)
        return named, others


def _is_in(word: str, words: frozenset[str]) -> bool:
    return word in words


class PhraseGroups:
    """Several groups of phrases, all found in one pass."""

    def __init__(self, groups: Mapping[str, Iterable[tuple[Iterable[str], Hashable]]], kept: str = "") -> None:
        """`groups`: by name the phrases of each key."""
        self._names = tuple(groups)
        tagged = ((texts, (name, key)) for name, group in groups.items() for texts, key in group)
        self._index = PhraseIndex(chain.from_iterable(zip(texts, repeat(key)) for texts, key in tagged), kept)

    def keep(self) -> str:
        """What may be given as `kept` when the same groups are indexed again."""
        return self._index.keep()

    def find(self, tokens: Tokens) -> dict[str, list[Match]]:
        """By the name of each group its matches, in the order of the text."""
        found: dict[str, list[Match]] = {name: [] for name in self._names}
        for tagged, first, last, gaps, numbers in self._index.find(tokens):
            name, key = cast(tuple[str, Hashable], tagged)
            found[name].append(Match(key, first, last, gaps, numbers))
        return found

    def words(self) -> frozenset[str]:
        """Every word that stands in a phrase as it is written, without beginnings of words."""
        return self._index.words()


def _may_go_on(elements: tuple[Element, ...], following: str) -> bool:
    if len(elements) == 1 or elements[1] is GAP_ELEMENT:
        return True
    return bool(following) and elements[1].fits(following)


def _match(texts: Sequence[str], place: int, elements: tuple[Element, ...], key: Hashable) -> Match | None:
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
    words, beginnings, number = element = elements[index]
    is_plain = not beginnings and not number  # most are, and then looking a word up is all
    for ahead, token in enumerate(texts[position : position + GAP + 1], position):
        if token in words or (not is_plain and element.fits(token)):
            rest = _rest(texts, ahead, elements, index)
            if rest is not None:
                gap = ((position, ahead - 1),) if ahead > position else ()
                return rest[0], gap + rest[1], numbers + rest[2]
        if token in STOPS:
            return None
    return None
