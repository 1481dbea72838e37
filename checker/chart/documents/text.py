"""Plain text: bytes → text as a person sees it, without control characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
TICKED, EMPTY = "[X]", "[ ]"  # as typed boxes are read
# Boxes and dots of the fonts Wingdings and Symbol, which stand at places of no meaning of their own.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\uf052\uf053\uf054\uf0fc\uf0fd\uf0fe", TICKED),
        **dict.fromkeys("\uf06f\uf070\uf071\uf072\uf0a3\uf0a8", EMPTY),
        **dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf0e8\uf06c\uf06e\uf076", "•"),
    }
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
    text = _CONTROL.sub("", text).translate(_SIGNS)
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\ufb00" <= letter <= "\ufb06" else letter for letter in text
    )


def _printable(text: str) -> bool:
    odd = sum(1 for letter in text[:4096] if letter < " " and letter not in "\n\r\t\f")
    return odd * 50 <= len(text[:4096])


_HYPHEN = re.compile(r"(?<=[a-z])(?:-|\ufffe|\x02)[ \t]*\n[ \t]*([a-z]+)[ \t]*")
_WHOLE = re.compile(r"(?:(?<=[ \t(])|(?<=[^-]\n))[a-z]+(?![a-z-])")
RUNNING = 2  # lines at the head and at the foot of a page


def join_hyphens(text: str) -> str:
    """Words parted at the end of a line are whole again, at the end of the first line; the number of lines stays. A part
    that is a word of the paper itself ("follow-" / "up") stays parted."""
    if not _HYPHEN.search(text):
        return text
    whole = set(_WHOLE.findall(text))

    def joined(match: re.Match[str]) -> str:
        return match[0] if match[1] in whole else match[1] + "\n"

    return _HYPHEN.sub(joined, text)


def without_running_heads(pages: Sequence[str]) -> list[str]:
    """Heads and feet that repeat from page to page become empty lines, so that the others keep their numbers."""
    if len(pages) < RUNNING:
        return list(pages)
    split = [page.split("\n") for page in pages]
    seen = Counter(key for lines in split for key in {_key(lines[place]) for place in _margin(lines)})
    repeated = {key for key, count in seen.items() if key and count > len(pages) / 2 and count > 1}
    for lines in split[1:]:  # the first page keeps them: they may name the paper and its day
        for place in _margin(lines):
            if _key(lines[place]) in repeated:
                lines[place] = ""
    return ["\n".join(lines) for lines in split]


def _margin(lines: Sequence[str]) -> set[int]:
    written = [place for place, line in enumerate(lines) if line.strip()]
    return set(written[:RUNNING] + written[-RUNNING:])


def _key(line: str) -> str:
    """A line without its numbers, which count pages."""
    return "".join(letter for letter in line if not letter.isdigit()).strip().lower()
