"""Settings: the command line beats the environment, that beats ./imr-check.yaml, that beats the user's own config.yaml.

click does the first two by itself; what the files say becomes the defaults of the options.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from checker.cli.main import COMMANDS
from checker.problem import InputError, Problem, nearest

HERE = Path("imr-check.yaml")
FORMATS = ("terminal", "json", "markdown")
COLORS = ("auto", "always", "never")
KEYS = ("rules", "format", "color", "as_of")
RULE_COMMANDS = ("list", "show", "match", "lint", "test", "coverage", "new", "reference")


def files() -> tuple[Path, ...]:
    """The settings files that exist, the weaker first."""
    return tuple(path for path in (Path(click.get_app_dir("imr-check")) / "config.yaml", HERE) if path.is_file())


def defaults() -> dict[str, Any]:
    """Defaults of the options of every command, as click takes them. Raises InputError for a wrong setting."""
    found: dict[str, Any] = {}
    for path in files():
        found |= _read(path)
    if os.environ.get("NO_COLOR"):
        found.pop("color", None)  # the environment beats files
    rules = {"rules": found["rules"]} if "rules" in found else {}
    as_of = {"as_of": found["as_of"]} if "as_of" in found else {}
    shown = {option: found[key] for key, option in (("format", "form"), ("color", "color")) if key in found}
    by_command: dict[str, Any] = {name: dict(rules) for name in COMMANDS}
    by_command["check"] |= as_of | shown
    by_command["new"] |= as_of
    by_command["rules"] = {name: dict(rules) for name in RULE_COMMANDS}
    return by_command


def _read(path: Path) -> dict[str, Any]:
    """The settings of one file; folders of rules are relative to it."""
    from checker.yamlfile import YamlFile, read_yaml

    file: YamlFile = read_yaml(path)
    data = file.data if file.data is not None else {}
    if not isinstance(data, Mapping):
        raise InputError([Problem(file.name, 1, 1, "settings", "no mapping", f"keys such as {', '.join(KEYS)}")])
    problems = []
    for key, value in data.items():
        line, column = file.key_places[(key,)]
        for found, expected, fix in _faults(str(key), value, path):
            problems.append(Problem(file.name, line, column, "settings", found, expected, fix))
    if problems:
        raise InputError(problems)
    return {**data, **({"rules": _folders(data["rules"], path)} if "rules" in data else {})}


def _faults(key: str, value: Any, path: Path) -> Iterator[tuple[str, str, str]]:
    if key not in KEYS:
        yield f"unknown setting '{key}'", f"one of {', '.join(KEYS)}", nearest(key, KEYS)
    elif key == "rules":
        named = value if isinstance(value, list) else [value]
        for folder in named:
            if not isinstance(folder, str) or not (path.parent / folder).is_dir():
                yield f"rules: {folder}", "a folder of rules, or a list of them", "Folders are relative to this file."
    else:
        yield from CHECKS[key](value)


def _one_of(name: str, choices: tuple[str, ...]) -> Callable[[Any], Iterator[tuple[str, str, str]]]:
    def faults(value: Any) -> Iterator[tuple[str, str, str]]:
        if value not in choices:
            yield f"{name}: {value}", f"one of {', '.join(choices)}", nearest(str(value), choices)

    return faults


def _a_day(value: Any) -> Iterator[tuple[str, str, str]]:
    from datetime import date

    try:
        date.fromisoformat(str(value))
    except ValueError:
        yield f"as_of: {value}", "a day such as 2016-07-28", ""


CHECKS: dict[str, Callable[[Any], Iterator[tuple[str, str, str]]]] = {
    "format": _one_of("format", FORMATS),
    "color": _one_of("color", COLORS),
    "as_of": _a_day,
}


def _folders(value: Any, path: Path) -> list[str]:
    return [str(path.parent / folder) for folder in (value if isinstance(value, list) else [value])]
