"""Hints for text that YAML refuses: quick and short however long a line is."""

from __future__ import annotations

import pytest

from checker.problem import InputError
from checker.yaml_hints import LONGEST, hint_of
from checker.yamlfile import load_yaml

MANY = 200_000


@pytest.mark.parametrize(
    "text",
    [
        f"a: b: x{' ' * MANY}y\n",
        f"a: 'x{' ' * MANY}y\nb: c\n",
        f"a: {{b: {'x' * MANY}\n  c}} d\n",
        f"a: [{'k: v w, ' * 20_000}d: e #5\n",
    ],
    ids=["blanks", "an open quote", "a word in braces", "a remark in brackets"],
)
def test_a_line_without_end_is_answered_at_once_and_not_written_out(text: str) -> None:
    with pytest.raises(InputError) as caught:
        load_yaml(text, "request.yaml")
    assert all(len(problem.fix) <= 2 * LONGEST for problem in caught.value.problems)


def test_a_word_without_end_in_braces_is_passed_over() -> None:
    lines = [f"{'x' * MANY} #5"]
    hint = hint_of("did not find expected ',' or '}'", (1, 1), "while parsing a flow mapping", (1, 1), lines)
    assert hint[:2] == (1, MANY + 2)  # the remark behind it
