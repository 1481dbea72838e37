"""What a letter of utilization review says of itself: decision, day, day of receipt, and the stated reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from checker.procedure.law import law_of
from checker.request.model import Request, Review
from checker.rulebook.model import Rulebook
from checker.words.dates import find_dates
from checker.words.phrases import PhraseIndex
from checker.words.tokens import Tokens, tokenize

NEAR = 6  # words between "date of decision" and the day
REASON = 1500  # characters
HEADING_WORDS = 8  # a longer line is a sentence, not a heading


def with_letters(request: Request, texts: Mapping[str, str], rulebook: Rulebook) -> tuple[Request, list[str]]:
    """The request with what it leaves out of its review but a letter among its papers says, and a notice of it.

    `texts` holds the text of each document by its id.
    """
    words = law_of(rulebook).letter
    for document in request.documents:
        if not words or document.type not in words["types"] or document.id not in texts:
            continue
        found = read_letter(texts[document.id], words)
        found = replace(found, date=found.date or document.date)
        stated = request.review or Review()
        missing = {
            name: value
            for name in ("decision", "date", "reason")
            if (value := getattr(found, name)) is not None and getattr(stated, name) is None
        }
        if missing:
            told = ", ".join(f"{name} {value}" if name != "reason" else "the reason" for name, value in missing.items())
            notice = f"Utilization review: {told}, taken from {document.id}; compare it with the letter."
            return replace(request, review=replace(stated, **missing)), [notice]
    return request, []


def read_letter(text: str, words: Mapping[str, Any]) -> Review:
    """Decision, day and reason of a letter, as far as its words tell. `words` is `letter` of rules/procedure."""
    tokens = tokenize(text)
    return Review(
        decision=_decision(tokens, words["decisions"]),
        date=_day_after(text, tokens, words["decided"]),
        reason=_reason(text, words),
    )


def _decision(tokens: Tokens, decisions: Mapping[str, Sequence[str]]) -> str | None:
    """The first decision of the list whose words stand in the letter: the worst for the worker comes first, because a
    letter of denial names approval too."""
    for decision, phrases in decisions.items():
        if PhraseIndex((phrase, decision) for phrase in phrases).find(tokens):
            return decision
    return None


def _day_after(text: str, tokens: Tokens, cues: Sequence[str]) -> date | None:
    ends = [tokens.ends[match.last] for match in PhraseIndex((cue, "cue") for cue in cues).find(tokens)]
    for mention in find_dates(text):
        before = [end for end in ends if end <= mention.start]
        if mention.exact and before and len(tokenize(text[max(before) : mention.start]).texts) <= NEAR:
            return mention.date
    return None


def _reason(text: str, words: Mapping[str, Any]) -> str | None:
    """What stands behind a heading such as "Rationale", up to the next heading."""
    opens = PhraseIndex((phrase, "reason") for phrase in words["reason"])
    ends = PhraseIndex((phrase, "end") for phrase in words["reason_ends"])
    kept: list[str] = []
    is_inside = False
    for line in text.split("\n"):
        head, colon, rest = line.partition(":")
        heading = head if colon else line
        tokens = tokenize(heading)
        is_heading = 0 < len(tokens.texts) <= HEADING_WORDS and (bool(colon) or not line.rstrip().endswith((".", ",")))
        if is_heading and not is_inside and opens.find(tokens):
            is_inside = True
            kept.append(rest.strip())
        elif is_heading and is_inside and ends.find(tokens):
            break
        elif is_inside:
            kept.append(line.strip())
    reason = " ".join(" ".join(kept).split())[:REASON]
    return reason or None
