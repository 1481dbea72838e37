"""Findings and treatment events in the text of a paper: phrases of the vocabulary, judged by the words around."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from checker.chart.amount.grades import without_earlier
from checker.chart.amount.scores import SCORE
from checker.chart.amount.shares import with_shares
from checker.chart.context.events import bounded
from checker.chart.context.joints import told_from
from checker.chart.context.results import Result
from checker.chart.context.small_words import is_excepted
from checker.chart.finding.agree import ASSESSED, agreed, denied_side, settled, unrefuted
from checker.chart.finding.measures import is_former, is_loss, is_missed, is_no_number, told_number
from checker.chart.finding.own_days import own_days
from checker.chart.finding.said import SHOWING, said_of
from checker.chart.finding.shown import eased, is_unproven, shown
from checker.chart.finding.told_of import fitting, following, named_with
from checker.chart.model import Finding, TreatmentEvent
from checker.chart.page.layout import line_breaks, without_unticked
from checker.chart.page.tables import answers, headed_cells, joined, told_apart, without_unsaid
from checker.chart.place.angles import ANGLE, of_other_side
from checker.chart.place.surroundings import NOWHERE, Place, Surroundings, on_same_side
from checker.chart.sentence.codes import CODE
from checker.chart.sentence.lines import WORK, Line, Paper, evidence_of, is_to_begin, lines_of
from checker.chart.treatment.memory import Memory
from checker.chart.treatment.named_for import is_drug_effect, is_of_bracket, is_work_of
from checker.chart.treatment.reasons import Reasons
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

CLAUSE_ENDS = frozenset(",;")  # in a plan a clause of its own may follow: "Prilosec, he has heartburn"
TOLD_IN_PLAN = frozenset({"statement", "work", "safeguard"})  # kinds of findings that a plan may state
# Kinds that a plain "no" does not make absent: what is not stated is silence, and a nerve test that excludes one disease may
# show another.
TOLD_ONLY = frozenset({"statement", "electrodiagnostic"})
PERCENT = frozenset({"%", "percent"})
OPEN_TALK = frozenset({"planned", "requested", "conditional", "goal", "uncertain", "alternative", "guideline"})
BOUND = 3  # tokens between such a number and the gain that it measures: "less than 30 % pain relief"
NEVER_PLANNED = frozenset({"statement", "exam", "symptom", "diagnosis", "measure"})


@record
class Reading:
    """What one page says, and every side that it names, with its part where it stands with one."""

    findings: tuple[Finding, ...] = ()
    events: tuple[TreatmentEvent, ...] = ()
    sided: tuple[Place, ...] = ()


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
    """Read one page. Offsets in the evidence count from the start of `text`; a quote is the sentence. `injury`: its day, if known."""
    told_text = without_unticked(text)
    cells = headed_cells(told_text, recogniser.tables)
    rows = joined(cells)
    begins = [begin for begin in line_breaks(told_text) if begin not in rows]
    told_text = without_earlier(without_unsaid(told_text, cells), recogniser.grades)
    tokens = spelled_out(told_text, recogniser.mender.mend(tokenize(told_text)), begins, answers(cells))
    tokens = with_shares(told_apart(tokens, cells, recogniser.tables.scales), recogniser.shares, recogniser.part_words)
    paper = Paper(Source(document, text), told_text, tokens, begins, cells, document, page, date, document_type, injury)
    findings: list[Finding] = []
    events: list[TreatmentEvent] = []
    memory, reasons, assessed, around = Memory(), Reasons(), set[Finding](), Surroundings(recogniser.limbs)
    for line in lines_of(recogniser, paper, around):
        line = following(recogniser, line, memory.before(line), paper.tokens.texts)
        done = memory.events_of(recogniser, paper, line)
        told = [one for one in _told(recogniser, paper, line) if not is_unproven(recogniser, one, done, paper.type)]
        told.extend((*shown(recogniser, line, done, told), *eased(recogniser, paper, line, done, told)))
        told.extend(reasons.told(recogniser, paper, line, done, told))
        events.extend(done)
        findings.extend(told := agreed(recogniser, told))
        assessed.update(told if line.section in ASSESSED else ())
    stand = (event for event in events if event not in memory.withdrawn)
    told = settled(recogniser, unrefuted(recogniser, findings, assessed))
    return Reading(tuple(dict.fromkeys(told)), tuple(dict.fromkeys(stand)), tuple(around.sided))


def _told(recogniser: Recogniser, paper: Paper, line: Line) -> list[Finding]:
    """What the mentions of a sentence say, without what its treatments do not bring about."""
    named = [mention for mention in line.mentions if _names_finding(mention)]
    told = [finding for mention in named for finding in _findings(recogniser, paper, line, mention)]
    return fitting(recogniser, paper, line, told)


def _names_finding(mention: Match) -> bool:
    key: Any = mention.key
    return key[0] not in ("treatment", NOTHING)


def _findings(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> Iterable[Finding]:
    """What one mention says: usually one finding, several where several parts or sides are named, none for idle talk."""
    key: Any = mention.key
    kind, name = key
    definition = recogniser.findings[name]
    if kind == "number" and is_no_number(recogniser, mention, definition, line, paper):
        return
    is_loss_of = definition.changes and is_loss(recogniser, mention, line, paper)
    if kind == "present" and (is_loss_of or is_drug_effect(recogniser, paper, line, mention)):
        return
    said = said_of(recogniser, definition, paper, line, mention)
    if _is_of_else(recogniser, definition, said, paper, line, mention):
        return
    if said is not None and definition.kind == WORK and is_to_begin(recogniser, paper, line, mention):
        said |= {"planned"}
    if said is not None and kind == "absent" and _is_member(line, mention, paper):
        said -= {"negated"}  # "no spasm, nontender": it says no by itself
    if said is not None and kind == "number" and definition.unit == SCORE:
        said -= {"negated"}  # "without the pills 9/10"
    if said is not None and is_former(recogniser, mention, definition, line, paper.tokens.texts):
        said |= {"historical"}
    if said is not None and kind == CODE:  # what its own words leave out: "without psychotic features (296.23)"
        said -= {"negated", "not_documented"}
    if said is None or (kind == "present" and "negated" in said and _is_told_only(definition)):
        return
    is_angle = kind == "number" and definition.unit == ANGLE
    if is_angle and "negated" in said:
        return  # "cannot abduct to 90": it is less
    is_plain = "negated" not in said or _tells_failure(definition)
    if kind == "present" and is_plain and _is_turned(recogniser, definition, mention, paper):
        return
    is_told = kind == "number" or definition.kind in TOLD_IN_PLAN or "continued" in said
    if line.section == "plan" and not is_told and not _tells(recogniser, line, paper, mention, is_test=kind == "test"):
        return
    context = line.around if definition.kind in recogniser.carried or is_angle else NOWHERE
    if name in recogniser.links.fitting and line.places.is_elsewhere(
        mention.first, mention.last, recogniser.links.fitting[name], line.around
    ):
        return
    yield from _at_places(recogniser, definition, said, mention, line, paper, context)


def _is_of_else(
    recogniser: Recogniser,
    definition: FindingType,
    said: frozenset[str] | None,
    paper: Paper,
    line: Line,
    mention: Match,
) -> bool:
    """Whether a gain is small or of a day ("walks a bit farther", "slept better for a night"), a result that of other care in brackets, or
    the work is that of a treatment."""
    if definition.kind == "response" and is_of_bracket(recogniser, paper, line, mention):
        return True
    if said is not None and "slight" in said and definition.id in recogniser.whole_gains:
        return True
    return definition.kind == WORK and is_work_of(recogniser, paper, line, mention)


def _at_places(
    recogniser: Recogniser,
    definition: FindingType,
    said: frozenset[str],
    mention: Match,
    line: Line,
    paper: Paper,
    context: Place,
) -> Iterable[Finding]:
    """A finding at each of its places, with what it implies and the same measure of the other side."""
    key: Any = mention.key
    kind, texts, last = key[0], paper.tokens.texts, line.sentence.last
    for status, place in _placed(_outcomes(kind, said, line, mention), mention, definition, context, line):
        is_number = kind == "number" and bool(mention.numbers)
        if is_number and (side := line.places.sides.before(mention.numbers[0])):
            place = place._replace(side=side)
        if place == NOWHERE and definition.id in recogniser.of_care:
            place = line.places.only(mention.first, mention.last)
        place = on_same_side(place, line.around, recogniser.limbs)
        if status == "absent" and is_excepted(texts, mention.last, last, recogniser.small):
            continue
        finding = _finding(definition, status, said, place, mention, line, paper, recogniser)
        yield finding
        if is_number and definition.unit == ANGLE:
            yield from of_other_side(finding, mention.numbers[0], texts, last, line.places, recogniser.angles)
        yield from denied_side(finding, mention, line, texts, recogniser)
        if finding.status == "present" and finding.time in ("current", "historical"):
            yield from _implied(definition, finding)


def _tells(recogniser: Recogniser, line: Line, paper: Paper, mention: Match, *, is_test: bool) -> bool:
    """Whether a sentence in a plan tells how the patient is: "He has had locking since the fall", "Prilosec, he has heartburn". `is_test`:
    of a test, whose result always does."""
    first, last = line.sentence.first, line.sentence.last
    begin = told_from(paper.tokens.texts, first, last, recogniser.small)
    texts, words = paper.tokens.texts[begin : last + 1], recogniser.untelling
    ends = (at for at in range(begin, mention.first) if paper.tokens.texts[at] in CLAUSE_ENDS)
    clause = max(ends, default=begin - 1) + 1
    is_told = is_test
    for start in {begin, clause}:
        told = paper.tokens.texts[start : last + 1]
        opens = told[:2] if told[0] == "the" else told[:1]
        is_told |= not words.persons.isdisjoint(opens) and not recogniser.small.verbs.isdisjoint(told[: len(opens) + 3])
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
    """The status at each place: a further result is one only if it is that of the other side or of another part."""
    sides: set[str | None] = set()
    for status, told in line.places.contrasted(mention.first, mention.last, results):
        for place in line.places.on_side(told, mention.first, mention.last, definition.body_parts, context):
            sides.add(told)
            yield status, place
    named: set[Place] = set()
    for result in () if sides else results:
        if named:
            places = _further_places(result, named, mention, definition, context, line)
        else:
            start = line.places.behind_gaps(mention.first, mention.last, mention.gaps)
            first = start if result.first == mention.first else min(start, result.first)
            last = max(mention.last, result.last)
            places = line.places.of(first, last, definition.body_parts, context, is_test=definition.test)
        named |= set(places)
        for place in places:
            yield result.status, place


def _further_places(
    result: Result, told: Collection[Place], mention: Match, definition: FindingType, context: Place, line: Line
) -> list[Place]:
    """The places of a further result of a test: another part or the other side, none if it names neither."""
    own = line.places.of_result(result.first, result.last)
    if definition.body_parts:
        is_other = own is not None and own.side and own.part in {place.part for place in told}
        if own is not None and is_other and all(own.side != place.side for place in told):
            return [own]
    elif own is not None and all(own.part != place.part for place in told):
        return [own]
    side = line.places.sides.of(result.first, result.last)
    if side is None or any(side == place.side for place in told):
        return []
    return line.places.on_side(side, mention.first, mention.last, definition.body_parts, context)


def _is_turned(recogniser: Recogniser, definition: FindingType, mention: Match, paper: Paper) -> bool:
    """Whether a phrase is denied from within, so that it says nothing ("CURES has not been checked"), or is a gain that is only hoped
    for or bounded ("gave less than 20% relief")."""
    texts = paper.tokens.texts
    words, barred = recogniser.untelling.turning, recogniser.untelling.joined
    if definition.kind == "response":
        words |= recogniser.untelling.unreal
        barred |= recogniser.untelling.emptying
        if is_missed(mention, texts):
            return True
        if any(_is_below(recogniser, texts, place) for place in range(max(mention.first - BOUND, 0), mention.last)):
            return True
    return any(texts[last] in barred or not words.isdisjoint(texts[first : last + 1]) for first, last in mention.gaps)


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
    recogniser: Recogniser,
) -> Finding:
    key: Any = mention.key
    value = told_number(recogniser, mention, definition, paper.tokens.texts) if key[0] == "number" else None
    days = own_days(line, mention, paper.tokens.texts, is_seen=definition.kind in SHOWING)
    day = line.calendar.of(mention.first, mention.last, days, past="historical" in said)
    return Finding(
        finding=definition.id,
        status="present" if status == "possible" else status,
        body_part=place.part,
        side=place.side,
        date=day,
        value=value,
        unit=definition.unit if value is not None else None,
        time=_time(status, said, definition),
        levels=line.levels.of(mention.first, mention.last, definition.kind),
        told_of=named_with(recogniser, line, mention),
        evidence=evidence_of(line, paper, day),
    )


def _implied(definition: FindingType, finding: Finding) -> Iterable[Finding]:
    return [replace(finding, finding=name, value=None, unit=None) for name in definition.implies]
