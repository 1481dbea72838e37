"""Every check of lint has a pack that triggers it and nothing else, and one beside it that is clean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.api import rules_folder
from checker.problem import Problem
from checker.rulebook.lint import lint
from checker.rulebook.lint.catalogue import CHECKS, explained

DATA = Path(__file__).parent.parent / "data" / "lint"
TODAY = date(2026, 11, 21)


def found(folder: Path) -> list[Problem]:
    return lint((DATA / "base", folder), TODAY)


def test_every_check_has_its_pair() -> None:
    pairs = {path.name for path in DATA.iterdir()} - {"base"}
    assert pairs == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_the_pair(name: str) -> None:
    problems = found(DATA / name / "triggers")
    assert {problem.code for problem in problems} == {name}
    assert not found(DATA / name / "clean")
    for problem in problems:
        assert Path(problem.file).is_relative_to(DATA / name / "triggers")
        assert 0 < problem.line <= len(Path(problem.file).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", CHECKS)
def test_the_explanation(name: str) -> None:
    about = CHECKS[name]
    assert about.finds.endswith(".")
    assert about.wrong != about.right
    assert about.why in explained(name)


@pytest.mark.parametrize(
    ("name", "file", "line", "said", "fix"),
    [
        ("unknown-finding", "heat-pack.yaml", 8, "finding warmht", "Did you mean 'warmth'?"),
        ("unknown-finding", "own.yaml", 2, "finding swellng", "Did you mean 'swelling'?"),
        ("unknown-finding", "heat-pack.test.yaml", 10, "finding stifness", "Did you mean 'stiffness'?"),
        ("unknown-treatment", "heat-pack.test.yaml", 10, "treatment ice-pak", "Did you mean 'ice-pack'?"),
        ("unknown-treatment", "guidelines.yaml", 2, "treatment ice-pck", "Did you mean 'ice-pack'?"),
        ("unknown-body-part", "guidelines.yaml", 2, "body part elbo", "Did you mean 'elbow'?"),
        ("unknown-rule", "cold-pack.test.yaml", 1, "rule: made-up-2010/cold-pack", "Did you mean 'made-up-2010/ice-pack'?"),
        ("unknown-rule", "ice-pack.test.yaml", 6, "rule made-up-2010/ice-packs", "Did you mean 'made-up-2010/ice-pack'?"),
        ("unknown-source", "heat-pack.yaml", 4, "source Guideline", "Did you mean 'Made-up guideline'?"),
        ("unknown-guideline", "heat-pack.yaml", 3, "guideline: made-up-2011", "Did you mean 'made-up-2010'?"),
        ("unknown-flag", "heat-pack.yaml", 8, "flag rentel", "Did you mean 'rental'?"),
        ("phrase-claimed", "own.yaml", 2, "heat and warmth both claim 'hot'", ""),
        ("statement-count", "heat-pack.yaml", 8, "the statement of warmth says 2 of 3, its check tests 1 of 3", ""),
        ("statement-count", "heat-pack.yaml", 12,
         "the statement of signs says at least 3, its check tests 2 of 3", ""),
        ("duplicate-criteria", "heat-pack.yaml", 16,
         "warmth and stiffness have the same statement over different checks", ""),
        ("waiver-unknown", "heat-pack.yaml", 9, "waiver at warmht", ""),
        ("statement-number", "heat-pack.yaml", 8, "the statement of warmth says 42 days, its check tests at least 28 days", ""),
        ("edition-gap", "guidelines.yaml", 2,
         "no edition from 2020-01-01 to 2020-01-31, between made-up-2010 and made-up-2020", ""),
        ("rule-ended", "own.yaml", 2, "no rule for cold-wrap from 2020-01-01, when its edition has ended", ""),
        ("waiver-expired", "heat-pack.yaml", 7, "waiver of no-remedy ended 2026-01-31", ""),
    ],
)  # fmt: skip
def test_a_finding_says_where_and_what(name: str, file: str, line: int, said: str, fix: str) -> None:
    problems = [problem for problem in found(DATA / name / "triggers") if problem.found == said]
    assert [(Path(p.file).name, p.line, p.fix) for p in problems] == [(file, line, fix)]


def test_the_rules_of_the_program_are_clean() -> None:
    assert lint((rules_folder(),), TODAY) == []
