"""Cold start: one command line from nothing to its report, against merely importing the libraries it needs.

They run by turns in new processes with the same Python; the ratio of the medians is what counts. Time is that of the
processor (user and system), so that what else runs on the machine counts little. The rulebook and the modules are compiled
beforehand, as they are after the first run on a machine. Needs a Unix system.

    python benchmarks/cold_start.py [RUNS]
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMANDS = {
    "imr-check request.yaml": ["-m", "checker", "examples/seed-002/request.yaml"],
    "import click, yaml, jsonschema, rich.console": ["-c", "import click, yaml, jsonschema, rich.console"],
    "python alone": ["-c", "pass"],
}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(runs + 1):
        for name, arguments in COMMANDS.items():
            before = _spent()
            command = [sys.executable, *arguments]
            subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False)
            if turn:  # the first turn compiles and warms the disk
                times[name].append(_spent() - before)
    medians = {name: statistics.median(found) for name, found in times.items()}
    ours, imports, _ = medians.values()
    for name, median in medians.items():
        print(f"{name:48}{median * 1000:8.0f} ms{median / imports:8.2f}x")
    print(f"ratio {ours / imports:.2f}")


def _spent() -> float:
    """Seconds of the processor that all finished child processes took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
