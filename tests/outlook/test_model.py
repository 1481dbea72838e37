"""The odds: a sum that can be followed, a range, a basis; and silence where nothing comparable was measured."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.outlook.calibrate import fitted
from checker.outlook.features import FACTS, features
from checker.outlook.model import COEFFICIENTS, SELECTION, SHIFT, coefficients, coefficients_of, odds, with_odds
from checker.outlook.rates import logit
from checker.report.model import CriterionReport, ItemReport, Report, fails
from tests.outlook.items import DAY, GUIDELINE, decided, item, line

ABOVE = "12 visits asked; would be met at 6 visits or fewer"


@pytest.mark.parametrize(
    ("judged", "held"),
    [
        (item(line("a", "met"), line("b", "met")), {"all criteria met", "half or more of the criteria met"}),
        (item(line("a", "met"), line("b", "not_documented")), {"half or more of the criteria met"}),
        (item(line("a", "not_documented"), line("b", "not_documented")), {"more than one criterion not shown"}),
        (item(line("a", "not_met")), {"the record contradicts a criterion"}),
        (item(line("a", "met", role="exclusion")), {"the record contradicts a criterion"}),
        (item(line("a", "not_met", reason=ABOVE)), {"the number asked for is above the limit"}),
        (item(line("a", "not_met", barrier=True)), {"the guideline does not support the service"}),
        (item(line("a", "not_documented", role="supporting")), {"all criteria met"}),
        (item(line("a", "not_documented"), flags=("remaining_portion",)), {"remainder of a partly authorized request"}),
        (item(line("a", "not_documented"), flags=("bulk_plan",)), {"part of a plan of five or more items"}),
        (
            item(line("a", "not_documented", basis="recalled (medium confidence)")),
            {"every criterion from memory, none from decisions or the text"},
        ),
        (item(line("a", "not_applicable"), line("b", "not_documented")), set()),
    ],
    ids=lambda value: ", ".join(sorted(value)) if isinstance(value, set) else None,
)
def test_the_facts_of_an_item(judged: ItemReport, held: set[str]) -> None:
    assert set(features(judged)) == held


def test_the_parts_add_up_to_the_odds() -> None:
    found = odds(item(line("a", "met"), line("b", "not_documented")), DAY, coefficients())
    assert found.probability is not None
    assert sum(value for _, value in found.parts) == pytest.approx(logit(found.probability), abs=0.02)
    assert found.parts[0][0].startswith("base rate: 8.6% of all requests of 2016")
    assert found.parts[1][0].startswith(SHIFT)
    assert found.parts[2][0].startswith("half or more of the criteria met (")


def test_odds_have_a_range_and_a_basis_with_size_and_date() -> None:
    found = odds(item(line("a", "met")), DAY, coefficients())
    assert found.low is not None
    assert found.probability is not None
    assert found.high is not None
    assert found.low < found.probability < found.high
    data = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    assert f"{data['sample']['letters']} letters of 2016-17" in found.basis
    assert f"{data['sample']['items']} items; fitted {data['fitted']}" in found.basis
    assert found.basis.endswith("and the state rate of 2016")


def test_an_item_that_no_rule_governs_has_no_odds() -> None:
    found = odds(item(rule=None, guideline=None, prediction="undetermined"), DAY, coefficients())
    assert (found.probability, found.low, found.high, found.parts) == (None, None, None, ())
    assert found.basis.startswith("no odds: no rule governs")


def test_a_service_without_rate_and_letters_has_the_rate_of_all_and_a_wider_range() -> None:
    numbers = coefficients_of(fitted([decided("CM1", False, "not_documented")], date(2026, 11, 21)))
    own = odds(item(line("a", "met"), category="psych"), DAY, numbers)
    none = odds(item(line("a", "met"), category="surgery"), DAY, numbers)
    assert "the rate of all requests, for want of this service's own (0 of the measured items ask for it)" in none.basis
    assert "for want of" not in own.basis
    spread = [logit(found.high or 0) - logit(found.low or 1) for found in (own, none)]
    assert spread[1] > spread[0]


def test_a_guideline_that_no_letter_was_decided_under_widens_the_range() -> None:
    known = odds(item(line("a", "met")), DAY, coefficients())
    other = type(GUIDELINE)("mtus-acoem-low-back-2020", "mtus-low-back", "Low back 2020", None, None, "mtus")
    new = odds(item(line("a", "met"), guideline=other), DAY, coefficients())
    assert new.probability == known.probability
    assert (new.low or 1) < (known.low or 0)
    assert (new.high or 0) > (known.high or 1)
    assert new.basis.endswith("none of the letters was decided under this guideline")


def test_the_selection_is_said_once_and_only_with_odds() -> None:
    judged, silent = item(line("a", "met")), item(rule=None, prediction="undetermined")
    assert with_odds(Report("r", DAY, (judged, judged, silent))).notices == (SELECTION,)
    assert with_odds(Report("r", DAY, (silent,), notices=("x",))).notices == ("x",)


def test_the_shipped_numbers_fit_the_facts() -> None:
    data = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    assert [entry["fact"] for entry in data["weights"]] == [SHIFT, *(fact.name for fact in FACTS)]
    for entry, fact in zip(data["weights"][1:], FACTS, strict=True):
        assert entry["weight"] * fact.direction >= 0
    size = len(data["weights"])
    covariance = data["covariance"]
    assert all(len(row) == size for row in covariance)
    assert all(covariance[i][j] == covariance[j][i] for i in range(size) for j in range(size))
    assert sum(data["categories"].values()) == data["sample"]["items"] >= sum(data["guidelines"].values())


# --- whatever the criteria and whatever the letters ---------------------------------------------------------------------

STATUSES = st.sampled_from(["met", "not_met", "not_documented", "conflicting", "not_applicable"])
LINES = st.lists(
    st.builds(
        lambda status, role, barrier, reason, basis: {
            "status": status, "role": role, "barrier": barrier, "reason": reason, "basis": basis,
        },
        STATUSES,
        st.sampled_from(["required", "required", "exclusion", "supporting"]),
        st.booleans(),
        st.sampled_from([None, ABOVE]),
        st.sampled_from(["as_applied", "recalled (high confidence)"]),
    ),
    min_size=1,
    max_size=7,
)  # fmt: skip
FLAGS = st.sets(st.sampled_from(["remaining_portion", "bulk_plan"])).map(lambda flags: tuple(sorted(flags)))
CATEGORIES = st.sampled_from(["imaging", "injection", "psych", "consult", "opioid"])
LETTERS = st.lists(
    st.tuples(st.booleans(), st.lists(st.sampled_from(["met", "not_met", "not_documented"]), min_size=1, max_size=4)),
    min_size=5,
    max_size=30,
)


def made(lines: list[dict[str, Any]], flags: tuple[str, ...], category: str) -> ItemReport:
    criteria = tuple(line(f"c{number}", **entry) for number, entry in enumerate(lines))
    return item(*criteria, flags=flags, category=category)


@given(LINES, FLAGS, CATEGORIES, LETTERS, st.data())
def test_one_more_required_criterion_met_never_lowers_the_odds(
    lines: list[dict[str, Any]],
    flags: tuple[str, ...],
    category: str,
    letters: list[tuple[bool, list[str]]],
    data: st.DataObject,
) -> None:
    before = made(lines, flags, category)
    failing = [n for n, entry in enumerate(before.criteria) if entry.role == "required" and fails(entry)]
    if not failing:
        return
    place = data.draw(st.sampled_from(failing))
    lines = [entry | {"status": "met", "reason": None} if n == place else entry for n, entry in enumerate(lines)]
    after = made(lines, flags, category)
    cases = [decided(f"CM{number}", truth, *statuses) for number, (truth, statuses) in enumerate(letters)]
    for numbers in (coefficients(), coefficients_of(fitted(cases, DAY))):
        low, high = odds(before, DAY, numbers).probability, odds(after, DAY, numbers).probability
        assert low is not None
        assert high is not None
        assert low <= high


@given(LINES, FLAGS, CATEGORIES, st.dates(date(2007, 1, 1), date(2030, 1, 1)))
def test_odds_are_never_certain_and_lie_in_their_range(
    lines: list[dict[str, Any]], flags: tuple[str, ...], category: str, day: date
) -> None:
    judged = made(lines, flags, category)
    found = odds(judged, day, coefficients())
    assert found.low is not None
    assert found.probability is not None
    assert found.high is not None
    assert 0 < found.low <= found.probability <= found.high < 1
    assert odds(judged, day, coefficients()) == found


def test_a_criterion_that_conflicts_counts_only_if_it_fails() -> None:
    fine = CriterionReport("a", "r", "s", "required", "conflicting", "as_applied")
    assert "all criteria met" in features(item(fine))
