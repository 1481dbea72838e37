"""What every reader returns: the pages of a paper, and the numbers of those that hold no text."""

from __future__ import annotations

from checker.record import record


@record
class Page:
    """One page; numbers count from 1."""

    number: int
    text: str


@record
class Pages:
    """A paper: its pages with text, and the numbers of the pages that could not be read or were read from a picture."""

    pages: tuple[Page, ...]
    unread: tuple[int, ...] = ()
    from_picture: tuple[int, ...] = ()
