"""`imr-check read`: what was read from the papers of a request, before any rule is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli import console
from checker.report.safe import clean

if TYPE_CHECKING:
    from checker.chart.model import Chart, Evidence, Finding, TreatmentEvent
    from checker.request.model import Request
    from checker.rulebook.model import Rulebook


@click.command("read")
@click.argument(
    "path", metavar="FILE", type=click.Path(readable=False, path_type=Path), callback=console.request_argument
)
@click.option(
    "--format", "form", type=click.Choice(["yaml", "list", "json"]), default="yaml", show_default=True,
    help="yaml can be pasted into the request.",
)  # fmt: skip
@click.option("--allow-outside", is_flag=True, help="Allow papers that lie outside the request's folder.")
@click.option("--no-read", is_flag=True, help="Only the findings stated in the request.")
@console.rules_option
@click.pass_context
def command(
    ctx: click.Context, path: Path, form: str, allow_outside: bool, no_read: bool, rules: tuple[Path, ...]
) -> None:
    """Show the findings and treatments of a request, each with the line it was read from.

    The YAML has the keys `findings` and `prior_treatments`: paste it into the request and correct it there. What the
    governing rules ask for comes first; what they ask and the papers do not show is listed at the head.
    """
    from checker.api import read_chart

    request, chart, rulebook = read_chart(path, rules=rules, allow_outside=allow_outside, read=not no_read)
    if form == "json":
        text = json.dumps(_data(chart), indent=2, default=str).replace("\x7f", "\\u007f")
    elif form == "yaml":
        text = "\n".join(_yaml(request, chart, rulebook))
    else:
        text = "\n".join(_listing(chart, rulebook, console.line_width(None)))
    console.emit(text + "\n", ctx)


def _yaml(request: Request, chart: Chart, rulebook: Rulebook) -> Iterator[str]:
    """The chart as the keys of a request. What is no plain fact is commented out, with the reason."""
    from checker.api import check_request, deciding_date
    from checker.chart.as_request import entries_of
    from checker.yamlfile import flow

    report = check_request(request, chart, rulebook, deciding_date(request))
    criteria = [criterion for item in report.items for criterion in item.criteria]
    yield f"# Read from the papers of {clean(request.name)}. Compare every line with its quote before you use it."
    yield from (f"# Notice: {clean(notice)}" for notice in chart.notices)
    for criterion in criteria:
        if criterion.status == "not_documented" and criterion.role == "required":
            yield f"# Not found, and asked for: {clean(criterion.statement)}"
    entries = entries_of(chart, [line.finding for criterion in criteria for line in criterion.evidence])
    for key in ("findings", "prior_treatments"):
        mine = [entry for entry in entries if entry.key == key]
        if any(not entry.doubt for entry in mine):
            yield f"{key}:"
        for entry in mine:
            line = clean(flow(dict(entry.data)))
            yield f"  # {entry.doubt}: {line}" if entry.doubt else f"  - {line}"


def _data(chart: Chart) -> dict[str, Any]:
    return {
        "format": "imr-check-chart/1",
        "findings": [asdict(finding) for found in chart.findings.values() for finding in found],
        "treatments": [asdict(event) for events in chart.events.values() for event in events],
        "notices": list(chart.notices),
    }


def _listing(chart: Chart, rulebook: Rulebook, width: int) -> Iterator[str]:
    yield "Findings" if chart.findings else "Findings: none"
    for name, found in chart.findings.items():
        label = rulebook.findings[name].label if name in rulebook.findings else name
        for finding in found:
            yield console.paragraph(f"{label}: {_finding(finding)}", width, 2)
            yield from _proof(finding.evidence, finding.stated, width)
    yield ""
    yield "Treatments" if chart.events else "Treatments: none"
    for name, events in chart.events.items():
        label = rulebook.treatments[name].label if name in rulebook.treatments else name
        for event in events:
            yield console.paragraph(f"{label}: {_event(event)}", width, 2)
            yield from _proof(event.evidence, event.stated, width)
    if chart.notices:
        yield ""
        yield "Notices"
        yield from (console.paragraph(notice, width, 2, "- ") for notice in chart.notices)


def _finding(finding: Finding) -> str:
    value = f"{finding.value:g} {finding.unit or ''}".strip() if finding.value is not None else None
    time = finding.time if finding.time != "current" else None
    day = finding.date.isoformat() if finding.date else None
    parts = (finding.status.replace("_", " "), time, value, finding.side, finding.body_part, day)
    return ", ".join(part for part in parts if part)


def _event(event: TreatmentEvent) -> str:
    response = "response not stated" if event.response == "not_stated" else event.response
    visits = f"{event.visits:g} visits" if event.visits is not None else None
    days = f"{event.days:g} days" if event.days is not None else None
    span = " to ".join(day.isoformat() for day in (event.start, event.end) if day)
    parts = (event.status.replace("_", " "), response if event.status == "done" else None, visits, days, event.side,
             event.body_part, span)  # fmt: skip
    return ", ".join(part for part in parts if part)


def _proof(evidence: Evidence | None, stated: bool, width: int) -> Iterator[str]:
    if evidence is None:
        yield console.paragraph("stated by the office" if stated else "no line of the record", width, 6)
        return
    if evidence.quote:
        yield console.paragraph(f'"{clean(evidence.quote)}"', width, 6)
    line = f", line {evidence.line}" if evidence.line else ""
    day = f", {evidence.date.isoformat()}" if evidence.date else ""
    yield console.paragraph(f"{evidence.document}, page {evidence.page}{line}{day}", width, 6)
