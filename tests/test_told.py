"""What a report tells of its own input: pages that were not read, and a day that nobody stated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.chart.documents import ocr

REQUEST = "items:\n  - request: MRI of the lumbar spine\ndocuments:\n  - path: {paper}\n{more}"


def request(folder: Path, paper: str, more: str = "") -> Path:
    """A request for one service with one paper."""
    path = folder / "request.yaml"
    path.write_text(REQUEST.format(paper=paper, more=more), encoding="utf-8")
    return path


def test_a_picture_that_was_not_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "can_read_pictures", lambda: False)
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    report = api.check_file(request(tmp_path, "scan.png"))
    assert report.unread == ("scan, page 1",)
    assert any(notice.startswith("scan, page 1: a picture, not read") for notice in report.notices)


def test_a_paper_that_was_read_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("EXAM: tender.\n", encoding="utf-8")
    assert api.check_file(request(tmp_path, "note.txt")).unread == ()


@pytest.mark.parametrize("stated", ["rfa: {date: 2013-10-23}", "utilization_review: {date: 2013-10-23}"])
def test_a_day_that_is_assumed_is_told(stated: str, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("EXAM: tender.\n", encoding="utf-8")
    assert api.check_file(request(tmp_path, "note.txt")).notices[0] == api.TODAY
    assert api.TODAY not in api.check_file(request(tmp_path, "note.txt"), as_of=date(2016, 7, 28)).notices
    report = api.check_file(request(tmp_path, "note.txt", f"{stated}\n"))
    assert report.as_of == date(2013, 10, 23)
    assert api.TODAY not in report.notices
