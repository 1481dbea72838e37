"""A judged item → the few yes-or-no facts that its odds are summed from."""

from __future__ import annotations

from checker.report.model import ItemReport

# The order is the order of the sum that --verbose shows.
FEATURES = (
    "all criteria met",
    "one criterion short, record silent",
    "several criteria silent",
    "record contradicts a criterion",
    "guideline does not support the service",
    "number above the limit",
    "remainder of a partly authorized request",
    "part of a plan of five or more items",
    "half or more of the criteria met",
)


def features(item: ItemReport) -> dict[str, float]:
    """The facts of one item, 1 where they hold. An item that no rule governs has none."""
    required = [line for line in item.criteria if line.role == "required" and line.status != "not_applicable"]
    failing = [line for line in item.criteria if line.remedy is not None or line.id in item.deciding]
    silent = [line for line in failing if line.status == "not_documented"]
    barrier = any(line.barrier for line in failing)
    contradicted = [line for line in failing if line.status in ("not_met", "met", "conflicting") and not line.barrier]
    over = any(line.status == "not_met" and "would be met at" in (line.reason or "") for line in failing)
    met = sum(line.status == "met" for line in required)
    holds = {
        "all criteria met": item.prediction == "overturned",
        "one criterion short, record silent": len(failing) == 1 and len(silent) == 1,
        "several criteria silent": len(silent) > 1,
        "record contradicts a criterion": bool(contradicted),
        "guideline does not support the service": barrier,
        "number above the limit": over,
        "remainder of a partly authorized request": "remaining_portion" in item.flags,
        "part of a plan of five or more items": "bulk_plan" in item.flags,
        "half or more of the criteria met": bool(required) and met * 2 >= len(required),
    }
    return {name: 1.0 for name in FEATURES if holds[name]}
