"""The reader with the whole vocabulary, built once for all tests of a run."""

from __future__ import annotations

from functools import cache

from checker.api import open_rulebook
from checker.chart.recognise import Reading, Recogniser, build_recogniser, read_text
from checker.rulebook.model import Rulebook


@cache
def rulebook() -> Rulebook:
    """The rulebook of the repository."""
    return open_rulebook()


@cache
def recogniser() -> Recogniser:
    """Its vocabulary, indexed."""
    return build_recogniser(rulebook())


@cache
def read(text: str) -> Reading:
    """What a page says that has no date and is of no known kind."""
    return read_text(recogniser(), text, document="p", page=1, date=None, document_type=None)
