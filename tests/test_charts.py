"""A well-documented chart of a common service passes and the usual thin one does not, read from the note alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.api import check_file
from checker.yamlfile import flow, read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "data" / "charts.yaml").data


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['expect']}: {case['request']}")
def test_a_note_alone_decides(case: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(case["note"], encoding="utf-8")
    request = {
        "items": [{"request": case["request"]}],
        "documents": [{"path": "note.txt"}],
        "utilization_review": {"date": case["day"]},
    }
    path = tmp_path / "request.yaml"
    path.write_text(flow(request), encoding="utf-8")
    item = check_file(path).items[0]
    assert item.prediction == case["expect"], [f"{c.id} {c.status}" for c in item.criteria if c.id in item.deciding]
    assert set(case.get("missing", ())) <= set(item.deciding)
