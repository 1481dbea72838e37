"""JSON and Markdown of the same reports."""

from __future__ import annotations

import json as standard_json

import pytest
from syrupy.assertion import SnapshotAssertion

from checker.report import json, markdown
from checker.report.model import to_dict
from tests.report import samples


@pytest.mark.parametrize("state", samples.STATES)
def test_json_is_the_contract_and_safe_on_any_screen(state: str) -> None:
    report = samples.STATES[state]
    text = json.render(report)
    assert standard_json.loads(text) == to_dict(report)
    assert text.isascii()
    assert all(char == "\n" or 32 <= ord(char) < 127 for char in text)
    assert json.render(report) == text


def test_json_of_several_reports() -> None:
    data = standard_json.loads(json.render_many([samples.MET, samples.SILENT]))
    assert data["format"] == "imr-check/1"
    assert [entry["items"][0]["prediction"] for entry in data["reports"]] == ["overturned", "upheld"]
    assert data["reports"][0]["request"] == "request.yaml"


@pytest.mark.parametrize("state", samples.STATES)
def test_markdown(state: str, page: SnapshotAssertion) -> None:
    assert markdown.render(samples.STATES[state]) == page


def test_markdown_of_several_reports() -> None:
    assert "2 requests, 2 items: 1 upheld, 1 overturned" in markdown.render_many([samples.MET, samples.SILENT])


def test_markdown_of_a_record_is_not_live() -> None:
    text = markdown.render(samples.HOSTILE)
    for live in ("<b>", "[a](", "http://", " `c`", "\x1b"):
        assert live not in text
