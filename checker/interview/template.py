"""A request as a commented template: everything that the governing rules ask, ready to be filled in without an interview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

from checker.chart.model import make_chart
from checker.engine.check import setting_of
from checker.interview.answers import Ask, Settling, open_leaves, settle
from checker.interview.edit import Add, Edit, block, entry_lines
from checker.interview.plain import charts_say, label, treatments, upper
from checker.interview.questions import Question, questions
from checker.interview.steps import HEADER, labels_of
from checker.request.model import Item, Request
from checker.rulebook.match import match_request
from checker.rulebook.model import Rulebook

HOW = """\
# Delete the "# " at the start of every line that is true for this patient, and
# change its values. Lines with two marks ("#   # ") explain. What stays a comment
# is not stated, and the program then goes by the papers alone.
"""
FACTS = """\
# patient: {{age: 50, sex: male}}
# injury: {{date: {day}, body_parts: [{part}]}}
# rfa: {{date: {day}}}
# documents:
#   - {{path: name-of-a-paper.pdf}}
"""
LISTS = {"findings": "what the record shows", "prior_treatments": "treatment before this request"}


def template(words: str, rulebook: Rulebook, as_of: date, first_line: str) -> str:
    """The text of a request file for one line of the form. It can be checked as it stands."""
    request = Request((Item("item-1", words),))
    asked = match_request(request, rulebook)
    parts = asked["item-1"].body_parts
    text = (
        first_line + HEADER + HOW + "\n".join([*block({"items": [{"request": words}]}), *_item(words, parts, rulebook)])
    )
    text += "\n" + FACTS.format(day=as_of.isoformat(), part=", ".join(parts) or "lumbar spine")
    setting = setting_of(request, make_chart(), rulebook, as_of)
    found = questions(request, asked, setting.chart, rulebook, as_of)
    stated = [(question, edits) for question in found for edits in _stated(question)]
    for section, title in LISTS.items():
        text += _section(section, title, stated, rulebook)
    return text


def _item(words: str, parts: Sequence[str], rulebook: Rulebook) -> Iterator[str]:
    labels = labels_of(words, rulebook)
    place = f"; at the {', '.join(parts)}" if parts else ""
    yield f"    # Understood as: {'; '.join(labels) or 'no treatment that is known'}{place}."
    if not labels:
        yield "    # treatment: the id of a treatment, as `imr-check rules match` shows them"
    if not parts:
        yield "    # body_parts: [lumbar spine]"


def _stated(question: Question) -> Iterator[Sequence[Edit]]:
    """What a yes would write; for a question with options what each of them would."""
    checks = [question.check] if question.check else [check for _, check in question.options]
    for check in checks:
        yield _filled(settle(check, question.case), question)


def _filled(settling: Settling, question: Question) -> list[Edit]:
    """All that could be chosen, with values to be changed by the reader."""
    answer: Any = None
    try:
        while True:
            answer = _example(settling.send(answer), question)
    except StopIteration as end:
        return list(end.value)


def _example(ask: Ask, question: Question) -> Any:
    day = question.case.setting.as_of
    if ask.kind == "choose":
        return ask.wanted[:1] or tuple(range(len(ask.options) if ask.most is None else 1))
    examples = {"number": 1, "day": day, "period": (day, day), "length": (1, "weeks"), "words": None}
    return examples[ask.kind]


def _section(section: str, title: str, stated: Iterable[tuple[Question, Sequence[Edit]]], rulebook: Rulebook) -> str:
    lines: list[str] = []
    seen: list[Mapping[str, Any]] = []
    for question, edits in stated:
        entries = [edit.entry for edit in edits if isinstance(edit, Add) and edit.section == section]
        new = [entry for number, entry in enumerate(entries) if entry not in entries[:number]]
        if not new:
            continue
        lines += [f"#   # {line}" for said in _explained(question, len(edits), rulebook) for line in wrap(said, 74)]
        for entry in new:
            first, *rest = entry_lines(entry, 2)
            again = " (as above)" if entry in seen else ""
            lines += [f"# {first}  # {_label(entry, rulebook)}{again}", *(f"# {line}" for line in rest)]
        seen += new
    return "\n".join([f"# {section}:  # {title}", *lines, ""]) if lines else ""


def _label(entry: Mapping[str, Any], rulebook: Rulebook) -> str:
    return (
        label(entry["finding"], rulebook) if "finding" in entry else upper(treatments((entry["treatment"],), rulebook))
    )


def _explained(question: Question, count: int, rulebook: Rulebook) -> Iterator[str]:
    lead = {"exclusion": "Speaks against the request: ", "condition": "If so, more is asked: "}
    several = " Keep those that are so." if count > 1 else ""
    text = question.text if question.check else "Keep what describes the case; it decides which guideline applies."
    yield f"{lead.get(question.kind, '')}{text}{several}"
    examples = charts_say(open_leaves(question.check, question.case), rulebook) if question.check else ()
    if examples:
        yield "Charts say: " + ", ".join(f'"{example}"' for example in examples)
