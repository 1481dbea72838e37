"""Words and codes of an item → treatments, body parts, side, quantities and flags, with the words that showed each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from checker.record import record
from checker.request.model import Asked, Item, Request
from checker.rulebook.amounts import amounts
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Rulebook, Treatment
from checker.rulebook.spelling import respelt
from checker.rulebook.spine import levels_of
from checker.words.phrase import Match, outermost
from checker.words.phrases import PhraseIndex
from checker.words.tokens import Tokens, tokenize

SIDES = {"left": "left", "lt": "left", "right": "right", "rt": "right", "bilateral": "bilateral", "both": "bilateral"}
LIMB_SIDES = {"r": "right", "l": "left", "b": "bilateral"}
NO_PART = ""


@record
class Matched:
    """One thing recognised in the words of an item."""

    kind: str  # treatment | body_part | flag | code
    name: str
    words: str


@record
class Matcher:
    """Phrase indexes over a rulebook. Built once per run."""

    rulebook: Rulebook
    treatments: PhraseIndex
    short_names: PhraseIndex
    body_parts: PhraseIndex
    flags: PhraseIndex
    occasions: PhraseIndex
    codes: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, Any]


@lru_cache(maxsize=4)
def build_matcher(rulebook: Rulebook) -> Matcher:
    """Index names, codes and flags of a rulebook."""
    settings: Mapping[str, Any] = rulebook.extra.get("items", {})  # type: ignore[assignment]
    codes: dict[str, list[str]] = {}
    for treatment in rulebook.treatments.values():
        for code in treatment.codes:
            codes.setdefault(code, []).append(treatment.id)
    return Matcher(
        rulebook,
        PhraseIndex((name, t.id) for t in rulebook.treatments.values() for name in t.names),
        PhraseIndex((name, t.id) for t in rulebook.treatments.values() for name in t.short_names),
        PhraseIndex(
            (
                *((name, part.id) for part in rulebook.body_parts.values() for name in part.names),
                *((name, NO_PART) for name in settings.get("not_parts", ())),
            )
        ),
        PhraseIndex((phrase, flag) for flag, phrases in settings.get("flags", {}).items() for phrase in phrases),
        PhraseIndex((phrase, "occasion") for phrase in settings.get("occasion", {}).get("words", ())),
        {code: tuple(names) for code, names in codes.items()},
        settings,
    )


def match_request(request: Request, rulebook: Rulebook) -> dict[str, Asked]:
    """What every item asks for, by item id. What the office states beats what is recognised."""
    matcher = build_matcher(rulebook)
    items = request.items
    if len(items) == 1 and items[0].review is None:  # what was granted of the request was granted of its only item
        items = (replace(items[0], review=request.review),)
    found = {item.id: match_item(item, matcher)[0] for item in items}
    if _is_bulk(list(found.values()), matcher):
        found = {name: _flagged(asked, "bulk_plan") for name, asked in found.items()}
    seen: set[tuple[object, ...]] = set()
    for name, asked in found.items():
        key = (asked.treatments, frozenset(asked.body_parts), asked.side)
        if asked.treatments and key in seen:
            found[name] = _flagged(asked, "duplicate")
        seen.add(key)
    return found


def _is_bulk(found: Sequence[Asked], matcher: Matcher) -> bool:
    """Whether so many items are ordered together that they are a bulk plan. What goes with an operation of the request does not count."""
    settings, known = matcher.settings.get("bulk_plan", {}), matcher.rulebook.treatments
    kinds = [{known[name].category for name in asked.treatments} for asked in found]
    is_one_plan = any(settings.get("operation") in one for one in kinds)
    beside = set(settings.get("beside_operation", ())) if is_one_plan else set()
    counted = [one for one in kinds if not one or not one <= beside]
    return len(counted) >= int(settings.get("items", len(found) + 1))


def _parts(tokens: Tokens, matcher: Matcher) -> list[Match]:
    """The body parts that the words name. A knee scooter is asked for no knee."""
    return [match for match in outermost(matcher.body_parts.find(tokens)) if match.key != NO_PART]


def _flagged(asked: Asked, flag: str) -> Asked:
    return replace(asked, flags=asked.flags | {flag})


def match_item(item: Item, matcher: Matcher) -> tuple[Asked, tuple[Matched, ...]]:
    """What one item asks for, and the words that showed it."""
    text = open_portion(item.request)
    tokens = tokenize(text)
    words = list(tokens.texts)
    asked_for, occasion = _without_occasion(named := _named(tokens, matcher), tokens, matcher)
    treatments = list(item.treatments) or _treatments(asked_for, item.codes, words, matcher)
    parts = _parts(tokens, matcher)
    flags = {str(match.key) for match in matcher.flags.find(tokenize(item.request))}
    if item.retrospective:
        flags.add("retrospective")
    if item.review and item.review.authorized is not None:
        flags.add("remaining_portion")
    if "remaining_portion" in flags:
        flags.add("partly_authorized")
    body_parts = list(item.body_parts) or _distinct(match.key for match in parts)
    body_parts = body_parts or _implied(treatments, matcher.rulebook)
    unit = next((u for name in treatments if (u := matcher.rulebook.treatments[name].unit)), None)
    stated = {unit if q.unit == "quantity" and unit else q.unit: q.value for q in item.quantities}
    levels = levels_of(words, matcher.rulebook)
    quantities = _counted(levels) | amounts(words, matcher.settings.get("units", {}), unit) | stated
    if "visits" in quantities and unit in ("tablets", "injections"):
        quantities.setdefault(unit, quantities["visits"])
    side = item.side or _side(words, parts)
    if not body_parts and item.diagnosis:
        body_parts, side = _of_diagnosis(item.diagnosis, treatments, side, matcher)
    asked = Asked(
        treatments=tuple(treatments),
        body_parts=tuple(body_parts),
        side=side,
        levels=levels,
        quantities=quantities,
        flags=frozenset(flags),
        states=frozenset(_states(item, body_parts, side, levels, quantities, words)),
        authorized=item.review.authorized if item.review else None,
        occasion=tuple(_distinct(match.key for match in occasion)),
    )
    shown = [Matched("treatment", str(match.key), _words(tokens, match, text)) for match in named]
    shown += [Matched("body_part", str(match.key), _words(tokens, match, text)) for match in parts]
    return asked, tuple(shown)


def _counted(levels: Collection[str]) -> dict[str, float]:
    """How many levels pairs of vertebrae name: "L4-5 and L5-S1" two, "L3-S1" three. Single vertebrae name none: they may be roots, or the
    nerves of one joint."""
    discs = [level for level in levels if "-" in level]
    return {"levels": float(len(discs))} if discs else {}


def _named(tokens: Tokens, matcher: Matcher) -> list[Match]:
    """The treatments that the words name. Only words that name none are looked at for short names and slips of spelling."""
    named = outermost(matcher.treatments.find(tokens))
    ways = matcher.settings.get("given_as", {})
    if all(match.key in ways.get("treatments", ()) for match in named):  # nothing, or only how a drug is given
        short = outermost(matcher.short_names.find(tokens))
        drugs = _of_kind(ways.get("of"), short, matcher) if named else short
        named = sorted([*named, *drugs], key=lambda match: match.first)
    kinds = matcher.settings.get("respelt", ())
    return named or outermost(matcher.treatments.find(respelt(tokens, matcher.rulebook, kinds)))


def _of_kind(kind: str | None, found: list[Match], matcher: Matcher) -> list[Match]:
    return [match for match in found if kind in kinds_of(str(match.key), matcher.rulebook)]


def open_portion(text: str) -> str:
    """The part of an item that is still in dispute: of "8 sessions was the original request, 6 was authorized …, the
    remaining portion …, 2 sessions" only what is left after the partial authorization."""
    lowered = text.lower()
    for mark in ("portion of the original request,", "the original request,"):
        place = lowered.rfind(mark)
        if place >= 0 and len(text) - place - len(mark) > 4:
            return text[place + len(mark) :]
    return text


def _treatments(named: list[Match], codes: Iterable[str], words: Sequence[str], matcher: Matcher) -> list[str]:
    named = _without_way_of_giving(_before_purpose(named, words, matcher), words, matcher)
    found = _distinct(match.key for match in named)
    for code in codes:
        found += [name for name in matcher.codes.get(code, ()) if name not in found]
    return _without_kinds(found, matcher.rulebook)


def _without_occasion(named: list[Match], tokens: Tokens, matcher: Matcher) -> tuple[list[Match], list[Match]]:
    """What is asked for, and what is only its occasion: the operation that a course of therapy follows."""
    settings = matcher.settings.get("occasion", {})
    category = {match: matcher.rulebook.treatments[str(match.key)].category for match in named}
    asked_for: list[Match] = []
    occasion: list[Match] = []
    unless = settings.get("unless", {})
    for match in named:
        before = [other for other in asked_for if other.last < match.first] if category[match] in unless else []
        is_one = (
            before
            and not any(category[other] in unless[category[match]] for other in before)
            and any(before[-1].last < word.first < match.first for word in matcher.occasions.find(tokens))
        )
        (occasion if is_one else asked_for).append(match)
    return asked_for, occasion


def _before_purpose(named: list[Match], words: Sequence[str], matcher: Matcher) -> list[Match]:
    """Leave out what stands after a consultation, a ride or an interpreter, or right before it: neither "consult for knee replacement"
    nor "knee replacement consult" asks for a replacement. What only an "and" joins to it is asked for beside it."""
    rulebook, settings = matcher.rulebook, matcher.settings.get("purpose", {})
    begins = {match.first for match in named if _asks(match, rulebook)}
    named = [match for match in named if match.last + 1 not in begins or _asks(match, rulebook)]
    going_on, starts = set(matcher.settings.get("going_on", ())), {match.first for match in named}
    named = [match for match in named if match.key not in going_on or match.last + 1 not in starts]
    leading, joining = (frozenset(settings.get(key, ())) for key in ("words", "joining"))
    for place, match in enumerate(named):
        treatment = rulebook.treatments[str(match.key)]
        if treatment.asks_about:
            behind = [words[match.last : other.first] for other in named[place + 1 :]]
            is_beside = [leading.isdisjoint(between) and not joining.isdisjoint(between) for between in behind]
            others = zip(named[place + 1 :], is_beside, strict=True)
            return named[: place + 1] + [m for m, beside in others if beside or _is_alike(m, treatment, rulebook)]
    return named


def _without_way_of_giving(named: list[Match], words: Sequence[str], matcher: Matcher) -> list[Match]:
    """Leave out "injection" behind the name of a drug: it says how the drug is given. What an "and" joins to the drug is asked for."""
    settings = matcher.settings.get("given_as", {})
    joining = frozenset(matcher.settings.get("purpose", {}).get("joining", ()))
    ways, drugs = settings.get("treatments", ()), settings.get("of")

    def is_way(place: int, match: Match) -> bool:
        before = named[place - 1] if place and match.key in ways else None
        return (
            before is not None
            and drugs in kinds_of(str(before.key), matcher.rulebook)
            and joining.isdisjoint(words[before.last : match.first])
        )

    return [match for place, match in enumerate(named) if not is_way(place, match)]


def _is_alike(match: Match, treatment: Treatment, rulebook: Rulebook) -> bool:
    """Whether another consultation is named behind a consultation, or another ride behind a ride."""
    return _asks(match, rulebook) and rulebook.treatments[str(match.key)].category == treatment.category


def _asks(match: Match, rulebook: Rulebook) -> bool:
    return rulebook.treatments[str(match.key)].asks_about


def _without_kinds(found: list[str], rulebook: Rulebook) -> list[str]:
    """Leave out a wide treatment where a narrower one of the same item says it better."""
    wider = {kind for name in found for kind in kinds_of(name, rulebook)[1:]}
    narrow = [name for name in found if name not in wider]
    named = {rulebook.treatments[name].category for name in narrow if not rulebook.treatments[name].vague}
    return [
        name for name in narrow if not (rulebook.treatments[name].vague and rulebook.treatments[name].category in named)
    ]


def _implied(treatments: Iterable[str], rulebook: Rulebook) -> list[str]:
    defaults = (rulebook.treatments[name].default_body_part for name in treatments)
    return _distinct(part for part in defaults if part)


def _distinct(names: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(str(name) for name in names))


def _side(words: Sequence[str], parts: Iterable[Match]) -> str | None:
    """The side that the words name. A letter alone names one only before a body part: "MRI L shoulder"."""
    found = {SIDES[word] for word in words if word in SIDES}
    before = ([word for word in words[: part.first] if word != "."][-1:] for part in parts)
    found |= {LIMB_SIDES[letter] for ahead in before for letter in ahead if letter in LIMB_SIDES}
    found |= {
        LIMB_SIDES[word[0]] for word in words if len(word) == 3 and word[1:] in ("ue", "le") and word[0] in LIMB_SIDES
    }
    if {"left", "right"} <= found:
        return "bilateral"
    return next(iter(sorted(found)), None)


def _of_diagnosis(
    diagnosis: str, treatments: Iterable[str], side: str | None, matcher: Matcher
) -> tuple[list[str], str | None]:
    """The one part of the body that the diagnosis of the form's row names, and its side, for services other than drugs."""
    tokens = tokenize(diagnosis)
    parts = _parts(tokens, matcher)
    known = [matcher.rulebook.treatments[name] for name in treatments]
    if not known or any(t.is_drug for t in known) or len({part.key for part in parts}) != 1:
        return [], side
    return [str(parts[0].key)], side or _side(tokens.texts, parts)


def _states(
    item: Item,
    body_parts: list[str],
    side: str | None,
    levels: Collection[str],
    quantities: Mapping[str, float],
    words: list[str],
) -> Iterable[str]:
    """Which of the things that a reviewer must know the words of the item state."""
    if body_parts:
        yield "body_part"
    if side:
        yield "side"
    if set(quantities) - {"mg", "refills"}:
        yield "quantity"
    if {"weeks", "months", "days"} & set(quantities):
        yield "duration"
    if item.dose or "mg" in words or "%" in words or "mcg" in words:
        yield "dose"
    if levels:
        yield "level"
    if item.codes or len(words) > 3:
        yield "kind"


def _words(tokens: Tokens, match: Match, text: str) -> str:
    return text[tokens.starts[match.first] : tokens.ends[match.last]]
