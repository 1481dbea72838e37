"""Changes of a request's text: what was there stays, what is new can be read back, and nothing else changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.interview.edit import (
    Add,
    Put,
    answered,
    apply,
    begun,
    note,
    note_begun,
    scalar,
    split_log,
    without_begun,
)
from checker.problem import InputError
from checker.report.safe import clean
from checker.yamlfile import load_yaml

HAND_MADE = """\
# mine
patient: {age: 54}   # from the face sheet
items:
  # the first line
  - id: tpi
    request: Trigger point injections
  - {id: mri, request: "MRI, knee"}

findings:
- finding: radiculopathy   # see the consult
  body_part: cervical spine
rfa:
    date: 2015-09-02
"""


def read(text: str) -> Any:
    return load_yaml(text, "request").data


def test_a_first_entry() -> None:
    assert apply("", [Add("items", {"request": "MRI"})]) == "items:\n  - request: MRI\n"


def test_new_entries_leave_all_else_as_it_stands() -> None:
    text = apply(HAND_MADE, [Add("findings", {"finding": "spurling", "status": "absent"}, ("it is not so",))])
    assert [line for line in text.splitlines() if line not in HAND_MADE.splitlines()] == [
        "# it is not so",
        "- finding: spurling",
        "  status: absent",
    ]
    assert set(HAND_MADE.splitlines()) <= set(text.splitlines())
    assert [entry["finding"] for entry in read(text)["findings"]] == ["radiculopathy", "spurling"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("rfa", "signed"), True),
        (("rfa", "date"), "2016-01-02"),
        (("patient", "sex"), "male"),
        (("injury", "date"), date(2014, 1, 2)),
        (("injury", "body_parts"), ["lumbar spine", "left knee"]),
        (("items", 0, "visits"), 6),
        (("items", 1, "visits"), 2.5),
        (("items", 0, "request"), "Trigger point injections: 4"),
    ],
)
def test_a_value_is_put(path: tuple[str | int, ...], value: Any) -> None:
    expected = read(HAND_MADE)
    place = expected.setdefault(path[0], {})
    for key in path[1:-1]:
        place = place[key]
    place[path[-1]] = value.isoformat() if isinstance(value, date) else value
    text = apply(HAND_MADE, [Put(path, value)])
    assert read(text) == expected
    assert "# mine" in text
    assert "# the first line" in text
    assert "# see the consult" in text


def test_lists_in_brackets_become_blocks() -> None:
    text = apply(
        "items: [{request: MRI}]\nfindings: []\n", [Add("items", {"request": "CT"}), Add("findings", {"finding": "x"})]
    )
    assert read(text) == {"items": [{"request": "MRI"}, {"request": "CT"}], "findings": [{"finding": "x"}]}
    assert read(apply(text, [Put(("items", 1, "days"), 3)]))["items"][1] == {"request": "CT", "days": 3}
    flow = apply("items: [{request: MRI}]\n", [Put(("items", 0, "visits"), 3)])
    assert read(flow) == {"items": [{"request": "MRI", "visits": 3}]}


def test_a_text_that_is_not_sound_is_refused_and_not_made_worse() -> None:
    with pytest.raises(InputError):
        apply("items:\n - request: a\n  b: c\n", [Add("findings", {"finding": "x"})])


@given(st.text())
def test_any_words_come_back_as_they_were_typed(words: str) -> None:
    said = clean(words)
    text = apply("", [Add("items", {"request": said, "side": "left"}, (said,))])
    assert read(text) == {"items": [{"request": said, "side": "left"}]}
    assert load_yaml(f"a: {scalar(said)}", "x").data == {"a": said}


@pytest.mark.parametrize(
    "word", ["no", "Yes", "on", "null", "true", "1.5", "12", "- a", "a: b", "a #b", "2015-09-02", ""]
)
def test_words_that_yaml_could_take_for_something_else(word: str) -> None:
    assert load_yaml(f"a: {scalar(word)}", "x").data == {"a": word}


def test_answers_stand_at_the_end_and_are_read_back() -> None:
    text = note(note(HAND_MADE, "item-1 a/b#c", "no"), "age", "not known")
    assert split_log(text)[0] == HAND_MADE
    assert answered(text) == {"item-1 a/b#c": "no", "age": "not known"}
    changed = apply(text + "rebuttal: {}\n", [Add("documents", {"path": "a.txt"})])
    assert answered(changed) == answered(text)
    assert read(changed) == read(text) | {"documents": [{"path": "a.txt"}], "rebuttal": {}}
    assert answered(note(changed.rstrip("\n"), "sex", "given"))["sex"] == "given"


def test_a_yes_that_is_not_finished() -> None:
    text = note_begun(note_begun(HAND_MADE, "q", []), "q", [[0, 2], None, "2015-01-02"])
    assert begun(text) == {"q": [[0, 2], None, "2015-01-02"]}
    assert begun(note(text, "q", "yes")) == {}
    assert begun(HAND_MADE + "# begun: q = nonsense\n") == {}
    assert split_log(without_begun(text, "q"))[0] == HAND_MADE
