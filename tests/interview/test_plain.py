"""Checks and chart phrases in plain words."""

from __future__ import annotations

import pytest

from checker.interview.plain import charts_say, finding_phrases, in_plain_words, length, plain
from checker.rulebook import model
from checker.rulebook.model import Bounds, Check, FindingType, Rulebook, Treatment

RULEBOOK = Rulebook(
    findings={
        "warmth": FindingType("warmth", "Warmth", "exam", ("warm|hot", "heat* ... felt")),
        "mri-normal": FindingType("mri-normal", "MRI without findings", "imaging", ("mri normal",)),
        "slr": FindingType("slr", "Straight leg raise", "exam", ("slr",), test=True),
        "relief": FindingType("relief", "Relief", "measure", numbers=("# %",), unit="%"),
        "goals": FindingType("goals", "Goals are written", "statement", ("goals",)),
    },
    treatments={
        "pt": Treatment("pt", "Physical therapy", "therapy", ()),
        "nsaid": Treatment("nsaid", "NSAID", "nsaid", ()),
    },
)
WARM = model.FindingCheck(("warmth",), body_part="requested")
NORMAL = model.FindingCheck(("mri-normal",), "absent")


@pytest.mark.parametrize(
    ("check", "phrase"),
    [
        (model.Any((WARM, NORMAL)), "Warmth; or MRI without findings: ruled out"),
        (model.All((WARM, WARM)), "Warmth; and warmth"),
        (model.Any(()), "Never so"),
        (model.All(()), "Always so"),
        (model.AtLeast(1, (WARM, WARM)), "At least 1 of these: Warmth; Warmth"),
        (model.Not(WARM), "It is not so that: warmth"),
        (model.FindingCheck(("warmth", "slr"), within_days=90), "Warmth or straight leg raise (not older than 3 months)"),
        (model.FindingCheck(("warmth",), body_part="knee"), "Warmth at the knee"),
        (model.ValueCheck("relief", Bounds(50)), "Relief: at least 50 %"),
        (model.DurationCheck("injury", Bounds(more_than=90)), "Time since the injury: more than 3 months"),
        (model.DurationCheck("warmth", Bounds(at_most=42)), "Warmth: at most 6 weeks"),
        (
            model.TriedCheck(("pt", "nsaid"), ("failed", "partial"), Bounds(6)),
            "Physical therapy or NSAID was done, at least 6 visits, and it did not help or helped only in part",
        ),
        (model.TriedCheck(("pt", "nsaid"), days=Bounds(28), count=2),
         "2 of these were done: physical therapy or NSAID, at least 4 weeks"),
        (model.PendingCheck(("pt",)), "Physical therapy is planned or asked for"),
        (model.RequestCheck("visits", Bounds(at_most=6), True),
         "Number of visits asked for: at most 6, together with those done before"),
        (model.RequestCheck(states="body_part"), "The item states the body part"),
        (model.RequestCheck(with_treatments=("pt",)), "Physical therapy is asked for on this form too"),
        (model.RequestCheck(flag="trial"), "The item asks for a trial"),
        (model.RequestCheck(body_parts=("knee",)), "The item is for the knee"),
        (model.PatientCheck(Bounds(65), "female"), "The patient is at least 65 years old and female"),
        (model.IntervalCheck(Bounds(60), ("same",)), "Time since the same treatment was done last: at least 2 months"),
        (model.IntervalCheck(Bounds(365), ("pt",)), "Time since physical therapy was done last: at least 1 year"),
    ],
)  # fmt: skip
def test_plain(check: Check, phrase: str) -> None:
    assert plain(check, RULEBOOK) == phrase


@pytest.mark.parametrize(
    ("days", "text"), [(1, "1 day"), (7, "1 week"), (10, "10 days"), (90, "3 months"), (730, "2 years")]
)
def test_length(days: float, text: str) -> None:
    assert length(days) == text


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("decreased|reduced ... sensation", "decreased … sensation"),
        ("straight leg rais*|raise", "straight leg raise"),
        ("spurling s test", "spurling's test"),
        ("# / 10", "[number]/10"),
        ("mri dated # / # / #", "mri dated [date]"),
    ],
)
def test_phrases(phrase: str, words: str) -> None:
    assert in_plain_words(phrase) == words


def test_how_charts_say_it() -> None:
    assert finding_phrases(RULEBOOK.findings["warmth"]) == ("warm",)
    assert finding_phrases(RULEBOOK.findings["warmth"], "absent") == ("no warm",)
    assert finding_phrases(RULEBOOK.findings["slr"], "absent") == ("slr negative",)
    assert finding_phrases(RULEBOOK.findings["goals"], "absent") == (), "no goals is not how a chart says it"
    assert charts_say([WARM, model.FindingCheck(("slr",)), model.ValueCheck("relief", Bounds(50))], RULEBOOK, 2) == (
        "warm",
        "slr positive",
    )
