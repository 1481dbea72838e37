"""Names that a request uses exist in the rulebook: treatments, findings, body parts. A body part may stand in usual words
("neck", "left knee"); the request then goes on with its id and side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from checker.problem import Problem, nearest
from checker.request.load import LoadedRequest
from checker.request.model import Item, PriorTreatment, StatedFinding
from checker.rulebook.model import FindingType, Rulebook, Treatment
from checker.rulebook.spine import levels_of
from checker.words.phrase import Match
from checker.words.phrases import PhraseIndex
from checker.words.tokens import tokenize
from checker.yamlfile import Path_

CLOSE = 0.75  # how alike a misspelt body part is; their names are short
MOST = 3  # ids that a message offers


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
    unknown = [_problem(loaded, *use, rulebook) for use in _used(loaded, rulebook) if use[1] not in use[3]]
    return loaded, unknown + _no_levels(loaded, rulebook)


def _problem(
    loaded: LoadedRequest, kind: str, name: str, path: Path_, known: Mapping[str, object], rulebook: Rulebook
) -> Problem:
    fix = _meant(kind, name, known, rulebook)
    return loaded.file.fault(path, kind, f"{kind} {name}", f"a known {kind}", fix)


def _no_levels(loaded: LoadedRequest, rulebook: Rulebook) -> list[Problem]:
    """A problem for every `level` that names none."""
    return [
        loaded.file.fault(
            ("findings", number, "level"),
            "level",
            f"level {finding.level}",
            "levels of the spine, such as L4-5 or C6",
            "Write them as the paper does: level: L4-5, L5-S1",
        )
        for number, finding in enumerate(loaded.request.findings)
        if finding.level and not levels_of(tokenize(finding.level).texts, rulebook)
    ]


def _meant(kind: str, name: str, known: Mapping[str, object], rulebook: Rulebook) -> str:
    """The ids that a name may mean: one misspelt, else those whose label or usual words it is, else where to look."""
    if kind == "body part":
        return _meant_part(name, rulebook)
    labels = {entry.label.lower(): entry.id for entry in _entries(kind, rulebook)}
    close = nearest(name.lower().replace(" ", "-"), known)
    exact = labels.get(name.lower())
    found = [exact] if exact else _by_words(kind, name, rulebook)
    if found:
        return f"Did you mean {' or '.join(repr(one) for one in found)}?"
    if not close and (label := _closest(name, labels, 0.6)):
        close = f"Did you mean '{labels[label]}'?"
    return close or f"Look for its id: imr-check explain {name}"


def _meant_part(name: str, rulebook: Rulebook) -> str:
    """The body part that stands among other words, or is misspelt; else all that are known."""
    tokens = tokenize(name)
    found = _longest(_indexes(rulebook)[0].find(tokens))
    if found:
        return f"Write the part alone: {name[tokens.starts[found.first] : tokens.ends[found.last]]}"
    words = [word for part in rulebook.body_parts.values() for word in (part.id, *part.names) if "|" not in word]
    close = _closest(name, words, CLOSE)
    return f"Did you mean '{close}'?" if close else f"Known are: {', '.join(rulebook.body_parts)}."


def _closest(name: str, known: Iterable[str], least: float) -> str:
    """The known word that is most like a name; empty where none is."""
    import difflib

    return next(iter(difflib.get_close_matches(name.lower(), list(known), 1, least)), "")


def _entries(kind: str, rulebook: Rulebook) -> Iterable[FindingType | Treatment]:
    return rulebook.findings.values() if kind == "finding" else rulebook.treatments.values()


def _by_words(kind: str, name: str, rulebook: Rulebook) -> list[str]:
    """Up to three ids whose phrases take up the most of the words."""
    phrases = [
        (phrase, entry.id)
        for entry in _entries(kind, rulebook)
        for phrase in (entry.phrases if isinstance(entry, FindingType) else entry.names)
    ]
    tokens = tokenize(name)
    matches = PhraseIndex(phrases).find(tokens)
    longest = max((match.last - match.first for match in matches), default=0)
    ids = [str(match.key) for match in matches if match.last - match.first == longest]
    return list(dict.fromkeys(ids))[:MOST]


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
