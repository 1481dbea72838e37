"""The commands that look at the rulebook, over the rules of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import open_rulebook, rules_folder
from checker.cli.examples import facts
from tests.cli.conftest import Run


def test_the_share_of_all_disputes_that_rules_cover(run: Run) -> None:
    volume = open_rulebook().extra["volume"]["volume"]  # type: ignore[index]
    text = " ".join(run("rules", "coverage").stdout.split())
    for entry in volume:
        assert f"{entry['percent']:g} % in {entry['year']}: " in text
    assert f"of {sum(entry['percent'] for entry in volume):.0f} %; within a group" in text


@pytest.mark.parametrize(("option", "more"), [([], False), (["--full"], True)])
def test_reference_pages(run: Run, option: list[str], more: bool, tmp_path: Path) -> None:
    result = run("rules", "reference", *option, tmp_path / "pages")
    assert result.exit_code == 0
    pages = [path for path in (tmp_path / "pages").rglob("*") if path.is_file()]
    assert f"{len(pages)} pages written" in result.output
    whole = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    assert "MTUS Chronic Pain Medical Treatment Guidelines" in whole
    assert ("| criterion | tested by | role | basis |" in whole) is more


def test_scenarios_by_the_file_of_the_rule(run: Run) -> None:
    folder = rules_folder() / "mtus-chronic-pain-2009"
    by_rule = run("rules", "test", folder / "trigger-point-injection.yaml")
    assert by_rule.exit_code == 0
    assert by_rule.output == run("rules", "test", folder / "trigger-point-injection.test.yaml").output


def test_an_example_tells_the_patient_the_plan_and_the_numbers() -> None:
    data = {
        "item": "MRI lumbar spine",
        "as_of": "2016-01-01",
        "patient": {"age": 50, "sex": "female"},
        "findings": ["antalgic-gait", {"finding": "pain-score", "value": 7.0, "unit": "/10"}],
        "planned": [{"treatment": "physical-therapy"}],
    }
    assert list(facts(data, open_rulebook())) == [
        "Requested: MRI lumbar spine",
        "Dates: decided 2016-01-01",
        "Patient: 50, female",
        "The record shows: antalgic or abnormal gait; pain score 7 /10",
        "Planned: physical therapy",
    ]
