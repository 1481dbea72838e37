"""Which door: the next step, given today, the papers, the decisions and the limits of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.engine.logic import MET, NOT_MET, UNKNOWN
from checker.procedure.case import Case
from checker.procedure.deadlines import Due, day_text, is_over
from checker.procedure.law import Door, Fact
from checker.procedure.rules import holds
from checker.record import record


@record
class NextStep:
    """The door that is open, the facts behind it, and what to do with its days filled in."""

    door: Door
    facts: tuple[Fact, ...]
    do: str


def with_timing(case: Case, dues: Iterable[Due]) -> Case:
    """The case knowing whether review was in time, whether it is overdue, and which limits are still open."""
    dues = tuple(dues)
    validity = [due for due in dues if due.limit.validity]
    made = [due.value for due in validity if due.done]
    decisions = [due for due in validity if due.limit.done == "decision"]
    # Late in one respect is late; in time needs the decision itself to be in time.
    timely = None
    if NOT_MET in made:
        timely = False
    elif any(due.value == MET for due in decisions) and UNKNOWN not in made:
        timely = True
    values: dict[str, bool | None] = {"ur__timely": timely}
    if decisions:
        values["ur__overdue"] = all(due.done is None and is_over(due, case.today) for due in decisions)
    for due in dues:
        if due.limit.duty in ("office", "worker"):
            values[f"{due.limit.id}__open"] = due.done is None and not is_over(due, case.today)
    return case.knowing(**values)


def next_step(case: Case, dues: Iterable[Due]) -> NextStep | None:
    """The first door whose condition is met; None where no law in force knows the case."""
    days = {due.limit.id: _day(due, case) for due in dues}
    for door in case.law.doors:
        facts = case.law.cited(door.facts, case.today)
        if facts and holds(door.when, case):
            return NextStep(door, facts, door.do.format_map(_Days(days)))
    return None


def _day(due: Due, case: Case) -> str:
    """The day to act by; of an act whose safe day lies behind, both days."""
    day = due.day
    if due.act_by and case.today > day and due.latest and not is_over(due, case.today):
        return f"{day_text(day)} (passed; {day_text(due.latest)} can be argued)"
    return day_text(day)


class _Days(dict[str, str]):
    """Days by the id of their limit; one that is not known is said to be so."""

    def __init__(self, days: Mapping[str, str]) -> None:
        super().__init__(days)

    def __missing__(self, name: str) -> str:
        return "the day that the letters give (not stated in the request)"
