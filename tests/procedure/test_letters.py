"""Letters of utilization review: what is taken from each (tests/data/ur_letters.yaml), and what proves nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.api import check_opened, open_request, open_rulebook
from checker.request.model import Review

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "data" / "ur_letters.yaml").read_text(encoding="utf-8")
)


def held(review: Review | None, wanted: dict[str, Any]) -> dict[str, Any]:
    """What a review says of the keys that are asked of it."""
    return {key: getattr(review, key) for key in wanted}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_taken_from_a_letter(case: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "ur.txt").write_text(case["letter"], encoding="utf-8")
    items = [{"request": words} for words in case["items"]]
    data = {"items": items, "rfa": case.get("rfa", {}), "documents": [{"path": "ur.txt"}]}
    (tmp_path / "request.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    opened = open_request(tmp_path / "request.yaml", open_rulebook())
    if case["review"] is None:
        assert opened.request.review is None
    else:
        assert held(opened.request.review, case["review"]) == case["review"]
    for item, wanted in zip(opened.request.items, case.get("each", ()), strict=False):
        assert held(item.review, wanted) == wanted
    if "received" in case:
        assert opened.request.rfa.get("received") == case["received"]
    told = " ".join(opened.letters)
    assert [words for words in case.get("notices", ()) if words not in told] == []


def opened_with(letter: str, folder: Path, request: str, **more: Any) -> Any:
    data = {"items": [{"request": request}], "documents": [{"id": "ur", "type": "UR decision", "text": letter}], **more}
    (folder / "request.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return open_request(folder / "request.yaml", open_rulebook())


def test_what_the_reviewer_writes_of_the_patient_proves_nothing(tmp_path: Path) -> None:
    letter = (
        "Date of decision: 06/14/2016\nPhysical therapy is modified to 2 visits.\n"
        "Rationale: He completed 12 visits of PT with 50% improvement. Lumbar flexion is limited, the SLR is negative. "
        "Naproxen failed. The rationale for therapy was given. Surgery was not done.\n"
    )
    opened = opened_with(letter, tmp_path, "Physical therapy, lumbar spine, 8 visits")
    assert not opened.chart.findings
    events = [event for told in opened.chart.events.values() for event in told]
    assert {(event.treatment, event.status, event.visits, event.response) for event in events} == {
        ("physical-therapy", "done", 12, "not_stated"),
        ("physical-therapy", "authorized", 2, "not_stated"),
    }
    told = " ".join(opened.chart.notices)
    assert "in a payer's letter not taken as evidence" in told
    report = check_opened(opened, open_rulebook())
    gain = [line.status for item in report.items for line in item.criteria if line.id == "gain-recorded"]
    assert gain == ["not_documented"]


def test_the_same_words_of_a_physician_count(tmp_path: Path) -> None:
    data = {"items": [{"request": "Physical therapy, lumbar spine"}], "documents": [
        {"id": "pr2", "type": "PR-2", "text": "He completed 12 visits of PT with 50% improvement."}]}  # fmt: skip
    (tmp_path / "request.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    chart = open_request(tmp_path / "request.yaml", open_rulebook()).chart
    assert chart.findings
    assert not any("payer's letter" in notice for notice in chart.notices)


def test_of_several_letters_the_latest_one_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    documents = [
        {"id": name, "type": "UR decision", "text": f"Date of decision: {day}\nMRI of the left knee is {what}.\n"}
        for name, day, what in (("new", "06/14/2016", "denied"), ("old", "01/04/2016", "certified"))
    ]
    data = {"items": [{"request": "MRI of the left knee"}], "documents": documents}
    (tmp_path / "request.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    opened = open_request(tmp_path / "request.yaml", open_rulebook())
    assert opened.request.review.decision == "denied"
    assert any("new is the latest and is taken, old not" in notice for notice in opened.letters)


def test_a_stated_decision_before_the_day_of_a_form_among_the_papers_is_told(tmp_path: Path) -> None:
    data = {
        "items": [{"request": "MRI of the left knee"}],
        "utilization_review": {"decision": "denied", "date": "2016-04-10"},
        "documents": [{"id": "form", "type": "RFA", "date": "2016-05-02", "text": "Request for Authorization"}],
    }
    (tmp_path / "request.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    opened = open_request(tmp_path / "request.yaml", open_rulebook())
    assert any("lies before its request (rfa.date 2016-05-02)" in notice for notice in opened.letters)


@pytest.mark.parametrize(
    ("words", "granted"),
    [
        ("Physical therapy 8 visits: MODIFIED to 2 visits.", 2),
        ("Physical therapy x 8 visits - modified: certify 2 of 8.", 2),
        ("The request for 8 visits of physical therapy is modified to 2 visits.", 2),
        ("Physical therapy: certify 2 of 8 visits.", 2),
        ("UR modified 8 visits of physical therapy to 2.", 2),
        ("Twelve physical therapy visits were cut to 6 by UR.", None),
        ("Please authorize 8 visits of physical therapy.", ()),
    ],
)
def test_how_many_visits_a_letter_grants(words: str, granted: Any, tmp_path: Path) -> None:
    opened = opened_with(words + "\n", tmp_path, "Physical therapy, lumbar spine, 8 visits")
    events = [(event.status, event.visits) for event in opened.chart.events.get("physical-therapy", ())]
    assert events == ([] if granted == () else [("authorized", granted)])
