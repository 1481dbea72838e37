"""What the words around can say of a kind of finding at all: nobody does an illness, and what is on file is not planned."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.context.hits import Hit
from checker.chart.treatment.services import ON_RECORD
from checker.rulebook.model import FindingType

NEGATED = {"not_done": "negated", "cancelled": "negated", "steady": "negated"}  # of a finding it says the same
SUFFERED = frozenset({"diagnosis", "symptom"})  # kinds that nobody does
PAST = frozenset({"history", "response"})  # kinds that were before, but where they are care or go on
JOINTS = frozenset({",", "and", "but"})


def counts(definition: FindingType, hit: Hit, behind: Sequence[str]) -> bool:
    """Whether such a finding can be what the words around say. `behind`: the words behind its mention. A plan behind it is of
    something else ("a man with diabetes is scheduled for surgery"), as is what was not done ("diabetes, insulin not taken")."""
    if hit.category == "mentioned" and not hit.before:
        return definition.kind in SUFFERED  # "PTSD checklist" names no illness, but "Beck anxiety inventory" a test
    if hit.before:
        return hit.category != "historical" or not definition.lasting
    if definition.kind in SUFFERED and hit.category in NEGATED:
        return JOINTS.isdisjoint(behind[: hit.distance])
    return hit.category != "planned"


def must_have_been(definition: FindingType, said: frozenset[str]) -> bool:
    """Whether a finding is nothing that can be planned: what would only come of a treatment that is planned."""
    is_past = definition.kind in PAST and not (definition.care or said & {"continued", "negated"})
    return (is_past or definition.kind in ON_RECORD) and "uncertain" not in said
