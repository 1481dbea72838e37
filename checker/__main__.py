"""`python -m checker` and the installed command `imr-check`."""

from __future__ import annotations

import atexit
import gc
import sys

YOUNG = 500_000  # new objects after which the collector looks for cycles; one check makes some 150,000


def main() -> None:
    """Run the command line and leave with its exit code. Ctrl-C leaves without a traceback."""
    # Nearly all that a run makes it keeps to its end, so looking for cycles finds nothing; at the end it is not worth it.
    gc.set_threshold(YOUNG)
    atexit.register(gc.freeze)
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
