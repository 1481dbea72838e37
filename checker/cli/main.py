"""The command `imr-check`. A command's module is imported only when the command is called."""

from __future__ import annotations

import importlib
from typing import Any

import click

from checker import __version__
from checker.cli.exit_codes import WRONG_INPUT

COMMANDS = {
    "check": "Check requests: verdict, odds, criteria with their proof, and what to do first.",
    "read": "Show what was read from the papers of a request.",
    "explain": "Explain a rule, treatment, finding, guideline or word of the report.",
    "guidelines": "List the guidelines in force on a day.",
    "rules": "List, show, match, lint and test the rules.",
}
DEFAULT = "check"
HELP = """Read a treatment request and its papers before they go out.

Says which guideline governs each item, which of its criteria the record meets, contradicts or is silent on, what
Independent Medical Review would probably do, and what to document first.

\b
  imr-check request.yaml            check one request
  imr-check folder/                 check every request of a folder
  imr-check check --help            all options of checking

Exit codes: 0 every item would be overturned, 1 at least one would not, 2 the command line or an input is wrong,
3 no rule governs any item.
"""


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and takes `check` for a command line that names none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"checker.cli.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(WRONG_INPUT)
        if args[0] not in COMMANDS and args[0] not in ("-h", "--help", "--version"):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # From the table, not from the commands: help must not import them.
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        from checker.problem import InputError

        try:
            return super().invoke(ctx)
        except InputError as error:
            from checker.cli.console import fail

            return fail(ctx, error.problems)


@click.group(
    cls=LazyGroup,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="[OPTIONS]",
    subcommand_metavar="FILE... | COMMAND [ARGS]...",
)
@click.version_option(__version__, prog_name="imr-check", message="%(prog)s %(version)s")
def cli() -> None:
    pass
