"""`imr-check read`: what it prints can be pasted into the request and says the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from checker.api import check_file
from tests.cli.conftest import Run

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
KEYS = re.compile(r"^(findings|prior_treatments):\n(?:[ #].*\n)*", re.M)


def pasted(request: Path, read: str) -> str:
    """The request with what was read in place of what it states."""
    facts = "\n".join(line for line in read.splitlines() if not line.startswith("#"))
    return f"{KEYS.sub('', request.read_text(encoding='utf-8')).rstrip()}\n{facts}\n"


@pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("seed-*/mended*.yaml")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_what_was_read_checks_alike_when_it_is_pasted(run: Run, path: Path, tmp_path: Path) -> None:
    shutil.copytree(path.parent, tmp_path / "copy")
    copy = tmp_path / "copy" / path.name
    copy.write_text(pasted(path, run("read", path).stdout), encoding="utf-8")
    before, after = check_file(path), check_file(copy, read=False)
    assert [(item.id, item.prediction) for item in after.items] == [(item.id, item.prediction) for item in before.items]


def test_what_was_asked_for_and_not_found_stands_at_the_head(run: Run) -> None:
    lines = run("read", EXAMPLES / "seed-002" / "request.yaml").stdout.splitlines()
    assert any(line.startswith("# Not found, and asked for: Palpation") for line in lines[:6])


def test_a_suspicion_is_not_pasted_as_a_fact(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("ASSESSMENT: Rule out cervical radiculopathy.\n", encoding="utf-8")
    request = tmp_path / "request.yaml"
    request.write_text("items: [{request: MRI cervical spine}]\ndocuments: [{path: note.txt}]\n", encoding="utf-8")
    lines = [line for line in run("read", request).stdout.splitlines() if "finding: radiculopathy," in line]
    assert lines
    assert all(line.startswith("  # possible:") for line in lines)


def test_papers_are_read_before_anyone_has_listed_items(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Spurling's test is positive on the left.\n", encoding="utf-8")
    request = tmp_path / "request.yaml"
    request.write_text("documents: [{path: note.txt}]\n", encoding="utf-8")
    assert "finding: spurling" in run("read", request).stdout
