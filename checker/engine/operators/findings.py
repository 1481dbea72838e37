"""Operators that ask the findings of the chart: `finding`, `value`, `duration`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

from checker.chart.model import Finding
from checker.engine.logic import MET, NOT_MET, SILENT, UNKNOWN, Outcome, Single, any_of
from checker.engine.operators.numbers import Limits, limits, measured
from checker.engine.operators.places import at_place
from checker.engine.unit import Compiled, Setting, examined_side, same_side
from checker.rulebook import model
from checker.rulebook.model import Rulebook

Fits: TypeAlias = Callable[[Finding, Setting], bool]

# Findings that describe a state at a visit: the newest visit speaks. All others stay true once recorded.
STATES = frozenset({"exam", "symptom", "measure", "work"})
KNOWN_TIMES = ("current", "historical")
SUSPECTED_TIMES = (*KNOWN_TIMES, "possible")

NOT_STATED = "the record itself says that this is not documented"
DISAGREE = "papers disagree; decided by kind of paper and date"


# --- finding ---------------------------------------------------------------------------------------------------------


def finding(check: model.FindingCheck, rulebook: Rulebook) -> Compiled:
    """One of the names is recorded with the wanted status."""
    each = {name: _one_finding(name, check, rulebook) for name in check.names}
    if len(each) == 1:
        return each[check.names[0]]

    def ask(setting: Setting) -> Outcome:
        recorded = setting.chart.findings
        outcomes = [ask_one(setting) for name, ask_one in each.items() if name in recorded]
        if not outcomes:
            return SILENT
        return any_of(outcomes if len(outcomes) == len(each) else [*outcomes, SILENT])

    return ask


def _one_finding(name: str, check: model.FindingCheck, rulebook: Rulebook) -> Compiled:
    fits = _fits(check)
    if_present, if_absent = values = (MET, NOT_MET) if check.status == "present" else (NOT_MET, MET)
    known = rulebook.findings.get(name)
    times = SUSPECTED_TIMES if check.suspected else KNOWN_TIMES
    several = _several(fits, values, times, known is not None and known.kind in STATES)

    def ask(setting: Setting) -> Single:
        recorded = setting.chart.findings.get(name)
        if not recorded:
            return SILENT
        if len(recorded) > 1:
            return several(recorded, setting)
        entry = recorded[0]  # most findings are recorded once, and then there is nothing to weigh
        if entry.time not in times or (fits is not None and not fits(entry, setting)):
            return SILENT
        if entry.status == "present":
            return Single(if_present, recorded)
        if entry.status == "absent":
            return Single(if_absent, recorded)
        return Single(UNKNOWN, recorded, NOT_STATED)

    return ask


def _fits(check: model.FindingCheck) -> Fits | None:
    """Whether a finding is of the place, side, days and papers that the check wants; None where it wants any."""
    at, sided, within, sources = at_place(check.body_part), check.side == "requested", check.within_days, check.sources
    if at is None and not sided and within is None and not sources:
        return None

    def fits(entry: Finding, setting: Setting) -> bool:
        if at is not None and not at(entry.body_part, setting):
            return False
        if sided and not same_side(entry.side, setting.asked.side or examined_side(setting)):
            return False
        if within is not None and entry.date and (setting.as_of - entry.date).days > within:
            return False
        return not sources or entry.stated or _source_of(entry) in sources

    return fits


def _source_of(entry: Finding) -> str | None:
    return entry.evidence.document_type if entry.evidence else None


def _several(
    fits: Fits | None, values: tuple[int, int], times: tuple[str, ...], is_state: bool
) -> Callable[[Sequence[Finding], Setting], Single]:
    """What all records of one finding say together. `values`: of the check where it is present, where it is absent."""

    def ask(recorded: Sequence[Finding], setting: Setting) -> Single:
        found = [entry for entry in recorded if entry.time in times and (fits is None or fits(entry, setting))]
        if not found:
            return SILENT
        stating = [entry for entry in found if entry.status != "not_stated"]
        if not stating:
            return Single(UNKNOWN, (found[0],), NOT_STATED)
        present, proofs, conflicting = _decide(stating, is_state)
        return Single(values[0] if present else values[1], proofs, DISAGREE if conflicting else "", conflicting)

    return ask


def _decide(found: Sequence[Finding], is_state: bool) -> tuple[bool, tuple[Finding, ...], bool]:
    """Whether the finding is present, the findings that say so, and whether others of the same weight disagree.

    What the office states beats what was read. A state at a visit is decided by the newest visit; anything else is
    present once it was recorded as present.
    """
    deciding: Sequence[Finding] = [entry for entry in found if entry.stated] or found
    if is_state:
        newest = max((entry.date or date.min) for entry in deciding)
        deciding = _today([entry for entry in deciding if (entry.date or newest) == newest])
    present = [entry for entry in deciding if entry.status == "present"]
    absent = [entry for entry in deciding if entry.status == "absent"]
    if not present:
        return False, tuple(absent[:2]), False
    places = {(entry.body_part, entry.side) for entry in present}
    against = [entry for entry in absent if (entry.body_part, entry.side) in places]
    if against:
        return True, (present[0], against[0]), True
    return True, tuple(present[:2]), False


def _today(found: Sequence[Finding]) -> list[Finding]:
    """What a visit tells of a state, without what was there once and is denied now: "the graft has healed, there is no open wound"."""
    gone = {(entry.body_part, entry.side) for entry in found if entry.status == "absent" and entry.time == "current"}
    return [
        entry
        for entry in found
        if entry.status != "present" or entry.time != "historical" or (entry.body_part, entry.side) not in gone
    ]


# --- value -----------------------------------------------------------------------------------------------------------


def value(check: model.ValueCheck, rulebook: Rulebook) -> Compiled:
    """The picked one of the recorded numbers of a finding keeps the limits."""
    name, keeps, at, rank = check.finding, limits(check.bounds), at_place(check.body_part), PICKS[check.pick]

    def best(recorded: Sequence[Finding], setting: Setting) -> tuple[Finding, ...]:
        found = [entry for entry in recorded if tells(entry, setting)]
        return (max(found, key=rank),) if found else ()

    def tells(entry: Finding, setting: Setting) -> bool:
        is_told = entry.value is not None and entry.status == "present" and entry.time in KNOWN_TIMES
        return is_told and (at is None or at(entry.body_part, setting))

    def ask(setting: Setting) -> Single:
        recorded = setting.chart.findings.get(name)
        if recorded and len(recorded) > 1:
            recorded = best(recorded, setting)
        if not recorded:
            return SILENT
        entry = recorded[0]
        amount = entry.value
        if amount is None or not tells(entry, setting):
            return SILENT
        return Single(MET if keeps(amount) else NOT_MET, recorded, (amount, entry.unit))

    return ask


# Of several numbers of one day the highest counts, so that the order of the record does not matter.
PICKS: dict[str, Callable[[Finding], tuple[float, ...]]] = {
    "newest": lambda entry: ((entry.date or date.min).toordinal(), entry.value or 0.0),
    "highest": lambda entry: (entry.value or 0.0,),
    "lowest": lambda entry: (-(entry.value or 0.0),),
}


# --- duration --------------------------------------------------------------------------------------------------------


def duration(check: model.DurationCheck, rulebook: Rulebook) -> Compiled:
    """Time since the injury or since a finding began."""
    return _since_injury(limits(check.bounds)) if check.of == "injury" else _length_of(check.of, limits(check.bounds))


def _since_injury(keeps: Limits) -> Compiled:
    def ask(setting: Setting) -> Single:
        if setting.injury.date is None:
            return SILENT
        return measured((setting.as_of - setting.injury.date).days, keeps, (), "days since the injury")

    return ask


def _length_of(name: str, keeps: Limits) -> Compiled:
    def ask(setting: Setting) -> Single:
        found = [entry for entry in setting.chart.findings.get(name, ()) if entry.status == "present"]
        lengths = [(length, entry) for entry in found if (length := _length(entry, setting)) is not None]
        if not lengths:
            return Single(UNKNOWN, tuple(found[:1]))
        length, longest = max(lengths, key=lambda pair: pair[0])
        return measured(length, keeps, (longest,), "days")

    return ask


UNIT_DAYS = {
    "day": 1.0,
    "days": 1.0,
    "week": 7.0,
    "weeks": 7.0,
    "month": 30.0,
    "months": 30.0,
    "year": 365.0,
    "years": 365.0,
}


def _length(entry: Finding, setting: Setting) -> float | None:
    if entry.value is not None and entry.unit in UNIT_DAYS:
        return entry.value * UNIT_DAYS[entry.unit]
    return float((setting.as_of - entry.date).days) if entry.date else None
