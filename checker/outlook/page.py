"""The figures of a backtest as one HTML page that needs nothing else: tables and a reliability diagram drawn as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from checker.outlook.figures import CROSSED, GIVEN, SOURCES, Bin, Figures, Group, Scored
from checker.outlook.model import SELECTION
from checker.outlook.table import CALLS, MEANS, PREDICTIONS, Told, bounds, percent, sample_note, shown, span

WIDTH, HEIGHT, LEFT, TOP, SIDE = 520, 470, 60, 20, 390
TICKS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
LOOKS = {GIVEN: ("given", -3), CROSSED: ("crossed", 3)}  # class, and a small shift so that whiskers stay apart
STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #c8ced6; --given: #0b57a4; --crossed: #a3480a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ed; --paper: #14171b; --line: #454c55; --given: #7ab6ff; --crossed: #ffae70; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
  max-width: 62rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: 0.25rem 0.9rem 0.25rem 0; text-align: left; white-space: nowrap; }
td.long { white-space: normal; }
svg { max-width: 100%; height: auto; }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
.grid { stroke: var(--line); } .even { stroke: var(--ink); stroke-dasharray: 4 4; }
.given { fill: var(--given); stroke: var(--given); } .crossed { fill: var(--crossed); stroke: var(--crossed); }
"""


def page(figures: Figures, told: Told) -> str:
    """The page. Everything that comes from a letter is escaped."""
    total = figures.total
    body = [
        "<h1>Backtest of imr-check on decided letters</h1>",
        f"<p>{total.letters} letters, {total.items} items, {total.overturned} overturned "
        f"({total.overturned / total.items:.1%}); odds given for {figures.with_odds}. In brackets: 95% intervals, letters "
        f"drawn {told.draws} times.</p>",
        f"<p><strong>{escape(SELECTION)}</strong> {escape(sample_note(told))}</p>",
        "<h2>Determinations</h2>",
        _table(("called", "overturned by IMR", "upheld by IMR"), _confusion(total)),
        _table(("figure", "value"), [(name, shown(total.figures[name])) for name in CALLS]),
        "<h2>Odds</h2>",
        _table(("odds", "what they are", "AUROC", "Brier"), _odds(total)),
        "<h2>Reliability</h2>",
        "<p>Each point is a group of items: across, what the odds said; up, how many were overturned. On the dashed line "
        "both agree. The scale is that of square roots, so that low odds can be told apart.</p>",
        diagram(figures.bins),
        *(_reliability(source, bins) for source, bins in figures.bins.items() if bins),
        "<h2>By service category</h2>",
        _by(figures.categories),
        "<h2>By governing guideline</h2>",
        _by(figures.guidelines),
        "<h2>Confident misses</h2>",
        _misses(figures.misses),
    ]
    if told.unread:
        body += ["<h2>Letters not read</h2>", _table(("letter", "why"), list(told.unread.items()))]
    head = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n<title>Backtest of imr-check</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def diagram(bins: Mapping[str, Sequence[Bin]]) -> str:
    """Said against decided, a point a bin with its interval; the larger the point, the more items."""
    marks = [mark for source, entries in bins.items() for entry in entries for mark in _point(source, entry)]
    legend = [
        f'<circle class="{LOOKS[source][0]}" cx="{LEFT + 18}" cy="{TOP + 16 + 20 * row}" r="5"/>'
        f'<text x="{LEFT + 30}" y="{TOP + 20 + 20 * row}">{escape(source)}</text>'
        for row, source in enumerate(bins)
    ]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" aria-labelledby="diagram-title">\n'
        '<title id="diagram-title">Reliability diagram: odds said against the share overturned</title>\n'
        + "\n".join([*_axes(), *legend, *marks])
        + "\n</svg>"
    )


def _axes() -> Iterator[str]:
    end = LEFT + SIDE
    for tick in TICKS:
        across, up = _across(tick), _up(tick)
        yield f'<line class="grid" x1="{across}" y1="{TOP}" x2="{across}" y2="{TOP + SIDE}"/>'
        yield f'<line class="grid" x1="{LEFT}" y1="{up}" x2="{end}" y2="{up}"/>'
        yield f'<text x="{across}" y="{TOP + SIDE + 18}" text-anchor="middle">{tick:.0%}</text>'
        yield f'<text x="{LEFT - 8}" y="{up + 4}" text-anchor="end">{tick:.0%}</text>'
    yield f'<line class="even" x1="{LEFT}" y1="{TOP + SIDE}" x2="{end}" y2="{TOP}"/>'
    yield f'<text x="{LEFT + SIDE / 2}" y="{HEIGHT - 14}" text-anchor="middle">odds said</text>'
    middle = TOP + SIDE / 2
    yield f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">overturned by IMR</text>'


def _point(source: str, entry: Bin) -> Iterator[str]:
    look, shift = LOOKS[source]
    share = entry.overturned
    across = round(_across(entry.said) + shift, 1)
    if share.low is not None and share.high is not None:
        yield f'<line class="{look}" x1="{across}" y1="{_up(share.low)}" x2="{across}" y2="{_up(share.high)}"/>'
    radius = round(3 + math.sqrt(entry.items) / 2, 1)
    tip = f"{source}, {bounds(entry)}: {entry.items} items, said {entry.said:.1%}, overturned {share.value:.1%}"
    yield (
        f'<circle class="{look}" cx="{across}" cy="{_up(share.value or 0.0)}" r="{radius}" fill-opacity="0.6">'
        f"<title>{escape(tip)}</title></circle>"
    )


def _across(share: float) -> float:
    return round(LEFT + SIDE * math.sqrt(share), 1)


def _up(share: float) -> float:
    return round(TOP + SIDE * (1 - math.sqrt(share)), 1)


def _confusion(total: Group) -> list[tuple[str, ...]]:
    return [
        (said, *(str(total.calls.get((said, outcome), 0)) for outcome in ("overturned", "upheld")))
        for said in PREDICTIONS
    ]


def _odds(total: Group) -> list[tuple[str, ...]]:
    return [
        (name, MEANS[name], shown(total.figures[f"AUROC, {name}"]), shown(total.figures[f"Brier, {name}"], 4))
        for name in SOURCES
    ]


def _reliability(source: str, bins: Sequence[Bin]) -> str:
    heads = (f"odds {source}", "items", "letters", "said", "decided", "said lies within")
    answers = {True: "yes", False: "no", None: "one letter"}
    rows = []
    for entry in bins:
        counts = (bounds(entry), str(entry.items), str(entry.letters), f"{entry.said:.1%}")
        rows.append((*counts, span(entry.overturned), answers[entry.holds]))
    return _table(heads, rows)


def _by(groups: Sequence[Group]) -> str:
    heads = ("", "items", "letters", "overturned", "said", "balanced accuracy", "AUROC", "Brier")
    rows = [
        (
            group.name,
            str(group.items),
            str(group.letters),
            str(group.overturned),
            percent(group.figures["mean odds"].value),
            shown(group.figures["balanced accuracy"]),
            shown(group.figures[f"AUROC, {GIVEN}"]),
            shown(group.figures[f"Brier, {GIVEN}"], 4),
        )
        for group in groups
    ]
    return _table(heads, rows)


def _misses(misses: Sequence[Scored]) -> str:
    if not misses:
        return "<p>None.</p>"
    rows = [
        (
            f"{entry.case.letter} {entry.case.item.id}",
            "overturned" if entry.case.overturned else "upheld",
            f"{entry.given:.1%}",
            entry.case.item.request,
            f"{entry.case.item.rule}: {', '.join(entry.case.item.deciding) or 'every criterion met'}",
        )
        for entry in misses
    ]
    return _table(("item", "IMR", "odds", "request", "rule and what decided"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    lines = "\n".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table>\n<tr>{top}</tr>\n{lines}\n</table></div>'


def _cell(value: str) -> str:
    printable = "".join(letter for letter in value if letter.isprintable())
    long = ' class="long"' if len(value) > 40 else ""
    return f"<td{long}>{escape(printable)}</td>"
