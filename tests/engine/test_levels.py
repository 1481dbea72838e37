"""What is charted of another level of the spine says nothing of an item; what presses on a nerve counts one level away, too."""

from __future__ import annotations

import pytest

from checker.api import open_rulebook
from checker.chart.model import Finding
from checker.engine.logic import STATUS
from checker.request.model import Asked
from tests.engine.world import outcome, setting

RULEBOOK = open_rulebook()

CASES = [
    # finding, its levels, the levels asked for, whether it counts
    ("nerve-compression-imaging", ["L4-5"], ["L4-5"], True),
    ("nerve-compression-imaging", ["L4-5"], ["L5-S1"], True),
    ("nerve-compression-imaging", ["L5"], ["L5-S1"], True),
    ("nerve-compression-imaging", ["L2-3"], ["L5-S1"], False),
    ("nerve-compression-imaging", ["L2-3", "L4-5"], ["L5-S1"], True),
    ("nerve-compression-imaging", [], ["L5-S1"], True),
    ("nerve-compression-imaging", ["L2-3"], [], True),
    ("nerve-compression-imaging", ["T2"], ["C5-6"], True),  # "T2 signal"
    ("fusion-at-level", ["L5-S1"], ["L4-5"], False),
    ("fusion-at-level", ["L4-5", "L5-S1"], ["L4-5"], True),
    ("fusion-at-level", ["L5-S1"], ["L5", "L4"], True),
    ("diagnostic-block-positive", ["L4-5", "L5-S1"], ["L3-4"], False),
    ("diagnostic-block-positive", ["L3", "L4"], ["L3-4"], True),
    ("spondylolisthesis", ["L3-4"], ["L4-5"], False),
    ("radicular-symptoms", ["L2-3"], ["L5-S1"], True),
]


@pytest.mark.parametrize(("finding", "levels", "asked", "counts"), CASES)
def test_another_level(finding: str, levels: list[str], asked: list[str], counts: bool) -> None:
    place = setting(
        Finding(finding, levels=tuple(levels)),
        parts=("lumbar spine",),
        asked=Asked(("mri",), ("lumbar spine",), levels=tuple(asked)),
        treatment="mri",
        rulebook=RULEBOOK,
    )
    assert STATUS[outcome({"finding": finding}, place).value] == ("met" if counts else "not_documented")
