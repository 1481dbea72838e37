"""A treatment, or a complaint, that is named only for the sake of something else: what it prepares, what would be without it, what a
drug did."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from checker.chart.context.events import RESPONSES
from checker.chart.context.hits import ASKING, Hit
from checker.chart.sentence.lines import Line, Paper, is_treatment, name_of
from checker.chart.vocabulary import Recogniser
from checker.words.phrase import Match

NEAR = 3  # tokens from "without" a treatment to a score of pain
SOUGHT = 4  # tokens behind a drug in which a laboratory tells that it did not find it
OWNED = 1  # words such as "his" between "for" and what something is meant for
# What the words around a treatment say of the one that it is for: "clearance for surgery was done".
DEEDS = frozenset({"done", "resulted", "historical", "continued", "authorized", "improved", "partial", "failed"})
WHICH = (",", "which")
JOINED = frozenset({",", ";", "and", "or", "with", "plus", "&", "/", "+"})  # between two treatments of one list
UNHEARD = "guideline"  # says nothing of the patient
SYMPTOM = "symptom"  # kind of findings
WORKING = "working"


def own_hits(recogniser: Recogniser, paper: Paper, line: Line, mention: Match, hits: Sequence[Hit]) -> list[Hit]:
    """Those of the hits of a treatment that are not of another one in its sentence."""
    if _is_sought(recogniser, paper, line, mention):
        return [Hit(UNHEARD, 0, False)]
    if _is_prepared(recogniser, paper, line, mention):
        return [hit for hit in hits if hit.category not in DEEDS]
    hits = [hit for hit in hits if not _is_of_relative(paper, line, mention, hit)]
    hits = [hit for hit in hits if not _is_of_bracket(recogniser, paper, line, mention, hit)]
    return [hit for hit in hits if not _is_asked_of_next(paper, line, mention, hit)]


def _is_of_bracket(recogniser: Recogniser, paper: Paper, line: Line, mention: Match, hit: Hit) -> bool:
    """Whether what was done or came of it is told of other care, in brackets behind a treatment, as the reason for it: "acupuncture x 6
    (meds not tolerated)"."""
    if hit.before or hit.category not in DEEDS:
        return False
    place = mention.last + hit.distance
    is_there = line.context.begins(hit.category, place)  # and not behind brackets that are closed before it
    return is_there and _names_other(recogniser, paper, line, mention.last, place)


def is_of_bracket(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> bool:
    """Whether a result is told across the opening of brackets in which other care is named: "acupuncture x 6 (medications ineffective)"."""
    return any(_names_other(recogniser, paper, line, first - 1, mention.last) for first, _ in mention.gaps)


def _names_other(recogniser: Recogniser, paper: Paper, line: Line, low: int, high: int) -> bool:
    """Whether brackets open between two places and other care is named in them before they end."""
    texts = paper.tokens.texts
    opens = max((place for place in range(low + 1, high) if texts[place] == "("), default=high)
    told = texts[opens + 1 : high]
    if opens == high or ")" in told:
        return False
    is_named = any(opens < other.first < high for other in line.mentions if is_treatment(other))
    return is_named or any(word.startswith(recogniser.links.care) for word in told)


def _is_of_relative(paper: Paper, line: Line, mention: Match, hit: Hit) -> bool:
    """Whether a result stands in a clause that is of another treatment: "therapy to renew his home program, which does not control the
    flare". Of things that are joined it is of all: "therapy and naproxen, which did not help"."""
    if hit.before or hit.category not in RESPONSES:
        return False
    texts, place = paper.tokens.texts, mention.last + hit.distance
    return any(
        mention.last < other.first
        and other.last < place + len(WHICH)
        and tuple(texts[other.last + 1 : other.last + 1 + len(WHICH)]) == WHICH
        and JOINED.isdisjoint(texts[mention.last + 1 : other.first])
        for other in line.mentions
        if is_treatment(other)
    )


def _is_sought(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> bool:
    """Whether a laboratory only looked for a drug and did not find it: "hydrocodone neg", "alprazolam not detected"."""
    if name_of(mention) not in recogniser.kinds.drugs:
        return False
    words = recogniser.small
    behind = paper.tokens.texts[mention.last + 1 : min(mention.last + SOUGHT, line.sentence.last) + 1]
    is_told = behind[:1] != [] and behind[0] in words.elided  # "was not detected.", but not "was not found to help"
    behind = behind[is_told or behind[:1] == [":"] :]
    if behind[:1] and behind[0] in words.denying:
        return behind[1:2] != [] and behind[1] in words.found and (not is_told or behind[2:] in (["."], [","], [";"]))
    return behind[:1] != [] and behind[0] in words.sought


def _is_prepared(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> bool:
    """Whether another treatment is named right before this one as a thing done for it: "psychological clearance for a stimulator"."""
    texts = paper.tokens.texts
    place = mention.first - 1
    if place > line.sentence.first and texts[place] in recogniser.small.owners | {"a", "an"}:
        place -= OWNED
    if place <= line.sentence.first or texts[place] != "for":
        return False
    return any(is_treatment(other) and other.last == place - 1 for other in line.mentions)


def _is_asked_of_next(paper: Paper, line: Line, mention: Match, hit: Hit) -> bool:
    """Whether somebody asks for another treatment in a new statement behind this one: "with less use of opioids, I ask for an MRI"."""
    if hit.before or hit.category not in ASKING:
        return False
    texts, place = paper.tokens.texts, mention.last + hit.distance
    between = texts[mention.last + 1 : place]
    opens = any(word == "," and behind in ("i", "we") for word, behind in itertools.pairwise(between))
    return opens and any(is_treatment(other) and other.first > place for other in line.mentions)


def is_supposed(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> bool:
    """Whether a sentence tells what is so without a treatment: "Without injections he cannot work", "9/10 without Norco"."""
    texts, sentence, words = paper.tokens.texts, line.sentence, recogniser.small
    begin = next((p for p in range(mention.first - 1, sentence.first - 1, -1) if texts[p] in words.lacking), None)
    if begin is None or not words.owners.issuperset(texts[begin + 1 : mention.first]):
        return False
    behind = mention.last + 1 + (texts[mention.last + 1 : mention.last + 2] == [","])
    if begin == sentence.first and behind < sentence.last and texts[behind] in words.outcomes:
        return True
    beside = range(begin - NEAR, mention.last + NEAR + 2)
    return any(place in beside for other in line.mentions if other.key in recogniser.scored for place in other.numbers)


def is_work_of(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> bool:
    """Whether it is a treatment that does its work, or not: "Norco is not working", "the patch stopped working"."""
    texts, words = paper.tokens.texts, recogniser.small.effective
    return WORKING in texts[mention.first : mention.last + 1] and any(
        other.last < mention.first and words.issuperset(texts[other.last + 1 : mention.first])
        for other in line.mentions
        if is_treatment(other)
    )


def is_drug_effect(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> bool:
    """Whether a complaint fills the brackets right behind a drug, so that it is what the drug did: "Topamax (tingling)"."""
    key: Any = mention.key
    texts, opens = paper.tokens.texts, mention.first - 1
    if recogniser.findings[key[1]].kind != SYMPTOM or opens <= line.sentence.first or texts[opens] != "(":
        return False
    if texts[mention.last + 1 : mention.last + 2] not in ([")"], [","]):
        return False
    drugs = recogniser.kinds.drugs
    return any(is_treatment(other) and other.last == opens - 1 and name_of(other) in drugs for other in line.mentions)
