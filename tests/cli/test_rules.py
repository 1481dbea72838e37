"""The commands that look at the rulebook and at a chart, over a small rulebook made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result

from checker import api
from checker.chart.model import Evidence, Finding, TreatmentEvent, make_chart
from checker.problem import Problem
from checker.request.model import Item, Request
from checker.rulebook.model import (
    All,
    Basis,
    Bounds,
    Criterion,
    FindingCheck,
    FindingType,
    Guideline,
    Rule,
    Rulebook,
    Scope,
    Silence,
    Treatment,
    TriedCheck,
)
from checker.rulebook.scenarios import Compared

Run = Callable[..., Result]
TRIED = TriedCheck(("rest",), ("failed",), Bounds(6, unit="visits"))
CHECK = All((FindingCheck(("warmth",), body_part="requested"), TRIED))
CRITERION = Criterion("warmth", "The part is cold.", CHECK, Basis("recalled", "a book", "low"), remedy="Measure it.")
RULE = Rule("new/heat", "Heat", "new", Scope(("heat",), ("knee",)), "recommended_with_criteria", (CRITERION,))
RULEBOOK = Rulebook(
    guidelines={
        "old": Guideline("old", "odg", "Old book", "acoem-odg", None, date(2015, 1, 1), "cited"),
        "new": Guideline("new", "mtus-knee", "New book", "mtus", date(2015, 1, 2), None, "8 CCR",
                         silent_on=(Silence(("ice",), "says nothing on ice"),)),
    },
    rules={"new/heat": RULE},
    treatments={
        "heat": Treatment("heat", "Heat pack", "modality", ("hot pack*",), ("97010",)),
        "ice": Treatment("ice", "Ice pack", "modality", ("cold pack*",)),
    },
    findings={"warmth": FindingType("warmth", "Warmth", "exam", ("warm|hot",))},
    by_treatment={"heat": ("new/heat",)},
)  # fmt: skip


@pytest.fixture(autouse=True)
def rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "open_rulebook", lambda extra=(): RULEBOOK)


def test_list(run: Run) -> None:
    assert run("rules", "list").stdout == "new/heat: Heat\n1 rule.\n"
    assert run("rules", "list", "--treatment", "ice").stdout == "0 rules.\n"
    assert run("rules", "list", "--guideline", "odg").stdout == "0 rules.\n"


@pytest.mark.parametrize("command", [["rules", "show"], ["explain"]])
def test_show_a_rule(run: Run, command: list[str]) -> None:
    text = " ".join(run(*command, "new/heat").stdout.split())
    assert "tested: warmth recorded present at the requested body part and rest tried with response failed" in text
    assert "at least 6 visits" in text
    assert "basis: recalled, low confidence (a book)" in text
    assert "remedy: Measure it." in text


def test_show_suggests(run: Run) -> None:
    result = run("rules", "show", "new/heet")
    assert result.exit_code == 2
    assert "Did you mean 'new/heat'?" in result.stderr


def test_match(run: Run) -> None:
    text = run("rules", "match", "Hot packs for the knee").stdout
    assert "treatments: heat (Heat pack)\n" in text
    assert "rules: new/heat\n" in text


def test_coverage(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.rulebook.scenarios.run_scenarios", lambda rulebook, folder: [])
    text = run("rules", "coverage", "--verbose").stdout
    assert "new/heat: warmth not_met, not_documented, met\n" in text
    assert "Scenarios reach 0 of 3 branches; 1 of 1 criteria have one that no scenario\nreaches." in text
    assert "modality: 1 of 2 treatments have a rule\n  without a rule: ice\n1 of 2 treatments have a rule." in text
    assert "0 of 2 treatments" in run("rules", "coverage", "--on", "2014-01-01").stdout


def test_coverage_for_programs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.rulebook.scenarios.run_scenarios", lambda rulebook, folder: [])
    data = json.loads(run("rules", "coverage", "--format", "json").stdout)
    assert data["unreached"] == [
        {"rule": "new/heat", "criterion": "warmth", "line": 0, "missing": ["not_met", "not_documented", "met"]}
    ]
    assert data["guidelines"][0]["bases"]["recalled low"] == 1
    assert data["without_rule"] == {"modality": ["ice"]}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("heat", "rules: new/heat"),
        ("warmth", "read from: warm|hot"),
        ("new", "silent: says nothing on ice"),
        ("not met", "The record shows the contrary"),
        ("Not-Documented", "The record is silent"),
    ],
)
def test_explain(run: Run, name: str, said: str) -> None:
    assert said in run("explain", name).stdout


def test_explain_suggests(run: Run) -> None:
    result = run("explain", "warmt")
    assert result.exit_code == 2
    assert "Did you mean 'warmth'?" in result.stderr


def test_guidelines(run: Run) -> None:
    assert "Old book" in run("guidelines", "--on", "2015-01-01").stdout
    later = run("guidelines", "--on", "2015-01-02").stdout
    assert "New book" in later
    assert "Old book" not in later
    assert run("guidelines", "--on", "2015-01-02", "--topic", "shoulder").exit_code == 3


@pytest.mark.parametrize("found", ["met", "not_met"])
def test_scenarios(run: Run, monkeypatch: pytest.MonkeyPatch, found: str, tmp_path: Path) -> None:
    scenario = SimpleNamespace(rule="new/heat", name="A cold knee", file=tmp_path / "heat.test.yaml", line=3)
    lines = (Compared("prediction", "overturned", "overturned"), Compared("warmth", "met", found, "papers disagree"))
    faults = tuple(f"criterion {line.name} is {line.found}" for line in lines if not line.agrees)
    outcomes = [SimpleNamespace(scenario=scenario, faults=faults, compared=lines)]
    monkeypatch.setattr("checker.rulebook.scenarios.run_scenarios", lambda rulebook, folder: outcomes)
    result = run("rules", "test", tmp_path)
    failed = found != "met"
    assert result.exit_code == failed
    assert result.stdout.endswith(f"1 scenarios: {1 - failed} passed, {int(failed)} failed.\n")
    assert ("FAILED new/heat::A cold knee" in result.stdout) is failed
    table = "      prediction  expected overturned      found overturned\n    ! warmth      expected met             found not_met"
    assert (f"{table}         (papers disagree)\n" in result.stdout) is failed
    data = json.loads(run("rules", "test", tmp_path, "--format", "json").stdout)
    assert data["failed"] == failed
    assert data["scenarios"][0]["compared"][1]["found"] == found


def test_scenarios_of_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.rulebook.scenarios.run_scenarios", lambda rulebook, folder: [])
    assert run("rules", "test", "no/such-rule").exit_code == 2


@pytest.mark.parametrize(("count", "code"), [(0, 0), (2, 1)])
def test_lint(run: Run, monkeypatch: pytest.MonkeyPatch, count: int, code: int) -> None:
    problems = [Problem("heat.yaml", 3, 1, "x", "no source", "a source")] * count
    monkeypatch.setattr("checker.rulebook.lint.lint", lambda folders, today: problems)
    result = run("rules", "lint")
    assert result.exit_code == code
    assert result.stdout.count("heat.yaml:3:1: [x] no source; expected a source.") == count


def test_lint_explains(run: Run) -> None:
    assert "Why: The rule would deny every request." in run("rules", "lint", "--explain", "never-met").stdout
    assert "edition-gap: A day between two editions" in run("rules", "lint", "--explain", "all").stdout
    assert "Did you mean 'never-met'?" in run("rules", "lint", "--explain", "nevermet").stderr


def test_read(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text("items: []\n", encoding="utf-8")
    proof = Evidence("pr2", "warm \x1b[2Jknee", 1, 7)
    chart = make_chart(
        [Finding("warmth", body_part="knee", value=38.5, unit="C", evidence=proof), Finding("unknown", stated=True)],
        [TreatmentEvent("heat", response="failed", visits=6, start=date(2014, 1, 2))],
        ["page 3 could not be read"],
    )
    request = Request((Item("a", "Hot pack"),))
    monkeypatch.setattr(api, "read_chart", lambda path, **options: (request, chart, RULEBOOK))
    text = run("read", path, "--format", "list").stdout
    assert "Warmth: present, 38.5 C, knee" in text
    assert '"warm [2Jknee"' in text
    assert "Heat pack: done, failed, 6 visits, 2014-01-02" in text
    assert "page 3 could not be read" in text
    data = json.loads(run("read", path, "--format", "json").stdout)
    assert data["findings"][0]["value"] == 38.5
    assert data["treatments"][0]["start"] == "2014-01-02"
