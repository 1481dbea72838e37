"""What the findings of one sentence leave of each other: a response that is denied there, and a "normal" beside a deficit of the same limb,
say nothing of their own."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.model import Finding
from checker.chart.vocabulary import Recogniser

SIDES = {"left", "right"}


def agreed(recogniser: Recogniser, told: Sequence[Finding]) -> list[Finding]:
    """What a sentence says, without a response that the same sentence denies ("no significant improvement with therapy"), and without an
    absence where it shows the same at that place: "deltoid 4/5, biceps 5/5"."""
    denied = {finding.finding for finding in told if finding.status == "absent"}
    if not denied:
        return list(told)
    shown = [finding for finding in told if finding.finding in denied and finding.status == "present"]
    if not shown:
        return list(told)
    return [finding for finding in told if finding.finding not in denied or _stands(recogniser, finding, shown)]


def _stands(recogniser: Recogniser, finding: Finding, shown: Sequence[Finding]) -> bool:
    """Whether a finding holds beside what the same sentence shows, or denies, of it."""
    definition = recogniser.findings[finding.finding]
    if finding.status != "absent":
        return definition.kind != "response"
    if finding.finding not in recogniser.of_limbs | recogniser.of_joints:
        return True
    return all(
        _is_apart(recogniser, finding, other)
        for other in shown
        if other.finding == finding.finding and other.time == finding.time
    )


def _is_apart(recogniser: Recogniser, one: Finding, two: Finding) -> bool:
    """Whether two findings are of other sides or of other parts; what is told of nerves and muscles is told of a whole limb."""
    if {one.side, two.side} == SIDES:
        return True
    of = recogniser.regions if one.finding in recogniser.of_limbs else {}
    parts = [of.get(place.body_part, place.body_part) for place in (one, two) if place.body_part]
    return len(parts) > 1 and parts[0] != parts[1]
