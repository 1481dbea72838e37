"""The report as JSON, format `imr-check/1`. Pure ASCII, so that no terminal escape of a record reaches the screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from checker.report.model import Report, to_dict


def render(report: Report) -> str:
    """One report as one JSON document."""
    return _dump(to_dict(report))


def render_many(reports: Sequence[Report]) -> str:
    """Several reports as one JSON document, each with the name of its request."""
    entries = [{"request": report.request, **to_dict(report)} for report in reports]
    return _dump({"format": "imr-check/1", "reports": entries})


def _dump(data: dict[str, Any]) -> str:
    # DEL is ASCII, so json leaves it as it is.
    return json.dumps(data, ensure_ascii=True, indent=2).replace("\x7f", "\\u007f") + "\n"
