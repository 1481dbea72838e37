"""What is told by the way within a sentence (its days, who did it, the stop of a short form), and the phrases that stand where it is
left out: "the evaluation of 1/30/2015 by Dr. Kim found him a good candidate" holds "evaluation found him a good candidate"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from checker.chart.context.small_words import SmallWords
from checker.chart.page.layout import Sentence
from checker.chart.page.when import Day
from checker.chart.vocabulary import NOTHING
from checker.words.phrase import Match
from checker.words.phrases import PhraseGroups
from checker.words.tokens import Tokens

STOP = "."
OPEN, CLOSED = "(", ")"
NAMES = 2  # words of the name of somebody, at most


def beyond_asides(
    phrases: PhraseGroups,
    told: str,
    tokens: Tokens,
    sentence: Sentence,
    days: Sequence[Day],
    known: Sequence[Match],
    words: SmallWords,
) -> list[Match]:
    """The mentions of a sentence that run over something told by the way. `told` is the text of the tokens; what is `known` of the
    sentence is not told anew."""
    aside = {place for place in _asides(tokens, told, sentence, days, words) if place < sentence.last}
    if not aside:
        return []
    kept = [place for place in range(sentence.first, sentence.last + 1) if place not in aside]
    texts, starts, ends = tokens
    shorter = Tokens([texts[at] for at in kept], [starts[at] for at in kept], [ends[at] for at in kept])
    found = phrases.find(shorter)["mentions"]
    names = {_name(match) for match in known}
    hiding = [match for match in found if _says_nothing(match)]
    return [
        _in_place(match, kept, aside)
        for match in found
        if kept[match.last] - kept[match.first] > match.last - match.first
        and _name(match) not in names
        and not _says_nothing(match)
        and not any(_hides(other, match) for other in hiding)
    ]


def _in_place(match: Match, kept: Sequence[int], aside: Collection[int]) -> Match:
    """A mention of the shorter sentence as it stands in the text: what was left out is a gap of it."""
    first, last = kept[match.first], kept[match.last]
    gaps = {(kept[one], kept[other]) for one, other in match.gaps} | set(
        _runs(place for place in aside if first < place < last)
    )
    return match._replace(
        first=first, last=last, gaps=tuple(sorted(gaps)), numbers=tuple(kept[place] for place in match.numbers)
    )


def _says_nothing(match: Match) -> bool:
    key: Any = match.key
    return bool(key[0] == NOTHING)


def _name(match: Match) -> Any:
    key: Any = match.key
    return key[1]


def _hides(other: Match, match: Match) -> bool:
    """Whether a phrase that says nothing holds a phrase of the same finding."""
    return bool(_name(other) == _name(match) and other.first <= match.first and match.last <= other.last)


def _asides(tokens: Tokens, told: str, sentence: Sentence, days: Sequence[Day], words: SmallWords) -> Iterator[int]:
    """The places of a sentence that are told by the way."""
    texts = tokens.texts
    begins, ends = {day.first for day in days}, {day.last for day in days}
    for day in days:
        if not day.exact:
            continue
        first, last = day.first, day.last
        before = texts[first - 1] if first > sentence.first else ""
        behind = texts[last + 1] if last < sentence.last else ""
        if (before in words.ranges and first - 2 in ends) or (behind in words.ranges and last + 2 in begins):
            continue
        if (before, behind) == (OPEN, CLOSED):
            first, last = first - 1, last + 1
        elif before in words.before_day:
            first -= 1
        yield from range(first, last + 1)
    for place in range(sentence.first, sentence.last):
        if texts[place] in words.titles:
            yield from _person(tokens, told, sentence, place, words)


def _person(tokens: Tokens, told: str, sentence: Sentence, place: int, words: SmallWords) -> Iterator[int]:
    """The places of somebody's name with its title, and of the word that says that it is by him: "by Dr. Ann Kim"."""
    texts = tokens.texts
    first = place - 1 if place > sentence.first and texts[place - 1] in words.by else place
    end = place + 1 + (texts[place + 1] == STOP)
    name = end
    while end < sentence.last and end - name < NAMES and told[tokens.starts[end]].isupper():
        end += 1
    if end > name:
        yield from range(first, end)


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Places as runs of neighbours, each by its first and last."""
    first = last = None
    for place in sorted(places):
        if last is None or place != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = place
        last = place
    if first is not None and last is not None:
        yield first, last
