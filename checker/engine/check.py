"""check(request, chart, rulebook, as_of) → report: pure, no clock, no files; the same input gives the same report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from checker.chart.model import Chart, Finding
from checker.engine.determine import Judged, Unit, deciding_order, deciding_unit, plan_of, prediction_of, units_of
from checker.engine.elsewhere import told_elsewhere
from checker.engine.form import with_form
from checker.engine.remedies import remedies, would_turn
from checker.engine.unit import Setting, events_by_kind
from checker.report.model import (
    Considered,
    CriterionReport,
    EvidenceLine,
    GuidelineReport,
    ItemReport,
    OtherEdition,
    Report,
)
from checker.request.model import Asked, Item, Request
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Basis, BodyPart, Rule, Rulebook


def check(request: Request, asked: Mapping[str, Asked], chart: Chart, rulebook: Rulebook, as_of: date) -> Report:
    """Determine every item. `asked` holds, by item id, what its words and codes ask for."""
    setting = setting_of(request, chart, rulebook, as_of)
    items = tuple(_by_both_editions(item, asked, setting) for item in request.items)
    items = _with_what_they_lean_on(request, items, asked, setting)
    return Report(request.name, as_of, items, notices=(*chart.notices, *_from_memory(items, rulebook)))


def _with_what_they_lean_on(
    request: Request, items: tuple[ItemReport, ...], asked: Mapping[str, Asked], setting: Setting
) -> tuple[ItemReport, ...]:
    """The items, those judged anew that go with another one that does not pass: an assistant falls with the operation."""
    failing = frozenset(item.id for item in items if item.prediction == "upheld")
    if len(items) < 2 or not failing:
        return items
    return tuple(
        _by_both_editions(item, asked, setting, failing) if _leans(found, setting.rulebook) else found
        for item, found in zip(request.items, items, strict=True)
    )


def _leans(item: ItemReport, rulebook: Rulebook) -> bool:
    return any(plan_of(name, rulebook).leans for name in {line.rule for line in item.criteria})


def _from_memory(items: tuple[ItemReport, ...], rulebook: Rulebook) -> tuple[str, ...]:
    """Where to read the text of guidelines whose demands are known from memory only."""
    titles: dict[str, str] = {}
    for item in items:
        rule = rulebook.rules.get(item.rule or "")
        recalled = any(line.basis.startswith("recalled") and line.status != "not_applicable" for line in item.criteria)
        if rule and recalled and (where := rulebook.guidelines[rule.guideline].text_at):
            titles[rulebook.guidelines[rule.guideline].title] = where
    return tuple(
        f"What {title} asks is known from memory. Read its current text before the request goes out ({where})."
        for title, where in titles.items()
    )


def setting_of(request: Request, chart: Chart, rulebook: Rulebook, as_of: date) -> Setting:
    """Everything that the checks of a request may look at, before it is narrowed to one of its items."""
    return Setting(
        rulebook=rulebook,
        chart=with_form(chart, request, rulebook),
        as_of=as_of,
        patient=request.patient,
        injury=request.injury,
        events=events_by_kind(chart, rulebook),
    )


def for_item(
    item: Item, asked: Mapping[str, Asked], setting: Setting, failing: frozenset[str] = frozenset()
) -> tuple[Setting, tuple[str, ...]]:
    """The setting narrowed to one item, and the body parts by which its rules are chosen. `failing`: the items that are known not
    to pass."""
    own = asked[item.id]
    beside = [*own.treatments] if len(own.treatments) > 1 else []
    fallen: list[str] = []
    for name, other in asked.items():
        if name != item.id and _at_one_place(own.body_parts, other.body_parts, setting.rulebook):
            (fallen if name in failing else beside).extend(other.treatments)
    standing, falling = _kinds(beside, setting.rulebook), _kinds(fallen, setting.rulebook)
    beside_it = standing | falling
    others = beside_it | _kinds(own.occasion, setting.rulebook)
    setting = replace(setting, asked=own, others=others, beside=beside_it, failing=falling - standing)
    return setting, own.body_parts or inferred_parts(setting)


def _kinds(treatments: Iterable[str], rulebook: Rulebook) -> frozenset[str]:
    return frozenset(kind for treatment in treatments for kind in kinds_of(treatment, rulebook))


def _at_one_place(parts: tuple[str, ...], others: tuple[str, ...], rulebook: Rulebook) -> bool:
    """Whether two items can go together: one names no body part, or they share one, or one holds the other, or the one feeds
    the other within a limb (hand therapy after an operation at the wrist)."""

    def around(names: tuple[str, ...]) -> set[str]:
        known = [rulebook.body_parts[name] for name in names if name in rulebook.body_parts]
        return {*names, *(near for part in known for near in (*part.within, *_fed_in_limb(part, rulebook)))}

    return not parts or not others or not around(parts).isdisjoint(others) or not around(others).isdisjoint(parts)


def _fed_in_limb(part: BodyPart, rulebook: Rulebook) -> tuple[str, ...]:
    """The parts that this one feeds and that belong to the same limb."""
    return tuple(
        near
        for near in part.feeds
        if near in rulebook.body_parts and not set(part.within).isdisjoint(rulebook.body_parts[near].within)
    )


def _by_both_editions(
    item: Item, asked: Mapping[str, Asked], setting: Setting, failing: frozenset[str] = frozenset()
) -> ItemReport:
    """The item by the edition of the deciding date and, where another governs on the day of the service, by that too:
    no source says which of the two a reviewer takes for a request dated inside a change."""
    found = _item(item, asked, setting, failing)
    if item.service_date is None or item.service_date == setting.as_of:
        return found
    later = _item(item, asked, replace(setting, as_of=item.service_date), failing)
    if _edition(later) == _edition(found):
        return found
    other = OtherEdition(
        item.service_date, later.prediction, later.rule, later.guideline, later.deciding, later.remedies
    )
    return replace(found, other_edition=other)


def _edition(item: ItemReport) -> str | None:
    return item.guideline.id if item.guideline else None


def _item(item: Item, asked: Mapping[str, Asked], setting: Setting, failing: frozenset[str]) -> ItemReport:
    own = asked[item.id]
    rulebook = setting.rulebook
    setting, parts = for_item(item, asked, setting, failing)
    units = units_of(setting, parts)
    ancillary = frozenset(name for name in own.treatments if rulebook.treatments[name].ancillary)
    unit = deciding_unit(units, ancillary)
    rule = unit.governing.rule if unit else None
    deciding = sorted(unit.failing, key=deciding_order) if unit else []
    return ItemReport(
        id=item.id,
        request=item.request,
        treatments=own.treatments,
        treatment_labels=tuple(rulebook.treatments[name].label for name in own.treatments),
        prediction=prediction_of(units, ancillary),
        rule=rule.id if rule else None,
        guideline=_guideline(rule, rulebook) if rule else None,
        considered=_trail(units),
        criteria=tuple(_criterion(judged, rulebook) for unit in units for judged in unit.judged),
        deciding=tuple(judged.criterion.id for judged in deciding),
        remedies=remedies(units, rulebook),
        would_turn=would_turn(units),
        category=_category(unit, own, rulebook),
        flags=tuple(sorted(own.flags)),
    )


def _category(unit: Unit | None, asked: Asked, rulebook: Rulebook) -> str:
    name = unit.treatment if unit else next(iter(asked.treatments), None)
    return rulebook.treatments[name].category if name else "other"


def inferred_parts(setting: Setting) -> tuple[str, ...]:
    """The body part for an item that names none: the injured part if the request states one, else the part that the
    chart speaks of most. It serves to choose the guideline only; the item still does not state its part."""
    if setting.injury.body_parts:
        return tuple(part for part in setting.injury.body_parts if part in setting.rulebook.body_parts)[:1]
    counts: dict[str, int] = {}
    for findings in setting.chart.findings.values():
        for finding in findings:
            if finding.body_part:
                counts[finding.body_part] = counts.get(finding.body_part, 0) + 1
    return (max(counts, key=lambda part: (counts[part], part)),) if counts else ()


def _trail(units: tuple[Unit, ...]) -> tuple[Considered, ...]:
    if len(units) == 1:
        return units[0].governing.trail
    return tuple(dict.fromkeys(entry for unit in units for entry in unit.governing.trail))


def _guideline(rule: Rule, rulebook: Rulebook) -> GuidelineReport:
    guideline = rulebook.guidelines[rule.guideline]
    return GuidelineReport(
        guideline.id, guideline.family, guideline.title, rule.section, rule.pages, guideline.tier, rule.grade
    )


def _criterion(judged: Judged, rulebook: Rulebook) -> CriterionReport:
    criterion, outcome = judged.criterion, judged.outcome
    elsewhere = told_elsewhere(judged.elsewhere, rulebook) if judged.elsewhere else ""
    return CriterionReport(
        id=criterion.id,
        rule=judged.rule.id,
        statement=criterion.statement,
        role=criterion.role,
        status=judged.status,
        basis=_basis(criterion.basis),
        evidence=tuple(_line(proof) for proof in outcome.proofs) if outcome else (),
        remedy=criterion.remedy if judged.fails else None,
        reason=(elsewhere or outcome.reason or None)
        if outcome
        else "the record does not show the condition under which this is asked",
        barrier=criterion.barrier,
        against=outcome is not None and outcome.against,
    )


def _basis(basis: Basis) -> str:
    return f"{basis.kind} ({basis.confidence} confidence)" if basis.confidence else basis.kind


def _line(proof: object) -> EvidenceLine:
    evidence = proof.evidence  # type: ignore[attr-defined]
    is_finding = isinstance(proof, Finding)
    name = proof.finding if is_finding else proof.treatment  # type: ignore[attr-defined]
    status: str = proof.status  # type: ignore[attr-defined]
    if not is_finding and proof.response != "not_stated":  # type: ignore[attr-defined]
        status = f"{status}, {proof.response}"  # type: ignore[attr-defined]
    day = proof.date if is_finding else proof.start  # type: ignore[attr-defined]
    return EvidenceLine(
        document=evidence.document if evidence else "request",
        quote=evidence.quote if evidence else "",
        finding=name,
        status=status,
        page=evidence.page if evidence else None,
        line=evidence.line if evidence else None,
        date=day or (evidence.date if evidence else None),
        stated=proof.stated,  # type: ignore[attr-defined]
    )
