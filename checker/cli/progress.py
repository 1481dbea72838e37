"""A progress bar for long runs: on stderr, and only where a person watches it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

Entry = TypeVar("Entry")


def over(entries: Sequence[Entry], label: str) -> Iterable[Entry]:
    """The entries one by one, with a bar while a terminal is watched and nothing at all elsewhere."""
    if not sys.stderr.isatty():
        return entries
    from rich.console import Console
    from rich.progress import track

    return track(entries, description=label, console=Console(stderr=True), transient=True)
