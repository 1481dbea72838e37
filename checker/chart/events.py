"""A mention of a treatment → what happened: done, planned, asked for or declined, how much, and with what result."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.layout import Sentence
from checker.chart.model import TreatmentEvent
from checker.rulebook.amounts import number_of
from checker.words.phrases import Match

NEAR = 7  # tokens
DAYS = {
    "day": 1.0,
    "days": 1.0,
    "week": 7.0,
    "weeks": 7.0,
    "month": 30.0,
    "months": 30.0,
    "year": 365.0,
    "years": 365.0,
}
# First that applies. What reviewers and payers decided never counts as treatment that was done.
STATUS_ORDER = (
    ("denied", "denied"),
    ("declined", "declined"),
    ("not_done", "not_done"),
    ("requested", "requested"),
    ("authorized", "authorized"),
    ("planned", "planned"),
)


def event_of(
    name: str,
    mention: Match,
    sentence: Sentence,
    said: frozenset[str],
    texts: Sequence[str],
    visit_words: frozenset[str],
) -> TreatmentEvent | None:
    """The event of one mention, or None where the record says nothing usable of it."""
    if said & {"guideline", "other_person", "conditional", "not_documented"}:
        return None
    response = next((kind for kind in ("failed", "partial", "improved") if kind in said), "not_stated")
    status = next((status for category, status in STATUS_ORDER if category in said), "done")
    if sentence.section == "plan" and status == "done":
        status = "planned"
    if response != "not_stated" and status in ("planned", "requested", "not_done"):
        status = "done"
    if status == "done" and "negated" in said and response == "not_stated":
        status = "not_done"
    if status == "done" and "uncertain" in said:
        return None
    return TreatmentEvent(
        treatment=name,
        status=status,
        response=response if status == "done" else "not_stated",
        visits=_visits(mention, sentence, texts, visit_words),
        days=_days(mention, sentence, texts),
    )


def _visits(mention: Match, sentence: Sentence, texts: Sequence[str], visit_words: frozenset[str]) -> float | None:
    """Sessions beside the mention: "6 sessions of …", "… 6 visits", "… x 6"."""
    for index in range(max(sentence.first, mention.first - NEAR), min(sentence.last, mention.last + NEAR) + 1):
        amount = number_of(texts[index])
        if amount is None or mention.first <= index <= mention.last:
            continue
        before = texts[index - 1] if index > sentence.first else ""
        if any(word in visit_words for word in texts[index + 1 : index + 3]):
            return amount
        if index > mention.last and before in ("x", "times", "#") and index - mention.last <= 3:
            return amount
    return None


def _days(mention: Match, sentence: Sentence, texts: Sequence[str]) -> float | None:
    """A length of care or use after the mention: "… for 6 weeks"."""
    for index in range(mention.last + 1, min(sentence.last, mention.last + NEAR)):
        amount = number_of(texts[index])
        if amount is not None and texts[index + 1] in DAYS and texts[index - 1] in ("for", "x", "over", "past", "last"):
            return amount * DAYS[texts[index + 1]]
    return None
