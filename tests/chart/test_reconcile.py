"""What the office states beside what the papers say: both are kept, and where they differ it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import open_request, open_rulebook


@pytest.mark.parametrize(
    ("stated", "paper", "told"),
    [
        ("present", "Spurling's test is negative.", "The request states {label} present; a paper reads absent: Spurling's test"),
        ("absent", "Spurling's test is positive.", "The request states {label} absent; a paper reads present: Spurling's test"),
        ("present", "Spurling's test is positive.", ""),
        ("not_stated", "Spurling's test is positive.", ""),
    ],
)  # fmt: skip
def test_a_difference_is_told(stated: str, paper: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(
        f"items: [{{request: MRI}}]\nfindings: [{{finding: spurling, status: {stated}, body_part: cervical spine}}]\n"
        f'documents: [{{id: p, type: PR-2, date: 2016-01-05, text: "{paper}"}}]\n',
        encoding="utf-8",
    )
    rulebook = open_rulebook()
    chart = open_request(path, rulebook).chart
    differences = [notice for notice in chart.notices if notice.startswith("The request states")]
    assert [notice.startswith(told.format(label=rulebook.findings["spurling"].label)) for notice in differences] == (
        [True] if told else []
    )
    assert len(chart.findings["spurling"]) == 2
