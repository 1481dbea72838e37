"""Criteria judged per second on real requests: every example and every scenario of the rules, on one core.

Two figures: the criteria alone (each with its evidence, in a setting at hand), and the whole check of a request (the choice
of the governing rule with its trail, criteria, remedies, and the report), counted in the same criteria. Charts are read
and requests matched beforehand.

    python benchmarks/criteria.py [SECONDS_PER_FIGURE]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.timing import interleaved
from checker.api import deciding_date, open_rulebook, read_chart, rules_folder
from checker.chart.model import Chart
from checker.engine.check import check, for_item, setting_of
from checker.engine.determine import Plan, judge, plan_of, units_of
from checker.engine.unit import Setting, narrow
from checker.request.model import Asked, Request
from checker.rulebook.match import match_request
from checker.rulebook.model import Rulebook
from checker.rulebook.scenarios import case_of, read_scenarios

ROOT = Path(__file__).parent.parent
ROUNDS = 5
Case: TypeAlias = tuple[Request, Mapping[str, Asked], Chart, date]


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    rulebook = open_rulebook()
    sources = {"scenarios of the rules": list(_scenarios(rulebook)), "examples": list(_examples(rulebook))}
    print(f"{'':26}{'requests':>10}{'criteria':>10}{'criteria/s alone':>18}{'in whole checks':>17}")
    for name, cases in sources.items():
        settings = [found for case in cases for found in _settings(case, rulebook)]
        criteria = sum(len(plan.lines) for plan, _ in settings)
        runs = {"alone": _judging(settings), "whole": _checking(cases, rulebook)}
        rates = {run: rate * criteria for run, rate in interleaved(runs, seconds, ROUNDS).items()}
        print(f"{name:26}{len(cases):10,}{criteria:10,}{rates['alone']:18,.0f}{rates['whole']:17,.0f}")


def _scenarios(rulebook: Rulebook) -> Iterator[Case]:
    for scenario in read_scenarios(rules_folder()):
        request, chart, as_of = case_of(scenario, rulebook)
        yield request, match_request(request, rulebook), chart, as_of


def _examples(rulebook: Rulebook) -> Iterator[Case]:
    for path in sorted((ROOT / "examples").glob("*/*.yaml")):
        request, chart, _ = read_chart(path)
        yield request, match_request(request, rulebook), chart, deciding_date(request)


def _settings(case: Case, rulebook: Rulebook) -> Iterator[tuple[Plan, Setting]]:
    """Every rule that governs a unit of the request, with the setting in which its criteria are judged."""
    request, asked, chart, as_of = case
    whole = setting_of(request, chart, rulebook, as_of)
    for item in request.items:
        setting, parts = for_item(item, asked, whole)
        for unit in units_of(setting, parts):
            if unit.governing.rule:
                yield plan_of(unit.governing.rule.id, rulebook), narrow(setting, unit.treatment, unit.body_parts)


def _judging(settings: list[tuple[Plan, Setting]]) -> Callable[[], None]:
    def run() -> None:
        for plan, setting in settings:
            judge(plan, setting)

    return run


def _checking(cases: list[Case], rulebook: Rulebook) -> Callable[[], None]:
    def run() -> None:
        for request, asked, chart, as_of in cases:
            check(request, asked, chart, rulebook, as_of)

    return run


if __name__ == "__main__":
    main()
