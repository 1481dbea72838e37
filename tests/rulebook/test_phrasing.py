"""A rule author writes a phrase as one writes it; what a text is cut into need not concern him."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.rulebook.phrasing import phrases_of
from checker.words.phrases import PhraseIndex
from checker.words.tokens import tokenize


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("vitamin b12 injection", "Vitamin B12 injection"),
        ("h2 blocker*", "H2 blockers"),
        ("first|1st dorsal compartment", "1st dorsal compartment"),
        ("first|1st dorsal compartment", "first dorsal compartment"),
        ("can't|cannot kneel", "He can't kneel."),
        ("can't|cannot kneel", "He cannot kneel."),
        ("p & s", "He is P&S."),
        ("p&s", "He is P & S."),
        ("jobe's test positive", "Jobe's test positive"),
        ("hba1c ... above", "HbA1c is above"),
        ("sitting > # min", "sitting > 20 min"),
    ],
)
def test_a_phrase_as_it_is_written_is_found_as_it_is_written(phrase: str, text: str) -> None:
    index = PhraseIndex([(one, "it") for one in phrases_of([phrase])])
    assert index.find(tokenize(text)), phrases_of([phrase])


@pytest.mark.parametrize(
    "phrase", ["knee|hip pain", "p|pn # / 10", "pain ... worse", "<opioid> helps", "t score - 2.*"]
)
def test_a_phrase_of_plain_words_stays_as_it_is(phrase: str) -> None:
    assert phrases_of([phrase]) == [phrase]


def test_a_gap_that_would_end_a_phrase_makes_none() -> None:
    assert phrases_of(["pain ... &"]) == []


@given(
    st.lists(st.sampled_from(["b12", "1st", "can't", "pain", "knee", "&", "p&s", "#", "mg"]), min_size=1, max_size=5)
)
def test_every_writing_of_a_phrase_is_found_in_its_own_words(words: list[str]) -> None:
    phrase = " ".join(words)
    text = phrase.replace("#", "5")
    cut = phrases_of([phrase])
    assert cut == phrases_of(cut)  # what is cut once stays
    if tokenize(text).texts:
        assert PhraseIndex([(one, "it") for one in cut]).find(tokenize(text))
