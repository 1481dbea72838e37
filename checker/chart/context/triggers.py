"""Which of the trigger phrases that stand in a sentence count: phrases hide those inside them, and pseudo phrases hide what they cover
(NegEx, Chapman et al., J Biomed Inform 2001)."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.context.hits import NEGATING
from checker.rulebook.model import AssertionPhrase
from checker.words.phrase import Match

RESPONSES = frozenset({"failed", "partial", "improved"})
# Say of a response that it went, how large it was, how long it held, that it was small, that something did not improve, that nothing did.
QUALIFYING = frozenset({"fading", "lasting", "mixed", "percent", "slight", "unchanged"})
SAYING = RESPONSES | QUALIFYING
COMMENTING = frozenset({"mixed", "slight", "unchanged"})  # hide nothing: what is denied in them stays denied
BARING = frozenset({"done", "fading"})  # leave the result inside them: "had a failed trial of", "helped for two weeks"
STOPS = frozenset({"terminate", "clause"})
# What acts inside the gap of a mention, too, and as what: "rotator cuff strain, rule out tear" doubts a tear.
WITHIN = {name: name for name in ("negated", "not_done", "slight")} | {"uncertain": "doubted", "alternative": "doubted"}
# What begins before a mention and shares words with it holds for it: "no prior" and "prior surgery", "son had".
SHARED = NEGATING | {"not_documented", "other_person", "declined", "uncertain", "mentioned"}
DECISIONS = frozenset({"authorized", "denied"})
DEALT = DECISIONS | {"planned", "requested", "declined"}
IN_A_ROW = frozenset({"negated", "uncertain"})
BOTH_WAYS = frozenset({"stopped", "conditional"})
AHEAD = frozenset({"forward", "list", "span"})


def phrase_of(match: Match) -> AssertionPhrase:
    """The phrase of the data that stands there."""
    key = match.key
    assert isinstance(key, tuple)
    phrase = key[1]
    assert isinstance(phrase, AssertionPhrase)
    return phrase


def is_said_of_all(phrase: AssertionPhrase) -> bool:
    """Whether a phrase behind the last of several things in a row is said of all of them."""
    return phrase.category in IN_A_ROW and phrase.direction in ("backward", "both")


def shares(phrase: AssertionPhrase) -> bool:
    """Whether a phrase may share words with a mention that it speaks of: "return to ER for [loss of] control"."""
    return phrase.category in SHARED or (phrase.category, phrase.direction) == ("conditional", "span")


def strongest(pairs: list[tuple[Match, AssertionPhrase]]) -> list[tuple[Match, AssertionPhrase]]:
    """Phrases that do not lie inside a longer one; of the same words a pseudo phrase wins. Pseudo phrases then go."""
    kept = []
    for match, phrase in pairs:
        if phrase.direction == "pseudo":
            continue
        length = match.last - match.first
        hidden = any(
            other.first <= match.first
            and match.last <= other.last
            and (other.last - other.first > length or (rival.direction == "pseudo" and other is not match))
            and rival.category not in COMMENTING
            and not _looks_ahead(phrase, rival)
            and not _is_stop_of(phrase, rival)
            and not (phrase.category in RESPONSES and rival.category in BARING)
            and not any(low <= match.first and match.last <= high for low, high in other.gaps)
            for other, rival in pairs
        )
        if (not hidden or phrase.category in QUALIFYING) and not _is_outdone(match, phrase, pairs):
            kept.append((match, phrase))
    return kept


def _looks_ahead(phrase: AssertionPhrase, rival: AssertionPhrase) -> bool:
    """Whether a phrase says of what follows what a longer one says of what stands before: "stop" in ": stop", "if" in "if no better";
    "MRI excluded a tear" says that the MRI was done and that there is no tear."""
    is_same = phrase.category == rival.category and phrase.category in BOTH_WAYS
    is_same |= rival.category == "resulted" and phrase.category in IN_A_ROW
    return is_same and rival.direction == "backward" and phrase.direction in AHEAD


def _is_stop_of(phrase: AssertionPhrase, rival: AssertionPhrase) -> bool:
    """Whether a phrase of a result says that a treatment was stopped, too ("was stopped for nausea"), or one of a stop that it is of the
    past ("previously on")."""
    if rival.category == "stopped":
        return phrase.category == "historical"
    return phrase.category == "stopped" and rival.category in RESPONSES


def leads_up(match: Match, phrase: AssertionPhrase, pairs: Sequence[tuple[Match, AssertionPhrase]]) -> bool:
    """Whether words that say "done" share their last one with what was asked for or decided: "has [been recommended]"."""
    return phrase.category == "done" and any(
        rival.category in DEALT and match.first < other.first == match.last < other.last for other, rival in pairs
    )


def _is_outdone(match: Match, phrase: AssertionPhrase, pairs: Sequence[tuple[Match, AssertionPhrase]]) -> bool:
    """Whether a phrase of response shares words with a longer one that says otherwise: "no lasting [relief from]"."""
    if phrase.category not in RESPONSES:
        return False
    rank = (match.last - match.first, -match.first)
    return any(
        (rival.category in RESPONSES or rival.direction == "pseudo")
        and rival.category != phrase.category
        and other.first <= match.last
        and match.first <= other.last
        and (other.last - other.first, -other.first) > rank
        for other, rival in pairs
    )


def begins_longer(match: Match, other: Match, phrase: AssertionPhrase) -> bool:
    """Whether one word that parts statements only begins a longer phrase: "since July"."""
    is_word = match.first == match.last == other.first < other.last
    return is_word and phrase.direction not in (*STOPS, "pseudo")


def passes(match: Match, phrase: AssertionPhrase, last: int, pairs: Sequence[tuple[Match, AssertionPhrase]]) -> bool:
    """Whether a decision that runs over a mention which ends at `last` holds another one before it, which the mention is of: "[UR
    approved therapy but denied] a block"."""
    if phrase.category not in DECISIONS:
        return False
    others = [m for m, other in pairs if other.category in DECISIONS and other.category != phrase.category]
    return any(match.first <= other.first and other.last < last for other in others)
