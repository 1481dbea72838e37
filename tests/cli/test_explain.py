"""`imr-check explain` over the packaged rules: what is asked, why, how charts show it, and a case each way."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from checker.cli.help_examples import EXAMPLES
from checker.report import wording

Run = Callable[..., Result]
TABLES = (wording._REQUIRED, wording._EXCLUSION)
TPI = "mtus-chronic-pain-2009/trigger-point-injection"


def words(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


def test_a_criterion(run: Run) -> None:
    said = words(run("explain", f"{TPI}#trigger-point"))
    assert "The examination locates a circumscribed trigger point in the requested region." in said
    assert "asked by: MTUS Chronic Pain Medical Treatment Guidelines 2009, Trigger point injections" in said
    assert "why: The demand is taken from how IMR reviewers apply the guideline." in said
    assert 'charts say: "' in said
    assert "what the office can do: In the examination of the requested region" in said
    met, _, rest = said.partition("It is met:")[2].partition("The record shows the contrary:")
    assert "trigger points" in met
    assert "twitch" in met
    assert "no trigger points" in rest


def test_a_list_of_words(run: Run) -> None:
    said = words(run("explain", "<any-nsaid>"))
    assert said.startswith("<any-nsaid>, a list of words for phrases: ")
    assert "; naproxen;" in said
    assert "[medicine]" in words(run("explain", "drug-relief-stated")).partition("read from:")[0]


def test_a_criterion_of_several_rules(run: Run) -> None:
    said = words(run("explain", "twitch-response"))
    assert "Criterion twitch-response, asked by 2 rules" in said
    assert f'imr-check explain "{TPI}#twitch-response"' in said


def test_a_criterion_that_the_rule_does_not_have(run: Run) -> None:
    result = run("explain", f"{TPI}#twitch")
    assert result.exit_code == 2
    assert "has no criterion 'twitch'" in result.stderr
    assert "twitch-response" in result.stderr


def test_a_rule_with_a_case_each_way(run: Run) -> None:
    said = words(run("explain", TPI))
    passes, _, fails = said.partition("A case that passes:")[2].partition("A case that fails:")
    assert "Done before: physical therapy, 12 visits, did not help" in passes
    assert "Requested: " in fails


def test_a_treatment_with_a_case_each_way(run: Run) -> None:
    said = words(run("explain", "trigger-point-injection"))
    assert "written as: trigger point injection" in said
    assert "By the newest rule, mtus-acoem-" in said
    assert "A case that fails:" in said


def test_a_finding(run: Run) -> None:
    said = words(run("explain", "straight-leg-raise"))
    assert 'charts say: "slr positive"' in said
    assert 'or, where it is not so: "slr negative"' in said
    assert "asked by: " in said


@pytest.mark.parametrize(("usual", "told"), [("TPI", "treatment trigger-point-injection"), ("hep", "treatment home-exercise"),
                                              ("Antalgic or abnormal gait", "finding antalgic-gait")])  # fmt: skip
def test_usual_words(run: Run, usual: str, told: str) -> None:
    assert told in words(run("explain", usual))


@pytest.mark.parametrize("line", [line for line, _ in EXAMPLES["explain"]])
def test_the_examples_of_its_help(run: Run, line: str) -> None:
    assert words(run(*shlex.split(line)[1:]))


def test_a_pack_brings_its_own_cases(run: Run, tmp_path: Path) -> None:
    rules = Path(__file__).parents[2] / "rules"
    for end in ("yaml", "test.yaml"):
        text = (rules / f"{TPI}.{end}").read_text(encoding="utf-8").replace("- name: ", "- name: Ours, ")
        (tmp_path / TPI).parent.mkdir(exist_ok=True)
        (tmp_path / f"{TPI}.{end}").write_text(text, encoding="utf-8")
    assert "A case that passes: Ours, " in words(run("explain", "--rules", tmp_path, TPI))


@pytest.mark.parametrize("mark", sorted({mark.word for table in TABLES for mark in table.values()}))
def test_every_mark_of_a_criterion_is_explained(mark: str, run: Run) -> None:
    assert words(run("explain", *mark.split())).startswith(f"{mark}: ")


@pytest.mark.parametrize("name", ["IMR", "UR", "RFA", "MTUS", "ODG", "ACOEM", "remedy", "stated by the office"])
def test_a_word_of_the_field(name: str, run: Run) -> None:
    assert words(run("explain", *name.split())).lower().startswith(f"{name.lower()}: ")
