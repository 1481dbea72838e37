"""The interview at a real terminal: asked, stopped in every way, resumed, nothing lost."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from checker.api import check_file
from checker.interview.edit import answered
from tests.cli.pseudo_terminal import ROOT, terminal

LINE = "Trigger point injections x 2, thoracic spine"
# the line, no other line, no papers, the two dates, the part, the age, the sex
BEGINNING = (LINE, "", "", "10/23/2013", "2011-02-14", "thoracic spine", "39", "1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_from_nothing_to_a_report(folder: Path) -> None:
    shutil.copy(ROOT / "examples" / "seed-003" / "pr2-2013-10-23.txt", folder)
    with terminal("new", folder=folder) as run:
        run.prompt("What is requested?")
        seen = run.type(LINE, "", "1", "2013-10-23", "2011-02-14", "thoracic spine")
        assert "circumscribed trigger point" not in seen, "the paper says it, so it is not asked"
        assert "goes along with active therapy" in seen
        assert "Which words of the papers say it?" in run.type("y", "1")
        assert "stand in none of the papers" in run.type("He stretches at home every day.")
        last = run.type("")
        while "1 question is open now" not in last:
            last = run.type("skip")
        run.send("skip\n")
        assert run.ended() == 1
    assert "Nothing is left to ask" in run.seen
    assert "What the guideline asks, and what the record shows" in run.seen
    assert "\x1b" not in run.seen
    assert max(len(line) for line in run.seen.splitlines()) <= 80
    assert "# In these words: He stretches at home every day." in (folder / "request.yaml").read_text(encoding="utf-8")
    assert check_file(folder / "request.yaml").items[0].rule == "mtus-chronic-pain-2009/trigger-point-injection"


@pytest.mark.parametrize("how", ["quit\n", "\x04", "\x03"])
def test_stop_and_resume(folder: Path, how: str) -> None:
    with terminal("new", "--out", "mine.yaml", folder=folder) as run:
        run.prompt()
        run.type(*BEGINNING)
        run.type("y", "palpable trigger points in the rhomboids", "no")
        run.interrupt() if how == "\x03" else run.send(how)
        assert run.ended() == 130
    assert "Every answer so far is in mine.yaml" in " ".join(run.seen.split())
    assert "Traceback" not in run.seen
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    assert "In these words: palpable trigger points in the rhomboids" in text
    again = ("new", "--resume", "mine.yaml") if how == "\x03" else ("new", "--out", "mine.yaml")
    with terminal(*again, folder=folder) as run:
        seen = run.prompt("goes along with active therapy")
        assert "What is requested?" not in seen
        assert "circumscribed trigger point" not in seen
        assert "local twitch response" not in seen
        run.send("\x04")
        run.ended()
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == text


def test_a_closed_window_loses_no_detail(folder: Path) -> None:
    with terminal("new", folder=folder) as run:
        run.prompt()
        run.type(*BEGINNING, "skip", "skip", "skip")
        run.type("y", "3")  # conservative care: therapy and drugs were tried, and both failed
        run.type("1")  # physical therapy
        assert "Which of these was done?" in run.type("1")  # it did not help; now for the drugs
        run.process.send_signal(signal.SIGKILL)
        run.ended()
    assert "# begun: " in (folder / "request.yaml").read_text(encoding="utf-8")
    with terminal("new", folder=folder) as run:
        run.prompt("circumscribed trigger point")
        seen = run.type("skip", "skip", "skip")
        assert "You have said yes to this before" in seen
        assert "physical therapy" not in seen.split("You have said yes")[1].lower()
        run.type("1", "1", "")
        run.interrupt()
        run.ended()
    request = (folder / "request.yaml").read_text(encoding="utf-8")
    assert "- treatment: physical-therapy\n    response: failed" in request
    assert "- treatment: nsaid\n    response: failed" in request
    assert "# begun:" not in request
    key = "item-1 mtus-chronic-pain-2009/trigger-point-injection#failed-conservative-care"
    assert answered(request)[key] == "yes"
    criteria = {line.id: line.status for line in check_file(folder / "request.yaml").items[0].criteria}
    assert criteria["failed-conservative-care"] == "met"


def test_ctrl_c_before_anything_was_said(folder: Path) -> None:
    with terminal("new", folder=folder) as run:
        run.prompt()
        run.interrupt()
        assert run.ended() == 130
    assert "Nothing was written." in run.seen
    assert list(folder.iterdir()) == []


def test_an_answer_is_taken_back(folder: Path) -> None:
    path = folder / "request.yaml"
    with terminal("new", folder=folder) as run:
        run.prompt()
        run.type(*BEGINNING)
        before = path.read_text(encoding="utf-8")
        run.type("no")
        assert "status: absent" in path.read_text(encoding="utf-8")
        assert "circumscribed trigger point" in run.type("back")
        assert path.read_text(encoding="utf-8") == before
        assert "In which words" in run.type("y")
        assert "circumscribed trigger point" in run.type("back")
        assert path.read_text(encoding="utf-8") == before
        run.send("\x04")
        run.ended()


def test_lines_pasted_as_one_are_one_quote(folder: Path) -> None:
    (folder / "pr2.txt").write_text(
        "EXAM: taut band palpated\nin the left rhomboid,\nwith a twitch.\n", encoding="utf-8"
    )
    with terminal("new", folder=folder) as run:
        run.prompt()
        run.type(LINE, "", "1", *BEGINNING[3:])
        run.type("y")
        seen = run.type("twitch response seen\nin the left\nrhomboid")
        assert "These words stand in none of the papers." in seen
        assert "Found in pr2." in run.type("in the left rhomboid,\nwith a twitch.")
        run.send("quit\n")
        run.ended()
    assert 'quote: "in the left rhomboid, with a twitch."' in (folder / "request.yaml").read_text(encoding="utf-8")
