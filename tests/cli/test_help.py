"""Every command explains itself with examples, and the examples are command lines that it takes."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from checker.cli.help_examples import EXAMPLES
from checker.cli.main import COMMANDS, DEFAULT, cli


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        inner = command.commands.items() if isinstance(command, click.Group) else ()
        yield from ((f"{name} {part}", one) for part, one in inner) if inner else [(name, command)]


FOUND = dict(commands())


@pytest.mark.parametrize("name", FOUND)
def test_every_help_has_examples(run: Callable[..., Result], name: str) -> None:
    text = run(*name.split(), "--help").stdout
    assert f"    imr-check {'' if name == DEFAULT else name}" in text
    assert max(len(line) for line in text.partition("Examples:")[2].splitlines() or [""]) <= 80


def test_examples_are_of_commands_that_exist() -> None:
    assert set(EXAMPLES) <= set(FOUND)


@pytest.mark.parametrize("line", [line for examples in EXAMPLES.values() for line, _ in examples])
def test_examples_are_taken(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("smith", "ours", "letters", "pages"):
        (tmp_path / folder).mkdir()
    for name in ("request.yaml", "smith/request.yaml", "list.csv"):
        (tmp_path / name).write_text("items: []\n", encoding="utf-8")
    words = shlex.split(line)[1:]
    name = next((name for name in FOUND if words[: len(name.split())] == name.split()), DEFAULT)
    arguments = words if name == DEFAULT else words[len(name.split()) :]
    with FOUND[name].make_context(name, list(arguments)) as context:
        assert context.params
