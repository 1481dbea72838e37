"""`python -m checker` and the installed command `imr-check`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code. Ctrl-C leaves without a traceback."""
    import click

    from checker.cli.exit_codes import INTERRUPTED, WRONG_INPUT
    from checker.cli.main import cli

    try:
        code = cli.main(prog_name="imr-check", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = WRONG_INPUT
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
