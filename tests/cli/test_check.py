"""The command line of checking: default command, formats, exit codes, messages, folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Calls = list[dict[str, Any]]
Write = Callable[..., Path]


@pytest.mark.parametrize("args", [["--help"], ["-h"]])
def test_help_names_every_command(run: Run, args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    for name in ("check", "read", "rules", "guidelines", "explain"):
        assert f"\n  {name} " in result.stdout


def test_version(run: Run) -> None:
    from checker import __version__

    assert run("--version").stdout == f"imr-check {__version__}\n"


def test_without_arguments_help_goes_to_stderr(run: Run) -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: imr-check" in result.stderr


@pytest.mark.parametrize("command", [[], ["check"]])
def test_check_is_the_default_command(run: Run, calls: Calls, request_file: Write, command: list[str]) -> None:
    result = run(*command, request_file("overturned"))
    assert result.exit_code == 0
    assert "OVERTURNED" in result.stdout
    assert calls[0]["as_of"] is None
    assert calls[0]["read"] is True


def test_options_may_stand_first(run: Run, calls: Calls, request_file: Write) -> None:
    assert run("--format", "json", request_file("upheld")).exit_code == 1


def test_options_reach_the_check(run: Run, calls: Calls, request_file: Write, tmp_path: Path) -> None:
    run("--as-of", "2016-07-28", "--rules", tmp_path, "--allow-outside", "--no-read", request_file("upheld"))
    assert calls[0]["as_of"] == date(2016, 7, 28)
    assert calls[0]["rules"] == (tmp_path,)
    assert calls[0]["allow_outside"] is True
    assert calls[0]["read"] is False


@pytest.mark.parametrize(
    ("predictions", "code"),
    [
        ("overturned", 0),
        ("overturned overturned", 0),
        ("upheld", 1),
        ("overturned upheld", 1),
        ("overturned undetermined", 1),
        ("undetermined", 3),
        ("", 3),
    ],
)
@pytest.mark.parametrize("form", ["terminal", "json", "markdown"])
def test_exit_codes(run: Run, calls: Calls, request_file: Write, predictions: str, code: int, form: str) -> None:
    result = run("--format", form, request_file(predictions))
    assert result.exit_code == code
    assert result.stdout
    assert result.stderr == ""


def test_a_wrong_input_says_place_found_expected_and_fix(run: Run, calls: Calls, request_file: Write) -> None:
    path = request_file("wrong")
    result = run(path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        f"{path}:3:5: unknown key 'itmes'",
        "  expected: one of items",
        "  fix: Did you mean 'items'?",
    ]


def test_problems_of_all_files_are_shown_at_once(run: Run, calls: Calls, request_file: Write) -> None:
    result = run(request_file("wrong", "a.yaml"), request_file("upheld", "b.yaml"), request_file("wrong", "c.yaml"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("unknown key") == 2


def test_a_message_cannot_command_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, request_file: Write) -> None:
    from checker import api
    from checker.problem import InputError, Problem

    def check_file(path: Path, **options: Any) -> None:
        raise InputError([Problem("a\x1b[2Jb", 1, 1, "x", "\u202efound\n", "\x07expected", "\x9bfix")])

    monkeypatch.setattr(api, "check_file", check_file)
    assert run(request_file("upheld")).stderr == "a[2Jb:1:1: found\n  expected: expected\n  fix: fix\n"


@pytest.mark.parametrize(
    "args", [["--bogus"], ["--format", "pdf", "x.yaml"], ["--as-of", "1/2/2014", "x"], ["--as-of", "2014-13-01", "x"]]
)
def test_a_wrong_command_line(run: Run, args: list[str]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_a_missing_file_suggests(run: Run, request_file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = request_file("upheld")
    monkeypatch.chdir(path.parent)
    result = run("requst.yaml")
    assert result.exit_code == 2
    assert "Did you mean 'request.yaml'?" in result.stderr
    assert "Did you mean 'explain'?" in run("explian").stderr


def test_a_folder(run: Run, calls: Calls, request_file: Write, tmp_path: Path) -> None:
    request_file("upheld", "b.yaml")
    request_file("overturned", "a.yaml")
    request_file("overturned", "inner/request.yaml")
    request_file("overturned", "inner/other.yaml")
    (tmp_path / "notes.yaml").write_text("text: no request\n", encoding="utf-8")
    (tmp_path / "x.test.yaml").write_text("items: upheld\n", encoding="utf-8")
    result = run("--format", "json", tmp_path)
    data = json.loads(result.stdout)
    assert [Path(entry["request"]).relative_to(tmp_path).as_posix() for entry in data["reports"]] == [
        "a.yaml",
        "b.yaml",
        "inner/request.yaml",
    ]
    assert result.exit_code == 1


def test_several_requests_end_with_totals(run: Run, calls: Calls, request_file: Write) -> None:
    result = run(request_file("upheld", "a.yaml"), request_file("overturned", "b.yaml"))
    assert "2 requests, 2 items: 1 upheld, 1 overturned." in result.stdout


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "the folder holds no request" in result.stderr


@pytest.mark.parametrize(("choice", "colored"), [("always", True), ("never", False), ("auto", False)])
def test_color(run: Run, calls: Calls, request_file: Write, choice: str, colored: bool) -> None:
    assert ("\x1b[" in run("--color", choice, request_file("upheld")).stdout) is colored


def test_no_color_and_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.cli import console

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert console.wants_color("auto")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not console.wants_color("auto")
    assert console.wants_color("always")


def test_width(run: Run, calls: Calls, request_file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = request_file("upheld")
    assert max(map(len, run("--width", "40", path).stdout.splitlines())) <= 40
    monkeypatch.setenv("COLUMNS", "50")
    assert max(map(len, run(path).stdout.splitlines())) <= 50


def test_output_that_the_screen_cannot_encode(calls: Calls, request_file: Write) -> None:
    from click.testing import CliRunner

    from checker.cli.main import cli

    for form in ("terminal", "json", "markdown"):
        result = CliRunner(charset="ascii").invoke(cli, ["--format", form, str(request_file("undetermined"))])
        assert result.exit_code == 3, result.exception
        assert result.stdout.isascii()
