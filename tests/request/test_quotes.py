"""What counts as a quote, and what the message says where words are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import open_request, open_rulebook
from checker.chart.as_request import entries_of
from checker.request.quotes import Fault, fault_of

NOTE = """PROGRESS REPORT
01/15/2016
Lumbar radiculopathy noted. Spurling's test is positive on the right.
Pain is 7/10 today. HNP at L5-S1. DP 2+. TTD.
"""
EMPTY = "too little to prove anything"


NOTES = sorted((Path(__file__).parents[1] / "data" / "notes" / "dev").glob("*.txt"))


def fault(quote: str, text: str = NOTE) -> Fault | None:
    return fault_of(quote, {"pr2": [text]}, open_rulebook())


@pytest.mark.parametrize(
    "quote",
    [
        "radiculopathy",
        "Spurling's test is positive",
        "Spurling\u2019s test",
        "Pain is 7/10",
        "HNP",
        "HNP at L5-S1",
        "DP 2+",
        "TTD.",
        "positive on the right",
    ],
)
def test_words_that_stand_there_are_proof(quote: str) -> None:
    assert fault(quote) is None


@pytest.mark.parametrize(
    "quote", ["a", ".", " ", "15", "01/15/2016", "7/10", "on the", "is", "on the right", "the", "No", "L5-S1"]
)
def test_words_that_say_nothing_are_no_proof(quote: str) -> None:
    found = fault(quote)
    assert found is not None
    assert EMPTY in found.found


@pytest.mark.parametrize(
    ("quote", "fix"),
    [
        ("7/10", "Copy more of the line: 'Pain is 7/10 today. HNP at L5-S1. DP 2+. TTD.'."),
        ("a", "Copy the line of the paper that says it; one word is enough where it says all."),
        ("adicul", "Write whole words: 'radiculopathy'."),
        ("umbar radiculopath", "Write whole words: 'Lumbar radiculopathy'."),
        ("SPURLING'S TEST", "Write it as it stands there: 'Spurling's test'."),
        ("Spurlings test positive on the right", 'The nearest line is "Spurling\'s test is positive on the right.".'),
        ("twitch response", "Copy the words from the paper."),
    ],
)
def test_the_message_says_what_to_write(quote: str, fix: str) -> None:
    found = fault(quote)
    assert found is not None
    assert found.fix == fix


def test_a_paper_without_text_has_no_words_to_quote() -> None:
    found = fault("radiculopathy", " ")
    assert found is not None
    assert found.fix.startswith("Nothing was read from this paper")


@pytest.mark.parametrize("note", NOTES, ids=lambda note: str(note.stem))
def test_every_quote_that_read_prints_may_be_stated(note: Path, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_bytes(note.read_bytes())
    request = tmp_path / "request.yaml"
    request.write_text("items: [{request: MRI}]\ndocuments: [{id: p, path: p.txt, type: PR-2}]\n", encoding="utf-8")
    opened = open_request(request, open_rulebook())
    papers = {"p": [page.text for page in opened.pages["p"].pages]}
    quotes = [entry.data["source"]["quote"] for entry in entries_of(opened.chart, []) if "source" in entry.data]
    assert quotes
    assert [quote for quote in quotes if fault_of(quote, papers, open_rulebook())] == []
