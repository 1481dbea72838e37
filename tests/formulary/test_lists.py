"""What the dated lists say of a drug: known in part before a published list is loaded, in full after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.api import open_rulebook
from checker.formulary.lists import Standing, list_on, standing
from checker.rulebook.model import Rulebook

RULEBOOK = open_rulebook()
WHOLE = """list: {version: v50, from: "2030-01-01", complete: true, source: made for this test}
entries:
  - {drug: naproxen, status: exempt}
  - {drug: acetaminophen / hydrocodone, status: non-exempt, special_fill: 4}
  - {drug: diclofenac, form: oral, status: exempt}
  - {drug: diclofenac, form: topical, status: non-exempt}
"""
PART = """list: {version: update of v50, from: "2030-03-01", complete: false, source: made for this test}
entries:
  - {drug: naproxen, status: non-exempt}
"""


def stands(drug: str, day: str, rulebook: Rulebook = RULEBOOK) -> Standing:
    found = standing(drug, date.fromisoformat(day), rulebook)
    assert found is not None
    return found


@pytest.fixture
def loaded(tmp_path: Path) -> Rulebook:
    """The rulebook with a complete list of 2030 and a part of a later one."""
    folder = tmp_path / "pack" / "formulary"
    folder.mkdir(parents=True)
    (folder / "list-2030-01-01.yaml").write_text(WHOLE)
    (folder / "list-2030-03-01.yaml").write_text(PART)
    return open_rulebook((tmp_path / "pack",))


def test_there_is_no_list_before_2018() -> None:
    assert standing("naproxen", date(2017, 12, 31), RULEBOOK) is None
    assert list_on(date(2017, 12, 31), RULEBOOK) is None


@pytest.mark.parametrize(
    ("drug", "day", "status"),
    [
        ("naproxen", "2018-01-01", "exempt"),
        ("hydrocodone-acetaminophen", "2018-01-01", "non-exempt"),  # by its class
        ("tramadol-er", "2024-03-01", "non-exempt"),
        ("duloxetine", "2020-10-31", "unknown"),  # before the list of November 2020
        ("duloxetine", "2020-11-01", "exempt"),
        ("betamethasone", "2018-05-14", "unknown"),
        ("betamethasone", "2018-05-15", "non-exempt"),
        ("diclofenac", "2024-03-01", "exempt"),
        ("topical-diclofenac", "2024-03-01", "unknown"),  # what is said of tablets is not said of a gel
        ("ibuprofen-famotidine", "2024-03-01", "unknown"),  # a combination is a drug of its own
        ("topical-oral-drug", "2024-03-01", "compounded"),
        ("oral-compound-kit", "2024-03-01", "compounded"),
        ("sildenafil", "2024-03-01", "unknown"),  # known in part: missing is not unlisted
    ],
)
def test_status(drug: str, day: str, status: str) -> None:
    assert stands(drug, day).status == status


def test_a_remembered_status_is_not_verified_and_a_weak_one_decides_nothing() -> None:
    assert not stands("naproxen", "2024-03-01").entry.is_verified  # type: ignore[union-attr]
    assert not stands("naproxen", "2024-03-01").is_weak
    assert stands("gabapentin", "2024-03-01").is_weak
    assert stands("duloxetine", "2021-01-01").entry.is_verified  # type: ignore[union-attr]


def test_versions_whose_rows_are_missing_are_named() -> None:
    assert stands("naproxen", "2018-01-31").list.newer is None
    assert stands("naproxen", "2024-03-01").list.newer == "v11 of 2024-02-15"
    assert stands("duloxetine", "2020-12-01").list.newer is None


def test_on_a_whole_list_what_is_missing_is_unlisted(loaded: Rulebook) -> None:
    assert stands("sertraline", "2030-02-01", loaded).status == "unlisted"
    assert stands("naproxen", "2030-02-01", loaded).status == "exempt"
    assert stands("hydrocodone-acetaminophen", "2030-02-01", loaded).entry.special_fill == 4  # type: ignore[union-attr]
    assert stands("opioid", "2030-02-01", loaded).status == "unknown"  # a class has no place on a list
    assert stands("diclofenac", "2030-02-01", loaded).status == "exempt"
    assert stands("topical-diclofenac", "2030-02-01", loaded).status == "non-exempt"


def test_a_part_changes_only_what_it_names(loaded: Rulebook) -> None:
    assert stands("naproxen", "2030-03-01", loaded).status == "non-exempt"
    assert stands("diclofenac", "2030-03-01", loaded).status == "exempt"
    assert stands("sertraline", "2030-03-01", loaded).status == "unlisted"


def test_a_whole_list_ends_what_was_remembered(loaded: Rulebook) -> None:
    assert stands("naproxen", "2029-12-31", loaded).list.version == "v7"
    assert stands("ibuprofen", "2030-01-01", loaded).status == "unlisted"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WHOLE.replace("exempt}", "free}", 1), "'free'"),
        (WHOLE + "  - {drug: naproxen, status: exempt}\n", "naproxen again"),
        (WHOLE.replace("complete: true", "complete: yes"), "'yes'"),
        (WHOLE.replace("  - {drug: naproxen", "  - {kind: nsaid, drug: naproxen"), "drug and kind together"),
        (WHOLE.replace("drug: naproxen, ", ""), "neither drug nor kind"),
        ("entries: []\n", "list"),
    ],
)
def test_a_list_with_a_fault_is_refused(tmp_path: Path, text: str, found: str) -> None:
    from checker.rulebook.formulary import read_list

    path = tmp_path / "list.yaml"
    path.write_text(text)
    problems: list[object] = []
    assert read_list(path, problems) is None  # type: ignore[arg-type]
    assert any(found in str(problem) for problem in problems)
