"""One small decision, many rule engines: decisions per second, side by side in one process and one run.

    approve = radiculopathy and imaging_confirms
              and (conservative_weeks >= 6 or red_flag)
              and prior_relief_pct >= 50 and injections_12mo < 4 and fluoroscopy

Every engine returns the answer and what blocks it, and is compared with plain Python on 256 cases before it is timed;
an engine that differs is named as wrong and not timed. The last column is what it makes of a case in which nobody wrote
down `conservative_weeks`: the fact is missing, not false. Engines that are not installed are named (`pip install
".[bench]"`). Speeds change with the machine; the ratios hold.

    python benchmarks/engine_peers.py [SECONDS_PER_ENGINE]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.engines import ENGINES, Decide
from benchmarks.timing import interleaved

OURS = "imr-check"
ROUNDS = 5


def cases(count: int = 256, seed: int = 7) -> list[dict[str, Any]]:
    """Cases of which about half pass; the same at every run."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        likely = 0.97 if draw.random() < 0.45 else 0.6
        found.append(
            {
                "radiculopathy": draw.random() < likely,
                "imaging_confirms": draw.random() < likely,
                "conservative_weeks": draw.choice([6, 8, 12, 16] if draw.random() < likely else [0, 2, 4, 5]),
                "red_flag": draw.random() < 0.15,
                "prior_relief_pct": draw.choice([50, 60, 80] if draw.random() < likely else [0, 20, 49]),
                "injections_12mo": draw.choice([0, 1, 2, 3] if draw.random() < likely else [4, 5, 6]),
                "fluoroscopy": draw.random() < likely,
            }
        )
    return found


def plain(facts: dict[str, Any]) -> tuple[str, list[str]]:
    """The decision written by hand: what every engine must agree with."""
    enough = facts["conservative_weeks"] >= 6 or facts["red_flag"]
    blocking = [
        name
        for name, holds in (
            ("radiculopathy", facts["radiculopathy"]),
            ("imaging", facts["imaging_confirms"]),
            ("conservative", enough),
            ("red_flag", enough),
            ("relief", facts["prior_relief_pct"] >= 50),
            ("frequency", facts["injections_12mo"] < 4),
            ("guidance", facts["fluoroscopy"]),
        )
        if not holds
    ]
    return ("deny" if blocking else "approve"), blocking


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    every = cases()
    timed: dict[str, Callable[[], None]] = {}
    silence: dict[str, str] = {}
    left_out: list[str] = []
    for name, build in ENGINES.items():
        try:
            prepare, decide = build()
        except ImportError as error:
            left_out.append(f"{name}: not installed ({error.name})")
            continue
        wrong = sum(_differs(decide(prepare(case)), plain(case)) for case in every)
        if wrong:
            left_out.append(f"{name}: wrong in {wrong} of {len(every)} cases")
            continue
        timed[name] = _all_of([prepare(case) for case in every], decide)
        silence[name] = _without_weeks(every, prepare, decide)
    speeds = {name: rate * len(every) for name, rate in interleaved(timed, seconds, ROUNDS).items()}
    print(f"{'engine':40}{'decisions/s':>12}{'to imr-check':>14}   one fact missing")
    for name, speed in sorted(speeds.items(), key=lambda pair: -pair[1]):
        print(f"{name:40}{speed:12,.0f}{speed / speeds[OURS]:13.2f}x   {silence[name]}")
    print(*left_out, sep="\n")


def _differs(found: tuple[str, list[str]], wanted: tuple[str, list[str]]) -> bool:
    return (found[0], sorted(found[1])) != (wanted[0], sorted(wanted[1]))


def _all_of(inputs: list[Any], decide: Decide) -> Callable[[], None]:
    def run() -> None:
        for each in inputs:
            decide(each)

    return run


def _without_weeks(every: list[dict[str, Any]], prepare: Callable[[Any], Any], decide: Decide) -> str:
    """What an engine says of a case that passes, once the weeks of conservative care are not documented."""
    passing = next(case for case in every if plain(case)[0] == "approve" and not case["red_flag"])
    del (case := dict(passing))["conservative_weeks"]
    try:
        answer, blocking = decide(prepare(case))
    except Exception as error:
        return f"stops: {type(error).__name__}"
    return f"{answer} {', '.join(sorted(blocking))}"


if __name__ == "__main__":
    main()
