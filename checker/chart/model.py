"""The chart of a request: findings and treatments of the record, each with its proof, ready to be queried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from types import MappingProxyType

from checker.record import record


@record
class Evidence:
    """A line of the record. Page and line count from 1; start and end are offsets into the page's text."""

    document: str
    quote: str
    page: int = 1
    line: int = 0
    start: int = 0
    end: int = 0
    date: date | None = None
    document_type: str | None = None


@record
class Finding:
    """One clinical fact of the record.

    `status` is present, absent or not_stated (the record itself says that it is not documented).
    `time` is current, historical, possible, planned or conditional; only current and historical count as the
    patient's state. `stated` means that the office wrote it into the request. `levels`: of the spine, "L4-5" or "L5". `told_of`: the
    treatments that its words name, where it is the result of certain treatments.
    """

    finding: str
    status: str = "present"
    body_part: str | None = None
    side: str | None = None
    date: date | None = None
    value: float | None = None
    unit: str | None = None
    time: str = "current"
    stated: bool = False
    levels: tuple[str, ...] = ()
    told_of: tuple[str, ...] = ()
    evidence: Evidence | None = None


@record
class TreatmentEvent:
    """Something done to or planned for the patient. `status`: done, planned, requested, authorized, denied, declined,
    not_done. `response`: failed, partial, improved, not_stated. Days give a stated length of use or care. `stopped`: its own words
    say that it was given up."""

    treatment: str
    status: str = "done"
    response: str = "not_stated"
    visits: float | None = None
    days: float | None = None
    start: date | None = None
    end: date | None = None
    body_part: str | None = None
    side: str | None = None
    levels: tuple[str, ...] = ()
    stated: bool = False
    evidence: Evidence | None = None
    stopped: bool = False


@record
class Chart:
    """All findings and treatment events of a request, indexed by name. Order of the record is kept."""

    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=lambda: MappingProxyType({}))
    events: Mapping[str, tuple[TreatmentEvent, ...]] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[str, ...] = ()


def make_chart(
    findings: Iterable[Finding] = (), events: Iterable[TreatmentEvent] = (), notices: Iterable[str] = ()
) -> Chart:
    """Index findings and events by their names."""
    by_finding: dict[str, list[Finding]] = {}
    for finding in findings:
        by_finding.setdefault(finding.finding, []).append(finding)
    by_treatment: dict[str, list[TreatmentEvent]] = {}
    for event in events:
        by_treatment.setdefault(event.treatment, []).append(event)
    return Chart(
        {name: tuple(found) for name, found in by_finding.items()},
        {name: tuple(found) for name, found in by_treatment.items()},
        tuple(notices),
    )
