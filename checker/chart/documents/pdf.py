"""PDF with a text layer, read by PDFium in a child process with limits: native code on an untrusted paper."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from checker.chart.documents.pages import Page, Pages
from checker.chart.documents.text import clean
from checker.problem import InputError, Problem

SECONDS = 30
MEMORY = 1 << 30
MAX_PAGES = 500


def read_pdf(path: Path) -> Pages:
    """Pages of a PDF. Pages without text are named in `unread`. Raises InputError for a locked or broken file."""
    command = [sys.executable, "-m", "checker.chart.documents.pdf", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise _fault(path, f"not read within {SECONDS} seconds", "a PDF of ordinary size") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        locked = any("password" in line.lower() for line in reason)
        found = "locked with a password" if locked else "a PDF that cannot be read"
        raise _fault(path, found, "a PDF that opens without a password" if locked else "a sound PDF")
    texts = [_joined(clean(text)) for text in json.loads(done.stdout)]
    pages = tuple(Page(number, text) for number, text in enumerate(texts, 1) if text.strip())
    return Pages(pages, tuple(number for number, text in enumerate(texts, 1) if not text.strip()))


def _joined(text: str) -> str:
    """PDFium marks a hyphen at a line end with U+FFFE or U+0002: the word goes on."""
    return text.replace("\ufffe\n", "").replace("\ufffe", "").replace("-\n", "-\n")


def _fault(path: Path, found: str, expected: str) -> InputError:
    fix = "Print it to a new PDF, or save the paper as text."
    return InputError([Problem(str(path), 0, 0, "pdf", found, expected, fix)])


def _child(path: str) -> None:
    """In the child process: write the text of every page as JSON to standard output."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    if len(document) > MAX_PAGES:
        raise SystemExit(f"more than {MAX_PAGES} pages")
    texts = []
    for page in document:
        textpage = page.get_textpage()
        texts.append(textpage.get_text_bounded())
        textpage.close()
        page.close()
    sys.stdout.write(json.dumps(texts))


if __name__ == "__main__":
    _child(sys.argv[1])
