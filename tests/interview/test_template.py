"""The template of a request: sound as it stands, and sound and in force with every line uncommented."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from checker.api import check_file, check_request, open_request
from checker.interview.template import template
from tests.interview.driven import RULEBOOK

LINES = (
    "MRI of the left knee",
    "Physical therapy 2 x 6, lumbar spine",
    "Hydrocodone 10/325 mg #60",
    "Trigger point injections x 2, thoracic spine",
    "EMG/NCV of both arms",
    "Lumbar epidural steroid injection at L5-S1",
    "TENS unit, 30 day trial",
    "Something that nobody knows: a treatment",
)
AS_OF = date(2016, 3, 1)


@pytest.mark.parametrize("words", LINES)
def test_it_can_be_checked_as_it_stands(words: str, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(template(words, RULEBOOK, AS_OF, ""), encoding="utf-8")
    report = check_file(path, as_of=AS_OF)
    assert report.items[0].request == words
    assert report.items[0].prediction in ("upheld", "undetermined")


@pytest.mark.parametrize("words", LINES)
def test_its_lines_are_a_request_once_the_marks_are_gone(words: str, tmp_path: Path) -> None:
    text = template(words, RULEBOOK, AS_OF, "")
    head, items, rest = text.partition("items:\n")
    bare = items + re.sub(r"^# ", "", rest, flags=re.MULTILINE)
    bare = bare.replace("name-of-a-paper.pdf", "paper.txt")
    (tmp_path / "paper.txt").write_text("Nothing.\n", encoding="utf-8")
    path = tmp_path / "request.yaml"
    path.write_text(bare, encoding="utf-8")
    opened = open_request(path, RULEBOOK)
    assert bool(opened.chart.findings) is ("\nfindings:" in bare)
    assert bool(opened.chart.events) is ("\nprior_treatments:" in bare)
    report = check_request(opened.request, opened.chart, RULEBOOK, AS_OF)
    required = [line for line in report.items[0].criteria if line.role == "required" and not line.barrier]
    assert any(line.status == "met" for line in required) or not required
    assert head.count("#") >= 4


def test_it_says_what_it_understood_and_how_charts_say_it() -> None:
    text = template("MRI of the left knee", RULEBOOK, AS_OF, "# first\n")
    assert text.startswith("# first\n")
    assert "# Understood as: MRI; at the knee." in text
    assert "Charts say:" in text
    assert "Understood as: no treatment that is known" in template("Xyz", RULEBOOK, AS_OF, "")
