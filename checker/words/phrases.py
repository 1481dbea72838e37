"""Phrases with gaps, matched on tokens in one pass: how one is written, `phrase` says. Linear in the text: every phrase looks at a
bounded number of tokens."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain, pairwise, repeat
from typing import NamedTuple, cast

from checker.words.groups import NO_GROUPS, WordGroups, is_group, words_of
from checker.words.phrase import (
    GAP_ELEMENT,
    Element,
    Match,
    choices_of,
    is_number,
    match_at,
    need_of,
    parsed,
    written_need,
)
from checker.words.tokens import Tokens

UNIT = "\x1f"  # parts what an index keeps; it stands in no phrase
FIRST = "first "  # before a word that phrases begin with, in the name of what is kept of it
MEMORY = 200_000  # how many different pairs of words keep their list of phrases at hand


class Candidates(NamedTuple):
    """The phrases that may stand at two words. `plain`: those that have only literal words behind them, so that matching is a few
    look-ups, with their number and length. `needing`: by each word that others need, between which distances they need it and their
    numbers; `needed`: these words, of which one must stand within `reach`. `rest`: those that need no certain word."""

    plain: Sequence[tuple[int, int, tuple[frozenset[str], ...], Hashable]]
    needing: Mapping[str, Sequence[tuple[int, int, int]]]
    needed: frozenset[str]
    reach: int
    rest: Sequence[tuple[int, tuple[Element, ...], Hashable]]


class First(NamedTuple):
    """The phrases that may begin with one word or with one list. `named`: their numbers by their second word or list; `open`: those that
    have no certain second word; `always`: those that have a gap or nothing there."""

    named: Mapping[str, Sequence[int]]
    open: Sequence[int]
    always: Sequence[int]


class Beginning(NamedTuple):
    """The phrases that may begin with one word, whether it stands in them itself or in a list that they name."""

    firsts: Sequence[First]
    always: tuple[Candidates, ...]


Seconds = tuple[dict[str, list[int]], list[int]]
Kept = Mapping[str, str | bytes]
NOTHING_KEPT: Kept = {}


def _text(kept: str | bytes) -> str:
    return kept if isinstance(kept, str) else kept.decode()


class PhraseIndex:
    """Many phrases, found in one pass over the tokens. A phrase is parsed when a text has its first words: of thousands a
    note needs a few hundred, and the program starts anew for every request."""

    def __init__(
        self, entries: Iterable[tuple[str, Hashable]], kept: Kept = NOTHING_KEPT, groups: WordGroups = NO_GROUPS
    ) -> None:
        """`kept`: what `keep` of an index of the same entries gave; of other entries it is left aside. `groups`: the lists that
        phrases name."""
        self._entries = tuple(entries)
        self._groups = groups
        self._memory: dict[tuple[str, str], tuple[Candidates, ...]] = {}
        self._beginning: dict[str, Beginning] = {}
        self._listed: dict[str, First] = {}  # by the name of a list
        self._always: dict[tuple[str, ...], tuple[Candidates, ...]] = {}  # by the names of the lists of one word
        # By what a phrase begins with, a word or the name of a list, the numbers of such phrases, in lists that all alternatives of
        # one word share.
        self._words: dict[str, list[list[int]]] = defaultdict(list)
        self._beginnings: dict[str, list[list[int]]] = defaultdict(list)
        self._numbers: list[list[int]] = []
        self._needs: list[str] = []  # by the number of a phrase what it needs; nothing where it must be parsed to know
        self._kept: Kept = NOTHING_KEPT
        if "size" in kept and json.loads(kept["size"]) == self._size():
            self._kept = kept
            self._beginnings, self._numbers = json.loads(kept["beginnings"]), json.loads(kept["numbers"])
            self._needs = _text(kept["needs"]).split(UNIT)
        else:
            self._sort()
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def _sort(self) -> None:
        """Put every phrase under the words that it may begin with."""
        groups: dict[str, list[int]] = defaultdict(list)
        for number, (text, _) in enumerate(self._entries):
            groups[text.split(None, 1)[0]].append(number)
        for first, group in groups.items():
            for choice in choices_of(first.lower()):
                if choice == "#":
                    self._numbers.append(group)
                elif choice.endswith("*"):
                    self._beginnings[choice[:-1]].append(group)
                else:
                    self._words[choice].append(group)

    def keep(self) -> Mapping[str, str]:
        """Everything that takes time to work out, as named texts for a file."""
        return {
            "size": json.dumps(self._size()),
            "words": " ".join(sorted(self.words())),
            "beginnings": json.dumps(self._beginnings),
            "numbers": json.dumps(self._numbers),
            "needs": UNIT.join([written_need(text, self._groups) for text, _ in self._entries]),
            **{FIRST + word: json.dumps(self._by_second(word)) for word in self._words},
        }

    def _size(self) -> list[int]:
        """How many phrases the entries have, and a sum over their letters in their order, which tells them from others."""
        return [len(self._entries), zlib.adler32("\n".join([text for text, _ in self._entries]).encode())]

    def find(self, tokens: Tokens) -> list[Match]:
        """Every phrase wherever it stands, in the order of the text; twice where two phrases of one key stand there."""
        found: list[Match] = []
        texts, count = tokens.texts, len(tokens.texts)
        memory = self._memory
        for place, pair in enumerate(pairwise([*texts, ""])):
            groups = memory.get(pair)
            if groups is None:
                groups = self._beginning_with(*pair)
            for plain, needing, needed, reach, rest in groups:
                for _, length, behind, key in plain:  # its first two words stand here already
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
                        if match := match_at(texts, place, parsed(text, self._groups)[0], key):
                            found.append(match)
                for _, elements, key in rest:
                    if match := match_at(texts, place, elements, key):
                        found.append(match)
        return found

    def words(self) -> frozenset[str]:
        """Every word that stands in a phrase as it is written."""
        if self._kept:
            return frozenset(_text(self._kept["words"]).split())
        return words_of([text for text, _ in self._entries], self._groups)

    def _beginning_with(self, token: str, following: str) -> tuple[Candidates, ...]:
        """The phrases that may begin with two words, first those whose second word is known to fit. A text has few different pairs, so the answers are kept."""
        beginning = self._beginning.get(token)
        if beginning is None:
            beginning = self._beginning[token] = self._beginning_of(token)
        numbers: set[int] = set()
        seconds = (following, *self._groups.names.get(following, ()))
        for first in beginning.firsts:
            for second in seconds:
                numbers.update(first.named.get(second, ()))
            if first.open and following:
                numbers.update(n for n in first.open if parsed(self._entries[n][0], self._groups)[0][1].fits(following))
        answer = (self._candidates(numbers), *beginning.always) if numbers else beginning.always
        if len(self._memory) >= MEMORY:
            self._memory.clear()
            self._beginning.clear()
        self._memory[token, following] = answer
        return answer

    def _beginning_of(self, token: str) -> Beginning:
        """What is known of the phrases that may begin with a word before the word behind it is. Many words stand in the same lists."""
        lists = self._groups.names.get(token, ())
        for name in lists:
            if name not in self._listed:
                self._listed[name] = self._first(name)
        listed = [self._listed[name] for name in lists]
        always = self._always.get(lists)
        if always is None:
            numbers = {number for first in listed for number in first.always}
            always = self._always[lists] = (self._candidates(numbers),) if numbers else ()
        own = self._first(token)
        more = set(own.always).difference(*(first.always for first in listed))
        firsts = [first for first in (own, *listed) if first.named or first.open]
        return Beginning(firsts, (self._candidates(more), *always) if more else always)

    def _first(self, key: str) -> First:
        """What is known of the phrases that may begin with a word or a list."""
        named, others = self._by_second(key)
        always: list[int] = []
        open_ones: list[int] = []
        for number in others:
            elements = () if self._needs and self._needs[number] else parsed(self._entries[number][0], self._groups)[0]
            is_open = len(elements) > 1 and elements[1] is not GAP_ELEMENT
            (open_ones if is_open else always).append(number)
        return First(named, open_ones, always)

    def _candidates(self, numbers: Iterable[int]) -> Candidates:
        """Phrases of which the second word is known to fit, sorted by how they are looked for. What a phrase needs is often known before it
        is parsed, and most phrases need words that are not there."""
        plain: list[tuple[int, int, tuple[frozenset[str], ...], Hashable]] = []
        rest: list[tuple[int, tuple[Element, ...], Hashable]] = []
        needing: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        reach = 0
        for number in numbers:
            text, key = self._entries[number]
            needed = need_of(self._needs[number], self._groups) if self._needs and self._needs[number] else None
            if needed is None:
                elements, behind, needed = parsed(text, self._groups)
                if behind is not None:
                    plain.append((number, len(elements), behind, key))
                elif needed is None:
                    rest.append((number, elements, key))
            if needed is not None:
                reach = max(reach, needed.high)
                where = (needed.low, needed.high, number)
                for word in needed.words:
                    needing[word].append(where)
        return Candidates(sorted(plain), needing, frozenset(needing), reach, sorted(rest))

    def _by_second(self, token: str) -> Seconds:
        """The numbers of the phrases that may begin with a word or with a list, given by its name: by their second word or list, and
        those whose second is no plain word."""
        name = FIRST + token
        if name in self._kept:
            kept: Seconds = tuple(json.loads(self._kept[name]))
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
            ends_in_word = len(words) > 1 and (words[1][-1].isalpha() or is_group(words[1].rpartition("|")[2]))
            if not ends_in_word or "*" in words[1] or "#" in words[1]:
                others.append(number)
            else:
                for choice in choices_of(words[1].lower()):
                    named[choice].append(number)
        return named, others


def _is_in(word: str, words: frozenset[str]) -> bool:
    return word in words


class PhraseGroups:
    """Several groups of phrases, all found in one pass."""

    def __init__(
        self,
        groups: Mapping[str, Iterable[tuple[Iterable[str], Hashable]]],
        kept: Kept = NOTHING_KEPT,
        lists: WordGroups = NO_GROUPS,
    ) -> None:
        """`groups`: by name the phrases of each key; `lists`: those that they name."""
        self.lists = lists
        self._names = tuple(groups)
        tagged = ((texts, (name, key)) for name, group in groups.items() for texts, key in group)
        self._index = PhraseIndex(chain.from_iterable(zip(texts, repeat(key)) for texts, key in tagged), kept, lists)

    def keep(self) -> Mapping[str, str]:
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
