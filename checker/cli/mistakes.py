"""What is typed on the command line by mistake, and what to type instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from checker.problem import InputError, Problem, nearest
from checker.report.safe import clean
from checker.words.tokens import DASHES

# Options of other programs, or of another command of this one.
OPTIONS: Mapping[str, str] = {
    "--json": "Write --format json.",
    "--markdown": "Write --format markdown.",
    "--md": "Write --format markdown.",
    "--list": "Write --format list.",
    "--output": "It prints; to keep it: imr-check request.yaml > report.txt",
    "-o": "It prints; to keep it: imr-check request.yaml > report.txt",
    "--file": "Write the name of the request alone.",
    "-f": "Write the name of the request alone.",
    "--date": "Write --as-of and the day.",
    "--on": "Write --as-of and the day.",
    "--debug": "Write --verbose.",
    "--ics": "It belongs to deadlines: imr-check deadlines request.yaml --ics days.ics",
    "--resume": "It belongs to new: imr-check new --resume request.yaml",
}
# Words that are no command of this program.
COMMANDS: Mapping[str, str] = {
    "help": "Type: imr-check --help",
    "version": "Type: imr-check --version",
    "letter": "A letter of utilization review is a paper: list it under documents, with type: UR decision; then "
    "type: imr-check deadlines request.yaml",
    "packet": "What is still missing stands under Procedure: imr-check request.yaml --verbose",
    "report": "Type the request alone: imr-check request.yaml",
    "run": "Type the request alone: imr-check request.yaml",
    "validate": "Type the request alone: imr-check request.yaml",
    "interview": "Type: imr-check new",
    "init": "Type: imr-check new",
    "create": "Type: imr-check new",
    "edit": "Change request.yaml in a text editor, or type: imr-check new --resume request.yaml",
    "resume": "Type: imr-check new --resume request.yaml",
    "calendar": "Type: imr-check deadlines request.yaml --ics days.ics",
    "ics": "Type: imr-check deadlines request.yaml --ics days.ics",
    "list": "Type: imr-check rules list",
    "show": "Type: imr-check rules show RULE, or imr-check explain WORD",
    "match": 'Type: imr-check rules match "the words of the line"',
    "lint": "Type: imr-check rules lint",
    "test": "Type: imr-check rules test",
    "coverage": "Type: imr-check rules coverage",
    "drug": "Type: imr-check formulary show DRUG",
}
FEW = 2  # words from which on a name looks like the line of a form


class Group(click.Group):
    """A group of commands that offers the nearest name for one that it does not know."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command, its name and its arguments. Raises click.UsageError for one that does not exist."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            known = self.list_commands(ctx)
            fix = nearest(args[0], known) or f"There are: {', '.join(known)}."
            ctx.fail(f"No such command '{clean(args[0])}'. {fix}")
        return super().resolve_command(ctx, args)


def with_hint(error: click.NoSuchOption) -> click.NoSuchOption:
    """The error of an unknown option with what to write instead, where that is known."""
    told = OPTIONS.get(error.option_name)
    if not told:
        return error
    return click.NoSuchOption(error.option_name, f"No such option '{error.option_name}'. {told}", ctx=error.ctx)


def problems_of(error: Exception) -> tuple[Problem, ...]:
    """What to say of an error that is the input's or the computer's; nothing of one that is the program's own."""
    if isinstance(error, InputError):
        return error.problems
    return (refused(error),) if isinstance(error, OSError) and error.filename else ()


def refused(error: OSError) -> Problem:
    """What to say of a file that the computer did not let the program read or write."""
    fix = "Close it in other programs; see who may read and write it, and its folder."
    found = (error.strerror or "it cannot be used").lower()
    return Problem(str(error.filename), 0, 0, "refused", found, "a file that you may use", fix)


def missing(path: Path, known: Iterable[str]) -> Problem:
    """What to say of a name that is no file and no folder. `known`: the commands."""
    expected = "a request file, a folder of requests or a command"
    if path.exists():
        fix = "Save what it holds as a file of its own, such as request.yaml, and type its name."
        return Problem(str(path), 0, 0, "no-request", "neither a file nor a folder", expected, fix)
    return Problem(str(path), 0, 0, "no-request", "no such file or folder", expected, _meant(path, tuple(known)))


def _meant(path: Path, known: tuple[str, ...]) -> str:
    name = str(path)
    if name == "-":
        return "It reads files, not what is piped into it. Save it as request.yaml and type that name."
    if name.startswith(tuple(DASHES)):
        return f"This begins with a dash of a word processor. Type two hyphens: --{name.lstrip('-' + DASHES)}"
    if name in known:
        return f"Type the command once: imr-check {name} request.yaml"
    if name in COMMANDS:
        return COMMANDS[name]
    if "*" in name or "?" in name:
        return "Name the folder: it takes every request in it."
    beside = sorted(entry.name for entry in path.parent.iterdir()) if path.parent.is_dir() else []
    same = [entry for entry in beside if entry.lower() == path.name.lower() or Path(entry).stem == path.name]
    if same:
        return f"Did you mean '{same[0]}'?"
    if len(name.split()) > FEW and not path.suffix:
        return f'To write a request for this line: imr-check new --for "{name}"'
    fix = nearest(path.name, known) if path.parent == Path() and not path.suffix else ""
    if not fix and not path.parent.is_dir():
        return f"There is no folder {path.parent}."
    fix = fix or nearest(path.name, beside)
    return fix or ("Check the name and the folder." if path.suffix else "All commands: imr-check --help")
