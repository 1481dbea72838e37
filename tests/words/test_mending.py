"""Scanning and typing noise is undone where one known word is meant, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.words.groups import NO_GROUPS
from checker.words.mending import Mender
from checker.words.merging import merged_of
from checker.words.tokens import tokenize

KNOWN = [
    "medial",
    "injection",
    "nsaids",
    "acupuncture",
    "physical",
    "abduction",
    "treatment",
    "no",
    "not",
    "stopping",
    "pain",
    "r",
    "o",
    "1",
]
MENDER = Mender(KNOWN)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("rnedial", "medial"),
        ("NSAlDs", "nsaids"),
        ("inject ion", "injection"),
        ("accupuncture", "acupuncture"),
        ("physcial", "physical"),
        ("8O %", "80 %"),
        ("4/1O", "4 / 10"),  # also where "1" and "o" are words of phrases: "r/o"
        ("1nject1on", "injection"),
        ("pa1n 8/10", "pain 8 / 10"),
        # and what must stay
        ("adduction", "adduction"),
        ("stooping", "stooping"),
        ("rno", "rno"),
        ("r/o 1 o", "r o 1 o"),
        ("no t", "no t"),
        ("pain treatment", "pain treatment"),
        ("n0t L4L5 10mg", "n 0 t l4 l5 10 mg"),
        ("111111111111111111aaaaaaaaaaaaaaaaaa", "111111111111111111 aaaaaaaaaaaaaaaaaa"),
    ],
)
def test_damaged_words(written: str, read: str) -> None:
    assert " ".join(MENDER.mend(tokenize(written)).texts) == read


@given(st.text(max_size=200))
def test_offsets_stay_true(text: str) -> None:
    tokens = MENDER.mend(tokenize(text))
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert all(end <= start for end, start in zip(tokens.ends, tokens.starts[1:], strict=False))


@given(st.lists(st.sampled_from(["no", "not", "nor", "n0", "m0t", "but"]), max_size=10).map(" ".join))
def test_small_words_are_never_mended(text: str) -> None:
    assert MENDER.mend(tokenize(text)) == tokenize(text)


def test_two_words_that_stand_for_one_are_read_as_one_and_keep_their_place() -> None:
    merged = merged_of([{"words": "with no", "as": "without", "before": "norco|pills"}], NO_GROUPS)
    text = "8 with no Norco, with no pain"
    tokens = Mender(KNOWN, merged).mend(tokenize(text))
    assert tokens.texts == ["8", "without", "norco", ",", "with", "no", "pain"]
    assert text[tokens.starts[1] : tokens.ends[1]] == "with no"
