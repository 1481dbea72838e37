"""What a report says seldom: another edition on the day of the service, two rules for one item, more lines than are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checker.report import markdown, wording
from checker.report.model import EvidenceLine, ItemReport, OtherEdition, Remedy
from checker.report.terminal import Look, render
from tests.report.samples import GUIDELINE, TWITCH_LINE, criterion, item, report

LATER = OtherEdition(
    date(2016, 8, 1), "upheld", "mtus-chronic-pain-2016/x", GUIDELINE, ("function",),
    (Remedy("sleep", "Ask for less.", 2, "change"), Remedy("function", "Measure function.", 1, "document")),
)  # fmt: skip
TWO_RULES = item("upheld", criterion("one", "met"), criterion("two", "not_met", rule="odg/other"))
MANY = item("upheld", criterion("twitch", "met", evidence=tuple(
    EvidenceLine("pr2", f"twitch response, level {n}", "twitch-response", "present", 1, n) for n in range(1, 9)
)))  # fmt: skip


def told(shown: ItemReport, verbose: bool = False) -> tuple[str, str]:
    """The item in the terminal and in Markdown, white space folded."""
    whole = report(shown)
    return " ".join(render(whole, Look(80, verbose=verbose)).split()), " ".join(markdown.render(whole).split())


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (LATER, "on 2016-08-01, the day of the service, another edition governs: MTUS Chronic Pain Medical Treatment "
                "Guidelines 2009, Trigger point injections, page 122 (MTUS, presumed correct). By that one: UPHELD. "
                "First: Measure function."),
        (replace(LATER, guideline=None, remedies=()), "another edition governs, and no rule: UPHELD."),
    ],
)  # fmt: skip
def test_the_edition_on_the_day_of_the_service(other: OtherEdition, said: str) -> None:
    assert wording.other_edition_of(other).endswith(said)
    for text in told(item("overturned", criterion("one", "met"), other_edition=other)):
        assert "Mind:" in text
        assert "the day of the service, another edition governs" in text


def test_criteria_of_two_rules_stand_under_their_rules() -> None:
    text = told(TWO_RULES)[1]
    parts = ("By rule mtus-chronic-pain-2009/", "record shows one", "By rule odg/other:", "record shows two")
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_lines_that_are_not_shown_are_counted() -> None:
    short, long = told(MANY)[0], told(MANY, verbose=True)[0]
    shown = short.count("twitch response, level")
    assert 0 < shown < 8
    assert f"and {8 - shown} more lines (--verbose shows all)" in short
    assert long.count("twitch response, level") == 8
    assert "more line" not in long


def test_an_item_with_one_line_of_the_record_counts_none() -> None:
    assert "more line" not in told(item("overturned", criterion("twitch", "met", evidence=(TWITCH_LINE,))))[0]


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ((True,), "what the record does say speaks against it"),
        ((True, True), "what the record does say speaks against them"),
        ((True, False, False), "what the record does say speaks against 1 of them"),
        ((False,), "the record is silent"),
    ],
)
def test_what_the_record_says_against_a_criterion(against: tuple[bool, ...], said: str) -> None:
    criteria = [criterion(f"c{n}", "not_documented", against=one) for n, one in enumerate(against)]
    assert said in wording.why_of(item("upheld", *criteria))
