"""Which rule governs: by date, tier, nearness of the treatment, rank, circumstances and body part, with the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checker.chart.model import Finding
from checker.engine.governs import Governing, covers, governing, in_force, order_of
from checker.engine.unit import neighbourhood
from checker.report.model import Considered
from checker.rulebook.model import Guideline, Rule, Silence
from tests.engine.world import TODAY, fact, rule, setting, world

YES = {"finding": "tear"}


def choose(rules: list[Rule], part: str | None = None, *, facts: tuple[Finding, ...] = (), **more: object) -> Governing:
    treatment = str(more.pop("treatment", "therapy"))
    place = setting(*facts, rulebook=world(rules), treatment=treatment, **more)  # type: ignore[arg-type]
    return governing(treatment, part, place)


def chosen(rules: list[Rule], part: str | None = None, **more: object) -> str | None:
    found = [choose(order, part, **more).rule for order in (rules, rules[::-1])]  # type: ignore[arg-type]
    assert found[0] is found[1] or (found[0] and found[1] and found[0].id == found[1].id)
    return found[0].id if found[0] else None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2015, 12, 31), "mtus-old/therapy"),
        (date(2016, 1, 1), "mtus-new/therapy"),
        (date(2030, 1, 1), "mtus-new/therapy"),
        (date(1990, 1, 1), "mtus-old/therapy"),
    ],
)
def test_the_edition_of_the_day(day: date, expected: str) -> None:
    assert chosen([rule("mtus-old/therapy"), rule("mtus-new/therapy")], as_of=day) == expected


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        (None, None, TODAY, True),
        (TODAY, TODAY, TODAY, True),
        (date(2016, 12, 2), None, TODAY, False),
        (None, date(2016, 11, 30), TODAY, False),
        (date(2016, 11, 30), None, TODAY, True),
        (None, date(2016, 12, 2), TODAY, True),
    ],
)
def test_in_force(start: date | None, end: date | None, day: date, expected: bool) -> None:
    assert in_force(Guideline("g", "g", "g", "other", start, end), day) is expected


def test_tiers() -> None:
    rules = [rule("book/a"), rule("odg/a"), rule("mtus-new/a"), rule("payer/a")]
    assert chosen(rules) == "payer/a"
    assert chosen(rules[:3]) == "mtus-new/a"
    assert chosen(rules[:2]) == "odg/a"
    assert chosen(rules[:1]) == "book/a"
    assert chosen([]) is None
    assert chosen([rule("odg/a", treatments=("injection",))]) is None


def test_nearest_treatment_then_rank_then_circumstances_then_part() -> None:
    near = rule("odg/z-naproxen", treatments=("naproxen",), rank=9)
    wide = rule("odg/a-nsaid", treatments=("nsaid",), rank=1)
    widest = rule("odg/a-drug", treatments=("drug",), rank=1)
    assert chosen([near, wide, widest], treatment="naproxen") == "odg/z-naproxen"
    assert chosen([wide, widest], treatment="naproxen") == "odg/a-nsaid"
    assert chosen([widest], treatment="naproxen") == "odg/a-drug"
    assert chosen([near], treatment="nsaid") is None
    first, second = rule("odg/z", rank=1), rule("odg/a", rank=2)
    assert chosen([first, second]) == "odg/z"
    plain, special = rule("odg/a"), rule("odg/z", when=YES, when_text="a tear")
    assert chosen([plain, special], facts=(fact("tear"),)) == "odg/z"
    assert chosen([plain, special]) == "odg/a"
    general, for_neck = rule("odg/a"), rule("odg/z", body_parts=("neck",))
    assert chosen([general, for_neck], "neck") == "odg/z"
    assert chosen([general, for_neck], "leg") == "odg/a"
    assert chosen([rule("odg/a"), rule("odg/b")]) == "odg/a"


def test_tier_comes_before_nearness() -> None:
    near = rule("odg/naproxen", treatments=("naproxen",))
    wide = rule("mtus-new/drug", treatments=("drug",), rank=9)
    assert chosen([near, wide], treatment="naproxen") == "mtus-new/drug"


def test_rank_comes_before_circumstances_and_circumstances_before_part() -> None:
    ranked = rule("odg/z", rank=1)
    special = rule("odg/a", rank=2, when=YES)
    assert chosen([ranked, special], facts=(fact("tear"),)) == "odg/z"
    special = rule("odg/z", when=YES)
    for_neck = rule("odg/a", body_parts=("neck",))
    assert chosen([special, for_neck], "neck", facts=(fact("tear"),)) == "odg/z"


def test_order_of_says_every_step() -> None:
    book = world()
    special = rule("odg/a", rank=3, body_parts=("neck",), when=YES)
    assert order_of(special, 2, book)[1:] == (2, 3, 0, 0, "odg/a")
    assert order_of(rule("mtus-new/a"), 0, book)[1:] == (0, 5, 1, 1, "mtus-new/a")
    tiers = [order_of(rule(f"{name}/a"), 0, book)[0] for name in ("payer", "mtus-new", "odg", "book")]
    assert tiers == sorted(set(tiers))


def test_a_larger_part_covers_a_smaller_one() -> None:
    assert chosen([rule("odg/a", body_parts=("spine",))], "neck") == "odg/a"
    assert chosen([rule("odg/a", body_parts=("neck",))], "spine") is None
    assert chosen([rule("odg/a", body_parts=("leg", "arm"))], "arm") == "odg/a"
    assert chosen([rule("odg/a", body_parts=("neck",))], None) is None
    place = setting()
    assert covers(("moon",), "moon", place)
    assert not covers(("neck",), "moon", place)


def test_circumstances_are_judged_at_the_part_in_question() -> None:
    special = rule("odg/a", when={"finding": "tear", "body_part": "requested"})
    facts = (fact("tear", body_part="neck"),)
    assert chosen([special], "neck", facts=facts) == "odg/a"
    assert chosen([special], "leg", facts=facts) is None


def test_the_trail() -> None:
    rules = [
        rule("mtus-old/therapy"),
        rule("odg/neck", body_parts=("neck",)),
        rule("odg/spine", body_parts=("spine", "arm")),
        rule("odg/acute", when=YES, when_text="a tear"),
        rule("odg/second", rank=6),
        rule("book/therapy"),
        rule("odg/first"),
    ]
    assert choose(rules, "leg").trail == (
        Considered(
            "odg/first",
            True,
            "no rule of the MTUS addresses this; the most current ACOEM or ODG comes next; in force on 2016-12-01",
        ),
        Considered("odg/second", False, "reviewers use odg/first for this topic"),
        Considered("book/therapy", False, "ODG comes first"),
        Considered(
            "mtus-old/therapy", False, "not in force on 2016-12-01: it governed from the beginning to 2015-12-31"
        ),
        Considered("odg/neck", False, "it is for the neck"),
        Considered("odg/spine", False, "it is for the spine, arm"),
        Considered("odg/acute", False, "it is for a tear, which the record does not show"),
        Considered("odg", False, "nothing on therapy"),
    )


def test_the_trail_says_why_the_chosen_one_governs() -> None:
    special = rule("mtus-new/a", when=YES, when_text="a tear")
    found = choose([special], facts=(fact("tear"),))
    assert found.trail == (
        Considered("mtus-new/a", True, "the MTUS is presumed correct; in force on 2016-12-01; for a tear"),
    )
    assert choose([rule("book/a")]).trail[0].why == (
        "neither the MTUS nor ACOEM or ODG address this; in force on 2016-12-01"
    )


def test_the_trail_of_what_is_not_named() -> None:
    found = choose(
        [
            rule("odg/neck", body_parts=("neck",)),
            rule("odg/special", when=YES),
            rule("mtus-new/leg", body_parts=("leg",)),
        ]
    )
    assert found.rule is None
    assert found.trail[:3] == (
        Considered("odg/neck", False, "it is for the neck; the request names no body part"),
        Considered("odg/special", False, "it is for other circumstances, which the record does not show"),
        Considered("mtus-new/leg", False, "it is for the leg; the request names no body part"),
    )
    early = choose([rule("mtus-new/a")], as_of=date(2015, 1, 1))
    assert early.trail[0].why == "not in force on 2015-01-01: it governed from 2016-01-01 to now"


def test_a_rule_for_two_kinds_of_the_treatment_is_considered_once() -> None:
    both = rule("odg/both", treatments=("nsaid", "drug"))
    found = choose([both, rule("odg/wide", treatments=("drug",))], treatment="naproxen")
    assert [entry.rule for entry in found.trail] == ["odg/both", "odg/wide"]
    assert found.rule is not None
    assert found.rule.id == "odg/both"


def test_known_silence_of_a_guideline_is_told_unless_the_mtus_governs() -> None:
    silent = Considered("odg", False, "nothing on therapy")
    assert choose([]).trail == (silent,)
    assert silent in choose([rule("book/a")]).trail
    assert silent not in choose([rule("mtus-new/a")]).trail
    assert choose([rule("payer/a")]).trail == (
        Considered("payer/a", True, "the payer's own rule, laid over the others by a pack; in force on 2016-12-01"),
    )
    assert choose([], treatment="injection").trail == ()


def test_silence_holds_for_its_parts_and_days_only() -> None:

    book = world()
    only_neck = (Silence(("therapy",), "nothing on necks", ("neck",)),)
    past = replace(book.guidelines["mtus-old"], silent_on=(Silence(("therapy",), "long ago"),))
    guidelines = {"odg": replace(book.guidelines["odg"], silent_on=only_neck), "mtus-old": past}
    place = setting(rulebook=replace(book, guidelines=guidelines))
    assert [entry.why for entry in governing("therapy", "neck", place).trail] == ["nothing on necks"]
    assert governing("therapy", "leg", place).trail == ()
    assert governing("therapy", None, place).trail == ()


def test_silence_on_a_wider_treatment_counts() -> None:

    book = world()
    odg = replace(book.guidelines["odg"], silent_on=(Silence(("drug",), "nothing on drugs"),))
    place = setting(rulebook=replace(book, guidelines={"odg": odg}), treatment="naproxen")
    assert [entry.why for entry in governing("naproxen", None, place).trail] == ["nothing on drugs"]


@pytest.mark.parametrize(
    ("parts", "requested", "region"),
    [
        (("neck",), {"neck", "spine"}, {"neck", "spine", "arm"}),
        (("spine",), {"spine", "neck", "back"}, {"spine", "neck", "back", "arm", "leg"}),
        (("neck", "back"), {"neck", "back", "spine"}, {"neck", "back", "spine", "arm", "leg"}),
        (("moon",), {"moon"}, {"moon"}),
        ((), set(), set()),
    ],
)
def test_neighbourhood(parts: tuple[str, ...], requested: set[str], region: set[str]) -> None:
    assert neighbourhood(parts, world()) == (requested, region)
