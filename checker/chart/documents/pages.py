"""What every reader returns: the pages of a paper, and the numbers of those that hold no text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page; numbers count from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Pages:
    """A paper: its pages with text, and the numbers of the pages that could not be read or were read from a picture."""

    pages: tuple[Page, ...]
    unread: tuple[int, ...] = ()
    from_picture: tuple[int, ...] = ()
