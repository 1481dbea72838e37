"""Body parts of a request may stand in the words an office uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import open_rulebook
from checker.request.load import load_request
from checker.request.names import resolve_names


@pytest.mark.parametrize(
    ("written", "part", "side"),
    [
        ("knee", "knee", None),
        ("left knee", "knee", "left"),
        ("Knees, bilateral", "knee", "bilateral"),
        ("neck", "cervical spine", None),
        ("Right wrist", "wrist", "right"),
        ("low back", "lumbar spine", None),
    ],
)
def test_usual_words_become_part_and_side(tmp_path: Path, written: str, part: str, side: str | None) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(f'items: [{{request: MRI, body_parts: ["{written}"]}}]\n', encoding="utf-8")
    loaded, problems = resolve_names(load_request(path), open_rulebook())
    assert not problems
    assert loaded.request.items[0].body_parts == (part,)
    assert loaded.request.items[0].side == side


def test_two_sides_are_both(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text('items: [{request: MRI, body_parts: ["left knee", "right knee"]}]\n', encoding="utf-8")
    loaded, _ = resolve_names(load_request(path), open_rulebook())
    assert (loaded.request.items[0].body_parts, loaded.request.items[0].side) == (("knee",), "bilateral")
