"""Findings and treatment events in the text of a paper: phrases of the vocabulary, judged by the words around."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.chart.assertion import Context, Trigger, build_context, categories, test_result, triggers
from checker.chart.events import event_of
from checker.chart.layout import Sentence, sentences
from checker.chart.model import Evidence, Finding, TreatmentEvent
from checker.chart.parts import dates_in, nearest_part, side_near
from checker.rulebook.model import FindingType, Rulebook
from checker.source import Source
from checker.words.phrases import Match, PhraseIndex
from checker.words.tokens import Tokens

DROPPED = frozenset({"guideline", "other_person", "requested", "denied"})
CARRY = datetime.timedelta(days=365)  # an older date belongs to its own sentence, such as the day of injury
CARRIED = frozenset({"exam", "symptom"})  # kinds that take the body part of the sentence before


@dataclass(frozen=True)
class Recogniser:
    """Everything built once from a rulebook."""

    rulebook: Rulebook
    phrases: PhraseIndex  # key: (kind of entry, id)
    parts: PhraseIndex
    context: Context
    headings: Mapping[tuple[str, ...], str]
    abbreviations: frozenset[str]
    visit_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page says."""

    findings: tuple[Finding, ...] = ()
    events: tuple[TreatmentEvent, ...] = ()


def build_recogniser(rulebook: Rulebook) -> Recogniser:
    """Index the vocabulary of a rulebook."""
    settings: Mapping[str, Any] = rulebook.extra.get("assertion", {}).get("context", {})  # type: ignore[attr-defined]
    items: Mapping[str, Any] = rulebook.extra.get("items", {})  # type: ignore[assignment]
    headings = {
        tuple(name.lower().split()): section
        for section, names in settings.get("sections", {}).items()
        for name in names
    }
    return Recogniser(
        rulebook=rulebook,
        phrases=PhraseIndex(_entries(rulebook)),
        parts=PhraseIndex((name, part.id) for part in rulebook.body_parts.values() for name in part.names),
        context=build_context(rulebook.assertions, settings),
        headings=headings,
        abbreviations=frozenset(settings.get("abbreviations", ())),
        visit_words=frozenset(items.get("units", {}).get("visits", ())),
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


@dataclass(frozen=True, slots=True)
class Paper:
    """The page under the reader: text, tokens and what was found in it, with the paper's own data."""

    source: Source
    tokens: Tokens
    document: str
    page: int
    date: datetime.date | None
    type: str | None
    dates: Sequence[tuple[int, datetime.date]]


def read_text(
    recogniser: Recogniser,
    text: str,
    *,
    document: str,
    page: int,
    date: datetime.date | None,
    document_type: str | None,
) -> Reading:
    """Read one page. Offsets in the evidence count from the start of `text`; a quote is the sentence, blanks folded."""
    tokens, found = sentences(text, recogniser.headings, recogniser.abbreviations)
    paper = Paper(Source(document, text), tokens, document, page, date, document_type, dates_in(text))
    mentions = _by_sentence(recogniser.phrases.find(tokens), found)
    parts = _by_sentence(recogniser.parts.find(tokens), found)
    around = _by_sentence(triggers(recogniser.context, tokens), found)
    findings: list[Finding] = []
    events: list[TreatmentEvent] = []
    before: list[Match] = []
    for number, sentence in enumerate(found):
        here = _widest(parts[number])
        for mention in _widest(mentions[number]):
            _read(mention, sentence, recogniser, paper, around[number], here, before, findings, events)
        before = here or before
    return Reading(tuple(_distinct(findings)), tuple(_distinct(events)))


def _by_sentence(found: Sequence[Any], order: Sequence[Sentence]) -> list[list[Any]]:
    groups: list[list[Any]] = [[] for _ in order]
    starts = [sentence.first for sentence in order]
    for entry in found:
        groups[bisect_right(starts, entry.first) - 1].append(entry)
    return groups


def _widest(matches: Sequence[Match]) -> list[Match]:
    """Without matches that lie inside a longer one of another entry of the same kind."""
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
    """Whether a longer match makes a shorter one inside it void: a body part or treatment always, a finding its own."""
    wide: Any = other.key
    narrow: Any = match.key
    if not isinstance(wide, tuple) or not isinstance(narrow, tuple):
        return True
    if wide[0] == narrow[0] == "treatment":
        return True
    return bool(wide[1] == narrow[1])


def _read(
    mention: Match,
    sentence: Sentence,
    recogniser: Recogniser,
    paper: Paper,
    around: Sequence[Trigger],
    parts: Sequence[Match],
    before: Sequence[Match],
    findings: list[Finding],
    events: list[TreatmentEvent],
) -> None:
    key: Any = mention.key
    kind, name = key
    said = categories(mention.first, mention.last, around)
    if kind == "treatment":
        event = event_of(name, mention, sentence, said, paper.tokens.texts, recogniser.visit_words)
        if event:
            part = nearest_part(mention.first, mention.last, parts)
            events.append(_placed_event(event, part, mention, sentence, paper))
        return
    if said & DROPPED or (
        sentence.section in ("family", "plan")
        and kind != "number"
        and recogniser.rulebook.findings[name].kind != "statement"
    ):
        return
    status = _status(kind, mention, sentence, said, recogniser, paper)
    if status is None:
        return
    definition = recogniser.rulebook.findings[name]
    finding = _finding(definition, status, said, mention, sentence, parts, before, paper)
    findings.append(finding)
    if status == "present" and finding.time in ("current", "historical"):
        findings.extend(_implied(definition, finding))


def _status(
    kind: str, mention: Match, sentence: Sentence, said: frozenset[str], recogniser: Recogniser, paper: Paper
) -> str | None:
    if "not_documented" in said:
        return "not_stated"
    if kind == "test":
        result = test_result(
            mention.first, mention.last, paper.tokens.texts, sentence.first, sentence.last, recogniser.context
        )
        if result is None and "negated" in said:
            return "absent"
        return result
    if kind == "absent":
        return "absent" if "negated" not in said else None
    return "absent" if "negated" in said else "present"


def _time(said: frozenset[str], definition: FindingType) -> str:
    if "uncertain" in said:
        return "possible"
    if "conditional" in said:
        return "conditional"
    if "planned" in said and definition.kind not in ("statement", "exam", "symptom"):
        return "planned"
    return "historical" if "historical" in said else "current"


def _finding(
    definition: FindingType,
    status: str,
    said: frozenset[str],
    mention: Match,
    sentence: Sentence,
    parts: Sequence[Match],
    before: Sequence[Match],
    paper: Paper,
) -> Finding:
    key: Any = mention.key
    place = nearest_part(mention.first, mention.last, parts)
    part: Any = place.key if place else None
    if part is None and definition.body_parts:
        part = definition.body_parts[0]
    if part is None and before and definition.kind in CARRIED:
        part = before[-1].key
    first, last = (
        (min(mention.first, place.first), max(mention.last, place.last)) if place else (mention.first, mention.last)
    )
    day = _day(mention, paper)
    return Finding(
        finding=definition.id,
        status=status,
        body_part=part,
        side=side_near(first, last, paper.tokens.texts, sentence.first, sentence.last),
        date=day,
        value=_number(mention, paper.tokens.texts) if key[0] == "number" else None,
        unit=definition.unit if key[0] == "number" else None,
        time=_time(said, definition),
        evidence=_evidence(sentence, paper, day),
    )


def _implied(definition: FindingType, finding: Finding) -> Iterable[Finding]:
    from dataclasses import replace

    return [replace(finding, finding=name, value=None, unit=None) for name in definition.implies]


def _number(mention: Match, texts: Sequence[str]) -> float | None:
    numbers = [float(text.replace(",", "")) for text in texts[mention.first : mention.last + 1] if text[0].isdigit()]
    return numbers[0] if numbers else None


def _day(mention: Match, paper: Paper) -> datetime.date | None:
    """The last date named before the mention on the page, else the date of the paper."""
    offset = paper.tokens.starts[mention.first]
    index = bisect_right(paper.dates, (offset, datetime.date.max)) - 1
    day = paper.dates[index][1] if index >= 0 else paper.date
    if day is None or paper.date is None:
        return day
    return day if paper.date - CARRY <= day <= paper.date else paper.date


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


def _placed_event(
    event: TreatmentEvent, place: Match | None, mention: Match, sentence: Sentence, paper: Paper
) -> TreatmentEvent:
    from dataclasses import replace

    day = _day(mention, paper)
    part: Any = place.key if place else None
    return replace(event, body_part=part, start=event.start or day, evidence=_evidence(sentence, paper, day))


def _distinct(found: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(found))
