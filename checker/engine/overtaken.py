"""What a later day has overtaken: in March the drug did nothing, in May it brings the pain from 8 to 4."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from checker.chart.model import Chart, Finding, TreatmentEvent
from checker.rulebook.model import Rulebook


def newest_word(chart: Chart, treatment: str, rulebook: Rulebook) -> Chart:
    """The chart without findings that hold `until` another one, where that is recorded on a later day, and with the failure of the asked
    treatment left open where it helped on a later day; the very same where nothing is overtaken."""
    kept = {name: _holding(found, chart, rulebook) for name, found in chart.findings.items()}
    told = chart.events.get(treatment, ())
    events = _since_help(told, _last_gain(chart, treatment, rulebook)) if told else ()
    if any(len(found) != len(chart.findings[name]) for name, found in kept.items()):
        chart = replace(chart, findings={name: found for name, found in kept.items() if found})
    return replace(chart, events={**chart.events, treatment: events}) if events != told else chart


def _holding(found: tuple[Finding, ...], chart: Chart, rulebook: Rulebook) -> tuple[Finding, ...]:
    known = rulebook.findings.get(found[0].finding)
    if known is None or not known.until:
        return found
    last = _last_of(known.until, chart)
    return tuple(one for one in found if one.stated or one.date is None or one.date >= last)


def _last_gain(chart: Chart, treatment: str, rulebook: Rulebook) -> date:
    """The last day on which what overtakes a failure of such a treatment is recorded."""
    asked = rulebook.treatments.get(treatment)
    lists = [known.until for known in rulebook.findings.values() if asked and asked.category in known.of_requested]
    return _last_of({name for names in lists for name in names}, chart)


def _last_of(names: Iterable[str], chart: Chart) -> date:
    days = (one.date for name in names for one in chart.findings.get(name, ()) if one.status == "present")
    return max((day for day in days if day), default=date.min)


def _since_help(events: tuple[TreatmentEvent, ...], gain: date) -> tuple[TreatmentEvent, ...]:
    helped = [
        event.start for event in events if event.status == "done" and event.response == "improved" and event.start
    ]
    last = max(helped, default=gain)
    return tuple(
        replace(event, response="not_stated")
        if event.response == "failed" and not event.stated and event.start and event.start < max(last, gain)
        else event
        for event in events
    )
