"""For every treatment and every day since the MTUS began, one rule governs, or the report says that none does; and a request
dated inside a change of editions is checked by both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from checker.api import check_request, open_rulebook
from checker.chart.model import make_chart
from checker.engine.governs import Candidate, candidates_of, covers, governing, in_force
from checker.engine.unit import Setting
from checker.request.model import Item, Request
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Guideline, Treatment

RULEBOOK = open_rulebook()
TREATMENTS = list(RULEBOOK.treatments)
DRUGS = [name for name in RULEBOOK.treatments if "medication" in kinds_of(name, RULEBOOK)[1:]]
PARTS = (None, *RULEBOOK.body_parts)
FIRST, LAST = date(2007, 6, 15), date(2026, 11, 15)


def months() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 15)


def days_of_change() -> list[date]:
    """One month of each run of months on which the same editions are in force: the answers are the same on all."""
    found: dict[frozenset[str], date] = {}
    for day in months():
        editions = frozenset(name for name, entry in RULEBOOK.guidelines.items() if in_force(entry, day))
        found.setdefault(editions, day)
    return list(found.values())


def setting_on(day: date) -> Setting:
    return Setting(RULEBOOK, make_chart([], []), day)


def unconditional(treatment: str, part: str | None, setting: Setting) -> list[Candidate]:
    """The rules that govern a treatment whatever the chart says, the first one first."""
    found = [
        candidate
        for candidate in candidates_of(treatment, RULEBOOK)
        if candidate.rule.scope.when is None
        and in_force(RULEBOOK.guidelines[candidate.rule.guideline], setting.as_of)
        and (not candidate.rule.scope.body_parts or (part and covers(candidate.rule.scope.body_parts, part, setting)))
    ]
    return sorted(found, key=lambda candidate: candidate.order)


SETTINGS = [setting_on(day) for day in days_of_change()]


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_one_chain_governs_or_none_does(treatment: str) -> None:
    for setting in SETTINGS:
        day = setting.as_of
        for part in PARTS:
            candidates = unconditional(treatment, part, setting)
            chosen = governing(treatment, part, setting)
            if not candidates:
                assert chosen.rule is None, f"{treatment} on {day} at {part}"
                continue
            # The last place of the order is the name of the rule: where only that decides, two rules come first.
            first = [one.rule.id for one in candidates if one.order[:-1] == candidates[0].order[:-1]]
            assert first == [candidates[0].rule.id], f"{treatment} on {day} at {part}: {first} come first together"
            assert chosen.rule is not None
            assert chosen.rule.id == first[0], f"{treatment} on {day} at {part}"


def gaps(day: date, names: list[str]) -> list[str]:
    """Treatments without a rule on a day, at the part that their name tells."""
    parts = {name: RULEBOOK.treatments[name].default_body_part for name in names}
    return [name for name in names if governing(name, parts[name], setting_on(day)).rule is None]


@pytest.mark.parametrize("day", days_of_change())
def test_a_gap_is_reported_as_undetermined(day: date) -> None:
    made = Treatment("made-drug", "A drug that no rule knows", "drug-other", ("zzzmadeupine",))
    rulebook = replace(RULEBOOK, treatments={**RULEBOOK.treatments, made.id: made})
    items = tuple(Item(drug, "words", treatments=(drug,)) for drug in (made.id, *gaps(day, TREATMENTS)))
    report = check_request(Request(items), make_chart([], []), rulebook, day)
    assert {(item.prediction, item.rule) for item in report.items} == {("undetermined", None)}


def test_the_classes_most_disputed_have_a_rule_in_every_month_since_the_chronic_pain_guideline() -> None:
    wanted = {"opioid", "nsaid", "muscle-relaxant", "anticonvulsant", "antidepressant", "topical-analgesic", "ppi",
              "compounded-topical", "benzodiazepine", "sleep-aid", "oral-corticosteroid", "acetaminophen"}  # fmt: skip
    for day in days_of_change():
        if day >= date(2009, 8, 15):
            assert not wanted & set(gaps(day, DRUGS)), day


def editions_by_topic() -> dict[tuple[str, str], list[Guideline]]:
    found: dict[tuple[str, str], list[Guideline]] = {}
    for entry in RULEBOOK.guidelines.values():
        if entry.tier == "mtus":
            found.setdefault((entry.family, entry.topic), []).append(entry)
    return found


@pytest.mark.parametrize("topic", editions_by_topic(), ids=" ".join)
def test_no_two_editions_of_a_topic_are_in_force_together(topic: tuple[str, str]) -> None:
    for day in months():
        assert sum(in_force(entry, day) for entry in editions_by_topic()[topic]) <= 1, day


def test_since_december_2017_the_mtus_governs_the_drugs_that_its_guidelines_treat() -> None:
    classes = ("nsaid", "opioid", "muscle-relaxant", "anticonvulsant", "antidepressant", "ppi", "benzodiazepine",
               "topical-analgesic", "compounded-topical", "oral-corticosteroid", "acetaminophen", "cannabinoid")  # fmt: skip
    for day in (date(2017, 12, 1), date(2019, 4, 18), date(2024, 3, 1), date(2026, 11, 15)):
        for name in classes:
            rule = governing(name, None, setting_on(day)).rule
            assert rule is not None
            assert RULEBOOK.guidelines[rule.guideline].tier == "mtus", f"{name} on {day}: {rule.id}"


BEFORE, AFTER = date(2017, 11, 20), date(2017, 12, 5)


@pytest.mark.parametrize(
    ("service", "editions"),
    [
        (None, ("acoem-2004-ch12-low-back", None)),
        (BEFORE, ("acoem-2004-ch12-low-back", None)),
        (date(2017, 11, 30), ("acoem-2004-ch12-low-back", None)),
        (AFTER, ("acoem-2004-ch12-low-back", "mtus-acoem-low-back-2016")),
    ],
)
def test_a_request_dated_inside_a_change_is_checked_by_both_editions(
    service: date | None, editions: tuple[str, str | None]
) -> None:
    words = "Lumbar epidural steroid injection L4-5"
    request = Request((Item("esi", words, body_parts=("lumbar spine",), service_date=service),))
    (item,) = check_request(request, make_chart([], []), RULEBOOK, BEFORE).items
    other = item.other_edition.guideline.id if item.other_edition and item.other_edition.guideline else None
    assert item.guideline is not None
    assert (item.guideline.id, other) == editions
