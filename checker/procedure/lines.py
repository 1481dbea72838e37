"""Procedure as lines of the report: the next step, limits of time, the denial's reason, the form, and the papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.engine.logic import MET, NOT_MET, STATUS, UNKNOWN
from checker.procedure import completeness
from checker.procedure.case import Case
from checker.procedure.deadlines import Due, day_text, is_over
from checker.procedure.denial import Answer, answers
from checker.procedure.judge import Judgement
from checker.procedure.law import basis, citation
from checker.procedure.packet import packet
from checker.report.model import EvidenceLine, ItemReport, ProcedureLine, Report

NEXT_STEP = "next_step"
DUE = "due"
BARE = frozenset({"date"})  # a form of which the request states no more says nothing of its completeness
QUOTES = 3
SHORT = 90  # characters of a reason that are repeated


def procedure_lines(judged: Judgement, report: Report) -> tuple[ProcedureLine, ...]:
    """The lines of a report, the next step first."""
    items = {item.id: item for item in report.items}
    lines = [*_steps(judged)]
    lines += [_due(due, judged.whole) for due in judged.dues if _is_told(due)]
    for one in judged.cases:
        lines += [line for line in _denial(one.case, [items[item.id] for item in one.case.items]) if line not in lines]
    lines += _requirements(judged)
    lines += [line for item in report.items for line in _packet(item, judged.whole)]
    return tuple(lines)


def _steps(judged: Judgement) -> Iterator[ProcedureLine]:
    today = day_text(judged.whole.today)
    for step, items in judged.steps:
        yield ProcedureLine(
            id="next-step",
            status=NEXT_STEP,
            statement=f"Next step as of {today}: {step.door.title}",
            citation=citation(step.facts),
            remedy=step.do,
            detail=f"For {', '.join(items)}." if items else None,
            basis=basis(step.facts),
        )
    if not judged.steps and not judged.requirements:
        day = day_text(judged.whole.days["planned"].early)
        told = f"The rules of procedure for a request of {day} are not encoded"
        yield ProcedureLine("not-encoded", "not_applicable", told, "")


# --- limits of time --------------------------------------------------------------------------------------------------


def _is_told(due: Due) -> bool:
    """Limits that were kept or missed, and those that are still to be kept; not what nobody stated and is over."""
    is_unstated = due.limit.duty == "administrator" and (due.limit.start == "decision" or due.start.late is None)
    return not due.limit.opens and not (is_unstated and due.done is None)


def _due(due: Due, case: Case) -> ProcedureLine:
    open_still = due.done is None and not is_over(due, case.today)
    status = DUE if open_still else STATUS[due.value]
    return ProcedureLine(
        id=due.limit.id,
        status=status,
        statement=f"{due.limit.title} by {day_text(due.day)}{_outcome(due, open_still)}",
        citation=citation(due.facts),
        remedy=_mend(due),
        detail=" ".join(_calculation(due)),
        basis=basis(due.facts),
    )


def _outcome(due: Due, open_still: bool) -> str:
    if due.done is None:
        return "" if open_still else ": the day has passed, and the request does not say that it was done"
    told = {MET: "in time", NOT_MET: "late on every reading", UNKNOWN: "in time on some readings only"}[due.value]
    if due.value == UNKNOWN and due.latest is None:
        told = "whether in time is open"
    return f": done {day_text(due.done)}, {told}"


def _mend(due: Due) -> str | None:
    if due.value != UNKNOWN or due.done is None:
        return None
    if due.start.late is None:
        return "State rfa.received, the day on which the claims administrator received the request."
    return None


def _calculation(due: Due) -> Iterator[str]:
    if due.items:
        yield f"For {', '.join(due.items)}."
    yield f"Counted from {day_text(due.start.early)} to {day_text(due.safe)}."
    if due.start.why and due.start.is_certain:
        yield f"{due.start.why[0].upper()}{due.start.why[1:]}."
    for conflict in due.conflicts:
        yield f"Also: {conflict}."


# --- the denial's reason ---------------------------------------------------------------------------------------------


def _denial(case: Case, items: Sequence[ItemReport]) -> Iterator[ProcedureLine]:
    reason = case.review.reason if case.review else None
    if not reason or (case.review and case.review.decision == "approved"):
        return
    found = [(item, answers(reason, item, case.rulebook, case.law)) for item in items]
    for item, given in found:
        for answer in given:
            if answer.criterion:
                yield _answer(answer, item)
    spoken = {answer.part for _, given in found for answer in given if answer.criterion}
    for part in dict.fromkeys(a.part for _, given in found for a in given if a.criterion is None):
        if part not in spoken:
            yield ProcedureLine(
                id="denial-other",
                status=STATUS[UNKNOWN],
                statement=f"The denial says “{_short(part)}”: no criterion of the governing rule speaks of this",
                citation="",
                remedy="Answer it in the report in your own words, or cite the guideline that settles it.",
            )


def _answer(answer: Answer, item: ItemReport) -> ProcedureLine:
    criterion = answer.criterion
    assert criterion is not None
    word = "answered" if answer.is_answered else "open"
    status = STATUS[MET] if answer.is_answered else STATUS[UNKNOWN]
    if not answer.is_answered and criterion.status in ("met", "not_met", "conflicting"):
        status = STATUS[NOT_MET]
    return ProcedureLine(
        id=f"denial-{item.id}-{criterion.id}",
        status=status,
        statement=f"The denial says “{_short(answer.part)}”; {word}: {criterion.statement.rstrip('.')}",
        citation=_guideline(item),
        remedy=None if answer.is_answered else criterion.remedy,
        detail="; ".join(dict.fromkeys(_quote(line) for line in criterion.evidence[:QUOTES])) or criterion.reason,
        basis=criterion.basis,
    )


def _quote(line: EvidenceLine) -> str:
    place = f"{line.document}, page {line.page}" if line.page else line.document
    return f"“{line.quote}” ({place})" if line.quote else f"{line.finding.replace('-', ' ')}: {line.status} ({place})"


def _guideline(item: ItemReport) -> str:
    return item.guideline.title if item.guideline else ""


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


# --- the form and the papers -----------------------------------------------------------------------------------------


def _requirements(judged: Judgement) -> Iterator[ProcedureLine]:
    """The form's points. After a decision only what is wrong; of a bare form one line for all that is not stated. A
    rebuttal that is offered is always looked at point by point."""
    is_rebutting = bool(judged.whole.request.rebuttal)
    is_decided = all(one.case.values.get("ur.decision") is not None for one in judged.cases)
    is_bare = set(judged.whole.request.rfa) <= BARE
    silent: list[completeness.Asked] = []
    for entry in judged.requirements:
        if is_rebutting and entry.requirement.id.startswith("rebuttal-"):
            yield _requirement(entry)
            continue
        if is_decided and entry.outcome.value != NOT_MET:
            continue
        if is_bare and entry.outcome.value == UNKNOWN:
            silent.append(entry)
            continue
        yield _requirement(entry)
    if silent:
        facts = tuple(dict.fromkeys(fact for entry in silent if entry.requirement.required for fact in entry.facts))
        names = [entry.requirement.id.removeprefix("rfa-").replace("-", " ") for entry in silent]
        yield ProcedureLine(
            id="rfa-not-stated",
            status=STATUS[UNKNOWN],
            statement=f"Whether the form is complete is not stated: {', '.join(names)}",
            citation=citation(facts),
            remedy="State it under rfa: (signed, form, identifies, items_on_form …), and each point is checked.",
            basis=basis(facts),
        )


def _requirement(entry: completeness.Asked) -> ProcedureLine:
    requirement, outcome = entry.requirement, entry.outcome
    advised = "" if requirement.required else " (advised)"
    return ProcedureLine(
        id=requirement.id,
        status=STATUS[outcome.value],
        statement=requirement.statement.rstrip(".") + advised,
        citation=citation(entry.facts),
        remedy=None if outcome.value == MET else requirement.remedy,
        detail=outcome.reason or None,
        basis=basis(entry.facts),
    )


def _packet(item: ItemReport, case: Case) -> Iterator[ProcedureLine]:
    needed = packet(item, case.request, case.rulebook, case.law)
    if not needed:
        return
    missing = [entry for entry in needed if not entry.documents]
    wanted = [f"{entry.paper.attach}: not among the papers, asked by {', '.join(entry.criteria)}" for entry in missing]
    there = [
        f"{entry.paper.attach}: there ({', '.join(document.id for document in entry.documents)})"
        for entry in needed
        if entry.documents
    ]
    yield ProcedureLine(
        id=f"packet-{item.id}",
        status=STATUS[UNKNOWN] if missing else STATUS[MET],
        statement=f"The papers that the criteria call for are attached: {_short(item.request)}",
        citation="",
        remedy=f"Attach {'; '.join(entry.paper.attach for entry in missing)}." if missing else None,
        detail="; ".join([*wanted, *there]),
    )
