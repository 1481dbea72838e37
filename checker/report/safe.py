"""Text of a record, made safe to show: no control characters, terminal escapes, bidi overrides or live markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def _codes(*ranges: tuple[int, int]) -> Iterable[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


# Dropping only the control character leaves the rest of an escape sequence visible: nothing of the record is hidden.
_TABLE: dict[int, str] = dict.fromkeys(_codes((0x00, 0x1F), (0x7F, 0x9F)), "")
_TABLE |= dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x2028, 0x2029), " ")
# soft hyphen, bidi marks, embeddings, overrides and isolates, zero-width characters, interlinear and tag characters
_TABLE |= dict.fromkeys((0xAD, 0x061C, 0x180E, 0xFEFF), "")
_TABLE |= dict.fromkeys(_codes((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFFF9, 0xFFFB)), "")
_TABLE |= dict.fromkeys(_codes((0xE0000, 0xE007F)), "")
_TABLE |= dict.fromkeys(_codes((0xD800, 0xDFFF)), "\ufffd")  # lone surrogates cannot be encoded

_PLAIN = str.maketrans(
    {
        "✓": "+", "✗": "x", "≈": "~", "–": "-", "—": "-", "─": "-", "‑": "-", "−": "-", "·": "-", "•": "-", "…": "...",
        "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "×": "x", "≥": ">=", "≤": "<=", "½": "1/2", "°": " deg",
        "→": "->", "§": "sec.", "±": "+/-",
    }
)  # fmt: skip

_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]#|~@"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def clean(text: str) -> str:
    """The text on one line, blanks collapsed, without any character that a terminal would obey."""
    return " ".join(text.translate(_TABLE).split())


def to_ascii(text: str) -> str:
    """The nearest plain ASCII text; what has no likeness becomes a question mark. Line breaks are kept."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return bare.encode("ascii", "replace").decode("ascii")


def markdown(text: str) -> str:
    """The text as Markdown that reads as itself: no emphasis, links, images, tags, headings or mentions."""
    return clean(text).translate(_MARKDOWN).replace("://", ":\\/\\/").replace("www.", "www\\.")


def shorten(text: str, limit: int) -> str:
    """The text cut at a word to at most `limit` characters, with an ellipsis where something was left off."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return f"{head}…"
