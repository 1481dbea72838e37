"""`imr-check new`: an interview that writes a request, or the request as a commented template."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from checker.cli import console
from checker.cli.exit_codes import INTERRUPTED, exit_code
from checker.problem import InputError, Problem


class NewCommand(click.Command):
    """A command that says which option a bare name or line belongs to."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments that are left. Raises click.UsageError for one without its option."""
        given = list(args)  # click takes them off
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption:
            raise
        except click.UsageError as error:
            if "unexpected extra argument" not in error.message:
                raise
            name = next((arg for arg in given if not arg.startswith("-")), "")
            fix = (
                f"--resume {name}"
                if Path(name).exists()
                else f"--out {name}"
                if Path(name).suffix
                else f'--for "{name}"'
            )
            raise click.UsageError(
                f"'{name}' stands without its option. Did you mean: imr-check new {fix}", ctx
            ) from None


@click.command("new", cls=NewCommand)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.  [default: request.yaml]")
@click.option(
    "--resume", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Go on with a request that was begun, or add what is open to a finished one.",
)  # fmt: skip
@click.option("--for", "words", metavar="TEXT", help="Write a template for this line of the form and ask nothing.")
@console.as_of_option("Ask by the guidelines of this day; else that of the request.")
@console.rules_option
@click.option("--allow-outside", is_flag=True, help="Allow papers that lie outside the request's folder.")
@click.pass_context
def command(
    ctx: click.Context, out: Path | None, resume: Path | None, words: str | None, as_of: date | None,
    rules: tuple[Path, ...], allow_outside: bool,
) -> None:  # fmt: skip
    """Write a request by answering questions.

    Asks what is requested, reads the papers, and then asks only what the governing rule wants to know and the papers
    leave open. Every answer is saved at once; quit, Ctrl-C or a closed window lose nothing, and the same command goes
    on where it stopped. At the end the request is checked.

    Exit codes: those of checking the request, 130 if the interview was stopped before its end.
    """
    if resume and (out or words):
        raise click.UsageError("--resume goes on with a file; it takes neither --out nor --for.")
    path = resume or out or Path("request.yaml")
    if not path.resolve().parent.is_dir():
        raise InputError([Problem(str(path), 0, 0, "no-folder", "its folder does not exist", "a folder that exists")])
    if not os.access(path.resolve().parent, os.W_OK):
        fix = "Copy the papers into a folder of your own and begin there; --allow-outside reads them where they are."
        raise InputError(
            [Problem(str(path), 0, 0, "no-folder", "its folder takes no new file", "a folder to write in", fix)]
        )
    from checker.request.load import PAPERS

    if path.suffix.lower() in PAPERS:
        fix = f"Name it {path.with_suffix('.yaml').name}."
        raise InputError(
            [Problem(str(path), 0, 0, "name", f"a name that ends with {path.suffix}", "a name of a request", fix)]
        )
    if words is not None:
        _template(path, words, as_of, rules, ctx)
        return
    from checker.cli.interview import hold
    from checker.cli.sitting import begin

    outcome = hold(begin(path, rules, as_of, allow_outside))
    ctx.exit(INTERRUPTED if outcome is None else exit_code([outcome]))


def _template(path: Path, words: str, as_of: date | None, rules: tuple[Path, ...], ctx: click.Context) -> None:
    from checker.api import open_rulebook
    from checker.cli.files import schema_line, write_whole
    from checker.interview.steps import could_be_a_line, labels_of
    from checker.interview.template import template

    if path.exists():
        fix = f"Name another file with --out, or go on with this one: imr-check new --resume {path}"
        raise InputError([Problem(str(path), 0, 0, "exists", "this file exists already", "a new file", fix)])
    rulebook = open_rulebook(rules)
    if not could_be_a_line(words) and not labels_of(words, rulebook):
        fix = 'Such as: imr-check new --for "MRI of the left knee"'
        raise InputError([Problem("--for", 0, 0, "no-words", f"'{words}'", "the words of the request form", fix)])
    text = template(words, rulebook, as_of or date.today(), schema_line())
    write_whole(path, text)
    where = console.one_line(str(path))
    console.emit(f"Written: {where}\nFill in what is true, then check it: imr-check {where}\n", ctx)
