"""The stated reason of a denial against the record: which criteria it speaks of, and whether the record answers each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from checker.procedure.law import Law
from checker.record import record
from checker.report.model import CriterionReport, ItemReport
from checker.rulebook.checks import names_in
from checker.rulebook.model import Criterion, Rulebook
from checker.words.phrases import PhraseIndex
from checker.words.tokens import Tokens, tokenize

NAMED = 3.0  # a finding or treatment of the criterion is named in the reason
ENOUGH = 2.0  # what a criterion must score to be spoken of
STEM = 5  # letters by which "injection" and "injections" are the same word
SENTENCE_ENDS = frozenset({".", ";", "!", "?"})


@record
class Answer:
    """A part of the reason, the criterion it speaks of (None: none of the governing rule), and whether it is answered."""

    part: str
    criterion: CriterionReport | None
    is_answered: bool


def answers(reason: str, item: ItemReport, rulebook: Rulebook, law: Law) -> tuple[Answer, ...]:
    """Every part of a reason with the criteria it speaks of."""
    criteria = [entry for entry in item.criteria if entry.status != "not_applicable"]
    found: list[Answer] = []
    seen: set[tuple[str, str]] = set()
    for part in parts_of(reason):
        spoken = _spoken_of(part, criteria, rulebook, law)
        for criterion in spoken:
            if (criterion.rule, criterion.id) not in seen:
                seen.add((criterion.rule, criterion.id))
                found.append(Answer(part, criterion, _is_answered(criterion)))
        if not spoken and _words(tokenize(part), law):
            found.append(Answer(part, None, False))
    return tuple(found)


def _is_answered(criterion: CriterionReport) -> bool:
    """Silence passes an exclusion for the guideline but does not answer a reviewer who names it."""
    if criterion.role == "exclusion":
        return criterion.status == "not_met"
    return criterion.status == "met"


def parts_of(reason: str) -> Iterator[str]:
    """Sentences of the reason."""
    tokens = tokenize(reason)
    start = 0
    for text, end in zip(tokens.texts, tokens.ends, strict=True):
        if text in SENTENCE_ENDS:
            if part := reason[start:end].strip(" .;"):
                yield " ".join(part.split())
            start = end
    if part := reason[start:].strip(" .;"):
        yield " ".join(part.split())


def _spoken_of(
    part: str, criteria: Sequence[CriterionReport], rulebook: Rulebook, law: Law
) -> tuple[CriterionReport, ...]:
    """Criteria by the findings and treatments named in the part, and by the words shared with their statements."""
    tokens = tokenize(part)
    named = {str(match.key) for match in _vocabulary(rulebook).find(tokens)}
    named |= {other for name in named for other in law.speaks_of.get(name, ())}
    words = _words(tokens, law)
    statements = {(c.rule, c.id): _said(c, rulebook, law) for c in criteria}
    rarity = _rarity(statements.values())
    found: list[tuple[float, CriterionReport]] = []
    for criterion in criteria:
        score = NAMED * bool(named & _names(criterion, rulebook))
        score += sum(rarity[word] for word in words & statements[criterion.rule, criterion.id])
        if score >= ENOUGH:
            found.append((score, criterion))
    best = max((score for score, _ in found), default=0.0)
    return tuple(criterion for score, criterion in found if score >= best / 2)


def _said(criterion: CriterionReport, rulebook: Rulebook, law: Law) -> frozenset[str]:
    """The words of a statement and of the names of what it asks about."""
    names = _asked(criterion, rulebook)
    labels = [rulebook.findings[name].label for name in names if name in rulebook.findings]
    labels += [rulebook.treatments[name].label for name in names if name in rulebook.treatments]
    return _words(tokenize(" . ".join([criterion.statement, *labels])), law)


def _rarity(statements: Iterable[frozenset[str]]) -> dict[str, float]:
    """A word that few criteria of the rule use tells more."""
    counts: dict[str, int] = {}
    for words in statements:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return {word: 1.0 / number for word, number in counts.items()}


def _words(tokens: Tokens, law: Law) -> frozenset[str]:
    """The telling words of a text, cut to their stems."""
    return frozenset(text[:STEM] for text in tokens.texts if text.isalpha() and text not in law.plain_words)


@lru_cache(maxsize=2)
def _vocabulary(rulebook: Rulebook) -> PhraseIndex:
    phrases = [(phrase, entry.id) for entry in rulebook.findings.values() for phrase in entry.phrases]
    names = [(name, entry.id) for entry in rulebook.treatments.values() for name in entry.names]
    return PhraseIndex([*phrases, *names], groups=rulebook.words)


def _names(report: CriterionReport, rulebook: Rulebook) -> set[str]:
    """What a criterion asks about, with the findings that show it and the treatments that are examples of it."""
    names = _asked(report, rulebook)
    shown = {entry.id for entry in rulebook.findings.values() if names & set(entry.implies)}
    kinds = {entry.id for entry in rulebook.treatments.values() if names & set(entry.kinds)}
    return names | shown | kinds


def _asked(report: CriterionReport, rulebook: Rulebook) -> set[str]:
    criterion = criterion_of(report, rulebook)
    if criterion is None:
        return set()
    names: Mapping[str, set[str]] = names_in(criterion.check)
    return names["finding"] | names["treatment"]


def criterion_of(report: CriterionReport, rulebook: Rulebook) -> Criterion | None:
    """The criterion of the rulebook behind a line of the report."""
    rule = rulebook.rules.get(report.rule)
    return next((entry for entry in rule.criteria if entry.id == report.id), None) if rule else None
