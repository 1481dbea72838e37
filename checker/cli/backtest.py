"""`imr-check backtest`: decided letters in, how often the program was right out; `--fit` measures the odds on them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli import console, progress
from checker.cli.exit_codes import NOTHING_CHECKED
from checker.problem import InputError, Problem
from checker.report.safe import clean

if TYPE_CHECKING:
    from checker.outlook.cases import Decided
    from checker.outlook.figures import Scored
    from checker.outlook.letters import Letter
    from checker.outlook.model import Coefficients

OUTPUT = click.Path(dir_okay=False, path_type=Path)


@click.command("backtest")
@click.argument("paths", nargs=-1, required=True, metavar="LETTERS...", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "json_file", type=OUTPUT, metavar="FILE", help="Write figures and items as JSON.")
@click.option("--html", "html_file", type=OUTPUT, metavar="FILE", help="Write a page with the reliability diagram.")
@click.option(
    "--bootstrap", "draws", type=click.IntRange(0, 100_000), default=1000, show_default=True, metavar="N",
    help="How often the letters are drawn again for the intervals.",
)  # fmt: skip
@click.option("--fit", is_flag=True, help="Measure the weights of the odds on these letters; needs --out.")
@click.option("--out", type=OUTPUT, metavar="FILE", help="Where --fit writes the weights.")
@console.rules_option
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], json_file: Path | None, html_file: Path | None, draws: int, fit: bool,
    out: Path | None, rules: tuple[Path, ...],
) -> None:  # fmt: skip
    """Compare the program with decided cases.

    LETTERS are published IMR determination letters (PDF or text), folders of them, or a JSON list of letters. Each
    letter becomes the request that the office could have written: its items, its dates, and its clinical summary as the
    only paper. What the reviewer decided, and why, is used only to compare.
    """
    if fit != (out is not None):
        raise click.UsageError("--fit and --out FILE go together")
    from checker.cli.letter_files import read_letters
    from checker.outlook import calibrate, figures, page, table
    from checker.outlook.model import coefficients, coefficients_of

    letters, unread = read_letters(paths)
    cases = _check(letters, rules, unread)
    numbers = coefficients_of(_fitted(cases, paths, out)) if out else coefficients()
    scored = _scored(cases, numbers)
    told = table.Told(draws, numbers.measured, calibrate.fingerprint(cases) == numbers.letters, unread)
    found = figures.measure(scored, draws)
    if json_file:
        _write(json_file, json.dumps(table.data(found, scored, told), indent=1) + "\n")
    if html_file:
        _write(html_file, page.page(found, told))
    text = table.text(found, told)
    console.emit("".join(f"{_columns(line)}\n" for line in text.rstrip("\n").split("\n")), ctx)
    if not any(case.item.rule for case in cases):
        ctx.exit(NOTHING_CHECKED)


def _check(letters: Sequence[Letter], rules: tuple[Path, ...], unread: dict[str, str]) -> list[Decided]:
    """The decided items of all letters, by one rulebook. A letter that cannot be checked goes to `unread`."""
    from checker.api import check_letter, open_rulebook

    rulebook = open_rulebook(rules)
    cases: list[Decided] = []
    for letter in progress.over(letters, "Checking letters"):
        try:
            cases += check_letter(letter, rulebook)
        except ValueError as error:
            unread[letter.case] = str(error)
    if not cases:
        raise InputError([Problem(name, 0, 0, "letter", why, "a dated letter") for name, why in unread.items()])
    return cases


def _scored(cases: Sequence[Decided], numbers: Coefficients) -> list[Scored]:
    """The items with their odds: by the weights given, and by weights from the other letters."""
    from checker.outlook.calibrate import cross_validated
    from checker.outlook.figures import Scored
    from checker.outlook.model import odds

    told = [replace(case, item=replace(case.item, odds=odds(case.item, case.as_of, numbers))) for case in cases]
    return [
        Scored(case, case.item.odds.probability, other)
        for case, other in zip(told, cross_validated(cases), strict=True)
    ]


def _fitted(cases: Sequence[Decided], paths: Sequence[Path], out: Path) -> dict[str, Any]:
    """Weights measured on the items today, written to `out`."""
    from checker.outlook.calibrate import fitted

    try:
        data = fitted(cases, date.today())
    except ValueError as error:
        raise InputError([Problem(str(paths[0]), 0, 0, "fit", str(error), "letters that rules govern")]) from None
    _write(out, json.dumps(data, indent=1) + "\n")
    return data


def _columns(line: str) -> str:
    """A line made safe for the screen, with the blanks between its columns kept."""
    return "".join(part if part.isspace() else clean(part) for part in re.split(r"( {2,})", line))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        found = f"not written: {error.strerror}"
        raise InputError([Problem(str(path), 0, 0, "output", found, "a file in a folder that exists")]) from None
