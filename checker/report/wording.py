"""What the values of a report are called in words. Formats for people share the words; only the layout differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from checker.record import record
from checker.report.model import (
    CriterionReport,
    EvidenceLine,
    GuidelineReport,
    ItemReport,
    Odds,
    OtherEdition,
    ProcedureLine,
    Report,
    fails,
)
from checker.report.safe import clean

CLOSING = "Decision support for preparing a request. Not medical or legal advice, and no guarantee of any outcome."
VERDICTS = {"upheld": "UPHELD", "overturned": "OVERTURNED", "undetermined": "UNDETERMINED"}
MEANINGS = {
    "upheld": "UPHELD = a denial would stand.",
    "overturned": "OVERTURNED = a denial would be reversed.",
    "undetermined": "UNDETERMINED = no rule decides it.",
}
TWO_VOICES = "The verdict goes by the criteria, the chance by past decisions."
EVEN = 0.5  # a chance on the other side of it than the verdict is explained
AGAINST = "not all of it is recorded; what is recorded speaks against it"
SO_FAR = "the record has only this of it, or of a part of it:"
LOOKED_AT = "the record has only this of it, which does not show it:"
PLURALS = {"speaks against": "speak against"}
COUNTED, UNCOUNTED = " asked", "the item does not state the number of"
TIERS = {
    "payer": "the payer's own rule, laid over the others by a pack",
    "mtus": "MTUS, presumed correct",
    "acoem-odg": "second tier: current ACOEM or ODG",
    "other": "last tier: other guidelines and studies",
}
BASES = {
    "quoted": "read in the guideline itself",
    "as_applied": "as IMR reviewers apply it",
    "recalled": "from memory, not verified",
    "seen": "read in a public source",
    "partly": "read in part, the rest from memory",
    "drafted": "read in a draft only",
}
UNREAD_SHOWN = 3
KINDS = {"barrier": "hard barrier", "document": "document", "change": "change"}


@record
class Mark:
    """A sign that differs without colour, the word beside it, and its tone: good, bad, open or plain."""

    sign: str
    word: str
    tone: str


ASKS = "What the guideline asks, and what the record shows"
ROLE_NOTES = {"exclusion": " [must not be so]", "supporting": " [supporting, never decides]"}
NO_MENDING = " [no paper mends it]"

_REQUIRED = {
    "met": Mark("✓", "met", "good"),
    "not_met": Mark("✗", "contradicted", "bad"),
    "not_documented": Mark("?", "not documented", "open"),
    "conflicting": Mark("≈", "conflicting", "open"),
    "not_applicable": Mark("–", "not applicable", "plain"),
}
_EXCLUSION = _REQUIRED | {
    "met": Mark("✗", "speaks against", "bad"),
    "not_met": Mark("✓", "ruled out", "good"),
    "not_documented": Mark("✓", "not recorded", "good"),
}
_BARRIER = Mark("!", "hard barrier", "bad")
_PROCEDURE = _REQUIRED | {
    "met": Mark("✓", "in order", "good"),
    "not_met": Mark("✗", "not in order", "bad"),
    "not_documented": Mark("?", "not stated", "open"),
    "due": Mark("•", "due", "plain"),
    "next_step": Mark("→", "next step", "plain"),
}


def mark_of(criterion: CriterionReport) -> Mark:
    """The mark of a criterion. An exclusion that is met speaks against the request."""
    if criterion.barrier and fails(criterion):
        return _BARRIER
    table = _EXCLUSION if criterion.role == "exclusion" else _REQUIRED
    return table.get(criterion.status, Mark("·", clean(criterion.status), "plain"))


def statement_of(criterion: CriterionReport) -> str:
    """The demand, and its role where it is not simply required."""
    statement = clean(criterion.statement).rstrip(".")
    if criterion.barrier and fails(criterion):
        lead = "" if criterion.role == "exclusion" or criterion.status == "not_documented" else "Not so: "
        return f"{lead}{statement}{ROLE_NOTES.get(criterion.role, '')}{NO_MENDING}"
    return statement + ROLE_NOTES.get(criterion.role, "")


def procedure_mark(line: ProcedureLine) -> Mark:
    """The mark of a point of procedure."""
    return _PROCEDURE.get(line.status, Mark("·", clean(line.status.replace("_", " ")), "plain"))


def point_of(line: ProcedureLine) -> str:
    """A point of procedure with its source, and how far that was verified where it was not simply read."""
    basis = "" if line.basis in ("", "seen") else basis_of(line.basis)
    source = "; ".join(part for part in (clean(line.citation), basis) if part)
    return f"{clean(line.statement)} ({source})" if source else clean(line.statement)


def procedure_of(lines: Iterable[ProcedureLine]) -> str:
    """The next step, and how many points of procedure are not in order or not stated; empty where all is said."""
    lines = tuple(lines)
    told = [clean(line.statement) for line in lines if line.status == "next_step"]
    points = [line for line in lines if line.status not in ("next_step", "due")]
    failing = sum(line.status not in ("met", "not_applicable") for line in points)
    if failing:
        verb = "needs" if failing == 1 else "need"
        told.append(f"{failing} of {len(points)} points {verb} attention; see below")
    return f"{'. '.join(told)}." if told else ""


def meanings(items: Sequence[ItemReport]) -> str:
    """What the verdict words mean, for the verdicts that occur, the first two always; and how the chance goes with them."""
    found = {"upheld", "overturned"} | {item.prediction for item in items}
    told = [text for name, text in MEANINGS.items() if name in found]
    return " ".join([*told, *([TWO_VOICES] if any(item.odds.probability is not None for item in items) else [])])


def unread_of(report: Report) -> str:
    """That papers were not read, which makes their facts look like silence; empty where all were."""
    if not report.unread:
        return ""
    pages = ", ".join(clean(page) for page in report.unread[:UNREAD_SHOWN])
    more = len(report.unread) - UNREAD_SHOWN
    pages += f" and {_many(more, 'more page')}" if more > 0 else ""
    verb = "was" if len(report.unread) == 1 else "were"
    return f"{pages} {verb} not read. What stands there counts as not documented below; see Notices."


def treatments_of(item: ItemReport) -> str:
    """The services that the words of the item were taken for."""
    labels = item.treatment_labels or item.treatments
    return clean(" + ".join(labels)) if labels else "no treatment recognised in these words"


def percent(probability: float) -> str:
    """A probability as a whole percentage, never rounded to certainty."""
    if probability < 0.01:
        return "under 1%"
    return "over 99%" if probability > 0.99 else f"{probability * 100:.0f}%"


def odds_of(odds: Odds) -> str:
    """The chance of an overturn with its range, number of letters and day, or why there is none."""
    if odds.probability is None:
        basis = clean(odds.basis).removeprefix("no odds: ")
        return f"no odds: {basis or 'not measured for this treatment'}"
    text = f"chance that IMR would overturn a denial: {percent(odds.probability)}"
    if odds.low is not None and odds.high is not None:
        text += f" (range {percent(odds.low)} to {percent(odds.high)})"
    return f"{text}; {clean(odds.measured)}" if odds.measured else text


def odds_basis(odds: Odds) -> str:
    """On what the chance was measured; empty where there is none."""
    return f"How the chance was measured: {clean(odds.basis)}" if odds.probability is not None and odds.basis else ""


def why_of(item: ItemReport) -> str:
    """The state of the criteria in one sentence, keeping silence apart from contradiction."""
    judged = [criterion for criterion in item.criteria if criterion.status != "not_applicable"]
    failing = [criterion for criterion in judged if fails(criterion)]
    if item.prediction == "undetermined":
        return "no rule governs this treatment on this date" if item.treatments else "the treatment was not recognised"
    if not failing:
        return f"every criterion that decides is met{_despite(item)}"
    counts = Counter(mark_of(criterion).word for criterion in failing)
    told = {word: PLURALS.get(word, word) if count > 1 else word for word, count in counts.items()}
    kinds = [told[word] if len(counts) == 1 else f"{count} {told[word]}" for word, count in counts.items()]
    verb = "stands" if len(failing) == 1 else "stand"
    text = f"{len(failing)} of {len(judged)} criteria {verb} in the way: {', '.join(kinds)}"
    against = sum(criterion.against for criterion in failing)
    if against:
        which = "it" if len(failing) == 1 else "them" if against == len(failing) else f"{against} of them"
        return f"{text}; what the record does say speaks against {which}"
    if all(criterion.status == "not_documented" and not criterion.barrier for criterion in failing):
        text += "; the record is silent, which the pen can mend if the facts are so"
    return text


def _despite(item: ItemReport) -> str:
    """Why a chance below one half goes with criteria that are met."""
    chance = item.odds.probability
    if item.prediction != "overturned" or chance is None or chance >= EVEN:
        return ""
    return "; yet past decisions overturned fewer than half of such denials, as reviewers also weigh what no criterion tells"


def reason_of(criterion: CriterionReport) -> str:
    """Why a criterion has its status, where the quoted lines do not say it all."""
    told = [AGAINST] if criterion.against else []
    reasons = criterion.reason.split("; ") if criterion.reason else []
    if any(COUNTED in reason for reason in reasons):  # it is asked for in another unit
        reasons = [reason for reason in reasons if not reason.startswith(UNCOUNTED)]
    return clean("; ".join([*told, *reasons]))


def lead_of(criterion: CriterionReport) -> str:
    """What stands before the quoted lines of a criterion that they do not suffice for; empty where they do."""
    if criterion.status != "not_documented" or not criterion.evidence:
        return ""
    return LOOKED_AT if criterion.role == "exclusion" else SO_FAR


def first_step(item: ItemReport) -> tuple[str, str]:
    """The one thing to do first, with the words that introduce it."""
    if item.remedies:
        first = min(item.remedies, key=lambda remedy: remedy.rank)
        return ("Stands in the way" if first.kind == "barrier" else "Do first"), clean(first.do)
    if item.prediction == "overturned":
        return "Do first", "Compare the lines quoted below with the papers, and send these papers with the request."
    if not item.treatments:
        return "Do first", "Name the treatment in the item in the words that guidelines use, or state `treatment:`."
    if item.prediction == "undetermined":
        return "Do first", "Look up the guideline by hand and quote it in the request; this program has no rule for it."
    return "Do first", "See the criteria below."


def turning(item: ItemReport) -> str:
    """The smallest set of criteria that would turn the determination, or that nothing of the record would."""
    if item.prediction != "upheld":
        return ""
    if item.would_turn:
        steps = {remedy.criterion: remedy.rank for remedy in item.remedies}
        if set(item.would_turn) <= set(steps):
            ranks = sorted({steps[name] for name in item.would_turn})
            last = " and ".join([", ".join(map(str, ranks[:-1])), str(ranks[-1])]) if len(ranks) > 1 else str(ranks[0])
            return (
                f"Step {last} alone would turn the verdict."
                if len(ranks) == 1
                else f"Steps {last} together would turn the verdict."
            )
        names = "; ".join(name.replace("-", " ") for name in item.would_turn)
        lead = "This one" if len(item.would_turn) == 1 else "All of these together"
        return f"{lead} would turn the verdict: {clean(names)}."
    if any(remedy.kind == "barrier" for remedy in item.remedies):
        return "No paper would turn it while the request stays as it is: a hard barrier stands in the way."
    return ""


def citation(guideline: GuidelineReport) -> str:
    """Title, section and pages of the governing guideline, and its tier."""
    text = clean(guideline.title)
    if guideline.section:
        text += f", {clean(guideline.section)}"
    if guideline.pages:
        many = any(mark in guideline.pages for mark in ",-–")
        text += f", {'pages' if many else 'page'} {clean(guideline.pages)}"
    grade = f"; grade {clean(guideline.grade)}" if guideline.grade else ""
    return f"{text} ({TIERS.get(guideline.tier, guideline.tier)}{grade})"


def other_edition_of(other: OtherEdition) -> str:
    """What the edition says that governs on the day of the service, and what to do for it first."""
    verdict = VERDICTS.get(other.prediction, other.prediction)
    text = f"on {other.as_of.isoformat()}, the day of the service, another edition governs"
    text += f": {citation(other.guideline)}. By that one: {verdict}" if other.guideline else f", and no rule: {verdict}"
    first = min(other.remedies, key=lambda remedy: remedy.rank, default=None)
    return f"{text}. First: {clean(first.do)}" if first else f"{text}."


def basis_of(basis: str) -> str:
    """How far a demand was verified, in words: 'recalled (low confidence)' → 'from memory, not verified (low …)'."""
    kind, blank, rest = basis.partition(" ")
    return clean(BASES.get(kind, kind) + blank + rest)


def bases_of(criteria: Iterable[CriterionReport]) -> str:
    """How far the demands of an item were verified, counted."""
    counts = Counter(basis_of(criterion.basis) for criterion in criteria)
    if len(counts) == 1:
        return next(iter(counts))
    return "; ".join(f"{count} {name}" for name, count in counts.items())


def place_of(line: EvidenceLine) -> str:
    """Document, page, line and date of a quoted line."""
    parts = [clean(line.document) or "request"]
    if line.page:
        parts.append(f"page {line.page}")
    if line.line:
        parts.append(f"line {line.line}")
    if line.date:
        parts.append(line.date.isoformat())
    if line.stated:
        parts.append("stated by the office")
    return ", ".join(parts)


def fact_of(line: EvidenceLine) -> str:
    """What the line was read as."""
    return clean(f"{line.finding.replace('-', ' ')}: {line.status.replace('_', ' ')}")


def totals(reports: Iterable[Report]) -> str:
    """How many requests and items, and how many of each verdict."""
    reports = tuple(reports)
    counts = Counter(item.prediction for report in reports for item in report.items)
    verdicts = ", ".join(f"{counts[name]} {name}" for name in VERDICTS if counts[name])
    return f"{_many(len(reports), 'request')}, {_many(sum(counts.values()), 'item')}: {verdicts or 'nothing checked'}."


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
