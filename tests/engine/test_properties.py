"""What holds of the engine whatever is charted: more support never lowers, order never matters, same input same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checker.chart.model import Chart, Finding, TreatmentEvent, make_chart
from checker.engine.check import check
from checker.engine.logic import MET
from checker.report.model import ItemReport, to_dict
from checker.request.model import Asked, Item, Request
from checker.rulebook.model import Rule
from tests.engine.world import TODAY, ago, criterion, done, fact, outcome, rule, setting, world

Fact = Finding | TreatmentEvent

# Each operator has findings of its own, so that what supports one check says nothing to another.
FINDINGS, NUMBERS, LENGTHS = ("weakness", "pain", "tear", "sprain"), ("score",), ("plan", "relief")
TREATMENTS = ("naproxen", "ibuprofen", "therapy")

days = st.none() | st.integers(0, 200).map(ago)
parts = st.sampled_from([None, "neck", "arm", "leg", "spine"])
found = st.builds(
    Finding,
    st.sampled_from((*FINDINGS, *NUMBERS, *LENGTHS)),
    st.sampled_from(["present", "absent", "not_stated"]),
    body_part=parts,
    side=st.sampled_from([None, "left", "right", "bilateral"]),
    date=days,
    value=st.none() | st.integers(0, 10).map(float),
    time=st.sampled_from(["current", "historical", "possible", "planned"]),
    stated=st.booleans(),
)
happened = st.builds(
    TreatmentEvent,
    st.sampled_from(TREATMENTS),
    st.sampled_from(["done", "planned", "declined", "not_done"]),
    st.sampled_from(["failed", "improved", "partial", "not_stated"]),
    visits=st.none() | st.integers(0, 12).map(float),
    days=st.none() | st.integers(0, 90).map(float),
    body_part=parts,
)
charts = st.lists(found | happened, max_size=8)

places = st.sampled_from([{}, {"body_part": "requested"}, {"body_part": "region"}])
leaves = st.one_of(
    st.builds(lambda names, place: {"finding": names, **place}, st.lists(st.sampled_from(FINDINGS), min_size=1, max_size=2, unique=True), places),
    st.builds(lambda least, place: {"value": {"finding": "score", "at_least": least, **place}}, st.integers(0, 10), places),
    st.builds(lambda name: {"duration": {"of": name, "at_least": "6 weeks"}}, st.sampled_from(LENGTHS)),
    st.builds(
        lambda name, more, place: {"tried": {"treatments": [name], **more, **place}},
        st.sampled_from((*TREATMENTS, "nsaid")),
        st.sampled_from([{}, {"response": ["failed"]}, {"at_least": "6 visits"}, {"at_least": "4 weeks", "response": ["failed"]}]),
        places,
    ),
)  # fmt: skip


def joined(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda checks: {"all": checks}),
        several.map(lambda checks: {"any": checks}),
        several.map(lambda checks: {"at_least": {"n": 1 + len(checks) // 2, "of": checks}}),
    )


checks = st.recursive(leaves, joined, max_leaves=5)


def support(check: dict[str, Any]) -> Iterator[Fact]:
    """Facts that say what a check asks for, stated by the office today."""
    [(operator, body)] = [(key, body) for key, body in check.items() if key != "body_part"]
    match operator:
        case "all" | "any":
            for part in body:
                yield from support(part)
        case "at_least":
            for part in body["of"]:
                yield from support(part)
        case "finding":
            for name in body:
                yield fact(name, stated=True, date=TODAY)
        case "value":
            yield fact("score", value=10.0, date=TODAY)
        case "duration":
            yield fact(body["of"], date=ago(400))
        case "tried":
            name = "naproxen" if body["treatments"] == ["nsaid"] else body["treatments"][0]
            yield done(name, "failed", visits=12.0, days=90.0, stated=True)


@given(checks, charts)
def test_supporting_evidence_never_lowers_and_at_last_is_enough(asked: dict[str, Any], facts: list[Fact]) -> None:
    value = outcome(asked, setting(*facts, parts=("neck",))).value
    for more in support(asked):
        facts = [*facts, more]
        after = outcome(asked, setting(*facts, parts=("neck",))).value
        assert after >= value
        value = after
    assert value == MET


@given(checks, charts)
def test_what_is_met_has_proof_of_the_chart(asked: dict[str, Any], facts: list[Fact]) -> None:
    result = outcome(asked, setting(*facts, parts=("neck",)))
    assert set(result.proofs) <= set(facts)
    assert result.value != MET or result.proofs


@given(checks, charts)
def test_not_is_the_mirror_image(asked: dict[str, Any], facts: list[Fact]) -> None:
    place = setting(*facts, parts=("neck",))
    assert outcome({"not": asked}, place).value == MET - outcome(asked, place).value
    assert outcome({"not": asked}, place).proofs == outcome(asked, place).proofs


# --- whole items -----------------------------------------------------------------------------------------------------

ROLES = st.sampled_from(["required", "required", "supporting", "exclusion"])


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    """One to three rules for the treatment, with up to three criteria each."""
    made = []
    for guideline in draw(
        st.lists(st.sampled_from(["mtus-new", "mtus-old", "odg", "book"]), min_size=1, max_size=3, unique=True)
    ):
        criteria = [
            criterion(f"c{number}", asked, role=role)
            for number, (asked, role) in enumerate(draw(st.lists(st.tuples(checks, ROLES), max_size=3)))
        ]
        made.append(rule(f"{guideline}/topic", *criteria))
    return made


def checked(made: list[Rule], facts: list[Fact]) -> ItemReport:
    return check(_request(), _asked(), _chart(facts), world(made), TODAY).items[0]


def _request() -> Request:
    return Request((Item("one", "words"),))


def _asked() -> dict[str, Asked]:
    return {"one": Asked(("therapy",), ("neck",))}


def _chart(facts: list[Fact]) -> Chart:
    return make_chart(
        [entry for entry in facts if isinstance(entry, Finding)],
        [entry for entry in facts if isinstance(entry, TreatmentEvent)],
    )


def essence(item: ItemReport) -> dict[str, Any]:
    """What may not depend on any order."""
    return {
        "prediction": item.prediction,
        "rule": item.rule,
        "criteria": {(line.rule, line.id): line.status for line in item.criteria},
        "deciding": set(item.deciding),
        "would_turn": set(item.would_turn),
        "remedies": {(remedy.criterion, remedy.kind) for remedy in item.remedies},
    }


@given(rules(), charts, st.randoms(use_true_random=False))
def test_no_order_matters(made: list[Rule], facts: list[Fact], chance: Any) -> None:
    before = essence(checked(made, facts))
    shuffled = [replace(each, criteria=tuple(_mixed(each.criteria, chance))) for each in _mixed(made, chance)]
    assert essence(checked(shuffled, _mixed(facts, chance))) == before


def _mixed(entries: Any, chance: Any) -> list[Any]:
    mixed = list(entries)
    chance.shuffle(mixed)
    return mixed


@given(rules(), charts)
def test_order_of_keys_does_not_matter(made: list[Rule], facts: list[Fact]) -> None:
    names = ("guidelines", "rules", "treatments", "findings", "body_parts", "by_treatment")
    book = world(made)
    turned = replace(book, **{name: dict(reversed(getattr(book, name).items())) for name in names})
    chart = _chart(facts)
    report = check(_request(), _asked(), chart, book, TODAY)
    assert check(_request(), _asked(), chart, turned, TODAY) == report
    # Evidence is listed in the order of the record, so of a chart in another order only the essence is the same.
    other = Chart(dict(reversed(chart.findings.items())), dict(reversed(chart.events.items())))
    assert essence(check(_request(), _asked(), other, book, TODAY).items[0]) == essence(report.items[0])


@given(rules(), charts)
def test_same_input_same_bytes(made: list[Rule], facts: list[Fact]) -> None:
    once, again = (json.dumps(to_dict(check(_request(), _asked(), _chart(facts), world(made), TODAY))) for _ in "12")
    assert once == again


@given(rules(), charts)
def test_an_item_with_everything_documented_passes(made: list[Rule], facts: list[Fact]) -> None:
    made = [replace(each, criteria=tuple(c for c in each.criteria if c.role != "exclusion")) for each in made]
    before = checked(made, facts)
    asked = everything()
    after = checked(made, [*facts, *asked])
    assert before.prediction == "undetermined" or after.prediction == "overturned"


def everything() -> list[Fact]:
    """Everything that the rules of `rules()` may ask for."""
    every: list[Fact] = [fact(name, stated=True, date=TODAY) for name in FINDINGS]
    every += [fact("score", value=10.0, date=TODAY)]
    every += [fact(name, date=ago(400)) for name in LENGTHS]
    return every + [done(name, "failed", visits=12.0, days=90.0, stated=True) for name in TREATMENTS]


@given(rules(), charts)
def test_what_decides_fails_and_what_passes_does_not_decide(made: list[Rule], facts: list[Fact]) -> None:
    item = checked(made, facts)
    failing = {
        line.id
        for line in item.criteria
        if line.role != "supporting"
        and line.status != "conflicting"
        and (line.status == "met") == (line.role == "exclusion")
    }
    conflicting = {line.id for line in item.criteria if line.status == "conflicting"}
    assert set(item.deciding) - conflicting == failing
    assert (item.prediction == "upheld") == bool(item.deciding)
