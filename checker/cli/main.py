"""The command `imr-check`. A command's module is imported only when the command is called."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import click

from checker import __version__
from checker.cli.exit_codes import WRONG_INPUT

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "check": "Check requests: verdict, odds, criteria with their proof, and what to do first.",
    "new": "Write a request by answering questions, or as a template.",
    "deadlines": "Count the days: what is due when, by which rule, and the next step.",
    "read": "Show what was read from the papers of a request.",
    "explain": "Explain a rule, treatment, finding, guideline or word of the report.",
    "guidelines": "Show which guideline governs each topic on a day.",
    "formulary": "Look a drug up on the MTUS Drug List, or load a published list.",
    "backtest": "Compare the program with decided IMR letters, and measure the odds on them.",
    "rules": "List, show, match, lint and test the rules.",
    "completion": "Print the script by which bash, zsh or fish complete a command line.",
}
DEFAULT = "check"
HELP = """Read a treatment request and its papers before they go out.

Says which guideline governs each item, which of its criteria the record meets, contradicts or is silent on, what
Independent Medical Review would probably do, and what to document first.

\b
  imr-check request.yaml            check one request
  imr-check folder/                 check every request of a folder
  imr-check new                     write a request by answering questions
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
        from checker.cli.help_examples import add_examples

        command: click.Command = importlib.import_module(f"checker.cli.{cmd_name}").command
        add_examples(command, cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:  # the shell asks what could come next
            named = not args or args[0] in COMMANDS
            return super().parse_args(ctx, args if named else [DEFAULT, *args])
        if not args:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(WRONG_INPUT)
        if args[0] not in (*COMMANDS, "-h", "--help", "--version"):
            args = [DEFAULT, *args]
        if not {"-h", "--help", "--version"} & set(args):
            ctx.default_map = _defaults(ctx)
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands; where none begins so, the options and files of the command that needs no name."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]
        if found:
            return found
        default = self.get_command(ctx, DEFAULT)
        if incomplete.startswith("-") and default:
            return default.shell_complete(click.Context(default, parent=ctx, info_name=DEFAULT), incomplete)
        return [CompletionItem(incomplete, type="file")]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # From the table, not from the commands: help must not import them.
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        from checker.problem import InputError

        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            from checker.cli.mistakes import with_hint

            raise with_hint(error) from None
        except InputError as error:
            from checker.cli.console import fail

            return fail(ctx, error.problems)
        except OSError as error:
            if not error.filename:  # a closed pipe, for one
                raise
            from checker.cli.console import fail
            from checker.cli.mistakes import refused

            return fail(ctx, [refused(error)])


def _defaults(ctx: click.Context) -> dict[str, Any]:
    """What the settings files say of every command."""
    from checker.cli import settings

    try:
        if not settings.files():
            return {}
        return settings.defaults()
    except Exception as error:
        from checker.cli.console import fail
        from checker.cli.mistakes import problems_of

        if problems := problems_of(error):
            fail(ctx, problems)
        raise


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
