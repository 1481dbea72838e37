"""`imr-check completion`: the lines that make a shell complete commands, options, ids and files."""

from __future__ import annotations

import click

from checker.cli import console

VARIABLE = "_IMR_CHECK_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    It completes commands, options and files, and after `explain` the ids of rules, treatments and words. The shell asks
    the program at every TAB; nothing has to be renewed when rules change. Put what is printed where the shell looks for
    it (see the examples; > FILE), and open a new shell.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, "click knows the three shells of the choice"
    script = kind(ctx.find_root().command, {}, "imr-check", VARIABLE)
    # click's own `source` first starts the shell to ask for its version, which fails where it is not installed.
    console.emit(script.source_template % script.source_vars() + "\n", ctx)
