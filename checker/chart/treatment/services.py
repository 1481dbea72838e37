"""The treatments that a sentence names → what happened to each, asked of all that the sentence, its section and its paper say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checker.chart.amount.amounts import Amount
from checker.chart.amount.scores import Change, changes_of
from checker.chart.context.events import (
    MONTHS_IN_YEAR,
    PENDING,
    PLANS,
    RESPONSES,
    amount_of,
    is_stopped,
    response_of,
    statuses_of,
    times_before,
)
from checker.chart.context.hits import NEGATING, Hit
from checker.chart.model import TreatmentEvent
from checker.chart.page.layout import Sentence
from checker.chart.page.sections import FOREIGN
from checker.chart.page.when import days_between
from checker.chart.place.levels import TREATMENT
from checker.chart.place.surroundings import NOWHERE, Place, on_same_side
from checker.chart.sentence.lines import Line, Paper, evidence_of, is_treatment
from checker.chart.treatment.granted import as_granted, granted_of
from checker.chart.treatment.named_for import is_supposed, own_hits
from checker.chart.treatment.reasons import is_reason
from checker.chart.treatment.seen_on import with_seen
from checker.chart.vocabulary import PAPER, Recogniser
from checker.words.dates import day_before, is_year
from checker.words.numbers import number_of
from checker.words.phrase import Match

JOINING = frozenset({"and", "or", ",", "/"})  # between two treatments of one length of use
JOINED = 3  # tokens between them at most
SHARING = 12  # treatments behind one that share their length of use with it, at most
TIED = 10  # tokens between a treatment and the scores that tell of it
# Kinds of findings that only a study that was done can give.
ON_RECORD = frozenset({"imaging", "electrodiagnostic", "lab"})
HANDED = "handed"
UNSAID = "untold"  # of a kind of paper: a service that it names without more was neither done nor asked for
NEXT = 2  # tokens between a treatment in a plan and the day on which it was done
ASKED = 2  # tokens between a treatment and the mark of the question that a plan asks about it
BRACKET = 8  # tokens to such a day in brackets
SCALES = frozenset({"4", "5", "10"})  # behind a slash rather a scale than a day
MONTH_NUMBERS, DAY_NUMBERS = range(1, MONTHS_IN_YEAR + 1), range(1, 32)
DATED = 5  # tokens between a treatment and its day, or the colon before its result
# Where a bare name says nothing of what was done.
UNTOLD = FOREIGN | {"allergies", "goals", "review"}


def events_of(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> Iterable[TreatmentEvent]:
    """What happened to a treatment: one event a body part, none where the words do not say that anything did."""
    key: Any = mention.key
    hits = _hits_of(recogniser, paper, line, mention)
    amount = _amount(recogniser, paper, line, mention)
    told = _by_scores(recogniser, paper, line, mention)
    if told and told[0].distance == 0:
        hits = [*told, *hits]
    is_past = any(hit.category == "historical" for hit in hits) or _is_undated(recogniser, paper, line, mention)
    day = line.calendar.of(mention.first, mention.last, line.days, past=is_past)
    short = _short_day(recogniser, paper, line, mention)
    day = day_before(*short, paper.date) if short and paper.date else day
    section = "" if line.section == "plan" and _is_past(paper, line, mention) else line.section
    usual = _usual(recogniser, paper, line, mention)
    is_own, is_alone = key[1] in recogniser.kinds.own, mention.last >= line.sentence.last - 1
    statuses = statuses_of(hits, section, amount, usual, is_own=is_own, is_alone=is_alone)
    if section in PLANS and PENDING.issuperset(statuses) and _is_by_the_way(paper, line, mention):
        return
    granted = granted_of(recogniser, paper, line, mention, hits)
    statuses, amount = as_granted(recogniser, paper, line, granted, statuses, amount)
    response = response_of([*told, *hits], _borders(line, mention)[1] - mention.last)
    for status in statuses:
        # Of what is gone on with the number is that of what is to come.
        is_told = status != "done" or len(statuses) == 1 or granted is not None
        for place in _places_of(recogniser, line, mention, response):
            yield TreatmentEvent(
                treatment=key[1],
                status=status,
                response=response if status == "done" else "not_stated",
                visits=(granted if status == "authorized" and granted else amount.visits) if is_told else None,
                days=amount.days,
                start=day,
                body_part=place.part,
                side=place.side,
                levels=line.levels.of(mention.first, mention.last, TREATMENT),
                evidence=evidence_of(line, paper, day),
                stopped=status == "done" and is_stopped(hits),
            )


def _places_of(recogniser: Recogniser, line: Line, mention: Match, response: str) -> Iterable[Place]:
    """The parts and sides to which a treatment was given."""
    key: Any = mention.key
    is_local = key[1] in recogniser.kinds.local
    for told_of in line.places.of_treatment(mention.first, mention.last, is_local=is_local):
        if told_of == NOWHERE and response in RESPONSES and is_local:
            told_of = line.places.only(mention.first, mention.last)  # "therapy and naproxen did nothing for the knee"
        yield on_same_side(told_of, line.around, recogniser.limbs)


def _hits_of(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> list[Hit]:
    """What the words around a treatment say of one of its kind."""
    key: Any = mention.key
    hits = line.context.hits(mention.first, mention.last, mention.gaps, within=True)
    hits = own_hits(recogniser, paper, line, mention, hits)
    if key[1] in recogniser.kinds.studied:
        hits = with_seen(recogniser, line, paper.tokens.texts, mention, hits)
    if key[1] not in recogniser.kinds.curing:
        hits = [hit for hit in hits if hit.category not in RESPONSES]  # "MRI, failed three months of care"
    if any(hit.category in NEGATING and hit.before for hit in hits):
        hits = [hit for hit in hits if hit.category != "historical" or hit.before]  # "had never had it before the fall"
    if is_supposed(recogniser, paper, line, mention):
        hits = [hit for hit in hits if hit.category not in NEGATING or not hit.before]
    if key[1] not in recogniser.kinds.resulting:
        hits = [hit for hit in hits if hit.category != "resulted"]  # "consultation if the MRI is positive"
    if key[1] not in recogniser.kinds.drugs:
        # A drug that is handed over is a prescription of today, a brace is worn from now on.
        hits = [hit._replace(category="done") if hit.category == HANDED else hit for hit in hits]
    return [hit for hit in hits if not is_reason(recogniser, paper, line, mention, hit, hits)]


def _is_by_the_way(paper: Paper, line: Line, mention: Match) -> bool:
    """Whether a plan only asks itself about a treatment ("LSO?"), or names it as the reason for another one ("labs, given losartan")."""
    texts = paper.tokens.texts
    if "?" in texts[mention.last + 1 : min(mention.last + ASKED, line.sentence.last) + 1]:
        return True
    named = [other.last for other in line.mentions if is_treatment(other) and other.last < mention.first]
    return bool(named) and line.context.gives_reason(min(named), mention.first)


def _amount(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> Amount:
    """How much of a treatment its own words tell, or those it shares with others."""
    key: Any = mention.key
    low, high = _borders(line, mention)
    texts, words = paper.tokens.texts, recogniser.amounts
    unit = recogniser.kinds.counted.get(key[1], "")
    amount = amount_of(texts, mention.first, mention.last, low, high, words, paper.date, counted=unit)
    if key[-1] == PAPER and amount.visits is None and mention.numbers:
        amount = amount._replace(visits=number_of(texts[mention.numbers[0]]))
    if key[1] in recogniser.kinds.repeated and amount.visits is None:
        amount = amount._replace(visits=times_before(texts, mention.first, low, words))
    if key[1] in recogniser.kinds.drugs:
        amount = amount._replace(visits=None)  # "once a day for four weeks"
        before = list(texts[max(mention.first - 2, 0) : mention.first])
        if before == ["out", "of"] or not recogniser.small.lacking.isdisjoint(before[-1:]):
            amount = amount._replace(days=None)  # "off Percocet since January"
    if amount.days is None and (spanned := days_between(line.days, texts, low, high)):
        amount = amount._replace(days=spanned)
    if amount.days is None and (shared := _shared_days(recogniser, paper, line, mention)):
        amount = amount._replace(days=shared)
    return amount


def _shared_days(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> float | None:
    """The length of use that stands behind the last of several things: "naproxen and Tylenol for four months"."""
    texts, place = paper.tokens.texts, mention
    named = [other for other in line.mentions if is_treatment(other) and other.first > mention.last]
    for _ in range(SHARING):
        following = [
            other
            for other in named
            if 0 < other.first - place.last <= JOINED and JOINING.issuperset(texts[place.last + 1 : other.first])
        ]
        if not following:
            break
        place = max(following, key=lambda other: other.last)
        _, high = _borders(line, place)
        words = recogniser.amounts
        if days := amount_of(texts, place.first, place.last, place.first, high, words, paper.date).days:
            return days
    return None


def _by_scores(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> list[Hit]:
    """What two scores of pain in the sentence say of the treatment named nearest to them."""
    texts, sentence = paper.tokens.texts, line.sentence
    named = [other for other in line.mentions if is_treatment(other)]
    asides = [other for other in named if _is_aside(recogniser, texts, sentence, other, named)]
    if mention in asides:
        return []
    names = {other.first for other in named}
    parts = line.places.tokens()
    bare = bare_scores(recogniser, line)
    for change in changes_of(texts, sentence.first, sentence.last, names, parts, recogniser.scores, bare):
        told = [other for other in named if other not in asides]
        if any(other.last < change.first for other in told):
            # "used the unit, the pain fell from 8 to 5 and he cut tramadol": what is cut did not bring it down
            told = [one for one in told if one.first < change.last or texts[one.first - 1] in recogniser.scores.with_it]
        if mention not in told:
            continue
        nearest = min(_apart(other, change) for other in told)
        if _apart(mention, change) == nearest:
            tie = texts[max(mention.first - 1, 0)] in recogniser.scores.with_it or nearest <= TIED
            return [Hit(change.response, 0 if tie else nearest, mention.first < change.first)]
    return []


def score_changes(recogniser: Recogniser, paper: Paper, line: Line) -> list[Change]:
    """The comparisons of two scores of pain in a sentence."""
    names = {other.first for other in line.mentions if is_treatment(other)}
    texts, sentence, bare = paper.tokens.texts, line.sentence, bare_scores(recogniser, line)
    parts = line.places.tokens()
    return list(changes_of(texts, sentence.first, sentence.last, names, parts, recogniser.scores, bare))


def bare_scores(recogniser: Recogniser, line: Line) -> frozenset[int]:
    """The places of numbers that are scores of pain without a scale."""
    return frozenset(
        mention.first for mention in line.mentions if mention.key in recogniser.scored and mention.first == mention.last
    )


def _is_aside(
    recogniser: Recogniser, texts: Sequence[str], sentence: Sentence, mention: Match, named: Sequence[Match]
) -> bool:
    """Whether a treatment is only told of between commas: "naproxen, after Tylenol had failed, brings the pain down"."""
    opening = next((p for p in range(mention.first - 1, sentence.first, -1) if texts[p] == ","), None)
    if opening is None or "," not in texts[mention.last + 1 : sentence.last + 1]:
        return False
    leads_away = texts[opening + 1] in recogniser.small.prepositions | recogniser.small.relatives
    return leads_away and any(other.last < opening for other in named)


def _apart(mention: Match, change: Change) -> int:
    return max(change.first - mention.last, mention.first - change.last, 0)


def _usual(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> str | None:
    """What is meant where no word says whether a treatment was done: by the kind of paper; else a drug is taken, and what has its
    result or its day beside it was done ("MRI cervical: disc extrusion", "ORIF 9/8/15")."""
    key: Any = mention.key
    if _is_told_of(recogniser, line, mention):
        return "done"
    if paper.type and paper.type in recogniser.services:
        told = recogniser.services[paper.type]
        if told == "requested" and _is_past(paper, line, mention, DATED):
            return "done"  # what a request tells of care before it: "Cortisone injections 7/30/18 and 10/8/18"
        return told if told != UNSAID else None
    before = paper.tokens.texts[mention.first - 1] if mention.first > line.sentence.first else ""
    if line.section in UNTOLD or before in recogniser.small.idle:
        return None
    is_told = key[1] in recogniser.kinds.taken or _is_dated(paper, line, mention)
    is_told = (
        is_told
        or _short_day(recogniser, paper, line, mention) is not None
        or _has_year(recogniser, line, mention, before)
    )
    return "done" if is_told or (key[1] in recogniser.kinds.studied and _has_result(paper, line, mention)) else None


def _is_undated(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> bool:
    """Whether the paper's day says nothing of when a thing was done that happens on one day: "underwent a fusion" in a note."""
    key: Any = mention.key
    is_of_paper = recogniser.services.get(paper.type or "") == "done"
    today = paper.tokens.texts[line.sentence.first : line.sentence.last + 1]
    return key[1] in recogniser.kinds.momentary and not is_of_paper and recogniser.small.today.isdisjoint(today)


def _is_past(paper: Paper, line: Line, mention: Match, reach: int = NEXT) -> bool:
    """Whether a day before the paper's stands right behind a mention, or with it in brackets: "Surgery: Achilles repair 8/22/17" in a
    plan was done."""
    reach = BRACKET if paper.tokens.texts[mention.last + 1 : mention.last + 2] == ["("] else reach
    _, high = _borders(line, mention)
    return any(
        day.exact
        and mention.last < day.first <= min(mention.last + reach, high)
        and paper.date is not None
        and day.date < paper.date
        for day in line.days
    )


def _is_dated(paper: Paper, line: Line, mention: Match) -> bool:
    """Whether a day stands beside a mention that is not after the paper."""
    reach = BRACKET if paper.tokens.texts[mention.last + 1 : mention.last + 2] == ["("] else DATED
    return any(
        day.kind != "never"
        and 0 < max(day.first - mention.last, mention.first - day.last) <= reach
        and (paper.date is None or day.date <= paper.date)
        for day in line.days
    )


def _has_year(recogniser: Recogniser, line: Line, mention: Match, before: str) -> bool:
    """Whether a year opens the sentence of an operation: "2011 carpal tunnel release"."""
    key: Any = mention.key
    opens = mention.first == line.sentence.first + 1 and key[1] in recogniser.kinds.momentary
    return opens and is_year(before)


def _short_day(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> tuple[int, int] | None:
    """Month and day that stand behind an operation, an injection or a study: "trial placed 8/7", "MRI 2-14". What may be a score or a
    grade is none."""
    key: Any = mention.key
    if key[1] not in recogniser.kinds.momentary | recogniser.kinds.studied:
        return None
    texts, joins = paper.tokens.texts, recogniser.bare.dating
    for place in range(mention.last + 1, min(mention.last + NEXT + 2, len(texts) - 2)):
        if texts[place][0].isalpha() and texts[place] not in joins and not line.places.names(place):
            return None
        month, mark, day = texts[place : place + 3]
        if not month[0].isalpha() and (mark not in ("/", "-") or not month.isdecimal()):
            return None
        if mark in ("/", "-") and month.isdecimal() and day.isdecimal():
            is_month, is_day = number_of(month) in MONTH_NUMBERS, number_of(day) in DAY_NUMBERS and day not in SCALES
            is_whole = texts[place + 3 : place + 4] not in (["/"], ["-"])
            return (int(month), int(day)) if is_month and is_day and is_whole else None
    return None


def _has_result(paper: Paper, line: Line, mention: Match) -> bool:
    """Whether a colon with words behind it stands after a mention and its part of the body."""
    end = min(mention.last + 1 + DATED, line.sentence.last)
    return ":" in paper.tokens.texts[mention.last + 1 : end]


def _is_told_of(recogniser: Recogniser, line: Line, mention: Match) -> bool:
    """Whether a study is named in words that tell its result: "X-rays of the knee, two views: no fracture"."""
    for other in line.mentions:
        key: Any = other.key
        if key[0] == "present" and other.first <= mention.first and mention.last <= other.last:
            is_study = recogniser.findings[key[1]].kind in ON_RECORD and mention.first - other.first <= 1
            if is_study and not line.context.hits(other.first, other.last, other.gaps):
                return True
    return False


def _borders(line: Line, mention: Match) -> tuple[int, int]:
    """First and last token that may speak of a treatment's amount: up to the treatments named before and after it."""
    low, high = line.sentence.first, line.sentence.last
    for other in line.mentions:
        key: Any = other.key
        if key[0] != "treatment":
            continue
        if other.last < mention.first:
            low = max(low, other.last + 1)
        elif other.first > mention.last:
            high = min(high, other.first - 1)
    return low, high
