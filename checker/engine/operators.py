"""One pure function per operator of a check: (check, setting) → outcome. The table at the bottom is the closed set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from checker.chart.model import Finding, TreatmentEvent
from checker.engine.logic import (
    MET,
    NO,
    NOT_MET,
    SILENT,
    UNKNOWN,
    YES,
    Outcome,
    all_of,
    any_of,
    at_least,
    negated,
)
from checker.engine.unit import Setting
from checker.rulebook import model

# Findings that describe a state at a visit: the newest visit speaks. All others stay true once recorded.
STATES = frozenset({"exam", "symptom", "measure", "work"})
KNOWN_TIMES = frozenset({"current", "historical"})


def evaluate(check: model.Check, setting: Setting) -> Outcome:
    """The outcome of a check in a setting."""
    return OPERATORS[type(check)](check, setting)


def _all(check: model.All, setting: Setting) -> Outcome:
    return all_of([evaluate(part, setting) for part in check.parts])


def _any(check: model.Any, setting: Setting) -> Outcome:
    return any_of([evaluate(part, setting) for part in check.parts])


def _at_least(check: model.AtLeast, setting: Setting) -> Outcome:
    return at_least(check.count, [evaluate(part, setting) for part in check.parts])


def _not(check: model.Not, setting: Setting) -> Outcome:
    return negated(evaluate(check.part, setting))


# --- findings --------------------------------------------------------------------------------------------------------


def _finding(check: model.FindingCheck, setting: Setting) -> Outcome:
    outcomes = [_one_finding(name, check, setting) for name in check.names]
    return outcomes[0] if len(outcomes) == 1 else any_of(outcomes)


def _one_finding(name: str, check: model.FindingCheck, setting: Setting) -> Outcome:
    recorded = setting.chart.findings.get(name)
    if not recorded:
        return SILENT
    found = [finding for finding in recorded if _fits(finding, check, setting)]
    if not found:
        return SILENT
    known = [finding for finding in found if finding.status != "not_stated"]
    if not known:
        return Outcome(UNKNOWN, tuple(found[:1]), "the record itself says that this is not documented")
    kind = setting.rulebook.findings[name].kind if name in setting.rulebook.findings else ""
    present, proofs, conflicting = _decide(known, kind)
    met = present == (check.status == "present")
    reason = "papers disagree; decided by kind of paper and date" if conflicting else ""
    return Outcome(MET if met else NOT_MET, proofs, reason, conflicting)


def _fits(finding: Finding, check: model.FindingCheck, setting: Setting) -> bool:
    if finding.time not in KNOWN_TIMES:
        return False
    if not _same_part(finding.body_part, check.body_part, setting):
        return False
    if check.side == "requested" and not _same_side(finding.side, setting.asked.side):
        return False
    if check.within_days is not None and finding.date and (setting.as_of - finding.date).days > check.within_days:
        return False
    return not check.sources or finding.stated or _source_of(finding) in check.sources


def _source_of(finding: Finding) -> str | None:
    return finding.evidence.document_type if finding.evidence else None


def _same_part(part: str | None, wanted: str | None, setting: Setting) -> bool:
    if part is None or wanted is None or wanted == "any":
        return True
    if wanted == "requested":
        return not setting.requested or part in setting.requested
    if wanted == "region":
        return not setting.region or part in setting.region
    return part == wanted


def _same_side(side: str | None, wanted: str | None) -> bool:
    return side is None or wanted is None or "bilateral" in (side, wanted) or side == wanted


def _decide(found: Sequence[Finding], kind: str) -> tuple[bool, tuple[Finding, ...], bool]:
    """Whether the finding is present, the findings that say so, and whether others of the same weight disagree.

    What the office states beats what was read. A state at a visit is decided by the newest visit; anything else is
    present once it was recorded as present.
    """
    stated = [finding for finding in found if finding.stated]
    deciding: Sequence[Finding] = stated or found
    if kind in STATES:
        newest = max((finding.date or date.min) for finding in deciding)
        deciding = [finding for finding in deciding if (finding.date or newest) == newest]
    present = [finding for finding in deciding if finding.status == "present"]
    absent = [finding for finding in deciding if finding.status == "absent"]
    if not present:
        return False, tuple(absent[:2]), False
    places = {(finding.body_part, finding.side) for finding in present}
    against = [finding for finding in absent if (finding.body_part, finding.side) in places]
    if against:
        return True, (present[0], against[0]), True
    return True, tuple(present[:2]), False


def _value(check: model.ValueCheck, setting: Setting) -> Outcome:
    found = [
        finding
        for finding in setting.chart.findings.get(check.finding, ())
        if finding.value is not None
        and finding.time in KNOWN_TIMES
        and _same_part(finding.body_part, check.body_part, setting)
    ]
    if not found:
        return SILENT
    if check.pick == "newest":
        picked = max(found, key=lambda finding: finding.date or date.min)
    else:
        choose = max if check.pick == "highest" else min
        picked = choose(found, key=lambda finding: finding.value or 0.0)
    return _bounded(picked.value or 0.0, check.bounds, (picked,), picked.unit or "")


def _duration(check: model.DurationCheck, setting: Setting) -> Outcome:
    if check.of == "injury":
        if setting.injury.date is None:
            return SILENT
        return _bounded((setting.as_of - setting.injury.date).days, check.bounds, (), "days since the injury")
    found = [finding for finding in setting.chart.findings.get(check.of, ()) if finding.status == "present"]
    lengths = [(length, finding) for finding in found if (length := _length(finding, setting)) is not None]
    if not lengths:
        return Outcome(UNKNOWN, tuple(found[:1]))
    length, finding = max(lengths, key=lambda pair: pair[0])
    return _bounded(length, check.bounds, (finding,), "days")


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


def _length(finding: Finding, setting: Setting) -> float | None:
    if finding.value is not None and finding.unit in UNIT_DAYS:
        return finding.value * UNIT_DAYS[finding.unit]
    return float((setting.as_of - finding.date).days) if finding.date else None


# --- treatments ------------------------------------------------------------------------------------------------------


def _tried(check: model.TriedCheck, setting: Setting) -> Outcome:
    found = _events(check.treatments, check.body_part, setting)
    done = [event for event in found if event.status == "done"]
    if not done:
        refused = [event for event in found if event.status in ("not_done", "declined")]
        return Outcome(NOT_MET, tuple(refused[:1]), "the record says that it was not done") if refused else SILENT
    outcomes = [(event, _one_event(event, check)) for event in done]
    met = [event for event, value in outcomes if value == MET]
    if len({event.treatment for event in met}) >= check.count:
        return Outcome(MET, tuple(met[: max(2, check.count)]))
    unknown = [event for event, value in outcomes if value == UNKNOWN]
    if check.count > 1 or unknown:
        return Outcome(UNKNOWN, tuple((unknown or done)[:2]), "done, but the record does not say enough about it")
    return Outcome(NOT_MET, tuple(done[:2]), "done, with another result or length than asked")


def _events(names: Iterable[str], part: str | None, setting: Setting) -> list[TreatmentEvent]:
    found: list[TreatmentEvent] = []
    for name in names:
        for event in setting.events.get(setting.treatment if name == "same" else name, ()):
            if event not in found and _same_part(event.body_part, part, setting):
                found.append(event)
    return found


def _one_event(event: TreatmentEvent, check: model.TriedCheck) -> int:
    value = MET
    if check.responses and event.response not in check.responses:
        value = UNKNOWN if event.response == "not_stated" else NOT_MET
    for amount, bounds in ((event.visits, check.visits), (_event_days(event), check.days)):
        if bounds is not None:
            value = min(value, UNKNOWN if amount is None else MET if within(amount, bounds) else NOT_MET)
    return value


def _event_days(event: TreatmentEvent) -> float | None:
    if event.days is not None:
        return event.days
    return float((event.end - event.start).days) if event.start and event.end else None


def _pending(check: model.PendingCheck, setting: Setting) -> Outcome:
    found = [event for event in _events(check.treatments, check.body_part, setting) if event.status in check.statuses]
    return Outcome(MET, tuple(found[:3])) if found else SILENT


def _interval(check: model.IntervalCheck, setting: Setting) -> Outcome:
    dated: list[tuple[date, Finding | TreatmentEvent]] = []
    for event in _events(check.treatments, check.body_part, setting):
        last = event.end or event.start
        if event.status == "done" and last:
            dated.append((last, event))
    for finding in setting.chart.findings.get(check.finding or "", ()):
        if finding.status == "present" and finding.date:
            dated.append((finding.date, finding))
    if not dated:
        return SILENT
    last, proof = max(dated, key=lambda pair: pair[0])
    return _bounded((setting.as_of - last).days, check.bounds, (proof,), "days since then")


# --- what is asked for, and who ---------------------------------------------------------------------------------------


def _request(check: model.RequestCheck, setting: Setting) -> Outcome:
    asked = setting.asked
    if check.quantity:
        return _quantity(check, setting)
    if check.states:
        return (
            YES
            if check.states in asked.states
            else Outcome(UNKNOWN, (), f"the item does not state the {_words(check.states)}")
        )
    if check.with_treatments:
        return YES if setting.others.intersection(check.with_treatments) else NO
    if check.flag:
        return YES if check.flag in asked.flags else NO
    return YES if set(check.body_parts) & (setting.requested or set(asked.body_parts)) else NO


def _quantity(check: model.RequestCheck, setting: Setting) -> Outcome:
    name = check.quantity or ""
    amount = setting.asked.quantities.get(name)
    if amount is None:
        return Outcome(UNKNOWN, (), f"the item does not state the number of {_words(name)}")
    before = 0.0
    proofs: tuple[TreatmentEvent, ...] = ()
    if check.cumulative:
        done = [e for e in _events(("same",), "requested", setting) if e.status == "done" and e.visits is not None]
        if done:
            most = max(done, key=lambda event: event.visits or 0.0)
            before, proofs = most.visits or 0.0, (most,)
    bounds = check.bounds or model.Bounds()
    if within(amount + before, bounds):
        return Outcome(MET, proofs, f"{number(amount + before)} {_words(name)}{' in all' if before else ''}")
    return Outcome(NOT_MET, proofs, _would_pass(amount, before, bounds, _words(name)))


def _would_pass(amount: float, before: float, bounds: model.Bounds, words: str) -> str:
    asked = f"{number(amount)} {words} asked" + (f", {number(before)} done before" if before else "")
    most = bounds.at_most if bounds.at_most is not None else bounds.less_than
    if most is None:
        return f"{asked}; fewer than the guideline's number"
    room = most - before if bounds.at_most is not None else most - before - 1
    if room < 1:
        return f"{asked}; no further {words} would pass"
    return f"{asked}; would be met at {number(room)} {words} or fewer"


def _patient(check: model.PatientCheck, setting: Setting) -> Outcome:
    parts: list[Outcome] = []
    if check.age is not None:
        age = setting.patient.age
        parts.append(SILENT if age is None else _bounded(age, check.age, (), "years"))
    if check.sex is not None:
        sex = setting.patient.sex
        parts.append(SILENT if sex is None else YES if sex == check.sex else NO)
    return all_of(parts)


# --- numbers ---------------------------------------------------------------------------------------------------------


def within(amount: float, bounds: model.Bounds) -> bool:
    """Whether a number keeps every limit."""
    return not (
        (bounds.at_least is not None and amount < bounds.at_least)
        or (bounds.at_most is not None and amount > bounds.at_most)
        or (bounds.more_than is not None and amount <= bounds.more_than)
        or (bounds.less_than is not None and amount >= bounds.less_than)
    )


def number(amount: float) -> str:
    """A number as a person writes it: without a decimal point where none is needed."""
    return f"{amount:g}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _bounded(amount: float, bounds: model.Bounds, proofs: tuple[Any, ...], words: str) -> Outcome:
    return Outcome(MET if within(amount, bounds) else NOT_MET, proofs, f"{number(amount)} {words}".strip())


OPERATORS: dict[type, Callable[[Any, Setting], Outcome]] = {
    model.All: _all,
    model.Any: _any,
    model.AtLeast: _at_least,
    model.Not: _not,
    model.FindingCheck: _finding,
    model.ValueCheck: _value,
    model.DurationCheck: _duration,
    model.TriedCheck: _tried,
    model.PendingCheck: _pending,
    model.RequestCheck: _request,
    model.PatientCheck: _patient,
    model.IntervalCheck: _interval,
}
