"""Reports → exit code, so that a script can tell the outcomes apart without reading the report."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report.model import Report

OVERTURNED = 0  # every item would be overturned
NOT_OVERTURNED = 1  # at least one item would not
WRONG_INPUT = 2  # the command line or an input is wrong; nothing is printed but messages on stderr
NOTHING_CHECKED = 3  # no rule governs any item
INTERRUPTED = 130  # Ctrl-C, as shells report it
PIPE_CLOSED = 141  # the reader of the output went away, as shells report it


def exit_code(reports: Iterable[Report]) -> int:
    """0, 1 or 3 over all items of all reports."""
    predictions = {item.prediction for report in reports for item in report.items}
    if predictions <= {"undetermined"}:
        return NOTHING_CHECKED
    return OVERTURNED if predictions == {"overturned"} else NOT_OVERTURNED
