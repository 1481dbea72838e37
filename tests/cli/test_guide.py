"""The guides name commands, options, settings and variables that exist, and show what the program says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from checker.cli import settings
from tests.cli.test_help import FOUND

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = [DOCS / "first-request.md", DOCS / "configuration.md"]


def commands(guide: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("imr-check")]


@pytest.mark.parametrize("line", [line for guide in GUIDES for line in commands(guide)])
def test_commands(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "request.yaml").write_text("items: []\n", encoding="utf-8")
    name, *arguments = shlex.split(line.partition(" > ")[0])[1:]
    if name not in FOUND:
        name, arguments = "check", [name, *arguments]
    with FOUND[name].make_context(name, arguments) as context:
        assert context.params


def test_settings() -> None:
    text = GUIDES[1].read_text(encoding="utf-8")
    for key in settings.KEYS:
        assert f"| `{key}` | `IMR_CHECK_{key.upper()}` | `--{key.replace('_', '-')}" in text


def test_the_question_shown_is_the_one_that_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from checker.cli.main import cli

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    shown = re.findall(r"```text\n(.*?)>\n```", GUIDES[0].read_text(encoding="utf-8"), re.DOTALL)[0]
    typed = ["Trigger point injections x 2, thoracic spine", "", "", "10/23/2013", "2011-02-14", "", "", "", "y", ""]
    said = CliRunner().invoke(cli, ["new"], input="\n".join(typed) + "\n").stdout
    for part in shown.split("\n\n"):
        assert " ".join(part.split()) in " ".join(said.split())
