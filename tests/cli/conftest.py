"""A command line whose checking is replaced by reports made by hand, so that only the command line is tested."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker import api
from checker.cli.main import cli
from checker.problem import InputError, Problem
from checker.report.model import ItemReport, Report

Run = Callable[..., Result]
FIX = "Did you mean 'items'?"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `imr-check` with these arguments; NO_COLOR and COLUMNS of the machine do not count."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run_cli(*args: object) -> Result:
        return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="imr-check")

    return run_cli


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Replace checking: a request file holds, after `items:`, the predictions of its items. Records the calls."""
    seen: list[dict[str, Any]] = []

    def check_file(path: Path, **options: Any) -> Report:
        seen.append({"path": path, **options})
        words = path.read_text(encoding="utf-8").removeprefix("items:").split()
        if "wrong" in words:
            raise InputError([Problem(str(path), 3, 5, "unknown-key", "unknown key 'itmes'", "one of items", FIX)])
        items = tuple(ItemReport(f"item-{n}", "Hot pack", ("heat",), word) for n, word in enumerate(words, 1))
        return Report(path.name, date(2014, 1, 2), items)

    monkeypatch.setattr(api, "check_file", check_file)
    return seen


@pytest.fixture
def request_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a request whose items will be predicted so."""

    def write(predictions: str, name: str = "request.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"items: {predictions}\n", encoding="utf-8")
        return path

    return write
