"""Which of Kleene's three values a check can take at all, found without a chart.

Every leaf of a check looks at something: a finding at a place, a number, a paper trail. Leaves that look at the same thing
move together, so these are tried value by value; all others are taken as sets of values. Things that are related in medicine
but not by name are taken as free, so what is said to be impossible is impossible; not all that is impossible is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any, TypeAlias

from checker.rulebook import model
from checker.rulebook.model import Bounds, Check

NOT_MET, UNKNOWN, MET = 0, 1, 2
ALL_VALUES = frozenset({NOT_MET, UNKNOWN, MET})
MOST_TRIED = 50_000  # beyond so many combinations leaves are taken as free

Thing: TypeAlias = tuple[Any, ...]  # what a leaf looks at
State: TypeAlias = float | str | None  # a state that the thing can be in; None: the record is silent
Values: TypeAlias = frozenset[int]


class _Leaf:
    """What a leaf looks at, the states it tells apart, and its value in each state."""

    def __init__(self, thing: Thing, marks: Sequence[float], value: Callable[[State], int]) -> None:
        self.thing, self.marks, self.value = thing, marks, value


def reach(*checks: Check | None) -> frozenset[tuple[int, ...]]:
    """Every combination of values that the checks can have at one time. None stands for a check that is always met."""
    parts = [check for check in checks if check is not None]
    leaves = [leaf for check in parts for leaf in _leaves(check)]
    counts = Counter(leaf.thing for leaf in leaves)
    shared = {thing: _states(thing, leaves) for thing, count in counts.items() if count > 1}
    size = 1
    for states in shared.values():
        size *= len(states)
    if size > MOST_TRIED:
        shared = {}
    found: set[tuple[int, ...]] = set()
    for states in product(*shared.values()):
        known = dict(zip(shared, states, strict=True))
        found.update(product(*(_values(check, known) if check else frozenset({MET}) for check in checks)))
        if len(found) == 3 ** len(parts):
            break
    return frozenset(found)


def shares(one: Check, other: Check) -> bool:
    """Whether two checks look at one and the same thing somewhere."""
    return not {leaf.thing for leaf in _leaves(one)}.isdisjoint(leaf.thing for leaf in _leaves(other))


def _values(check: Check, known: Mapping[Thing, State]) -> Values:
    match check:
        case model.All():
            return _fold([_values(part, known) for part in check.parts], min, MET)
        case model.Any():
            return _fold([_values(part, known) for part in check.parts], max, NOT_MET)
        case model.AtLeast():
            return _counted(check.count, [_values(part, known) for part in check.parts])
        case model.Not():
            return frozenset(MET - value for value in _values(check.part, known))
        case _:
            leaves = list(_leaves(check))
            fold = min if isinstance(check, model.PatientCheck) else max
            return _fold([_leaf_values(leaf, known) for leaf in leaves], fold, MET if fold is min else NOT_MET)


def _leaf_values(leaf: _Leaf, known: Mapping[Thing, State]) -> Values:
    if leaf.thing in known:
        return frozenset({leaf.value(known[leaf.thing])})
    return frozenset(leaf.value(state) for state in _states(leaf.thing, [leaf]))


def _fold(parts: Sequence[Values], join: Callable[[int, int], int], empty: int) -> Values:
    found = frozenset({empty})
    for part in parts:
        found = frozenset(join(one, other) for one in found for other in part)
    return found


def _counted(count: int, parts: Sequence[Values]) -> Values:
    """Values of `at_least`: over every possible number of parts that are met and that are open."""
    tallies = {(0, 0)}
    for part in parts:
        tallies = {(met + (value == MET), still + (value == UNKNOWN)) for met, still in tallies for value in part}
    return frozenset(MET if met >= count else NOT_MET if met + still < count else UNKNOWN for met, still in tallies)


# --- leaves ----------------------------------------------------------------------------------------------------------


def _leaves(check: Check) -> Iterator[_Leaf]:
    match check:
        case model.All() | model.Any() | model.AtLeast():
            for part in check.parts:
                yield from _leaves(part)
        case model.Not():
            yield from _leaves(check.part)
        case model.FindingCheck():
            place = (check.body_part, check.side, check.within_days, check.sources, check.suspected)
            wanted = check.status == "present"
            for name in check.names:
                yield _Leaf(("finding", name, *place), (), _plain if wanted else _mirrored)
        case model.ValueCheck():
            yield _number(("value", check.finding, check.body_part, check.pick), check.bounds)
        case model.DurationCheck():
            yield _number(("duration", check.of), check.bounds)
        case model.IntervalCheck():
            yield _number(("interval", check.treatments, check.finding, check.body_part), check.bounds)
        case model.TriedCheck():
            yield _Leaf(("tried", check), (), _plain)
        case model.PendingCheck():
            yield _Leaf(("pending", check), (UNKNOWN, MET), _plain)
        case model.RequestCheck():
            yield _request(check)
        case model.PatientCheck():
            if check.age is not None:
                yield _number(("age",), check.age)
            if check.sex is not None:
                sex = check.sex
                yield _Leaf(("sex",), (), lambda state: UNKNOWN if state is None else MET if state == sex else NOT_MET)


def _request(check: model.RequestCheck) -> _Leaf:
    if check.quantity:
        return _number(
            ("quantity", check.quantity, check.cumulative, check.after, check.counting), check.bounds or Bounds()
        )
    if check.states:
        return _Leaf(("states", check.states), (UNKNOWN, MET), _plain)
    return _Leaf(
        ("asked", check.flag, check.with_treatments, check.by_itself, check.with_failing, check.body_parts),
        (NOT_MET, MET),
        _plain,
    )


def _number(thing: Thing, bounds: Bounds) -> _Leaf:
    limits = (bounds.at_least, bounds.at_most, bounds.more_than, bounds.less_than)
    marks = [limit for limit in limits if limit is not None]
    return _Leaf(thing, marks, lambda state: UNKNOWN if state is None else MET if _within(state, bounds) else NOT_MET)


def _plain(state: State) -> int:
    return UNKNOWN if state is None else int(state)


def _mirrored(state: State) -> int:
    return MET - _plain(state)


def _states(thing: Thing, leaves: Sequence[_Leaf]) -> tuple[State, ...]:
    """The states of a thing that the leaves can tell apart. Numbers are counted from zero."""
    marks = sorted({mark for leaf in leaves if leaf.thing == thing for mark in leaf.marks})
    kind = thing[0]
    if kind == "sex":
        return (None, "female", "male", "other")
    if kind in ("pending", "states", "asked"):
        return tuple(marks)
    if kind in ("finding", "tried"):
        return (None, NOT_MET, MET)
    between = [(low + high) / 2 for low, high in pairwise(marks)]
    outer = [marks[0] / 2, marks[-1] + 1] if marks else [1.0]
    return (None, *(number for number in sorted({*marks, *between, *outer}) if number >= 0))


def _within(state: State, bounds: Bounds) -> bool:
    number = float(state or 0)
    return not (
        (bounds.at_least is not None and number < bounds.at_least)
        or (bounds.at_most is not None and number > bounds.at_most)
        or (bounds.more_than is not None and number <= bounds.more_than)
        or (bounds.less_than is not None and number >= bounds.less_than)
    )
