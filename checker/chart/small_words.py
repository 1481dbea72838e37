"""Words that steer the reach of a phrase, as data: prepositions, conjunctions, verbs, words for the patient …"""

from __future__ import annotations

from dataclasses import field

from checker.record import record


@record
class SmallWords:
    """Words that steer the reach of a phrase (rules/assertion/sentences.yaml)."""

    prepositions: frozenset[str] = field(default_factory=frozenset)
    conjunctions: frozenset[str] = field(default_factory=frozenset)
    alternatives: frozenset[str] = field(default_factory=frozenset)
    verbs: frozenset[str] = field(default_factory=frozenset)
    purpose: frozenset[str] = field(default_factory=frozenset)
    before_purpose: frozenset[str] = field(default_factory=frozenset)
    relatives: frozenset[str] = field(default_factory=frozenset)
    each: frozenset[str] = field(default_factory=frozenset)
    ending_names: frozenset[str] = field(default_factory=frozenset)
    hedges: frozenset[str] = field(default_factory=frozenset)
    asides: frozenset[str] = field(default_factory=frozenset)
    denying: frozenset[str] = field(default_factory=frozenset)
    idle: frozenset[str] = field(default_factory=frozenset)
    today: frozenset[str] = field(default_factory=frozenset)
    topics: frozenset[str] = field(default_factory=frozenset)
    topic_lists: frozenset[str] = field(default_factory=frozenset)
    deficits: frozenset[str] = field(default_factory=frozenset)
    elided: frozenset[str] = field(default_factory=frozenset)
    several: frozenset[str] = field(default_factory=frozenset)
    whole: frozenset[str] = field(default_factory=frozenset)
    parting: frozenset[str] = field(default_factory=frozenset)
    patients: frozenset[str] = field(default_factory=frozenset)
    lacking: frozenset[str] = field(default_factory=frozenset)
    outcomes: frozenset[str] = field(default_factory=frozenset)
    owners: frozenset[str] = field(default_factory=frozenset)
