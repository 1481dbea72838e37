"""Words that steer the reach of a phrase, as data: prepositions, conjunctions, verbs, words for the patient …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from checker.record import record
from checker.rulebook.model import AssertionPhrase
from checker.words.phrase import Match

EXCEPTED = 8  # tokens to an exception
OPENINGS = frozenset(".;:")  # behind one of these a statement begins
SUBJECT = 20  # words of a subject that is denied as a whole
LAST_ENTRY = 6  # words from the "or" of a list to its end


@record
class SmallWords:
    """Words that steer the reach of a phrase (rules/assertion/sentences.yaml)."""

    prepositions: frozenset[str] = field(default_factory=frozenset)
    leading_on: frozenset[str] = field(default_factory=frozenset)
    conjunctions: frozenset[str] = field(default_factory=frozenset)
    having: frozenset[str] = field(default_factory=frozenset)
    sought: frozenset[str] = field(default_factory=frozenset)
    found: frozenset[str] = field(default_factory=frozenset)
    alternatives: frozenset[str] = field(default_factory=frozenset)
    verbs: frozenset[str] = field(default_factory=frozenset)
    purpose: frozenset[str] = field(default_factory=frozenset)
    before_purpose: frozenset[str] = field(default_factory=frozenset)
    relatives: frozenset[str] = field(default_factory=frozenset)
    each: frozenset[str] = field(default_factory=frozenset)
    single: frozenset[str] = field(default_factory=frozenset)  # before one thing
    ending_names: frozenset[str] = field(default_factory=frozenset)
    hedges: frozenset[str] = field(default_factory=frozenset)
    asides: frozenset[str] = field(default_factory=frozenset)
    denying: frozenset[str] = field(default_factory=frozenset)
    idle: frozenset[str] = field(default_factory=frozenset)
    today: frozenset[str] = field(default_factory=frozenset)
    this_day: frozenset[str] = field(default_factory=frozenset)  # … those that can mean no other day
    titles: frozenset[str] = field(default_factory=frozenset)  # before the name of somebody
    degrees: frozenset[str] = field(default_factory=frozenset)  # behind it, after a comma
    by: frozenset[str] = field(default_factory=frozenset)  # before the name of who did something
    before_day: frozenset[str] = field(default_factory=frozenset)  # before the day of something
    ranges: frozenset[str] = field(default_factory=frozenset)  # between a first and a last day
    effective: frozenset[str] = field(default_factory=frozenset)  # between a treatment and what it does
    topics: frozenset[str] = field(default_factory=frozenset)
    topic_lists: frozenset[str] = field(default_factory=frozenset)
    deficits: frozenset[str] = field(default_factory=frozenset)
    elided: frozenset[str] = field(default_factory=frozenset)
    several: frozenset[str] = field(default_factory=frozenset)
    whole: frozenset[str] = field(default_factory=frozenset)
    parting: frozenset[str] = field(default_factory=frozenset)
    patients: frozenset[str] = field(default_factory=frozenset)
    lacking: frozenset[str] = field(default_factory=frozenset)
    before_results: frozenset[str] = field(default_factory=frozenset)
    going_on: frozenset[str] = field(default_factory=frozenset)
    outcomes: frozenset[str] = field(default_factory=frozenset)
    owners: frozenset[str] = field(default_factory=frozenset)
    shown: frozenset[str] = field(default_factory=frozenset)
    closing: frozenset[str] = field(default_factory=frozenset)
    finite: frozenset[str] = field(default_factory=frozenset)
    relieving: frozenset[str] = field(default_factory=frozenset)
    but_for: frozenset[str] = field(default_factory=frozenset)
    but_for_of: frozenset[str] = field(default_factory=frozenset)
    starting: frozenset[str] = field(default_factory=frozenset)
    ending: frozenset[str] = field(default_factory=frozenset)


@record
class ReasonWords:
    """Words between a request and its reason, and words of the reason (rules/assertion/reasons.yaml)."""

    joins: frozenset[str] = field(default_factory=frozenset)
    subject_joins: frozenset[str] = field(default_factory=frozenset)
    subjects: frozenset[str] = field(default_factory=frozenset)
    marks: frozenset[str] = field(default_factory=frozenset)
    tells: frozenset[str] = field(default_factory=frozenset)
    trained: frozenset[str] = field(default_factory=frozenset)
    aims: frozenset[str] = field(default_factory=frozenset)
    led: frozenset[str] = field(default_factory=frozenset)
    open: frozenset[str] = field(default_factory=frozenset)
    times: frozenset[str] = field(default_factory=frozenset)
    bullets: frozenset[str] = field(default_factory=frozenset)


def is_excepted(texts: Sequence[str], last: int, end: int, words: SmallWords) -> bool:
    """Whether an exception follows what ends at `last`, before `end` and before anything else is told: "strength is full in all
    groups except the deltoid"."""
    for place in range(last + 1, min(last + 1 + EXCEPTED, end)):
        word, behind = texts[place], texts[place + 1]
        if word in words.but_for or (word in words.but_for_of and behind in words.prepositions | {"than"}):
            return True
        if word in ";:." or (word == "," and behind not in words.but_for | words.but_for_of | {"with"}):
            return False
    return False


def is_denied_subject(texts: Sequence[str], start: int, place: int, verb: int, words: SmallWords) -> bool:
    """Whether a "no" at a place opens a statement whose verb begins at `verb`, with nothing but what is denied between: "No therapy,
    exercise or injections have been tried"."""
    while verb > place + 1 and texts[verb - 1] in words.elided:
        verb -= 1  # the "have been" of "have been tried"
    between = texts[place + 1 : verb]
    is_opening = place == start or texts[place - 1] in OPENINGS
    if not is_opening or not 0 < len(between) <= SUBJECT:
        return False
    leading = (words.verbs | words.relatives | words.prepositions) - {"of", "for", "to"}
    is_list = "," not in between or not words.alternatives.isdisjoint(between[-LAST_ENTRY:])
    return is_list and leading.isdisjoint(between) and OPENINGS.isdisjoint(between)


def tells_when(texts: Sequence[str], match: Match, phrase: AssertionPhrase, words: SmallWords) -> bool:
    """Whether a phrase tells when something was, and not that it was: "no numbness [before the fall]"."""
    place = match.first
    is_time = texts[place] in words.prepositions | words.asides or list(texts[place : place + 2]) == ["prior", "to"]
    return is_time and phrase.category == "historical" and phrase.direction == "backward"


def turns(texts: Sequence[str], first: int, last: int, words: SmallWords) -> bool:
    """Whether a verb behind a comma or an "and" tells something else than the denial before it: "and reports", but not ", has no"."""
    is_verb = texts[last] in words.verbs | words.elided and texts[first] in {",", *words.conjunctions}
    return first < last and is_verb and texts[last + 1] not in words.parting
