"""Whether a mention means what its words mean elsewhere: a bare word for a treatment, a phrase with a gap."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from checker.chart.vocabulary import BARE, NEXT, NOTHING, Recogniser
from checker.words.groups import WordGroups, words_of
from checker.words.phrase import Match


def is_other_kind(
    recogniser: Recogniser, mention: Match, mentions: Sequence[Match], texts: Sequence[str], start: int
) -> bool:
    """Whether a bare word for a treatment speaks of another kind: "opioid therapy", "therapy with gabapentin".
    `start`: the first token of the sentence."""
    key: Any = mention.key
    if key[-1] != BARE:
        return False
    words, place = recogniser.bare, mention.first
    if place > start and texts[place - 1] not in words.after:
        return True
    if place > start + 1 and texts[place - 1] in words.within and texts[place - 2] in words.elsewhere:
        return True
    is_joined = texts[place + 1 : place + 2] and texts[place + 1] in words.joins
    for other in mentions:
        kind: Any = other.key
        is_beside = other.last == place - 1 or (is_joined and place + 2 <= other.first <= place + 3)
        if kind[0] == "treatment" and other is not mention and is_beside:
            return True
    return bool(is_joined) and not words.others.isdisjoint(texts[place + 2 : place + 6])


def is_whole(recogniser: Recogniser, mention: Match, texts: Sequence[str]) -> bool:
    """Whether a mention of an examination keeps to its own topic. Not so where its gap goes on to another ("reflexes 2+,
    sensation decreased"), leads away by "with", or holds a deficit between a topic and "normal"."""
    key: Any = mention.key
    finding = recogniser.findings.get(key[1]) if mention.gaps else None
    if finding is None or finding.kind != "exam" or key[0] == NOTHING:
        return True
    small = recogniser.small
    own_phrases = {"absent": finding.absent_phrases, "number": finding.numbers, NEXT: finding.next_phrases}
    phrases = own_phrases.get(key[0], finding.phrases)
    own = _topics_in(phrases, small.topics, recogniser.phrases.lists)
    for low, high in mention.gaps:
        words = [word for word in texts[low : high + 1] if word not in own]
        if "with" in words or (key[0] == "absent" and not small.deficits.isdisjoint(words)):
            return False
        if not small.topics.isdisjoint(words) and any(
            word not in small.topics and word not in small.topic_lists for word in words
        ):
            return False
    return True


@lru_cache(maxsize=1000)
def _topics_in(phrases: tuple[str, ...], topics: frozenset[str], words: WordGroups) -> frozenset[str]:
    """What the examination looks at in these phrases."""
    return topics & words_of(phrases, words)
