"""Findings and treatment events in the text of a paper: phrases of the vocabulary, judged by the words around."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from checker.chart.assertion import Context, SmallWords, small_words
from checker.chart.events import AmountWords, amount_of, amount_words, response_of, statuses_of
from checker.chart.layout import Sentence, SentenceWords, sentence_words, split_sentences, without_unticked
from checker.chart.model import Evidence, Finding, TreatmentEvent
from checker.chart.parts import NOWHERE, Place, Places, PlaceWords, outermost, place_words
from checker.chart.results import Result, Results, result_entries
from checker.chart.sections import Headings, sections_of
from checker.chart.when import Calendar, Day, days_of, sorted_out
from checker.rulebook.model import FindingType, Rulebook
from checker.source import Source
from checker.words.mending import Mender
from checker.words.numbers import number_of
from checker.words.phrases import Match, PhraseGroups
from checker.words.tokens import Tokens, tokenize

DROPPED = frozenset({"guideline", "other_person", "requested", "denied"})
TOLD_IN_PLAN = frozenset({"statement", "work", "safeguard"})  # kinds of findings that a plan may state
REASONS = frozenset({"statement"})  # kinds of findings that a request itself may state, as why it is made
NEGATED = {"not_done": "negated"}  # of a finding it says the same
NEVER_PLANNED = frozenset({"statement", "exam", "symptom", "diagnosis", "measure"})
SILENT_SECTIONS = frozenset({"family", "review"})  # somebody else's illness, the payer's words


@dataclass(frozen=True)
class Recogniser:
    """Everything built once from a rulebook."""

    findings: Mapping[str, FindingType]
    phrases: PhraseGroups  # keys: mentions (kind of entry, id), parts, sides, triggers, cues, results
    mender: Mender
    headings: Headings
    small: SmallWords
    splitting: SentenceWords
    placing: PlaceWords
    amounts: AmountWords
    between: frozenset[str]
    carried: frozenset[str]
    services: Mapping[str, str]  # type of paper → what it says of a service that it names without more


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page says."""

    findings: tuple[Finding, ...] = ()
    events: tuple[TreatmentEvent, ...] = ()


@lru_cache(maxsize=4)
def build_recogniser(rulebook: Rulebook) -> Recogniser:
    """Index the vocabulary of a rulebook."""
    settings: Mapping[str, Any] = rulebook.extra.get("assertion", {})  # type: ignore[assignment]
    sentences = settings.get("sentences", {})
    sections = settings.get("sections", {})
    results = settings.get("results", {})
    documents: Mapping[str, Any] = rulebook.extra.get("documents", {})  # type: ignore[assignment]
    phrases = PhraseGroups(
        {
            "mentions": _entries(rulebook),
            "parts": ((name, part.id) for part in rulebook.body_parts.values() for name in part.names),
            "sides": ((name, side) for side, names in sentences.get("sides", {}).items() for name in names),
            "triggers": ((entry.phrase, ("trigger", entry)) for entry in rulebook.assertions),
            "cues": _cues(sections),
            "results": result_entries(results),
        }
    )
    return Recogniser(
        findings=rulebook.findings,
        phrases=phrases,
        mender=Mender(phrases.words()),
        headings=Headings(sections),
        small=small_words(sentences),
        splitting=sentence_words(sentences),
        placing=place_words(sentences),
        amounts=amount_words(settings.get("amounts", {})),
        between=frozenset(results.get("between", ())),
        carried=frozenset(sentences.get("carried_kinds", ())),
        services={t["type"]: t["services"] for t in documents.get("types", ()) if "services" in t},
    )


def _entries(rulebook: Rulebook) -> Iterable[tuple[str, Hashable]]:
    for finding in rulebook.findings.values():
        for phrase in finding.phrases:
            yield phrase, ("test" if finding.test else "present", finding.id)
        for phrase in finding.absent_phrases:
            yield phrase, ("absent", finding.id)
        for phrase in finding.numbers:
            yield phrase, ("number", finding.id)
    for treatment in rulebook.treatments.values():
        for name in treatment.names:
            yield name, ("treatment", treatment.id)


def _cues(sections: Mapping[str, Any]) -> Iterable[tuple[str, Hashable]]:
    for kind, name in (("visit", "visit_dates"), ("other", "other_dates"), ("never", "never_dates")):
        for phrase in sections.get(name, ()):
            yield phrase, ("cue", kind)


@dataclass(frozen=True, slots=True)
class Paper:
    """The page under the reader with the paper's own data."""

    source: Source
    told: str  # the text without what is not ticked; offsets are those of the source
    tokens: Tokens
    document: str
    page: int
    date: datetime.date | None
    type: str | None
    injury: datetime.date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with everything that steers how its mentions are understood."""

    sentence: Sentence
    section: str
    mentions: Sequence[Match]
    context: Context
    places: Places
    results: Results
    days: Sequence[Day]
    calendar: Calendar
    around: Place  # the part that the section speaks of


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
    told = without_unticked(text)
    paper = Paper(
        Source(document, text),
        told,
        recogniser.mender.mend(tokenize(told)),
        document,
        page,
        date,
        document_type,
        injury,
    )
    findings: list[Finding] = []
    events: list[TreatmentEvent] = []
    for line in _lines(recogniser, paper):
        for mention in line.mentions:
            key: Any = mention.key
            if key[0] == "treatment":
                events.extend(_events(recogniser, paper, line, mention))
            else:
                findings.extend(_findings(recogniser, paper, line, mention))
    return Reading(tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(events)))


def _lines(recogniser: Recogniser, paper: Paper) -> Iterable[Line]:
    """The sentences of a page, in order, with the day and the body part that earlier ones have set."""
    tokens = paper.tokens
    order = split_sentences(paper.told, tokens, recogniser.splitting)
    starts = [sentence.first for sentence in order]
    found = {name: _by_sentence(group, starts) for name, group in recogniser.phrases.find(tokens).items()}
    days = _by_sentence(days_of(paper.told, tokens), starts)
    calendar = Calendar(paper.date)
    around = NOWHERE
    for number, (section, is_new) in enumerate(sections_of(tokens.texts, order, recogniser.headings)):
        sentence = order[number]
        if is_new:
            calendar.new_section()
            around = NOWHERE
        dated = sorted_out(days[number], found["cues"][number], tokens.texts, sentence, paper.injury)
        calendar.enter(dated)
        places = Places(tokens.texts, sentence, found["parts"][number], found["sides"][number], recogniser.placing)
        if here := found["mentions"][number]:
            yield Line(
                sentence,
                section,
                _widest(here),
                Context(tokens.texts, sentence, found["triggers"][number], recogniser.small),
                places,
                Results(tokens.texts, sentence, found["results"][number], _tests(here), recogniser.between),
                dated,
                calendar,
                around,
            )
        topic = places.topic()
        around = topic if topic.part else around


def _by_sentence(found: Sequence[Any], starts: Sequence[int]) -> list[list[Any]]:
    groups: list[list[Any]] = [[] for _ in starts]
    for entry in found:
        groups[bisect_right(starts, entry.first) - 1].append(entry)
    return groups


def _tests(mentions: Sequence[Match]) -> list[Match]:
    return outermost([mention for mention in mentions if isinstance(mention.key, tuple) and mention.key[0] == "test"])


def _widest(matches: Sequence[Match]) -> list[Match]:
    """Without matches that lie inside a longer one of the same finding, or of any treatment if they are treatments."""
    kept: list[Match] = []
    for match in matches:
        covered = any(
            other is not match
            and other.first <= match.first
            and match.last <= other.last
            and other.last - other.first > match.last - match.first
            and _hides(other, match)
            for other in matches
        )
        if not covered:
            kept.append(match)
    return kept


def _hides(other: Match, match: Match) -> bool:
    wide: Any = other.key
    narrow: Any = match.key
    return bool(wide[0] == narrow[0] == "treatment" or wide[1] == narrow[1])


def _findings(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> Iterable[Finding]:
    """What one mention says: usually one finding, several where several parts or sides are named, none for idle talk."""
    key: Any = mention.key
    kind, name = key
    definition = recogniser.findings[name]
    if line.context.is_broken(mention.gaps) or (
        kind == "number" and _is_other_number(mention, definition, line, paper)
    ):
        return
    hits = line.context.hits(mention.first, mention.last, mention.gaps)
    # A plan told behind a finding is of something else: "a man with diabetes is scheduled for surgery".
    said = frozenset(NEGATED.get(hit.category, hit.category) for hit in hits if hit.before or hit.category != "planned")
    is_reason = definition.kind in REASONS
    if said & (DROPPED - {"requested"} if is_reason else DROPPED) or line.section in SILENT_SECTIONS:
        return
    is_told = kind == "number" or definition.kind in TOLD_IN_PLAN or "continued" in said
    if line.section == "plan" and not is_told:
        return
    context = line.around if definition.kind in recogniser.carried else NOWHERE
    for result in _outcomes(kind, said, line, mention):
        first, last = min(mention.first, result.first), max(mention.last, result.last)
        for place in line.places.of(first, last, definition.body_parts, context):
            finding = _finding(definition, result.status, said, place, mention, line, paper)
            yield finding
            if finding.status == "present" and finding.time in ("current", "historical"):
                yield from _implied(definition, finding)


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
    if "conditional" in said:
        return "conditional"
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
        evidence=_evidence(line.sentence, paper, day),
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
    amount = amount_of(texts, mention.first, mention.last, low, high, recogniser.amounts, paper.date)
    day = line.calendar.of(mention.first, mention.last, line.days)
    usual = recogniser.services.get(paper.type or "")
    for status in statuses_of(hits, line.section, amount, usual):
        for place in line.places.of_treatment(mention.first, mention.last):
            yield TreatmentEvent(
                treatment=key[1],
                status=status,
                response=response_of(hits) if status == "done" else "not_stated",
                visits=amount.visits,
                days=amount.days,
                start=day,
                body_part=place.part,
                side=place.side,
                evidence=_evidence(line.sentence, paper, day),
            )


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


def _evidence(sentence: Sentence, paper: Paper, day: datetime.date | None) -> Evidence:
    start, end = paper.tokens.starts[sentence.first], paper.tokens.ends[sentence.last]
    return Evidence(
        document=paper.document,
        quote=" ".join(paper.source.text[start:end].split()),
        page=paper.page,
        line=paper.source.line(start),
        start=start,
        end=end,
        date=day,
        document_type=paper.type,
    )
