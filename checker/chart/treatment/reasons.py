"""Why a service is asked for: a request and, behind a mark or a word that joins, what tells the reason.

"MRI lumbar - progressive weakness", "scooter (cannot use crutches)", "visits are requested as he still limps", "2. Repeat the
block. The last one failed to last." A diagnosis behind a request is no reason, nor is what is put on a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from checker.chart.context.events import PENDING, RESPONSES
from checker.chart.context.hits import Hit
from checker.chart.context.small_words import ReasonWords
from checker.chart.model import Finding, TreatmentEvent
from checker.chart.page.sections import FOREIGN
from checker.chart.sentence.lines import Line, Paper, evidence_of, is_treatment, name_of
from checker.chart.vocabulary import Recogniser
from checker.words.phrase import Match

SIGNS, GAINS = "exam", "response"  # kinds of findings that are more than a diagnosis
SILENT = frozenset({"guideline", "other_person", "denied", "declined", "cancelled", "conditional", "goal"})
UNTOLD = frozenset(
    {"negated", "uncertain", "not_documented", "historical"}
)  # a sign that is not there now is no reason
DASHES = frozenset("-\u2013\u2014")  # part a service from what is told of it
ENDS = frozenset(").,;:")  # close what is told
EARLY = 8  # words of a sentence in which it tells that something failed
OPENING = 3  # words of a reason in which a condition opens it, or a time


class Reasons:
    """The requests of the sentence before, for the one that gives their reason."""

    def __init__(self) -> None:
        self._asked: list[TreatmentEvent] = []
        self._end = 0

    def told(
        self,
        recogniser: Recogniser,
        paper: Paper,
        line: Line,
        events: Sequence[TreatmentEvent],
        known: Sequence[Finding],
    ) -> Iterable[Finding]:
        """The findings that say that a reason is given, where this sentence gives one. `events`, `known`: what is read in it."""
        asked, behind = self._asked, self._end + 1
        going_on = {event.treatment for event in events if event.status == "done"}
        pending = [event for event in events if event.status in PENDING and event.treatment not in going_on]
        is_entry = bool(pending) and line.sentence.opens and _is_entry(recogniser.reasons, paper, line)
        self._asked = [one for one in pending if is_entry and one.treatment not in recogniser.kinds.drugs]
        self._end = line.sentence.last
        if not (pending or asked) or line.section in FOREIGN or not SILENT.isdisjoint(line.context.categories()):
            return
        reader = _Sentence(
            recogniser, paper, line, {finding.finding for finding in known if finding.status == "present"}
        )
        if pending:
            given = [event for event in pending if reader.gives_reason(event)]
        else:
            follows = line.sentence.first == behind and not line.sentence.opens
            given = asked if follows and reader.opens_with_reason() else []
        named = {finding.finding for finding in known}
        evidence = evidence_of(line, paper, None)
        for event in given:
            for name in recogniser.links.reasoned.get(event.treatment, ()):
                if name not in named:
                    yield Finding(finding=name, body_part=event.body_part, side=event.side, evidence=evidence)


class _Sentence:
    """A sentence, asked whether it gives the reason of a request."""

    def __init__(self, recogniser: Recogniser, paper: Paper, line: Line, known: set[str]) -> None:
        self._recogniser, self._paper, self._line, self._known = recogniser, paper, line, known
        self._words = recogniser.reasons
        self._texts = paper.tokens.texts
        self._last = line.sentence.last

    def gives_reason(self, event: TreatmentEvent) -> bool:
        """Whether a reason stands behind the name of the service that is asked for."""
        places = [one.last for one in self._line.mentions if is_treatment(one) and name_of(one) == event.treatment]
        is_drug = event.treatment in self._recogniser.kinds.drugs
        behind = range(min(places) + 1, self._last) if places else ()
        return any(
            self._is_joined(place) or (not is_drug and (self._is_marked(place) or self._is_aim(place)))
            for place in takewhile(lambda place: self._texts[place] != ";", behind)
        )

    def opens_with_reason(self) -> bool:
        """Whether the sentence tells early on that something failed or grows worse."""
        first = self._line.sentence.first
        return self._words.open.isdisjoint(self._texts[first : first + OPENING]) and self._fails(
            first, min(first + EARLY, self._last)
        )

    def _fails(self, first: int, last: int) -> bool:
        texts, words, denying = self._texts, self._words, self._recogniser.small.denying
        return any(
            texts[place] in words.tells and texts[place - 1] not in denying and texts[place + 1] not in words.trained
            for place in range(first, last + 1)
            if place + 1 < len(texts)
        )

    def tells(self, first: int, last: int) -> bool:
        """Whether the words from `first` to `last` tell more than a diagnosis: that something failed, a sign, what came of care."""
        if not self._words.open.isdisjoint(self._texts[first : first + OPENING]):
            return False
        if self._fails(first, last):
            return True
        for mention in self._line.mentions:
            finding = self._recogniser.findings.get(name_of(mention)) if first <= mention.first <= last else None
            if finding is None or _kind(mention.key) != "present":
                continue
            if finding.kind == GAINS and finding.id in self._known:
                return True
            if finding.kind == SIGNS:
                hits = self._line.context.hits(mention.first, mention.last, mention.gaps)
                if UNTOLD.isdisjoint(hit.category for hit in hits):
                    return True
        return False

    def _is_joined(self, place: int) -> bool:
        """Whether a word there joins a reason: "because the knee buckles", "as he still limps"."""
        texts, words = self._texts, self._words
        behind = texts[place + 1 : place + 1 + OPENING]
        if texts[place] in words.joins:
            return words.open.isdisjoint(behind)
        if texts[place] not in words.subject_joins or behind[0] not in words.subjects:
            return False
        is_handed = texts[place - 1] in self._recogniser.small.verbs  # "was given the brace"
        return not is_handed and words.times.isdisjoint(behind) and words.open.isdisjoint(behind)

    def _is_marked(self, place: int) -> bool:
        """Whether a mark stands there, or a dash before it, and behind it a reason that tells more than a diagnosis."""
        texts, words = self._texts, self._words
        if texts[place] == ",":
            return texts[place + 1] in words.tells
        if _has_dash(self._paper, place):
            return self.tells(place, self._last)
        if texts[place] not in words.marks:
            return False
        closing = (
            texts.index(")", place, self._last + 1)
            if texts[place] == "(" and ")" in texts[place : self._last + 1]
            else self._last
        )
        return self.tells(place + 1, closing)

    def _is_aim(self, place: int) -> bool:
        """Whether "to" there tells what the service is for: "to regain motion", but "is able to help"."""
        texts, words = self._texts, self._words
        return texts[place] == "to" and texts[place + 1] in words.aims and texts[place - 1] not in words.led


def _is_entry(words: ReasonWords, paper: Paper, line: Line) -> bool:
    """Whether a sentence begins an entry of a list, behind a mark or with its number."""
    start = paper.tokens.starts[line.sentence.first]
    begin = paper.told.rfind("\n", 0, start) + 1
    head = paper.source.text[begin : start + 1].lstrip()
    return head[:1] in words.bullets or head[:1].isdigit()


def _kind(key: Any) -> str:
    return str(key[0])


def is_reason(recogniser: Recogniser, paper: Paper, line: Line, mention: Match, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a result in brackets or behind a colon is that of something else, which stands behind it, and so the reason for what
    is only asked for: "Plan: ESI (failed 3 months of PT)"."""
    is_asked = line.section == "plan" or any(other.category in PENDING for other in hits)
    if hit.before or hit.category not in RESPONSES or not is_asked:
        return False
    texts, place = paper.tokens.texts, mention.last + hit.distance
    behind = texts[place + 1] if place < line.sentence.last else "."
    tells_more = behind not in ENDS | recogniser.small.prepositions
    subject = _behind_dash(paper, mention.last, place)
    if subject:  # "- orthotics, custom - store-bought failed"
        return hit.category == "failed" and recogniser.small.verbs.isdisjoint(subject)
    return hit.distance > 1 and (texts[place - 1] in "(:" or subject is not None) and tells_more


def _behind_dash(paper: Paper, last: int, place: int) -> Sequence[str] | None:
    """The words between the dash behind a mention that ends at `last` and what is told at `place`; None where no dash stands there."""
    dash = next((here for here in range(last + 1, place + 1) if _has_dash(paper, here)), None)
    return None if dash is None else paper.tokens.texts[dash:place]


def _has_dash(paper: Paper, place: int) -> bool:
    """Whether a dash stands before a word, parted from it and from the word before: a hyphen does not."""
    _, starts, ends = paper.tokens
    between = paper.told[ends[place - 1] : starts[place]]
    marks = between.strip()
    return marks != "" and between[0].isspace() and between[-1].isspace() and set(marks) <= DASHES
