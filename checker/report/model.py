"""The finished report. `to_dict` is the JSON contract `imr-check/1`; every renderer reads these values only."""

from __future__ import annotations

from datetime import date
from typing import Any

from checker.record import record


@record
class EvidenceLine:
    document: str
    quote: str
    finding: str
    status: str
    page: int | None = None
    line: int | None = None
    date: date | None = None
    stated: bool = False


@record
class CriterionReport:
    id: str
    rule: str
    statement: str
    role: str
    status: str  # met | not_met | not_documented | conflicting | not_applicable
    basis: str
    evidence: tuple[EvidenceLine, ...] = ()
    remedy: str | None = None
    reason: str | None = None  # why not applicable, what was found, at which number it would be met
    barrier: bool = False
    against: bool = False  # not documented, yet what the record says of it speaks against it


def fails(criterion: CriterionReport) -> bool:
    """Whether the criterion counts against the request. Where papers conflict, only a failing one has a remedy."""
    if criterion.role == "supporting" or criterion.status == "not_applicable":
        return False
    if criterion.status == "conflicting":
        return criterion.remedy is not None
    return (criterion.status == "met") == (criterion.role == "exclusion")


@record
class Considered:
    rule: str
    governs: bool
    why: str


@record
class Remedy:
    criterion: str
    do: str
    rank: int
    kind: str  # barrier | document | change


@record
class GuidelineReport:
    id: str
    family: str
    title: str
    section: str | None
    pages: str | None
    tier: str
    grade: str | None = None  # of the recommendation, where the guideline grades it


@record
class OtherEdition:
    """An item by the edition in force on the day of its service, where that is another than on the deciding date."""

    as_of: date
    prediction: str
    rule: str | None
    guideline: GuidelineReport | None
    deciding: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()


@record
class Odds:
    """Probability that IMR overturns the denial, with its range, how it was measured, and the sum of its parts."""

    probability: float | None = None
    low: float | None = None
    high: float | None = None
    basis: str = ""
    parts: tuple[tuple[str, float], ...] = ()
    measured: str = ""  # on what, in short: number of letters, their years, the day


@record
class ItemReport:
    id: str
    request: str
    treatments: tuple[str, ...]
    prediction: str  # upheld | overturned | undetermined
    rule: str | None = None
    guideline: GuidelineReport | None = None
    considered: tuple[Considered, ...] = ()
    criteria: tuple[CriterionReport, ...] = ()
    deciding: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    would_turn: tuple[str, ...] = ()  # smallest set of criteria that would turn the determination
    odds: Odds = Odds()
    treatment_labels: tuple[str, ...] = ()
    category: str = "other"  # service category of the deciding treatment
    flags: tuple[str, ...] = ()  # what the words of the item say of the request as a whole
    other_edition: OtherEdition | None = None


@record
class ProcedureLine:
    id: str
    status: str
    statement: str
    citation: str
    remedy: str | None = None
    detail: str | None = None
    basis: str = ""


@record
class Report:
    request: str  # name of the request file
    as_of: date
    items: tuple[ItemReport, ...]
    procedure: tuple[ProcedureLine, ...] = ()
    notices: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()  # pages of papers that could not be read, as "scan, page 1"; each has a notice too


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain data in the shape of DESIGN §8."""
    return {
        "format": "imr-check/1",
        "as_of": report.as_of.isoformat(),
        "items": [_item(item) for item in report.items],
        "procedure": [
            {
                "id": line.id,
                "status": line.status,
                "statement": line.statement,
                "citation": line.citation,
                "remedy": line.remedy,
                "detail": line.detail,
                "basis": line.basis,
            }
            for line in report.procedure
        ],
        "notices": list(report.notices),
    }


def _item(item: ItemReport) -> dict[str, Any]:
    odds, other = item.odds, item.other_edition
    return {
        "id": item.id,
        "request": item.request,
        "treatments": list(item.treatments),
        "prediction": item.prediction,
        "probability_overturned": odds.probability,
        "probability_range": None if odds.low is None else [odds.low, odds.high],
        "probability_basis": odds.basis,
        "rule": item.rule,
        "guideline": _guideline(item.guideline),
        "considered": [{"rule": c.rule, "governs": c.governs, "why": c.why} for c in item.considered],
        "criteria": [_criterion(criterion) for criterion in item.criteria],
        "deciding": list(item.deciding),
        "would_turn": list(item.would_turn),
        "remedies": _remedies(item.remedies),
        "other_edition": other
        and {
            "as_of": other.as_of.isoformat(),
            "prediction": other.prediction,
            "rule": other.rule,
            "guideline": _guideline(other.guideline),
            "deciding": list(other.deciding),
            "remedies": _remedies(other.remedies),
        },
    }


def _guideline(guideline: GuidelineReport | None) -> dict[str, Any] | None:
    if guideline is None:
        return None
    return {
        "id": guideline.id,
        "family": guideline.family,
        "title": guideline.title,
        "section": guideline.section,
        "pages": guideline.pages,
        "tier": guideline.tier,
        "grade": guideline.grade,
    }


def _remedies(remedies: tuple[Remedy, ...]) -> list[dict[str, Any]]:
    return [{"criterion": r.criterion, "do": r.do, "rank": r.rank, "kind": r.kind} for r in remedies]


def _criterion(criterion: CriterionReport) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "rule": criterion.rule,
        "statement": criterion.statement,
        "role": criterion.role,
        "status": criterion.status,
        "basis": criterion.basis,
        "evidence": [
            {
                "document": line.document,
                "page": line.page,
                "line": line.line,
                "quote": line.quote,
                "finding": line.finding,
                "status": line.status,
                "date": line.date.isoformat() if line.date else None,
            }
            for line in criterion.evidence
        ],
        "remedy": criterion.remedy,
        "reason": criterion.reason,
        "against": criterion.against,
    }
