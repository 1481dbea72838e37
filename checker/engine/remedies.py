"""What the office can do: ranked remedies, and the smallest set of criteria that would turn the determination."""

from __future__ import annotations

from collections.abc import Iterable

from checker.engine.determine import Judged, Unit
from checker.engine.elsewhere import of_what
from checker.engine.logic import Single
from checker.engine.operators.asked import FURTHER, PASSING
from checker.report.model import Remedy
from checker.rulebook.model import RequestCheck, Rulebook


def remedies(units: Iterable[Unit], rulebook: Rulebook) -> tuple[Remedy, ...]:
    """Hard barriers first, then what the pen can mend (silence, and of that first what the papers tell of something else), then what the
    record contradicts."""
    ordered: list[tuple[int, Judged]] = []
    for unit in units:
        ordered += [(_kind_order(judged), judged) for judged in unit.failing]
    ordered.sort(key=lambda pair: (pair[0], pair[1].elsewhere is None))
    found: list[Remedy] = []
    for order, judged in ordered:
        text = _compared(judged, rulebook) + (judged.criterion.remedy or _default(judged)) + _room(judged)
        if all(remedy.do != text for remedy in found):
            found.append(Remedy(judged.criterion.id, text, len(found) + 1, KINDS[order]))
    return tuple(found)


KINDS = ("barrier", "document", "change")


def _kind_order(judged: Judged) -> int:
    if judged.criterion.barrier:
        return 0
    return 2 if judged.contradicted else 1


def _compared(judged: Judged, rulebook: Rulebook) -> str:
    """Where the papers tell it of something else, that one of the two may be wrong."""
    if judged.elsewhere is None:
        return ""
    return f"Compare request and papers, which tell this of {of_what(judged.elsewhere, rulebook)}. If the request is right: "


def _room(judged: Judged) -> str:
    """How much may be asked for, where too much is; what to look at where nothing more may be."""
    if (
        not isinstance(judged.criterion.check, RequestCheck)
        or not isinstance(judged.outcome, Single)
        or not judged.contradicted
    ):
        return ""
    if FURTHER in judged.outcome.reason:
        return f" Of the record's count: {judged.outcome.reason}. If the count is wrong, state the right one under prior_treatments."
    return f" ({judged.outcome.reason}.)" if PASSING in judged.outcome.reason else ""


def _default(judged: Judged) -> str:
    if judged.criterion.role == "exclusion":
        statement = judged.criterion.statement.rstrip(".")
        if isinstance(judged.criterion.check, RequestCheck):  # no paper says it, the request does
            return f"This speaks against the request: {statement}. Ask for something else, or say why it is needed nevertheless."
        return (
            f"This speaks against the request: {statement}. If it is not so, correct the paper that says it; if it is, say in the "
            "report why the request stands nevertheless, or ask for something else."
        )
    return f"Document, if true: {judged.criterion.statement}"


def would_turn(units: Iterable[Unit]) -> tuple[str, ...]:
    """The smallest set of criteria whose change turns the determination. Required criteria and exclusions are joined by
    "and", so it is every failing one; empty where a hard barrier stands in the way or nothing fails."""
    failing = [judged for unit in units for judged in unit.failing]
    if any(judged.criterion.barrier for judged in failing):
        return ()
    return tuple(dict.fromkeys(judged.criterion.id for judged in failing))
