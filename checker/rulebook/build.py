"""Checked plain data of a rule pack → frozen values. Rules are built only when somebody asks for them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from checker.rulebook.checks import parse_check
from checker.rulebook.model import (
    AssertionPhrase,
    Basis,
    BodyPart,
    Criterion,
    FindingType,
    Guideline,
    Place,
    Rule,
    Rulebook,
    Scope,
    Silence,
    Treatment,
)
from checker.words.groups import word_groups

Data = dict[str, Any]

HARD_BARRIER = {
    "not_recommended": "The guideline recommends this service.",
    "no_recommendation": "The guideline takes a position that supports this service.",
}


class LazyRules(Mapping[str, Rule]):
    """Rules by id, each parsed from its compiled text at its first use. A run needs a handful of some hundred."""

    def __init__(self, texts: Mapping[str, str | bytes]) -> None:
        self._texts = texts
        self._built: dict[str, Rule] = {}

    def __getitem__(self, name: str) -> Rule:
        rule = self._built.get(name)
        if rule is None:
            rule = self._built[name] = build_rule(json.loads(self._texts[name]))
        return rule

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def build_rulebook(pack: Data) -> Rulebook:
    """The rulebook of a compiled pack (see `compiled`)."""
    return Rulebook(
        guidelines={name: build_guideline(name, data) for name, data in pack["guidelines"].items()},
        rules=LazyRules(pack["rules"]),
        treatments={name: build_treatment(name, data) for name, data in pack["treatments"].items()},
        findings={name: build_finding(name, data) for name, data in pack["findings"].items()},
        body_parts={
            name: BodyPart(name, tuple(d["names"]), tuple(d.get("feeds", ())), tuple(d.get("within", ())))
            for name, d in pack["body_parts"].items()
        },
        assertions=tuple(
            AssertionPhrase(d["phrase"], d["category"], d.get("direction", "forward"), d.get("scope"))
            for d in pack["assertions"]
        ),
        words=word_groups(pack["words"]),
        by_treatment={name: tuple(rules) for name, rules in pack["by_treatment"].items()},
        binding={name: tuple(rules) for name, rules in pack["binding"].items()},
        extra=pack["extra"],
        index=pack.get("index", {}),
    )


def build_rule(data: Data) -> Rule:
    """One rule from its merged, checked data. A guideline that does not support the service becomes a criterion of its
    own, so that the report can name it as what decides."""
    basis = build_basis(data.get("basis"))
    scope = data["applies_to"]
    place = Place(data["file"], data["line"])
    criteria = [build_criterion(entry, basis, data["file"]) for entry in data.get("criteria", ())]
    barrier = HARD_BARRIER.get(data["recommendation"])
    if barrier:
        criteria.insert(0, barrier_criterion(data, barrier, basis, place))
    return Rule(
        id=data["rule"],
        title=data["title"],
        guideline=data["guideline"],
        scope=Scope(
            treatments=tuple(scope["treatments"]),
            body_parts=tuple(scope.get("body_parts", ())),
            when=parse_check(scope["when"]) if "when" in scope else None,
            when_text=scope.get("when_text", ""),
            rank=scope.get("rank", 5),
            unless_governed_by=tuple(scope.get("unless_governed_by", ())),
        ),
        recommendation=data["recommendation"],
        criteria=tuple(criteria),
        section=data.get("section"),
        pages=data.get("pages"),
        basis=basis,
        grade=data.get("grade"),
        summary=data.get("summary", ""),
        pack=data.get("pack", ""),
        place=place,
    )


def barrier_criterion(data: Data, statement: str, basis: Basis, place: Place) -> Criterion:
    """The criterion that fails because the guideline itself does not support the service."""
    return Criterion(
        id="recommended",
        statement=statement,
        check=parse_check({"any": []}),
        basis=basis,
        remedy=data.get("alternative")
        or "Ask for a service that this guideline supports, or cite newer evidence that rebuts it.",
        barrier=True,
        place=place,
    )


def build_criterion(data: Data, default: Basis, file: str) -> Criterion:
    """One criterion; `default` is the basis of its rule."""
    return Criterion(
        id=data["id"],
        statement=data["statement"],
        check=parse_check(data["check"]),
        basis=build_basis(data["basis"]) if "basis" in data else default,
        role=data.get("role", "required"),
        applies_when=parse_check(data["applies_when"]) if "applies_when" in data else None,
        remedy=data.get("remedy"),
        barrier=data.get("barrier", False),
        place=Place(file, data.get("line", 0)),
    )


def build_basis(data: Data | None) -> Basis:
    """How far a demand was verified; nothing said is recalled with medium confidence."""
    if data is None:
        return Basis("recalled", "", "medium")
    return Basis(data["kind"], data.get("source", ""), data.get("confidence"))


def build_guideline(name: str, data: Data) -> Guideline:
    """One edition with the dates that it governed."""
    return Guideline(
        id=name,
        family=data["family"],
        title=data["title"],
        tier=data["tier"],
        start=_date(data.get("from")),
        end=_date(data.get("to")),
        citation=data.get("citation", ""),
        basis=build_basis(data.get("basis")),
        silent_on=tuple(
            Silence(tuple(s["treatments"]), s["why"], tuple(s.get("body_parts", ()))) for s in data.get("silent_on", ())
        ),
        topic=data.get("topic", ""),
        note=data.get("note", ""),
        text_at=data.get("text_at", ""),
    )


def build_treatment(name: str, data: Data) -> Treatment:
    """One entry of the catalogue."""
    return Treatment(
        id=name,
        label=data["label"],
        category=data["category"],
        names=tuple(data.get("names", ())),
        codes=tuple(data.get("codes", ())),
        kinds=tuple(data.get("kinds", ())),
        needs=tuple(data.get("needs", ())),
        unit=data.get("unit"),
        default_body_part=data.get("default_body_part"),
        ancillary=data.get("ancillary", False),
        asks_about=data.get("asks_about", False),
        vague=data.get("vague", False),
        results_from=tuple(data.get("results_from", ())),
        short_names=tuple(data.get("short_names", ())),
        rxnorm=data.get("rxnorm"),
    )


def build_finding(name: str, data: Data) -> FindingType:
    """One word of the vocabulary."""
    return FindingType(
        id=name,
        label=data["label"],
        kind=data["kind"],
        phrases=tuple(data.get("phrases", ())),
        absent_phrases=tuple(data.get("absent_phrases", ())),
        next_phrases=tuple(data.get("next_phrases", ())),
        not_phrases=tuple(data.get("not_phrases", ())),
        codes=tuple(data.get("codes", ())),
        body_parts=tuple(data.get("body_parts", ())),
        unit=data.get("unit"),
        numbers=tuple(data.get("numbers", ())),
        implies=tuple(data.get("implies", ())),
        test=data.get("test", False),
        any_of=data.get("any_of", False),
        changes=data.get("changes", False),
        care=data.get("care", False),
        lasting=data.get("lasting", False),
        proven=data.get("proven", False),
        treatments=tuple(data.get("treatments", ())),
        statuses=tuple(data.get("statuses", ("done",))),
        responses=tuple(data.get("responses", ())),
        sections=tuple(data.get("sections", ())),
        reason_for=tuple(data.get("reason_for", ())),
        told_of=tuple(data.get("told_of", ())),
        besides_drugs=tuple(data.get("besides_drugs", ())),
        of_requested=tuple(data.get("of_requested", ())),
        scored=data.get("scored", False),
        until=tuple(data.get("until", ())),
    )


def _date(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None
