"""Stated and read facts → one chart. What the office states wins over what is read; a disagreement is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.chart.model import Chart, Evidence, Finding, TreatmentEvent, make_chart
from checker.chart.payer import of_payer
from checker.chart.recognise import Reading
from checker.chart.vocabulary import letter_types
from checker.request.model import Citation, Request
from checker.rulebook.model import Rulebook
from checker.rulebook.spine import levels_of
from checker.words.tokens import tokenize

STUDIES = "imaging"  # the category of treatments that show what is `proven`
ASKED_FOR = frozenset({"planned", "requested", "authorized", "denied"})
NOT_SHOWN = (
    "A suspicion, as the study that could show it is only asked for: \u201c{quote}\u201d If one was done, list its report under "
    "documents."
)
SHORT = 40  # characters; a shorter line is rather a heading
OF_PAYER = (
    "{told} on the patient in a payer's letter not taken as evidence: what its reviewer writes proves nothing that the "
    "physician's papers should show. Attach those papers. For one: {first}"
)


def build_chart(
    request: Request, readings: Iterable[Reading], rulebook: Rulebook, notices: Iterable[str] = ()
) -> Chart:
    """The chart of a request from its own statements, its diagnoses and the readings of its papers."""
    stated = [*_stated(request, rulebook), *_diagnosed(request, rulebook)]
    done = list(_prior(request))
    said = list(notices)
    findings: list[Finding] = list(stated)
    events: list[TreatmentEvent] = list(done)
    left: dict[str, None] = {}
    own = {(finding.finding, finding.body_part): finding for finding in stated}
    payers = letter_types(rulebook)
    for page in readings:
        reading, unused = _counting(page, payers)
        left.update(dict.fromkeys(unused))
        for finding in reading.findings:
            mine = own.get((finding.finding, finding.body_part))
            if mine and finding.status != mine.status and "not_stated" not in (finding.status, mine.status):
                label = rulebook.findings[finding.finding].label
                quote = finding.evidence.quote[:100] if finding.evidence else ""
                said.append(f"The request states {label} {mine.status}; a paper reads {finding.status}: {quote}")
            findings.append(finding)
        events.extend(reading.events)
    if left:
        first = next((quote for quote in left if len(quote) > SHORT), next(iter(left)))
        told = "1 line" if len(left) == 1 else f"{len(left)} lines"
        said.append(OF_PAYER.format(told=told, first=first[:100]))
    findings, suspected = _only_suspected(findings, events, rulebook)
    said += [NOT_SHOWN.format(quote=quote[:100]) for quote in suspected]
    return make_chart(findings, events, dict.fromkeys(said))


def _only_suspected(
    findings: list[Finding], events: list[TreatmentEvent], rulebook: Rulebook
) -> tuple[list[Finding], list[str]]:
    """What only a study can show is possible while the record asks for a study of the part and holds none: a diagnosis proves no
    picture. Also the lines that say it. A line that names a study itself speaks of that."""
    studies = [event for event in events if rulebook.treatments[event.treatment].category == STUDIES]
    asked = [event for event in studies if event.status in ASKED_FOR]
    done = [event for event in studies if event.status == "done"]
    lines = {(proof.document, proof.page, proof.start) for event in studies if (proof := event.evidence)}

    def is_suspected(one: Finding) -> bool:
        proof = one.evidence
        if one.stated or not rulebook.findings[one.finding].proven or (one.status, one.time) != ("present", "current"):
            return False
        if proof is None or (proof.document, proof.page, proof.start) in lines:
            return False
        return any(_meet(one, event) for event in asked) and not any(_meet(one, event) for event in done)

    if not asked or not any(is_suspected(one) for one in findings):
        return findings, []
    kept = [replace(one, time="possible") if is_suspected(one) else one for one in findings]
    quotes = [one.evidence.quote for one in findings if one.evidence and is_suspected(one)]
    return kept, list(dict.fromkeys(quotes))


def _meet(one: Finding, event: TreatmentEvent) -> bool:
    """Whether they may be of one part and side of the body."""
    sides = {one.side, event.side}
    is_one_side = len(sides) == 1 or not sides.isdisjoint((None, "bilateral"))
    return is_one_side and (one.body_part == event.body_part or None in (one.body_part, event.body_part))


def _counting(reading: Reading, payers: frozenset[str]) -> tuple[Reading, tuple[str, ...]]:
    """What counts of a page, and of a payer's letter the lines that do not."""
    proofs = [finding.evidence for finding in reading.findings]
    proofs += [event.evidence for event in reading.events]
    if not any(proof and proof.document_type in payers for proof in proofs):
        return reading, ()
    events, unused = of_payer(reading.findings, reading.events)
    return Reading(events=events), unused


def _stated(request: Request, rulebook: Rulebook) -> Iterator[Finding]:
    for entry in request.findings:
        yield Finding(
            finding=entry.finding,
            status=entry.status,
            body_part=entry.body_part,
            side=entry.side,
            date=entry.date,
            value=entry.value,
            unit=entry.unit,
            stated=True,
            levels=levels_of(tokenize(entry.level or "").texts, rulebook),
            evidence=_evidence(entry.source, request),
        )


def _evidence(source: Citation | None, request: Request) -> Evidence | None:
    if source is None:
        return None
    paper = next((document for document in request.documents if document.id == source.document), None)
    return Evidence(
        document=source.document,
        quote=source.quote,
        date=paper.date if paper else None,
        document_type=paper.type if paper else None,
    )


def _diagnosed(request: Request, rulebook: Rulebook) -> Iterator[Finding]:
    """Diagnoses of the request by code: the findings of the vocabulary that claim a prefix of it."""
    for diagnosis in request.diagnoses:
        code = "" if diagnosis.read else (diagnosis.code or "").upper()
        for finding in rulebook.findings.values():
            if code and any(code.startswith(prefix) for prefix in finding.codes):
                yield Finding(finding.id, stated=True)


def _prior(request: Request) -> Iterator[TreatmentEvent]:
    for entry in request.prior_treatments:
        yield TreatmentEvent(
            treatment=entry.treatment,
            status="planned" if entry.planned else "done",
            response=entry.response,
            visits=entry.visits,
            start=entry.start,
            end=entry.end,
            body_part=entry.body_part,
            stated=True,
            evidence=_evidence(entry.source, request),
        )
