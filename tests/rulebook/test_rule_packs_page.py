"""docs/rule-packs.md as it stands: its files are written, its commands run, and what they print is what the page shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "rule-packs.md"
BLOCK = re.compile(r'^```(?P<kind>yaml title="(?P<file>[^"]+)"|console)\n(?P<body>.*?)^```$', re.DOTALL | re.MULTILINE)
ANY = "…"  # stands for lines that the page leaves out


def test_the_page_builds_a_pack(tmp_path: Path) -> None:
    commands = 0
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
            continue
        for part in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            assert shows(run(command, tmp_path), shown.splitlines()), f"{command} does not print what the page shows"
            commands += 1
    assert commands == 7


def run(command: str, folder: Path) -> list[str]:
    words = shlex.split(command)
    assert words[0] == "imr-check"
    variables = {"PYTHONPATH": str(ROOT), "COLUMNS": "80", "XDG_CACHE_HOME": str(folder / ".cache"), "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "checker", *words[1:]],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def shows(printed: list[str], shown: list[str]) -> bool:
    """Whether the printed lines are the shown ones, with any lines where the page leaves some out."""
    if not shown:
        return not printed
    if shown[0] == ANY:
        return any(shows(printed[skip:], shown[1:]) for skip in range(len(printed) + 1))
    return bool(printed) and printed[0].strip() == shown[0].strip() and shows(printed[1:], shown[1:])
