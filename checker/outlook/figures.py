"""Decided items with their odds → how often the program was right: coverage, calls, and calibration of the odds, each
with an interval from drawing the letters again and again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from checker.outlook.cases import Decided
from checker.outlook.rates import base_rate, sigmoid
from checker.record import record

SEED = 1  # the same letters give the same intervals
TAIL = 0.025  # on each side of a 95 % interval
EDGES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)
FEWEST_EACH = 3  # overturned and upheld items each, below which a set does not tell them apart
SURE_UPHELD, SURE_OVERTURNED = 0.1, 0.5  # odds beyond which a decision to the contrary is a confident miss
GIVEN, CROSSED, PUBLISHED, SHARE = "as given", "cross-validated", "published base rate", "share of these letters"
SOURCES = (GIVEN, CROSSED, PUBLISHED, SHARE)


@record
class Scored:
    """One decided item with the odds that the program gives, and those measured on the other letters."""

    case: Decided
    given: float | None
    crossed: float | None


@record
class Figure:
    """A number with its 95 % interval; None where these letters do not determine it."""

    value: float | None
    low: float | None = None
    high: float | None = None


@record
class Bin:
    """The items whose odds lie in one interval: what was said, and what was decided."""

    low: float
    high: float
    items: int
    letters: int
    said: float
    overturned: Figure

    @property
    def holds(self) -> bool | None:
        """Whether what was said lies within the interval of what was decided; None where one letter gives no interval."""
        share = self.overturned
        return None if share.low is None or share.high is None else share.low <= self.said <= share.high


@record
class Group:
    """Counts and figures of one set of items. `calls` counts (prediction, outcome)."""

    name: str
    letters: int
    items: int
    overturned: int
    calls: Mapping[tuple[str, str], int]
    figures: Mapping[str, Figure]


@record
class Figures:
    """All that a backtest found."""

    total: Group
    with_odds: int
    bins: Mapping[str, tuple[Bin, ...]]
    categories: tuple[Group, ...]
    guidelines: tuple[Group, ...]
    misses: tuple[Scored, ...]


Weighted = Sequence[tuple["Row", int]]


@record
class Row:
    """What the figures are computed from, for one item."""

    letter: str
    prediction: str
    governed: bool
    overturned: bool
    answered: bool  # whether the program gave odds
    odds: Mapping[str, float]


def measure(scored: Sequence[Scored], draws: int) -> Figures:
    """All figures of some decided items; the letters are drawn `draws` times for the intervals."""
    rows = _rows(scored)
    total = _group("all", rows, draws)
    return Figures(
        total=total,
        with_odds=sum(entry.given is not None for entry in scored),
        bins={source: tuple(_bins(source, scored, rows, draws)) for source in (GIVEN, CROSSED)},
        categories=_groups(scored, rows, draws, lambda item: item.item.category),
        guidelines=_groups(scored, rows, draws, lambda item: item.item.guideline.id if item.item.guideline else "none"),
        misses=_misses(scored),
    )


def _rows(scored: Sequence[Scored]) -> list[Row]:
    """An item without odds is counted at the share of overturned items, so that to abstain is no gain."""
    share = sum(entry.case.overturned for entry in scored) / len(scored)
    return [
        Row(
            entry.case.letter,
            entry.case.item.prediction,
            entry.case.item.rule is not None,
            entry.case.overturned,
            entry.given is not None,
            {
                GIVEN: share if entry.given is None else entry.given,
                CROSSED: share if entry.crossed is None else entry.crossed,
                PUBLISHED: sigmoid(base_rate(entry.case.item.category, entry.case.as_of.year).log_odds),
                SHARE: share,
            },
        )
        for entry in scored
    ]


def _groups(
    scored: Sequence[Scored], rows: Sequence[Row], draws: int, key: Callable[[Decided], str]
) -> tuple[Group, ...]:
    """The items by one of their properties, the largest group first."""
    sets: dict[str, list[Row]] = {}
    for entry, row in zip(scored, rows, strict=True):
        sets.setdefault(key(entry.case), []).append(row)
    groups = [_group(name, members, draws) for name, members in sets.items()]
    return tuple(sorted(groups, key=lambda group: (-group.items, group.name)))


def _group(name: str, rows: Sequence[Row], draws: int) -> Group:
    calls = Counter((row.prediction, "overturned" if row.overturned else "upheld") for row in rows)
    letters = len({row.letter for row in rows})
    return Group(name, letters, len(rows), sum(row.overturned for row in rows), calls, _figures(rows, draws))


def _figures(rows: Sequence[Row], draws: int) -> dict[str, Figure]:
    """Every statistic with its interval. What needs both outcomes is left out where one of them is rare."""
    values = statistics([(row, 1) for row in rows])
    overturned = sum(row.overturned for row in rows)
    if min(overturned, len(rows) - overturned) < FEWEST_EACH:
        values |= {name: None for name in values if name.startswith(("AUROC", "balanced"))}
    drawn: dict[str, list[float]] = {name: [] for name in values}
    for sample in _draws(rows, draws):
        for name, value in statistics(sample).items():
            if value is not None:
                drawn[name].append(value)
    return {name: _figure(value, drawn[name]) for name, value in values.items()}


def statistics(sample: Weighted) -> dict[str, float | None]:
    """The plain numbers of a sample of items, each counted so many times. None where nothing determines a number."""
    items = sum(count for _, count in sample)
    overturned = sum(count for row, count in sample if row.overturned)
    called = sum(count for row, count in sample if row.prediction == "overturned")
    right = sum(count for row, count in sample if row.prediction == "overturned" and row.overturned)
    recall = _ratio(right, overturned)
    specificity = _ratio(items - overturned - (called - right), items - overturned)
    found: dict[str, float | None] = {
        "coverage": _ratio(sum(count for row, count in sample if row.governed), items),
        "share overturned": _ratio(overturned, items),
        "balanced accuracy": None if recall is None or specificity is None else (recall + specificity) / 2,
        "recall of overturned": recall,
        "precision of overturned": _ratio(right, called),
        "mean odds": _ratio(
            sum(count * row.odds[GIVEN] for row, count in sample if row.answered),
            sum(count for row, count in sample if row.answered),
        ),
    }
    for source in SOURCES:
        found[f"Brier, {source}"] = _ratio(
            sum(count * (row.odds[source] - row.overturned) ** 2 for row, count in sample), items
        )
        found[f"AUROC, {source}"] = _auroc(sample, source)
    for source in (GIVEN, CROSSED):
        own, base = found[f"Brier, {source}"], found[f"Brier, {SHARE}"]
        found[f"Brier less that of the share, {source}"] = None if own is None or base is None else own - base
    return found


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _auroc(sample: Weighted, source: str) -> float | None:
    """The chance that an overturned item was given higher odds than an upheld one; ties count half."""
    at: dict[float, list[int]] = {}
    for row, count in sample:
        at.setdefault(row.odds[source], [0, 0])[row.overturned] += count
    below = pairs = 0.0
    for odds in sorted(at):
        upheld, overturned = at[odds]
        pairs += overturned * (below + upheld / 2)
        below += upheld
    overturned = sum(counts[1] for counts in at.values())
    return _ratio(pairs, below * overturned)


def _draws(rows: Sequence[Row], draws: int) -> Iterator[Weighted]:
    """As many letters as there are, drawn with replacement: the items of one letter stand or fall together."""
    letters = sorted({row.letter for row in rows})
    chance = random.Random(SEED)
    for _ in range(draws if len(letters) > 1 else 0):
        counts = Counter(chance.choices(letters, k=len(letters)))
        yield [(row, counts[row.letter]) for row in rows if counts[row.letter]]


def _figure(value: float | None, drawn: list[float]) -> Figure:
    drawn.sort()
    if value is None or not drawn or drawn[0] == drawn[-1]:
        return Figure(value)  # drawing again did not vary, which is no proof that the number is exact
    cut = int(TAIL * len(drawn))
    return Figure(value, drawn[cut], drawn[-1 - cut])


def _bins(source: str, scored: Sequence[Scored], rows: Sequence[Row], draws: int) -> Iterator[Bin]:
    for low, high in pairwise(EDGES):
        held = [
            row
            for entry, row in zip(scored, rows, strict=True)
            if (entry.given if source == GIVEN else entry.crossed) is not None
            and low <= row.odds[source] < (high if high < 1 else 2)
        ]
        if held:
            said = sum(row.odds[source] for row in held) / len(held)
            yield Bin(low, high, len(held), len({row.letter for row in held}), said, _share(held, draws))


def _share(rows: Sequence[Row], draws: int) -> Figure:
    """The share overturned. Where none or all are, drawing again cannot vary: the exact limits for that many letters
    stand instead (Clopper and Pearson)."""
    letters = len({row.letter for row in rows})
    share = sum(row.overturned for row in rows) / len(rows)
    reach = 1 - TAIL ** (1 / letters)
    if share == 0:
        return Figure(0.0, 0.0, reach)
    if share == 1:
        return Figure(1.0, 1 - reach, 1.0)
    return _figure(share, [_overturned(sample) for sample in _draws(rows, draws)])


def _overturned(sample: Weighted) -> float:
    return sum(count for row, count in sample if row.overturned) / sum(count for _, count in sample)


def _misses(scored: Sequence[Scored]) -> tuple[Scored, ...]:
    """Items decided against clear odds, the clearest first."""
    missed = [
        entry
        for entry in scored
        if entry.given is not None
        and (entry.given <= SURE_UPHELD if entry.case.overturned else entry.given >= SURE_OVERTURNED)
    ]
    return tuple(
        sorted(missed, key=lambda entry: (-abs(entry.case.overturned - (entry.given or 0)), entry.case.letter))
    )
