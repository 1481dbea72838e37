"""What the words around a mention make of it: ConText on tokens (Harkema 2009; NegEx, Chapman 2001), phrases as data.

Each trigger speaks forward, backward or both ways in its sentence, as far as its scope, never past a terminator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.rulebook.model import AssertionPhrase
from checker.words.phrases import Match, PhraseIndex
from checker.words.tokens import Tokens

DEFAULT_SCOPE = 10


@dataclass(frozen=True)
class Context:
    """The compiled phrases and settings of rules/assertion."""

    index: PhraseIndex
    phrases: tuple[AssertionPhrase, ...]
    results: Mapping[str, str]  # positive or negative by word


@dataclass(frozen=True, slots=True)
class Trigger:
    """One assertion phrase where it stands."""

    phrase: AssertionPhrase
    first: int
    last: int


def build_context(phrases: Sequence[AssertionPhrase], settings: Mapping[str, Any]) -> Context:
    """Index the assertion phrases. `settings` holds the result words of exam tests."""
    results = {word: kind for kind, words in settings.get("results", {}).items() for word in words}
    index = PhraseIndex((phrase.phrase, number) for number, phrase in enumerate(phrases))
    return Context(index, tuple(phrases), results)


def triggers(context: Context, tokens: Tokens) -> list[Trigger]:
    """Triggers of a page in order. A longer one hides those inside it; a pseudo-trigger hides and is silent."""
    found = [_trigger(context, match) for match in context.index.find(tokens)]
    found.sort(key=lambda t: (t.first, -(t.last - t.first)))
    kept: list[Trigger] = []
    end = -1
    longest = 0
    for trigger in found:
        length = trigger.last - trigger.first
        inside = trigger.last <= end and length < longest
        if inside and trigger.phrase.direction != "terminate":
            continue
        if trigger.last > end:
            end, longest = trigger.last, length
        kept.append(trigger)
    return [trigger for trigger in kept if trigger.phrase.direction != "pseudo"]


def _trigger(context: Context, match: Match) -> Trigger:
    number: Any = match.key
    return Trigger(context.phrases[number], match.first, match.last)


def categories(first: int, last: int, around: Sequence[Trigger]) -> frozenset[str]:
    """The categories that the triggers of one sentence give to a mention at tokens first..last."""
    ends = [t for t in around if t.phrase.direction == "terminate"]
    return frozenset(t.phrase.category for t in around if _reaches(t, first, last, ends))


def _reaches(trigger: Trigger, first: int, last: int, ends: Sequence[Trigger]) -> bool:
    direction = trigger.phrase.direction
    if direction == "terminate" or (trigger.first <= first and last <= trigger.last):
        return False
    scope = trigger.phrase.scope or DEFAULT_SCOPE
    if direction in ("forward", "both") and trigger.last < first:
        near = first - trigger.last <= scope
        return near and not any(trigger.last < end.first < first for end in ends)
    if direction in ("backward", "both") and trigger.first > last:
        near = trigger.first - last <= scope
        return near and not any(last < end.first < trigger.first and end.last < trigger.first for end in ends)
    return False


def test_result(first: int, last: int, texts: Sequence[str], start: int, end: int, context: Context) -> str | None:
    """present or absent for an exam test at tokens first..last of the sentence start..end; None where no result stands
    beside it. The nearest result word counts; behind the name it may stand after other names of the same list."""
    best: tuple[int, str] | None = None
    for index in range(max(start, first - 12), min(end, last + 12) + 1):
        kind = _result_at(index, texts, context)
        if kind is None or first <= index <= last:
            continue
        distance = first - index if index < first else index - last
        if index < first and any(texts[place] in (".", ";") for place in range(index, first)):
            continue
        if best is None or distance < best[0]:
            best = (distance, kind)
    if best is None:
        return None
    return "present" if best[1] == "positive" else "absent"


def _result_at(index: int, texts: Sequence[str], context: Context) -> str | None:
    three = " ".join(texts[index : index + 3])
    return context.results.get(three) or context.results.get(texts[index])
