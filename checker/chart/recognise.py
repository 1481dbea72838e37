"""Findings and treatment events in the text of a paper: phrases of the vocabulary, judged by the words around."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from checker.chart.codes import CODE
from checker.chart.events import AmountWords, bounded, care_of
from checker.chart.layout import line_breaks, without_unticked
from checker.chart.lines import Line, Paper, evidence_of, lines_of
from checker.chart.model import Finding, TreatmentEvent
from checker.chart.parts import NOWHERE, Place, on_same_side
from checker.chart.results import Result
from checker.chart.scores import SCORE, TOP, is_gain, is_scale_end
from checker.chart.sections import FOREIGN
from checker.chart.services import ON_RECORD, Memory
from checker.chart.tables import answers, headed_cells, joined, told_apart, without_unsaid
from checker.chart.vocabulary import NOTHING
from checker.chart.vocabulary import Recogniser as Recogniser
from checker.chart.vocabulary import build_recogniser as build_recogniser
from checker.record import record
from checker.rulebook.model import FindingType
from checker.source import Source
from checker.words.marks import spelled_out
from checker.words.numbers import number_of
from checker.words.phrase import Match
from checker.words.tokens import tokenize

DROPPED = frozenset({"guideline", "other_person", "requested", "denied", "goal"})
GOALS = frozenset({"statement"})  # kinds of findings that a goal may state
TOLD_IN_PLAN = frozenset({"statement", "work", "safeguard"})  # kinds of findings that a plan may state
REASONS = frozenset({"statement", "history"})  # kinds of findings that a request itself may state, as why it is made
# Kinds that a plain "no" does not make absent: what is not stated is silence, and a nerve test that excludes one disease may
# show another.
TOLD_ONLY = frozenset({"statement", "electrodiagnostic"})
NEGATIONS = frozenset({"no", "not", "without", "denies", "denied", "never", "non", "nor"})
NEGATED = {"not_done": "negated", "cancelled": "negated"}  # of a finding it says the same
SUFFERED = frozenset({"diagnosis", "symptom"})  # kinds that nobody does
UNTESTED = {"not_done": "not_documented", "cancelled": "not_documented"}  # a test that was not done has no result
DOUBTED = frozenset({"diagnosis", "imaging"})  # kinds that a word of doubt inside a mention makes possible
ANGLE = "degrees"
REST = 15  # degrees at which an arc of motion may begin
# Care that did not take place, and as what a finding says so.
CARE = {"declined": frozenset({"negated"})} | {
    name: frozenset({"planned"}) for name in ("authorized", "denied", "planned", "requested")
}
PERCENT = frozenset({"%", "percent"})
OPEN_TALK = frozenset({"planned", "requested", "conditional", "goal", "uncertain", "guideline"})
BOUND = 3  # tokens between such a number and the gain that it measures: "less than 30 % pain relief"
NEVER_PLANNED = frozenset({"statement", "exam", "symptom", "diagnosis", "measure"})
SHOWN_BY_CARE = frozenset({"history", "imaging"})  # kinds of findings that a treatment shows by itself
SILENT_SECTIONS = FOREIGN | {"review"}  # and the payer's words


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
    cells = headed_cells(told_text, recogniser.tables)
    rows = joined(cells)
    begins = [begin for begin in line_breaks(told_text) if begin not in rows]
    told_text = without_unsaid(told_text, cells)
    tokens = spelled_out(told_text, recogniser.mender.mend(tokenize(told_text)), begins, answers(cells))
    tokens = told_apart(tokens, cells, recogniser.tables.scales)
    source = Source(document, text)
    paper = Paper(source, told_text, tokens, begins, cells, document, page, date, document_type, injury)
    findings: list[Finding] = []
    events: list[TreatmentEvent] = []
    memory = Memory()
    for line in lines_of(recogniser, paper):
        done = memory.events_of(recogniser, paper, line)
        told = [
            finding
            for mention in line.mentions
            if _names_finding(mention)
            for finding in _findings(recogniser, paper, line, mention)
        ]
        told = [finding for finding in told if not _is_pending(recogniser, finding, done)]
        told.extend(_shown(recogniser, done, told))
        events.extend(done)
        findings.extend(_agreed(recogniser, told))
    stand = (event for event in events if event not in memory.withdrawn)
    return Reading(tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(stand)))


def _names_finding(mention: Match) -> bool:
    key: Any = mention.key
    return key[0] not in ("treatment", NOTHING)


def _shown(recogniser: Recogniser, events: Sequence[TreatmentEvent], told: Sequence[Finding]) -> Iterable[Finding]:
    """What the treatments of a sentence show by themselves, where the sentence does not say it anyway, or the contrary."""
    named = {finding.finding for finding in told}
    for event in events:
        for definition in recogniser.shown.get(event.treatment, ()):
            fits = event.status in definition.statuses and (
                not definition.responses or event.response in definition.responses
            )
            if fits and definition.id not in named:
                yield Finding(
                    finding=definition.id,
                    body_part=event.body_part,
                    side=event.side,
                    date=event.start,
                    evidence=event.evidence,
                )


def _is_pending(recogniser: Recogniser, finding: Finding, events: Sequence[TreatmentEvent]) -> bool:
    """Whether a sentence only plans, asks for or refuses the treatment that would show a fact of history or a study on file."""
    definition = recogniser.findings[finding.finding]
    if definition.kind not in SHOWN_BY_CARE or (finding.status, finding.time) != ("present", "current"):
        return False
    named = [event for event in events if definition in recogniser.shown.get(event.treatment, ())]
    return bool(named) and all(event.status not in definition.statuses for event in named)


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
    if kind == "number" and _is_other_number(mention, definition, line, paper):
        return
    if definition.changes and kind == "present":
        numbers = [place for place in mention.numbers if not _is_in_day(place, line)]
        if not is_gain(paper.tokens.texts, mention.first, mention.last, numbers, recogniser.measures):
            return
    said = _said(definition, paper, line, mention)
    if said is not None and kind == "absent" and _is_member(line, mention, paper):
        said -= {"negated"}  # "no spasm, nontender": it says no by itself
    if said is not None and kind == "number" and definition.unit == SCORE:
        said -= {"negated"}  # "without the pills 9/10"
    if said is not None and kind == CODE:  # what its own words leave out: "without psychotic features (296.23)"
        said -= {"negated", "not_documented"}
    if said is None or (kind == "present" and "negated" in said and _is_told_only(definition)):
        return
    is_plain = "negated" not in said or _tells_failure(definition)
    if kind == "present" and is_plain and _is_turned(recogniser, definition, mention, paper):
        return
    is_told = kind == "number" or definition.kind in TOLD_IN_PLAN or "continued" in said
    if line.section == "plan" and not is_told and not _tells(recogniser, line, paper, is_test=kind == "test"):
        return
    context = line.around if definition.kind in recogniser.carried else NOWHERE
    if name in recogniser.fitting and line.places.is_elsewhere(
        mention.first, mention.last, recogniser.fitting[name], line.around
    ):
        return
    for status, place in _placed(_outcomes(kind, said, line, mention), mention, definition, context, line):
        if kind == "number" and mention.numbers and (side := line.places.side_before(mention.numbers[0])):
            place = place._replace(side=side)
        place = on_same_side(place, line.around, recogniser.limbs)
        finding = _finding(definition, status, said, place, mention, line, paper, recogniser.amounts)
        yield finding
        if finding.status == "present" and finding.time in ("current", "historical"):
            yield from _implied(definition, finding)


def _tells(recogniser: Recogniser, line: Line, paper: Paper, *, is_test: bool) -> bool:
    """Whether a sentence in a plan tells how the patient is: "He has had locking since the fall". `is_test`: of a test, whose result
    always does."""
    texts, words = paper.tokens.texts[line.sentence.first : line.sentence.last + 1], recogniser.untelling
    opens = texts[:2] if texts[0] == "the" else texts[:1]
    is_told = is_test or (
        not words.persons.isdisjoint(opens) and not recogniser.small.verbs.isdisjoint(texts[: len(opens) + 3])
    )
    return is_told and line.context.categories().isdisjoint(OPEN_TALK) and recogniser.small.hedges.isdisjoint(texts)


def _is_member(line: Line, mention: Match, paper: Paper) -> bool:
    """Whether what denies a mention stands on the other side of a comma."""
    return all(
        "," in paper.tokens.texts[mention.first - hit.distance : mention.first]
        for hit in line.context.hits(mention.first, mention.last, mention.gaps)
        if hit.category == "negated" and hit.before
    )


def _placed(
    results: Sequence[Result], mention: Match, definition: FindingType, context: Place, line: Line
) -> Iterable[tuple[str, Place]]:
    """The status at each place: a second result is one only if it is that of the other side."""
    sides: set[str | None] = set()
    for status, told in line.places.contrasted(mention.first, mention.last, results):
        for place in line.places.on_side(told, mention.first, mention.last, definition.body_parts, context):
            sides.add(told)
            yield status, place
    for result in () if sides else results:
        if sides:
            side = line.places.side_of(result.first, result.last)
            if side is None or side in sides:
                continue
            places = line.places.on_side(side, mention.first, mention.last, definition.body_parts, context)
        else:
            first, last = min(mention.first, result.first), max(mention.last, result.last)
            places = line.places.of(first, last, definition.body_parts, context)
        sides |= {place.side for place in places}
        for place in places:
            yield result.status, place


def _is_turned(recogniser: Recogniser, definition: FindingType, mention: Match, paper: Paper) -> bool:
    """Whether a phrase is denied from within, so that it says nothing ("CURES has not been checked"), or is a gain that is only hoped
    for or bounded ("gave less than 20% relief")."""
    texts = paper.tokens.texts
    words, joined = recogniser.untelling.turning, recogniser.untelling.joined
    if definition.kind == "response":
        words |= recogniser.untelling.unreal
        joined |= recogniser.untelling.emptying
        if any(_is_below(recogniser, texts, place) for place in range(max(mention.first - BOUND, 0), mention.last)):
            return True
    return any(texts[last] in joined or not words.isdisjoint(texts[first : last + 1]) for first, last in mention.gaps)


def _tells_failure(definition: FindingType) -> bool:
    """Whether a finding says that something did not help, so that a "not" within its phrase is no denial of it."""
    return bool(definition.responses) and "improved" not in definition.responses


def _is_below(recogniser: Recogniser, texts: Sequence[str], place: int) -> bool:
    """Whether a number of percent stands there that was not reached, or is told as too little: "only 20 %"."""
    words = recogniser.amounts
    is_little = texts[max(place - 1, 0)] in words.scant or number_of(texts[place]) == 0
    return texts[place + 1] in PERCENT and (is_little or bounded(1.0, texts, place, words) < 1)


def _is_told_only(definition: FindingType) -> bool:
    """Whether a plain "no" before a finding does not make it absent: "no sleep apnea" leaves other illness open."""
    return definition.any_of or definition.kind in TOLD_ONLY


def _said(definition: FindingType, paper: Paper, line: Line, mention: Match) -> frozenset[str] | None:
    """What the words around a finding make of it; None where nothing is said of this patient now."""
    hits = line.context.hits(mention.first, mention.last, mention.gaps)
    # A plan told behind a finding is of something else: "a man with diabetes is scheduled for surgery".
    meant = UNTESTED if definition.test else NEGATED
    if definition.kind in SUFFERED:
        behind = paper.tokens.texts[mention.last + 1 : line.sentence.last + 1]
        hits = [  # "diabetes, insulin not taken"
            hit for hit in hits if hit.before or hit.category not in NEGATED or "," not in behind[: hit.distance]
        ]
    said = frozenset(meant.get(hit.category, hit.category) for hit in hits if hit.before or hit.category != "planned")
    if line.section == "goals":
        said |= {"goal"}
    if "doubted" in said and definition.kind in DOUBTED:
        said |= {"uncertain"}
    if definition.kind == "response" and line.context.fails(mention.first, mention.last):
        said |= {"negated"}  # "not helped" holds "helped"
    said |= {"negated"} if _follows_not(mention, paper.tokens.texts) else set()
    if paper.tokens.texts[mention.first] in NEGATIONS:
        said -= {"negated"}  # it says no by itself: "no spasm, no clonus"
    elif "negated" in said:
        said -= {"denied"}  # "numbness was denied" by the patient
    if definition.kind in ON_RECORD and "planned" in said and "uncertain" not in said:
        return None
    if definition.care:
        hits = line.context.hits(mention.first, mention.last, mention.gaps, within=True)
        said |= CARE.get(care_of(hits), frozenset())
    if definition.kind == "statement":
        said |= {"negated"} if "declined" in said else set()
        said -= {"uncertain"}  # that something is suspected is what it states
    if definition.kind in GOALS:
        said -= {"goal"}
    elif definition.kind == "response" and line.context.is_purpose(mention.first):
        return None
    if "conditional" in said and "uncertain" not in said:
        return None  # what may come is no fact
    # What is only suspected may be why a study is asked for: "MRI is requested to evaluate for a tear".
    dropped = DROPPED - {"requested"} if definition.kind in REASONS or "uncertain" in said else DROPPED
    return None if said & dropped or line.section in SILENT_SECTIONS else said


def _follows_not(mention: Match, texts: Sequence[str]) -> bool:
    """Whether a phrase begins behind a "not", whatever longer phrase holds that too: "not working because"."""
    key: Any = mention.key
    return key[0] == "present" and mention.first > 0 and texts[mention.first - 1] in ("not", "never")


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
    words: AmountWords,
) -> Finding:
    key: Any = mention.key
    value = _number(mention, definition, paper.tokens.texts, words) if key[0] == "number" else None
    day = line.calendar.of(mention.first, mention.last, line.days, past="historical" in said)
    return Finding(
        finding=definition.id,
        status="present" if status == "possible" else status,
        body_part=place.part,
        side=place.side,
        date=day,
        value=value,
        unit=definition.unit if value is not None else None,
        time=_time(status, said, definition),
        evidence=evidence_of(line, paper, day),
    )


def _implied(definition: FindingType, finding: Finding) -> Iterable[Finding]:
    return [replace(finding, finding=name, value=None, unit=None) for name in definition.implies]


def _is_other_number(mention: Match, definition: FindingType, line: Line, paper: Paper) -> bool:
    """Whether the number is part of a date, or a grade where the finding counts something else ("abduction 4/5")."""
    if any(_is_in_day(place, line) for place in mention.numbers):
        return True
    texts = paper.tokens.texts
    if definition.unit == SCORE and any(
        is_scale_end(texts, place) or (number_of(texts[place]) or 0) > TOP for place in mention.numbers
    ):
        return True
    after = texts[mention.last + 1 : mention.last + 2]
    return after == ["/"] and not (definition.unit or "").startswith("/")


def _is_in_day(place: int, line: Line) -> bool:
    return any(day.first <= place <= day.last for day in line.days)


def _number(mention: Match, definition: FindingType, texts: Sequence[str], words: AmountWords) -> float | None:
    if not mention.numbers:
        return None
    place = mention.numbers[0]
    if definition.unit == SCORE and place > 1 and texts[place - 1] == "/":
        place -= 2  # the 8 of "8/10 at worst"
    if definition.unit == ANGLE and texts[place + 1 : place + 2] == ["to"] and number_of(texts[place + 2]) is not None:
        place += 2 if (number_of(texts[place]) or 0) > REST else 0  # "from 90 to 130", but "0 to 130"
    value = number_of(texts[place])
    return None if value is None else bounded(value, texts, place, words)
