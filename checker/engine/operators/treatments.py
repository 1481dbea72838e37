"""Operators that ask what was done and what is planned: `tried`, `pending`, `interval`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from checker.chart.model import TreatmentEvent
from checker.engine.logic import MET, NOT_MET, SILENT, UNKNOWN, Proof, Single
from checker.engine.operators.numbers import limits, measured
from checker.engine.operators.places import AtPlace, at_place
from checker.engine.unit import Compiled, Setting
from checker.rulebook import model
from checker.rulebook.model import Rulebook

NOT_DONE = "the record says that it was not done"
UNCLEAR = "done, but the record does not say enough about it"
STOPPED = "the record says that it was stopped"
OTHERWISE = "done, with another result or length than asked"


def events_of(names: Iterable[str], at: AtPlace | None, setting: Setting) -> list[TreatmentEvent]:
    """Events of the named treatments at the wanted place, in the order of the names; `same` is the asked treatment."""
    named = (setting.events.get(setting.treatment if name == "same" else name, ()) for name in names)
    found = (event for events in named for event in events if at is None or at(event.body_part, setting))
    return list(dict.fromkeys(found))


def since(names: tuple[str, ...], events: list[TreatmentEvent], setting: Setting) -> list[TreatmentEvent]:
    """The events after the last time that one of the named treatments was done. An event without a day counts as later:
    what is written of it may speak of either. Nothing is later than what was never done."""
    done = [event for event in events_of(names, None, setting) if event.status == "done"]
    days = [day for event in done if (day := event.end or event.start)]
    if not done or not days:
        return events if done else []
    last = max(days)
    return [event for event in events if (event.start or event.end or last) >= last]


def tried(check: model.TriedCheck, rulebook: Rulebook) -> Compiled:
    """So many of the treatments were done, with a wanted response and for long enough."""
    at, judge, shown = at_place(check.body_part), _judge(check), max(2, check.count)

    def ask(setting: Setting) -> Single:
        found = events_of(check.treatments, at, setting)
        if check.after:
            found = since(check.after, found, setting)
        if check.within_days is not None:
            found = [event for event in found if not _older(event, check.within_days, setting)]
        if not found:
            return SILENT
        done = [event for event in found if event.status == "done"]
        if not done:
            refused = [event for event in found if event.status in ("not_done", "declined")]
            return Single(NOT_MET, tuple(refused[:1]), NOT_DONE) if refused else SILENT
        used = [event for event in done if not _given_up(event, done)] if check.in_use else done
        if not used:
            return Single(NOT_MET, tuple(event for event in done if event.stopped)[:2], STOPPED)
        judged = [(event, judge(event)) for event in used]
        met = [event for event, value in judged if value == MET]
        if len({event.treatment for event in met}) >= check.count:
            return Single(MET, tuple(met[:shown]))
        unknown = [event for event, value in judged if value == UNKNOWN]
        if check.count > 1 or unknown:
            return Single(UNKNOWN, tuple((unknown or used)[:2]), UNCLEAR)
        return Single(NOT_MET, tuple(used[:2]), OTHERWISE)

    return ask


def _older(event: TreatmentEvent, days: int, setting: Setting) -> bool:
    """Whether the record gives it a day that lies further back. What has no day may be recent."""
    day = event.end or event.start
    return day is not None and (setting.as_of - day).days > days


def _given_up(event: TreatmentEvent, done: Sequence[TreatmentEvent]) -> bool:
    """Whether a treatment was stopped, and not begun again on a later day."""
    stops = [other for other in done if other.stopped and other.treatment == event.treatment]
    return event.stopped or any(not (other.start and event.start and event.start > other.start) for other in stops)


def _judge(check: model.TriedCheck) -> Callable[[TreatmentEvent], int]:
    """The value of one event that was done: its response, its visits and its length, whichever is worst."""
    responses = check.responses
    visits = limits(check.visits) if check.visits else None
    days = limits(check.days) if check.days else None

    def judge(event: TreatmentEvent) -> int:
        value = MET
        if responses and event.response not in responses:
            value = UNKNOWN if event.response == "not_stated" else NOT_MET
        for amount, keeps in ((event.visits, visits), (_days(event), days)):
            if keeps is not None:
                value = min(value, UNKNOWN if amount is None else MET if keeps(amount) else NOT_MET)
        return value

    return judge


def _days(event: TreatmentEvent) -> float | None:
    if event.days is not None:
        return event.days
    return float((event.end - event.start).days) if event.start and event.end else None


def pending(check: model.PendingCheck, rulebook: Rulebook) -> Compiled:
    """One of the treatments is planned, requested or authorized."""
    at = at_place(check.body_part)

    def ask(setting: Setting) -> Single:
        found = [event for event in events_of(check.treatments, at, setting) if event.status in check.statuses]
        return Single(MET, tuple(found[:3])) if found else SILENT

    return ask


def interval(check: model.IntervalCheck, rulebook: Rulebook) -> Compiled:
    """Days between the last time that something was done or found and the deciding date."""
    at, keeps = at_place(check.body_part), limits(check.bounds)

    def ask(setting: Setting) -> Single:
        dated: list[tuple[date, Proof]] = []
        for event in events_of(check.treatments, at, setting):
            last = event.end or event.start
            if event.status == "done" and last:
                dated.append((last, event))
        for finding in setting.chart.findings.get(check.finding or "", ()):
            if finding.status == "present" and finding.date:
                dated.append((finding.date, finding))
        if not dated:
            return SILENT
        last, proof = max(dated, key=lambda pair: pair[0])
        return measured((setting.as_of - last).days, keeps, (proof,), "days since then")

    return ask
