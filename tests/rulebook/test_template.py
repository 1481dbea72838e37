"""A new rule is clean but for its to-dos, and its scenarios pass before anything is filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.api import open_rulebook, rules_folder
from checker.problem import InputError
from checker.rulebook.lint import lint
from checker.rulebook.scenarios import run_scenarios
from checker.rulebook.template import skeleton

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("treatment", "guideline"), [("hip-arthroscopy", None), ("buspirone", None)])
def test_a_new_rule(treatment: str, guideline: str | None, tmp_path: Path) -> None:
    begun = skeleton(treatment, guideline, open_rulebook(), TODAY)
    assert begun.rule.endswith(f"/{treatment}")
    assert begun.rule.startswith(guideline or "mtus-")
    for name, text in begun.files:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    problems = lint((rules_folder(), tmp_path), TODAY)
    assert {problem.code for problem in problems} == {"to-do"}
    assert len(problems) == sum(text.count("TODO") for _, text in begun.files)
    outcomes = run_scenarios(open_rulebook((tmp_path,)), tmp_path)
    assert [outcome.faults for outcome in outcomes] == [(), (), ()]


@pytest.mark.parametrize(
    ("treatment", "guideline", "said"),
    [
        ("hernia-repaire", None, "Did you mean 'hernia-repair'?"),
        ("hernia-repair", "ogd", "Did you mean 'odg'?"),
        ("acetaminophen", "odg", "odg/acetaminophen exists already"),
    ],
)
def test_a_name_that_will_not_do(treatment: str, guideline: str | None, said: str) -> None:
    with pytest.raises(InputError, match="rules new") as caught:
        skeleton(treatment, guideline, open_rulebook(), TODAY)
    assert said in str(caught.value)
