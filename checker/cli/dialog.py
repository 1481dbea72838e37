"""Questions and answers on plain lines: no colour, no cursor movement, nothing that a screen reader cannot follow."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click

from checker.cli import console
from checker.interview.answers import Ask, Settling
from checker.problem import InputError
from checker.report.safe import clean, to_ascii
from checker.words.dates import find_dates
from checker.words.numbers import number_of

PASTED = 0.05  # seconds within which the next line of a pasted text is there
TIME_UNITS = ("day", "week", "month", "year")
YES = ("y", "yes")
NO = ("n", "no")
SILENT = ("nr", "not in the record", "not recorded", "r")
SKIP = ("s", "skip")
NOTHING = ("", *NO, *SILENT, *SKIP, "none", "nothing", "done")  # where a line of the form is asked for


class Stopped(Exception):  # noqa: N818
    """The person wants to stop: quit, or the input ended."""


class Back(Exception):  # noqa: N818
    """The person takes the last answer back."""


def say(text: str, indent: int = 0, lead: str = "") -> None:
    """One wrapped paragraph."""
    put(console.paragraph(text, console.line_width(None), indent, lead))


def put(text: str) -> None:
    """Lines as they are."""
    click.echo(to_ascii(text) if console.ascii_only() else text)


def listed(entries: Sequence[str]) -> None:
    """A numbered list."""
    for number, entry in enumerate(entries, 1):
        say(entry, 2, f"{number}. ")


def read(mark: str = "> ") -> str:
    """The next line of the person, cleaned. Raises Stopped or Back."""
    click.echo(mark, nl=False)
    sys.stdout.flush()
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        say("These characters could not be read. Please type the line again.")
        return read()
    if not line:
        click.echo()
        raise Stopped
    text = clean(line)
    if text.lower() in ("quit", "exit", "q"):
        raise Stopped
    if text.lower() == "back":
        raise Back
    return text


def read_all() -> list[str]:
    """The next line of the person, and those pasted along with it."""
    lines = [read()]
    while _more_is_there():
        lines.append(read(""))
    return [line for line in lines if line]


def _more_is_there() -> bool:
    """Whether a terminal holds another line already, as it does right after several were pasted."""
    try:
        import select

        return sys.stdin.isatty() and bool(select.select([sys.stdin], [], [], PASTED)[0])
    except (OSError, ValueError):  # not a terminal that can be asked, as on Windows
        return False


def told(error: InputError) -> None:
    """What is wrong with an input, in words."""
    for problem in error.problems:
        say(f"That does not fit: {problem.found}. Expected: {problem.expected}. {problem.fix}".rstrip())


def reply() -> str:
    """The answer to a detail; empty where the person leaves it open, in whatever words."""
    line = read()
    return "" if line.lower() in (*SKIP, *SILENT) else line


# --- one detail ------------------------------------------------------------------------------------------------------


def settled(
    settling: Settling, given: Sequence[Any] = (), keep: Callable[[list[Any]], None] | None = None
) -> list[Any]:
    """Drive the settling of a "yes": put each of its questions and hand it the answer. `given` holds answers of an
    earlier sitting; `keep` is handed all answers after each new one."""
    answers: list[Any] = []
    answer: Any = None
    try:
        while True:
            ask = settling.send(answer)
            known = len(answers) < len(given)
            answer = given_before(ask, given[len(answers)]) if known else detail(ask)
            answers.append(answer)
            if keep and not known:
                keep(answers)
    except StopIteration as end:
        return list(end.value)


def given_before(ask: Ask, value: Any) -> Any:
    """An answer that was kept as JSON, as its kind; asked for again where it does not fit the question any more."""
    try:
        if value is None or ask.kind in ("number", "words"):
            return value
        if ask.kind == "choose" and all(0 <= index < len(ask.options) for index in value):
            return tuple(value)
        if ask.kind == "day":
            return date.fromisoformat(value)
        if ask.kind == "period":
            return tuple(date.fromisoformat(part) if part else None for part in value)
        if ask.kind == "length":
            return (value[0], value[1])
    except (TypeError, ValueError, IndexError):
        pass
    return detail(ask)


def detail(ask: Ask) -> Any:
    """The answer to one detail; None where the person leaves it open."""
    if ask.kind == "choose":
        return choose(ask.text, ask.options, ask.least, ask.most)
    if ask.kind == "period":
        say(ask.text)
        first, last = day("First day?"), day("Last day? Enter if it still goes on.")
        return (first, last) if first else None
    if ask.kind == "day":
        return day(ask.text)
    if ask.kind == "number":
        return number(ask.text)
    if ask.kind == "length":
        return length(ask.text)
    say(ask.text)
    while True:
        line = reply()
        if not line or len(line.split()) > 1:
            return line or None
        say("Please type the whole line, as it shall stand on the form, or press Enter to leave it as it is.")


def choose(text: str, options: Sequence[str], least: int = 1, most: int | None = None) -> tuple[int, ...] | None:
    """Indexes of the options that were named by number or by their words. None for Enter."""
    say(text)
    listed(options)
    count = "one number" if most == 1 else "numbers" if least < 2 else f"at least {least} numbers"
    say(f"Type {count}" + ("" if most == 1 else ", such as 1 or 1 3") + ", or press Enter to leave it open.")
    while True:
        line = read()
        words = line.lower().replace(",", " ").split()
        same = [index for index, option in enumerate(options) if option.lower() == line.lower()]
        begun = [index for index, option in enumerate(options) if option.lower().startswith(line.lower())]
        if not line or (line.lower() in (*SKIP, *SILENT) and len(begun) != 1):  # "r" may be the right side
            return None
        if not same and len(begun) == 1 and line[0].isalpha():
            say(f"Taken as: {options[begun[0]]}.")
            same = begun
        if line.lower() == "all" and most is None:
            same = list(range(len(options)))
        if all(word.isdigit() and 1 <= int(word) <= len(options) for word in words):
            same = list(dict.fromkeys(int(word) - 1 for word in words))
        if same and (most is None or len(same) <= most):
            return tuple(same)
        say(f"Please type {count} from 1 to {len(options)}, or press Enter.")


def number(text: str) -> float | None:
    """A number of zero or more, as figures or as a word. None for Enter."""
    say(f"{text} Enter if it is not known." if text.endswith("?") else f"{text}? Enter if it is not known.")
    while True:
        line = reply()
        if not line:
            return None
        found = number_of(line.lower().rstrip("%").strip())
        if found is not None and found >= 0:
            return found
        say("Please type a number, such as 6, or press Enter.")


def day(text: str, latest: date | None = None) -> date | None:
    """A day in any usual form, not after `latest`. None for Enter."""
    say(f"{text} Such as 2016-03-01 or 3/1/2016. Enter if it is not known." if "Enter" not in text else text)
    while True:
        line = reply()
        if not line:
            return None
        found = [mention for mention in find_dates(line) if mention.exact]
        if len(found) == 1 and latest and found[0].date > latest:
            say(f"{found[0].date.isoformat()} has not come yet. Please type the day again, or press Enter.")
            continue
        if len(found) == 1:
            say(f"Noted as {found[0].date.isoformat()}.")
            return found[0].date
        say("Please type one day of the calendar, such as 2016-03-01 or 3/1/2016, or press Enter.")


def length(text: str) -> tuple[float, str] | None:
    """A length of time as a number and its unit. None for Enter."""
    say(f"{text} Such as 6 weeks or 3 months. Enter if it is not known.")
    while True:
        words = reply().lower().split()
        if not words:
            return None
        amount = number_of(words[0])
        unit = words[1].rstrip("s.") if len(words) == 2 else ""
        if amount is not None and unit in TIME_UNITS:
            return amount, f"{unit}s"
        say("Please type a number and days, weeks, months or years, such as 6 weeks, or press Enter.")
