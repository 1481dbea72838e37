"""Faults in rules/procedure are told at their line; names used there exist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.procedure.law import Law
from checker.rulebook.model import Rulebook
from checker.rulebook.procedure import read_procedure

FACT = "  B1: {statement: X., citation: LC 1, basis: {kind: seen, source: example.org}}\n"
LIMIT = "deadlines:\n  x: {title: X, duty: office, start: receipt, facts: [%s], readings: [{add: %s}]}\n"


def problems_of(folder: Path, text: str) -> list[str]:
    (folder / "procedure").mkdir()
    (folder / "procedure" / "x.yaml").write_text(text, encoding="utf-8")
    return [f"{problem.line}: {problem.found} {problem.fix}".strip() for problem in read_procedure(folder, {})]


def test_sound_data_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "facts:\n" + FACT + LIMIT % ("B1", "5 business days")) == []


def test_an_unknown_fact_is_told_with_the_nearest(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "facts:\n" + FACT + LIMIT % ("B11", "5 days")) == ["4: fact B11 Did you mean 'B1'?"]


def test_an_unknown_operator_is_told(tmp_path: Path) -> None:
    text = "requirements:\n  x: {statement: X., facts: [B1], check: {sated: [rfa.signed]}, remedy: Do.}\n"
    found = problems_of(tmp_path, "facts:\n" + FACT + text)
    assert found == ["4: unknown key 'sated' Did you mean 'stated'?"]


def test_a_length_without_unit_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "facts:\n" + FACT + LIMIT % ("B1", '"5"'))[0].startswith("4: deadlines / x / readings")


def test_a_recalled_fact_says_with_what_confidence(tmp_path: Path) -> None:
    text = "facts:\n  B1: {statement: X., citation: LC 1, basis: {kind: recalled}}\n"
    assert problems_of(tmp_path, text) == ["2: facts / B1 / basis: no confidence Add a line 'confidence: …' here."]


def test_names_of_treatments_categories_and_findings_exist(law: Law, rulebook: Rulebook) -> None:
    categories = {treatment.category for treatment in rulebook.treatments.values()}
    for check in [entry.when for entry in law.requirements] + [entry.check for entry in law.requirements]:
        for name, content in operators(check):
            if name in ("items", "items_state"):
                assert set(content.get("categories", ())) <= categories
                assert set(content.get("treatments", ())) <= set(rulebook.treatments)
    assert set(law.formulary["categories"]) <= categories
    for name, others in law.speaks_of.items():
        assert {name, *others} <= set(rulebook.findings) | set(rulebook.treatments)
    kinds = {kind for paper in law.papers for kind in paper.kinds}
    assert {finding.kind for finding in rulebook.findings.values()} <= kinds


def operators(check: Any) -> Iterator[tuple[str, Any]]:
    """Every operator of a check."""
    for name, content in (check or {}).items():
        yield name, content
        for part in content if name in ("all", "any") else [content] if name == "not" else []:
            yield from operators(part)


def test_doors_name_limits_that_exist(law: Law) -> None:
    known = {limit.id for limit in law.limits}
    for door in law.doors:
        named = {part.split("}")[0] for part in door.do.split("{")[1:]}
        assert named <= known
