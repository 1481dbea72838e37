"""How many visits a payer granted, told beside what became of them: "6 of 6 authorized", "12 requested, 8 certified"."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Any

from checker.chart.amount.amounts import Amount, AmountWords
from checker.chart.context.events import DROPPED, MANY
from checker.chart.context.hits import Hit
from checker.chart.page.sections import FOREIGN
from checker.chart.page.when import Day
from checker.chart.sentence.lines import Line, Paper, is_treatment, name_of
from checker.chart.vocabulary import Recogniser
from checker.words.numbers import number_of
from checker.words.phrase import Match

APART = 3  # tokens between the number and the word that grants it
SPOKEN = 4  # tokens before that word in which a denial of it may stand
TAILS = frozenset({"d"})  # what is left of "auth'd"
PARTING = frozenset(",;:(")
TO = "to"
REACH = 8  # tokens between "modified" and "to 2"
NOT_COUNTS = frozenset({"/", "-", "%", "#"})  # beside a number: part of a day, a share or a name


def granted_of(recogniser: Recogniser, paper: Paper, line: Line, mention: Match, hits: Sequence[Hit]) -> float | None:
    """How many visits of a treatment were granted: of several in a sentence the one named before the number, else the next one."""
    key: Any = mention.key
    counted = [other for other in line.mentions if is_treatment(other) and name_of(other) in recogniser.kinds.counted]
    if key[1] not in recogniser.kinds.counted or not DROPPED.isdisjoint(hit.category for hit in hits):
        return None
    if line.section in FOREIGN | {"goals", "review"}:
        return None
    days, named = _places(line.days), _places(counted)
    words, texts = recogniser.amounts, paper.tokens.texts
    first, last = line.sentence.first, line.sentence.last
    is_payer = paper.type in recogniser.payers or not words.payers.isdisjoint(texts[first : last + 1])
    told = _reduced_in(texts, first, last, days, named, words, is_payer=is_payer)
    if told is None and is_payer:
        told = _granted_in(texts, first, last, days, named, replace(words, granted=words.granted | words.granting))
    elif told is None:
        told = _granted_in(texts, first, last, days, named, words)
    if told is None:
        return None
    before = [other for other in counted if other.first <= told[1]]
    nearest = max(before, key=lambda other: other.first) if before else min(counted, key=lambda other: other.first)
    return told[0] if mention.first <= nearest.first <= mention.last else None


def as_granted(
    recogniser: Recogniser, paper: Paper, line: Line, granted: float | None, statuses: Sequence[str], amount: Amount
) -> tuple[tuple[str, ...], Amount]:
    """Statuses and amount of a treatment, given how many visits of it were granted. What was cut to a number that is not told is not
    granted as it was asked for; "certify 2 of 8" in a payer's letter tells what is granted, and not that two were done."""
    texts, words = paper.tokens.texts[line.sentence.first : line.sentence.last + 1], recogniser.amounts
    if granted is None:
        is_cut = "authorized" in statuses and not words.reduced.isdisjoint(texts)
        return tuple(statuses), amount._replace(visits=None) if is_cut else amount
    is_payer = paper.type in recogniser.payers or not words.payers.isdisjoint(texts)
    grants = is_payer and not (words.granting | words.reduced).isdisjoint(texts) and words.had.isdisjoint(texts)
    dropped = {"authorized", "done"} if grants else {"authorized"}
    if not grants and amount.visits == granted and (had := _had_in(texts, granted, words)) is not None:
        amount = amount._replace(visits=had)
        statuses = [*statuses, "done"]
    return (*(status for status in statuses if status not in dropped), "authorized"), amount


def _had_in(texts: Sequence[str], granted: float, words: AmountWords) -> float | None:
    """The number of visits that took place, told behind the number granted: "6 authorized, 4 completed", "and he has attended three"."""
    for place, word in enumerate(texts):
        if word not in words.had:
            continue
        for spot in (place - 1, place + 1):
            number = _count(texts[spot]) if 0 < spot < len(texts) else None
            is_alone = (
                number is not None
                and texts[spot - 1] not in NOT_COUNTS | {"of"}
                and texts[spot + 1 : spot + 2] != ["/"]
            )
            if is_alone and number != granted and number is not None and number < granted:
                return number
    return None


def _reduced_in(
    texts: Sequence[str],
    first: int,
    last: int,
    days: Container[int],
    named: Container[int],
    words: AmountWords,
    *,
    is_payer: bool,
) -> tuple[float, int] | None:
    """The number of "modified to 2 visits", "modified the 8 visits of PT to 2", and where the word stands. `is_payer`: the sentence is
    a payer's or names one; else the number needs its unit."""
    for place in range(first, last + 1):
        if texts[place] not in words.reduced:
            continue
        for spot in range(place + 1, min(place + REACH, last - 1) + 1):
            if texts[spot] in PARTING or texts[spot] in words.granted:
                break
            number = _count(texts[spot + 1]) if texts[spot] == TO and spot + 1 not in days else None
            after = texts[spot + 2 : min(spot + 3, last) + 1]
            if number is None or not words.rate.isdisjoint(after[:2]):
                continue
            is_counted = words.units.get("".join(after[:1])) == "visits"
            between = range(place + 1, spot)  # "PT reduced the pain to 2"
            is_cut = not between or any(at in named or words.units.get(texts[at]) == "visits" for at in between)
            if is_counted or (is_payer and is_cut and (not after or not after[0].isalpha())):
                return number, place
    return None


def _places(spans: Iterable[Match | Day]) -> set[int]:
    return {place for span in spans for place in range(span.first, span.last + 1)}


def _granted_in(
    texts: Sequence[str], first: int, last: int, days: Container[int], named: Container[int], words: AmountWords
) -> tuple[float, int] | None:
    """The number of visits granted between two tokens and where the word stands that grants them; None where none is told.
    `days`, `named`: the places that belong to days, to names of treatments."""
    for place in range(first, last + 1):
        if texts[place] in words.granted and words.ungranted.isdisjoint(
            _clause(texts[max(place - SPOKEN, first) : place])
        ):
            after = texts[place + 1 : min(place + 2, last) + 1]
            count = _before(texts, place, first, days, named, words) or _behind(texts, place, last, days, words)
            if count is not None and words.open.isdisjoint(after):
                return count, place
    return None


def _clause(before: Sequence[str]) -> Sequence[str]:
    """The last words of a clause, behind its comma."""
    parted = [place for place, word in enumerate(before) if word in PARTING]
    return before[parted[-1] + 1 :] if parted else before


def _before(
    texts: Sequence[str], place: int, first: int, days: Container[int], named: Container[int], words: AmountWords
) -> float | None:
    """The number of "12 visits were authorized", the second one of "8 of 12 authorized", the first one of "UR: 8 of 12 authorized"."""
    spot = place - 1
    while spot > first and spot in named and texts[spot].isalpha() and words.units.get(texts[spot]) != "visits":
        spot -= 1
    if texts[spot] == "of" and spot + 1 < place:
        place, spot = spot, spot - 1  # "6 visits of acupuncture authorized"
    else:
        spot = place - 1
    while spot >= max(first, place - APART) and (
        words.units.get(texts[spot]) == "visits" or texts[spot] in words.between
    ):
        spot -= 1
    if spot < first or spot in days or (spot > first and texts[spot - 1] in NOT_COUNTS):
        return None
    is_counted = any(words.units.get(word) == "visits" for word in texts[spot + 1 : place])
    if spot > first and not is_counted and texts[spot - 1] not in words.counting and spot - 1 not in named:
        return None  # "phase 2 approved"
    is_of_request = texts[spot - 1] == "of" and not words.payers.isdisjoint(texts[first:spot])
    return _count(texts[spot - 2 if is_of_request else spot])


def _behind(texts: Sequence[str], place: int, last: int, days: Container[int], words: AmountWords) -> float | None:
    """The number of "authorized: 12", "auth'd 6 in February", "approved for 6 visits"."""
    spot = place + 1
    while spot <= min(last, place + APART) and (
        texts[spot] in words.leading or texts[spot] in TAILS or words.units.get(texts[spot]) == "visits"
    ):
        spot += 1
    after = texts[spot + 1 : spot + 2]
    if spot > last or spot in days or NOT_COUNTS.intersection(after) or not words.times.isdisjoint(after):
        return None
    if words.units.get("".join(after), "visits") != "visits":
        return None  # "approved 3 weeks ago"
    return _count(texts[spot])


def _count(token: str) -> float | None:
    number = number_of(token)
    return number if number is not None and 0 < number <= MANY and number == int(number) else None
