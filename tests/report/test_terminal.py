"""The terminal report: what it says for each state, at several widths, and that no record text commands the screen."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from checker.report import markdown
from checker.report.terminal import Look, render, render_many
from tests.report import samples

SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("state", samples.STATES)
def test_states(state: str, width: int, page: SnapshotAssertion) -> None:
    assert render(samples.STATES[state], Look(width)) == page


@pytest.mark.parametrize("state", ["barrier", "silent"])
def test_color(state: str, page: SnapshotAssertion) -> None:
    assert render(samples.STATES[state], Look(80, color=True)).replace("\x1b", "␛") == page


def test_verbose(page: SnapshotAssertion) -> None:
    assert render(samples.SILENT, Look(80, verbose=True)) == page


def test_narrow(page: SnapshotAssertion) -> None:
    assert render(samples.BARRIER, Look(40)) == page


def test_many(page: SnapshotAssertion) -> None:
    assert render_many([samples.MET, samples.UNDETERMINED], Look(80)) == page


@pytest.mark.parametrize("width", [20, 40, 80, 160])
@pytest.mark.parametrize("state", samples.STATES)
def test_no_line_is_wider_than_asked(state: str, width: int) -> None:
    for line in render(samples.STATES[state], Look(width, verbose=True)).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("state", samples.STATES)
def test_colour_adds_nothing_but_colour(state: str) -> None:
    plain = render(samples.STATES[state], Look(80, verbose=True))
    colored = render(samples.STATES[state], Look(80, color=True, verbose=True))
    assert "\x1b" not in plain
    assert SGR.sub("", colored) == plain


@pytest.mark.parametrize("state", samples.STATES)
def test_ascii(state: str) -> None:
    text = render(samples.STATES[state], Look(80, ascii_only=True))
    assert text.isascii()
    assert "\x1b" not in text


def test_record_text_cannot_command_the_terminal() -> None:
    text = render(samples.HOSTILE, Look(80, verbose=True))
    assert not [char for char in text if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160]
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert "[bold]x[/bold]" in text
    assert ":smile:" in text
    text.encode("utf-8")


def test_the_verdict_comes_within_ten_lines() -> None:
    for state in ("met", "not_met", "silent", "barrier", "undetermined"):
        top = "\n".join(render(samples.STATES[state], Look(80)).splitlines()[:10])
        prediction = samples.STATES[state].items[0].prediction.upper()
        assert f"\n  {prediction}  " in top
        assert "Do first: " in top or "Stands in the way: " in top


def test_a_page_that_was_not_read_is_said_before_the_criteria() -> None:
    unread = replace(samples.SILENT, unread=("scan, page 1",))
    terminal, page = render(unread, Look(80)), markdown.render(unread)
    assert terminal.index("Mind: scan, page 1 was not read.") < terminal.index("What the guideline asks")
    assert page.index("**Mind:** scan, page 1 was not read.") < page.index("## Trigger point")


def test_marks_differ_without_colour() -> None:
    text = "\n".join(render(report, Look(80)) for report in samples.STATES.values())
    for words in ("✓ met", "✗ contradicted", "? not documented", "≈ conflicting", "– not applicable", "! hard barrier"):
        assert words in text
