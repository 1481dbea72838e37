"""What a trigger phrase says of a mention, and of one that it shares words with."""

from __future__ import annotations

from typing import NamedTuple

from checker.rulebook.model import AssertionPhrase
from checker.words.phrase import Match

NEGATING = frozenset({"negated", "not_done"})  # do not reach through "with", "from", "of" …


class Hit(NamedTuple):
    """A category that holds for a mention: how many words away its phrase stands, and whether before the mention."""

    category: str
    distance: int
    before: bool


def sharing(match: Match, phrase: AssertionPhrase, first: int, last: int) -> Hit | None:
    """What a phrase says of a treatment whose name it shares a word with: "therapy [visits] were completed"."""
    if match.first < first <= match.last < last and phrase.direction != "backward":
        return Hit(phrase.category, 1, True)
    if first < match.first <= last < match.last and phrase.direction in ("backward", "both"):
        return Hit(phrase.category, 1, False)
    return None


def sharing_all(match: Match, phrase: AssertionPhrase, first: int, last: int) -> Hit | None:
    """What a denial says of a finding that is all of its own words: "no [weakness] of the legs". Not of a treatment: "no
    [electrodiagnostic] evidence of"."""
    is_own = match.first < first and last <= match.last and phrase.category in NEGATING
    return Hit(phrase.category, 1, True) if is_own else None
