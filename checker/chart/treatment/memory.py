"""What sentences that name no treatment say of those named in the sentences before: "She declined.", "None of it helped." """

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from checker.chart.amount.scores import changes_of
from checker.chart.context.events import PENDING
from checker.chart.context.follow import (
    OPEN,
    REMEMBERED,
    gathers,
    is_lost,
    of_last,
    response_to,
    visits_told,
)
from checker.chart.model import TreatmentEvent
from checker.chart.page.sections import FOREIGN
from checker.chart.sentence.lines import Line, Paper, evidence_of, is_treatment
from checker.chart.treatment.earlier import had_before
from checker.chart.treatment.services import bare_scores, events_of
from checker.chart.vocabulary import Recogniser


class Memory:
    """What the sentences before told of treatments, for those that go on about them."""

    def __init__(self) -> None:
        self._told: list[TreatmentEvent] = []
        self._run: list[TreatmentEvent] = []  # of all sentences right before that name treatments, one behind the other
        self._age = self._end = 0
        self._section = ""
        self.withdrawn: set[TreatmentEvent] = set()  # offers that the very next sentence takes back

    def before(self, line: Line) -> list[TreatmentEvent]:
        """What the sentence right before told of the treatments that it named."""
        return self._told if self._runs_on(line) else []

    def events_of(self, recogniser: Recogniser, paper: Paper, line: Line) -> list[TreatmentEvent]:
        """What a sentence tells of treatments, its own or those named before."""
        is_next = line.sentence.first == self._end + 1
        named = [mention for mention in line.mentions if is_treatment(mention)]
        if named:
            spoken, is_run = self._told if is_next else [], self._runs_on(line)
            self._told = [event for mention in named for event in events_of(recogniser, paper, line, mention)]
            pointed = _pointed_at(recogniser, paper, line, spoken, self._told)
            is_over = all(event.status not in PENDING for event in self._told)
            self._run = [*(self._run if is_run else ()), *self._told] if is_over else []
            self._age, self._end, self._section = 0, line.sentence.last, line.section
            own = self._told if any(event.treatment not in recogniser.kinds.drugs for event in self._told) else spoken
            return [*self._told, *pointed, *had_before(recogniser, paper, line, own, is_next=False)]
        is_of_all = is_next and gathers(paper.tokens.texts, line.sentence, recogniser.follow)
        told = list(
            followed(recogniser, paper, line, (self._run if is_of_all else None) or self._told, is_next=is_next)
        )
        told += _counted(recogniser, paper, line, self._told) if is_next else []
        told += had_before(recogniser, paper, line, self._told, is_next=True) if is_next else []
        if is_next and line.refusal and (refused := list(_refused(recogniser, paper, line, self._told))):
            self.withdrawn.update(self._told)
            told = refused
        self._age += 1
        self._told = self._told if self._age < REMEMBERED else []
        return told

    def _runs_on(self, line: Line) -> bool:
        """Whether a sentence stands in the same section right behind one that names treatments."""
        return line.sentence.first == self._end + 1 and line.section == self._section and not self._age


def _pointed_at(
    recogniser: Recogniser, paper: Paper, line: Line, spoken: Sequence[TreatmentEvent], own: Sequence[TreatmentEvent]
) -> list[TreatmentEvent]:
    """What a sentence that names only drugs says, before it names them, of the one treatment told right before: "It brings the pain down
    and let her halve the Norco", "There was no relief and Norco was continued"."""
    drugs, sentence = recogniser.kinds.drugs, line.sentence
    if not spoken or any(event.treatment not in drugs for event in own) or any(e.treatment in drugs for e in spoken):
        return []
    opens = paper.tokens.texts[sentence.first] in recogniser.follow.one
    if not opens and any(event.response != "not_stated" for event in own):
        return []
    first = min(mention.first for mention in line.mentions if is_treatment(mention))
    before = replace(line, sentence=sentence._replace(last=max(first - 1, sentence.first)))
    return list(followed(recogniser, paper, before, spoken, is_next=True))


def _counted(
    recogniser: Recogniser, paper: Paper, line: Line, spoken: Sequence[TreatmentEvent]
) -> list[TreatmentEvent]:
    """The one treatment of the sentence right before with the visits that this one counts: "PT helps. She completed six visits." """
    done = [event for event in spoken if event.status == "done" and event.treatment in recogniser.kinds.counted]
    if len({event.treatment for event in spoken}) != 1 or not done or any(event.visits for event in spoken):
        return []
    visits = visits_told(paper.tokens.texts, line.sentence, line.context, recogniser.amounts)
    if visits is None or line.section in FOREIGN | {"plan", "goals", "review"}:
        return []
    return [replace(event, visits=visits, evidence=evidence_of(line, paper, event.start)) for event in done]


def _refused(
    recogniser: Recogniser, paper: Paper, line: Line, spoken: Sequence[TreatmentEvent]
) -> Iterable[TreatmentEvent]:
    """What was asked for in the sentence right before, where this one is a refusal: "She declined.", "Both were denied." One alone, unless
    the refusal opens with a word for several."""
    is_of_all = paper.tokens.texts[line.sentence.first] in recogniser.follow.several
    if len({event.treatment for event in spoken}) != 1 and not is_of_all:
        return
    if all(event.status in PENDING for event in spoken) and OPEN.isdisjoint(line.context.categories()):
        for event in spoken:
            yield replace(event, status=line.refusal, evidence=evidence_of(line, paper, event.start))


def followed(
    recogniser: Recogniser, paper: Paper, line: Line, spoken: Sequence[TreatmentEvent], *, is_next: bool
) -> Iterable[TreatmentEvent]:
    """The treatments told of before with what this sentence says of them. `is_next`: it stands right behind theirs."""
    open_ones = [
        event
        for event in spoken
        if (event.status, event.response) == ("done", "not_stated")
        and event.treatment in recogniser.kinds.curing
        and not line.tells_of_another(event.body_part, recogniser.limbs, recogniser.regions)
    ]
    if not open_ones or line.section in FOREIGN | {"plan", "goals", "review"}:
        return
    texts, sentence = paper.tokens.texts, line.sentence
    bare = bare_scores(recogniser, line)
    changes = changes_of(texts, sentence.first, sentence.last, (), line.places.tokens(), recogniser.scores, bare)
    is_one = len({event.treatment for event in spoken}) == 1
    single = [event for event in open_ones if event.treatment in recogniser.kinds.momentary]
    if is_next and single and (of_one := of_last(texts, sentence, line.context, recogniser.follow)):
        open_ones = [event for event in single if event.treatment == single[-1].treatment]
        yield from _answered(line, paper, open_ones, of_one)
        return
    response = response_to(
        texts,
        sentence,
        line.context,
        [change.response for change in changes],
        recogniser.follow,
        several=not is_one,
        is_next=is_next,
    )
    if is_next and is_one and open_ones[0].treatment in recogniser.kinds.momentary:
        response = "partial" if is_lost(texts, sentence, line.context, recogniser.follow) else response
    if response is not None:
        yield from _answered(line, paper, open_ones, response)


def _answered(line: Line, paper: Paper, spoken: Sequence[TreatmentEvent], response: str) -> Iterable[TreatmentEvent]:
    day = line.calendar.of(line.sentence.first, line.sentence.first, line.days)
    for event in spoken:
        yield replace(event, response=response, evidence=evidence_of(line, paper, day))
