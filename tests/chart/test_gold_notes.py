"""The reading of 200 chart notes against hand-made gold: precision and recall may rise, not fall, on any of the seven sets.

On a fall, `python benchmarks/reading_gold.py dev --misses` lists the sentences; those of the hidden sets stay unseen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reading_gold import NOTES, SETS, Score, main, measure, tools
from checker.yamlfile import read_yaml

# (precision, recall) reached on each set; raise them with the reader. Goal on the hidden notes: 0.95 and 0.85.
FLOORS = {
    ("dev", "finding status"): (0.96, 0.95),
    ("dev", "treatment status"): (0.95, 0.87),
    ("dev", "all"): (0.96, 0.93),
    ("hard", "finding status"): (0.98, 0.88),
    ("hard", "treatment status"): (0.94, 0.83),
    ("hard", "all"): (0.97, 0.87),
    ("fresh", "all"): (0.91, 0.86),
    ("varied", "all"): (0.96, 0.83),
    ("heldout", "finding status"): (0.91, 0.85),
    ("heldout", "treatment status"): (0.909, 0.845),
    ("heldout", "all"): (0.91, 0.85),
    ("unseen", "finding status"): (0.9, 0.847),
    ("unseen", "treatment status"): (0.895, 0.88),
    ("unseen", "all"): (0.903, 0.86),
    ("apart", "all"): (0.897, 0.673),
}
STATUSES = {
    "finding": {"present", "absent", "not_stated"},
    "treatment": {"done", "planned", "requested", "authorized", "denied", "declined", "not_done"},
}
TIMES = {"current", "historical", "possible", "planned", "conditional"}
RESPONSES = {"failed", "partial", "improved", "not_stated"}
GOLD = sorted(NOTES.glob("*/*.gold.yaml"))


@cache
def score(name: str) -> Score:
    return measure(name)


@pytest.mark.parametrize(("name", "table"), FLOORS)
def test_precision_and_recall_do_not_fall(name: str, table: str) -> None:
    precision, recall = FLOORS[name, table]
    reached = score(name).total(table)
    assert reached.precision >= precision
    assert reached.recall >= recall


def test_all_sets_are_whole() -> None:
    assert {name: score(name).notes for name in SETS} == {
        "dev": 32,
        "hard": 40,
        "fresh": 16,
        "varied": 48,
        "heldout": 32,
        "unseen": 16,
        "apart": 16,
    }


@pytest.mark.parametrize("path", GOLD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_gold_names_words_of_the_vocabulary_and_lines_of_the_note(path: Path) -> None:
    note = path.with_name(path.name.replace(".gold.yaml", ".txt")).read_text(encoding="utf-8").splitlines()
    data = read_yaml(path).data
    rulebook = tools()[0]
    for name, entries, known in (
        ("finding", data["findings"], rulebook.findings),
        ("treatment", data["treatments"], rulebook.treatments),
    ):
        for entry in entries:
            assert entry[name] in known
            assert entry["status"] in STATUSES[name]
            assert note[entry["line"] - 1].strip()
            assert entry.get("body_part", "head") in rulebook.body_parts
            assert entry.get("time", "current") in TIMES
            assert entry.get("response", "not_stated") in RESPONSES


def test_what_was_missed_is_shown_of_the_open_notes_only(capsys: Any) -> None:
    main(["dev", "--misses"])
    assert "dev: 32 notes" in capsys.readouterr().out
    for arguments in (["heldout", "--misses"], ["unseen", "--misses"], ["apart", "--misses"], ["--misses"]):
        with pytest.raises(SystemExit):
            main(arguments)
        told = capsys.readouterr()
        assert "must stay unseen" in told.err
        assert not told.out
