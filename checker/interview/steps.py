"""What the interview asks before the rules do, and the words it says with its questions."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence

from checker.interview.answers import open_leaves
from checker.interview.plain import charts_say
from checker.interview.questions import Question
from checker.record import record
from checker.request.model import Asked, Item, Request
from checker.rulebook.match import build_matcher, match_item
from checker.rulebook.model import Rulebook
from checker.words.tokens import tokenize

HEADER = "# Written by `imr-check new`. Change or add what you like; then check it: imr-check FILE\n"
BASES = {
    "quoted": "It was read in the guideline itself.",
    "as_applied": "It is taken from how reviewers apply the guideline.",
    "recalled": "It is from memory and was not verified",
}
# What a status of the criterion means right after its question was answered.
EFFECTS: Mapping[str, Mapping[str, str]] = {
    "required": {
        "met": "The criterion is met.",
        "not_met": "The record speaks against this criterion now.",
        "not_documented": "The criterion is still open.",
        "conflicting": "The papers disagree on this.",
    },
    "exclusion": {
        "met": "This speaks against the request; the report says what can be done.",
        "not_met": "This is ruled out.",
        "not_documented": "Not recorded, so this does not count against the request.",
        "conflicting": "The papers disagree on this.",
    },
}


@record
class Fact:
    """One fact of the request: what is asked, how it is answered, where it stands, and whether it is known."""

    key: str
    kind: str  # day | number | choice | parts
    text: str
    path: tuple[str, ...]
    known: Callable[[Request], bool]
    options: tuple[str, ...] = ()


FACTS = (
    Fact("rfa-date", "day", "The date of the request form? It decides which guidelines apply.", ("rfa", "date"),
         lambda request: "date" in request.rfa),
    Fact("injury-date", "day", "The date of injury?", ("injury", "date"),
         lambda request: request.injury.date is not None),
    Fact("injury-parts", "parts", "The injured body parts? Such as: lumbar spine, left knee. Enter if they are not known.",
         ("injury", "body_parts"), lambda request: bool(request.injury.body_parts)),
    Fact("age", "number", "The age of the patient, in years?", ("patient", "age"),
         lambda request: request.patient.age is not None),
    Fact("sex", "choice", "The sex of the patient?", ("patient", "sex"),
         lambda request: request.patient.sex is not None, ("male", "female", "other")),
)  # fmt: skip


def asked_for(entry: Mapping[str, object], rulebook: Rulebook) -> Asked:
    """What an entry of `items` asks for."""
    stated = entry.get("treatment", ())
    treatments = (stated,) if isinstance(stated, str) else tuple(stated)  # type: ignore[arg-type]
    item = Item("item", str(entry["request"]), treatments)
    return match_item(item, build_matcher(rulebook))[0]


def labels_of(words: str, rulebook: Rulebook) -> list[str]:
    """The services that the words of an item name."""
    return [rulebook.treatments[name].label for name in asked_for({"request": words}, rulebook).treatments]


def could_be_a_line(words: str) -> bool:
    """Whether words that name no known treatment could stand on a form: one of them has three letters or more."""
    return any(word.isalpha() and len(word) > 2 for word in tokenize(words).texts)


def nearest_treatments(words: str, rulebook: Rulebook, most: int = 5) -> list[str]:
    """Treatments one of whose names is close to the words, misspelt or in part, the closest first."""
    said = [word for word in tokenize(words).texts if len(word) > 2]
    scores = {
        treatment.id: max((_closeness(said, name.split()) for name in treatment.names), default=0.0)
        for treatment in rulebook.treatments.values()
    }
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    return [name for name in ranked if scores[name] >= 0.5][:most]


def _closeness(said: Sequence[str], name: Sequence[str]) -> float:
    """How much of a name the words hold, by spelling: 1 where every word of it is there."""
    words = [[choice.rstrip("*") for choice in word.split("|")] for word in name if word not in ("...", "#")]
    best = [
        max((difflib.SequenceMatcher(None, one, other).ratio() for one in said for other in choices), default=0.0)
        for choices in words
    ]
    return sum(ratio for ratio in best if ratio >= 0.78) / len(words) if words else 0.0


def explanation(question: Question, rulebook: Rulebook) -> list[str]:
    """Why a question is asked, what charts write, and what the office can do."""
    said: list[str] = []
    if question.rule:
        guideline = rulebook.guidelines[question.rule.guideline]
        said.append(f"Asked by {guideline.title}, {question.rule.title}.")
    if question.criterion:
        basis = question.criterion.basis
        confidence = f" ({basis.confidence} confidence)." if basis.confidence else ""
        said.append(f"{BASES.get(basis.kind, '')}{confidence}")
    if question.check and (phrases := charts_say(open_leaves(question.check, question.case), rulebook, 8)):
        said.append(f"Charts say, for example: {'; '.join(phrases)}.")
    if question.criterion and question.criterion.remedy and question.kind != "condition":
        said.append(f"What the office can do: {question.criterion.remedy}")
    said.append(
        "yes: it is so. no: the record says the contrary. nr: the record says nothing of it. skip: ask me later."
    )
    return [text for text in said if text]


def explanation_of_proof() -> list[str]:
    """What may be typed where the words of the record are asked for."""
    return [
        "Copy the words of the record that say it, as they stand there. They are shown in the report as the proof.",
        "Enter: go on without them. nr: the record does not say it after all. skip: ask me later. back: take the yes back.",
    ]
