"""A text with its name: offsets to lines, and search for a quote that ignores line wraps and the shape of dashes and quotation
marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\S+")
# Word processors change these by themselves; letter for letter, so that offsets stay.
_PLAIN = str.maketrans(
    "\u2018\u2019\u02bc\u2032\u201c\u201d\u201e\u2033\u2010\u2011\u2012\u2013\u2014\u2212", "''''\"\"\"\"------"
)


@dataclass(frozen=True)
class Source:
    """The text of one page or file. Lines count from 1."""

    name: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def line(self, offset: int) -> int:
        """The line on which the character at `offset` stands."""
        return bisect_right(self._starts, offset)

    @cached_property
    def _folded(self) -> tuple[str, list[int], list[int]]:
        """The text with single blanks, and where each of its words begins in it and in the text."""
        words = list(_WORD.finditer(self.text))
        places = accumulate((len(word[0]) + 1 for word in words), initial=0)
        return " ".join(word[0] for word in words).translate(_PLAIN), list(places), [word.start() for word in words]

    def find(self, quote: str, *, parts: bool = False, any_case: bool = False) -> tuple[int, int] | None:
        """Start and end offset of `quote`, white space folded, or None where it does not stand in the text. It stands there as
        whole words and numbers, unless `parts`; with the same capitals, unless `any_case`."""
        wanted = _SPACE.sub(" ", quote).strip().translate(_PLAIN)
        text = self._folded[0]
        if any_case and len(text.lower()) == len(text):  # a few letters of other scripts grow
            text, wanted = text.lower(), wanted.lower()
        place = text.find(wanted) if wanted else -1
        while place >= 0 and not parts and _cuts(text, place, place + len(wanted)):
            place = text.find(wanted, place + 1)
        return (self._unfolded(place), self._unfolded(place + len(wanted) - 1) + 1) if place >= 0 else None

    def whole_words(self, start: int, end: int) -> str:
        """The words and numbers of which the text between two offsets is a part, on one line."""
        text = self.text
        while start > 0 and _within(text, start):
            start -= 1
        while end < len(text) and _within(text, end):
            end += 1
        return _SPACE.sub(" ", text[start:end])

    def _unfolded(self, place: int) -> int:
        """The offset in the text of a letter of the folded text."""
        _, places, offsets = self._folded
        word = bisect_right(places, place) - 1
        return offsets[word] + place - places[word]


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether one of two places lies inside a word or a number."""
    return _within(text, start) or _within(text, end)


def _within(text: str, place: int) -> bool:
    """Whether a place lies inside a word, or inside a number such as 7.5 or 1,200."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if before.isalnum() and after.isalnum():
        return True
    if after in ".,":
        return before.isdigit() and text[place + 1 : place + 2].isdigit()
    return before in ".," and after.isdigit() and text[max(place - 2, 0) : place - 1].isdigit()
