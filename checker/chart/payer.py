"""What a payer's letter may tell of a patient: what the payer granted or denied, and how many visits were had. What its reviewer writes
of history, examination and results is no proof of what the physician's papers should show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checker.chart.model import Finding, TreatmentEvent

OWN = frozenset({"authorized", "denied"})  # what the payer itself decided


def of_payer(
    findings: Iterable[Finding], events: Iterable[TreatmentEvent]
) -> tuple[tuple[TreatmentEvent, ...], tuple[str, ...]]:
    """The events of a payer's letter that count, without their results; and the lines that would have told more of the patient."""
    kept: list[TreatmentEvent] = []
    left: list[str] = [finding.evidence.quote for finding in findings if finding.evidence]
    for event in events:
        is_counted = event.status == "done" and event.visits is not None
        if event.status in OWN or is_counted:
            kept.append(replace(event, response="not_stated", days=None))
        if event.evidence and (event.status == "done" and (not is_counted or event.response != "not_stated")):
            left.append(event.evidence.quote)
    return tuple(kept), tuple(dict.fromkeys(left))
