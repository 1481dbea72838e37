"""`imr-check formulary`: what the MTUS Drug List says of a drug on a day, and how a published list is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli import console
from checker.cli.mistakes import Group
from checker.problem import InputError, Problem, nearest

if TYPE_CHECKING:
    from checker.formulary.lists import Standing
    from checker.rulebook.model import Rulebook

PACK = Path("imr-check-rules")


@click.group("formulary", cls=Group, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Look a drug up on the MTUS Drug List, or load a published list."""


@command.command("show")
@click.argument("drug")
@click.option("--on", "day", type=console.day, metavar="YYYY-MM-DD", help="The day of dispensing; else today.")
@console.rules_option
@click.pass_context
def show(ctx: click.Context, drug: str, day: date | None, rules: tuple[Path, ...]) -> None:
    """Show the status of a DRUG, by brand or ingredient, and what follows from it."""
    from checker.api import open_rulebook

    day = day or date.today()
    rulebook = open_rulebook(rules)
    places = _places(drug, day, rulebook)
    width = console.line_width(None)
    if not places:
        console.emit(console.paragraph(f"The drug formulary was not in force on {day}.", width) + "\n", ctx)
        return
    told = [*(line for place in places for line in _shown(place, rulebook, day)), *_disputes(rulebook)]
    console.emit("\n".join(console.paragraph(text, width, indent) for indent, text in told) + "\n", ctx)


def _places(drug: str, day: date, rulebook: Rulebook) -> list[Standing]:
    """Where the drugs that the words name stand on the list. Raises InputError for words that name none."""
    from checker.formulary.lists import formulary_of, standing
    from checker.formulary.review import is_covered
    from checker.request.model import Item
    from checker.rulebook.match import build_matcher, match_item

    law = formulary_of(rulebook)["law"]
    asked, _ = match_item(Item("item-1", drug), build_matcher(rulebook))
    covered = [name for name in asked.treatments if is_covered(name, rulebook, law)]
    if not covered:
        labels = [treatment.label for treatment in rulebook.treatments.values() if treatment.rxnorm]
        fix = nearest(drug.capitalize(), labels) or "Give the brand or the ingredient, as: naproxen."
        raise InputError(
            [Problem("formulary show", 0, 0, "unknown-drug", f"no drug '{drug}'", "the name of a drug", fix)]
        )
    return [place for name in covered if (place := standing(name, day, rulebook))]


def _shown(place: Standing, rulebook: Rulebook, day: date) -> Iterator[tuple[int, str]]:
    """Paragraphs with their indent."""
    from checker.formulary.lists import formulary_of
    from checker.formulary.review import doubts

    law = formulary_of(rulebook)["law"]
    label = law["statuses"][place.status]["label"]
    meaning = law["statuses"]["unknown" if place.is_weak else place.status]
    yield 0, f"{place.treatment.label} ({place.treatment.rxnorm or place.treatment.id}) on {day}: {label}"
    yield 2, f"{meaning['effect'][0].upper()}{meaning['effect'][1:]} ({meaning['citation']})."
    entry = place.entry
    fills = ("special fill", entry and entry.special_fill), ("perioperative fill", entry and entry.perioperative_fill)
    for name, days in fills:
        if days:
            yield 2, f"{name.capitalize()}: {days} days."
    if entry and entry.printed:
        yield 2, f"On the list as: {', '.join(entry.printed)}."
    for doubt in doubts(place):
        yield 2, doubt
    if place.status == "unknown":
        yield 2, "Load the state's list to know: imr-check formulary update FILE."


def _disputes(rulebook: Rulebook) -> Iterator[tuple[int, str]]:
    """The limits of time of a dispute over a formulary drug, as the rules of procedure state them."""
    from checker.formulary.lists import formulary_of
    from checker.formulary.review import basis_text
    from checker.procedure.law import law_of

    facts = law_of(rulebook).facts
    yield 0, "Limits of time (where sources conflict, the shorter is safe)"
    for name in formulary_of(rulebook)["law"].get("disputes", ()):
        if fact := facts.get(name):
            yield 2, f"{fact.statement} ({fact.citation}; {basis_text(fact.basis)})"


@command.command("update")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--date", "start", type=console.day, metavar="YYYY-MM-DD", help="The day the list takes effect, if not on it."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=PACK, show_default=True,
    help="The folder of rules that the dated list is written to.",
)  # fmt: skip
@console.rules_option
@click.pass_context
def update(ctx: click.Context, file: Path, start: date | None, out: Path, rules: tuple[Path, ...]) -> None:
    """Load a published MTUS Drug List into a dated file and show what it changes.

    FILE is the list as CSV, XLSX or the text of its PDF with the columns kept apart (pdftotext -layout).
    """
    from checker.api import open_rulebook
    from checker.formulary.lists import formulary_of, list_on
    from checker.formulary.table import read_table
    from checker.formulary.update import build_list, changes, text_of
    from checker.rulebook.match import build_matcher

    rulebook = open_rulebook(rules)
    layout = formulary_of(rulebook)["table"]
    new = build_list(read_table(file, layout), layout, build_matcher(rulebook), file.name, start)
    target = out / "formulary" / f"list-{new.start}.yaml"
    old = list_on(new.start, rulebook)
    _write(target, text_of(new))
    changed = changes(new, old)
    lines = [*(console.one_line(line) for line in changed), f"{len(new.entries)} drugs, {len(changed)} changes."]
    console.emit("\n".join(lines) + "\n", ctx)
    for remark in new.remarks:
        click.echo(console.one_line(f"{file.name}: {remark}."), err=True)
    compared = f"{old.version} of {old.start}" + ("" if old.complete else ", known in part") if old else "no list"
    click.echo(f"Compared with {compared}. Written to {target}; use it with: --rules {out}", err=True)


def _write(path: Path, text: str) -> None:
    """Write a list that the loader takes. Raises InputError, also for a list of that day that is there already."""
    from checker.cli.files import write_whole
    from checker.rulebook.formulary import read_list

    def sound(beside: Path) -> None:
        problems: list[Problem] = []
        read_list(beside, problems)
        if problems:
            raise InputError(problems)

    if path.exists():
        fix = "Remove it first, or give another folder: --out DIR."
        raise InputError([Problem(str(path), 0, 0, "exists", "a list of that day", "no file of that name", fix)])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text, sound)
    except OSError as error:
        fix = "Name a folder that may be written to: --out DIR."
        raise InputError([Problem(str(path), 0, 0, "write", str(error.strerror), "a file to write", fix)]) from None
