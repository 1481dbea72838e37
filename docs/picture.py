"""Draws docs/report.svg: the beginning of a real report as a terminal shows it. Run by .ci/readme."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
PICTURE = Path(__file__).with_name("report.svg")
EXAMPLE = "examples/seed-003/request.yaml"
WIDTH = 92
LINES = 44


def drawn(text: str) -> str:
    """Text with colours of a terminal as SVG. It names no font to be fetched from elsewhere."""
    start, font, rest = CONSOLE_SVG_FORMAT.partition("@font-face")
    form = start + rest[rest.rindex("@font-face") :].partition("}}")[2].lstrip() if font else CONSOLE_SVG_FORMAT
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.from_ansi(text), soft_wrap=True)
    return console.export_svg(title=f"imr-check {EXAMPLE}", code_format=form, unique_id="report")


def report() -> str:
    """The lines that the picture shows."""
    from checker.api import check_file
    from checker.report.terminal import Look, render

    whole = render(check_file(ROOT / EXAMPLE), Look(WIDTH, color=True))
    return "\n".join(whole.splitlines()[:LINES])


if __name__ == "__main__":
    os.chdir(ROOT)
    PICTURE.write_text(drawn(report()), encoding="utf-8")
