"""RTF, read by striprtf."""

from __future__ import annotations

from pathlib import Path

from checker.chart.documents.pages import Page, Pages
from checker.chart.documents.text import clean
from checker.problem import InputError, Problem


def read_rtf(path: Path) -> Pages:
    """The paper as one page of text. Raises InputError for a broken file."""
    from striprtf.striprtf import rtf_to_text

    try:
        text = str(rtf_to_text(path.read_bytes().decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except Exception:  # striprtf says nothing of what a damaged file makes it raise
        fix = "Save the paper anew as DOCX, PDF or text."
        raise InputError([Problem(str(path), 0, 0, "rtf", "a broken RTF file", "a sound RTF file", fix)]) from None
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # RTF writes a sign in two halves
    return Pages((Page(1, clean(whole)),))
