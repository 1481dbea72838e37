"""Coverage of the rules as text: branches that no scenario reaches, then tables by guideline, category and dispute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from checker.cli import console
from checker.report.safe import clean
from checker.rulebook.coverage import BASES, Coverage, Row

HEADS = ("rules", "criteria", "quoted", "applied", "high", "medium", "low", "sources", "tests", "reached")


def told(coverage: Coverage, verbose: bool, of_packs: bool, width: int) -> Iterator[str]:
    """The lines of the report. `verbose`: with every branch that is not reached; `of_packs`: only rules of packs count."""
    missing = [entry for entry in coverage.reached if entry.missing]
    if verbose:
        for rule, entries in groupby(missing, key=lambda entry: entry.rule):
            said = "; ".join(f"{entry.criterion} {', '.join(entry.missing)}" for entry in entries)
            yield console.paragraph(said, width, 2, f"{rule}: ")
    branches = sum(len(entry.possible) for entry in coverage.reached)
    open_branches = sum(len(entry.missing) for entry in coverage.reached)
    yield console.paragraph(
        f"Scenarios reach {branches - open_branches} of {branches} branches; {len(missing)} of {len(coverage.reached)} "
        f"criteria have one that no scenario reaches{'.' if verbose else ' (--verbose lists them).'}",
        width,
    )
    yield ""
    yield from _table("guideline", coverage.guidelines)
    yield ""
    yield from _table("service category", coverage.categories)
    yield console.paragraph(
        "quoted, applied (as reviewers apply it), high, medium, low (from memory, by confidence): criteria by their basis; "
        "reached: branches that scenarios bring about.",
        width,
    )
    if of_packs:  # a pack does not set out to cover the catalogue
        return
    yield ""
    yield from _treatments(coverage, width)
    yield from _volume(coverage, width)


def _table(name: str, rows: Iterable[Row]) -> Iterator[str]:
    filled = [row for row in rows if row.rules]
    if name == "guideline":  # a rule stands under one guideline, but may stand under several categories
        filled.append(_total(filled))
    wide = max([len(name), *(len(row.name) for row in filled)])
    yield f"{name:<{wide}}  " + " ".join(f"{head:>8}" for head in HEADS)
    for row in filled:
        percent = f"{100 * row.reached / row.branches:.0f} %" if row.branches else "-"
        counts = (row.rules, row.criteria, *(row.bases[base] for base in BASES), len(row.sources), row.scenarios)
        cells = (*counts, percent)
        yield f"{clean(row.name):<{wide}}  " + " ".join(f"{cell:>8}" for cell in cells)


def _total(rows: Iterable[Row]) -> Row:
    total = Row("all")
    for row in rows:
        total.rules += row.rules
        total.criteria += row.criteria
        total.scenarios += row.scenarios
        total.bases += row.bases
        total.sources |= row.sources
        total.branches += row.branches
        total.reached += row.reached
    return total


def _treatments(coverage: Coverage, width: int) -> Iterator[str]:
    for row in coverage.categories:
        yield f"{row.name}: {row.governed} of {row.treatments} treatments have a rule"
        if without := coverage.without_rule.get(row.name):
            yield console.paragraph(", ".join(without), width, 2, "without a rule: ")
    treatments = sum(row.treatments for row in coverage.categories)
    yield f"{sum(row.governed for row in coverage.categories)} of {treatments} treatments have a rule."


def _volume(coverage: Coverage, width: int) -> Iterator[str]:
    if not coverage.volume:
        return
    yield ""
    yield "Share of all disputes, and the part of it for which there is a rule"
    for share in sorted(coverage.volume, key=lambda share: -share.percent):
        said = f"{share.percent:g} % in {share.year}: {share.group}; {share.governed} of {share.treatments} treatments"
        yield console.paragraph(f"{said} have a rule", width, 2)
    weighted = sum(share.weighted for share in coverage.volume)
    yield console.paragraph(
        f"Weighted by dispute volume {weighted:.0f} % of {sum(share.percent for share in coverage.volume):.0f} %; within a "
        "group every treatment counts alike, because no finer shares are published.",
        width,
    )
