"""Counts of a request line that YAML drops: behind a blank it takes "#90" for a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checker.problem import Problem

# Words without quotes, with a count behind a blank.
LOST_COUNT = re.compile(
    r"""\s*(?:-\s+)?(?:request|dose|quote|description|reason|citation|narrative|path):\s+(?P<words>[^\s'"|>{\[#][^#\n]*?\s(?P<count>#\d[^\s#]*))"""
)
CURLY = "\u201c\u201d\u201e\u2018\u2019"


def lost_counts(path: Path, name: str) -> Iterator[Problem]:
    """A problem for every such line of a request file. `name`: of the file, for the message."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if lost := LOST_COUNT.match(line):
            found = f"'{lost['count']}' is lost: behind a blank, YAML takes # for a comment"
            words = lost["words"].strip(CURLY)
            quote = "'" if '"' in words else '"'
            fix = f"Write the words in quotes: {quote}{words}{quote}."
            if words != lost["words"]:
                fix += " Curly quotation marks do not count; type straight ones."
            yield Problem(name, number, lost.start("count") + 1, "lost-count", found, "words in quotes", fix)
