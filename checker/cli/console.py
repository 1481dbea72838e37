"""What all commands share: printing safely, reporting problems, finding requests, and reading a day."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.cli.exit_codes import PIPE_CLOSED, WRONG_INPUT
from checker.problem import InputError, Problem
from checker.report.safe import clean, to_ascii

F = TypeVar("F", bound=Callable[..., Any])
WIDEST = 120  # longer lines are hard to read; --width may ask for more
WRITE_ONE = "Write one in it: imr-check new."


def day(text: str) -> date:
    """A day as YYYY-MM-DD; the type of options that take one."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        from checker.words.dates import find_dates

        found = [mention for mention in find_dates(text) if mention.exact]
        example = found[0].date.isoformat() if len(found) == 1 else "2016-07-28"
        raise click.BadParameter(f"'{clean(text)}' is not a day; write it as {example}") from None


rules_option = click.option(
    "--rules", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    envvar="IMR_CHECK_RULES", show_envvar=True,
    help="A folder of rules laid over the packaged ones; may be given again, the last wins.",
)  # fmt: skip


def as_of_option(says: str) -> Callable[[F], F]:
    """The option `--as-of`; what the day is for differs between commands."""
    return click.option(
        "--as-of", type=day, metavar="YYYY-MM-DD", envvar="IMR_CHECK_AS_OF", show_envvar=True, help=says
    )


def emit(text: str, ctx: click.Context) -> None:
    """Print to stdout. A reader that went away (`| head`) ends the program quietly."""
    try:
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = to_ascii(text)
        click.echo(text, nl=False, color=True)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more when it ends; what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        ctx.exit(PIPE_CLOSED)


def show_problems(problems: Iterable[Problem]) -> None:
    """Every problem on stderr: the place and what was found, then what was expected and the likely fix."""
    texts = tuple(dict.fromkeys(_told(problem) for problem in problems))
    if len(texts) > 1:
        texts += (f"{len(texts)} problems. Nothing was checked.",)
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    for text in texts:
        click.echo(text if "utf" in encoding.lower() else to_ascii(text), err=True)


def _told(problem: Problem) -> str:
    place = clean(problem.file) if not problem.line else f"{clean(problem.file)}:{problem.line}:{problem.column}"
    lines = [f"{place}: {clean(problem.found)}", f"  expected: {clean(problem.expected)}"]
    return "\n".join([*lines, f"  fix: {clean(problem.fix)}"] if problem.fix else lines)


def fail(ctx: click.Context, problems: Iterable[Problem]) -> None:
    """Show the problems and end with the exit code of a wrong input."""
    show_problems(problems)
    ctx.exit(WRONG_INPUT)


def wants_color(choice: str) -> bool:
    """--color beats NO_COLOR beats whether stdout is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def line_width(asked: int | None) -> int:
    """The width asked for, else that of the terminal up to what reads well."""
    return asked or min(shutil.get_terminal_size((80, 24)).columns, WIDEST)


def ascii_only() -> bool:
    """Whether stdout cannot take the marks and quotation marks of a report."""
    return "utf" not in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def paragraph(text: str, width: int, indent: int = 0, lead: str = "") -> str:
    """One wrapped paragraph; the lines after the first hang under the text. Cleans what it prints."""
    start = " " * indent + lead
    hang = " " * (indent + min(len(lead), 4))
    filled = textwrap.fill(
        clean(text), max(width, 20), initial_indent=start, subsequent_indent=hang, break_on_hyphens=False
    )
    return filled or start.rstrip()


def one_line(text: str, indent: int = 0) -> str:
    """A line that is not wrapped, so that editors find its place. Cleans what it prints."""
    return " " * indent + clean(text)


def requests_in(paths: Sequence[Path]) -> list[Path]:
    """The request files named, and those of the folders named. Raises InputError for what holds none."""
    found: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside = _in_folder(path)
            found += inside
            if not inside:
                expected = "a *.yaml file with `items:`"
                problems.append(_problem(path, "the folder holds no request", expected, _instead(path)))
        elif path.is_file():
            found.append(path)
        else:
            problems.append(_missing(path))
    if problems:
        whole = " ".join(str(path) for path in paths)
        if len(paths) > 1 and Path(whole).exists():
            fix = f'Put quotes around a name with spaces: "{whole}"'
            problems = [_problem(paths[0], "no such file or folder", "a file or folder", fix)]
        raise InputError(problems)
    return list(dict.fromkeys(found))


def _in_folder(folder: Path) -> list[Path]:
    from checker.request.load import looks_like_request

    direct = [path for path in sorted(folder.glob("*.yaml")) if path.is_file() and looks_like_request(path)]
    return direct + [path for path in sorted(folder.glob("*/request.yaml")) if path.is_file()]


def _instead(folder: Path) -> str:
    """What to do where a folder holds no request: name the file that looks like one rightly, or write one."""
    from checker.request.load import looks_like_request

    found = [path for end in ("*.yml", "*.txt") for path in sorted(folder.glob(end)) if looks_like_request(path)]
    return f"Rename {found[0].name} so that it ends with .yaml." if found else WRITE_ONE


def _missing(path: Path) -> Problem:
    from checker.cli.main import COMMANDS
    from checker.cli.mistakes import missing

    return missing(path, COMMANDS)


def request_argument(ctx: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """The one request file that a command takes; the callback of its argument. Raises InputError for anything else."""
    if path.is_dir():
        inside = _in_folder(path)
        fix = f"Name it: imr-check {ctx.info_name} {inside[0]}" if inside else WRITE_ONE
        raise InputError([_problem(path, "a folder", "one request file", fix)])
    if not path.exists():
        raise InputError([replace(_missing(path), expected="a request file")])
    return path


def _problem(path: Path, found: str, expected: str, fix: str = "") -> Problem:
    return Problem(str(path), 0, 0, "no-request", found, expected, fix)
