"""Which questions are asked: those that matter, in an order that makes sense, and no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.api import check_file, open_request
from checker.interview.answers import settle, with_source
from checker.interview.edit import Add, Put, apply
from checker.interview.questions import Question, questions
from checker.rulebook.match import match_request
from tests.interview.driven import RULEBOOK, driven

AS_OF = date(2014, 6, 1)
TPI = "mtus-chronic-pain-2009/trigger-point-injection"


def asked(folder: Path, *edits: Add | Put, as_of: date = AS_OF) -> list[Question]:
    path = folder / "request.yaml"
    path.write_text(apply("", edits), encoding="utf-8")
    opened = open_request(path, RULEBOOK)
    return questions(opened.request, match_request(opened.request, RULEBOOK), opened.chart, RULEBOOK, as_of)


def item(words: str) -> Add:
    return Add("items", {"request": words})


def keys(found: list[Question]) -> list[str]:
    return [question.key.partition("#")[2] for question in found]


def test_required_first_then_conditions_then_what_speaks_against(tmp_path: Path) -> None:
    found = asked(tmp_path, item("Trigger point injections, thoracic spine"))
    assert [question.kind for question in found] == ["required"] * 5 + ["condition"] + ["exclusion"] * 2
    assert keys(found) == [
        "trigger-point", "twitch-response", "duration", "active-therapy", "failed-conservative-care",
        "when-repeat-relief", "radiculopathy", "injections-per-session",
    ]  # fmt: skip


def test_what_a_paper_says_is_not_asked(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(
        "Thoracic spine: palpable trigger points in the thoracic paraspinal muscles with a twitch response and referred "
        "pain. He continues a home exercise program.\n",
        encoding="utf-8",
    )
    found = asked(tmp_path, item("Trigger point injections, thoracic spine"), Add("documents", {"path": "note.txt"}))
    assert not {"trigger-point", "twitch-response", "active-therapy"} & set(keys(found))
    assert "failed-conservative-care" in keys(found)


def test_a_condition_that_is_so_opens_its_criteria(tmp_path: Path) -> None:
    line = item("Trigger point injections, thoracic spine")
    condition = next(question for question in asked(tmp_path, line) if question.kind == "condition")
    assert condition.check is not None
    said = driven(settle(condition.check, condition.case))
    assert {"repeat-relief", "repeat-function", "repeat-interval"} <= set(keys(asked(tmp_path, line, *said)))


def test_the_circumstances_decide_which_rule_asks(tmp_path: Path) -> None:
    line = item("Physical therapy, lumbar spine, 6 visits")
    which = asked(tmp_path, line)[0]
    assert which.kind == "which"
    text, check = next(option for option in which.options if "fusion" in option[0])
    said = driven(settle(check, which.case))
    assert "after lumbar fusion" in text
    asked(tmp_path, line, *said)
    assert check_file(tmp_path / "request.yaml", as_of=date(2016, 3, 1)).items[0].rule == (
        "mtus-postsurgical-2009/physical-therapy-lumbar-fusion"
    )


def test_nothing_is_asked_where_no_answer_can_help(tmp_path: Path) -> None:
    barred = next(
        rule for rule in RULEBOOK.rules.values()
        if rule.recommendation == "not_recommended" and rule.scope.when is None and rule.guideline == "mtus-chronic-pain-2009"
    )  # fmt: skip
    line = Add("items", {"request": barred.title, "treatment": barred.scope.treatments[0], "body_parts": ["knee"]})
    assert [question for question in asked(tmp_path, line) if question.rule == barred] == []


def test_every_question_is_asked_once(tmp_path: Path) -> None:
    found = asked(tmp_path, item("MRI of the left knee"), item("EMG of the right arm"), item("MRI of the left knee"))
    assert len({question.key for question in found}) == len(found)


@pytest.mark.parametrize("source", [None, ("note", "his words")])
def test_the_proof_stands_with_the_answer(source: tuple[str, str] | None) -> None:
    added, put = with_source([Add("findings", {"finding": "a"}), Put(("injury", "date"), AS_OF)], ("why",), source)
    assert isinstance(added, Add)
    assert added.comments == ("why",)
    assert ("source" in added.entry) is (source is not None)
    assert put == Put(("injury", "date"), AS_OF)
