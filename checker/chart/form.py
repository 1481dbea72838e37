"""What the keys of a request say beyond their own place: findings that rules can ask for (rules/stated.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from checker.chart.model import Finding
from checker.request.model import Request
from checker.rulebook.model import Rulebook


def findings_of_form(request: Request, rulebook: Rulebook) -> Iterator[Finding]:
    """One finding for every key that the request states; and for those with `otherwise` where it does not."""
    settings: Mapping[str, Any] = rulebook.extra.get("stated", {})  # type: ignore[assignment]
    values: dict[str, Any] = {f"rfa.{key}": value for key, value in request.rfa.items()}
    values["injury.date"] = request.injury.date
    for entry in settings.get("keys", ()):
        value = values.get(entry["key"])
        status = entry.get("otherwise") if value is None else "present" if _holds(value, entry) else "absent"
        if status:
            yield Finding(entry["finding"], status, stated=True)


def _holds(value: Any, entry: Mapping[str, Any]) -> bool:
    if "from" in entry:
        return bool(value >= date.fromisoformat(entry["from"]))
    return value in entry["is"] if "is" in entry else bool(value)
