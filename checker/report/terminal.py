"""The report for a terminal: verdicts first, then what proves them. The only module that knows rich."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checker.record import record
from checker.report import wording
from checker.report.model import CriterionReport, EvidenceLine, ItemReport, ProcedureLine, Report
from checker.report.safe import clean, shorten, to_ascii

# Named colours follow the reader's own theme, dark or light; yellow and blue are left out because one theme hides them.
TONES = {"good": "green", "bad": "red", "open": "magenta", "plain": ""}
VERDICT_TONES = {"upheld": "bold red", "overturned": "bold green", "undetermined": "bold magenta"}
NARROW = 60  # below this width a lead stands on a line of its own
LEAD = 18  # room for mark and word: "? not documented"
QUOTES = 3
QUOTE_LENGTH = 240


@record
class Look:
    """How the report is to be shown."""

    width: int = 80
    color: bool = False
    verbose: bool = False
    ascii_only: bool = False


@record
class Line:
    """One paragraph. `lead` stands before its first line, and the lines that follow hang under the text."""

    text: str = ""
    style: str = ""
    indent: int = 0
    lead: str = ""
    lead_style: str = ""


def render(report: Report, look: Look) -> str:
    """One report as text for a terminal."""
    return _lay([*_report(report, look), *_closing()], look)


def render_many(reports: Sequence[Report], look: Look) -> str:
    """Several reports one after the other, with a line of totals."""
    lines: list[Line] = []
    for report in reports:
        lines += [*_report(report, look), Line(), Line("=" * min(look.width, 80)), Line()]
    return _lay([*lines, Line(wording.totals(reports), "bold"), *_closing()], look)


# --- what is said ----------------------------------------------------------------------------------------------------


def _report(report: Report, look: Look) -> Iterator[Line]:
    yield Line(f"{clean(report.request)}, by the guidelines in force on {report.as_of.isoformat()}")
    yield Line(wording.meanings(report.items))
    for number, item in enumerate(report.items, 1):
        yield Line()
        yield from _glance(item, f"{number}. " if len(report.items) > 1 else "")
    if unread := wording.unread_of(report):
        yield Line()
        yield Line(unread, lead="Mind: ", lead_style="bold")
    if told := wording.procedure_of(report.procedure):
        yield Line()
        yield Line(told, lead="Procedure: ", lead_style="bold")
    for number, item in enumerate(report.items, 1):
        yield from _details(item, f"{number}. " if len(report.items) > 1 else "", look)
    yield from _procedure(report.procedure, look)
    if report.notices:
        yield from _heading("Notices")
        for notice in report.notices:
            yield Line(clean(notice), lead="- ", indent=2)


def _glance(item: ItemReport, number: str) -> Iterator[Line]:
    """What a reader needs within ten seconds."""
    yield Line(clean(item.request), "bold", lead=number, lead_style="bold")
    verdict = wording.VERDICTS.get(item.prediction, clean(item.prediction))
    yield Line(wording.treatments_of(item), indent=2)
    style = VERDICT_TONES.get(item.prediction, "bold")
    yield Line(wording.odds_of(item.odds), indent=2, lead=f"{verdict}  ", lead_style=style)
    yield Line(wording.why_of(item), indent=2, lead="Why: ")
    lead, step = wording.first_step(item)
    yield Line(step, indent=2, lead=f"{lead}: ", lead_style="bold")
    if item.other_edition:
        yield Line(wording.other_edition_of(item.other_edition), indent=2, lead="Mind: ", lead_style="bold")


def _details(item: ItemReport, number: str, look: Look) -> Iterator[Line]:
    body = list(_body(item, look))
    if body:
        yield from _heading(f"{number}{shorten(clean(item.request), 60)}" if number else wording.ASKS)
    yield from body


def _body(item: ItemReport, look: Look) -> Iterator[Line]:
    if item.guideline:
        yield Line(wording.citation(item.guideline), indent=2)
    rules = list(dict.fromkeys(criterion.rule for criterion in item.criteria))
    for number, rule in enumerate(rules):
        criteria = [criterion for criterion in item.criteria if criterion.rule == rule]
        if number or len(rules) > 1:
            yield Line()
        yield Line(f"rule {clean(rule)}; basis: {wording.bases_of(criteria)}", indent=2)
        yield from _criteria(criteria, look)
    yield from _remedies(item)
    if basis := wording.odds_basis(item.odds):
        yield Line()
        yield Line(basis, indent=2)
    if look.verbose or item.prediction == "undetermined":
        yield from _considered(item)
    if look.verbose:
        yield from _sum(item)


def _criteria(criteria: Sequence[CriterionReport], look: Look) -> Iterator[Line]:
    """The criteria of one rule. Those that do not apply for the same reason stand together and say it once."""
    for before, criterion in zip((None, *criteria), criteria, strict=False):
        alike = (
            before is not None
            and before.status == criterion.status == "not_applicable"
            and before.reason == criterion.reason
            and not look.verbose
        )
        if not alike:
            yield Line()
        yield from _criterion(replace(criterion, reason=None) if alike else criterion, look)


def _criterion(criterion: CriterionReport, look: Look) -> Iterator[Line]:
    mark = wording.mark_of(criterion)
    lead = f"{mark.sign} {mark.word}".ljust(LEAD)
    yield Line(wording.statement_of(criterion), "", 2, lead, f"bold {TONES[mark.tone]}".strip())
    deep = 4 if look.width < NARROW else 2 + LEAD
    evidence = criterion.evidence if look.verbose else _distinct(criterion.evidence)
    shown = evidence if look.verbose else evidence[:QUOTES]
    if lead := wording.lead_of(criterion):
        yield Line(lead, indent=deep)
    for line in shown:
        yield from _evidence(line, deep, look)
    left = len(evidence) - len(shown)
    if left:
        yield Line(f"and {left} more {'line' if left == 1 else 'lines'} (--verbose shows all)", indent=deep)
    if reason := wording.reason_of(criterion):
        yield Line(reason, indent=deep)
    if look.verbose:
        yield Line(f"{clean(criterion.id)}; {wording.basis_of(criterion.basis)}", indent=deep)


def _distinct(evidence: tuple[EvidenceLine, ...]) -> tuple[EvidenceLine, ...]:
    """One line of the record may carry several findings; it is quoted once."""
    places = {(line.document, line.page, line.line, line.quote or line.finding): line for line in reversed(evidence)}
    return tuple(line for line in evidence if any(line is kept for kept in places.values()))


def _evidence(line: EvidenceLine, deep: int, look: Look) -> Iterator[Line]:
    quote = clean(line.quote)
    if quote:
        yield Line(f"{quote if look.verbose else shorten(quote, QUOTE_LENGTH)}”", "italic", deep, "“", "italic")
        yield Line(wording.place_of(line) + (f"; {wording.fact_of(line)}" if look.verbose else ""), indent=deep)
    else:
        yield Line(f"{wording.fact_of(line)} ({wording.place_of(line)})", indent=deep)


def _remedies(item: ItemReport) -> Iterator[Line]:
    turning = wording.turning(item)
    if item.remedies or turning:
        yield from _subheading("What to do, in this order")
    for number, remedy in enumerate(sorted(item.remedies, key=lambda remedy: remedy.rank), 1):
        kind = wording.KINDS.get(remedy.kind, clean(remedy.kind))
        sign = "! " if remedy.kind == "barrier" else ""
        yield Line(clean(remedy.do), indent=2, lead=f"{number}. {sign}{kind}: ", lead_style="bold")
    if turning:
        yield Line(turning, indent=2)


def _considered(item: ItemReport) -> Iterator[Line]:
    if item.considered:
        yield from _subheading("Guidelines considered")
    for entry in item.considered:
        lead = "governs: " if entry.governs else "not: "
        yield Line(f"{clean(entry.rule)}: {clean(entry.why)}", indent=2, lead=lead)


def _sum(item: ItemReport) -> Iterator[Line]:
    if not item.odds.parts:
        return
    yield from _subheading("Sum of the odds (log-odds; the parts add up)")
    for label, value in item.odds.parts:
        yield Line(clean(label), indent=2, lead=f"{value:+7.2f}  ")
    total = sum(value for _, value in item.odds.parts)
    yield Line("total", indent=2, lead=f"{total:+7.2f}  ", style="bold", lead_style="bold")


def _procedure(lines: Sequence[ProcedureLine], look: Look) -> Iterator[Line]:
    if not lines:
        return
    yield from _heading("Procedure")
    shown = [line for line in lines if look.verbose or _open(line)]
    deep = 4 if look.width < NARROW else 2 + LEAD
    for line in shown:
        mark = wording.procedure_mark(line)
        lead = f"{mark.sign} {mark.word}".ljust(LEAD)
        yield Line(wording.point_of(line), "", 2, lead, f"bold {TONES[mark.tone]}".strip())
        if line.detail:
            yield Line(clean(line.detail), indent=deep)
        if line.remedy:
            yield Line(clean(line.remedy), indent=deep, lead="Do: ", lead_style="bold")
    hidden = len(lines) - len(shown)
    if hidden:
        many = "1 point is" if hidden == 1 else f"{hidden} points are"
        yield Line(f"{many} in order or not applicable (--verbose shows all)", indent=2)


def _open(line: ProcedureLine) -> bool:
    return line.status not in ("met", "not_applicable")


def _heading(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(text, "bold")
    yield Line("─" * min(cell_len(text), 40))


def _subheading(text: str) -> Iterator[Line]:
    yield Line()
    yield Line(text, "bold", indent=2)


def _closing() -> Iterator[Line]:
    yield Line()
    yield Line(wording.CLOSING)


# --- how it is laid out ----------------------------------------------------------------------------------------------


def _lay(lines: Sequence[Line], look: Look) -> str:
    width = max(look.width, 20)
    console = Console(
        file=StringIO(),
        width=width,
        color_system="standard" if look.color else None,
        force_terminal=look.color,
        no_color=not look.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        # One print: each costs rich a round through its settings.
        whole = Text("\n").join(text for line in lines for text in _wrap(line, width, look, console))
        console.print(whole, soft_wrap=True)
    return capture.get()


def _wrap(line: Line, width: int, look: Look, console: Console) -> Iterator[Text]:
    lead, body = (to_ascii(line.lead), to_ascii(line.text)) if look.ascii_only else (line.lead, line.text)
    indent = " " * line.indent
    hang = cell_len(lead)
    if hang > 5 and (width < NARROW or hang > width // 3):
        for part in Text(lead.rstrip(), line.lead_style).wrap(console, max(width - line.indent, 10)):
            part.rstrip()
            yield Text(indent).append_text(part)
        lead, hang = "", 2
    room = max(width - line.indent - hang, 10)
    for number, part in enumerate(Text(body, line.style).wrap(console, room) or [Text()]):
        part.rstrip()
        start = Text(indent)
        start.append(lead if number == 0 and lead else " " * hang, line.lead_style if number == 0 else "")
        start.append_text(part)
        start.rstrip()
        yield start
