"""*.test.yaml → cases → what the engine says of them. The same runner serves pytest and `imr-check rules test`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from checker.chart.model import Chart, Finding, TreatmentEvent, make_chart
from checker.problem import InputError
from checker.record import record
from checker.report.model import ItemReport
from checker.request.model import Injury, Item, Patient, Request
from checker.rulebook.model import Rulebook
from checker.schema import check_schema, load_schema
from checker.yamlfile import read_yaml

Data = dict[str, Any]
DEFAULT_DAY = date(2016, 12, 1)


@record
class Scenario:
    """One case of a scenario file: a small request and chart, and what the rule must say of it."""

    rule: str
    name: str
    file: Path
    line: int
    data: Mapping[str, Any]


@record
class Compared:
    """One thing that a scenario expects, and what was found: the prediction, a criterion, or the deciding criteria."""

    name: str
    expected: str
    found: str
    reason: str = ""

    @property
    def agrees(self) -> bool:
        return self.expected == self.found


@record
class Outcome:
    """What the program said of a scenario; `faults` is empty where it is as expected."""

    scenario: Scenario
    faults: tuple[str, ...]
    item: ItemReport
    compared: tuple[Compared, ...] = ()


def read_scenarios(folder: Path) -> Iterator[Scenario]:
    """Every scenario below a rule folder, or of one scenario file. Raises InputError for a broken file."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.test.yaml"))
    schema = load_schema("rulebook/scenario.schema.json")
    for path in files:
        file = read_yaml(path)
        if problems := check_schema(file, schema):
            raise InputError(problems)
        for number, data in enumerate(file.data["scenarios"]):
            line, _ = file.places[("scenarios", number)]
            yield Scenario(file.data["rule"], data["name"], path, line, data)


def run_scenario(scenario: Scenario, rulebook: Rulebook) -> Outcome:
    """Run one scenario and compare."""
    from checker.api import check_request

    request, chart, as_of = case_of(scenario, rulebook)
    item = check_request(request, chart, rulebook, as_of).items[0]
    compared = tuple(_compared(scenario, item))
    return Outcome(scenario, tuple(_faults(scenario, item, rulebook, compared)), item, compared)


def case_of(scenario: Scenario, rulebook: Rulebook) -> tuple[Request, Chart, date]:
    """The request and chart of a scenario, and the day by whose guidelines it is judged."""
    data = scenario.data
    as_of = date.fromisoformat(data["as_of"]) if "as_of" in data else DEFAULT_DAY
    request = _request(data)
    return request, _chart(data, request, rulebook, as_of), as_of


def run_scenarios(rulebook: Rulebook, folder: Path) -> list[Outcome]:
    """Run all scenarios below a folder."""
    return [run_scenario(scenario, rulebook) for scenario in read_scenarios(folder)]


def _request(data: Mapping[str, Any]) -> Request:
    item = data["item"]
    words = {"request": item} if isinstance(item, str) else item
    treatment = words.get("treatment", ())
    entries = [
        Item(
            id="item-1",
            request=words["request"],
            treatments=(treatment,) if isinstance(treatment, str) else tuple(treatment),
            body_parts=tuple(words.get("body_parts", ())),
            side=words.get("side"),
        )
    ]
    entries += [Item(id=f"item-{n}", request=text) for n, text in enumerate(data.get("other_items", ()), 2)]
    patient = data.get("patient", {})
    injury = Injury(date.fromisoformat(data["injury"])) if "injury" in data else Injury()
    return Request(tuple(entries), patient=Patient(patient.get("age"), patient.get("sex")), injury=injury)


def _chart(data: Mapping[str, Any], request: Request, rulebook: Rulebook, as_of: date) -> Chart:
    findings = [_finding(entry) for entry in data.get("findings", ())]
    events = [_event(entry, "done") for entry in data.get("tried", ())]
    events += [_event(entry, "planned") for entry in data.get("planned", ())]
    if "text" in data:
        from checker.chart.recognise import build_recogniser, read_text

        reading = read_text(
            build_recogniser(rulebook), data["text"], document="note", page=1, date=as_of, document_type=None
        )
        findings += reading.findings
        events += reading.events
    return make_chart(findings, events)


def _finding(entry: str | Data) -> Finding:
    if isinstance(entry, str):
        return Finding(entry)
    return Finding(
        finding=entry["finding"],
        status=entry.get("status", "present"),
        body_part=entry.get("body_part"),
        side=entry.get("side"),
        date=_day(entry.get("date")),
        value=entry.get("value"),
        unit=entry.get("unit"),
        stated=True,
    )


def _event(entry: Data, status: str) -> TreatmentEvent:
    return TreatmentEvent(
        treatment=entry["treatment"],
        status=entry.get("status", status),
        response=entry.get("response", "not_stated"),
        visits=entry.get("visits"),
        days=entry.get("days"),
        start=_day(entry.get("from")),
        end=_day(entry.get("to")),
        body_part=entry.get("body_part"),
        stated=True,
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _compared(scenario: Scenario, item: ItemReport) -> Iterator[Compared]:
    expect = scenario.data.get("expect", {})
    governs = expect.get("rule", scenario.rule)
    judged = {line.id: line for line in item.criteria if line.rule == governs}
    if "prediction" in expect:
        yield Compared("prediction", expect["prediction"], item.prediction)
    for name, status in expect.get("criteria", {}).items():
        line = judged.get(name)
        yield Compared(name, status, line.status if line else "missing", (line.reason or "") if line else "")
    if "deciding" in expect:
        found, wanted = (", ".join(names) or "nothing" for names in (item.deciding, expect["deciding"]))
        yield Compared("deciding", wanted, found)


def _faults(scenario: Scenario, item: ItemReport, rulebook: Rulebook, compared: tuple[Compared, ...]) -> Iterator[str]:
    governs = scenario.data.get("expect", {}).get("rule", scenario.rule)
    judged = any(line.rule == governs for line in item.criteria)
    if governs in rulebook.rules and not judged and item.rule != governs:
        yield f"rule {governs} does not govern; {item.rule or 'no rule'} does"
    for entry in compared:
        if not entry.agrees:
            kind = "" if entry.name in ("prediction", "deciding") else "criterion "
            yield f"{kind}{entry.name} is {entry.found}, expected {entry.expected}"
