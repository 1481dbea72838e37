"""A text with its name: offsets to lines, and search for a quote that ignores line wraps."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_SPACE = re.compile(r"\s+")


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
    def _folded(self) -> tuple[str, list[int]]:
        letters: list[str] = []
        offsets: list[int] = []
        for index, letter in enumerate(self.text):
            if letter.isspace():
                if not letters or letters[-1] == " ":
                    continue
                letter = " "
            letters.append(letter)
            offsets.append(index)
        return "".join(letters), offsets

    def find(self, quote: str) -> tuple[int, int] | None:
        """Start and end offset of `quote`, white space folded, or None where it does not stand in the text."""
        wanted = _SPACE.sub(" ", quote).strip()
        if not wanted:
            return None
        folded, offsets = self._folded
        place = folded.find(wanted)
        if place < 0:
            return None
        return offsets[place], offsets[place + len(wanted) - 1] + 1
