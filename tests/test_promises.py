"""The report says what to write for a criterion. Who then writes it, in words of his own, must be read, and who writes half of it must not;
nor must the same words be where a paper only asks for them or says that nothing tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker.api import check_request, open_rulebook
from checker.rulebook.model import Rulebook
from checker.rulebook.scenarios import Scenario, case_of, read_scenarios
from checker.yamlfile import read_yaml

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "tests" / "data" / "promises").glob("*.yaml"))
# Sentences that tell nothing of what is in them.
SILENT = [
    "There is no documentation that {}.",
    "Please document whether {}.",
    "It is unknown whether {}.",
    "The chart does not say that {}.",
    "The guideline asks that {}.",
    "The reviewer wrote that there was no evidence that {}.",
    "The denial asks for proof that {}.",
    "We need a note that {}.",
]
CLAUSE = re.compile(r"(He|She|The|His|Her|There|This|These|A|An|Both|Since|After|With|Without|On|In|At) [^;:?\"]*")
KEPT = ("as_of", "item", "other_items", "patient", "injury")  # of a scenario: what is asked for, and when


@cache
def rulebook() -> Rulebook:
    return open_rulebook()


@cache
def scenarios(rule: str) -> list[Scenario]:
    return list(read_scenarios(ROOT / "rules" / f"{rule}.test.yaml"))


def statuses(entry: dict[str, Any], text: str) -> Iterator[str]:
    """The status of a criterion when a paper says `text`, in each setting of its rule's scenarios in which it is asked."""
    rule, name = entry["criterion"].split("#")
    for scenario in scenarios(rule):
        data = {key: value for key, value in scenario.data.items() if key in KEPT} | {"text": text}
        data |= {key: entry[key] for key in KEPT if key in entry}
        request, chart, day = case_of(Scenario(rule, text, scenario.file, scenario.line, data), rulebook())
        report = check_request(request, chart, rulebook(), day).items[0]
        yield from (one.status for one in report.criteria if (one.rule, one.id) == (rule, name))


def cases() -> Iterator[Any]:
    for path in FILES:
        for entry in read_yaml(path).data:
            for key in ("met", "not"):
                for text in entry.get(key, ()):
                    yield pytest.param(entry, text, key == "met", id=f"{entry['criterion']} {key} {text[:60]}")


@pytest.mark.parametrize(("entry", "text", "is_met"), list(cases()))
def test_what_the_remedy_asks_for_is_read(entry: dict[str, Any], text: str, is_met: bool) -> None:
    found = next((one for one in statuses(entry, text) if one != "not_applicable"), "")
    assert found, "asked in no scenario of its rule: give an item, or a scenario in which it is asked"
    assert (found == "met") is is_met, found


def clauses() -> Iterator[Any]:
    """The texts of the tables that are one clause, as it stands inside a sentence."""
    for path in FILES:
        for entry in read_yaml(path).data:
            for text in entry.get("met", ()):
                if CLAUSE.fullmatch(text) and not re.search(r"[a-z0-9)]\. [A-Z0-9]", text):
                    clause = text[0].lower() + text[1:].rstrip(".")
                    yield pytest.param(entry, clause, id=f"{entry['criterion']} {clause[:60]}")


@pytest.mark.parametrize(("entry", "clause"), list(clauses()))
def test_what_a_paper_does_not_tell_is_never_read_as_told(entry: dict[str, Any], clause: str) -> None:
    def found(text: str) -> str:
        asked = statuses(entry, text)
        return next((status for status in asked if status != "not_applicable"), "")

    if found("The patient returns today.") != "met":  # of what the request itself meets, silence is no test
        assert [frame for frame in SILENT if found(frame.format(clause)) == "met"] == []
