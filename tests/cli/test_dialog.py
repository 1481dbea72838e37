"""One detail of an answer: what a person may type, and what is kept of it."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from checker.cli import dialog
from checker.interview.answers import Ask

PARTS = ("Neck", "Left knee", "Right knee")
ONE = Ask("choose", "Which side?", ("left", "right"), 1, 1)
SEVERAL = Ask("choose", "Which parts?", PARTS, 2)
NUMBER = Ask("number", "How many visits?")
DAY = Ask("day", "What is the date of injury?")
PERIOD = Ask("period", "When was it done")
LENGTH = Ask("length", "For how long?")
WORDS = Ask("words", "Write the line again:")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put these lines where the keyboard is; the input ends after them."""
    monkeypatch.setenv("COLUMNS", "80")

    def put(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return put


@pytest.mark.parametrize(
    ("ask", "lines", "answer", "said"),
    [
        (ONE, ["1"], (0,), "Type one number, or press Enter"),
        (ONE, ["RIGHT"], (1,), ""),
        (ONE, ["1 2", "3", "up", "2"], (1,), "Please type one number from 1 to 2"),
        (ONE, [""], None, ""),
        (ONE, ["r"], (1,), "Taken as: right."),
        (SEVERAL, ["3, 1, 3"], (2, 0), "Type at least 2 numbers"),
        (SEVERAL, ["all"], (0, 1, 2), ""),
        (SEVERAL, ["k", "1 2"], (0, 1), "Please type at least 2 numbers from 1 to 3"),
        (NUMBER, ["six"], 6, "Enter if it is not known."),
        (NUMBER, ["-1", "many", "12"], 12, "Please type a number, such as 6"),
        (NUMBER, ["50%"], 50, ""),
        (NUMBER, ["not in the record"], None, ""),
        (DAY, ["March 2016", "2/30/2016", "3/1/2016"], date(2016, 3, 1), "Noted as 2016-03-01."),
        (DAY, ["skip"], None, ""),
        (PERIOD, ["1/5/2016", "2016-02-01"], (date(2016, 1, 5), date(2016, 2, 1)), "First day?"),
        (PERIOD, ["1/5/2016", ""], (date(2016, 1, 5), None), "Enter if it still goes on."),
        (PERIOD, ["", ""], None, ""),
        (LENGTH, ["6 weeks"], (6, "weeks"), "Such as 6 weeks or 3 months."),
        (LENGTH, ["a while", "6", "Three months"], (3, "months"), "Please type a number and days, weeks"),
        (LENGTH, [""], None, ""),
        (WORDS, ["MRI of the left knee"], "MRI of the left knee", "Write the line again:"),
        (WORDS, ["nr"], None, ""),
        (WORDS, ["y", "1", "MRI of the left knee"], "MRI of the left knee", "Please type the whole line"),
    ],
)
def test_a_detail(ask: Ask, lines: list[str], answer: object, said: str, typed: Any, capsys: Any) -> None:
    typed(*lines)
    assert dialog.detail(ask) == answer
    assert said in capsys.readouterr().out
    with pytest.raises(dialog.Stopped):  # every line was read
        dialog.read()


@pytest.mark.parametrize(
    ("ask", "kept", "answer"),
    [
        (ONE, [1], (1,)),
        (NUMBER, 12, 12),
        (WORDS, "MRI", "MRI"),
        (DAY, "2016-03-01", date(2016, 3, 1)),
        (PERIOD, ["2016-01-05", None], (date(2016, 1, 5), None)),
        (LENGTH, [6, "weeks"], (6, "weeks")),
        (PERIOD, None, None),
    ],
)
def test_an_answer_of_an_earlier_sitting_is_not_asked_for_again(
    ask: Ask, kept: object, answer: object, typed: Any
) -> None:
    typed()
    assert dialog.given_before(ask, kept) == answer


@pytest.mark.parametrize(
    ("ask", "kept", "line", "answer"),
    [
        (ONE, [2], "1", (0,)),  # the rule has fewer options now
        (ONE, 7, "2", (1,)),
        (DAY, "in March", "2016-03-01", date(2016, 3, 1)),
        (LENGTH, [6], "6 weeks", (6, "weeks")),
    ],
)
def test_an_answer_that_fits_no_longer_is_asked_for_again(
    ask: Ask, kept: object, line: str, answer: object, typed: Any
) -> None:
    typed(line)
    assert dialog.given_before(ask, kept) == answer


class Keyboard(io.RawIOBase):
    """Bytes that come a line at a time, as from a terminal."""

    def __init__(self, *lines: bytes) -> None:
        self.lines = list(lines)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        line = self.lines.pop(0) if self.lines else b""
        buffer[: len(line)] = line
        return len(line)


def test_bytes_that_are_no_text_are_asked_for_again(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    keyboard = io.BufferedReader(Keyboard(b"\xff\xfe\n", b"neck\n"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(keyboard, encoding="utf-8"))
    assert dialog.reply() == "neck"
    assert "could not be read" in capsys.readouterr().out
