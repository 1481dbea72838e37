"""One question to the rulebook: one treatment of one item at the body parts that one rule governs, with its setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from checker.chart.model import Chart, Finding, TreatmentEvent
from checker.engine.logic import Outcome
from checker.engine.overtaken import newest_word
from checker.record import record
from checker.request.model import Asked, Injury, Patient
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Rulebook, Treatment
from checker.rulebook.spine import hold_for

# Kinds of findings that are of one side where they name it; an illness is of the whole patient, whatever side stands beside it.
SIDED = frozenset({"exam", "symptom", "imaging", "electrodiagnostic", "measure", "response", "history"})
RESULTS = frozenset({"response", "measure"})  # kinds of findings that tell what care did, and by how much


@record
class Setting:
    """Everything a check may look at. Built once for an item, then narrowed to each of its units."""

    rulebook: Rulebook
    chart: Chart
    as_of: date
    patient: Patient = field(default_factory=Patient)
    injury: Injury = field(default_factory=Injury)
    asked: Asked = field(default_factory=Asked)
    treatment: str = ""
    # treatments (with their kinds) that it goes with: asked for elsewhere, or its occasion
    others: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()  # those of them that are asked for
    failing: frozenset[str] = frozenset()  # those of them that no item asks for that meets its criteria
    requested: frozenset[str] = frozenset()  # the asked body parts, their larger and smaller parts; empty: any
    region: frozenset[str] = frozenset()  # the same and what they feed
    events: Mapping[str, tuple[TreatmentEvent, ...]] = field(default_factory=dict)  # by treatment and by its kinds
    everywhere: Mapping[str, tuple[TreatmentEvent, ...]] = field(default_factory=dict)  # by treatment, of any part


Compiled: TypeAlias = Callable[[Setting], Outcome]  # a check made ready: asking it is one call


def events_by_kind(chart: Chart, rulebook: Rulebook) -> dict[str, tuple[TreatmentEvent, ...]]:
    """Treatment events under their own name and under every wider treatment."""
    found: dict[str, list[TreatmentEvent]] = {}
    for name, events in chart.events.items():
        for kind in kinds_of(name, rulebook):
            found.setdefault(kind, []).extend(events)
    return {name: tuple(events) for name, events in found.items()}


def narrow(setting: Setting, treatment: str, parts: tuple[str, ...]) -> Setting:
    """The setting of one unit: this treatment at these body parts."""
    requested, region = neighbourhood(parts, setting.rulebook)
    chart = _of_side(setting.chart, setting.asked.side, region, setting.rulebook)
    chart = _of_part(chart, treatment, requested, region, setting.rulebook)
    chart = _of_levels(chart, setting.asked.levels, setting.rulebook)
    chart = newest_word(_of_treatment(chart, treatment, setting.rulebook), treatment, setting.rulebook)
    return Setting(
        rulebook=setting.rulebook,
        chart=chart,
        as_of=setting.as_of,
        patient=setting.patient,
        injury=setting.injury,
        asked=setting.asked,
        treatment=treatment,
        others=setting.others,
        beside=setting.beside,
        failing=setting.failing,
        requested=requested,
        region=region,
        everywhere=setting.chart.events,
        events=setting.events if chart.events is setting.chart.events else events_by_kind(chart, setting.rulebook),
    )


def _of_part(
    chart: Chart, treatment: str, requested: frozenset[str], region: frozenset[str], rulebook: Rulebook
) -> Chart:
    """The chart without care of other joints and parts of the spine, and its results: relief after a cervical injection is none after a
    lumbar one. ("He can turn his head" tells of the neck.) What is done to a joint of the arm is not done for signs and complaints of the
    leg."""
    others = _other_limbs(requested, rulebook) if _is_local(treatment, rulebook) else frozenset()
    findings = {}
    for name, found in chart.findings.items():
        known = rulebook.findings.get(name)
        if region and known and known.kind in RESULTS:
            found = tuple(one for one in found if not _is_elsewhere(one.body_part, region, rulebook))
        elif others and known and known.kind in SIDED:
            found = tuple(one for one in found if one.body_part not in others)
        findings[name] = found
    return _with(replace(chart, events=_events_of_part(chart, requested, region, rulebook)), findings)


@lru_cache(maxsize=256)
def _other_limbs(requested: frozenset[str], rulebook: Rulebook) -> frozenset[str]:
    """The limbs that are not asked for and their joints, where nothing but joints of limbs is asked for."""
    limbs = _limbs(rulebook)
    if not requested or not requested <= limb_parts(rulebook):
        return frozenset()
    return frozenset().union(*(_parts_of(limb, rulebook) for limb in limbs - requested))


def _events_of_part(
    chart: Chart, requested: frozenset[str], region: frozenset[str], rulebook: Rulebook
) -> Mapping[str, tuple[TreatmentEvent, ...]]:
    """The events without care of other joints and parts of the spine; the very same mapping where there is none."""

    def is_elsewhere(event: TreatmentEvent) -> bool:
        if not _is_local(event.treatment, rulebook) or not _is_elsewhere(event.body_part, region, rulebook):
            return False
        part = rulebook.body_parts[event.body_part or ""]
        return requested.isdisjoint(part.feeds)  # care of the neck is care of the arm that it feeds, too

    if not region or not any(is_elsewhere(event) for events in chart.events.values() for event in events):
        return chart.events
    kept = {name: tuple(event for event in events if not is_elsewhere(event)) for name, events in chart.events.items()}
    return {name: events for name, events in kept.items() if events}


def _is_local(treatment: str, rulebook: Rulebook) -> bool:
    """Whether a treatment is done to one part of the body: no drug, no consultation."""
    known, names = rulebook.treatments.get(treatment), _settings(rulebook, "names")
    return known is not None and any(known.category in names.get(key, ()) for key in ("sided", "sided_on_limbs"))


def _of_levels(chart: Chart, asked: tuple[str, ...], rulebook: Rulebook) -> Chart:
    """The chart without what is charted of other levels of the spine than those asked for (`at_level` and `near_level` of
    rules/items.yaml): a root that is pressed at C5-6 does not call for an injection at C3-4."""
    if not asked:
        return chart
    items: Mapping[str, Sequence[str]] = rulebook.extra.get("items", {})  # type: ignore[assignment]
    reach = {name: steps for steps, key in enumerate(("at_level", "near_level")) for name in items.get(key, ())}
    findings = {
        name: tuple(one for one in found if hold_for(one.levels, asked, reach[name], rulebook))
        for name, found in chart.findings.items()
        if name in reach
    }
    return _with(chart, findings)


def _is_elsewhere(part: str | None, region: frozenset[str], rulebook: Rulebook) -> bool:
    return (
        part is not None
        and part not in region
        and part in rulebook.body_parts
        and bool(rulebook.body_parts[part].within)
    )


def _with(chart: Chart, findings: Mapping[str, tuple[Finding, ...]]) -> Chart:
    """The chart with some of its findings left out; the very same where none is."""
    if all(len(found) == len(chart.findings[name]) for name, found in findings.items()):
        return chart
    return replace(chart, findings={name: found for name, found in {**chart.findings, **findings}.items() if found})


def _of_treatment(chart: Chart, treatment: str, rulebook: Rulebook) -> Chart:
    """The chart without results of other drugs than the one asked for: that naproxen failed does not speak against an opioid, and that it
    helps does not speak for one."""
    asked = rulebook.treatments.get(treatment)
    others = {
        name: tuple(
            one for one in found if not _is_of_others(_comparable(one.told_of, asked, rulebook), treatment, rulebook)
        )
        for name, found in chart.findings.items()
        if asked and (known := rulebook.findings.get(name)) and asked.category in known.of_requested
    }
    return _with(chart, others)


def _comparable(told_of: tuple[str, ...], asked: Treatment, rulebook: Rulebook) -> tuple[str, ...]:
    """The treatments that words name, without drugs where none is asked for: "the ablation helped; he cut his pills in half"."""
    if asked.is_drug:
        return told_of
    return tuple(name for name in told_of if name not in rulebook.treatments or not rulebook.treatments[name].is_drug)


def _is_of_others(told_of: tuple[str, ...], treatment: str, rulebook: Rulebook) -> bool:
    """Whether treatments are named, none of them related to one: the same, wider or narrower, one whose results count for it, one of its
    category that says no kind, or a drug of its class with the same ingredient, alone or with another: that acetaminophen failed is not
    said of hydrocodone with acetaminophen. What one drug of a class does says nothing of the next."""
    if not told_of:
        return False
    asked, kinds = rulebook.treatments[treatment], kinds_of(treatment, rulebook)
    within = _ingredients(treatment, rulebook)

    def is_same(others: frozenset[str]) -> bool:
        return bool(within and others) and (within <= others or others <= within)

    def is_related(name: str) -> bool:
        known, others = rulebook.treatments.get(name), _ingredients(name, rulebook)
        return (
            name in kinds
            or treatment in kinds_of(name, rulebook)
            or name in asked.results_from
            or (known is not None and known.category == asked.category and (known.vague or is_same(others)))
        )

    return not any(map(is_related, told_of))


def _ingredients(treatment: str, rulebook: Rulebook) -> frozenset[str]:
    known = rulebook.treatments.get(treatment)
    return frozenset(known.rxnorm.split(" / ")) if known and known.rxnorm else frozenset()


def _of_side(chart: Chart, side: str | None, region: frozenset[str], rulebook: Rulebook) -> Chart:
    """The chart without what is charted of the other side of the same place, and without what was done there: a locked left knee says
    nothing of the right one, and its operation leaves no right knee to be cooled."""
    if side is None:
        return chart
    findings = {}
    for name, found in chart.findings.items():
        known = rulebook.findings.get(name)
        if known is not None and known.kind in SIDED:
            found = tuple(one for one in found if same_side(one.side, side) or one.body_part not in region)
        if found:
            findings[name] = found
    return replace(chart, findings=findings, events=_events_of_side(chart, side, region, rulebook))


def _events_of_side(
    chart: Chart, side: str, region: frozenset[str], rulebook: Rulebook
) -> Mapping[str, tuple[TreatmentEvent, ...]]:
    """The events without those of the other side of the same place; the very same mapping where there are none."""

    def is_other(event: TreatmentEvent) -> bool:
        return (
            not same_side(event.side, side)
            and event.body_part in region
            and _has_side(event.treatment, event.body_part, rulebook)
        )

    if not any(is_other(event) for events in chart.events.values() for event in events):
        return chart.events
    kept = {name: tuple(event for event in events if not is_other(event)) for name, events in chart.events.items()}
    return {name: events for name, events in kept.items() if events}


def _has_side(name: str, part: str, rulebook: Rulebook) -> bool:
    """Whether a treatment of a part of the body is done to one of its sides."""
    treatment = rulebook.treatments.get(name)
    if treatment is None:
        return False
    names = _settings(rulebook, "names")
    is_on_limb = treatment.category in names.get("sided_on_limbs", ()) and part in limb_parts(rulebook)
    return is_on_limb or treatment.category in names.get("sided", ())


def _settings(rulebook: Rulebook, name: str) -> Mapping[str, Any]:
    """A file of rules/assertion as it stands."""
    settings: Mapping[str, Mapping[str, Any]] = rulebook.extra.get("assertion", {})  # type: ignore[assignment]
    return settings.get(name, {})


@lru_cache(maxsize=8)
def limb_parts(rulebook: Rulebook) -> frozenset[str]:
    """The parts of the body that are limbs or parts of one."""
    return frozenset().union(*(_parts_of(limb, rulebook) for limb in _limbs(rulebook)))


def _limbs(rulebook: Rulebook) -> frozenset[str]:
    """`limbs` of rules/assertion/sentences.yaml."""
    return frozenset(_settings(rulebook, "sentences").get("limbs", ()))


def _parts_of(limb: str, rulebook: Rulebook) -> frozenset[str]:
    return frozenset(part.id for part in rulebook.body_parts.values() if limb in (part.id, *part.within))


def same_side(side: str | None, wanted: str | None) -> bool:
    """Whether something charted on `side` counts for `wanted`; both sides count for either, no side for any."""
    return side is None or wanted is None or side == wanted or "bilateral" in (side, wanted)


def examined_side(setting: Setting) -> str | None:
    """The one side of the deficits that examinations of the region show (`sided_by` of rules/items.yaml): that of an item that names
    none. None where they are of both or of no side."""
    items: Mapping[str, Any] = setting.rulebook.extra.get("items", {})  # type: ignore[assignment]
    found = (entry for name in items.get("sided_by", ()) for entry in setting.chart.findings.get(name, ()))
    here = [entry for entry in found if entry.status == "present" and entry.time == "current"]
    sides = {entry.side for entry in here if entry.body_part is None or entry.body_part in setting.region} - {None}
    return next(iter(sides)) if len(sides) == 1 else None


@lru_cache(maxsize=1024)
def neighbourhood(parts: tuple[str, ...], rulebook: Rulebook) -> tuple[frozenset[str], frozenset[str]]:
    """Names under which a finding at `parts` may be charted, without and with the limbs that the parts, and what belongs to them, feed."""
    known = [rulebook.body_parts[part] for part in parts if part in rulebook.body_parts]
    inner = {name: part for name, part in rulebook.body_parts.items() if not set(parts).isdisjoint(part.within)}
    requested = {*parts, *(wider for part in known for wider in part.within), *inner}
    region = requested.union(limb for part in (*known, *inner.values()) for limb in part.feeds)
    return frozenset(requested), frozenset(region)
