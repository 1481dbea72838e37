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


@pytest.mark.parametrize(
    ("kind", "paper", "is_shown"),
    [
        ("PR-2", "Diagnosis: Medial meniscus tear of the right knee. Plan: MRI of the right knee.", False),
        ("PR-2", "Diagnosis: Medial meniscus tear of the right knee. Plan: Right knee arthroscopy.", True),
        ("PR-2", "Diagnosis: Medial meniscus tear of the right knee. Plan: MRI of the lumbar spine.", True),
        ("PR-2", "MRI 3/1/2016: medial meniscus tear of the right knee. Plan: repeat MRI of the right knee.", True),
        ("RFA", "Medial meniscus tear, right knee | S83.241A | Right knee arthroscopy | 29881", False),
        ("RFA", "The MRI of 3/1/2016 showed a medial meniscus tear of the right knee.", True),
    ],
)  # fmt: skip
def test_a_diagnosis_is_no_picture_while_the_picture_is_asked_for(
    kind: str, paper: str, is_shown: bool, tmp_path: Path
) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(
        f'items: [{{request: Knee arthroscopy}}]\ndocuments: [{{id: p, type: {kind}, date: 2016-05-05, text: "{paper}"}}]\n',
        encoding="utf-8",
    )
    chart = open_request(path, open_rulebook()).chart
    shown = [one for one in chart.findings.get("meniscal-tear-imaging", ()) if one.time == "current"]
    assert bool(shown) is is_shown
    assert any(notice.startswith("A suspicion") for notice in chart.notices) == (kind == "PR-2" and not is_shown)
