"""A text with its name: offsets to lines, and search for a quote that ignores line wraps."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\S+")


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
        return " ".join(word[0] for word in words), list(places), [word.start() for word in words]

    def find(self, quote: str) -> tuple[int, int] | None:
        """Start and end offset of `quote`, white space folded, or None where it does not stand in the text."""
        wanted = _SPACE.sub(" ", quote).strip()
        if not wanted:
            return None
        place = self._folded[0].find(wanted)
        if place < 0:
            return None
        return self._unfolded(place), self._unfolded(place + len(wanted) - 1) + 1

    def _unfolded(self, place: int) -> int:
        """The offset in the text of a letter of the folded text."""
        _, places, offsets = self._folded
        word = bisect_right(places, place) - 1
        return offsets[word] + place - places[word]
