"""What stands between a mention and a phrase about it: the commas and conjunctions, and whether they lead on or away."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.context.hits import MANY
from checker.chart.context.small_words import SmallWords
from checker.words.phrase import Match, is_number

HEADING = 4  # tokens of a heading with its colon, at most
ITEM = 3  # words of an entry in a list of negated things
STOPPING = frozenset(";:.()")  # no list runs over one of these
CLAUSE_ENDS = frozenset(".,;)")


def told_from(texts: Sequence[str], first: int, last: int, words: SmallWords) -> int:
    """Where a sentence begins to tell of the patient behind the heading that opens it ("Plan: He has failed"), else its first token."""
    colon = next((place for place in range(first + 1, min(first + HEADING, last - 2)) if texts[place] == ":"), None)
    if colon is None:
        return first
    person = colon + 1 + (texts[colon + 1] == "the")
    is_told = texts[person] in words.patients and texts[person + 1] in words.verbs
    return colon + 1 if is_told else first


def is_complement(between: Sequence[str], words: SmallWords) -> bool:
    """Whether a preposition leads away from what is negated: "no relief with ibuprofen", but not "no symptoms of numbness"."""
    for place in range(len(between) - 1, -1, -1):
        word = between[place]
        if word in words.conjunctions or word == ",":
            return False
        if word in words.prepositions and (
            place == 0 or between[place - 1] not in words.leading_on | words.alternatives
        ):
            return True
    return False


def is_of_the_last(between: Sequence[str], words: SmallWords, *, is_each: bool = False, opening: str = "") -> bool:
    """Whether a result is told of the last of several things only: "naproxen and an injection that helped". `is_each`: it ends with
    "each": "therapy, and three injections with a week of relief each". `opening`: its first word; an amount behind "and one injection
    with" is of that one."""
    joints = [place for place, word in enumerate(between) if word == "," or word in words.conjunctions]
    rest = between[joints[-1] + 1 :] if joints else ()
    if is_each and rest:
        return not words.prepositions.isdisjoint(rest)
    if rest and rest[0] in words.each:
        return len(joints) > 1
    if rest and rest[0] in words.relatives and len(joints) > 1 and between[joints[-2] + 1] in words.single:
        return True  # "therapy, pills, and an injection, which gave relief"
    is_amount = opening in words.single or (bool(opening) and is_number(opening))
    if is_amount and rest and rest[0] in words.single and rest[-1] in words.prepositions:
        return True
    return any(word in words.relatives and rest[place] not in words.prepositions for place, word in enumerate(rest[1:]))


def is_of_one_entry(before: str, told: Sequence[str], behind: Sequence[str], words: SmallWords) -> bool:
    """Whether a result closes one entry of a list that goes on behind it: "therapy, an injection [with 60% relief] for four months, and
    pills". `before`: the word before it; `told`: its own words; `behind`: what follows up to the end of the sentence."""
    leads_back = words.prepositions | words.denying | {","}
    if before not in leads_back and told[0] not in leads_back:
        return False
    joint = next((place for place, word in enumerate(behind) if word == "," or word in words.conjunctions), None)
    if joint is None or behind[joint] not in (",", "and"):
        return False
    if any(word.isalpha() and word not in words.measures and not is_number(word) for word in behind[:joint]):
        return False
    rest = behind[joint + 1 :]
    return len(rest) > 1 and (words.verbs | words.relatives | words.listed_off).isdisjoint(rest)


def names_another(between: Sequence[str], words: SmallWords) -> bool:
    """Whether a further entry of a list is named behind the last comma: "therapy, acupuncture x 6 with"."""
    last = max((place for place, word in enumerate(between) if word == ","), default=len(between))
    opening = between[last + 1 : last + 2]
    return bool(opening) and (words.prepositions | words.relatives | words.denying).isdisjoint(opening)


def is_counted_apart(between: Sequence[str], words: SmallWords) -> bool:
    """Whether a mention has an amount of its own before the comma of an entry that is denied: "a cold unit 14 days, CPM not requested".
    A list that a conjunction closes is denied as a whole."""
    last = next((place for place in range(len(between) - 1, 0, -1) if between[place] == ","), None)
    if last is None or not any(word[0].isdigit() for word in between[:last]):
        return False
    return len(between) - last > 1 and words.conjunctions.isdisjoint(between)


def is_new_statement(between: Sequence[str], words: SmallWords) -> bool:
    """Whether the words between a mention and a phrase behind it hold a statement of their own."""
    joints = [place for place, word in enumerate(between) if word == "," or word in words.conjunctions]
    if not joints:
        return False
    last = joints[-1]
    rest = between[last + 1 :]
    if len(rest) > 1 and rest[0] in words.relatives and rest[1] in words.patients:
        return any(word in words.verbs for word in between[:last])  # "was negative for Norco, which he is prescribed"
    going_on = words.verbs | words.each | words.going_on
    if not rest or rest[0] in going_on:
        return False
    if any(word in words.verbs for word in between[:last]):
        return True
    if between[last] == "," and rest[0] in words.asides and words.relatives.isdisjoint(rest):
        return True  # "naproxen, after Tylenol had not sufficed"
    return between[last] == "," and len(joints) == 1 and len(rest) > 1


def takes_up(texts: Sequence[str], match: Match, first: int, end: int, words: SmallWords) -> bool:
    """Whether a result behind a semicolon takes up what stands before it, from `first` on: "therapy and an injection; neither helped",
    "therapy; no lasting gain." """
    marks = [place for place in range(first, match.first) if texts[place] == ";"]
    if len(marks) != 1:
        return False
    opening, behind = marks[0] + 1, min(match.last + 1, end)
    is_whole = match.first == opening and texts[match.last if behind == end else behind] in CLAUSE_ENDS
    return texts[opening] in words.several or (is_whole and texts[opening] in words.denying)


def is_run(between: Sequence[str], words: SmallWords) -> bool:
    """Whether the words between a denial and a thing are a list of many short entries."""
    members = length = 0
    for word in between:
        if word in words.verbs or word in STOPPING:
            return False
        length = 0 if word == "," or word in words.conjunctions else length + 1
        members += word == ","
        if length > ITEM + 1:
            return False
    return members >= MANY


def ends_within(denial: str, between: Sequence[str], words: SmallWords) -> bool:
    """Whether a denial has ended with its own statement before a mention: "[without] a brace he has", or is of what would
    have helped: "did [not] relieve", "[no] pill takes away"."""
    if any(word in words.relieving for word in between):
        return True
    return denial in words.closing and not words.finite.isdisjoint(between)
