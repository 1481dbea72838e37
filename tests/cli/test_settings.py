"""Settings: the command line beats the environment, that beats ./imr-check.yaml, that beats the user's own file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from checker.cli import rules, settings

Run = Callable[..., Result]
Calls = list[dict[str, Any]]
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's own settings; the working folder is another one."""
    own = tmp_path / "own"
    (tmp_path / "here").mkdir()
    own.mkdir()
    monkeypatch.setattr(click, "get_app_dir", lambda name: str(own))
    monkeypatch.chdir(tmp_path / "here")
    for name in ("RULES", "FORMAT", "COLOR", "AS_OF"):
        monkeypatch.delenv(f"IMR_CHECK_{name}", raising=False)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def test_each_place_beats_the_one_before(
    run: Run, calls: Calls, request_file: Write, places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_file("upheld")
    run(request)
    write(places / "own" / "config.yaml", "as_of: 2011-01-01\nformat: json\n")
    run(request)
    write(places / "here" / "imr-check.yaml", "as_of: 2012-01-01\n")
    result = run(request)
    monkeypatch.setenv("IMR_CHECK_AS_OF", "2013-01-01")
    run(request)
    run("--as-of", "2014-01-01", request)
    days = [None, *(date(year, 1, 1) for year in (2011, 2012, 2013, 2014))]
    assert [call["as_of"] for call in calls] == days
    assert result.stdout.startswith("{"), "what the nearer file leaves open is taken from the farther one"


def test_rules_of_files_are_relative_to_them(
    run: Run, calls: Calls, request_file: Write, places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("own/a", "here/b", "here/c"):
        (places / folder).mkdir()
    request = request_file("upheld")
    write(places / "own" / "config.yaml", "rules: a\n")
    run(request)
    write(places / "here" / "imr-check.yaml", "rules: [b, c]\n")
    run(request)
    monkeypatch.setenv("IMR_CHECK_RULES", "c:b")
    run(request)
    run("--rules", "b", request)
    names = [[path.name for path in call["rules"]] for call in calls]
    assert names == [["a"], ["b", "c"], ["c", "b"], ["b"]]


def test_no_color_beats_a_file(
    run: Run, calls: Calls, request_file: Write, places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_file("upheld")
    write(places / "here" / "imr-check.yaml", "color: always\n")
    assert "\x1b[" in run(request).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run(request).stdout
    assert "\x1b[" in run("--color", "always", request).stdout


@pytest.mark.parametrize(
    ("text", "found", "fix"),
    [
        ("formt: json\n", "unknown setting 'formt'", "Did you mean 'format'?"),
        ("format: pdf\n", "format: pdf", ""),
        ("color: alway\n", "color: alway", "Did you mean 'always'?"),
        ("as_of: 2016-02-30\n", "as_of: 2016-02-30", ""),
        ("rules: [nowhere]\n", "rules: nowhere", "relative to this file"),
        ("- rules\n", "no mapping", ""),
    ],
)
def test_a_wrong_setting_is_told_at_its_line(
    run: Run, calls: Calls, request_file: Write, places: Path, text: str, found: str, fix: str
) -> None:
    write(places / "here" / "imr-check.yaml", text)
    result = run(request_file("upheld"))
    assert (result.exit_code, calls) == (2, [])
    assert f"imr-check.yaml:1:1: {found}" in result.stderr
    assert fix in result.stderr
    assert run("--help").exit_code == 0


def test_a_wrong_environment_names_its_variable(
    run: Run, calls: Calls, request_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMR_CHECK_FORMAT", "pdf")
    result = run(request_file("upheld"))
    assert result.exit_code == 2
    assert "IMR_CHECK_FORMAT" in result.stderr


def test_every_command_with_rules_takes_them_from_the_files(places: Path) -> None:
    (places / "here" / "b").mkdir()
    write(places / "here" / "imr-check.yaml", "rules: b\n")
    assert isinstance(rules.command, click.Group)
    with_rules = {
        name for name, command in rules.command.commands.items() if any(one.name == "rules" for one in command.params)
    }
    assert with_rules <= set(settings.RULE_COMMANDS)
    assert all(entry["rules"] == ["b"] for name, entry in settings.defaults().items() if name != "rules")
