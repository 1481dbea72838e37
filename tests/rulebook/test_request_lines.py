"""The words of a request line → treatments, body parts, side, quantities, flags: tests/data/request_lines.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.api import open_rulebook
from checker.request.model import Item
from checker.rulebook.match import build_matcher, match_item
from checker.yamlfile import read_yaml

LINES: list[dict[str, Any]] = read_yaml(Path(__file__).parent.parent / "data" / "request_lines.yaml").data


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["request"])
def test_line(line: dict[str, Any]) -> None:
    asked, _ = match_item(Item("item-1", line["request"]), build_matcher(open_rulebook()))
    found = {
        "request": line["request"],
        "treatments": list(asked.treatments),
        "body_parts": list(asked.body_parts),
        "side": asked.side,
        "quantities": dict(asked.quantities),
        "flags": sorted(asked.flags),
        "occasion": list(asked.occasion),
    }
    assert {key: value for key, value in found.items() if value or key in line} == line
