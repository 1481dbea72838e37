"""How many steps a call takes: lines of Python that it runs, which a busy machine does not change as it changes a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(call: Callable[[], object]) -> int:
    """The lines of Python that a call runs. What a library does within one line counts as one."""
    count = 0

    def trace(_frame: FrameType, event: str, _what: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def growth(call: Callable[[int], object], size: int) -> float:
    """How many times the steps are those of half the size: 2 where they grow with the size, 4 where they grow with its square."""
    return steps(lambda: call(2 * size)) / steps(lambda: call(size))
