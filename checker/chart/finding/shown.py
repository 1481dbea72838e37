"""What treatments show by themselves: a laminectomy done is an operation of the spine, an opioid taken is opioid use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.chart.amount.scores import Change
from checker.chart.context.events import PENDING
from checker.chart.model import Finding, TreatmentEvent
from checker.chart.page.sections import FOREIGN
from checker.chart.sentence.lines import Line, Paper
from checker.chart.treatment.services import score_changes
from checker.chart.vocabulary import Recogniser

TODAY = frozenset({"today", "now", "currently", "presently"})  # the pain of today is not what an injection brought
HELPED = frozenset({"improved", "partial"})
SHOWN_BY_CARE = frozenset({"history", "imaging"})  # kinds of findings that a treatment shows by itself
REFUSED = frozenset({"declined", "not_done"})
SILENT_SECTIONS = FOREIGN | {"review"}  # and the payer's words


def shown(
    recogniser: Recogniser, line: Line, events: Sequence[TreatmentEvent], told: Sequence[Finding]
) -> Iterable[Finding]:
    """What the treatments of a sentence show by themselves, where the sentence does not say it anyway, or the contrary. What is to come
    only on a condition, or stands in the payer's words, shows nothing."""
    if not events:
        return
    named = {finding.finding for finding in told}
    is_open = line.section in SILENT_SECTIONS or "conditional" in line.context.categories()
    for event in events:
        if is_open and event.status in PENDING:
            continue
        for definition in recogniser.links.shown.get(event.treatment, ()):
            fits = (
                event.status in definition.statuses
                and (definition.responses or not event.stopped)  # what was given up is there no more
                and (not definition.responses or event.response in definition.responses)
                and (not definition.sections or (line.section in definition.sections and line.sentence.opens))
            )
            if fits and definition.id not in named:
                yield Finding(
                    finding=definition.id,
                    body_part=event.body_part,
                    side=event.side,
                    date=event.start,
                    levels=event.levels,
                    evidence=event.evidence,
                    told_of=(event.treatment,),
                )


def eased(
    recogniser: Recogniser, paper: Paper, line: Line, events: Sequence[TreatmentEvent], told: Sequence[Finding]
) -> Iterable[Finding]:
    """The percentage by which two scores of pain say that a treatment helped: "after the injection the pain fell from 8 to 2"."""
    changes: Sequence[Change] | None = None
    if not TODAY.isdisjoint(paper.tokens.texts[line.sentence.first : line.sentence.last + 1]):
        return
    for definition in recogniser.links.scored:
        if any(finding.finding == definition.id for finding in told):
            continue
        known = recogniser.links.of_requested.get(definition.id, frozenset())
        helped = [
            event
            for event in events
            if event.treatment in known and event.status == "done" and event.response in HELPED
        ]
        if not helped:
            continue
        changes = score_changes(recogniser, paper, line) if changes is None else changes
        if len({change.share for change in changes}) == 1:
            yield Finding(
                finding=definition.id,
                body_part=helped[0].body_part,
                side=helped[0].side,
                date=helped[0].start,
                value=changes[0].share,
                unit=definition.unit,
                evidence=helped[0].evidence,
                told_of=tuple(dict.fromkeys(event.treatment for event in helped)),
            )


def is_unproven(recogniser: Recogniser, finding: Finding, events: Sequence[TreatmentEvent], paper: str | None) -> bool:
    """Whether what would show a finding is only planned, or not named at all. `paper`: its type."""
    return is_pending(recogniser, finding, events) or is_only_named(recogniser, finding, events, paper)


def is_pending(recogniser: Recogniser, finding: Finding, events: Sequence[TreatmentEvent]) -> bool:
    """Whether a sentence only plans, asks for or refuses the treatment that would show a fact of history or a study on file."""
    definition = recogniser.findings[finding.finding]
    is_plan = bool(definition.treatments) and "done" not in definition.statuses
    if not (definition.kind in SHOWN_BY_CARE or is_plan) or (finding.status, finding.time) != ("present", "current"):
        return False
    named = [event.status for event in events if definition in recogniser.links.shown.get(event.treatment, ())]
    # What is planned is so until it is refused: "Surgery was recommended, but he declined".
    fallen = REFUSED.issuperset(named) if is_plan else set(named).isdisjoint(definition.statuses)
    return bool(named) and fallen


def is_only_named(
    recogniser: Recogniser, finding: Finding, events: Sequence[TreatmentEvent], paper: str | None
) -> bool:
    """Whether the row of a request form names as its diagnosis what only a study can show, and tells of no study that was done.
    `paper`: its type."""
    if not recogniser.findings[finding.finding].proven or recogniser.services.get(paper or "") != "requested":
        return False
    return not any(event.status == "done" for event in events)
