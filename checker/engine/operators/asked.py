"""Operators that ask the request itself: `request` (what is asked for) and `patient` (for whom)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from checker.chart.model import TreatmentEvent
from checker.engine.logic import MET, NO, NOT_MET, SILENT, UNKNOWN, YES, Outcome, Single, all_of, number
from checker.engine.operators.numbers import limits, measured
from checker.engine.operators.places import at_place
from checker.engine.operators.treatments import events_of, since
from checker.engine.unit import Compiled, Setting
from checker.rulebook import model
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Bounds, Rulebook

FURTHER, PASSING = "no further", "would be met at"  # of a number asked for that is too large
ABSENT = Single(NOT_MET, (), "the request does not ask for it")
Done: TypeAlias = tuple[float, tuple[TreatmentEvent, ...]]  # a number of visits, and the events that show it


def request(check: model.RequestCheck, rulebook: Rulebook) -> Compiled:
    """What is asked for: its quantity, what its words state, what else is asked for, what kind of request it is."""
    if check.quantity:
        done: Callable[[Setting], Done] = _none_done
        if check.counting:
            done = partial(_done_of, check.counting)
        elif check.cumulative:
            done = partial(_most_done, check.after)
        return _quantity(check.quantity, check.bounds or Bounds(), done)
    if check.states:
        return _states(check.states)
    if check.with_treatments:
        return _beside(frozenset(check.with_treatments), by_itself=check.by_itself)
    if check.with_failing:
        return lambda setting: NO if setting.failing.isdisjoint(check.with_failing) else YES
    if check.flag:
        return lambda setting: YES if check.flag in setting.asked.flags else NO
    return _at_parts(frozenset(check.body_parts))


def _beside(treatments: frozenset[str], *, by_itself: bool) -> Compiled:
    if by_itself:
        return lambda setting: ABSENT if setting.beside.isdisjoint(treatments) else YES
    return lambda setting: ABSENT if setting.others.isdisjoint(treatments) else YES


def _states(what: str) -> Compiled:
    silent = Single(UNKNOWN, (), f"the item does not state the {_words(what)}")
    return lambda setting: YES if what in setting.asked.states else silent


def _at_parts(parts: frozenset[str]) -> Compiled:
    return lambda setting: NO if parts.isdisjoint(setting.requested or setting.asked.body_parts) else YES


def _quantity(name: str, bounds: Bounds, done_before: Callable[[Setting], Done]) -> Compiled:
    keeps, words = limits(bounds), _words(name)
    silent = Single(UNKNOWN, (), f"the item does not state the number of {words}")

    def ask(setting: Setting) -> Single:
        amount = setting.asked.quantities.get(name)
        before, proofs = done_before(setting)
        if amount is None and bounds.more_than is not None and before + 1 > bounds.more_than:
            amount = 1.0  # whatever the number is, it is one at least
        if amount is None:
            return silent
        if keeps(amount + before):
            return Single(MET, proofs, (amount + before, f"{words} in all" if before else words))
        return Single(NOT_MET, proofs, _would_pass(amount, before, bounds, words))

    return ask


_AT_REQUESTED = at_place("requested")
_AT_REGION = at_place("region")  # after an operation of the spine also what a sentence on the limb tells


def _none_done(setting: Setting) -> Done:
    return 0.0, ()


def _most_done(after: tuple[str, ...], setting: Setting) -> Done:
    """The largest number of visits of this treatment that the record counts: papers repeat and update one count. After an
    operation the visits may be told by a wider name: a request for hand therapy, a record of therapy since the operation."""
    where = _AT_REGION if after else _AT_REQUESTED
    done = _counted(events_of(("same",), where, setting))
    if after:
        wider = kinds_of(setting.treatment, setting.rulebook)
        done = since(after, done or _counted(events_of(wider, where, setting)), setting)
    most = max(done, key=lambda event: event.visits or 0.0) if done else None
    return (most.visits or 0.0, (most,)) if most else (0.0, ())


def _done_of(names: tuple[str, ...], setting: Setting) -> Done:
    """All visits of these treatments: what the office states is added up; of what papers count, the most at each part."""
    done = _counted([event for name in names for event in setting.everywhere.get(name, ())])
    stated = [event for event in done if event.stated]
    most: dict[str | None, TreatmentEvent] = {}
    for event in done:
        known = most.get(event.body_part)
        if known is None or (event.visits or 0.0) > (known.visits or 0.0):
            most[event.body_part] = event
    parts = tuple(event for part, event in most.items() if part is not None)
    ways = [tuple(stated), parts, tuple(event for part, event in most.items() if part is None)]
    best = max(ways, key=_sum)
    return _sum(best), best


def _counted(events: Iterable[TreatmentEvent]) -> list[TreatmentEvent]:
    return [event for event in events if event.status == "done" and event.visits is not None]


def _sum(events: Iterable[TreatmentEvent]) -> float:
    return sum(event.visits or 0.0 for event in events)


def _would_pass(amount: float, before: float, bounds: Bounds, words: str) -> str:
    asked = f"{_counted_in(amount, words)} asked" + (f", {number(before)} done before" if before else "")
    most = bounds.at_most if bounds.at_most is not None else bounds.less_than
    if most is None:
        return f"{asked}; {_below(bounds)}"
    room = most - before if bounds.at_most is not None else most - before - 1
    if room < 1:
        return f"{asked}; {FURTHER} {words} would pass"
    return f"{asked}; {PASSING} {_counted_in(room, words)} or fewer"


def _below(bounds: Bounds) -> str:
    """What an amount comes to that stays below a limit: of a number asked for too few, of a cap not too many."""
    return (
        "fewer than the guideline's number" if bounds.more_than is None else f"not more than {number(bounds.more_than)}"
    )


def _counted_in(amount: float, words: str) -> str:
    one = f"{words.removesuffix('ies')}y" if words.endswith("ies") else words.removesuffix("s")
    return f"{number(amount)} {one if amount == 1 else words}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def patient(check: model.PatientCheck, rulebook: Rulebook) -> Compiled:
    """Age and sex of the patient."""
    keeps, sex = limits(check.age) if check.age else None, check.sex

    def ask(setting: Setting) -> Outcome:
        parts: list[Outcome] = []
        if keeps is not None:
            age = setting.patient.age
            parts.append(SILENT if age is None else measured(age, keeps, (), "years"))
        if sex is not None:
            known = setting.patient.sex
            parts.append(SILENT if known is None else YES if known == sex else NO)
        return all_of(parts)

    return ask
