"""The seven-criterion decision of `engine_peers`, written for each engine.

Each builder returns (prepare, decide): `prepare` turns a case into what the engine takes (not timed), `decide` returns
the answer and the names of what blocks it (timed).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from checker.chart.model import Chart, Finding, make_chart
from checker.engine.determine import judge, plan_of
from checker.engine.logic import UNKNOWN
from checker.engine.unit import Setting
from checker.rulebook.checks import parse_check
from checker.rulebook.model import Basis, Criterion, Rule, Rulebook, Scope

Facts: TypeAlias = dict[str, Any]
Decide: TypeAlias = Callable[[Any], tuple[str, list[str]]]
Engine: TypeAlias = tuple[Callable[[Facts], Any], Decide]

NAMES = ["radiculopathy", "imaging", "conservative", "red_flag", "relief", "frequency", "guidance"]
DAY = date(2016, 12, 1)

CHECKS = {
    "radiculopathy": {"finding": "radiculopathy"},
    "imaging": {"finding": "imaging_confirms"},
    "conservative": {"any": [{"value": {"finding": "conservative_weeks", "at_least": 6}}, {"finding": "red_flag"}]},
    "relief": {"value": {"finding": "prior_relief_pct", "at_least": 50}},
    "frequency": {"value": {"finding": "injections_12mo", "less_than": 4}},
    "guidance": {"finding": "fluoroscopy"},
}
# The two arms of the `any` block together; the other engines name both.
BLOCKS = {name: ["conservative", "red_flag"] if name == "conservative" else [name] for name in CHECKS}


def imr_check() -> Engine:
    """Three values, all evidence kept, on a chart that is at hand."""
    rulebook = _rulebook()
    return (lambda facts: Setting(rulebook, _chart(facts), DAY)), _decide(rulebook)


def imr_check_with_chart() -> Engine:
    """The same, and the chart is built anew from plain facts for each decision."""
    rulebook = _rulebook()
    decide = _decide(rulebook)
    return (lambda facts: facts), lambda facts: decide(Setting(rulebook, _chart(facts), DAY))


def _rulebook() -> Rulebook:
    basis = Basis("as_applied")
    criteria = tuple(Criterion(name, name, parse_check(check), basis) for name, check in CHECKS.items())
    rule = Rule("guideline/topic", "", "guideline", Scope(("treatment",)), "recommended_with_criteria", criteria)
    return Rulebook(rules={rule.id: rule})


def _chart(facts: Facts) -> Chart:
    return make_chart(
        Finding(name, "present" if value else "absent") if isinstance(value, bool) else Finding(name, value=value)
        for name, value in facts.items()
    )


def _decide(rulebook: Rulebook) -> Decide:
    plan = plan_of("guideline/topic", rulebook)

    def decide(setting: Setting) -> tuple[str, list[str]]:
        blocking: list[str] = []
        silent = True
        for line in judge(plan, setting):
            if line.fails:
                blocking += BLOCKS[line.criterion.id]
                silent = silent and line.outcome is not None and line.outcome.value == UNKNOWN
        return ("approve" if not blocking else "undocumented" if silent else "deny"), blocking

    return decide


def tree_walk() -> Engine:
    """A plain three-valued walk over the same tree with the state of each leaf: what pure Python can reach."""

    def walk(check: Facts, facts: Facts, trace: list[Any]) -> bool | None:
        if "any" in check:
            states = [walk(part, facts, trace) for part in check["any"]]
            return True if True in states else None if None in states else False
        if "value" in check:
            body = check["value"]
            found = facts.get(body["finding"])
            least, below = body.get("at_least"), body.get("less_than")
            state = None if found is None else (least is None or found >= least) and (below is None or found < below)
        else:
            found = state = facts.get(check["finding"])
        trace.append((check, state, found))
        return state

    def decide(facts: Facts) -> tuple[str, list[str]]:
        trace: list[Any] = []
        states = [(name, walk(check, facts, trace)) for name, check in CHECKS.items()]
        blocking = [each for name, state in states if state is not True for each in BLOCKS[name]]
        if not blocking:
            return "approve", []
        return ("deny" if any(state is False for _, state in states) else "undocumented"), blocking

    return (lambda facts: facts), decide


def rule_engine() -> Engine:
    import rule_engine as library

    rule = library.Rule(
        "[radiculopathy, imaging_confirms, conservative_weeks >= 6 or red_flag, conservative_weeks >= 6 or red_flag, "
        "prior_relief_pct >= 50, injections_12mo < 4, fluoroscopy]"
    )

    def decide(facts: Facts) -> tuple[str, list[str]]:
        blocking = [name for name, holds in zip(NAMES, rule.evaluate(facts), strict=True) if not holds]
        return ("deny" if blocking else "approve"), blocking

    return (lambda facts: facts), decide


def json_logic() -> Engine:
    from json_logic import jsonLogic

    enough = {"or": [{">=": [{"var": "conservative_weeks"}, 6]}, {"var": "red_flag"}]}
    holds = [
        {"var": "radiculopathy"},
        {"var": "imaging_confirms"},
        enough,
        enough,
        {">=": [{"var": "prior_relief_pct"}, 50]},
        {"<": [{"var": "injections_12mo"}, 4]},
        {"var": "fluoroscopy"},
    ]
    blocking = {"merge": [{"if": [check, [], name]} for name, check in zip(NAMES, holds, strict=True)]}

    def decide(facts: Facts) -> tuple[str, list[str]]:
        return ("approve" if jsonLogic({"and": holds}, facts) else "deny"), list(jsonLogic(blocking, facts))

    return (lambda facts: facts), decide


REGO = """package imr
import rego.v1
enough if input.conservative_weeks >= 6
enough if input.red_flag
blocking contains "radiculopathy" if not input.radiculopathy
blocking contains "imaging" if not input.imaging_confirms
blocking contains "conservative" if not enough
blocking contains "red_flag" if not enough
blocking contains "relief" if not input.prior_relief_pct >= 50
blocking contains "frequency" if not input.injections_12mo < 4
blocking contains "guidance" if not input.fluoroscopy
default answer := "deny"
answer := "approve" if count(blocking) == 0
"""


def regorus() -> Engine:
    import regorus as library

    engine = library.Engine()
    engine.add_policy("imr.rego", REGO)

    def decide(facts: Facts) -> tuple[str, list[str]]:
        engine.set_input(facts)
        return engine.eval_rule("data.imr.answer"), list(engine.eval_rule("data.imr.blocking"))

    return (lambda facts: facts), decide


def cel() -> Engine:
    import cel as library

    program = library.compile(
        "{'radiculopathy': radiculopathy, 'imaging': imaging_confirms, "
        "'conservative': conservative_weeks >= 6 || red_flag, 'red_flag': conservative_weeks >= 6 || red_flag, "
        "'relief': prior_relief_pct >= 50, 'frequency': injections_12mo < 4, 'guidance': fluoroscopy}"
    )

    def decide(facts: Facts) -> tuple[str, list[str]]:
        holds = program.execute(facts)
        blocking = [name for name in NAMES if not holds[name]]
        return ("deny" if blocking else "approve"), blocking

    return (lambda facts: facts), decide


def zen() -> Engine:
    import zen as library

    enough = "conservative_weeks>=6 or red_flag"
    holds = (
        f"[{{id:'radiculopathy',ok:radiculopathy}},{{id:'imaging',ok:imaging_confirms}},{{id:'conservative',ok:{enough}}},"
        f"{{id:'red_flag',ok:{enough}}},{{id:'relief',ok:prior_relief_pct>=50}},"
        "{id:'frequency',ok:injections_12mo<4},{id:'guidance',ok:fluoroscopy}]"
    )
    place = {"x": 0, "y": 0}
    blocking = {"id": "1", "key": "blocking", "value": f"map(filter({holds}, not #.ok), #.id)"}
    model = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {
                "id": "all",
                "type": "expressionNode",
                "name": "all",
                "position": place,
                "content": {"expressions": [blocking]},
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "all", "type": "edge"},
            {"id": "b", "sourceId": "all", "targetId": "out", "type": "edge"},
        ],
    }
    decision = library.ZenEngine().create_decision(json.dumps(model))

    def decide(facts: Facts) -> tuple[str, list[str]]:
        blocked = decision.evaluate(facts)["result"]["blocking"]
        return ("deny" if blocked else "approve"), blocked

    return (lambda facts: facts), decide


ENGINES: dict[str, Callable[[], Engine]] = {
    "imr-check": imr_check,
    "imr-check, chart built each time": imr_check_with_chart,
    "plain three-valued tree walk": tree_walk,
    "common-expression-language (Rust)": cel,
    "rule-engine": rule_engine,
    "regorus (Rust)": regorus,
    "json-logic-qubit": json_logic,
    "ZEN decision model (Rust)": zen,
}
