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
    ],
)
def test_a_quote_is_found_whatever_the_wraps(quote: str, found: str, line: int) -> None:
    source = Source("note", TEXT)
    place = source.find(quote)
    assert place is not None
    assert TEXT[slice(*place)] == found
    assert source.line(place[0]) == line


@pytest.mark.parametrize("quote", ["", " \n ", "on the right", "spurling's"])
def test_a_quote_that_does_not_stand_there(quote: str) -> None:
    assert Source("note", TEXT).find(quote) is None


def test_the_problems_of_an_input_can_be_sent_to_another_process() -> None:
    error = InputError([Problem("b.yaml", 2, 1, "key", "x", "y"), Problem("a.yaml", 1, 1, "key", "x", "y", "Do z.")])
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems
    assert str(again) == "a.yaml:1:1: x; expected y. Do z.\nb.yaml:2:1: x; expected y."
