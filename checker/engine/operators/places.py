"""At the right body part: what narrows findings and treatments to the case."""

from __future__ import annotations

from collections.abc import Callable

from checker.engine.unit import Setting

AtPlace = Callable[[str | None, Setting], bool]


def at_place(wanted: str | None) -> AtPlace | None:
    """Whether a charted body part is the one that a check wants; None where the check wants none in particular.

    What is charted without a body part may be anywhere. `requested` and `region` take anything where the item itself
    has no part.
    """
    if wanted is None or wanted == "any":
        return None

    def requested(part: str | None, setting: Setting) -> bool:
        return part is None or not setting.requested or part in setting.requested

    def region(part: str | None, setting: Setting) -> bool:
        return part is None or not setting.region or part in setting.region

    def named(part: str | None, setting: Setting) -> bool:
        return part is None or part == wanted

    return {"requested": requested, "region": region}.get(wanted, named)
