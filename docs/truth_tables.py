"""Writes the truth tables of docs/rule-format.md by asking every operator, so that they cannot say anything else.

Run it from the checkout after a change of an operator: python docs/truth_tables.py
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "rule-format.md"
sys.path.insert(0, str(PAGE.parent.parent))

from checker.chart.model import Finding, TreatmentEvent, make_chart  # noqa: E402
from checker.engine.logic import STATUS  # noqa: E402
from checker.engine.operators import evaluate  # noqa: E402
from checker.engine.unit import Setting, events_by_kind  # noqa: E402
from checker.request.model import Asked, Injury, Patient  # noqa: E402
from checker.rulebook.checks import parse_check  # noqa: E402
from checker.rulebook.model import BodyPart, FindingType, Rulebook, Treatment  # noqa: E402
from checker.yamlfile import load_yaml  # noqa: E402

DAY = date(2016, 7, 1)
BOOK = Rulebook(
    treatments={
        "physical-therapy": Treatment("physical-therapy", "Physical therapy", "therapy", ()),
        "nsaid": Treatment("nsaid", "NSAID", "nsaid", ()),
        "naproxen": Treatment("naproxen", "Naproxen", "nsaid", (), kinds=("nsaid",)),
    },
    findings={
        "limited-motion": FindingType("limited-motion", "Limited motion", "exam"),
        "pain-score": FindingType("pain-score", "Pain", "measure", unit="/10"),
    },
    body_parts={"knee": BodyPart("knee", ("knee",)), "elbow": BodyPart("elbow", ("elbow",))},
)


@dataclass
class Case:
    """One row: what the record or the request shows, in words and as data."""

    words: str
    findings: list[Finding] = field(default_factory=list)
    events: list[TreatmentEvent] = field(default_factory=list)
    setting: dict[str, Any] = field(default_factory=dict)


def motion(status: str = "present", **more: Any) -> Finding:
    return Finding("limited-motion", status, **more)


def pain(value: float, day: date = DAY) -> Finding:
    return Finding("pain-score", value=value, unit="/10", date=day)


def therapy(status: str = "done", **more: Any) -> TreatmentEvent:
    return TreatmentEvent("physical-therapy", status, **more)


def asked(**more: Any) -> dict[str, Any]:
    return {"asked": Asked(treatments=("physical-therapy",), **more)}


SILENT = Case("nothing of it")
KNEE = {"requested": frozenset({"knee"})}
BEFORE = date(2016, 6, 1)
TRIED = "{tried: {treatments: [physical-therapy], response: [failed, partial], at_least: 6 visits}}"

TABLES: dict[str, tuple[str, list[Case]]] = {
    "finding": (
        "{finding: limited-motion, body_part: requested}",
        [
            Case("recorded, at the requested knee", [motion(body_part="knee")], setting=KNEE),
            Case("recorded, without a part", [motion()], setting=KNEE),
            Case("recorded as absent", [motion("absent", body_part="knee")], setting=KNEE),
            Case("recorded, at the elbow only", [motion(body_part="elbow")], setting=KNEE),
            Case("only suspected, planned or conditional", [motion(time="possible")], setting=KNEE),
            Case("the record says that it is not documented", [motion("not_stated")], setting=KNEE),
            SILENT,
        ],
    ),
    "finding-absent": (
        "{finding: limited-motion, status: absent}",
        [
            Case("recorded as absent", [motion("absent")]),
            Case("recorded as present", [motion()]),
            Case("present in June, absent in July (an exam finding: the newest visit speaks)",
                 [motion(date=BEFORE), motion("absent", date=DAY)]),
            SILENT,
        ],
    ),
    "finding-any-of": (
        "{finding: [limited-motion, pain-score]}",
        [
            Case("one recorded, the other absent", [motion(), Finding("pain-score", "absent")]),
            Case("both recorded as absent", [motion("absent"), Finding("pain-score", "absent")]),
            Case("one absent, of the other nothing", [motion("absent")]),
        ],
    ),
    "value": (
        "{value: {finding: pain-score, at_least: 4}}",
        [
            Case("5", [pain(5)]), Case("4", [pain(4)]), Case("3", [pain(3)]),
            Case("5 in June, 3 in July (newest counts)", [pain(5, BEFORE), pain(3)]),
            Case("recorded without a number", [Finding("pain-score")]), SILENT,
        ],
    ),
    "duration": (
        '{duration: {of: injury, at_least: "6 weeks"}}',
        [
            Case("injury 42 days before the deciding date", setting={"injury": Injury(date(2016, 5, 20))}),
            Case("injury 30 days before", setting={"injury": Injury(BEFORE)}),
            Case("date of injury not stated"),
        ],
    ),
    "tried": (
        TRIED,
        [
            Case("8 visits, failed", events=[therapy(response="failed", visits=8)]),
            Case("8 visits, improved", events=[therapy(response="improved", visits=8)]),
            Case("4 visits, failed", events=[therapy(response="failed", visits=4)]),
            Case("failed, number of visits not stated", events=[therapy(response="failed")]),
            Case("8 visits, result not stated", events=[therapy(visits=8)]),
            Case("planned only", events=[therapy("planned")]),
            Case("said not to have been done, or declined", events=[therapy("declined")]),
            SILENT,
        ],
    ),
    "tried-kind": (
        "{tried: {treatments: [nsaid]}}",
        [Case("naproxen, which is an NSAID, was taken", events=[TreatmentEvent("naproxen")]), SILENT],
    ),
    "pending": (
        "{pending: {treatments: [physical-therapy]}}",
        [
            Case("planned, requested or authorized", events=[therapy("planned")]),
            Case("done", events=[therapy()]), Case("denied", events=[therapy("denied")]), SILENT,
        ],
    ),
    "request-quantity": (
        "{request: {quantity: visits, at_most: 10, cumulative: true}}",
        [
            Case("asks for 6 visits", setting=asked(quantities={"visits": 6.0})),
            Case("asks for 12 visits", setting=asked(quantities={"visits": 12.0})),
            Case("asks for 6 visits after 8 that were done", events=[therapy(visits=8)],
                 setting={**asked(quantities={"visits": 6.0}), "treatment": "physical-therapy"}),
            Case("states no number", setting=asked()),
        ],
    ),
    "request-states": (
        "{request: {states: body_part}}",
        [Case("names a body part", setting=asked(states=frozenset({"body_part"}))), Case("names none", setting=asked())],
    ),
    "request-flag": (
        "{request: {flag: trial}}",
        [Case("asks for a trial", setting=asked(flags=frozenset({"trial"}))), Case("does not say so", setting=asked())],
    ),
    "request-with": (
        "{request: {with: [nsaid]}}",
        [Case("another item asks for it", setting={"others": frozenset({"nsaid"})}), Case("no other item does")],
    ),
    "request-with-failing": (
        "{request: {with_failing: [surgery]}}",
        [
            Case("another item asks for an operation, which lacks what it needs", setting={"failing": frozenset({"surgery"})}),
            Case("another item asks for an operation that meets its criteria", setting={"others": frozenset({"surgery"})}),
            Case("no other item does"),
        ],
    ),
    "patient": (
        "{patient: {age: {at_least: 65}}}",
        [
            Case("70 years", setting={"patient": Patient(70)}), Case("40 years", setting={"patient": Patient(40)}),
            Case("age not stated"),
        ],
    ),
    "interval": (
        '{interval: {since: {treatments: [physical-therapy]}, at_least: "2 months"}}',
        [
            Case("last done on 1 April", events=[therapy(start=date(2016, 4, 1))]),
            Case("last done on 1 June", events=[therapy(start=BEFORE)]),
            Case("done, without a date", events=[therapy()]), SILENT,
        ],
    ),
}  # fmt: skip

WORDS = {"met": "met", "not_met": "not met", "not_documented": "not documented"}


def table(name: str) -> str:
    """The table of one operator as Markdown, every outcome asked of the engine."""
    if name == "combined":
        return combined()
    check, cases = TABLES[name]
    data = load_yaml(f"check: {check}", name).data["check"]
    rows = [f"| {case.words} | {WORDS[outcome(data, case)]} |" for case in cases]
    return "\n".join([f"`{check}`, on {DAY}:", "", "| the record or request | outcome |", "|---|---|", *rows])


def combined() -> str:
    """`all`, `any`, `at_least` and `not` over two parts, for every pair of values."""
    shown = {"met": motion(), "not_met": motion("absent"), "not_documented": None}
    parts = [{"finding": "limited-motion"}, {"finding": "pain-score"}]
    checks = ({"all": parts}, {"any": parts}, {"at_least": {"n": 2, "of": parts}}, {"not": parts[0]})
    rows = []
    for one, other in product(shown, shown):
        second = None if shown[other] is None else Finding("pain-score", shown[other].status)
        case = Case("", [entry for entry in (shown[one], second) if entry])
        outcomes = " | ".join(WORDS[outcome(check, case)] for check in checks)
        rows.append(f"| {WORDS[one]} | {WORDS[other]} | {outcomes} |")
    return "\n".join(
        ["| a | b | all: [a, b] | any: [a, b] | at_least 2 of [a, b] | not: a |", "|---|---|---|---|---|---|", *rows]
    )


def outcome(check: dict[str, Any], case: Case) -> str:
    """What the engine says of a check in a case."""
    chart = make_chart(case.findings, case.events)
    setting = Setting(BOOK, chart, DAY, events=events_by_kind(chart, BOOK), **case.setting)
    return STATUS[evaluate(parse_check(check), setting).value]


def renewed(text: str) -> str:
    """The page with every table between its marks written anew."""
    return re.sub(
        r"<!-- table: ([a-z-]+) -->\n.*?<!-- end -->",
        lambda found: f"<!-- table: {found[1]} -->\n\n{table(found[1])}\n\n<!-- end -->",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
