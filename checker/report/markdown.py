"""The report as Markdown, for pasting into a letter, a chart note or a ticket. The same content as on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.report import wording
from checker.report.model import CriterionReport, EvidenceLine, ItemReport, ProcedureLine, Report
from checker.report.safe import markdown as md


def render(report: Report) -> str:
    """One report."""
    return _joined([*_report(report), *_closing()])


def render_many(reports: Sequence[Report]) -> str:
    """Several reports, with a line of totals."""
    lines = [line for report in reports for line in (*_report(report), "", "---", "")]
    return _joined([*lines, f"**{md(wording.totals(reports))}**", *_closing()])


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"


def _closing() -> Iterator[str]:
    yield ""
    yield f"*{md(wording.CLOSING)}*"


def _report(report: Report) -> Iterator[str]:
    yield f"# {md(report.request)}, by the guidelines in force on {report.as_of.isoformat()}"
    yield ""
    yield md(wording.meanings(report.items))
    if unread := wording.unread_of(report):
        yield from ("", f"**Mind:** {md(unread)}")
    for item in report.items:
        yield ""
        yield from _item(item)
    yield from _procedure(report.procedure)
    if report.notices:
        yield from _heading("Notices", level=2)
        yield from (f"- {md(notice)}" for notice in report.notices)


def _item(item: ItemReport) -> Iterator[str]:
    verdict = wording.VERDICTS.get(item.prediction, item.prediction)
    lead, step = wording.first_step(item)
    yield f"## {md(item.request)}"
    yield ""
    yield f"- {md(wording.treatments_of(item))}"
    yield f"- **{md(verdict)}**: {md(wording.odds_of(item.odds))}"
    yield f"- Why: {md(wording.why_of(item))}"
    yield f"- **{lead}:** {md(step)}"
    if item.other_edition:
        yield f"- **Mind:** {md(wording.other_edition_of(item.other_edition))}"
    if item.guideline:
        yield f"- Guideline: {md(wording.citation(item.guideline))}; rule {md(item.rule or '')}"
    if item.criteria:
        yield from _heading(wording.ASKS)
    rules = list(dict.fromkeys(criterion.rule for criterion in item.criteria))
    for rule in rules:
        if len(rules) > 1:
            yield from ("", f"By rule {md(rule)}:", "")
        for criterion in item.criteria:
            if criterion.rule == rule:
                yield from _criterion(criterion)
    yield from _remedies(item)
    if basis := wording.odds_basis(item.odds):
        yield from ("", md(basis))
    if item.considered:
        yield from _heading("Guidelines considered")
        for entry in item.considered:
            yield f"- {'governs' if entry.governs else 'not'}: {md(entry.rule)}: {md(entry.why)}"
    if item.odds.parts:
        yield from _heading("Sum of the odds (log-odds; the parts add up)")
        yield from (f"- {value:+.2f} {md(label)}" for label, value in item.odds.parts)


def _criterion(criterion: CriterionReport) -> Iterator[str]:
    mark = wording.mark_of(criterion)
    text = md(wording.statement_of(criterion))
    yield f"- {mark.sign} **{md(mark.word)}**: {text}; *{md(wording.basis_of(criterion.basis))}*"
    if lead := wording.lead_of(criterion):
        yield f"  - {md(lead)}"
    for line in criterion.evidence:
        yield f"  - {_evidence(line)}"
    if reason := wording.reason_of(criterion):
        yield f"  - {md(reason)}"


def _evidence(line: EvidenceLine) -> str:
    fact = f"{md(wording.fact_of(line))} ({md(wording.place_of(line))})"
    return f"“{md(line.quote)}” {fact}" if line.quote.strip() else fact


def _remedies(item: ItemReport) -> Iterator[str]:
    turning = wording.turning(item)
    if item.remedies or turning:
        yield from _heading("What to do, in this order")
    for number, remedy in enumerate(sorted(item.remedies, key=lambda remedy: remedy.rank), 1):
        yield f"{number}. **{md(wording.KINDS.get(remedy.kind, remedy.kind))}:** {md(remedy.do)}"
    if turning:
        yield ""
        yield md(turning)


def _procedure(lines: Sequence[ProcedureLine]) -> Iterator[str]:
    if lines:
        yield from _heading("Procedure", level=2)
    for line in lines:
        mark = wording.procedure_mark(line)
        yield f"- {mark.sign} **{md(mark.word)}**: {md(wording.point_of(line))}"
        yield from (f"  - {md(text)}" for text in (line.detail, line.remedy) if text)


def _heading(text: str, level: int = 3) -> Iterator[str]:
    yield ""
    yield f"{'#' * level} {text}"
    yield ""
