"""`imr-check guidelines`: which edition governs each topic on a day, and which topics no edition governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import click

from checker.cli import console
from checker.cli.exit_codes import NOTHING_CHECKED
from checker.rulebook.model import Basis, Guideline

TIERS = {
    "payer": "A payer's own rules, from a pack",
    "mtus": "MTUS (presumed correct)",
    "acoem-odg": "Second tier: current ACOEM or ODG",
    "other": "Last tier: other guidelines and studies",
}
FRESH = timedelta(days=60)  # so long after a change a decision may still follow the edition before


@click.command("guidelines")
@click.option("--on", "day", type=console.day, metavar="YYYY-MM-DD", required=True, help="The deciding date.")
@click.option("--topic", help="Only guidelines whose id, family, topic or title holds this word, as: knee.")
@click.pass_context
def command(ctx: click.Context, day: date, topic: str | None) -> None:
    """Show which guideline governs each topic on a day, the first tier first, and which topics have none."""
    from checker.api import open_rulebook
    from checker.engine.governs import in_force

    known = [entry for entry in open_rulebook().guidelines.values() if _about(entry, topic)]
    found = [entry for entry in known if in_force(entry, day)]
    if not known:
        click.echo("No guideline of the rulebook is on that topic.", err=True)
        ctx.exit(NOTHING_CHECKED)
    console.emit("\n".join(_listing(known, found, day, console.line_width(None))) + "\n", ctx)


def _about(guideline: Guideline, word: str | None) -> bool:
    names = (guideline.id, guideline.family, guideline.topic, guideline.title)
    return word is None or word.lower() in " ".join(names).lower()


def _listing(known: Sequence[Guideline], found: Sequence[Guideline], day: date, width: int) -> Iterator[str]:
    for tier, heading in TIERS.items():
        entries = [guideline for guideline in found if guideline.tier == tier]
        topics = sorted({_topic(guideline) for guideline in known if guideline.tier == tier})
        if not topics:
            continue
        yield heading
        for topic in topics if tier == "mtus" else ():
            governing = [guideline for guideline in entries if _topic(guideline) == topic]
            yield from (line for guideline in governing for line in _edition(guideline, topic, known, day, width))
            if not governing:
                yield from _gap(topic, known, day, width)
        if tier != "mtus":
            yield from (line for guideline in entries for line in _edition(guideline, "", known, day, width))


def _gap(topic: str, known: Sequence[Guideline], day: date, width: int) -> Iterator[str]:
    """A topic that no edition of the MTUS governed, with the edition that ended before."""
    yield console.paragraph(f"{topic}: no edition in force; the next tier is asked", width, 2)
    ended = [one for one in known if _topic(one) == topic and one.end and one.end < day]
    for one in sorted(ended, key=lambda one: str(one.end))[-1:]:
        told = f"{one.title} governed until {one.end}" + (f"; {one.note}" if one.note else "")
        yield console.paragraph(f"{told}.", width, 4)


def _topic(guideline: Guideline) -> str:
    """The topic in words: that of the family, and its own where a family holds several."""
    return guideline.topic or guideline.family.removeprefix("mtus-").replace("-", " ")


def _edition(guideline: Guideline, topic: str, known: Sequence[Guideline], day: date, width: int) -> Iterator[str]:
    yield console.paragraph(f"{topic}: {guideline.title}" if topic else guideline.title, width, 2)
    span = f"{guideline.start or 'always'} to {guideline.end or 'now'}"
    mark = _mark(guideline.basis)
    yield console.paragraph("; ".join(filter(None, (guideline.id, span, guideline.citation, mark))), width, 4)
    if guideline.note:
        yield console.paragraph(f"{guideline.note[0].upper()}{guideline.note[1:]}.", width, 4)
    if topic and guideline.start and day - guideline.start <= FRESH:
        before = [one for one in known if _topic(one) == topic and one.end == guideline.start - timedelta(days=1)]
        for one in before:
            yield console.paragraph(f"Changed on {guideline.start}; until then {one.title}.", width, 4)


def _mark(basis: Basis) -> str:
    """What is said of a date that was not read."""
    return f"dates from memory ({basis.confidence} confidence)" if basis.kind == "recalled" else ""
