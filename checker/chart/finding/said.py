"""What the words around a mention make of a finding, as far as such a finding can be so: nobody does an illness, and what is on file is not
planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.chart.context.events import care_of
from checker.chart.context.hits import Hit
from checker.chart.finding.shown import SILENT_SECTIONS
from checker.chart.sentence.lines import Line, Paper
from checker.chart.treatment.seen_on import with_seen
from checker.chart.treatment.services import ON_RECORD
from checker.chart.vocabulary import Recogniser
from checker.rulebook.model import FindingType
from checker.words.phrase import Match

DROPPED = frozenset({"guideline", "other_person", "requested", "denied", "goal", "mentioned"})
GOALS = frozenset({"statement"})  # kinds of findings that a goal may state
REASONS = frozenset({"statement", "history"})  # kinds of findings that a request itself may state, as why it is made
NEGATIONS = frozenset({"no", "not", "without", "denies", "denied", "never", "non", "nor"})
SHOWING = frozenset({"symptom", "exam", "measure"})  # there, whatever explains them: "hip pain, strain vs tear"
# What the words around a test say of it: not done, it is not stated; a change that is denied denies it.
UNTESTED = {
    "not_done": "not_documented",
    "cancelled": "not_documented",
    "steady": "negated",
}
OPEN = frozenset({"conditional", "asked"})
DOUBTED = frozenset({"diagnosis", "imaging"})  # kinds that a word of doubt inside a mention makes possible
# Care that did not take place, and as what a finding says so.
CARE = {"declined": frozenset({"negated"})} | {
    name: frozenset({"planned"}) for name in ("authorized", "denied", "planned", "requested")
}
NEGATED = {"not_done": "negated", "cancelled": "negated", "steady": "negated"}  # of a finding it says the same
SUFFERED = frozenset({"diagnosis", "symptom"})  # kinds that nobody does
PAST = frozenset({"history", "response"})  # kinds that were before, but where they are care or go on
JOINTS = frozenset({",", "and", "but"})


def said_of(
    recogniser: Recogniser, definition: FindingType, paper: Paper, line: Line, mention: Match
) -> frozenset[str] | None:
    """What the words around a finding make of it; None where nothing is said of this patient now."""
    meant = UNTESTED if definition.test else NEGATED
    hits = _hits_of(recogniser, definition, paper, line, mention)
    said = frozenset(meant.get(hit.category, hit.category) for hit in hits)
    if "alternative" in said and definition.kind not in SHOWING:
        said |= {"uncertain"}
    if line.section == "goals":
        said |= {"goal"}
    if "doubted" in said and definition.kind in DOUBTED:
        said |= {"uncertain"}
    if definition.kind == "response" and line.context.fails(mention.first, mention.last):
        said |= {"negated"}  # "not helped" holds "helped"
    said |= {"negated"} if _follows_not(mention, paper.tokens.texts) else set()
    if paper.tokens.texts[mention.first] in NEGATIONS:
        said -= {"negated"}  # it says no by itself: "no spasm, no clonus"
    elif "negated" in said:
        said -= {"denied"}  # "numbness was denied" by the patient
    if ("uncertain" in said and definition.proven) or ("planned" in said and _must_have_been(definition, said)):
        return None
    if definition.care:
        said |= CARE.get(
            care_of(line.context.hits(mention.first, mention.last, mention.gaps, within=True)), frozenset()
        )
    if definition.kind == "statement":
        said |= {"negated"} if "declined" in said else set()
        said -= {"uncertain"}  # that something is suspected is what it states
    if definition.kind in GOALS:
        said -= {"goal"}
    elif definition.kind == "response" and line.context.is_purpose(mention.first):
        return None
    if said & OPEN and "uncertain" not in said:
        return None  # what may come is no fact, and neither is what is asked
    # What is only suspected may be why a study is asked for: "MRI is requested to evaluate for a tear".
    dropped = DROPPED - {"requested"} if definition.kind in REASONS or "uncertain" in said else DROPPED
    return None if said & dropped or line.section in SILENT_SECTIONS else said


def _follows_not(mention: Match, texts: Sequence[str]) -> bool:
    """Whether a phrase begins behind a "not", whatever longer phrase holds that too: "not working because"."""
    key: Any = mention.key
    return key[0] == "present" and mention.first > 0 and texts[mention.first - 1] in ("not", "never")


def _hits_of(
    recogniser: Recogniser, definition: FindingType, paper: Paper, line: Line, mention: Match
) -> Sequence[Hit]:
    """What the words around a mention say that such a finding can be."""
    texts = paper.tokens.texts
    behind = texts[mention.last + 1 : line.sentence.last + 1]
    hits = line.context.hits(mention.first, mention.last, mention.gaps)
    hits = [hit for hit in hits if _counts(definition, hit, behind)]
    is_study = definition.care and definition.kind in ON_RECORD
    return with_seen(recogniser, line, texts, mention, hits) if is_study else hits


def _counts(definition: FindingType, hit: Hit, behind: Sequence[str]) -> bool:
    """Whether such a finding can be what the words around say. `behind`: the words behind its mention. A plan behind it is of
    something else ("a man with diabetes is scheduled for surgery"), as is what was not done ("diabetes, insulin not taken")."""
    if hit.category == "mentioned" and not hit.before:
        return definition.kind in SUFFERED  # "PTSD checklist" names no illness, but "Beck anxiety inventory" a test
    if hit.before:
        return hit.category != "historical" or not definition.lasting
    if definition.kind in SUFFERED and hit.category in NEGATED:
        return JOINTS.isdisjoint(behind[: hit.distance])
    return hit.category != "planned"


def _must_have_been(definition: FindingType, said: frozenset[str]) -> bool:
    """Whether a finding is nothing that can be planned: what would only come of a treatment that is planned."""
    is_past = definition.kind in PAST and not (definition.care or said & {"continued", "negated"})
    return (is_past or definition.kind in ON_RECORD) and "uncertain" not in said
