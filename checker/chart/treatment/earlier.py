"""Visits that were had before, told beside a request for more: "More acupuncture is requested. The prior six visits brought no relief." """

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.chart.amount.amounts import AmountWords
from checker.chart.amount.scores import changes_of
from checker.chart.context.events import DECIDED, PENDING, RESPONSES, attended, response_of
from checker.chart.context.follow import visits_told
from checker.chart.context.hits import NEGATING
from checker.chart.model import TreatmentEvent
from checker.chart.page.sections import FOREIGN
from checker.chart.sentence.lines import Line, Paper, evidence_of
from checker.chart.treatment.services import bare_scores
from checker.chart.vocabulary import Recogniser
from checker.words.numbers import count_with_unit

BEFORE = 2  # words before a number that say that these visits were the earlier ones: "the prior 6 visits"
UNHAD = NEGATING | DECIDED | {"planned", "conditional", "goal", "guideline"}


def had_before(
    recogniser: Recogniser, paper: Paper, line: Line, spoken: Sequence[TreatmentEvent], *, is_next: bool
) -> list[TreatmentEvent]:
    """The one treatment that is only asked for, as it was had before, where a sentence counts the visits of it. `is_next`: it is asked
    for in the sentence right before."""
    is_one = len({event.treatment for event in spoken}) == 1 and all(event.status in PENDING for event in spoken)
    if not is_one or spoken[0].treatment not in recogniser.kinds.counted or line.section in FOREIGN:
        return []
    counted = _earlier(recogniser, paper, line)
    if counted is None and is_next:
        visits = visits_told(paper.tokens.texts, line.sentence, line.context, recogniser.amounts)
        counted = (
            (visits, _result(recogniser, paper, line, line.sentence.first, line.sentence.first)) if visits else None
        )
    if counted is None:
        return []
    evidence = evidence_of(line, paper, None)
    return [
        replace(
            spoken[0], status="done", visits=counted[0], response=counted[1], evidence=evidence, start=None, end=None
        )
    ]


def _earlier(recogniser: Recogniser, paper: Paper, line: Line) -> tuple[float, str] | None:
    """The number of the earlier visits that a sentence names as such, with what came of them."""
    texts, words, last = paper.tokens.texts, recogniser.amounts, line.sentence.last
    for place in range(line.sentence.first, last):
        counts = count_with_unit(texts, place, words.units)
        if counts is None or counts[1] != "visits" or counts[3] > last:
            continue
        value, _, begin, stop = counts
        kind = _kind(texts, begin, words)
        told = {hit.category for hit in line.context.hits(begin, stop)}
        response = _result(recogniser, paper, line, begin, stop)
        if kind and UNHAD.isdisjoint(told) and (kind == "earlier" or response in RESPONSES):
            return attended(texts, begin) or value, response
    return None


def _kind(texts: Sequence[str], begin: int, words: AmountWords) -> str:
    """Whether the words before a number say that these visits were earlier ones, or the first."""
    before = texts[max(begin - BEFORE, 0) : begin]
    return "earlier" if not words.earlier.isdisjoint(before) else "first" if not words.first.isdisjoint(before) else ""


def _result(recogniser: Recogniser, paper: Paper, line: Line, begin: int, stop: int) -> str:
    """What a sentence says came of the visits counted there: a result, else a score of pain before and after."""
    told = response_of(line.context.hits(begin, stop))
    if told != "not_stated":
        return told
    texts, sentence = paper.tokens.texts, line.sentence
    bare = bare_scores(recogniser, line)
    changes = changes_of(texts, sentence.first, sentence.last, (), line.places.tokens(), recogniser.scores, bare)
    return next((change.response for change in changes), told)
