"""Compare the limit for IMR applications with applications that IMR accepted.

    python benchmarks/imr_deadlines.py LETTERS.json [--table DATES.csv]

LETTERS.json is a list of decided letters with the days injury, ur_denial, application, assigned and decided (month/day/year).
Printed are the applications after the safe day, with the reading on which each is in time. --table writes the days alone,
which is what tests/data/imr-dates.csv holds.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from checker.api import judge_procedure, open_rulebook
from checker.chart.model import make_chart
from checker.procedure.deadlines import Due, day_text
from checker.report.model import Report
from checker.request.model import Injury, Item, Request, Review
from checker.rulebook.model import Rulebook

FIELDS = ("injury", "ur_denial", "application", "assigned", "decided")
KEPT = ("late on every reading", "in time on some readings", "in time on the safe day")


def application_due(days: dict[str, date], rulebook: Rulebook) -> Due:
    """The limit of one application from its days."""
    request = Request(
        items=(Item("item", "MRI of the lumbar spine"),),
        injury=Injury(days["injury"]),
        review=Review("denied", days["ur_denial"]),
        imr={"applied": days["application"].isoformat()},
    )
    report = Report("letter", days["ur_denial"], ())
    judged = judge_procedure(request, make_chart(), rulebook, report, days["decided"])
    return next(due for due in judged.dues if due.limit.id == "imr-application")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("letters", type=Path)
    parser.add_argument("--table", type=Path)
    options = parser.parse_args()
    letters = json.loads(options.letters.read_text(encoding="utf-8"))
    rows = [{name: datetime.strptime(letter[name], "%m/%d/%Y").date() for name in FIELDS} for letter in letters]
    rulebook = open_rulebook()
    counts: Counter[str] = Counter()
    for days in sorted(rows, key=lambda days: days["ur_denial"]):
        due = application_due(days, rulebook)
        counts[KEPT[due.value]] += 1
        if due.done and due.done > due.safe:
            print(f"UR {day_text(days['ur_denial'])}, applied {day_text(due.done)}: {KEPT[due.value]}; safe {due.safe}")
            print("\n".join(f"  {conflict}" for conflict in due.conflicts))
    print(f"{len(rows)} applications: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    late = sum((days["decided"] - days["assigned"]).days > 30 for days in rows)
    print(f"{late} decisions came more than 30 days after the notice of assignment")
    if options.table:
        with options.table.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, FIELDS)
            writer.writeheader()
            writer.writerows({name: day.isoformat() for name, day in days.items()} for days in rows)


if __name__ == "__main__":
    main()
