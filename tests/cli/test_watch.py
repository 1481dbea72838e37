"""Watching: a round checks only when a request, a paper or a rule changed; nothing here sleeps."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from checker.cli import watch
from checker.problem import InputError, Problem

REQUEST = "items:\n  - request: MRI\ndocuments:\n  - {path: papers/a.txt}\n"


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    path = tmp_path / "request.yaml"
    path.write_text(REQUEST, encoding="utf-8")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text("one\n", encoding="utf-8")
    (tmp_path / "ours" / "x").mkdir(parents=True)
    (tmp_path / "ours" / "x" / "rule.yaml").write_text("a: 1\n", encoding="utf-8")
    return path


def touch(path: Path) -> None:
    """Another time of change, whatever the clock of the file system."""
    path.parent.mkdir(exist_ok=True)
    path.touch()
    moved = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(moved, moved))


@pytest.mark.parametrize("changed", ["request.yaml", "papers/a.txt", "ours/x/rule.yaml", "ours/x/new.yaml"])
def test_a_change_is_checked_once(request_file: Path, changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    calls: list[int] = []

    def check() -> int:
        calls.append(1)
        return 1

    folder = request_file.parent
    seen, code = watch.look(None, 0, [request_file], [folder / "ours"], check)
    assert (len(calls), code) == (1, 1)
    seen, code = watch.look(seen, code, [request_file], [folder / "ours"], check)
    assert len(calls) == 1
    touch(folder / changed)
    seen, code = watch.look(seen, code, [request_file], [folder / "ours"], check)
    assert len(calls) == 2
    assert f"changed: {Path(changed).name}" in capsys.readouterr().out
    watch.look(seen, code, [request_file], [folder / "ours"], check)
    assert len(calls) == 2


def test_a_paper_that_goes_and_a_request_that_comes(request_file: Path) -> None:
    before = watch.stamps(watch.watched([request_file.parent], []))
    (request_file.parent / "papers" / "a.txt").unlink()
    gone = watch.stamps(watch.watched([request_file.parent], []))
    assert gone != before
    (request_file.parent / "b.yaml").write_text(REQUEST, encoding="utf-8")
    assert watch.stamps(watch.watched([request_file.parent], [])) != gone


def test_a_wrong_request_is_told_and_watched_on(request_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def check() -> int:
        raise InputError([Problem("request.yaml", 1, 1, "x", "found", "expected")])

    request_file.write_text("items: [\n", encoding="utf-8")
    seen, code = watch.look(None, 0, [request_file], [], check)
    assert code == 2
    assert request_file in seen
    assert "request.yaml:1:1: found" in capsys.readouterr().err


def test_ctrl_c_ends_with_the_code_of_the_last_check(request_file: Path) -> None:
    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    assert watch.watch([request_file], [], lambda: 3, stop) == 3


def test_the_option_checks_and_then_watches(
    run: Callable[..., Result], request_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[tuple[object, ...]] = []

    def only_once(paths: object, rules: object, check: Callable[[], int]) -> int:
        rounds.append((paths, rules))
        return check()

    monkeypatch.setattr(watch, "watch", only_once)
    result = run("--watch", request_file)
    assert rounds == [((request_file,), ())]
    assert result.exit_code in (1, 3)
    assert "MRI" in result.stdout
