"""What one sentence, or a few, says of findings: there, not there, of the past, possible, planned, or nothing at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.chart.model import Finding
from checker.yamlfile import read_yaml
from tests.chart.reading import read, rulebook

FOLDER = Path(__file__).parents[1] / "data" / "finding_sentences"
SENTENCES = [entry for path in sorted(FOLDER.glob("*.yaml")) for entry in read_yaml(path).data]
TIMES = {"historical": "past", "possible": "possible", "planned": "planned"}
NONE = "none"


def written(finding: Finding) -> str:
    """A finding as the tables write it: `knee-pain present`, `pain-score 6`, `depression past`."""
    if finding.value is not None:
        return f"{finding.finding} {finding.value:g}"
    status = TIMES.get(finding.time, finding.status) if finding.status == "present" else finding.status
    return f"{finding.finding} {status}"


@pytest.mark.parametrize("entry", SENTENCES, ids=lambda entry: entry["say"][:60])
def test_sentence_is_read_as_the_table_says(entry: dict[str, Any]) -> None:
    names = {words.split()[0] for words in entry["reads"]}
    assert names <= rulebook().findings.keys()
    found = {written(finding) for finding in read(entry["say"]).findings if finding.finding in names}
    assert found == {words for words in entry["reads"] if not words.endswith(NONE)}
