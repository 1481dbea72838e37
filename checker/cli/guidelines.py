"""`imr-check guidelines`: which editions governed on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from checker.cli import console
from checker.cli.exit_codes import NOTHING_CHECKED
from checker.rulebook.model import Guideline

TIERS = {
    "mtus": "MTUS (presumed correct)",
    "acoem-odg": "Second tier: current ACOEM or ODG",
    "other": "Last tier: other guidelines and studies",
}


@click.command("guidelines")
@click.option("--on", "day", type=console.day, metavar="YYYY-MM-DD", required=True, help="The deciding date.")
@click.option("--topic", help="Only guidelines whose id, family or title holds this word, as: knee.")
@click.pass_context
def command(ctx: click.Context, day: date, topic: str | None) -> None:
    """List the guidelines in force on a day, the first tier first."""
    from checker.api import open_rulebook
    from checker.engine.governs import in_force

    rulebook = open_rulebook()
    found = [entry for entry in rulebook.guidelines.values() if in_force(entry, day) and _about(entry, topic)]
    if not found:
        click.echo("No guideline of the rulebook was in force.", err=True)
        ctx.exit(NOTHING_CHECKED)
    console.emit("\n".join(_listing(found, console.line_width(None))) + "\n", ctx)


def _about(guideline: Guideline, topic: str | None) -> bool:
    return topic is None or topic.lower() in f"{guideline.id} {guideline.family} {guideline.title}".lower()


def _listing(found: Iterable[Guideline], width: int) -> Iterable[str]:
    found = tuple(found)
    for tier, heading in TIERS.items():
        entries = [guideline for guideline in found if guideline.tier == tier]
        if entries:
            yield heading
        for guideline in entries:
            yield console.paragraph(guideline.title, width, 2)
            span = f"{guideline.start or 'always'} to {guideline.end or 'now'}"
            yield console.paragraph(f"{guideline.id}; {span}; {guideline.citation}", width, 4)
