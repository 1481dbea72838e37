"""One letter of utilization review: what its words tell, each day with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from checker.procedure import letter_decision
from checker.procedure.letter_days import Told, days_of
from checker.procedure.letter_decision import Decided, Names
from checker.procedure.letter_text import Words, lines_of, pieces_of
from checker.record import record
from checker.request.model import Asked, Document

SOON = timedelta(days=7)  # a physician may be told so long before the letter goes out


@record
class Letter:
    """One letter, as far as its words tell. `days` holds the first day of each kind; `place` says where a line stands."""

    document: Document
    days: Mapping[str, Told]
    decision: str | None
    items: Mapping[str, Decided]
    granted: float | None
    reason: str | None
    reasons: Mapping[str, str]
    is_liability: bool
    is_appeal: bool
    kind: str | None  # retrospective, concurrent, expedited
    speaks_of: frozenset[str]  # treatments that it names outside its reason
    reasons_of: frozenset[str]  # and within it
    pages: tuple[int, ...]  # lines of each page

    @property
    def decided(self) -> Told | None:
        """The day of the decision: told as such, else as the request states it of the paper, else that on which the physician was told of
        it or that of the letter."""
        if self.is_appeal:
            return self.days.get("original")
        if "decided" in self.days or self.document.date:
            return self.days.get("decided") or Told("stated", self.document.date or date.min, 0)
        own, told = self.days.get("letter"), self.days.get("told")
        return told if own and told and own.day - SOON <= told.day < own.day else own

    def day(self, told: Told) -> str:
        """A day with its line, for a notice."""
        return f"{told.day.isoformat()}{self.place(told.line)}"

    def place(self, line: int) -> str:
        """Where a line of the letter stands; nothing for what the request states."""
        if not line:
            return ""
        for page, count in enumerate(self.pages, 1):
            if line <= count:
                return f" ({f'page {page}, ' if len(self.pages) > 1 else ''}line {line})"
            line -= count
        return ""


def read_letter(
    document: Document, pages: Sequence[str], words: Words, asked: Mapping[str, Asked], names: Names
) -> Letter:
    """A letter from its pages."""
    lines = lines_of("\n".join(pages), words)
    pieces = pieces_of(lines)
    days: dict[str, Told] = {}
    for told in days_of(lines, pieces, words):
        first = days.setdefault(told.kind, told)
        if told.kind == "served" and told is not first:  # to the physician by fax, to the worker by mail
            first = min(first, told, key=lambda one: one.day)
            days[told.kind] = first._replace(by=first.by if told.by == days[told.kind].by else None)
    items = letter_decision.by_item(lines, asked, names, words)
    reason, reasons = letter_decision.reasons_of(lines, pieces, asked, names, words)
    decision = letter_decision.whole_decision(lines, pieces, words, is_single=len(asked) <= 1)
    body = [piece for piece in pieces if not piece.is_tail]
    granted = {
        number
        for piece in body
        if "modified" in letter_decision.decisions_in(piece.tokens, words)
        and (number := letter_decision.granted_in(piece.tokens, words)) is not None
    }
    outside, within = letter_decision.treatments_in(lines, names, words)
    return Letter(
        document=document,
        days=days,
        decision=decision,
        items=items,
        granted=granted.pop() if len(granted) == 1 else None,
        reason=reason,
        reasons=reasons,
        is_liability=any(words.has("liability", piece.tokens) for piece in body),
        is_appeal=letter_decision.is_appeal(lines, words),
        kind=letter_decision.review_of(lines, words),
        speaks_of=outside,
        reasons_of=within,
        pages=tuple(page.count("\n") + 1 for page in pages),
    )
