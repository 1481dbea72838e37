"""What the papers tell of another side, level or treatment than the one asked for is pointed at, and proves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.api import check_file

KNEE = "MRI LEFT KNEE. Complex tear of the medial meniscus."
ROOT = "Hypoesthesia in the right S1 dermatome."


@pytest.mark.parametrize(
    ("request_line", "paper", "criterion", "place"),
    [
        ("Right knee arthroscopy with meniscectomy", KNEE, "tear-on-mri", "the left knee"),
        ("L2-3 epidural steroid injection", ROOT, "radiculopathy-on-exam", "S1 (right lumbar spine)"),
    ],
)
def test_what_is_told_of_something_else(
    request_line: str, paper: str, criterion: str, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "request.yaml"
    asked = {
        "items": [{"request": request_line}],
        "rfa": {"date": "2015-10-01"},
        "documents": [{"id": "n", "text": paper}],
    }
    path.write_text(json.dumps(asked), encoding="utf-8")
    item = check_file(path).items[0]
    found = next(one for one in item.criteria if one.id == criterion)
    assert (found.status, found.evidence) == ("not_documented", ())
    assert place in (found.reason or "")
    assert paper.split(". ")[-1].rstrip(".") in (found.reason or "")
    first = item.remedies[0]
    assert first.criterion == criterion
    assert first.do.startswith(f"Compare request and papers, which tell this of {place}.")


def test_what_is_told_of_the_side_asked_for_counts(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    asked = {
        "items": [{"request": "Left knee arthroscopy with meniscectomy"}],
        "rfa": {"date": "2015-10-01"},
        "documents": [{"id": "n", "text": KNEE}],
    }
    path.write_text(json.dumps(asked), encoding="utf-8")
    found = {one.id: one for one in check_file(path).items[0].criteria}
    assert (found["tear-on-mri"].status, found["tear-on-mri"].reason) == ("met", None)
