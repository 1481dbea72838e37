"""What a trigger phrase says of a mention, and of one that it shares words with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.chart.context.small_words import SmallWords
from checker.rulebook.model import AssertionPhrase
from checker.words.phrase import Match

NEGATING = frozenset({"negated", "not_done"})  # do not reach through "with", "from", "of" …

ASKING = frozenset({"requested", "planned"})  # do not reach into the reason that is given
ASKED = 20  # words that a phrase reaches which asks for whole lists
LISTED = 60  # words of a list of treatments whose result stands behind its last member, or which are asked for
MANY = 2  # commas in a list that is one beyond doubt
LISTING = frozenset({",", ";", ")"})  # between the services of a list
PARTING = frozenset({",", ";", "-", ")"})  # end the reason given for a service


class Hit(NamedTuple):
    """A category that holds for a mention: how many words away its phrase stands, and whether before the mention."""

    category: str
    distance: int
    before: bool


def sharing(match: Match, phrase: AssertionPhrase, first: int, last: int) -> Hit | None:
    """What a phrase says of a treatment whose name it shares a word with: "therapy [visits] were completed"."""
    if match.first < first <= match.last < last and phrase.direction != "backward":
        return Hit(phrase.category, 1, True)
    if first <= match.first <= last < match.last and first < last and phrase.direction in ("backward", "both"):
        return Hit(phrase.category, 1, False)  # "[sessions of] therapy were completed"
    return None


def sharing_all(match: Match, phrase: AssertionPhrase, first: int, last: int) -> Hit | None:
    """What a denial says of a finding that is all of its own words: "no [weakness] of the legs". Not of a treatment: "no
    [electrodiagnostic] evidence of"."""
    is_own = match.first < first and last <= match.last and phrase.category in NEGATING
    return Hit(phrase.category, 1, True) if is_own else None


def lies_within(match: Match, phrase: AssertionPhrase, last: int, gaps: Sequence[tuple[int, int]]) -> bool:
    """Whether a phrase stands in a gap of a mention that ends at `last`: "MRI [shows no] tear". A denial may share the word that ends
    its gap: "MRI [fails to show] a tear"."""
    is_denial = phrase.category == "negated" and phrase.direction == "list" and match.last < last
    return any(low <= match.first <= high and (is_denial or match.last <= high) for low, high in gaps)


def asks_on(phrase: AssertionPhrase, between: Sequence[str], words: SmallWords) -> bool:
    """Whether a list of services runs on past the reach of the words that ask for it, no verb among what stands between them
    and its last member."""
    is_asking = phrase.category in ASKING and phrase.direction in ("span", "both") and (phrase.scope or 0) >= ASKED
    if not is_asking or len(between) > LISTED:
        return False
    is_list = sum(word in LISTING for word in between) >= MANY
    return is_list and words.verbs.isdisjoint(between) and words.relatives.isdisjoint(between)


def reason_between(texts: Sequence[str], reasons: Sequence[Match], first: int, last: int, words: SmallWords) -> bool:
    """Whether a word that gives a reason leads from what stands at `first` to what stands at `last`; "given within the program"
    gives none."""
    away = words.prepositions - {"of"} | {"within"}
    return any(
        first < reason.first < last
        and texts[reason.last + 1] not in away
        and PARTING.isdisjoint(texts[reason.last + 1 : last])
        for reason in reasons
    )
