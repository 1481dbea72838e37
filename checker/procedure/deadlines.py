"""Limits of time of a case: the safe day, the latest day that can be argued, the count, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from checker.engine.logic import MET, NOT_MET, UNKNOWN
from checker.procedure.calendar import Days, Step, count_all
from checker.procedure.case import Case
from checker.procedure.law import Fact, Limit, Reading, citation
from checker.procedure.rules import holds
from checker.record import record

DECISION = "decision"


@record
class Due:
    """A limit with its days. `safe` is the earliest day of all readings, `latest` the last one that can be argued (None:
    unbounded).

    `value` says whether it was kept: met, not met (late on every reading), or unknown (not done yet, or between the
    readings). `conflicts` names every other reading with its day.
    """

    limit: Limit
    start: Days
    safe: date
    latest: date | None
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...]
    conflicts: tuple[str, ...] = ()
    done: date | None = None
    value: int = UNKNOWN
    act_by: date | None = None  # the business day on or before `safe`, for acts of the office and the worker
    items: tuple[str, ...] = ()  # the items concerned, where the request has items with other days

    @property
    def day(self) -> date:
        """The day to keep: of an act still to be done the business day to act by, else the safe day."""
        return self.safe if self.done or self.act_by is None else self.act_by


@record
class _Counted:
    """One reading counted out: its start, its earliest and latest day, the steps to the earliest, and the business day to
    which a last day without business may move."""

    reading: Reading
    start: Days
    early: date
    late: date | None
    steps: tuple[Step, ...]
    moved: date | None = None


def dues(case: Case) -> tuple[Due, ...]:
    """The limits that apply to a case and whose start is known, the earliest first."""
    found = [due for limit in case.law.limits if (due := due_of(limit, case))]
    return tuple(sorted(found, key=lambda due: (due.safe, due.limit.id)))


def due_of(limit: Limit, case: Case) -> Due | None:
    """One limit; None where it does not apply or the day it starts on is not known."""
    start = case.days.get(limit.start)
    if start is None or not holds(limit.when, case):
        return None
    readings = [counted for reading in _usable(limit, case) if (counted := _count(reading, limit, case))]
    if not readings:
        return None
    first = min(readings, key=lambda counted: counted.early)
    ends = [counted.late for counted in readings if counted.late]
    latest = max(ends) if len(ends) == len(readings) else None
    done = case.days.get(limit.done) if limit.done else None
    if done and limit.done == DECISION and done.early < first.start.early:
        done = None  # a decision before its request is that on an earlier one, as on a form that is sent again
    return Due(
        limit=limit,
        start=first.start,
        safe=first.early,
        latest=latest,
        steps=first.steps,
        facts=_in_force((*limit.facts, *_reasons(first)), first, case),
        conflicts=tuple(dict.fromkeys(_conflicts(first, readings, case))),
        done=done.early if done else None,
        value=_kept(done.early, first.early, latest) if done else UNKNOWN,
        act_by=case.wide.on_or_before(first.early) if limit.duty in ("office", "worker") and not limit.opens else None,
    )


def _in_force(names: Iterable[str], counted: _Counted, case: Case) -> tuple[Fact, ...]:
    """The facts of these names that were in force when the count began, when it ended, or when the request was sent."""
    days = (counted.start.early, counted.early, case.days["planned"].early)
    facts = [case.law.facts[name] for name in dict.fromkeys(names)]
    return tuple(fact for fact in facts if any(fact.in_force(day) for day in days))


def _reasons(counted: _Counted) -> tuple[str, ...]:
    """Facts beside the limit's own that gave the day."""
    return (*counted.reading.facts, *counted.start.facts, *(counted.reading.roll if counted.moved else ()))


def _usable(limit: Limit, case: Case) -> Iterator[Reading]:
    """Readings whose condition holds and which no weak memory carries alone."""
    for reading in limit.readings:
        facts = [case.law.facts[name] for name in reading.facts or limit.facts]
        if holds(reading.condition, case) and any(fact.decides for fact in facts):
            yield reading


def _count(reading: Reading, limit: Limit, case: Case) -> _Counted | None:
    start = case.days.get(reading.start or limit.start)
    if start is None:
        return None
    steps = [Step(start.early, "start, not counted"), *count_all(start.early, reading.add, case.strict)]
    early = steps[-1].day
    late = count_all(start.late, reading.add, case.wide)[-1].day if start.late else None
    outer = case.days.get(reading.cap[1]) if reading.cap else None
    if reading.cap and outer:
        cap = count_all(outer.early, (reading.cap[0],), case.strict)[-1].day
        if cap < early:
            early = cap
            steps.append(Step(cap, f"outer limit: {reading.cap[0]} after {day_text(outer.early)}"))
        late = min(late, cap) if late else cap
    moved = None
    if reading.roll:
        rolled = case.wide.on_or_after(early)
        moved = rolled if rolled != early else None
        late = case.wide.on_or_after(late) if late else None
    return _Counted(reading, start, early, late, tuple(steps), moved)


def _conflicts(first: _Counted, readings: Iterable[_Counted], case: Case) -> Iterator[str]:
    """Every reason for another day, with that day."""
    start = first.start
    if start.late is None:
        yield f"{start.why}; a later receipt moves the day"
    elif not start.is_certain:
        later = count_all(start.late, first.reading.add, case.wide)[-1].day
        yield f"{start.why}: {day_text(later)} if it was {day_text(start.late)}"
    if disputed := _disputed(first.steps, case):
        later = count_all(start.early, first.reading.add, case.wide)[-1].day
        yield f"{', '.join(disputed)} is a holiday on one official list only: {day_text(later)} if it is not counted"
    for counted in readings:
        if counted.early != first.early:
            source = citation(case.law.facts[name] for name in counted.reading.facts)
            because = counted.reading.because or "the ordinary reading"
            yield f"{because}{f' ({source})' if source else ''}: {day_text(counted.early)}"
        if counted.moved:
            closed = case.wide.closed(counted.early)
            source = citation(case.law.facts[name] for name in counted.reading.roll)
            moved = day_text(counted.moved)
            yield f"{day_text(counted.early)} is no business day ({closed}); it may move to {moved} ({source})"


def _disputed(steps: Iterable[Step], case: Case) -> list[str]:
    """Business days of a count that one official list keeps as holidays."""
    return [
        f"{day_text(step.day)} ({name})"
        for step in steps
        if step.text.startswith("business day") and (name := case.wide.closed(step.day))
    ]


def _kept(done: date, early: date, latest: date | None) -> int:
    """Whether something done on a day kept the limit: only what is late on every reading is late."""
    if done <= early:
        return MET
    return NOT_MET if latest is not None and done > latest else UNKNOWN


def day_text(day: date) -> str:
    """A day as people read it, with its weekday: "Mon 2016-11-28"."""
    return f"{day:%a} {day.isoformat()}"


def is_over(due: Due, today: date) -> bool:
    """Whether the last day that can be argued lies behind."""
    return due.latest is not None and today > due.latest
