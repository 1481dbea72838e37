"""Words that steer the reach of a phrase, as data: prepositions, conjunctions, verbs, words for the patient …"""

from __future__ import annotations

from collections.abc import Sequence

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

    prepositions: frozenset[str] = frozenset()
    leading_on: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    having: frozenset[str] = frozenset()
    sought: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()
    alternatives: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    purpose: frozenset[str] = frozenset()
    before_purpose: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()  # tell how long a result lasted
    listed_off: frozenset[str] = frozenset()  # behind a result, what they open is no entry of a list
    each: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()  # before one thing
    ending_names: frozenset[str] = frozenset()
    hedges: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    today: frozenset[str] = frozenset()
    this_day: frozenset[str] = frozenset()  # … those that can mean no other day
    titles: frozenset[str] = frozenset()  # before the name of somebody
    degrees: frozenset[str] = frozenset()  # behind it, after a comma
    by: frozenset[str] = frozenset()  # before the name of who did something
    before_day: frozenset[str] = frozenset()  # before the day of something
    ranges: frozenset[str] = frozenset()  # between a first and a last day
    effective: frozenset[str] = frozenset()  # between a treatment and what it does
    topics: frozenset[str] = frozenset()
    topic_lists: frozenset[str] = frozenset()
    deficits: frozenset[str] = frozenset()
    elided: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    parting: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    before_results: frozenset[str] = frozenset()
    going_on: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    adding: frozenset[str] = frozenset()  # before one more entry of a list
    seen_on: frozenset[str] = frozenset()  # before the study on which something is seen or not
    closing: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    relieving: frozenset[str] = frozenset()
    but_for: frozenset[str] = frozenset()
    but_for_of: frozenset[str] = frozenset()
    starting: frozenset[str] = frozenset()
    ending: frozenset[str] = frozenset()


@record
class ReasonWords:
    """Words between a request and its reason, and words of the reason (rules/assertion/reasons.yaml)."""

    joins: frozenset[str] = frozenset()
    subject_joins: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()
    trained: frozenset[str] = frozenset()
    aims: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    bullets: frozenset[str] = frozenset()


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
