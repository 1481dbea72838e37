"""An item by the edition of its day of service, what is known from memory only, and what the report takes from the rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checker.chart.model import Finding, make_chart
from checker.engine.check import check
from checker.report.model import ItemReport, OtherEdition, Report
from checker.request.model import Asked, Item, Request
from checker.rulebook.model import Basis, Rule
from tests.engine.world import ago, criterion, done, fact, rule, setting, status, world

OLD_DAY, NEW_DAY = date(2015, 12, 20), date(2016, 1, 5)
TEAR, SPRAIN = {"finding": "tear"}, {"finding": "sprain"}
OLD = rule("mtus-old/therapy", criterion("tear", TEAR, remedy="Order the study."))
NEW = rule("mtus-new/therapy", criterion("tear", TEAR, remedy="Order the study."),
           criterion("sprain", SPRAIN, remedy="Record the sprain."))  # fmt: skip


def report(rules: Iterable[Rule], *facts: Finding, service: date | None = None, text_at: str | None = None) -> Report:
    rulebook = world(rules)
    sources = {name: replace(one, text_at=text_at) for name, one in rulebook.guidelines.items()}
    items = (Item("one", "therapy", service_date=service),)
    return check(
        Request(items), {"one": Asked(("therapy",))}, make_chart(facts), replace(rulebook, guidelines=sources), OLD_DAY
    )


def other(*rules: Rule, service: date | None, facts: Iterable[Finding] = ()) -> tuple[ItemReport, OtherEdition | None]:
    (item,) = report(rules, *facts, service=service).items
    return item, item.other_edition


def test_the_edition_of_the_day_of_service_says_what_it_asks() -> None:
    item, later = other(OLD, NEW, service=NEW_DAY, facts=[fact("tear")])
    assert (item.rule, item.prediction) == ("mtus-old/therapy", "overturned")
    assert later is not None
    assert (later.as_of, later.rule, later.prediction, later.deciding) == (
        NEW_DAY, "mtus-new/therapy", "upheld", ("sprain",)
    )  # fmt: skip
    assert later.guideline is not None
    assert later.guideline.id == "mtus-new"
    assert [(remedy.criterion, remedy.do) for remedy in later.remedies] == [("sprain", "Record the sprain.")]


@pytest.mark.parametrize("service", [None, OLD_DAY, date(2015, 12, 31)])
def test_one_edition_on_both_days_is_told_once(service: date | None) -> None:
    assert other(OLD, NEW, service=service)[1] is None


def test_an_edition_that_ends_without_a_next_one_leaves_no_rule() -> None:
    later = other(OLD, service=NEW_DAY)[1]
    assert later is not None
    assert (later.rule, later.guideline, later.prediction) == (None, None, "undetermined")


def test_no_rule_on_either_day_is_no_other_edition() -> None:
    assert other(service=NEW_DAY) == (report([]).items[0], None)


# --- from memory -----------------------------------------------------------------------------------------------------

RECALLED, SEEN = Basis("recalled", "a book", "high"), Basis("quoted", "the text")


def based(basis: Basis, **more: Any) -> Rule:
    return replace(OLD, criteria=(replace(criterion("tear", TEAR, **more), basis=basis),))


@pytest.mark.parametrize(
    ("governing", "text_at", "told"),
    [
        (based(RECALLED), "https://example.org", True),
        (based(RECALLED), None, False),
        (based(SEEN), "https://example.org", False),
        (based(RECALLED, applies_when=SPRAIN), "https://example.org", False),
        (
            replace(based(SEEN), criteria=(*based(SEEN).criteria, *based(RECALLED).criteria)),
            "https://example.org",
            True,
        ),
    ],
)
def test_where_to_read_what_is_known_from_memory(governing: Rule, text_at: str | None, told: bool) -> None:
    said = "What The old MTUS asks is known from memory. Read its current text before the request goes out ({})."
    assert report([governing], text_at=text_at).notices == ((said.format(text_at),) if told else ())


def test_without_a_rule_nothing_is_to_be_read() -> None:
    assert report([], text_at="https://example.org").notices == ()


def test_the_grade_of_a_recommendation_is_told() -> None:
    (item,) = report([replace(OLD, grade="insufficient evidence (I)")]).items
    assert item.guideline is not None
    assert item.guideline.grade == "insufficient evidence (I)"


@pytest.mark.parametrize(
    ("facts", "against"),
    [([], False), ([fact("tear", "absent")], True), ([fact("tear", "absent"), fact("sprain", "absent")], False)],
)
def test_what_is_recorded_may_speak_against_what_is_not_documented(facts: list[Finding], against: bool) -> None:
    either = rule("mtus-old/therapy", criterion("either", {"any": [TEAR, SPRAIN]}))
    (item,) = report([either], *facts).items
    assert item.criteria[0].against is against


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"start": ago(30)}, "met"),  # the end is not stated: the start counts
        ({"start": ago(200), "end": ago(30)}, "met"),
        ({"start": ago(5)}, "not_documented"),
    ],
)
def test_what_was_done_since_another_treatment(more: dict[str, Any], expected: str) -> None:
    place = setting(done("injection", **more), done("therapy", "failed", visits=6, start=ago(20)))
    wanted = {"tried": {"treatments": ["therapy"], "response": ["failed"], "after": ["injection"]}}
    assert status(wanted, place) == expected
