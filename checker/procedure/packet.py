"""The packet of an item: which papers its criteria call for, and which of them are there."""

from __future__ import annotations

from collections.abc import Iterator

from checker.procedure.denial import criterion_of
from checker.procedure.law import Law, Paper
from checker.record import record
from checker.report.model import CriterionReport, ItemReport
from checker.request.model import Document, Request
from checker.rulebook.checks import names_in
from checker.rulebook.model import Rulebook

TRIED = "tried"  # the kind of a criterion about earlier treatment


@record
class Needed:
    """One kind of paper, the criteria it is for, and the documents that count as such."""

    paper: Paper
    criteria: tuple[str, ...]
    documents: tuple[Document, ...]


def packet(item: ItemReport, request: Request, rulebook: Rulebook, law: Law) -> tuple[Needed, ...]:
    """What to attach for an item, in the order of rules/procedure."""
    calls: dict[str, list[str]] = {}
    for criterion in item.criteria:
        if criterion.status == "not_applicable" or criterion.role == "supporting":
            continue
        for kind in _called(criterion, request, rulebook, law):
            calls.setdefault(kind, []).append(criterion.id)
    found: list[Needed] = []
    for paper in law.papers:
        criteria = tuple(dict.fromkeys(name for kind in paper.kinds for name in calls.get(kind, ())))
        if criteria:
            there = tuple(document for document in request.documents if document.type in paper.types)
            found.append(Needed(paper, criteria, there))
    return tuple(found)


def _called(report: CriterionReport, request: Request, rulebook: Rulebook, law: Law) -> Iterator[str]:
    """What a criterion calls for: the papers that show it where it is met, else every kind that could. An exclusion calls
    for none."""
    if report.role == "exclusion":
        return
    if report.status != "met":
        yield from _kinds(report, rulebook)
        return
    shown = {line.document for line in report.evidence}
    types = {document.type for document in request.documents if document.id in shown}
    for paper in law.papers:
        if types & set(paper.types):
            yield paper.kinds[0]
            types -= set(paper.types)


def _kinds(report: CriterionReport, rulebook: Rulebook) -> Iterator[str]:
    """The kinds of findings that a criterion asks for, and whether it asks for earlier treatment."""
    criterion = criterion_of(report, rulebook)
    if criterion is None:
        return
    names = names_in(criterion.check)
    for name in sorted(names["finding"]):
        if name in rulebook.findings:
            yield rulebook.findings[name].kind
    if names["treatment"]:
        yield TRIED
