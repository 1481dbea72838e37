"""Rates that can be compared: everything runs by turns in one process, and the median of its turns counts.

Time is that of the processor, so that what else runs on the machine does not count.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def interleaved(runs: Mapping[str, Callable[[], object]], seconds: float, rounds: int) -> dict[str, float]:
    """Calls per second of each run, which gets `seconds` in all, in `rounds` turns."""
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()
            rates[name].append(_rate(run, seconds / rounds))
    return {name: statistics.median(found) for name, found in rates.items()}


def _rate(run: Callable[[], object], seconds: float) -> float:
    calls = 0
    start = time.process_time()
    while (passed := time.process_time() - start) < seconds:
        run()
        calls += 1
    return calls / passed
