"""From a request to its report: units, prediction, what decides, remedies, what would turn it, and every line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checker.chart.model import Finding, TreatmentEvent, make_chart
from checker.engine.check import check, for_item, inferred_parts, setting_of
from checker.engine.determine import units_of
from checker.report.model import EvidenceLine, GuidelineReport, ItemReport, Remedy, Report
from checker.request.model import Asked, Injury, Item, Patient, Request
from checker.rulebook.model import Basis, Criterion, Rule
from tests.engine.world import TODAY, ago, criterion, done, fact, paper, rule, setting, world

Fact = Finding | TreatmentEvent
TEAR, SPRAIN, PAIN = {"finding": "tear"}, {"finding": "sprain"}, {"finding": "pain"}


def report(rules: Iterable[Rule], facts: Iterable[Fact], asked: dict[str, Asked], **request: Any) -> Report:
    items = tuple(Item(name, f"words of {name}") for name in asked)
    facts = tuple(facts)
    chart = make_chart(
        [entry for entry in facts if isinstance(entry, Finding)],
        [entry for entry in facts if isinstance(entry, TreatmentEvent)],
        ("a notice",),
    )
    return check(Request(items, **request), asked, chart, world(rules), TODAY)


def only(rules: Iterable[Rule], *facts: Fact, asked: Asked | None = None, **request: Any) -> ItemReport:
    return report(rules, facts, {"one": asked or Asked(("therapy",))}, **request).items[0]


def of_one(*criteria: Criterion) -> list[Rule]:
    return [rule("odg/therapy", *criteria)]


# --- roles and statuses ----------------------------------------------------------------------------------------------

ROLES = [
    ("required", [fact("tear")], "met", "overturned"),
    ("required", [fact("tear", "absent")], "not_met", "upheld"),
    ("required", [], "not_documented", "upheld"),
    ("exclusion", [fact("tear")], "met", "upheld"),
    ("exclusion", [fact("tear", "absent")], "not_met", "overturned"),
    ("exclusion", [], "not_documented", "overturned"),
    ("supporting", [fact("tear")], "met", "overturned"),
    ("supporting", [fact("tear", "absent")], "not_met", "overturned"),
    ("supporting", [], "not_documented", "overturned"),
    ("required", [fact("tear"), fact("tear", "absent")], "conflicting", "overturned"),
    ("exclusion", [fact("tear"), fact("tear", "absent")], "conflicting", "upheld"),
]


@pytest.mark.parametrize(("role", "facts", "status", "prediction"), ROLES)
def test_role(role: str, facts: list[Fact], status: str, prediction: str) -> None:
    item = only(of_one(criterion("torn", TEAR, role=role, remedy="Do this.")), *facts)
    line = item.criteria[0]
    assert (line.role, line.status, item.prediction) == (role, status, prediction)
    fails = prediction == "upheld"
    assert line.remedy == ("Do this." if fails else None)
    assert item.deciding == (("torn",) if fails else ())
    assert item.would_turn == item.deciding


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ([fact("sprain"), fact("tear")], "met"),
        ([fact("sprain")], "not_documented"),
        ([], "not_applicable"),
        ([fact("sprain", "absent"), fact("tear", "absent")], "not_applicable"),
    ],
)
def test_a_condition_that_is_not_shown_makes_a_criterion_not_applicable(facts: list[Fact], status: str) -> None:
    item = only(of_one(criterion("torn", TEAR, applies_when=SPRAIN, remedy="Do this.")), *facts)
    line = item.criteria[0]
    assert line.status == status
    if status == "not_applicable":
        assert line.reason == "the record does not show the condition under which this is asked"
        assert (line.evidence, line.remedy, item.prediction, item.deciding) == ((), None, "overturned", ())


# --- units and prediction --------------------------------------------------------------------------------------------


def test_no_rule_leaves_the_item_undetermined() -> None:
    item = only([])
    assert (item.prediction, item.rule, item.guideline) == ("undetermined", None, None)
    assert (item.criteria, item.deciding, item.remedies, item.would_turn) == ((), (), (), ())
    assert item.category == "therapy"


def test_an_item_without_treatment_is_undetermined() -> None:
    item = only([rule("odg/therapy")], asked=Asked())
    assert (item.prediction, item.category, item.treatments, item.considered) == ("undetermined", "other", (), ())


TWO = [
    # rules, facts, prediction, governing rule
    ([("therapy", TEAR), ("injection", TEAR)], [fact("tear")], "overturned", "odg/therapy"),
    ([("therapy", TEAR), ("injection", SPRAIN)], [fact("tear")], "upheld", "odg/injection"),
    ([("therapy", SPRAIN), ("injection", TEAR)], [fact("tear")], "upheld", "odg/therapy"),
    ([("therapy", TEAR)], [fact("tear")], "undetermined", "odg/therapy"),
    ([("injection", TEAR)], [fact("tear")], "undetermined", "odg/injection"),
    ([("injection", TEAR)], [], "upheld", "odg/injection"),
    ([], [], "undetermined", None),
]


@pytest.mark.parametrize(("rules", "facts", "prediction", "governing"), TWO)
def test_two_treatments_in_one_item(
    rules: list[tuple[str, dict[str, Any]]], facts: list[Fact], prediction: str, governing: str | None
) -> None:
    made = [rule(f"odg/{name}", criterion("shown", what), treatments=(name,)) for name, what in rules]
    item = only(made, *facts, asked=Asked(("therapy", "injection")))
    assert (item.prediction, item.rule) == (prediction, governing)
    assert item.treatment_labels == ("Therapy", "Injection")
    assert [line.rule for line in item.criteria] == [f"odg/{name}" for name, _ in rules]


def test_what_only_assists_needs_no_rule_and_decides_last() -> None:
    needle = rule("odg/injection", criterion("shown", TEAR), treatments=("injection",))
    asked = Asked(("guidance", "injection"))
    assert only([needle], fact("tear"), asked=asked).prediction == "overturned"
    picture = rule("odg/guidance", criterion("seen", SPRAIN), treatments=("guidance",))
    both_fail = only([picture, needle], asked=asked)
    assert (both_fail.rule, both_fail.deciding, both_fail.category) == ("odg/injection", ("shown",), "injection")
    only_picture_fails = only([picture, needle], fact("tear"), asked=asked)
    assert (only_picture_fails.prediction, only_picture_fails.rule) == ("upheld", "odg/guidance")
    none_fails = only([picture, needle], fact("tear"), fact("sprain"), asked=asked)
    assert (none_fails.prediction, none_fails.rule) == ("overturned", "odg/injection")


def test_a_barrier_decides_before_other_failures() -> None:
    soft = rule("odg/therapy", criterion("shown", TEAR))
    hard = rule("odg/injection", criterion("never", {"any": []}, barrier=True), treatments=("injection",))
    item = only([soft, hard], asked=Asked(("therapy", "injection")))
    assert (item.rule, item.deciding) == ("odg/injection", ("never",))
    assert item.would_turn == ()


def test_body_parts_of_different_rules_are_different_units() -> None:
    rules = [
        rule("odg/neck", criterion("torn", {**TEAR, "body_part": "requested"}), body_parts=("neck",)),
        rule("odg/limbs", criterion("sprained", {**SPRAIN, "body_part": "requested"}), body_parts=("arm", "leg")),
    ]
    asked = Asked(("therapy",), ("arm", "neck", "leg"))
    place = setting(rulebook=world(rules), asked=asked)
    units = units_of(place, asked.body_parts)
    assert [(unit.governing.rule and unit.governing.rule.id, unit.body_parts) for unit in units] == [
        ("odg/limbs", ("arm", "leg")),
        ("odg/neck", ("neck",)),
    ]
    facts = [fact("tear", body_part="neck"), fact("sprain", body_part="leg")]
    assert only(rules, *facts, asked=asked).prediction == "overturned"
    assert only(rules, *facts[:1], asked=asked).prediction == "upheld"
    wrong = [fact("tear", body_part="leg"), fact("sprain", body_part="neck")]
    assert only(rules, *wrong, asked=asked).deciding == ("sprained",)


def test_the_trail_of_several_units_names_each_once() -> None:
    rules = [rule("odg/neck", body_parts=("neck",)), rule("odg/leg", body_parts=("leg",)), rule("mtus-old/any")]
    item = only(rules, asked=Asked(("therapy",), ("neck", "leg")))
    seen = [(entry.rule, entry.governs) for entry in item.considered]
    assert len(seen) == len(set(seen))
    assert ("mtus-old/any", False) in seen
    assert {rule for rule, governs in seen if governs} == {"odg/neck", "odg/leg"}


# --- rules of the statute that bind beside a guideline ---------------------------------------------------------------


def test_the_statute_binds_beside_the_rule_that_governs() -> None:
    governing, law = rule("odg/therapy", criterion("torn", TEAR)), rule("law/cap", criterion("capped", SPRAIN))
    item = only([governing, law], fact("tear"))
    assert (item.rule, item.prediction, item.deciding) == ("odg/therapy", "upheld", ("capped",))
    assert [(line.rule, line.id) for line in item.criteria] == [("odg/therapy", "torn"), ("law/cap", "capped")]
    assert only([governing, law], fact("tear"), fact("sprain")).prediction == "overturned"
    assert only([law], fact("sprain")).prediction == "undetermined"


def test_the_statute_yields_to_the_guidelines_it_names() -> None:
    law = rule("law/cap", criterion("capped", SPRAIN), unless_governed_by=("mtus-new", "book"))
    assert only([rule("mtus-new/therapy"), law]).criteria == ()
    assert [line.id for line in only([rule("odg/therapy"), law]).criteria] == ["capped"]


def test_the_statute_binds_its_treatment_from_its_day_only() -> None:
    law = rule("law/cap", criterion("capped", SPRAIN))
    other = rule("odg/injection", treatments=("injection",))
    assert only([other, law], asked=Asked(("injection",))).criteria == ()
    asked = {"one": Asked(("therapy",))}
    request = Request((Item("one", "words"),))
    for day, criteria in ((date(2003, 12, 31), 0), (date(2004, 1, 1), 1)):
        found = check(request, asked, make_chart(), world([rule("odg/therapy"), law]), day)
        assert len(found.items[0].criteria) == criteria


# --- what decides, and what to do ------------------------------------------------------------------------------------

SEVERAL = (
    criterion("silent", {"finding": "duty"}, remedy="Document the duty."),
    criterion("denied", SPRAIN, remedy="Show the sprain."),
    criterion("excluded", TEAR, role="exclusion"),
    criterion("fine", PAIN),
    criterion("open", {"finding": "plan"}),
)
FACTS = (fact("sprain", "absent"), fact("tear"), fact("pain"))


def test_contradicted_before_silent_among_what_decides() -> None:
    item = only(of_one(*SEVERAL), *FACTS)
    assert item.deciding == ("denied", "excluded", "silent", "open")
    assert item.would_turn == ("silent", "denied", "excluded", "open")


def test_remedies_by_what_the_pen_can_do() -> None:
    assert only(of_one(*SEVERAL), *FACTS).remedies == (
        Remedy("silent", "Document the duty.", 1, "document"),
        Remedy("open", "Document, if true: open is so.", 2, "document"),
        Remedy("denied", "Show the sprain.", 3, "change"),
        Remedy(
            "excluded",
            "This speaks against the request: excluded is so. If it is not so, correct the paper that says it; if it is, say in the "
            "report why the request stands nevertheless, or ask for something else.",
            4,
            "change",
        ),
    )


def test_a_barrier_comes_first_and_nothing_turns_it() -> None:
    never = criterion("never", {"any": []}, barrier=True, remedy="Ask for something else.")
    item = only(of_one(*SEVERAL, never), *FACTS)
    assert item.deciding[0] == "never"
    assert item.remedies[0] == Remedy("never", "Ask for something else.", 1, "barrier")
    assert [remedy.kind for remedy in item.remedies] == ["barrier", "document", "document", "change", "change"]
    assert [remedy.rank for remedy in item.remedies] == [1, 2, 3, 4, 5]
    assert item.would_turn == ()


def test_the_same_order_to_the_office_is_given_once() -> None:
    twice = [criterion(name, check, remedy="Examine again.") for name, check in (("a", TEAR), ("b", SPRAIN))]
    item = only(of_one(*twice, criterion("c", PAIN, remedy="Ask.")))
    assert item.remedies == (Remedy("a", "Examine again.", 1, "document"), Remedy("c", "Ask.", 2, "document"))
    assert item.would_turn == ("a", "b", "c")


def test_a_criterion_of_two_units_turns_once() -> None:
    rules = [
        rule(f"odg/{part}", criterion("torn", {**TEAR, "body_part": "requested"}), body_parts=(part,))
        for part in ("neck", "leg")
    ]
    item = only(rules, asked=Asked(("therapy",), ("neck", "leg")))
    assert item.would_turn == ("torn",)


# --- lines of the report ---------------------------------------------------------------------------------------------


def test_a_line_of_the_report() -> None:
    evidence = paper("imaging", quote="a full tear", day=ago(9))
    asked = criterion("torn", {"value": {"finding": "tear", "at_least": 2}}, remedy="Do this.")
    line = only(of_one(asked), fact("tear", value=3, unit="cm", evidence=evidence)).criteria[0]
    assert (line.id, line.rule, line.statement, line.basis) == ("torn", "odg/therapy", "torn is so.", "as_applied")
    assert (line.status, line.reason, line.remedy, line.barrier) == ("met", "3 cm", None, False)
    assert line.evidence == (EvidenceLine("note", "a full tear", "tear", "present", 2, 3, ago(9), False),)


def test_evidence_of_a_finding_and_of_a_treatment() -> None:
    both = criterion("both", {"all": [TEAR, {"tried": {"treatments": ["nsaid"]}}]})
    facts = [fact("tear", "present", stated=True, date=ago(3)), done("naproxen", "failed", start=ago(80), end=ago(2))]
    assert only(of_one(both), *facts).criteria[0].evidence == (
        EvidenceLine("request", "", "tear", "present", None, None, ago(3), True),
        EvidenceLine("request", "", "naproxen", "done, failed", None, None, ago(80), False),
    )
    quiet = done("naproxen", evidence=paper(day=ago(5)))
    assert only(of_one(both), fact("tear"), quiet).criteria[0].evidence[1] == EvidenceLine(
        "note", "words", "naproxen", "done", 2, 3, ago(5), False
    )
    dated = fact("tear", date=ago(1), evidence=paper(day=ago(5)))
    assert only(of_one(criterion("torn", TEAR)), dated).criteria[0].evidence[0].date == ago(1)


def test_no_reason_is_none() -> None:
    line = only(of_one(criterion("torn", TEAR)), fact("tear")).criteria[0]
    assert line.reason is None


def test_basis_with_its_confidence() -> None:
    recalled = Criterion("torn", "A tear.", criterion("torn", TEAR).check, Basis("recalled", "a book", "high"))
    assert only(of_one(recalled)).criteria[0].basis == "recalled (high confidence)"


def test_the_item() -> None:
    governing = rule("odg/therapy", criterion("torn", TEAR))
    asked = Asked(("therapy",), ("neck",), flags=frozenset({"trial", "additional"}))
    item = only([governing], asked=asked)
    assert (item.id, item.request, item.treatments, item.category) == ("one", "words of one", ("therapy",), "therapy")
    assert item.flags == ("additional", "trial")
    assert item.guideline == GuidelineReport("odg", "odg", "ODG", None, None, "acoem-odg")


def test_the_guideline_with_its_place() -> None:
    governing = replace(rule("odg/therapy"), section="Neck", pages="12")
    assert only([governing]).guideline == GuidelineReport("odg", "odg", "ODG", "Neck", "12", "acoem-odg")


def test_a_barrier_is_named_as_such() -> None:
    lines = only(of_one(criterion("hard", TEAR, barrier=True), criterion("soft", TEAR))).criteria
    assert [line.barrier for line in lines] == [True, False]


def test_an_item_without_part_takes_what_is_charted_anywhere() -> None:
    here = criterion("torn", {**TEAR, "body_part": "requested"})
    place = setting(rulebook=world(of_one(here)))
    assert [unit.body_parts for unit in units_of(place, ())] == [()]
    injured = Injury(None, ("moon",))  # names no known part, so that none is inferred
    assert only(of_one(here), fact("tear", body_part="leg"), injury=injured).prediction == "overturned"
    special = rule("odg/special", when={**TEAR, "body_part": "requested"})
    assert only([special], fact("tear", body_part="leg"), injury=injured).rule == "odg/special"


def test_the_treatment_asked_for_is_known_to_criteria_and_circumstances() -> None:
    again = {"tried": {"treatments": ["same"]}}
    repeated = rule("odg/again", criterion("again", again), when=again)
    assert only([repeated], done("therapy")).prediction == "overturned"
    assert only([repeated], done("injection")).rule is None


def test_remedies_of_all_units_are_given() -> None:
    rules = [
        rule("odg/therapy", criterion("a", TEAR)),
        rule("odg/injection", criterion("b", SPRAIN), treatments=("injection",)),
    ]
    item = only(rules, asked=Asked(("therapy", "injection")))
    assert [remedy.criterion for remedy in item.remedies] == ["a", "b"]


def test_a_unit_without_rule_keeps_its_parts() -> None:
    [unit] = units_of(setting(), ("neck", "leg"))
    assert (unit.treatment, unit.body_parts, unit.judged, unit.failing) == ("therapy", ("neck", "leg"), (), ())


def test_the_report() -> None:
    found = report([], [], {"one": Asked(("therapy",)), "two": Asked(("injection",))}, name="mine.yaml")
    assert (found.request, found.as_of, found.notices) == ("mine.yaml", TODAY, ("a notice",))
    assert [item.id for item in found.items] == ["one", "two"]


# --- the setting of an item ------------------------------------------------------------------------------------------

WITH = criterion("with", {"request": {"with": ["nsaid"]}})


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"one": Asked(("therapy",)), "two": Asked(("naproxen",))}, "met"),
        ({"one": Asked(("therapy",)), "two": Asked(("injection",))}, "not_met"),
        ({"one": Asked(("therapy",))}, "not_met"),
        ({"one": Asked(("therapy", "naproxen"))}, "met"),
    ],
)
def test_what_else_the_request_asks_for(asked: dict[str, Asked], status: str) -> None:
    assert report(of_one(WITH), [], asked).items[0].criteria[0].status == status


def test_an_item_is_not_with_itself() -> None:
    itself = rule("odg/nsaid", WITH, treatments=("nsaid",))
    assert only([itself], asked=Asked(("naproxen",))).criteria[0].status == "not_met"


def test_patient_and_injury_reach_the_checks() -> None:
    old = criterion("old", {"patient": {"age": {"at_least": 65}}})
    acute = criterion("acute", {"duration": {"of": "injury", "at_most": "6 weeks"}})
    item = only(of_one(old, acute), patient=Patient(70), injury=Injury(ago(10)))
    assert [line.status for line in item.criteria] == ["met", "met"]


CHARTED = [
    ([], (), ()),
    ([fact("tear", body_part="leg")], (), ("leg",)),
    ([fact("tear", body_part="leg"), fact("pain", body_part="arm"), fact("tear", body_part="arm")], (), ("arm",)),
    ([fact("tear", body_part="leg"), fact("pain", body_part="arm")], (), ("leg",)),
    ([fact("tear")], (), ()),
    ([fact("tear", body_part="leg")], ("neck", "arm"), ("neck",)),
    ([fact("tear", body_part="leg")], ("moon", "arm"), ("arm",)),
    ([fact("tear", body_part="leg")], ("moon",), ()),
]


@pytest.mark.parametrize(("facts", "injured", "expected"), CHARTED)
def test_the_part_of_an_item_that_names_none(
    facts: list[Finding], injured: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert inferred_parts(setting(*facts, injury=Injury(None, injured))) == expected
    assert inferred_parts(setting(*reversed(facts), injury=Injury(None, injured))) == expected


def test_an_inferred_part_chooses_the_rule_and_a_named_one_beats_it() -> None:
    rules = [rule("odg/neck", body_parts=("neck",)), rule("odg/leg", body_parts=("leg",))]
    charted = fact("tear", body_part="leg")
    assert only(rules, charted).rule == "odg/leg"
    assert only(rules, charted, asked=Asked(("therapy",), ("neck",))).rule == "odg/neck"
    assert only(rules).rule is None


def test_the_setting_is_narrowed_to_its_item() -> None:
    chart = make_chart([fact("tear")], [done("naproxen")])
    request = Request((Item("one", "x"),), patient=Patient(40), injury=Injury(date(2010, 1, 1)))
    whole = setting_of(request, chart, world(), TODAY)
    assert (whole.chart, whole.as_of, whole.patient.age, whole.injury.date) == (chart, TODAY, 40, date(2010, 1, 1))
    assert set(whole.events) == {"naproxen", "nsaid", "drug"}
    asked = {"one": Asked(("therapy",), ("neck",)), "two": Asked(("naproxen",))}
    own, parts = for_item(request.items[0], asked, whole)
    assert (own.asked, own.others, parts) == (asked["one"], {"naproxen", "nsaid", "drug"}, ("neck",))


@pytest.mark.parametrize(
    ("own", "other", "goes_along"),
    [
        (("neck",), ("neck",), True),
        (("neck",), ("back", "neck"), True),
        (("neck",), ("leg",), False),
        (("neck",), ("spine",), True),
        (("spine",), ("neck",), True),
        (("neck",), (), True),
        ((), ("leg",), True),
        (("elsewhere",), ("leg",), False),
    ],
)
def test_another_item_goes_along_at_one_place_only(
    own: tuple[str, ...], other: tuple[str, ...], goes_along: bool
) -> None:
    request = Request((Item("one", "x"), Item("two", "y")))
    asked = {"one": Asked(("therapy",), own), "two": Asked(("injection",), other)}
    setting, _ = for_item(request.items[0], asked, setting_of(request, make_chart([], []), world(), TODAY))
    assert ("injection" in setting.others) is goes_along


def test_what_one_item_is_for_goes_along_beside_what_the_others_ask_for() -> None:
    request = Request((Item("one", "x"), Item("two", "y"), Item("three", "z")))
    asked = {
        "one": replace(Asked(("therapy",)), occasion=("guidance",)),
        "two": Asked(("injection",)),
        "three": Asked(("naproxen",)),
    }
    own, _ = for_item(request.items[0], asked, setting_of(request, make_chart([], []), world(), TODAY))
    assert own.others == {"guidance", "injection", "naproxen", "nsaid", "drug"}


# --- what falls with another item ------------------------------------------------------------------------------------

LEANING = [
    rule(
        "odg/guidance",
        criterion("falls-with", {"request": {"with_failing": ["injection"]}}, role="exclusion"),
        treatments=("guidance",),
    ),
    rule("odg/injection", criterion("torn", TEAR), treatments=("injection",)),
]
GUIDED = {"one": Asked(("guidance",), ("neck",)), "two": Asked(("injection",), ("neck",))}


@pytest.mark.parametrize(
    ("facts", "asked", "predictions"),
    [
        ([fact("tear")], GUIDED, ["overturned", "overturned"]),
        ([], GUIDED, ["upheld", "upheld"]),
        ([], {"one": Asked(("guidance",), ("neck",))}, ["overturned"]),
        ([], {**GUIDED, "two": Asked(("injection",), ("leg",))}, ["overturned", "upheld"]),
    ],
    ids=["it passes", "it does not pass", "it is not asked for", "it is of another part"],
)
def test_an_item_falls_with_the_one_it_goes_with(
    facts: list[Fact], asked: dict[str, Asked], predictions: list[str]
) -> None:
    found = report(LEANING, facts, asked).items
    assert [item.prediction for item in found] == predictions
    assert (found[0].criteria[0].status == "met") is (predictions[0] == "upheld")


def test_of_two_items_of_one_kind_one_that_passes_is_enough() -> None:
    asked = {**GUIDED, "three": Asked(("injection",), ("spine",))}
    request = Request(tuple(Item(name, "x") for name in asked))
    whole = setting_of(request, make_chart([], []), world(), TODAY)
    one_fails, _ = for_item(request.items[0], asked, whole, frozenset({"two"}))
    both_fail, _ = for_item(request.items[0], asked, whole, frozenset({"two", "three"}))
    assert (one_fails.failing, both_fail.failing) == (frozenset(), {"injection"})
    assert one_fails.others == both_fail.others == {"injection"}


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (6, "Ask for less. (12 visits asked, 6 done before; would be met at 6 visits or fewer.)"),
        (12, "Ask for less. Of the record's count: 12 visits asked, 12 done before; no further visits would pass. If the count is "
             "wrong, state the right one under prior_treatments."),
    ],
)  # fmt: skip
def test_a_remedy_says_how_much_may_be_asked_for(before: float, words: str) -> None:
    asks = {"request": {"quantity": "visits", "at_most": 12, "cumulative": True}}
    asked = Asked(("therapy",), quantities={"visits": 12.0})
    item = only(of_one(criterion("number", asks, remedy="Ask for less.")), done("therapy", visits=before), asked=asked)
    assert [remedy.do for remedy in item.remedies] == [words]
