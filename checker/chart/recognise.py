"""Findings and treatment events in the text of a paper: phrases of the vocabulary, judged by the words around."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from checker.chart.assertion import Hit
from checker.chart.events import amount_of, response_of, statuses_of
from checker.chart.follow import REMEMBERED, response_to
from checker.chart.layout import Sentence, line_breaks, without_unticked
from checker.chart.lines import Line, Paper, lines_of
from checker.chart.model import Evidence, Finding, TreatmentEvent
from checker.chart.parts import NOWHERE, Place
from checker.chart.results import Result
from checker.chart.scores import Change, changes_of
from checker.chart.vocabulary import Recogniser as Recogniser
from checker.chart.vocabulary import build_recogniser as build_recogniser
from checker.record import record
from checker.rulebook.model import FindingType
from checker.source import Source
from checker.words.marks import spelled_out
from checker.words.numbers import number_of
from checker.words.phrases import Match
from checker.words.tokens import tokenize

DROPPED = frozenset({"guideline", "other_person", "requested", "denied", "goal"})
GOALS = frozenset({"statement", "work"})  # kinds of findings that a goal may state
TOLD_IN_PLAN = frozenset({"statement", "work", "safeguard"})  # kinds of findings that a plan may state
REASONS = frozenset({"statement"})  # kinds of findings that a request itself may state, as why it is made
# Kinds that a plain "no" does not make absent: what is not stated is silence, and a nerve test that excludes one disease may
# show another.
TOLD_ONLY = frozenset({"statement", "electrodiagnostic"})
NEGATIONS = frozenset({"no", "not", "without", "denies", "denied", "never", "non", "nor"})
NEGATED = {"not_done": "negated"}  # of a finding it says the same
ON_RECORD = frozenset({"imaging", "electrodiagnostic", "lab"})  # kinds that only a study that was done can give
NEVER_PLANNED = frozenset({"statement", "exam", "symptom", "diagnosis", "measure"})
JOINING = frozenset({"and", "or", ",", "/"})  # between two treatments of one length of use
JOINED = 3  # tokens between them at most
TIED = 10  # tokens between a treatment and the scores that tell of it
SILENT_SECTIONS = frozenset({"family", "review"})  # somebody else's illness, the payer's words


@record
class Reading:
    """What one page says."""

    findings: tuple[Finding, ...] = ()
    events: tuple[TreatmentEvent, ...] = ()


def read_text(
    recogniser: Recogniser,
    text: str,
    *,
    document: str,
    page: int,
    date: datetime.date | None,
    document_type: str | None,
    injury: datetime.date | None = None,
) -> Reading:
    """Read one page. Offsets in the evidence count from the start of `text`; a quote is the sentence, blanks folded.
    `injury`: its day, where it is known."""
    told_text = without_unticked(text)
    begins = line_breaks(told_text)
    tokens = spelled_out(told_text, recogniser.mender.mend(tokenize(told_text)), begins)
    source = Source(document, text)
    paper = Paper(source, told_text, tokens, begins, document, page, date, document_type, injury)
    findings: list[Finding] = []
    events: list[TreatmentEvent] = []
    spoken: list[TreatmentEvent] = []  # what the sentences before told of treatments
    age = 0
    for line in lines_of(recogniser, paper):
        told: list[Finding] = []
        known = len(events)
        for mention in line.mentions:
            key: Any = mention.key
            if key[0] == "treatment":
                events.extend(_events(recogniser, paper, line, mention))
            else:
                told.extend(_findings(recogniser, paper, line, mention))
        if any(_is_treatment(mention) for mention in line.mentions):
            spoken, age = events[known:], 0
        else:
            events.extend(_followed(recogniser, paper, line, spoken))
            age += 1
            spoken = spoken if age < REMEMBERED else []
        findings.extend(_agreed(recogniser, told))
    return Reading(tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(events)))


def _agreed(recogniser: Recogniser, told: Sequence[Finding]) -> Iterable[Finding]:
    """What a sentence says, without a response that the same sentence denies: "no significant improvement with therapy"."""
    denied = {finding.finding for finding in told if finding.status == "absent"}
    return [
        finding
        for finding in told
        if finding.finding not in denied
        or finding.status == "absent"
        or recogniser.findings[finding.finding].kind != "response"
    ]


def _findings(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> Iterable[Finding]:
    """What one mention says: usually one finding, several where several parts or sides are named, none for idle talk."""
    key: Any = mention.key
    kind, name = key
    definition = recogniser.findings[name]
    if line.context.is_broken(mention.gaps) or (
        kind == "number" and _is_other_number(mention, definition, line, paper)
    ):
        return
    said = _said(definition, paper, line, mention)
    if said is None or (kind == "present" and "negated" in said and definition.kind in TOLD_ONLY):
        return
    is_told = kind == "number" or definition.kind in TOLD_IN_PLAN or "continued" in said
    if line.section == "plan" and not is_told:
        return
    context = line.around if definition.kind in recogniser.carried else NOWHERE
    if name in recogniser.fitting and line.places.is_elsewhere(
        mention.first, mention.last, recogniser.fitting[name], line.around
    ):
        return
    for result in _outcomes(kind, said, line, mention):
        first, last = min(mention.first, result.first), max(mention.last, result.last)
        for place in line.places.of(first, last, definition.body_parts, context):
            finding = _finding(definition, result.status, said, place, mention, line, paper)
            yield finding
            if finding.status == "present" and finding.time in ("current", "historical"):
                yield from _implied(definition, finding)


def _said(definition: FindingType, paper: Paper, line: Line, mention: Match) -> frozenset[str] | None:
    """What the words around a finding make of it; None where nothing is said of this patient now."""
    hits = line.context.hits(mention.first, mention.last, mention.gaps)
    # A plan told behind a finding is of something else: "a man with diabetes is scheduled for surgery".
    said = frozenset(NEGATED.get(hit.category, hit.category) for hit in hits if hit.before or hit.category != "planned")
    if definition.kind == "response" and line.context.fails(mention.first):
        said |= {"negated"}  # "not helped" holds "helped"
    if paper.tokens.texts[mention.first] in NEGATIONS:
        said -= {"negated"}  # it says no by itself: "no spasm, no clonus"
    elif "negated" in said:
        said -= {"denied"}  # "numbness was denied" by the patient
    if definition.kind in ON_RECORD and "planned" in said and "uncertain" not in said:
        return None
    if definition.kind == "statement":
        said -= {"uncertain"}  # that something is suspected is what it states
    if definition.kind in GOALS:
        said -= {"goal"}
    elif definition.kind == "response" and line.context.is_purpose(mention.first):
        return None
    if "conditional" in said and "uncertain" not in said:
        return None  # what may come is no fact
    dropped = DROPPED - {"requested"} if definition.kind in REASONS else DROPPED
    return None if said & dropped or line.section in SILENT_SECTIONS else said


def _outcomes(kind: str, said: frozenset[str], line: Line, mention: Match) -> list[Result]:
    """The status of a finding; for a test its results, none where no result stands beside it."""
    first, last = mention.first, mention.last
    if "not_documented" in said:
        return [Result("not_stated", first, last)]
    if kind == "test":
        return line.results.of(first, last) or ([Result("absent", first, last)] if "negated" in said else [])
    if kind == "absent":
        return [] if "negated" in said else [Result("absent", first, last)]
    return [Result("absent" if "negated" in said else "present", first, last)]


def _time(status: str, said: frozenset[str], definition: FindingType) -> str:
    if "uncertain" in said or status == "possible":
        return "possible"
    if "planned" in said and definition.kind not in NEVER_PLANNED:
        return "planned"
    return "historical" if "historical" in said else "current"


def _finding(
    definition: FindingType,
    status: str,
    said: frozenset[str],
    place: Place,
    mention: Match,
    line: Line,
    paper: Paper,
) -> Finding:
    key: Any = mention.key
    value = _number(mention, paper.tokens.texts) if key[0] == "number" else None
    day = line.calendar.of(mention.first, mention.last, line.days)
    return Finding(
        finding=definition.id,
        status="present" if status == "possible" else status,
        body_part=place.part,
        side=place.side,
        date=day,
        value=value,
        unit=definition.unit if value is not None else None,
        time=_time(status, said, definition),
        evidence=_evidence(line, paper, day),
    )


def _implied(definition: FindingType, finding: Finding) -> Iterable[Finding]:
    return [replace(finding, finding=name, value=None, unit=None) for name in definition.implies]


def _is_other_number(mention: Match, definition: FindingType, line: Line, paper: Paper) -> bool:
    """Whether the number is part of a date, or a grade where the finding counts something else ("abduction 4/5")."""
    if any(day.first <= place <= day.last for day in line.days for place in mention.numbers):
        return True
    after = paper.tokens.texts[mention.last + 1 : mention.last + 2]
    return after == ["/"] and not (definition.unit or "").startswith("/")


def _number(mention: Match, texts: Sequence[str]) -> float | None:
    return number_of(texts[mention.numbers[0]]) if mention.numbers else None


def _events(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> Iterable[TreatmentEvent]:
    """What happened to a treatment: one event a body part, none where the words do not say that anything did."""
    key: Any = mention.key
    texts = paper.tokens.texts
    hits = line.context.hits(mention.first, mention.last, mention.gaps, within=True)
    low, high = _borders(line, mention)
    amount = amount_of(
        texts,
        mention.first,
        mention.last,
        low,
        high,
        recogniser.amounts,
        paper.date,
        counted=key[1] in recogniser.counted,
    )
    if amount.days is None and (shared := _shared_days(recogniser, paper, line, mention)):
        amount = amount._replace(days=shared)
    told = _by_scores(recogniser, paper, line, mention)
    if told and told[0].distance == 0:
        hits = [*told, *hits]
    day = line.calendar.of(mention.first, mention.last, line.days)
    usual = "done" if _is_told_of(recogniser, line, mention) else recogniser.services.get(paper.type or "")
    for status in statuses_of(hits, line.section, amount, usual):
        for place in line.places.of_treatment(mention.first, mention.last):
            yield TreatmentEvent(
                treatment=key[1],
                status=status,
                response=response_of([*told, *hits]) if status == "done" else "not_stated",
                visits=amount.visits,
                days=amount.days,
                start=day,
                body_part=place.part,
                side=place.side,
                evidence=_evidence(line, paper, day),
            )


def _followed(
    recogniser: Recogniser, paper: Paper, line: Line, spoken: Sequence[TreatmentEvent]
) -> Iterable[TreatmentEvent]:
    """The treatments told of before with what this sentence says of them."""
    open_ones = [event for event in spoken if event.status == "done" and event.response == "not_stated"]
    if not open_ones or line.section in ("plan", "family", "review"):
        return
    texts, sentence = paper.tokens.texts, line.sentence
    changes = changes_of(texts, sentence.first, sentence.last, (), line.places.tokens(), recogniser.scores)
    response = response_to(
        texts,
        sentence,
        line.context,
        [change.response for change in changes],
        recogniser.follow,
        several=len({event.treatment for event in spoken}) > 1,
    )
    if response is not None:
        day = line.calendar.of(sentence.first, sentence.first, line.days)
        for event in open_ones:
            yield replace(event, response=response, evidence=_evidence(line, paper, day))


def _shared_days(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> float | None:
    """The length of use that stands behind the last of several things: "naproxen and Tylenol for four months"."""
    texts, place = paper.tokens.texts, mention
    while following := [
        other
        for other in line.mentions
        if _is_treatment(other)
        and other.first > place.last
        and JOINING.issuperset(texts[place.last + 1 : other.first])
        and other.first - place.last <= JOINED
    ]:
        place = max(following, key=lambda other: other.last)
        _, high = _borders(line, place)
        words = recogniser.amounts
        if days := amount_of(texts, place.first, place.last, place.first, high, words, paper.date).days:
            return days
    return None


def _by_scores(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> list[Hit]:
    """What two scores of pain in the sentence say of the treatment named nearest to them."""
    texts, sentence = paper.tokens.texts, line.sentence
    named = [other for other in line.mentions if _is_treatment(other)]
    asides = [other for other in named if _is_aside(recogniser, texts, sentence, other, named)]
    if mention in asides:
        return []
    names = {other.first for other in named}
    parts = line.places.tokens()
    for change in changes_of(texts, sentence.first, sentence.last, names, parts, recogniser.scores):
        nearest = min(_apart(other, change) for other in named if other not in asides)
        if _apart(mention, change) == nearest:
            tie = texts[max(mention.first - 1, 0)] in recogniser.scores.with_it or nearest <= TIED
            return [Hit(change.response, 0 if tie else nearest, mention.first < change.first)]
    return []


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


def _is_treatment(mention: Match) -> bool:
    key: Any = mention.key
    return bool(key[0] == "treatment")


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


def _evidence(line: Line, paper: Paper, day: datetime.date | None) -> Evidence:
    start, end = paper.tokens.starts[line.sentence.first], paper.tokens.ends[line.sentence.last]
    return Evidence(
        document=paper.document,
        quote=line.quote,
        page=paper.page,
        line=line.number,
        start=start,
        end=end,
        date=day,
        document_type=paper.type,
    )
