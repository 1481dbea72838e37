"""A paper in which nothing stands is named as unread, whatever its kind: its silence is not that of the record."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from checker.api import check_file

DOCX = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t> </w:t></w:r></w:p></w:body></w:document>"
)


def _docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", DOCX)


@pytest.mark.parametrize("content", [b"", b" \n\n \x0c \n", b"\xef\xbb\xbf", b"{\\rtf1 }", None])
@pytest.mark.parametrize("name", ["pr2.txt", "pr2.pdf"])
def test_an_empty_paper_is_named_as_unread(name: str, content: bytes | None, tmp_path: Path) -> None:
    if content is None:
        _docx(tmp_path / name)
    else:
        (tmp_path / name).write_bytes(content)
    request = tmp_path / "request.yaml"
    request.write_text(f"items: [{{request: Lumbar MRI}}]\ndocuments: [{{id: note, path: {name}}}]\n", encoding="utf-8")
    report = check_file(request)
    assert report.unread == ("note, page 1",)
    assert any(
        notice.startswith("note, page 1: no text in it") and "list a copy" in notice for notice in report.notices
    )


def test_a_text_of_blanks_is_named_too(tmp_path: Path) -> None:
    request = tmp_path / "request.yaml"
    request.write_text("items: [{request: Lumbar MRI}]\ndocuments: [{id: call, text: '  '}]\n", encoding="utf-8")
    assert check_file(request).unread == ("call, page 1",)
