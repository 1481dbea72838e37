"""Cases from the scenario file beside a rule, told in words: one that meets what is asked, and one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.cli import console
from checker.interview.plain import label, lower, treatments
from checker.rulebook.model import Rulebook
from checker.rulebook.scenarios import Outcome, read_scenarios, run_scenario

RESULTS = {
    "failed": "did not help",
    "partial": "helped in part",
    "improved": "helped",
    "not_stated": "result not stated",
}


def outcomes_of(rule: str, rulebook: Rulebook, folders: Sequence[Path]) -> list[Outcome]:
    """What the program says of every case beside a rule; the pack that was given last is asked first."""
    for folder in reversed(folders):
        path = folder / f"{rule}.test.yaml"
        if path.is_file():
            return [run_scenario(scenario, rulebook) for scenario in read_scenarios(path)]
    return []


def tell_pair(
    outcomes: Sequence[Outcome], wanted: Sequence[tuple[str, Callable[[Outcome], bool]]], rulebook: Rulebook, width: int
) -> Iterator[str]:
    """For each heading the plainest case that fits it: one with a note if there is one, else the shortest."""
    for heading, fits in wanted:
        found = [outcome for outcome in outcomes if fits(outcome)]
        if found:
            best = min(
                found, key=lambda outcome: ("text" not in outcome.scenario.data, len(str(outcome.scenario.data)))
            )
            yield ""
            yield console.paragraph(f"{heading}: {best.scenario.name}", width, 2)
            for line in facts(best.scenario.data, rulebook):
                yield console.paragraph(line, width, 4)


def facts(data: Mapping[str, Any], rulebook: Rulebook) -> Iterator[str]:
    """The facts of a case, a line each."""
    item = data["item"]
    yield f"Requested: {item if isinstance(item, str) else item['request']}"
    if others := data.get("other_items"):
        yield f"On the same form: {'; '.join(others)}"
    days = [f"{name} {data[key]}" for name, key in (("injury", "injury"), ("decided", "as_of")) if key in data]
    if days:
        yield f"Dates: {', '.join(days)}"
    if patient := data.get("patient"):
        yield f"Patient: {', '.join(str(value) for value in patient.values())}"
    found = [_finding(entry, rulebook) for entry in data.get("findings", ())]
    if found:
        yield f"The record shows: {'; '.join(found)}"
    events = [_event(entry, rulebook) for entry in data.get("tried", ())]
    if events:
        yield f"Done before: {'; '.join(events)}"
    if planned := [lower(treatments((entry["treatment"],), rulebook)) for entry in data.get("planned", ())]:
        yield f"Planned: {'; '.join(planned)}"
    if "text" in data:
        yield f'A note says: "{data["text"].strip()}"'
    if not (found or events or "text" in data):
        yield "The record says nothing more."


def _finding(entry: str | Mapping[str, Any], rulebook: Rulebook) -> str:
    if isinstance(entry, str):
        return lower(label(entry, rulebook))
    text = lower(label(entry["finding"], rulebook))
    if entry.get("status", "present") != "present":
        text += f" is {entry['status'].replace('_', ' ')}"
    if "value" in entry:
        text += f" {entry['value']:g} {entry.get('unit', '')}".rstrip()
    return text + (f" at the {entry['body_part']}" if "body_part" in entry else "")


def _event(entry: Mapping[str, Any], rulebook: Rulebook) -> str:
    amounts = [f"{entry[key]:g} {key}" for key in ("visits", "days") if key in entry]
    span = " to ".join(str(entry[key]) for key in ("from", "to") if key in entry)
    result = RESULTS.get(entry.get("response", "not_stated"), "")
    return ", ".join(part for part in (treatments((entry["treatment"],), rulebook), *amounts, span, result) if part)
