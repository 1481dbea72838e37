"""What a clerk mistypes on the command line, where the answer is no plain message of a wrong input."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import cli
from checker.cli.mistakes import COMMANDS as MEANT
from checker.cli.mistakes import OPTIONS

REQUEST = "items: [{request: MRI}]\ndocuments: [{path: note.txt}]\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "request.yaml").write_text(REQUEST, encoding="utf-8")
    (tmp_path / "note.txt").write_text("Low back pain.\n", encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "read", "deadlines"])
def test_a_file_that_may_not_be_read_is_named(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "note.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    done = CliRunner().invoke(cli, [command, "request.yaml"], prog_name="imr-check")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("note.txt: permission denied\n")
    assert "Close it in other programs" in done.stderr


def test_a_folder_that_takes_no_file_is_told_before_the_first_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    done = CliRunner().invoke(cli, ["new", "--out", "x.yaml"], input="MRI\n", prog_name="imr-check")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "its folder takes no new file" in done.stderr


def test_the_words_of_an_item_instead_of_a_file() -> None:
    done = CliRunner().invoke(cli, ["MRI of the left knee"], prog_name="imr-check")
    assert done.exit_code == 2
    assert 'imr-check new --for "MRI of the left knee"' in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("phisical therpy", "state it with the item: treatment: physical-therapy"),
        ("zzz", "No treatment that the program knows is named here"),
    ],
)
def test_words_that_are_not_understood_are_told_so(words: str, said: str) -> None:
    done = CliRunner().invoke(cli, ["rules", "match", words], prog_name="imr-check")
    assert said in " ".join(done.stdout.split())


def test_a_short_name_of_a_treatment_makes_a_template(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["new", "--for", "PT", "--out", "pt.yaml"], prog_name="imr-check")
    assert done.exit_code == 0
    assert (tmp_path / "pt.yaml").exists()


def test_no_word_that_is_taken_for_a_mistake_is_a_command_or_an_option_of_checking() -> None:
    from checker.cli.check import command
    from checker.cli.main import COMMANDS

    assert not set(MEANT) & set(COMMANDS)
    assert not set(OPTIONS) & {name for parameter in command.params for name in parameter.opts}
