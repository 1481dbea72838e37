"""A sentence that goes on about the treatments of the one before: "He tried ibuprofen. It did nothing."

Only what cannot be meant otherwise is taken: a pronoun with a result right behind it, "no relief" by itself, two scores of pain
before and after "a dose". What helped must stand beside the pronoun itself, as "it is better" may speak of the pain. Of the very
next sentence more is taken: that nothing has changed, and of one treatment a fall of the score or a relief in percent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from checker.chart.amount.amounts import AmountWords
from checker.chart.context.assertion import Context
from checker.chart.context.events import attended, response_of
from checker.chart.context.hits import NEGATING
from checker.chart.page.layout import Sentence
from checker.record import record
from checker.words.numbers import count_with_unit
from checker.words.phrase import Match
from checker.words.settings import word_sets

GATHERED = 5  # words in which "in spite of all of this" opens a sentence
OPENING = 6  # words of a sentence in which "no relief" opens it
FORMER = frozenset({"first", "former"})  # what became of the others is told behind it
SHORT = 16  # words of a sentence that says no more than that
REFUSED = 14  # words of a sentence that says no more than that somebody refused
# What may come says nothing of what was.
OPEN = frozenset({"conditional", "goal", "guideline", "other_person", "planned"})
GAINS = frozenset({"improved", "partial", "percent"})
REMEMBERED = 2  # sentences for which a treatment is remembered
COUNTED = 5  # words between a number of visits and the word that says that they took place
LEAD = 6  # words before a day that opens a sentence: "Per the progress report of"
DATE_MARKS = frozenset({"/", "-"})
BETWEEN = frozenset({"of", "/", "the", "all", "initial"})  # may stand between a number and its unit


@record
class FollowWords:
    """Words that stand for a treatment named before (rules/assertion/names.yaml, `follow`)."""

    one: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()  # in a phrase these point to what was named before
    causing: frozenset[str] = frozenset()  # in a phrase these say that a drug brings it about
    gathering: frozenset[str] = frozenset()  # before one of `several` or `one`: all that was named
    doses: frozenset[str] = frozenset()
    gains: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    pointing: frozenset[str] = frozenset()  # behind an ordinal: it is that of a treatment
    gained: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()  # what a gain does that did not last
    parting: frozenset[str] = frozenset()  # between what is better and what is not
    # One of these stands in a sentence that goes on about a treatment, unless a pronoun opens it.
    hints: frozenset[str] = frozenset()


def follow_words(settings: Mapping[str, Any]) -> FollowWords:
    """The words out of the settings."""
    words = word_sets(FollowWords, settings)
    return replace(words, hints=words.hints | words.doses | words.gains | words.lost)


def may_follow(texts: Sequence[str], sentence: Sentence, words: FollowWords) -> bool:
    """Whether a sentence may speak of a treatment without naming it."""
    inside = texts[sentence.first : sentence.last + 1]
    return inside[0] in words.one | words.several | words.none or not words.hints.isdisjoint(inside)


def gathers(texts: Sequence[str], sentence: Sentence, words: FollowWords) -> bool:
    """Whether a sentence opens with words for all that was done: "Despite this the knee is no better", "None of it helped"."""
    inside = texts[sentence.first : sentence.last + 1]
    points = not (words.several | words.one).isdisjoint(inside[1:GATHERED])
    return inside[0] in words.none or (inside[0] in words.gathering and points)


def refusal_in(texts: Sequence[str], phrases: Sequence[Match], sentence: Sentence) -> str:
    """What a short sentence that opens with one of these phrases (rules/assertion/refusals.yaml) says of what was asked for right before:
    declined, not_done, denied, or nothing. What is denied later in it may be anything: "Locking: denied." """
    head = sentence.first + (texts[sentence.first] == "the")
    is_opening = bool(phrases) and phrases[0].first <= head
    return str(phrases[0].key) if is_opening and sentence.last - sentence.first < REFUSED else ""


def response_to(
    texts: Sequence[str],
    sentence: Sentence,
    context: Context,
    changes: Sequence[str],
    words: FollowWords,
    *,
    several: bool,
    is_next: bool,
) -> str | None:
    """What a sentence without a treatment says of those named before it, None where it says nothing of them. `several`: more than
    one was named. `changes`: what scores of pain in it say. `is_next`: they were named in the sentence right before."""
    first = sentence.first
    inside = texts[first : sentence.last + 1]
    opening = inside[0]
    if first and opening in words.none:
        told = response_of([*context.hits(first, first), *context.hits(first - 1, first - 1)])
        return "failed" if told != "not_stated" or not words.gains.isdisjoint(inside) else None
    if opening in words.several or (opening in words.one and not several):
        hits = [hit for hit in context.hits(first, first) if hit.category != "improved" or hit.distance <= 1]
        told = response_of(hits)
        if told != "not_stated":
            return told
    if first and not several and (told_each := _of_each(inside, context.categories(), words)):
        return told_each
    if changes and not several and not words.doses.isdisjoint(inside):
        return changes[0]
    if first and is_next and (told_next := _of_the_next(context, sentence, inside, changes, words, several=several)):
        return told_next
    return _of_opening(texts, sentence, context, words) if first else None


def _of_opening(texts: Sequence[str], sentence: Sentence, context: Context, words: FollowWords) -> str | None:
    """What a short sentence says that opens with a gain: "No relief at all.", "As reported on 3/17/15 there was no relief." """
    begin = sentence.first + _lead(texts[sentence.first : sentence.last + 1])
    behind = texts[begin : sentence.last + 1]
    if len(behind) > SHORT or words.gains.isdisjoint(behind[:OPENING]):
        return None
    hits = [
        hit
        for hit in context.hits(begin - 1, begin - 1)
        if hit.category != "improved" and hit.distance <= OPENING - 2 and not hit.before
    ]
    told = response_of(hits)
    return told if told != "not_stated" else None


def _lead(inside: Sequence[str]) -> int:
    """Words before what a sentence tells, where it opens with a day: "As reported on 3/17/15 there was no relief"."""
    for place in range(min(LEAD, len(inside) - 5)):
        one, mark, two, other, year = inside[place : place + 5]
        if mark == other and mark in DATE_MARKS and one.isdecimal() and two.isdecimal() and year.isdecimal():
            return place + 5 + (inside[place + 5] == ",")
    return 0


def visits_told(texts: Sequence[str], sentence: Sentence, context: Context, words: AmountWords) -> float | None:
    """The visits that took place, where a sentence tells them without what they were of: "She has finished 6 of 6 authorized
    sessions.", but nothing of "two office visits" or "four more visits"."""
    if not OPEN.isdisjoint(context.categories()) or "requested" in context.categories():
        return None
    for place in range(sentence.first, sentence.last):
        counts = count_with_unit(texts, place, words.units)
        if counts is None or counts[1] != "visits" or counts[3] > sentence.last:
            continue
        value, _, begin, stop = counts
        around = {*texts[max(begin - COUNTED, sentence.first) : begin], *texts[stop + 1 : stop + COUNTED]}
        is_bare = all(word in BETWEEN or word in words.granted or word[0].isdigit() for word in texts[begin + 1 : stop])
        is_had = not words.had.isdisjoint(around) and texts[stop + 1 : stop + 2] != ["to"]
        if is_bare and is_had and NEGATING.isdisjoint(hit.category for hit in context.hits(begin, stop)):
            return attended(texts, begin) or value
    return None


def _of_each(inside: Sequence[str], told: Collection[str], words: FollowWords) -> str | None:
    """What a sentence says that opens with one of several and comes to another: "The first helped for a month, the second not at
    all." Told apart they had no more than a partial gain, unless both were good."""
    opens = int(inside[0] == "the")
    if len(inside) < opens + 2 or inside[opens] not in words.ordinals:
        return None
    is_pointing = inside[opens + 1] in words.pointing
    others = [word for word in inside[opens + 1 :] if word in words.ordinals]
    if not is_pointing or not others or GAINS.isdisjoint(told):
        return None
    return "partial" if not {"failed", "partial", "fading", "unchanged"}.isdisjoint(told) else None


def of_last(texts: Sequence[str], sentence: Sentence, context: Context, words: FollowWords) -> str | None:
    """What a sentence says that opens with one of several and comes to no other: "The last one helped for ten days only." """
    inside = texts[sentence.first : sentence.last + 1]
    opens = int(inside[0] == "the")
    ordinals = [word for word in inside if word in words.ordinals]
    if (
        len(ordinals) != 1
        or len(inside) < opens + 2
        or inside[opens] not in words.ordinals
        or inside[opens + 1] not in words.pointing
    ):
        return None
    if inside[opens] in FORMER or not OPEN.isdisjoint(context.categories()):
        return None
    place = sentence.first + opens
    told = response_of(context.hits(place, place))
    return None if told == "not_stated" else told


def is_lost(texts: Sequence[str], sentence: Sentence, context: Context, words: FollowWords) -> bool:
    """Whether a sentence tells that what was gained went again: "The pain returned after a week." """
    first = sentence.first
    if words.lost.isdisjoint(texts[first : sentence.last + 1]) or not OPEN.isdisjoint(context.categories()):
        return False
    return first > 0 and "fading" in {hit.category for hit in context.hits(first - 1, first - 1)}


def _of_the_next(
    context: Context,
    sentence: Sentence,
    inside: Sequence[str],
    changes: Sequence[str],
    words: FollowWords,
    *,
    several: bool,
) -> str | None:
    """What the sentence right behind one that names treatments says of them without pointing back."""
    first = sentence.first
    if not OPEN.isdisjoint(context.categories()):
        return None
    categories = {hit.category for hit in context.hits(first - 1, first - 1)}
    if "unchanged" in categories:
        is_mixed = not GAINS.isdisjoint(context.categories()) or not words.gained.isdisjoint(inside)
        is_parted = not words.parting.isdisjoint(inside)
        return "partial" if is_mixed and is_parted else None if is_parted else "failed"
    if several:
        return None
    return changes[0] if changes else "improved" if {"percent", "improved"} <= categories else None
