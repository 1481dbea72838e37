"""A chart → entries for the keys `findings` and `prior_treatments` of a request, which a person can paste and correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from checker.chart.model import Chart, Evidence, Finding, TreatmentEvent

STATES = ("current", "historical")  # the patient's own; a suspicion or a plan is not pasted as a fact
PENDING = ("planned", "requested", "authorized")


class Entry(NamedTuple):
    """One entry. `doubt` says why it should not be pasted as it stands; empty for a plain fact."""

    name: str
    key: str  # findings | prior_treatments
    data: Mapping[str, Any]
    doubt: str = ""


def entries_of(chart: Chart, first: Sequence[str]) -> list[Entry]:
    """All entries of a chart; those whose names stand in `first` come first, in that order."""
    rank = {name: place for place, name in enumerate(first)}
    entries = [_finding(finding) for found in chart.findings.values() for finding in found]
    entries += [_event(event) for events in chart.events.values() for event in events]
    distinct = {(entry.name, str(entry.data), entry.doubt): entry for entry in entries}
    return sorted(distinct.values(), key=lambda entry: rank.get(entry.name, len(rank)))


def _finding(finding: Finding) -> Entry:
    data = {
        "finding": finding.finding,
        "status": finding.status,
        "body_part": finding.body_part,
        "side": finding.side,
        "level": ", ".join(finding.levels) or None,
        "date": _day(finding.date),
        "value": finding.value,
        "unit": finding.unit,
        "source": _source(finding.evidence),
    }
    return Entry(finding.finding, "findings", _given(data), "" if finding.time in STATES else finding.time)


def _event(event: TreatmentEvent) -> Entry:
    pending = event.status in PENDING
    data = {
        "treatment": event.treatment,
        "visits": event.visits,
        "from": _day(event.start) if event.status == "done" else None,
        "to": _day(event.end),
        "response": event.response if event.status == "done" else None,
        "body_part": event.body_part,
        "planned": True if pending else None,
        "source": _source(event.evidence),
    }
    doubt = "" if event.status == "done" or pending else event.status.replace("_", " ")
    return Entry(event.treatment, "prior_treatments", _given(data), doubt)


def _source(evidence: Evidence | None) -> dict[str, str] | None:
    return {"document": evidence.document, "quote": evidence.quote} if evidence and evidence.quote else None


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}
