"""Whatever a record holds, the text that is shown obeys nobody."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from checker.report.safe import clean, markdown, shorten, to_ascii

BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_clean_leaves_no_control_and_is_stable(text: str) -> None:
    shown = clean(text)
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [char for char in shown if unicodedata.bidirectional(char) in BIDI]
    assert clean(shown) == shown
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_to_ascii_is_ascii(text: str) -> None:
    assert to_ascii(text).isascii()


@given(ANY_TEXT, st.integers(20, 60))
def test_shorten_keeps_the_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


def test_the_rest_of_an_escape_sequence_stays_visible() -> None:
    assert clean("a\x1b[31mb\u202ec\x00d\te\u2028f") == "a[31mbcd e f"


def test_ascii_likeness() -> None:
    assert to_ascii("✓ “naïve” – ≥ 3…") == '+ "naive" - >= 3...'


def test_markdown_reads_as_itself() -> None:
    assert markdown("*a* <b> [c](http://d) | e@f") == "\\*a\\* &lt;b&gt; \\[c\\](http:\\/\\/d) \\| e\\@f"
