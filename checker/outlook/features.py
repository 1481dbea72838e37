"""A judged item → the few yes-or-no facts that its odds are summed from."""

from __future__ import annotations

from checker.record import record
from checker.report.model import CriterionReport, ItemReport, fails


@record
class Fact:
    """A yes-or-no fact. `direction`: +1 or -1 where its weight may only raise or only lower the odds, 0 where either."""

    name: str
    direction: int


# The order is the order of the sum that --verbose shows. The directions make sure that meeting one more required
# criterion never lowers the odds, whatever letters the weights are measured on.
FACTS = (
    Fact("all criteria met", +1),
    Fact("half or more of the criteria met", +1),
    Fact("more than one criterion not shown", -1),
    Fact("the record contradicts a criterion", -1),
    Fact("the number asked for is above the limit", -1),
    Fact("the guideline does not support the service", -1),
    Fact("remainder of a partly authorized request", 0),
    Fact("part of a plan of five or more items", 0),
    Fact("every criterion from memory, none from decisions or the text", 0),
)


def features(item: ItemReport) -> tuple[str, ...]:
    """The names of the facts that hold for an item, in the order of FACTS."""
    required = [line for line in item.criteria if line.role == "required" and line.status != "not_applicable"]
    failing = [line for line in item.criteria if fails(line)]
    contrary = [line for line in failing if line.status != "not_documented" and not line.barrier]
    met = sum(not fails(line) for line in required)
    deciding = [line for line in item.criteria if line.role != "supporting"]
    holds = (
        item.prediction == "overturned",
        bool(required) and met * 2 >= len(required),
        len(failing) > 1,
        any(not _above_limit(line) for line in contrary),
        any(_above_limit(line) for line in contrary),
        any(line.barrier for line in failing),
        "remaining_portion" in item.flags,
        "bulk_plan" in item.flags,
        bool(deciding) and all(line.basis.startswith("recalled") for line in deciding),
    )
    return tuple(fact.name for fact, held in zip(FACTS, holds, strict=True) if held)


def _above_limit(line: CriterionReport) -> bool:
    # The engine says at which number a criterion would be met only where a number decides.
    return line.status == "not_met" and "would be met at" in (line.reason or "")
