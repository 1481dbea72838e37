"""Plain text: bytes → text as a person sees it, without control characters."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def decode(raw: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 with a mark, or Windows-1252; None where it is not text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig"] if b"\x00" in raw[:4096] else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _printable(text):
            return clean(text)
    return None


def clean(text: str) -> str:
    """Line ends as \\n, ligatures written out, soft hyphens and control characters left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad", "")
    text = _CONTROL.sub("", text)
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\ufb00" <= letter <= "\ufb06" else letter for letter in text
    )


def _printable(text: str) -> bool:
    odd = sum(1 for letter in text[:4096] if letter < " " and letter not in "\n\r\t\f")
    return odd * 50 <= len(text[:4096])
