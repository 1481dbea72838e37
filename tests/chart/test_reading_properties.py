"""Whatever stands in a paper, reading it ends, proves everything with words of the paper, and says the same again."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.api import open_rulebook
from checker.chart.page.layout import without_unticked
from checker.chart.recognise import Reading, Recogniser, build_recogniser, read_text
from checker.words.tokens import tokenize

DAY = datetime.date(2016, 11, 4)
# Words that steer the reader, in any order and with any punctuation: the likeliest way to confuse it.
WORDS = [
    "no", "denies", "but", "with", "of the", "left", "right", "bilateral", "knee", "lumbar spine", "pain", "6/10", "4+/5",
    "positive", "negative", "straight leg raise", "Spurling's", "physical therapy", "12 visits", "without relief",
    "naproxen 550 mg", "requested", "if", "MTUS", "PLAN:", "OBJECTIVE:", "11/04/2016", "since March", "(", ")", ",", ".", ";",
    ":", "-", "\n", "\n\n", "\f", "[ ]", "[x]", "50% relief for 6 weeks", "2x6", "#60", "MRI", "showed", "rule out", "\u2610",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))


@cache
def recogniser() -> Recogniser:
    return build_recogniser(open_rulebook())


def read(text: str) -> Reading:
    return read_text(recogniser(), text, document="p", page=1, date=DAY, document_type=None)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_every_proof_stands_in_the_text(text: str) -> None:
    reading = read(text)
    for entry in (*reading.findings, *reading.events):
        proof = entry.evidence
        assert proof is not None
        assert 0 <= proof.start < proof.end <= len(text)
        assert proof.quote == " ".join(text[proof.start : proof.end].split())
        assert proof.line == text.count("\n", 0, proof.start) + 1


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_says_the_same(text: str) -> None:
    assert read(text) == read(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_finding_is_later_than_its_paper(text: str) -> None:
    reading = read(text)
    assert all(finding.date is None or finding.date <= DAY for finding in reading.findings)


@given(st.text(max_size=300))
def test_blanking_and_tokens_keep_every_offset(text: str) -> None:
    assert len(without_unticked(text)) == len(text)
    tokens = tokenize(text)
    assert list(tokens.starts) == sorted(tokens.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "PT No, Chiro No",
        "Now  Avg  Worst\n\u00b2  \u2460  \u0663",
        "Now  Avg  Worst\n" + "1" * 5000 + "  2  3",
        "Treatment  Visits  Result\nPT  \u00b2  good",
        "Treatment  #  Result\nPT  " + "9" * 6000 + "  good",
        "\u0663-/\u0663 strength \u00b3-/\u00b3",
        "Pain \u00b2, \u0663 and " + "7" * 5000,
        "[-]",
        "Anxiety: -",
        "Denies numbness, .weakness.",
        "MRI " + "9" * 5000 + "/5; stimulator trial placed 8/" + "9" * 5000,
        "Full duty from 6/" + "9" * 5000,
        "Therapy since March \u00b2\u00b2\u00b2\u00b2.",
    ],
    ids=lambda text: text[:30],
)
def test_odd_marks_and_digits_are_read_with_their_place(text: str) -> None:
    reading = read(text)
    for told in (*reading.findings, *reading.events):
        assert told.evidence is not None
        assert 0 <= told.evidence.start < told.evidence.end <= len(text)


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date.max])
def test_a_paper_of_the_first_or_last_day_is_read(day: datetime.date) -> None:
    text = "May return to full duty on 02/08/2016; from 03/15 modified."
    assert read_text(recogniser(), text, document="p", page=1, date=day, document_type=None).findings


def test_a_run_of_bare_numbers_is_read() -> None:
    assert {finding.finding for finding in read("pain " + "1 " * 20_000).findings} <= {"pain", "pain-score"}


def test_text_without_any_stop_is_read() -> None:
    reading = read("no pain and " * 20_000)
    assert all(len(finding.evidence.quote) < 2000 for finding in reading.findings if finding.evidence)
