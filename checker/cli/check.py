"""`imr-check check`: request files in, reports out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli import console
from checker.cli.exit_codes import exit_code
from checker.problem import InputError, Problem
from checker.record import record

if TYPE_CHECKING:
    from checker.api import Kept
    from checker.report.model import Report


@record
class Inputs:
    """What every request is checked with."""

    as_of: date | None
    rules: tuple[Path, ...]
    allow_outside: bool
    read: bool
    kept: Kept = field(default_factory=dict)  # papers already read, for a second check of the same


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(readable=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json", "markdown"]), default="terminal", show_default=True,
    envvar="IMR_CHECK_FORMAT", show_envvar=True, help="How to print the report.",
)  # fmt: skip
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
    envvar="IMR_CHECK_COLOR", show_envvar=True, help="Colour on the terminal; auto heeds NO_COLOR and pipes.",
)  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="Also what was considered, every quote, the sum of the odds.")
@click.option("--width", type=click.IntRange(20, 400), help="Characters a line; else that of the terminal.")
@console.as_of_option("Judge by the guidelines of this day; else that of the UR decision.")
@console.rules_option
@click.option("--allow-outside", is_flag=True, help="Allow papers that lie outside the request's folder.")
@click.option("--no-read", is_flag=True, help="Use only the findings stated in the request; read no papers.")
@click.option("--watch", is_flag=True, help="Check again whenever a request, a paper or a rule of --rules changes.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], form: str, color: str, verbose: bool, width: int | None,
    as_of: date | None, rules: tuple[Path, ...], allow_outside: bool, no_read: bool, watch: bool,
) -> None:  # fmt: skip
    """Check requests and their papers before they go out.

    FILE is a request (YAML), or a folder: every *.yaml file in it that has `items:`, and every request.yaml one level
    down.
    """
    inputs = Inputs(as_of, rules, allow_outside, not no_read)

    def once() -> int:
        reports = _reports(console.requests_in(paths), inputs)
        text = _terminal(reports, color, verbose, width) if form == "terminal" else _plain(reports, form)
        console.emit(text, ctx)
        return exit_code(reports)

    if not watch:
        ctx.exit(once())
    from checker.cli.watch import watch as keep_watching

    ctx.exit(keep_watching(paths, rules, once))


def _reports(paths: Sequence[Path], inputs: Inputs) -> list[Report]:
    """A report of every request. Raises InputError with the problems of all of them."""
    from checker.api import check_file

    reports: list[Report] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            report = check_file(
                path,
                as_of=inputs.as_of,
                rules=inputs.rules,
                allow_outside=inputs.allow_outside,
                read=inputs.read,
                kept=inputs.kept,
            )
        except InputError as error:
            problems += error.problems
        else:
            reports.append(report if len(paths) == 1 else replace(report, request=str(path)))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return reports


def _terminal(reports: Sequence[Report], color: str, verbose: bool, width: int | None) -> str:
    from checker.report import terminal

    look = terminal.Look(console.line_width(width), console.wants_color(color), verbose, console.ascii_only())
    return terminal.render(reports[0], look) if len(reports) == 1 else terminal.render_many(reports, look)


def _plain(reports: Sequence[Report], form: str) -> str:
    if form == "json":
        from checker.report import json

        return json.render(reports[0]) if len(reports) == 1 else json.render_many(reports)
    from checker.report import markdown

    return markdown.render(reports[0]) if len(reports) == 1 else markdown.render_many(reports)
