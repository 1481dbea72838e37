"""The figures of a backtest as plain text, and as data for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from checker.outlook.figures import CROSSED, GIVEN, PUBLISHED, SHARE, SOURCES, Bin, Figure, Figures, Group, Scored
from checker.outlook.model import SELECTION
from checker.record import record

PREDICTIONS = ("overturned", "upheld", "undetermined")
CALLS = ("coverage", "balanced accuracy", "recall of overturned", "precision of overturned")
MEANS = {
    GIVEN: "the odds that the program gives",
    CROSSED: "the odds with weights measured on the other letters",
    PUBLISHED: "the published rate of the service and year alone",
    SHARE: "the same odds for every item",
}
MOST_MISSES = 20


@record
class Told:
    """What is told beside the figures."""

    draws: int
    measured: str  # what the weights of "as given" were measured on
    here: bool  # whether that was these very letters
    unread: Mapping[str, str]  # why a letter could not be compared


def text(figures: Figures, told: Told) -> str:
    """The whole result for the terminal."""
    total = figures.total
    blocks = [
        [
            f"{total.letters} letters, {total.items} items, {total.overturned} overturned "
            f"({total.overturned / total.items:.1%}); odds given for {figures.with_odds}",
            f"In brackets: 95% intervals, letters drawn {told.draws} times.",
            SELECTION,
            sample_note(told),
        ],
        list(_calls(total)),
        list(_odds(total)),
        *(list(_reliability(source, bins)) for source, bins in figures.bins.items() if bins),
        list(_by("service category", figures.categories)),
        list(_by("governing guideline", figures.guidelines)),
        list(_misses(figures.misses)),
        list(_unread(told.unread)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def sample_note(told: Told) -> str:
    """What the odds were measured on, and whether that was these very letters."""
    if told.here:
        where = "these very letters: 'as given' is in-sample, 'cross-validated' is not"
    else:
        where = "not these letters; where a letter is in both sets, 'as given' is in-sample"
    return f"'As given' rests on {told.measured}, {where}."


def _calls(total: Group) -> Iterator[str]:
    yield f"{'Determination':<22}{'overturned':>12}{'upheld':>10}   by IMR"
    for prediction in PREDICTIONS:
        counts = [total.calls.get((prediction, outcome), 0) for outcome in ("overturned", "upheld")]
        yield f"{'  ' + prediction:<22}{counts[0]:>12}{counts[1]:>10}"
    for name in CALLS:
        yield f"{name[0].upper() + name[1:]:<28}{shown(total.figures[name])}"
    yield "(undetermined counts as upheld; always upheld has a balanced accuracy of 0.500)"


def _odds(total: Group) -> Iterator[str]:
    yield f"{'Odds':<26}{'AUROC':<24}Brier"
    for source in SOURCES:
        auroc, brier = total.figures[f"AUROC, {source}"], total.figures[f"Brier, {source}"]
        yield f"{'  ' + source:<26}{shown(auroc):<24}{shown(brier, 4)}"
    for source in (GIVEN, CROSSED):
        gain = total.figures[f"Brier less that of the share, {source}"]
        yield f"Brier less that of the share of these letters, {source}: {shown(gain, 4)}"
    yield "(an item without odds counts at the share of overturned items)"


def _reliability(source: str, bins: Sequence[Bin]) -> Iterator[str]:
    yield f"Reliability, {source}"
    yield f"{'  odds':<14}{'items':>6}{'letters':>9}{'said':>9}   decided"
    for entry in bins:
        verdict = {True: "within", False: "OUTSIDE", None: "one letter"}[entry.holds]
        counts = f"{'  ' + bounds(entry):<14}{entry.items:>6}{entry.letters:>9}{entry.said:>9.1%}"
        yield f"{counts}   {span(entry.overturned):<26} {verdict}"


def _by(name: str, groups: Sequence[Group]) -> Iterator[str]:
    wide = max(len(name) + 5, *(len(group.name) + 2 for group in groups))
    yield f"{'By ' + name:<{wide}}{'items':>6}{'letters':>9}{'overturned':>12}  {'said':<7}{'balanced acc.':<24}{'AUROC':<24}Brier"
    for group in groups:
        said = percent(group.figures["mean odds"].value)
        yield (
            f"{'  ' + group.name:<{wide}}{group.items:>6}{group.letters:>9}{group.overturned:>12}  {said:<7}"
            f"{shown(group.figures['balanced accuracy']):<24}{shown(group.figures[f'AUROC, {GIVEN}']):<24}"
            f"{shown(group.figures[f'Brier, {GIVEN}'], 4)}"
        )


def _misses(misses: Sequence[Scored]) -> Iterator[str]:
    yield f"Confident misses: {len(misses)}" if misses else "Confident misses: none"
    for entry in misses[:MOST_MISSES]:
        outcome = "overturned" if entry.case.overturned else "upheld"
        yield f"  {entry.case.letter} {entry.case.item.id}: {outcome} at odds of {entry.given:.1%}: {entry.case.item.request}"
        deciding = ", ".join(entry.case.item.deciding) or "every criterion met"
        yield f"    {entry.case.item.rule}: {deciding}"
    if len(misses) > MOST_MISSES:
        yield f"  and {len(misses) - MOST_MISSES} more, in the JSON"


def _unread(unread: Mapping[str, str]) -> Iterator[str]:
    if unread:
        yield f"Letters not read: {len(unread)}"
        yield from (f"  {name}: {why}" for name, why in unread.items())


def shown(figure: Figure, digits: int = 3) -> str:
    """A figure with its interval, or a dash."""
    if figure.value is None:
        return "-"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.{digits}f}"
    return f"{figure.value:.{digits}f} ({figure.low:.{digits}f} to {figure.high:.{digits}f})"


def percent(value: float | None) -> str:
    """A share as a percentage, or a dash."""
    return "-" if value is None else f"{value:.1%}"


def span(figure: Figure) -> str:
    """A share with its interval, in percent."""
    if figure.low is None or figure.high is None:
        return percent(figure.value)
    return f"{percent(figure.value)} ({figure.low:.1%} to {figure.high:.1%})"


def bounds(entry: Bin) -> str:
    """The odds that a bin holds."""
    return f"{entry.low:.0%}-{entry.high:.0%}"


def data(figures: Figures, scored: Sequence[Scored], told: Told) -> dict[str, Any]:
    """Figures and items as plain data."""
    return {
        "format": "imr-check-backtest/1",
        "selection": SELECTION,
        "measured_on": told.measured,
        "measured_on_these_letters": told.here,
        "not_read": dict(told.unread),
        "draws": told.draws,
        "items_with_odds": figures.with_odds,
        "all": _group_data(figures.total),
        "reliability": {
            source: [{**asdict(entry), "within": entry.holds} for entry in bins]
            for source, bins in figures.bins.items()
        },
        "by_category": [_group_data(group) for group in figures.categories],
        "by_guideline": [_group_data(group) for group in figures.guidelines],
        "confident_misses": [_item_data(entry) for entry in figures.misses],
        "items": [_item_data(entry) for entry in scored],
    }


def _group_data(group: Group) -> dict[str, Any]:
    calls = [{"prediction": said, "outcome": was, "items": count} for (said, was), count in sorted(group.calls.items())]
    figures = {name: asdict(figure) for name, figure in group.figures.items()}
    counts = {"letters": group.letters, "items": group.items, "overturned": group.overturned}
    return {"name": group.name, **counts, "calls": calls, "figures": figures}


def _item_data(entry: Scored) -> dict[str, Any]:
    case = entry.case
    return {
        "case": case.letter,
        "id": case.item.id,
        "request": case.item.request,
        "as_of": case.as_of.isoformat(),
        "outcome": "overturned" if case.overturned else "upheld",
        "prediction": case.item.prediction,
        "probability_overturned": entry.given,
        "cross_validated": entry.crossed,
        "category": case.item.category,
        "guideline": case.item.guideline.id if case.item.guideline else None,
        "rule": case.item.rule,
        "deciding": list(case.item.deciding),
    }
