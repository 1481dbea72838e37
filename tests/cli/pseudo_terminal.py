"""The program in a real pseudo-terminal: what a person at a keyboard sees and types."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 30  # seconds without any output after which the program hangs
PRESSES = 10


class Terminal:
    """One run of the program. `seen` is everything on the screen so far, with line ends as written."""

    def __init__(self, *args: str, folder: Path, **environment: str) -> None:
        self.master, slave = pty.openpty()
        env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "TERM": "dumb", **environment}
        command = [sys.executable, "-m", "checker", *args]
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, cwd=folder, env=env, start_new_session=True,
            preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def prompt(self, words: str = "") -> str:
        """Read until the program waits for an answer; what it said meanwhile, which must hold `words`."""
        new = ""
        while not new.endswith("> "):
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            chunk = b""
            if ready:
                with suppress(OSError):  # the terminal is closed when the program ends
                    chunk = os.read(self.master, 65536)
            if not chunk:
                raise AssertionError(f"no prompt after:\n{self.seen}{new}")
            new += chunk.decode()
        self.seen += new
        said = " ".join(new.split())
        assert words in said, said
        return said

    def type(self, *lines: str) -> str:
        """Answer one prompt after the other; what was said after the last answer."""
        said = ""
        for line in lines:
            self.send(f"{line}\n")
            said = self.prompt()
        return said

    def send(self, text: str) -> None:
        """Type without waiting for a prompt; control keys too."""
        os.write(self.master, text.encode())

    def interrupt(self) -> None:
        """Ctrl-C, pressed again as a person would where a press came before the program listened: then nobody hears it."""
        for _ in range(PRESSES):
            self.send("\x03")
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE / PRESSES)
                return

    def ended(self) -> int:
        """The exit code, after reading all that is left."""
        with suppress(OSError):
            while select.select([self.master], [], [], PATIENCE)[0] and (chunk := os.read(self.master, 65536)):
                self.seen += chunk.decode()
        return self.process.wait(PATIENCE)


def _own_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background have it ignored
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C reaches the program as it does at a desk


@contextmanager
def terminal(*args: str, folder: Path, **environment: str) -> Iterator[Terminal]:
    """Run the program in a terminal; it is ended when the test is."""
    run = Terminal(*args, folder=folder, **environment)
    try:
        yield run
    finally:
        if run.process.poll() is None:
            run.process.send_signal(signal.SIGKILL)
            run.process.wait(PATIENCE)
        os.close(run.master)
