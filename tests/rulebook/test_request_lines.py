"""The words of a request line → treatments, body parts, side, quantities, flags: tests/data/request_lines.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.api import open_rulebook
from checker.request.model import Item, Request, Review
from checker.rulebook.match import build_matcher, match_item, match_request
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


@pytest.mark.parametrize(("lines", "granted"), [(["PT 8 visits"], 2.0), (["PT 8 visits", "MRI left knee"], None)])
def test_what_review_granted_of_a_request_is_of_its_only_item(lines: list[str], granted: float | None) -> None:
    items = tuple(Item(f"item-{number}", line) for number, line in enumerate(lines, 1))
    found = match_request(Request(items, review=Review(authorized=2.0)), open_rulebook())
    assert found["item-1"].authorized == granted
    assert ("partly_authorized" in found["item-1"].flags) is (granted is not None)
