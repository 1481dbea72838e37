"""`imr-check deadlines`: the next step and every limit of time, counted day by day, and as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli import console
from checker.problem import InputError, Problem
from checker.report import wording

if TYPE_CHECKING:
    from checker.procedure.deadlines import Due
    from checker.procedure.judge import Judgement
    from checker.procedure.law import Fact

DUTIES = {
    "office": "the office",
    "worker": "the worker or the attorney",
    "administrator": "the claims administrator",
    "reviewer": "the IMR organization",
}


@click.command("deadlines")
@click.argument(
    "path", metavar="FILE", type=click.Path(readable=False, path_type=Path), callback=console.request_argument
)
@click.option("--as-of", type=console.day, metavar="YYYY-MM-DD", help="Count as of this day; else today.")
@click.option("--ics", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Also write a calendar.")
@click.option("--allow-outside", is_flag=True, help="Allow papers that lie outside the request's folder.")
@click.pass_context
def command(ctx: click.Context, path: Path, as_of: date | None, ics: Path | None, allow_outside: bool) -> None:
    """Count the days of a request: what is due when, by which rule, and the next step.

    The days come from `rfa:`, `utilization_review:` and `imr:` of the request and from the papers.
    """
    from checker.api import check_request, deciding_date, judge_procedure, open_request, open_rulebook

    rulebook = open_rulebook()
    opened = open_request(path, rulebook, allow_outside=allow_outside)
    today = as_of or date.today()
    report = check_request(opened.request, opened.chart, rulebook, deciding_date(opened.request))
    judged = judge_procedure(opened.request, opened.chart, rulebook, report, today)
    console.emit("\n".join(_listing(path.name, judged, today, opened.letters)) + "\n", ctx)
    if ics:
        count = _write(ics, judged.dues, path.name, today)
        click.echo(f"{count} {'day' if count == 1 else 'days'} still to come, written to {ics}.", err=True)


def _write(path: Path, dues: Sequence[Due], name: str, today: date) -> int:
    """Write the calendar; how many days it holds. Raises InputError where the file cannot be written."""
    from checker.procedure import ics

    try:
        path.write_bytes(ics.render(dues, name, today).encode())
    except OSError as error:
        fix = "Name a file in a folder that exists and may be written to."
        raise InputError([Problem(str(path), 0, 0, "not-written", str(error.strerror), "a file", fix)]) from None
    return len(ics.still_open(dues, today))


def _listing(name: str, judged: Judgement, today: date, letters: Sequence[str]) -> Iterator[str]:
    from checker.procedure.deadlines import day_text

    width = console.line_width(None)
    yield console.paragraph(f"{name}, as of {day_text(today)}", width)
    if letters:
        yield ""
        yield "Read from the papers"
        yield from (console.paragraph(notice, width, 2, "- ") for notice in letters)
    for step, items in judged.steps:
        yield ""
        yield console.paragraph(f"{step.door.title}{_for(items)}", width, lead="Next step: ")
        yield console.paragraph(step.do, width, 2)
        yield from _sources(step.facts, width)
    if ahead := [due for due in judged.dues if due.done is None and not due.limit.opens and due.day >= today]:
        yield ""
        yield "Still to come"
        yield from (console.paragraph(_ahead(due, today), width, 2) for due in ahead)
    for due in judged.dues:
        yield ""
        yield from _due(due, today, width)
    if not judged.dues:
        yield ""
        needed = "No day to count from. State rfa.received, utilization_review.date, or the days of imr:."
        yield console.paragraph(needed, width)
    yield ""
    yield console.paragraph(wording.CLOSING, width)


def _ahead(due: Due, today: date) -> str:
    """A limit in one line: "Fri 2016-06-10  The worker files the IMR application (the worker or the attorney; 21 days left)"."""
    from checker.procedure.deadlines import day_text

    told = f"{day_text(due.day)}  {due.limit.title}{_for(due.items)} ({DUTIES[due.limit.duty]}; {_left(due, today)})"
    return f"{told}; other readings below" if due.conflicts else told


def _left(due: Due, today: date) -> str:
    left = (due.day - today).days
    return "today" if left == 0 else f"{left} {'day' if left == 1 else 'days'} left"


def _due(due: Due, today: date, width: int) -> Iterator[str]:
    from checker.procedure.deadlines import day_text

    yield console.paragraph(f"{day_text(due.day)}  {due.limit.title}{_for(due.items)}", width)
    yield console.paragraph(_state(due, today), width, 2)
    yield from _sources(due.facts, width)
    if due.start.why and due.start.is_certain:
        yield console.paragraph(due.start.why, width, 2, "Start: ")
    yield "  Count:"
    for step in due.steps:
        yield console.paragraph(f"{day_text(step.day)}  {step.text}", width, 4)
    if due.act_by and due.day != due.safe:
        yield console.paragraph(f"{day_text(due.act_by)}  the last business day before it: act by then", width, 4)
    for conflict in due.conflicts:
        yield console.paragraph(conflict, width, 2, "Also argued: ")


def _for(items: Sequence[str]) -> str:
    return f" (for {', '.join(items)})" if items else ""


def _state(due: Due, today: date) -> str:
    from checker.procedure.deadlines import day_text, is_over

    who = f"{'To be' if due.day >= today else 'Was to be'} done by {DUTIES[due.limit.duty]}"
    if due.limit.opens:
        return "From this day on." if due.safe > today else "This day has come."
    if due.done:
        told = ("Late on every reading", "In time on some readings only", "In time")[due.value]
        told = "Whether in time is open" if due.latest is None and told.startswith("In time on") else told
        return f"Done on {day_text(due.done)}. {told}."
    if due.day >= today:
        left = _left(due, today)
        return f"{who}. {left[0].upper()}{left[1:]}."
    if due.latest is None:
        return f"{who}. The safe day has passed; how long another can be argued is open."
    if is_over(due, today):
        return f"{who}. The day has passed on every reading; the request does not say that it was done."
    return f"{who}. The safe day has passed; until {day_text(due.latest)} another reading can be argued."


def _sources(facts: Sequence[Fact], width: int) -> Iterator[str]:
    for fact in facts:
        basis = fact.basis.kind if fact.basis.confidence is None else f"{fact.basis.kind} ({fact.basis.confidence})"
        note = f": {fact.basis.source}" if fact.basis.kind == "partly" else ""
        told = f"{fact.statement} {fact.citation}; {wording.basis_of(basis)}{note} [{fact.id}]"
        yield console.paragraph(told, width, 2, "Rule: ")
