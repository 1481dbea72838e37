"""A "yes" to what a rule asks → the entries of the request that say so, with the few details that the rule needs.

`settle` walks the check and asks for details by yielding; it neither prints nor reads, so a terminal, a test and any other
front can drive it in the same way.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from checker.engine.logic import MET, UNKNOWN
from checker.engine.operators import evaluate
from checker.engine.unit import Setting
from checker.interview.edit import Add, Edit, Put
from checker.interview.plain import label, plain, treatments, upper
from checker.record import record
from checker.request.load import UNITS
from checker.rulebook import model
from checker.rulebook.model import Bounds, Check

RESPONSES = ("failed", "partial", "improved", "not_stated")
SIDES = ("left", "right", "bilateral")
SEXES = ("male", "female", "other")
CHANGEABLE = ("body_part", "side", "quantity", "duration", "dose", "level", "kind")  # what an item can be made to state


@record
class Case:
    """Where a question is asked: the setting of one treatment of one item, its body parts, and the item's place."""

    setting: Setting
    parts: tuple[str, ...] = ()
    item: int = 0


@record
class Ask:
    """One detail. The answer by kind: choose → indexes of options; number → number; day → date; period → two dates,
    the second None where it goes on; length → (number, unit of time); words → text. None means that the record does not say.

    `wanted` (options) and `bounds` (of the number, or in days) are what the rule asks for.
    """

    kind: str
    text: str
    options: tuple[str, ...] = ()
    least: int = 1
    most: int | None = None
    wanted: tuple[int, ...] = ()
    bounds: Bounds | None = None


Settling = Generator[Ask, Any, list[Edit]]


def answerable(check: Check, case: Case) -> bool:
    """Whether an answer can turn the check from open to met."""
    match check:
        case model.All():
            return all(_settled(part, case) or _open(part, case) for part in check.parts)
        case model.Any():
            return any(_open(part, case) for part in check.parts)
        case model.AtLeast():
            return sum(_settled(part, case) or _open(part, case) for part in check.parts) >= check.count
        case model.Not():
            return isinstance(check.part, model.FindingCheck)
        case model.PendingCheck():
            return "planned" in check.statuses
        case model.RequestCheck():
            return check.quantity in UNITS or check.states in CHANGEABLE
        case _:
            return True


def _settled(check: Check, case: Case) -> bool:
    return evaluate(check, case.setting).value == MET


def _open(check: Check, case: Case) -> bool:
    return evaluate(check, case.setting).value == UNKNOWN and answerable(check, case)


def direct(check: Check) -> bool:
    """Whether the check is about one number, day or word of the request, which is better asked for than a yes."""
    return isinstance(check, model.RequestCheck | model.PatientCheck) or check == model.DurationCheck(
        "injury", getattr(check, "bounds", Bounds())
    )


def open_leaves(check: Check, case: Case) -> list[Check]:
    """The single facts that the check asks for and the record leaves open."""
    if isinstance(check, model.All | model.Any | model.AtLeast):
        return [leaf for part in check.parts for leaf in open_leaves(part, case)]
    if isinstance(check, model.Not) and isinstance(check.part, model.FindingCheck):
        check = replace(check.part, status=_other(check.part.status))
    return [choice for choice in _choices(check) if evaluate(choice, case.setting).value == UNKNOWN]


def settle(check: Check, case: Case) -> Settling:
    """The changes to the request that state what the check asks. Yields an Ask for each detail, takes its answer."""
    match check:
        case model.All():
            edits: list[Edit] = []
            for part in check.parts:
                if not _settled(part, case):
                    edits += yield from settle(part, case)
            return edits
        case model.Any():
            return (yield from _some(check.parts, 1, case))
        case model.AtLeast():
            met = sum(_settled(part, case) for part in check.parts)
            return (yield from _some(check.parts, check.count - met, case))
        case model.Not(part=model.FindingCheck() as part):
            return (yield from settle(replace(part, status=_other(part.status)), case))
        case model.FindingCheck():
            return (yield from _finding(check, case))
        case model.TriedCheck():
            return (yield from _tried(check, case))
        case model.RequestCheck():
            return (yield from _request(check, case))
        case _:
            return (yield from _number_or_day(check, case))


def deny(check: Check, case: Case) -> list[Edit]:
    """The changes that state the contrary; none where a "no" does not say which of several things is not so."""
    match check:
        case model.FindingCheck() if check.status == "present" or len(check.names) == 1:
            place = {"body_part": case.parts[0]} if _needs_part(check.body_part, case) else _named(check.body_part)
            return [Add("findings", {"finding": name, "status": _other(check.status), **place}) for name in check.names]
        case model.Any():
            denied = [deny(part, case) for part in check.parts]
            return [edit for edits in denied for edit in edits] if all(denied) else []
        case _:
            return []


def _other(status: str) -> str:
    return "absent" if status == "present" else "present"


# --- which of several ------------------------------------------------------------------------------------------------


def _some(parts: Sequence[Check], least: int, case: Case) -> Settling:
    """Ask which of the open parts are so, and settle those."""
    found = [option for part in parts for option in _choices(part) if _open(option, case)]
    texts = tuple(plain(option, case.setting.rulebook) for option in found)
    chosen: Sequence[int] = range(len(found))
    if len(found) > least:
        chosen = (yield Ask("choose", "Which of these does the record show?", texts, least)) or ()
    edits: list[Edit] = []
    for index in chosen:
        edits += yield from settle(found[index], case)
    return edits


def _choices(check: Check) -> list[Check]:
    """The check itself, or what it offers to choose from."""
    if isinstance(check, model.Any):
        return [choice for part in check.parts for choice in _choices(part)]
    if isinstance(check, model.FindingCheck):
        return [replace(check, names=(name,)) for name in check.names]
    return [check]


# --- findings --------------------------------------------------------------------------------------------------------


def _finding(check: model.FindingCheck, case: Case) -> Settling:
    names: Sequence[str] = check.names
    if len(names) > 1:
        return (yield from _some(_choices(check), 1, case))
    place = yield from _place(check.body_part, case)
    status = {} if check.status == "present" else {"status": check.status}
    return [Add("findings", {"finding": names[0], **status, **part}) for part in place]


def _needs_part(wanted: str | None, case: Case) -> bool:
    return wanted in ("requested", "region") and bool(case.parts)


def _named(wanted: str | None) -> dict[str, str]:
    return {"body_part": wanted} if wanted and wanted not in ("requested", "region", "any") else {}


def _place(wanted: str | None, case: Case) -> Generator[Ask, Any, list[dict[str, str]]]:
    """The body part to state, as a key of the entry; asked for where the item has several."""
    if not _needs_part(wanted, case):
        return [_named(wanted)]
    chosen: Sequence[int] = (0,)
    if len(case.parts) > 1:
        chosen = (yield Ask("choose", "At which body part?", case.parts)) or (0,)
    return [{"body_part": case.parts[index]} for index in chosen]


# --- treatments ------------------------------------------------------------------------------------------------------


def _asked_names(names: Sequence[str], case: Case) -> tuple[str, ...]:
    """The treatments that a check names; `same` is the one asked for."""
    return tuple(case.setting.treatment if name == "same" else name for name in names)


def _tried(check: model.TriedCheck, case: Case) -> Settling:
    rulebook = case.setting.rulebook
    names = _asked_names(check.treatments, case)
    chosen: Sequence[int] = range(len(names))
    if len(names) > check.count:
        labels = tuple(upper(treatments((name,), rulebook)) for name in names)
        chosen = (yield Ask("choose", "Which of these was done?", labels, check.count)) or ()
    edits: list[Edit] = []
    for index in chosen:
        name = upper(treatments((names[index],), rulebook))
        entry: dict[str, Any] = {"treatment": names[index]}
        if check.responses:
            wanted = tuple(RESPONSES.index(response) for response in check.responses)
            texts = ("it did not help", "it helped in part", "it helped", "the record does not say")
            answer = yield Ask("choose", f"{name}: what came of it?", texts, 1, 1, wanted)
            entry["response"] = RESPONSES[answer[0]] if answer else "not_stated"
        if check.visits:
            visits = yield Ask("number", f"{name}: how many visits were done?", bounds=check.visits)
            entry |= {"visits": visits} if visits is not None else {}
        if check.days:
            period = yield Ask("period", f"{name}: first day and last day", bounds=check.days)
            entry |= {"from": period[0], "to": period[1] or case.setting.as_of} if period else {}
        place = yield from _place(check.body_part, case)
        edits += [Add("prior_treatments", {**entry, **part}) for part in place]
    return edits


# --- the request itself ----------------------------------------------------------------------------------------------


def _request(check: model.RequestCheck, case: Case) -> Settling:
    item = ("items", case.item)
    if check.quantity:
        unit = check.quantity.replace("_", " ")
        number = yield Ask("number", f"How many {unit} are asked for?", bounds=check.bounds)
        return [Put((*item, check.quantity), number)] if number is not None else []
    match check.states:
        case "body_part":
            known = tuple(case.setting.rulebook.body_parts)
            chosen = yield Ask("choose", "For which body part?", known)
            return [Put((*item, "body_parts"), [known[index] for index in chosen])] if chosen else []
        case "side":
            chosen = yield Ask("choose", "For which side?", SIDES, 1, 1)
            return [Put((*item, "side"), SIDES[chosen[0]])] if chosen else []
        case "quantity":
            treatment = case.setting.rulebook.treatments.get(case.setting.treatment)
            unit = treatment.unit if treatment and treatment.unit in UNITS else "visits"
            number = yield Ask("number", f"How many {unit} are asked for?")
            return [Put((*item, unit), number)] if number is not None else []
        case "duration":
            weeks = yield Ask("number", "For how many weeks?")
            return [Put((*item, "weeks"), weeks)] if weeks is not None else []
        case _:
            what = (check.states or "").replace("_", " ")
            words = yield Ask("words", f"Write the whole line of the form again, so that it states the {what}:")
            return [Put((*item, "request"), words)] if words else []


def _number_or_day(check: Check, case: Case) -> Settling:
    rulebook = case.setting.rulebook
    match check:
        case model.ValueCheck():
            found = rulebook.findings.get(check.finding)
            unit = check.bounds.unit or (found.unit if found else None)
            text = f"{label(check.finding, rulebook)}: the number" + (f" ({unit})" if unit else "")
            number = yield Ask("number", text, bounds=check.bounds)
            place = yield from _place(check.body_part, case)
            entry = {"finding": check.finding, "value": number} | ({"unit": unit} if unit else {})
            return [Add("findings", {**entry, **part}) for part in place] if number is not None else []
        case model.DurationCheck(of="injury"):
            day = yield Ask("day", "What is the date of injury?", bounds=check.bounds)
            return [Put(("injury", "date"), day)] if day else []
        case model.DurationCheck():
            text = f"{label(check.of, rulebook)}: for how long?"
            length = yield Ask("length", text, bounds=check.bounds)
            entry = {"finding": check.of} | ({"value": length[0], "unit": length[1]} if length else {})
            return [Add("findings", entry)]
        case model.IntervalCheck():
            return (yield from _last(check, case))
        case model.PendingCheck():
            return (yield from _planned(check, case))
        case model.PatientCheck():
            return (yield from _patient(check, case))
        case _:
            return []


def _planned(check: model.PendingCheck, case: Case) -> Settling:
    names = _asked_names(check.treatments, case)
    chosen: Sequence[int] = (0,)
    if len(names) > 1:
        labels = tuple(upper(treatments((name,), case.setting.rulebook)) for name in names)
        chosen = (yield Ask("choose", "Which of these is planned or asked for?", labels)) or ()
    place = yield from _place(check.body_part, case)
    entries = ({"treatment": names[index], "planned": True, **part} for index in chosen for part in place)
    return [Add("prior_treatments", entry) for entry in entries]


def _last(check: model.IntervalCheck, case: Case) -> Settling:
    rulebook = case.setting.rulebook
    names = _asked_names(check.treatments, case)
    if not names:
        name = check.finding or ""
        day = yield Ask("day", f"{label(name, rulebook)}: on which day?", bounds=check.bounds)
        return [Add("findings", {"finding": name} | _dated(day, "date"))]
    chosen: Sequence[int] = (0,)
    if len(names) > 1:
        labels = tuple(upper(treatments((name,), rulebook)) for name in names)
        chosen = (yield Ask("choose", "Which of these was done last?", labels, 1, 1)) or (0,)
    name = names[chosen[0]]
    text = f"{upper(treatments((name,), rulebook))}: the day of the last one"
    day = yield Ask("day", text, bounds=check.bounds)
    place = yield from _place(check.body_part, case)
    return [Add("prior_treatments", {"treatment": name} | _dated(day, "to") | part) for part in place]


def _dated(day: date | None, *keys: str) -> dict[str, date]:
    return dict.fromkeys(keys, day) if day else {}


def _patient(check: model.PatientCheck, case: Case) -> Settling:
    edits: list[Edit] = []
    if check.age is not None and case.setting.patient.age is None:
        age = yield Ask("number", "How old is the patient, in years?", bounds=check.age)
        edits += [Put(("patient", "age"), age)] if age is not None else []
    if check.sex is not None and case.setting.patient.sex is None:
        wanted = (SEXES.index(check.sex),) if check.sex in SEXES else ()
        sex = yield Ask("choose", "Sex of the patient?", SEXES, 1, 1, wanted)
        edits += [Put(("patient", "sex"), SEXES[sex[0]])] if sex else []
    return edits


def with_source(edits: Iterable[Edit], comments: tuple[str, ...], source: tuple[str, str] | None) -> list[Edit]:
    """The changes with the proof of the answer: where it stands (id of the paper, words) and comment lines above."""
    found: list[Edit] = []
    for edit in edits:
        if isinstance(edit, Add):
            cited = {"source": {"document": source[0], "quote": source[1]}} if source else {}
            edit = replace(edit, entry={**edit.entry, **cited}, comments=comments)
        found.append(edit)
    return found
