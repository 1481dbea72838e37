"""Completion: the scripts of the shells, what the program offers them, and a real bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from checker.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]


def offered(*words: str, incomplete: str = "") -> list[str]:
    """What the program offers behind these words."""
    line = " ".join(["imr-check", *words, incomplete])
    env = {
        **os.environ, "_IMR_CHECK_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) + 1),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-m", "checker"], env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [entry.partition(",")[2] for entry in done.stdout.splitlines()]


def test_commands_options_values_and_files() -> None:
    assert offered() == list(COMMANDS)
    assert offered(incomplete="ex") == ["explain"]
    assert offered(incomplete="--for") == ["--format"]
    assert offered("--format", incomplete="j") == ["json"]
    assert offered("check", "--color", incomplete="n") == ["never"]
    assert offered("new", incomplete="--re") == ["--resume"]
    assert offered(incomplete="requ") == ["requ"], "a file: the shell completes it"


def test_names_to_explain() -> None:
    assert "trigger-point-injection" in offered("explain", incomplete="trigger-p")
    assert offered("explain", incomplete="mtus-acupuncture-2") == ["mtus-acupuncture-2007/"]
    assert "mtus-acupuncture-2007/acupuncture" in offered("explain", incomplete="mtus-acupuncture-2007/acu")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(run: Callable[..., Result], shell: str) -> None:
    script = run("completion", shell)
    assert script.exit_code == 0
    assert f"_IMR_CHECK_COMPLETE={shell}_complete" in script.stdout
    assert "%(" not in script.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_in_a_real_bash(run: Callable[..., Result], tmp_path: Path) -> None:
    program = tmp_path / "imr-check"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m checker "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "script").write_text(run("completion", "bash").stdout, encoding="utf-8")
    lines = f'. {tmp_path}/script; COMP_WORDS=(imr-check gui); COMP_CWORD=1; _imr_check_completion imr-check; echo "${{COMPREPLY[*]}}"'
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", lines], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "guidelines\n"
