"""The report that the README shows is the one that its own command prints, and its picture shows the same."""

from __future__ import annotations

import html
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"<!-- report: begin.*?-->\n```text\n(.*?)```\n<!-- report: end -->", re.S)
SGR = re.compile(r"\x1b\[[0-9;]*m")
WORDS = re.compile(r"<text class=\"report-r\d+\"[^>]*>([^<]*)</text>")


def test_the_report_shown_is_the_report_printed() -> None:
    shown = SHOWN.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown
    command = [sys.executable, "-m", "checker", "--width", "100", "--color", "never", "examples/seed-003/request.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith(shown[1]), "run .ci/readme"
    assert done.stdout[len(shown[1]) :].startswith("\n2. "), "run .ci/readme"


def test_the_picture_shows_the_report_printed() -> None:
    spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    assert spec
    assert spec.loader
    picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(picture)
    drawn = picture.PICTURE.read_text(encoding="utf-8")
    said = "".join(html.unescape(text) for text in WORDS.findall(drawn))
    assert "".join(said.split()) == "".join(SGR.sub("", picture.report()).split()), "run .ci/readme"
    assert "@font-face" not in drawn
