"""What the findings of one sentence leave of each other: a response that is denied there, and a "normal" beside a deficit of the same limb,
say nothing of their own."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import groupby, pairwise

from checker.chart.model import Finding
from checker.chart.place.sides import OPPOSITE
from checker.chart.sentence.lines import Line
from checker.chart.vocabulary import Recogniser
from checker.words.phrase import Match

ASSESSED = frozenset({"assessment", "assessed plan"})  # sections that name diagnoses
APART = 12  # words from a finding to "but not on the left"
BESIDE = 3  # characters between two sentences that stand beside each other
SIDED = frozenset({"exam", "symptom"})  # kinds of findings that are denied for the other side
CLOSING = frozenset({".", ",", ";", "side", ")"})


def agreed(recogniser: Recogniser, told: Sequence[Finding]) -> list[Finding]:
    """What a sentence says, without a response that the same sentence denies ("no significant improvement with therapy"), and without an
    absence where it shows the same at that place: "deltoid 4/5, biceps 5/5"."""
    denied = {finding.finding for finding in told if finding.status == "absent"}
    if not denied:
        return list(told)
    shown = [finding for finding in told if finding.finding in denied and finding.status == "present"]
    if not shown:
        return list(told)
    return [finding for finding in told if finding.finding not in denied or _stands(recogniser, finding, shown)]


def _stands(recogniser: Recogniser, finding: Finding, shown: Sequence[Finding]) -> bool:
    """Whether a finding holds beside what the same sentence shows, or denies, of it."""
    definition = recogniser.findings[finding.finding]
    if finding.status != "absent":
        return definition.kind != "response"
    if finding.finding not in recogniser.of_limbs | recogniser.of_joints:
        return True
    return all(
        _is_apart(recogniser, finding, other)
        for other in shown
        if other.finding == finding.finding and other.time == finding.time
    )


def settled(recogniser: Recogniser, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a page, in its order, without a strong muscle right before or behind the sentence on a weak one of the same limb:
    "Quadriceps R 5/5 L 4/5. Hamstrings 5/5"."""
    of_limbs = [finding for finding in findings if finding.finding in recogniser.of_limbs and finding.evidence]
    sentences = [list(group) for _, group in groupby(of_limbs, key=_span)]
    fallen: set[int] = set()
    for one, two in pairwise(sentences):
        if not 0 <= _span(two[0])[0] - _span(one[0])[1] <= BESIDE:
            continue
        for here, there in ((one, two), (two, one)):
            shown = [finding for finding in there if finding.status == "present"]
            fallen.update(id(finding) for finding in here if shown and not _stands(recogniser, finding, shown))
    return [finding for finding in findings if id(finding) not in fallen] if fallen else list(findings)


def unrefuted(recogniser: Recogniser, findings: Sequence[Finding], assessed: Set[Finding]) -> list[Finding]:
    """The findings of a page without a diagnosis of what only a study shows, where the page denies it elsewhere and shows it nowhere
    else: "The MRI shows no meniscal tear. Diagnosis: meniscal tear"."""
    proven = [
        finding for finding in findings if recogniser.findings[finding.finding].proven and finding not in assessed
    ]
    shown = {finding.finding for finding in proven if finding.status == "present"}
    denied = {finding.finding for finding in proven if finding.status == "absent"} - shown
    return [finding for finding in findings if finding not in assessed or finding.finding not in denied]


def _span(finding: Finding) -> tuple[int, int]:
    """Where the sentence of a finding begins and ends."""
    evidence = finding.evidence
    return (evidence.start or 0, evidence.end or 0) if evidence else (0, 0)


def _is_apart(recogniser: Recogniser, one: Finding, two: Finding) -> bool:
    """Whether two findings are of other sides or of other parts; what is told of nerves and muscles is told of a whole limb."""
    if {one.side, two.side} == OPPOSITE:
        return True
    of = recogniser.regions if one.finding in recogniser.of_limbs else {}
    parts = [of.get(place.body_part, place.body_part) for place in (one, two) if place.body_part]
    return len(parts) > 1 and parts[0] != parts[1]


def denied_side(
    finding: Finding, mention: Match, line: Line, texts: Sequence[str], recogniser: Recogniser
) -> list[Finding]:
    """The other side of a sign of one side, where it is denied behind it: "spasm on the right but not on the left"."""
    definition, words = recogniser.findings[finding.finding], recogniser.placing
    if finding.side not in OPPOSITE or finding.status != "present" or definition.kind not in SIDED or definition.any_of:
        return []
    last = line.sentence.last
    end = min([mention.last + APART, last, *(other.first for other in line.mentions if other.first > mention.last)])
    for place in range(mention.last + 1, end):
        if texts[place] not in words.side_denials:
            continue
        behind = place + 1
        while behind < last and texts[behind] in words.ties and line.places.sides.before(behind + 1) is None:
            behind += 1
        side = line.places.sides.before(behind + 1)
        behind += 1 + line.places.is_part(behind + 1, finding.body_part)
        if {side, finding.side} == OPPOSITE and texts[min(behind, last)] in CLOSING:
            return [replace(finding, status="absent", side=side)]
    return []
