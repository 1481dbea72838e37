"""The report that the README shows is the one that its own command prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"<!-- report: begin.*?-->\n```text\n(.*?)```\n<!-- report: end -->", re.S)


def test_the_report_shown_is_the_report_printed() -> None:
    shown = SHOWN.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown
    command = [sys.executable, "-m", "checker", "--width", "100", "--color", "never", "examples/seed-003/request.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == shown[1], "run .ci/readme"
