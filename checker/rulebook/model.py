"""The rulebook: guidelines, rules with their criteria, and the vocabularies that rules speak in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from checker.record import record
from checker.words.groups import NO_GROUPS, WordGroups


@record
class Place:
    """Where a rule, criterion or entry stands. Line counts from 1."""

    file: str = ""
    line: int = 0


@record
class Basis:
    """How far a demand was verified: quoted, as_applied, or recalled with a confidence (high, medium, low)."""

    kind: str
    source: str = ""
    confidence: str | None = None


# --- checks: the closed set of operators (docs/rule-format.md) -------------------------------------------------------


@record
class Bounds:
    """Limits of a number; None is open. `unit` names what is counted."""

    at_least: float | None = None
    at_most: float | None = None
    more_than: float | None = None
    less_than: float | None = None
    unit: str | None = None


@record
class All:
    parts: tuple[Check, ...]


@record
class Any:
    parts: tuple[Check, ...]


@record
class AtLeast:
    count: int
    parts: tuple[Check, ...]


@record
class Not:
    part: Check


@record
class FindingCheck:
    """One of `names` is recorded with `status`. body_part: None, 'requested', 'region' (requested part and what it
    feeds, as the arm of the neck), or a part. `within_days` counts back from the deciding date."""

    names: tuple[str, ...]
    status: str = "present"
    body_part: str | None = None
    side: str | None = None
    within_days: int | None = None
    sources: tuple[str, ...] = ()
    suspected: bool = False  # a suspicion counts too: "rule out meniscal tear" names the lesion looked for


@record
class ValueCheck:
    """The newest (`pick: newest`), highest or lowest recorded value of a finding lies within the bounds."""

    finding: str
    bounds: Bounds
    body_part: str | None = None
    pick: str = "newest"


@record
class DurationCheck:
    """Days from the start of `of` (injury, or a finding with a date or a duration value) to the deciding date."""

    of: str
    bounds: Bounds  # in days


@record
class TriedCheck:
    """One of `treatments` was done, with one of `responses` (empty: any), at least so many visits or days."""

    treatments: tuple[str, ...]
    responses: tuple[str, ...] = ()
    visits: Bounds | None = None
    days: Bounds | None = None
    body_part: str | None = None
    count: int = 1  # how many different treatments of the list
    after: tuple[str, ...] = ()  # only what was done after the last of these
    in_use: bool = False  # not what the record says was given up
    within_days: int | None = None  # not what is known to be older than this, counted back from the deciding date


@record
class PendingCheck:
    """One of `treatments` is planned, requested or authorized and not yet done."""

    treatments: tuple[str, ...]
    statuses: tuple[str, ...] = ("planned", "requested", "authorized")
    body_part: str | None = None


@record
class RequestCheck:
    """What is asked for. Exactly one of: `quantity` within bounds (`cumulative` adds visits already done,
    `after` only those since the last of these treatments, `counting` those done of these treatments at any part), `states`
    (the words name a quantity, body_part, side, level, dose …), `with_treatments` (another item or part of this request
    asks for one of them, or with no `by_itself` the words name one that this goes with), `with_failing` (another item asks for one of them and none that does meets its criteria), `flag`
    (retrospective, remaining_portion, trial_authorized, duplicate, first visit plan …)."""

    quantity: str | None = None
    bounds: Bounds | None = None
    cumulative: bool = False
    after: tuple[str, ...] = ()
    counting: tuple[str, ...] = ()
    states: str | None = None
    with_treatments: tuple[str, ...] = ()
    by_itself: bool = False
    with_failing: tuple[str, ...] = ()
    flag: str | None = None
    body_parts: tuple[str, ...] = ()


@record
class PatientCheck:
    age: Bounds | None = None
    sex: str | None = None


@record
class IntervalCheck:
    """Days between the last done event of `treatments` (or the newest `finding`) and the deciding date."""

    bounds: Bounds  # in days
    treatments: tuple[str, ...] = ()
    finding: str | None = None
    body_part: str | None = None


Leaf: TypeAlias = (
    FindingCheck | ValueCheck | DurationCheck | TriedCheck | PendingCheck | RequestCheck | PatientCheck | IntervalCheck
)
Check: TypeAlias = All | Any | AtLeast | Not | Leaf


def walk(check: Check) -> list[Check]:
    """The check and all its parts, outermost first."""
    parts: list[Check] = [check]
    if isinstance(check, (All, Any, AtLeast)):
        for part in check.parts:
            parts.extend(walk(part))
    elif isinstance(check, Not):
        parts.extend(walk(check.part))
    return parts


# --- rules -----------------------------------------------------------------------------------------------------------


@record
class Criterion:
    id: str
    statement: str
    check: Check
    basis: Basis
    role: str = "required"  # required | exclusion | supporting
    applies_when: Check | None = None  # not met or silent: the criterion is not applicable
    remedy: str | None = None
    barrier: bool = False  # no paper can mend it while the request stays as it is
    place: Place = Place()


@record
class Scope:
    """What a rule applies to. Empty body_parts: any. `when` must be met, else the rule does not apply. `rank` orders
    rules of one tier for one topic (1 first)."""

    treatments: tuple[str, ...]
    body_parts: tuple[str, ...] = ()
    when: Check | None = None
    when_text: str = ""
    rank: int = 5
    unless_governed_by: tuple[str, ...] = ()  # guidelines beside which a rule of the statute does not bind


@record
class Rule:
    """What one guideline says of one treatment."""

    id: str  # <guideline>/<topic>, the same as its path under rules/
    title: str
    guideline: str
    scope: Scope
    recommendation: str  # recommended | recommended_with_criteria | not_recommended | no_recommendation
    criteria: tuple[Criterion, ...]
    section: str | None = None
    pages: str | None = None
    basis: Basis = Basis("recalled", "", "medium")
    grade: str | None = None
    summary: str = ""
    pack: str = ""
    place: Place = Place()


@record
class Guideline:
    """One edition. `start` and `end` bound the deciding dates it governed (both included; None is open)."""

    id: str
    family: str
    title: str
    tier: str  # payer (of a pack) | mtus | acoem-odg | other | statute (never governs, binds beside whichever does)
    start: date | None = None
    end: date | None = None
    citation: str = ""
    basis: Basis = Basis("recalled", "", "medium")
    silent_on: tuple[Silence, ...] = ()
    topic: str = ""  # where a family holds several topics side by side
    note: str = ""
    text_at: str = ""  # where an office reads the current text


@record
class Silence:
    """A topic on which a guideline of a higher tier gives no rule, so that the next tier is asked."""

    treatments: tuple[str, ...]
    why: str
    body_parts: tuple[str, ...] = ()


@record
class Treatment:
    """One service of the catalogue. `needs` names what a request must state (body_part, quantity, kind)."""

    id: str
    label: str
    category: str
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # wider treatments this one is an example of; rules for them apply too
    needs: tuple[str, ...] = ()
    unit: str | None = None  # what a bare number counts: visits, sessions, tablets, injections …
    default_body_part: str | None = None
    ancillary: bool = False
    asks_about: bool = False  # a consultation, a ride: what the item names after it is its purpose, not asked for
    vague: bool = False  # says no kind: gives way to any other treatment of its category in the same item
    results_from: tuple[str, ...] = ()  # other treatments whose results count for it: a block before an ablation
    short_names: tuple[
        str, ...
    ] = ()  # clear on a request line that names nothing else; in charts they are other things
    rxnorm: str | None = None  # RxNorm name of the ingredient, or of the ingredients with slashes between

    @property
    def is_drug(self) -> bool:
        """Whether it is a drug, or a class of drugs."""
        return self.rxnorm is not None or self.unit == "tablets"


@record
class FindingType:
    """One word of the vocabulary of findings, with the phrases charts use for it."""

    id: str
    label: str
    # symptom, exam, imaging, electrodiagnostic, lab, diagnosis, history, response, statement, safeguard, work, measure
    kind: str
    phrases: tuple[str, ...] = ()
    absent_phrases: tuple[str, ...] = ()
    next_phrases: tuple[str, ...] = ()  # count only right behind a sentence in which a treatment of `told_of` helped
    not_phrases: tuple[str, ...] = ()  # hold a phrase of the finding and mean something else: "pain clinic"
    codes: tuple[str, ...] = ()  # diagnosis code prefixes
    body_parts: tuple[str, ...] = ()  # implied by the finding itself
    unit: str | None = None
    numbers: tuple[str, ...] = ()  # phrases after or before which the number stands
    implies: tuple[str, ...] = ()
    test: bool = False  # phrases name an exam test; its result stands beside it
    any_of: bool = False  # one of several things: that one of them is denied does not deny it
    changes: bool = False  # of two numbers in a phrase the later one must be the better one
    care: bool = False  # it is care itself, which may be planned, asked for or refused like a treatment
    lasting: bool = False  # it does not pass: a history of it is having it
    proven: bool = False  # it is what a study shows: suspected it is not there
    treatments: tuple[str, ...] = ()  # that show it: a laminectomy done shows "earlier spine surgery"
    statuses: tuple[str, ...] = ("done",)  # what must have become of them
    responses: tuple[str, ...] = ()  # and with which result; none: with any
    sections: tuple[str, ...] = ()  # in which a line must begin with the treatments; none: anywhere
    reason_for: tuple[str, ...] = ()  # categories of services: it says that a reason for one of them is given
    told_of: tuple[str, ...] = ()  # categories of treatments: it is a result of these and of no others; none: of any
    besides_drugs: tuple[
        str, ...
    ] = ()  # words for other care, where a sentence on drugs alone does not tell it; none: it does
    of_requested: tuple[str, ...] = ()  # categories: for their items it counts only of a related treatment, or of none
    scored: bool = False  # a percentage that two scores of pain beside such a treatment tell, too
    until: tuple[str, ...] = ()  # findings: recorded on a later day, one of them takes its place


@record
class BodyPart:
    id: str
    names: tuple[str, ...]
    feeds: tuple[str, ...] = ()  # parts whose symptoms and signs belong to it (arm of the neck)
    within: tuple[str, ...] = ()  # larger parts


@record
class AssertionPhrase:
    """One ConText phrase: what it does to mentions, in which direction, how far (words)."""

    phrase: str
    category: str
    direction: str = "forward"  # forward | backward | both | pseudo | terminate
    scope: int | None = None


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules and vocabularies of a run. Compared by identity, so that what is built from it can be kept."""

    guidelines: Mapping[str, Guideline] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    findings: Mapping[str, FindingType] = field(default_factory=dict)
    body_parts: Mapping[str, BodyPart] = field(default_factory=dict)
    assertions: tuple[AssertionPhrase, ...] = ()
    words: WordGroups = NO_GROUPS  # lists of words that phrases name
    by_treatment: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # rules that name a treatment
    binding: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # rules of the statute that name a treatment
    extra: Mapping[str, object] = field(default_factory=dict)  # data of single rooms: assertion settings, documents
    # What the reader of charts works out of the vocabulary, where that was kept.
    index: Mapping[str, str | bytes] = field(default_factory=dict)
