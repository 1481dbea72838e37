"""What the keys of a request say beyond their own place: findings that rules can ask for (rules/stated.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from checker.chart.model import Chart, Finding
from checker.request.model import Request
from checker.rulebook.model import Rulebook


def with_form(chart: Chart, request: Request, rulebook: Rulebook) -> Chart:
    """The chart with a finding for every such key, where the chart says nothing of it."""
    found = {finding.finding: (finding,) for finding in _findings(request, rulebook)}
    return replace(chart, findings={**found, **chart.findings})


def _findings(request: Request, rulebook: Rulebook) -> Iterator[Finding]:
    settings: Mapping[str, Any] = rulebook.extra.get("stated", {})  # type: ignore[assignment]
    for entry in settings.get("keys", ()):
        value = (
            request.injury.date if entry["key"] == "injury.date" else request.rfa.get(entry["key"].partition(".")[2])
        )
        status = entry.get("otherwise") if value is None else "present" if _holds(value, entry) else "absent"
        if status:
            yield Finding(entry["finding"], status, stated=value is not None)


def _holds(value: Any, entry: Mapping[str, Any]) -> bool:
    if "from" in entry:
        return bool(value >= date.fromisoformat(entry["from"]))
    return value in entry["is"] if "is" in entry else bool(value)
