"""Drugs as prescriptions name them: brand, generic, salt, strength, combination and misspelling lead to the ingredient."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import open_rulebook
from checker.request.model import Item
from checker.rulebook.kinds import kinds_of
from checker.rulebook.match import build_matcher, match_item
from checker.rulebook.spelling import distance
from checker.yamlfile import read_yaml

DRUGS: dict[str, list[str]] = read_yaml(Path(__file__).parent.parent / "data" / "drug_names.yaml").data["drugs"]
NAMES = [(words, drug) for drug, texts in DRUGS.items() for words in texts]


def asked_for(words: str) -> tuple[str, ...]:
    return match_item(Item("item", words), build_matcher(open_rulebook()))[0].treatments


def test_the_list_covers_the_commonest_drugs() -> None:
    assert len(DRUGS) >= 150


@pytest.mark.parametrize(("words", "drug"), NAMES, ids=[words for words, _ in NAMES])
def test_the_words_lead_to_the_drug_and_to_nothing_else(words: str, drug: str) -> None:
    assert asked_for(words) == (drug,)


@pytest.mark.parametrize("drug", DRUGS)
def test_every_drug_is_a_medication(drug: str) -> None:
    assert "medication" in kinds_of(drug, open_rulebook())


@pytest.mark.parametrize(
    "words",
    [
        "Clobazam 10 mg",  # looks like clonazepam
        "Amiodarone 200 mg",  # looks like amlodipine
        "Clomiphene 50 mg",
        "Primidone 50 mg",  # looks like prednisone
        "An ordinary sentence about a patient",
    ],
)
def test_another_drug_is_not_taken_for_a_slip(words: str) -> None:
    assert not asked_for(words)


def test_a_word_as_near_to_one_drug_as_to_another_stays_unread() -> None:
    assert distance("prednisoone", "prednisone") == distance("prednisoone", "prednisolone") == 1
    assert not asked_for("Prednisoone 10 mg")


@pytest.mark.parametrize(
    ("left", "right", "slips"),
    [("soma", "soma", 0), ("smoa", "soma", 1), ("nroco", "norco", 1), ("ultrm", "ultram", 1)],
)
def test_slips_of_the_pen(left: str, right: str, slips: int) -> None:
    assert distance(left, right) == slips
