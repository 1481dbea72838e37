"""Where words stand in a text, and a problem that travels between processes."""

from __future__ import annotations

import pickle

import pytest

from checker.problem import InputError, Problem
from checker.source import Source

TEXT = "EXAM:  Spurling's\n  test is positive\non the left."


@pytest.mark.parametrize(
    ("quote", "found", "line"),
    [
        ("Spurling's test", "Spurling's\n  test", 1),
        (" positive on the left. ", "positive\non the left.", 2),
        ("EXAM: Spurling's", "EXAM:  Spurling's", 1),
        ("on the left", "on the left", 3),
        ("Spurling\u2019s test", "Spurling's\n  test", 1),
    ],
)
def test_a_quote_is_found_whatever_the_wraps(quote: str, found: str, line: int) -> None:
    source = Source("note", TEXT)
    place = source.find(quote)
    assert place is not None
    assert TEXT[slice(*place)] == found
    assert source.line(place[0]) == line


@pytest.mark.parametrize("quote", ["", " \n ", "on the right", "spurling's", "est is", "posit", "n the left"])
def test_a_quote_that_does_not_stand_there(quote: str) -> None:
    assert Source("note", TEXT).find(quote) is None


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("pain 17/10", "7/10", False),
        ("pain 7.5/10", "5/10", False),
        ("pain 7.5/10", "pain 7", False),
        ("1,200 mg", "200 mg", False),
        ("pain 7/10.", "7/10", True),
        ("pains, then pain", "pain", True),
        ("x-ray", "ray", True),
        ("at L5-S1 \u2013 left", "L5-S1 - left", True),
    ],
)
def test_a_quote_is_whole_words_and_whole_numbers(text: str, quote: str, stands: bool) -> None:
    assert (Source("note", text).find(quote) is not None) == stands


def test_the_whole_words_around_a_part_of_them() -> None:
    source = Source("note", TEXT)
    place = source.find("est is posit", parts=True)
    assert place is not None
    assert source.whole_words(*place) == "test is positive"


def test_the_problems_of_an_input_can_be_sent_to_another_process() -> None:
    error = InputError([Problem("b.yaml", 2, 1, "key", "x", "y"), Problem("a.yaml", 1, 1, "key", "x", "y", "Do z.")])
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems
    assert str(again) == "a.yaml:1:1: x; expected y. Do z.\nb.yaml:2:1: x; expected y."
