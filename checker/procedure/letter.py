"""What letters of utilization review among the papers say: decision, days, how much was granted, and the stated reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from checker.procedure.law import law_of
from checker.procedure.letter_read import SOON, Letter, read_letter
from checker.procedure.letter_text import Words
from checker.request.model import Asked, Item, Request, Review, is_resent
from checker.rulebook.model import Rulebook

LATE = timedelta(days=90)  # what is sent later than this after its decision is another letter
KEYS = {
    "served": "served",
    "told": "communicated",
    "asked": "asked",
    "answered": "answered",
}  # kind of day → key of the review
UNNAMED = (
    "{name}: the letter names no day of its decision, so its own day is taken for it. Whether review was in time is left open; to see "
    "it, state utilization_review.date and rfa.received (the letter says that the request was received {day})."
)
SENT = ("sent", "received", "recommended", "date")  # days of `rfa` before which no decision on it lies


def with_letters(
    request: Request,
    texts: Mapping[str, Sequence[str]],
    rulebook: Rulebook,
    match: Callable[[Request], Mapping[str, Asked]],
) -> tuple[Request, list[str]]:
    """The request with what it leaves out of its review but a letter among its papers says, and notices of it.

    `texts` holds the pages of each document by its id; `match` says what each item of a request asks for.
    """
    data = law_of(rulebook).letter
    if not data or not any(paper.type in data["types"] for paper in request.documents):
        return request, list(order_doubts(request, ()))
    words = Words(data)
    asked = match(request)
    named: dict[str, Asked] = {}

    def names(line: str) -> Asked:
        if line not in named:
            named[line] = match(Request((Item("line", line),)))["line"]
        return named[line]

    papers = [paper for paper in request.documents if paper.type in words.types and paper.id in texts]
    letters = [read_letter(paper, texts[paper.id], words, asked, names) for paper in papers]
    notices: list[str] = []
    request = _dated(request, letters, notices)
    fitting = [letter for letter in letters if _fits(letter, request, asked, notices)]
    if fitting:
        chosen = max(fitting, key=lambda letter: told.day if (told := letter.decided) else date.min)
        if len(fitting) > 1:
            others = ", ".join(letter.document.id for letter in fitting if letter is not chosen)
            notices.append(
                f"Several letters of utilization review are among the papers; {chosen.document.id} is the latest and is "
                f"taken, {others} not. State the decision on each item under its utilization_review."
            )
        request, told = _with_letter(request, chosen, asked, words.appeal_advice)
        notices += told
    return request, [*notices, *order_doubts(request, letters)]


def _dated(request: Request, letters: Sequence[Letter], notices: list[str]) -> Request:
    """The request with the days of its letters, where it leaves them out."""
    days: dict[str, date] = {}
    for letter in letters:
        if letter.document.date:
            continue
        told = letter.days.get("letter") or letter.days.get("decided")
        if told:
            days[letter.document.id] = told.day
            notices.append(f"{letter.document.id}: date {letter.day(told)} recognized from the letter.")
        else:
            notices.append(
                f"{letter.document.id}: no day of the letter or of its decision was found. State it as "
                "utilization_review.date; without it no limit of time is counted from it."
            )
    documents = tuple(replace(paper, date=paper.date or days.get(paper.id)) for paper in request.documents)
    return replace(request, documents=documents)


# --- is it the letter on this request? -------------------------------------------------------------------------------


def _fits(letter: Letter, request: Request, asked: Mapping[str, Asked], notices: list[str]) -> bool:
    """Whether a letter may be the decision on this request; a notice says why not."""
    name = letter.document.id
    wanted = {treatment for item in asked.values() for treatment in item.treatments}
    if wanted and letter.speaks_of and wanted.isdisjoint(letter.speaks_of | letter.reasons_of):
        notices.append(f"{name} names none of the items asked for, so it is not taken as the decision on this request.")
        return False
    decided, asked_on = letter.decided, _asked_on(request)
    stated = request.review and (request.review.date or request.review.decision)
    if not (decided and asked_on and decided.day < asked_on[1]) or stated:
        return True
    key, day = asked_on
    answers = letter.days.get("requested") or letter.days.get("received")
    if answers and answers.day >= day:
        why = (
            f"It answers a request of {letter.day(answers)}, so the day of the letter is likely wrong: state the right "
            "one as utilization_review.date."
        )
    else:
        why = (
            "Either it is the letter on an earlier request (then state rfa.earlier_decision), or one of the two days is "
            "wrong (then state the right one, utilization_review.date or the day of the form)."
        )
    notices.append(
        f"{name} is of {letter.day(decided)}, before the request ({key} {day.isoformat()}); a decision cannot come before "
        f"its request, so nothing is taken from it. {why}"
    )
    return False


def _is_on_form_before(letter: Letter, request: Request) -> bool:
    """Whether the form is sent again after the decision of a letter, which then tells the receipt of the form before it."""
    made = _made_on(request)
    return bool(is_resent(request.rfa) and made and letter.decided and letter.decided.day < made[1])


def _asked_on(request: Request) -> tuple[str, date] | None:
    """The day before which no decision on this request lies, with its key; none of one that is sent again after its decision."""
    return None if is_resent(request.rfa) else _made_on(request)


def _made_on(request: Request) -> tuple[str, date] | None:
    """The day on which this request was made, with its key."""
    for key in SENT:
        if value := request.rfa.get(key):
            return f"rfa.{key}", date.fromisoformat(str(value)[:10])
    return None


# --- what is taken from it -------------------------------------------------------------------------------------------


def _with_letter(
    request: Request, letter: Letter, asked: Mapping[str, Asked], advice: str
) -> tuple[Request, list[str]]:
    """The request with what a letter tells, and notices of it. `advice`: what to do about one that answers an internal appeal."""
    found, doubts = _review_of(letter, request, advice)
    stated = request.review or Review()
    missing = {
        name: value
        for name, value in found.items()
        if not getattr(stated, name) and (name not in ("served", "served_by") or not stated.served)
    }
    parts = list(_parts(missing, letter))
    if missing:
        request = replace(request, review=replace(stated, **missing))
    request, more = _with_items(request, letter, asked)
    parts += more
    received = None if _is_on_form_before(letter, request) else letter.days.get("received")
    is_known = request.review and (request.review.decision or any(item.review for item in request.items))
    decided = letter.decided
    if not received or not is_known or {"received", "sent"} & set(request.rfa) or "received" in doubts:
        pass
    elif decided and decided.kind == "letter" and not stated.date:
        doubts["received"] = UNNAMED.format(name=letter.document.id, day=letter.day(received))
    else:
        request = replace(request, rfa={**request.rfa, "received": received.day.isoformat()})
        parts.append(f"request received {letter.day(received)}")
    if letter.kind == "retrospective" and not all(item.retrospective for item in request.items):
        request = replace(request, items=tuple(replace(item, retrospective=True) for item in request.items))
        parts.append("retrospective review")
    elif letter.kind in ("expedited", "concurrent") and is_known and letter.kind not in request.rfa:
        request = replace(request, rfa={**request.rfa, letter.kind: True})
        parts.append(f"{letter.kind} review")
    told = f"Utilization review: {', '.join(parts)}, taken from {letter.document.id}; compare it with the letter."
    return request, [*([told] if parts else []), *doubts.values(), *_undecided(request, letter)]


def _review_of(letter: Letter, request: Request, advice: str) -> tuple[dict[str, Any], dict[str, str]]:
    """What a letter gives of the whole review, and by the kind of day what is wrong with one that it tells."""
    found: dict[str, Any] = {"reason": letter.reason}
    decisions = {one.decision for one in letter.items.values()}
    if not decisions or (len(request.items) <= 1 and letter.decision):
        found["decision"] = letter.decision
    elif len(decisions) == 1 and len(letter.items) >= len(request.items):
        found["decision"] = decisions.pop()
    day = (request.review.date if request.review else None) or (letter.decided.day if letter.decided else None)
    is_decided = found.get("decision") or decisions or (request.review and request.review.decision)
    if letter.decided and (is_decided or letter.decided.kind == "stated"):
        found["date"] = letter.decided.day
    doubts: dict[str, str] = {}
    if letter.is_appeal:
        doubts["received"] = f"{letter.document.id} answers an internal appeal. {advice}"
    elif day:
        doubts = dict(_out_of_order(letter, day))
    for kind, key in KEYS.items():
        told = None if letter.is_appeal else letter.days.get(kind)
        if told and kind not in doubts and (kind != "answered" or "asked" in found):
            found[key] = told.day
            if kind == "served":
                found["served_by"] = told.by
    found["liability_disputed"] = letter.is_liability and found.get("decision") == "deferred"
    return {name: value for name, value in found.items() if value}, doubts


def _out_of_order(letter: Letter, decided: date) -> Iterator[tuple[str, str]]:
    """The days of a letter that cannot be as it tells them, by their kind, each with what to do."""
    name = letter.document.id
    said = letter.decided
    place = letter.place(said.line) if said and said.day == decided else ""
    own = letter.days.get("letter") or letter.days.get("served")
    for kind, what in (("received", "received"), ("requested", "made")):
        told = letter.days.get(kind)
        if told and told.day > decided:
            likely = "One of the two is wrong"
            if own and own.day != decided:
                is_later = own.day >= told.day
                likely = f"The letter itself is of {letter.day(own)}, so the day of the {'decision' if is_later else 'request'} is likely the wrong one"
            yield (
                kind,
                (
                    f"{name}: the decision of {decided.isoformat()}{place} lies before the day on which its request was {what}, "
                    f"{letter.day(told)}. {likely}; state the right ones as utilization_review.date and rfa.received. Limits are "
                    "counted from the day of the decision, and whether review was in time is left open."
                ),
            )
    for kind, key in KEYS.items():
        told = letter.days.get(kind)
        if told is None:
            continue
        early = told.day < (decided if kind == "served" else decided - SOON if kind == "told" else date.min)
        if early or told.day > (decided if kind in ("asked", "answered") else decided + LATE):
            yield (
                kind,
                (
                    f"{name}: {letter.day(told)} as utilization_review.{key} does not go with a decision of "
                    f"{decided.isoformat()}{place} and is left out; state both."
                ),
            )


def _parts(missing: Mapping[str, Any], letter: Letter) -> Iterator[str]:
    """What was taken, in words, days with their line."""
    lines = {
        "date": letter.decided,
        "served": letter.days.get("served"),
        "communicated": letter.days.get("told"),
        "asked": letter.days.get("asked"),
        "answered": letter.days.get("answered"),
    }
    labels = {"served_by": "by", "liability_disputed": "liability disputed", "communicated": "physician told"}
    labels |= {"served": "sent", "asked": "information asked for", "answered": "information arrived"}
    for name, value in sorted(
        missing.items(),
        key=lambda entry: ("decision", "date").index(entry[0]) if entry[0] in ("decision", "date") else 2,
    ):
        told = lines.get(name)
        if name in ("reason", "liability_disputed"):
            yield {"reason": "the reason"}.get(name, labels.get(name, name))
        else:
            yield f"{labels.get(name, name)} {value}{letter.place(told.line) if told else ''}"


def _with_items(request: Request, letter: Letter, asked: Mapping[str, Asked]) -> tuple[Request, list[str]]:
    """The request with the letter's decision on each item, where items differ, and with how many were granted."""
    parts: list[str] = []
    items: list[Item] = []
    whole = request.review or Review()
    for item in request.items:
        own = item.review or Review()
        told = letter.items.get(item.id)
        new: dict[str, Any] = {}
        if told and not whole.decision and not own.decision:
            new["decision"] = told.decision
        decision = new.get("decision") or own.decision or whole.decision
        granted = (
            told.granted if told and told.granted is not None else letter.granted if len(request.items) == 1 else None
        )
        if granted is not None and decision == "modified" and _is_less(granted, asked[item.id]):
            new |= {"authorized": granted} if own.authorized is None and whole.authorized is None else {}
        if item.id in letter.reasons and not own.reason:
            new["reason"] = letter.reasons[item.id]
        items.append(replace(item, review=replace(own, **new)) if new else item)
        label = f"{item.id} " if len(request.items) > 1 else ""
        if "decision" in new:
            parts.append(f"{label}{new['decision']}{letter.place(told.line) if told else ''}")
        if "authorized" in new:
            parts.append(f"{label}authorized {granted:g}")
    return replace(request, items=tuple(items)), parts


def _is_less(granted: float, asked: Asked) -> bool:
    """Whether a number granted can be a part of what was asked for."""
    return not asked.quantities or granted < max(asked.quantities.values())


def _undecided(request: Request, letter: Letter) -> Iterator[str]:
    """What to state of items on which no decision was found."""
    whole = request.review.decision if request.review else None
    silent = [item.id for item in request.items if not whole and not (item.review and item.review.decision)]
    if silent and (len(silent) < len(request.items) or letter.decided):
        of_what = f" on {', '.join(silent)}" if len(silent) < len(request.items) else ""
        where = "under utilization_review of that item" if of_what else "as utilization_review.decision"
        yield f"{letter.document.id}: no decision{of_what} was found in the letter. State it {where}."


def order_doubts(request: Request, letters: Iterable[Letter]) -> Iterator[str]:
    """A decision that the request states before the day of its own form, where one of the two days was read from a paper."""
    decided = request.review.date if request.review else None
    asked_on = _asked_on(request)
    if not decided or not asked_on or decided >= asked_on[1]:
        return
    read = next((one for one in letters if one.decided and one.decided.day == decided), None)
    source = (
        f"{read.document.id}{read.place(read.decided.line)}" if read and read.decided else "utilization_review.date"
    )
    yield (
        f"The decision of {decided.isoformat()} ({source}) lies before its request ({asked_on[0]} {asked_on[1].isoformat()}). One of "
        "the two is wrong, or the decision was on an earlier request; the limits below are wrong until both are right."
    )
