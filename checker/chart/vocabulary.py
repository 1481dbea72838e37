"""The vocabulary of a rulebook, indexed once for the reader: phrases, headings, small words, and which words fit together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from checker.chart.amount.amounts import AmountWords, amount_words
from checker.chart.amount.grades import GradeWords
from checker.chart.amount.scores import SCORE, MeasureWords, ScoreWords
from checker.chart.amount.shares import ShareWords
from checker.chart.context.follow import FollowWords, follow_words
from checker.chart.context.results import ResultWords, result_entries
from checker.chart.context.small_words import ReasonWords, SmallWords
from checker.chart.page.layout import SentenceWords
from checker.chart.page.sections import Headings
from checker.chart.page.tables import TableWords, table_words
from checker.chart.place.angles import AngleWords
from checker.chart.place.place_words import NO_PLACE, PlaceWords
from checker.record import record
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import FindingType, Rulebook
from checker.rulebook.spine import vertebrae_of
from checker.words.mending import Mender
from checker.words.merging import merged_of
from checker.words.phrases import PhraseGroups
from checker.words.settings import word_sets

BARE, CAPITAL = "bare", "capital"  # words that name a treatment only where they stand alone, only in capitals
PAPER = "paper"  # words that stand for the treatment of which a paper reports: "visit 6 of 8"
NEXT = "next"  # a mention that counts only behind a sentence in which a treatment helped
NOTHING = "nothing"  # a mention that hides a shorter one of its finding and says nothing itself


@record
class BareNames:
    """Words that stand for a treatment only where no other kind is named beside them (rules/assertion/names.yaml)."""

    after: frozenset[str]
    joins: frozenset[str]
    others: frozenset[str]
    within: frozenset[str]
    elsewhere: frozenset[str]
    in_capitals: frozenset[str]
    tellers: frozenset[str]
    agents: frozenset[str]  # a small word behind one of these is somebody: "declined by pt"
    bundles: frozenset[str]  # services whose longer names may run over other services
    listing: frozenset[str]  # between the two
    dating: frozenset[str]  # between an operation or a study and its day


@record
class UntellingWords:
    """Words with which a sentence or a phrase says nothing (rules/assertion/sentences.yaml)."""

    turning: frozenset[str]  # deny a phrase from within its gap
    joined: frozenset[str]  # deny the word right behind the gap
    emptying: frozenset[str]  # right before the last word of a phrase of gain take it away
    unreal: frozenset[str]  # make a gain a hope from within the gap of its phrase
    asking: frozenset[str]  # begin a question
    filling: frozenset[str]  # with which a form asks for an entry
    persons: frozenset[str]  # begin a sentence of a plan that tells how the patient is


@record
class Kinds:
    """Treatments of which different things are to be understood."""

    counted: Mapping[str, str]  # treatments that are counted in visits, or in days
    repeated: frozenset[str]  # those that are counted by themselves: "three injections"
    drugs: frozenset[str]
    curing: frozenset[str]  # what may help or fail: no studies, no consultations
    momentary: frozenset[str]  # what happens on one day: operations, injections
    own: frozenset[str]  # what patients do by themselves
    taken: frozenset[str]  # drugs by their own names
    studied: frozenset[str]  # imaging and other studies
    local: frozenset[str]  # what is done to one part of the body: no drugs
    resulting: frozenset[str]  # all but what has no result, such as consultations
    acting: frozenset[
        str
    ]  # those of them that are counted, done on one day or taken: what words on a result may be told of


@record
class Links:
    """How findings hang together with parts of the body and with treatments."""

    fitting: Mapping[str, frozenset[str]]  # sign or complaint of one part of the body → the parts it may be told of
    shown: Mapping[str, Sequence[FindingType]]  # treatment → findings that it shows by itself
    told_of: Mapping[str, frozenset[str]]  # result of certain treatments only → these treatments
    # what counts for the treatment that it names → treatments that it may name
    of_requested: Mapping[str, frozenset[str]]
    scored: Sequence[FindingType]  # percentages that two scores of pain tell, too
    reasoned: Mapping[str, Sequence[str]]  # treatment → findings that say that a reason is given for it
    care: tuple[str, ...]  # how words for care begin that names no treatment


@record
class Recogniser:
    """Everything built once from a rulebook."""

    findings: Mapping[str, FindingType]
    phrases: PhraseGroups  # keys: mentions (kind of entry, id), parts, sides, triggers, cues, results
    mender: Mender
    headings: Headings
    small: SmallWords
    splitting: SentenceWords
    placing: PlaceWords
    part_words: frozenset[str]  # single words for parts of the body
    limbs: Mapping[str, str]  # part of the body → the limb that it is of, all on one side
    regions: Mapping[str, str]  # part of the body → the limb that it is of, or whose nerves come from it
    of_limbs: frozenset[str]  # findings that are told of a whole limb
    of_care: frozenset[str]  # findings that tell what care of a part of the body did
    of_joints: frozenset[str]  # … of a whole joint
    vertebrae: Mapping[str, int]  # by their names, from above
    one_sided: frozenset[str]  # parts that are on the side on which the whole paper tells of them
    whole_gains: frozenset[str]  # … of a gain that is neither small nor of a day
    tables: TableWords
    amounts: AmountWords
    scores: ScoreWords
    scored: Sequence[tuple[str, str]]  # keys of the findings that are scores of pain
    angles: AngleWords
    grades: GradeWords
    shares: ShareWords
    measures: MeasureWords
    follow: FollowWords
    bare: BareNames
    kinds: Kinds
    codes: Sequence[tuple[str, str]]  # beginning of a diagnosis code, finding
    testing: ResultWords
    carried: frozenset[str]
    untelling: UntellingWords
    reasons: ReasonWords
    links: Links
    services: Mapping[str, str]  # type of paper → what it says of a service that it names without more
    payers: frozenset[str]  # types of papers that are a payer's letters


@lru_cache(maxsize=4)
def build_recogniser(rulebook: Rulebook) -> Recogniser:
    """Index the vocabulary of a rulebook."""
    settings: Mapping[str, Any] = rulebook.extra.get("assertion", {})  # type: ignore[assignment]
    sentences, names, amounts = (settings.get(name, {}) for name in ("sentences", "names", "amounts"))
    phrases = _phrases(rulebook, settings, rulebook.index)
    links, kinds = _links(rulebook), _kinds(rulebook, names)
    return Recogniser(
        findings=rulebook.findings,
        phrases=phrases,
        mender=Mender(phrases.words(), merged_of(sentences.get("merged", ()), rulebook.words)),
        headings=Headings(settings.get("sections", {})),
        small=word_sets(SmallWords, sentences),
        splitting=word_sets(SentenceWords, sentences),
        placing=word_sets(PlaceWords, sentences),
        part_words=_part_words(rulebook),
        vertebrae=vertebrae_of(rulebook),
        limbs=_limbs(rulebook, sentences.get("limbs", ())),
        regions=_regions(rulebook, sentences.get("limbs", ())),
        of_limbs=frozenset(sentences.get("of_limbs", ())),
        of_joints=frozenset(sentences.get("of_joints", ())),
        of_care=frozenset(f.id for f in rulebook.findings.values() if _is_of_care(f, links, kinds)),
        one_sided=frozenset(sentences.get("one_sided", ())),
        whole_gains=frozenset(sentences.get("whole_gains", ())),
        tables=table_words(sentences),
        amounts=amount_words(amounts),
        follow=follow_words(names.get("follow", {})),
        scored=[("number", finding.id) for finding in rulebook.findings.values() if finding.unit == SCORE],
        **_measuring(amounts, rulebook),
        bare=word_sets(BareNames, names),
        kinds=kinds,
        codes=[(code, finding.id) for finding in rulebook.findings.values() for code in finding.codes],
        testing=_result_words(settings.get("results", {}), sentences),
        carried=frozenset(sentences.get("carried_kinds", ())),
        untelling=word_sets(UntellingWords, sentences),
        reasons=word_sets(ReasonWords, settings.get("reasons", {})),
        links=links,
        services=_services(rulebook),
        payers=letter_types(rulebook),
    )


def _is_of_care(finding: FindingType, links: Links, kinds: Kinds) -> bool:
    is_of_local = not kinds.local.isdisjoint(links.told_of.get(finding.id, ()))
    return finding.kind == "response" and (is_of_local or bool(finding.besides_drugs))


def letter_types(rulebook: Rulebook) -> frozenset[str]:
    """The types of papers that are a payer's letters."""
    documents: Mapping[str, Any] = rulebook.extra.get("documents", {})  # type: ignore[assignment]
    return frozenset(t["type"] for t in documents.get("types", ()) if "letter_lines" in t)


def _services(rulebook: Rulebook) -> Mapping[str, str]:
    documents: Mapping[str, Any] = rulebook.extra.get("documents", {})  # type: ignore[assignment]
    return {t["type"]: t["services"] for t in documents.get("types", ()) if "services" in t}


def _result_words(results: Mapping[str, Any], sentences: Mapping[str, Any]) -> ResultWords:
    return ResultWords(
        between=frozenset(results.get("between", ())),
        topics=frozenset((*sentences.get("topics", ()), *results.get("topics", ()))),
        pronouns=frozenset(results.get("pronouns", ())),
        plain=frozenset(results.get("plain", ())),
        denials=frozenset(results.get("denials", ())),
    )


def _limbs(rulebook: Rulebook, limbs: Sequence[str]) -> Mapping[str, str]:
    parts = rulebook.body_parts.values()
    return {part.id: limb for part in parts for limb in limbs if limb in (part.id, *part.within)}


def _regions(rulebook: Rulebook, limbs: Sequence[str]) -> Mapping[str, str]:
    parts = rulebook.body_parts.values()
    return {part.id: limb for part in parts for limb in limbs if limb in (part.id, *part.within, *part.feeds)}


def _measuring(amounts: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    """The words beside what is measured."""
    kinds = {"scores": ScoreWords, "angles": AngleWords, "grades": GradeWords, "measures": MeasureWords}
    lists = rulebook.words.words
    shares = {
        name: [word for entry in entries for word in lists.get(entry, (entry,))]
        for name, entries in amounts.get("shares", {}).items()
    }
    told: dict[str, Any] = {name: word_sets(kind, amounts.get(name, {})) for name, kind in kinds.items()}
    return {**told, "shares": word_sets(ShareWords, shares)}


def _part_words(rulebook: Rulebook) -> frozenset[str]:
    names = (name for part in rulebook.body_parts.values() for name in part.names)
    return frozenset(word for name in names if name.replace("|", "").isalpha() for word in name.split("|"))


def _kinds(rulebook: Rulebook, names: Mapping[str, Any]) -> Kinds:
    treatments = rulebook.treatments.values()
    counted = {t.id: t.unit for t in treatments if t.unit in ("visits", "sessions", "days")}
    drugs = frozenset(t.id for t in treatments if t.is_drug)
    momentary = frozenset(t.id for t in treatments if t.category in names.get("momentary", ()))
    resulting = frozenset(t.id for t in treatments if t.category not in names.get("without_result", ()))
    local = (*names.get("sided", ()), *names.get("sided_on_limbs", ()))
    return Kinds(
        counted=counted,
        repeated=frozenset(t.id for t in treatments if t.unit == "injections"),
        drugs=drugs,
        curing=frozenset(t.id for t in treatments if t.category not in names.get("not_curing", ())),
        momentary=momentary,
        own=frozenset(names.get("own", ())),
        taken=frozenset(t.id for t in treatments if t.rxnorm),
        studied=frozenset(t.id for t in treatments if t.unit == "studies"),
        local=frozenset(t.id for t in treatments if t.category in local),
        resulting=resulting,
        acting=(frozenset(name for name in counted if counted[name] != "days") | momentary | drugs) & resulting,
    )


def index_of(rulebook: Rulebook) -> Mapping[str, str]:
    """What indexing the vocabulary of a rulebook works out, as named texts: given as `Rulebook.index` it spares the work."""
    settings: Mapping[str, Any] = rulebook.extra.get("assertion", {})  # type: ignore[assignment]
    return _phrases(rulebook, settings, {}).keep()


def _phrases(rulebook: Rulebook, settings: Mapping[str, Any], kept: Mapping[str, str | bytes]) -> PhraseGroups:
    sentences = settings.get("sentences", {})
    return PhraseGroups(
        {
            "mentions": (*_entries(rulebook), *_names_in_charts(settings.get("names", {}))),
            "parts": (
                (
                    sentences.get("not_parts", ()),
                    NO_PLACE,
                ),  # before the parts: of two of the same words the first counts
                *((part.names, part.id) for part in rulebook.body_parts.values()),
            ),
            "sides": ((names, side) for side, names in sentences.get("sides", {}).items()),
            "triggers": (([entry.phrase], ("trigger", entry)) for entry in rulebook.assertions),
            "cues": _cues(settings.get("sections", {})),
            "results": result_entries(settings.get("results", {})),
            "refusals": ((phrases, status) for status, phrases in settings.get("refusals", {}).items()),
        },
        kept,
        rulebook.words,
    )


def _shown(rulebook: Rulebook) -> Mapping[str, Sequence[FindingType]]:
    by_treatment: dict[str, list[FindingType]] = {}
    for finding in rulebook.findings.values():
        for treatment in finding.treatments:
            by_treatment.setdefault(treatment, []).append(finding)
    return {
        name: shown
        for name in rulebook.treatments
        if (shown := [finding for kind in kinds_of(name, rulebook) for finding in by_treatment.get(kind, ())])
    }


def _reasoned(rulebook: Rulebook) -> Mapping[str, Sequence[str]]:
    telling = [finding for finding in rulebook.findings.values() if finding.reason_for]
    return {t.id: [f.id for f in telling if t.category in f.reason_for] for t in rulebook.treatments.values()}


def _links(rulebook: Rulebook) -> Links:
    findings = rulebook.findings.values()
    return Links(
        fitting=_fitting(rulebook),
        shown=_shown(rulebook),
        told_of={f.id: _of_categories(f.told_of, rulebook) for f in findings if f.told_of},
        of_requested={f.id: _of_categories(f.of_requested, rulebook) for f in findings if f.of_requested},
        scored=[f for f in findings if f.scored],
        reasoned=_reasoned(rulebook),
        care=tuple(sorted({stem for f in findings for stem in f.besides_drugs})),
    )


def _of_categories(categories: Sequence[str], rulebook: Rulebook) -> frozenset[str]:
    return frozenset(t.id for t in rulebook.treatments.values() if t.category in categories)


def _fitting(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """For signs and complaints of one part the parts with which they may be told: it, what it belongs to, what it feeds.
    A test has a name of its own and needs no part."""
    parts = rulebook.body_parts
    return {
        finding.id: frozenset(finding.body_parts)
        | {
            name
            for name, part in parts.items()
            for own in finding.body_parts
            if own in (*part.within, *part.feeds) or name in (*parts[own].within, *parts[own].feeds)
        }
        for finding in rulebook.findings.values()
        if finding.body_parts and not finding.test and finding.kind in ("exam", "symptom", "measure")
    }


def _entries(rulebook: Rulebook) -> Iterable[tuple[Sequence[str], Hashable]]:
    for finding in rulebook.findings.values():
        yield finding.phrases, ("test" if finding.test else "present", finding.id)
        yield finding.absent_phrases, ("absent", finding.id)
        yield finding.next_phrases, (NEXT, finding.id)
        yield finding.not_phrases, (NOTHING, finding.id)
        yield finding.numbers, ("number", finding.id)
    for treatment in rulebook.treatments.values():
        yield treatment.names, ("treatment", treatment.id)


def _names_in_charts(names: Mapping[str, Any]) -> Iterable[tuple[Sequence[str], Hashable]]:
    for treatment, phrases in names.get("in_charts", {}).items():
        yield phrases, ("treatment", treatment)
    for treatment, phrases in names.get("not_named", {}).items():
        yield phrases, (NOTHING, treatment)
    yield names.get("of_the_paper", ()), ("treatment", "", PAPER)
    for word, treatment in names.get("bare", {}).items():
        yield [word], ("treatment", treatment, BARE)
    for word, treatment in names.get("in_capitals", {}).items():
        yield [word], ("treatment", treatment, CAPITAL)


def _cues(sections: Mapping[str, Any]) -> Iterable[tuple[Sequence[str], Hashable]]:
    for kind, name in (("visit", "visit_dates"), ("other", "other_dates"), ("never", "never_dates")):
        yield sections.get(name, ()), ("cue", kind)
