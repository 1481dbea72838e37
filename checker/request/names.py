"""Names that a request uses exist in the rulebook: treatments, findings, body parts. A body part may stand in usual words
("neck", "left knee"); the request then goes on with its id and side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from checker.problem import Problem, nearest
from checker.request.load import LoadedRequest
from checker.request.model import Item, PriorTreatment, StatedFinding
from checker.rulebook.model import Rulebook
from checker.words.phrase import Match
from checker.words.phrases import PhraseIndex
from checker.words.tokens import tokenize
from checker.yamlfile import Path_


def resolve_names(loaded: LoadedRequest, rulebook: Rulebook) -> tuple[LoadedRequest, list[Problem]]:
    """The request with ids for body parts, and a problem for every unknown name, at its place, with the nearest one."""
    request = loaded.request
    injury = replace(
        request.injury,
        body_parts=_ids(request.injury.body_parts, rulebook),
        accepted=_ids(request.injury.accepted, rulebook),
    )
    known = replace(
        request,
        injury=injury,
        items=tuple(_item(item, rulebook) for item in request.items),
        findings=tuple(_finding(finding, rulebook) for finding in request.findings),
        prior_treatments=tuple(_prior(prior, rulebook) for prior in request.prior_treatments),
    )
    loaded = replace(loaded, request=known)
    return loaded, [_problem(loaded, *use, rulebook) for use in _used(loaded, rulebook) if use[1] not in use[3]]


def _problem(
    loaded: LoadedRequest, kind: str, name: str, path: Path_, known: Mapping[str, object], rulebook: Rulebook
) -> Problem:
    words = [*known, *(n for p in rulebook.body_parts.values() for n in p.names)] if kind == "body part" else known
    return Problem(
        loaded.file.name, *loaded.file.place(path), kind, f"{kind} {name}", f"a known {kind}", nearest(name, words)
    )


def _used(loaded: LoadedRequest, rulebook: Rulebook) -> Iterator[tuple[str, str, Path_, Mapping[str, object]]]:
    request = loaded.request
    for number, item in enumerate(request.items):
        for name in item.treatments:
            yield "treatment", name, ("items", number, "treatment"), rulebook.treatments
        for place, name in enumerate(item.body_parts):
            yield "body part", name, ("items", number, "body_parts", place), rulebook.body_parts
    for key, names in (("body_parts", request.injury.body_parts), ("accepted", request.injury.accepted)):
        for place, name in enumerate(names):
            yield "body part", name, ("injury", key, place), rulebook.body_parts
    for number, finding in enumerate(request.findings):
        yield "finding", finding.finding, ("findings", number, "finding"), rulebook.findings
        if finding.body_part:
            yield "body part", finding.body_part, ("findings", number, "body_part"), rulebook.body_parts
    for number, prior in enumerate(request.prior_treatments):
        yield "treatment", prior.treatment, ("prior_treatments", number, "treatment"), rulebook.treatments
        if prior.body_part:
            yield "body part", prior.body_part, ("prior_treatments", number, "body_part"), rulebook.body_parts


def _ids(names: Sequence[str], rulebook: Rulebook) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_part(name, rulebook)[0] for name in names))


def _item(item: Item, rulebook: Rulebook) -> Item:
    sides = {side for name in item.body_parts if (side := _part(name, rulebook)[1])}
    side = next(iter(sides)) if len(sides) == 1 else "bilateral" if sides else None
    return replace(item, body_parts=_ids(item.body_parts, rulebook), side=item.side or side)


def _finding(finding: StatedFinding, rulebook: Rulebook) -> StatedFinding:
    if finding.body_part is None:
        return finding
    part, side = _part(finding.body_part, rulebook)
    return replace(finding, body_part=part, side=finding.side or side)


def _prior(prior: PriorTreatment, rulebook: Rulebook) -> PriorTreatment:
    return replace(prior, body_part=_part(prior.body_part, rulebook)[0]) if prior.body_part else prior


def _part(name: str, rulebook: Rulebook) -> tuple[str, str | None]:
    """Id and side of a body part in usual words; the words themselves where they are not known."""
    if name in rulebook.body_parts:
        return name, None
    parts, sides = _indexes(rulebook)
    tokens = tokenize(name)
    found = _longest(parts.find(tokens))
    side = _longest(sides.find(tokens))
    words = sum(token.isalnum() for token in tokens.texts)
    told = sum(match.last - match.first + 1 for match in (found, side) if match)
    if found is None or told < words:
        return name, None
    return str(found.key), str(side.key) if side else None


@lru_cache(maxsize=4)
def _indexes(rulebook: Rulebook) -> tuple[PhraseIndex, PhraseIndex]:
    assertion: Mapping[str, Any] = rulebook.extra.get("assertion", {})  # type: ignore[assignment]
    sides = assertion.get("sentences", {}).get("sides", {})
    return (
        PhraseIndex((name, part.id) for part in rulebook.body_parts.values() for name in part.names),
        PhraseIndex((name, side) for side, names in sides.items() for name in names if len(name.split()) == 1),
    )


def _longest(matches: Sequence[Match]) -> Match | None:
    return max(matches, key=lambda match: match.last - match.first) if matches else None
