"""Checks, lengths of time and chart phrases in the words of a clerk, with labels of the vocabulary instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from checker.rulebook import model
from checker.rulebook.checks import names_in
from checker.rulebook.model import Bounds, Check, FindingType, Rulebook
from checker.words.groups import is_group

LENGTHS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))
LIMITS = (("at least", "at_least"), ("at most", "at_most"), ("more than", "more_than"), ("less than", "less_than"))
RESPONSES = {
    "failed": "did not help",
    "partial": "helped only in part",
    "improved": "helped",
    "not_stated": "with no result written down",
}
PLAIN_NEGATION = frozenset({"symptom", "exam", "diagnosis", "imaging"})  # kinds whose names read well behind "no"
FLAGS = {
    "remaining_portion": "The item is what was left after a part was authorized",
    "partly_authorized": "A part of the item was authorized already",
    "retrospective": "The service was given already",
    "additional": "The item asks for more of what was done before",
    "initial": "The item asks for a first course",
    "purchase": "The item asks to buy the device",
    "rental": "The item asks to rent the device",
    "trial": "The item asks for a trial",
    "repeat": "The item asks for a repeat",
    "bulk_plan": "The item is one of a long list ordered together",
    "duplicate": "The same service stands on the form twice",
}


def plain(check: Check, rulebook: Rulebook) -> str:
    """The check as a phrase that starts with a capital letter."""
    match check:
        case model.All():
            return _joined("and", check.parts, rulebook)
        case model.Any():
            return _joined("or", check.parts, rulebook)
        case model.AtLeast():
            return f"At least {check.count} of these: {'; '.join(plain(part, rulebook) for part in check.parts)}"
        case model.Not():
            return f"It is not so that: {lower(plain(check.part, rulebook))}"
        case _:
            return _leaf(check, rulebook)


def _joined(word: str, parts: Sequence[Check], rulebook: Rulebook) -> str:
    if not parts:
        return "Always so" if word == "and" else "Never so"
    said = [plain(part, rulebook) for part in parts]
    return said[0] + "".join(f"; {word} {lower(text)}" for text in said[1:])


def _leaf(check: model.Leaf, rulebook: Rulebook) -> str:
    match check:
        case model.FindingCheck():
            return _finding(check, rulebook)
        case model.ValueCheck():
            return f"{label(check.finding, rulebook)}: {limits(check.bounds, _unit(check, rulebook))}"
        case model.DurationCheck():
            return _duration(check, rulebook)
        case model.TriedCheck():
            return _tried(check, rulebook)
        case model.PendingCheck():
            return f"{upper(treatments(check.treatments, rulebook))} is planned or asked for"
        case model.RequestCheck():
            return _request(check, rulebook)
        case model.PatientCheck():
            age = f"{limits(check.age, '')} years old" if check.age else ""
            return f"The patient is {' and '.join(part for part in (age, check.sex or '') if part)}"
        case model.IntervalCheck():
            last = treatments(check.treatments, rulebook) or lower(label(check.finding or "", rulebook))
            return f"Time since {last} was done last: {span(check.bounds)}"
        case _:
            assert_never(check)


def _finding(check: model.FindingCheck, rulebook: Rulebook) -> str:
    text = _or([label(name, rulebook) for name in check.names])
    if check.body_part and check.body_part not in ("requested", "region", "any"):
        text += f" at the {check.body_part}"
    if check.status == "absent":
        text += ": ruled out"
    return text + (f" (not older than {length(check.within_days)})" if check.within_days else "")


def _duration(check: model.DurationCheck, rulebook: Rulebook) -> str:
    if check.of == "injury":
        return f"Time since the injury: {span(check.bounds)}"
    return f"{label(check.of, rulebook)}: {span(check.bounds)}"


def _tried(check: model.TriedCheck, rulebook: Rulebook) -> str:
    names = treatments(check.treatments, rulebook)
    text = f"{check.count} of these were done: {names}" if check.count > 1 else f"{upper(names)} was done"
    text += f", {limits(check.visits, 'visits')}" if check.visits else ""
    text += f", {span(check.days)}" if check.days else ""
    text += f", after the {treatments(check.after, rulebook)}" if check.after else ""
    results = [RESPONSES[name] for name in check.responses]
    return f"{text}, and it {_or(results)}" if results and len(results) < len(RESPONSES) else text


def _request(check: model.RequestCheck, rulebook: Rulebook) -> str:
    if check.quantity and check.bounds:
        when = f"since the {treatments(check.after, rulebook)}" if check.after else "before"
        done = f", together with those done {when}" if check.cumulative else ""
        return f"Number of {check.quantity.replace('_', ' ')} asked for: {limits(check.bounds, '')}{done}"
    if check.states:
        return f"The item states the {check.states.replace('_', ' ')}"
    if check.with_treatments:
        return f"{upper(treatments(check.with_treatments, rulebook))} is asked for on this form too"
    if check.with_failing:
        return f"{upper(treatments(check.with_failing, rulebook))} is asked for on this form too and does not pass"
    if check.flag:
        return FLAGS.get(check.flag, f"The item is marked {check.flag.replace('_', ' ')}")
    return f"The item is for the {_or(check.body_parts)}"


def _unit(check: model.ValueCheck, rulebook: Rulebook) -> str:
    found = rulebook.findings.get(check.finding)
    return check.bounds.unit or (found.unit if found else None) or ""


def label(name: str, rulebook: Rulebook) -> str:
    """The label of a finding; its id in words where the vocabulary has none."""
    found = rulebook.findings.get(name)
    return found.label if found else name.replace("-", " ").capitalize()


def treatments(names: Iterable[str], rulebook: Rulebook) -> str:
    """Labels of treatments as a list in running text."""
    known = rulebook.treatments
    said = [known[name].label if name in known else "the same treatment" for name in names]
    return _or([lower(text) for text in said])


def limits(bounds: Bounds, unit: str) -> str:
    """Limits of a number as words: "at least 6 visits"."""
    said = [f"{word} {getattr(bounds, name):g}" for word, name in LIMITS if getattr(bounds, name) is not None]
    return " and ".join(said) + (f" {unit}" if unit else "")


def span(bounds: Bounds) -> str:
    """Limits in days as words: "more than 3 months"."""
    said = [f"{word} {length(getattr(bounds, name))}" for word, name in LIMITS if getattr(bounds, name) is not None]
    return " and ".join(said)


def length(days: float) -> str:
    """Days as the largest unit that counts them whole: 90 → "3 months", 42 → "6 weeks"."""
    for size, name in LENGTHS:
        if days >= size and days % size == 0:
            count = days / size
            return f"{count:g} {name}" if count == 1 else f"{count:g} {name}s"
    return f"{days:g} days"


def lower(text: str) -> str:
    """The text for the middle of a sentence: an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() or text[1:2] in "-/." else text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """The text for the start of a sentence."""
    return text[:1].upper() + text[1:]


def _or(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    rest = [lower(name) for name in names[1:]]
    return f"{', '.join([names[0], *rest[:-1]])} or {rest[-1]}"


# --- how charts say it -----------------------------------------------------------------------------------------------


def charts_say(facts: Iterable[Check], rulebook: Rulebook, most: int = 3) -> tuple[str, ...]:
    """Words in which charts show the facts that a check asks for, taken in turn from each finding they name."""
    lists: list[tuple[str, ...]] = []
    for fact in facts:
        status = fact.status if isinstance(fact, model.FindingCheck) else "present"
        found = [rulebook.findings[name] for name in sorted(names_in(fact)["finding"]) if name in rulebook.findings]
        lists += [finding_phrases(finding, status) for finding in found]
    turns = [phrases[turn] for turn in range(most) for phrases in lists if turn < len(phrases)]
    return tuple(dict.fromkeys(turns))[:most]


def leaves(check: Check) -> list[Check]:
    """The single facts that a check is made of, whatever the record shows."""
    if isinstance(check, model.All | model.Any | model.AtLeast):
        return [leaf for part in check.parts for leaf in leaves(part)]
    return leaves(check.part) if isinstance(check, model.Not) else [check]


def finding_phrases(finding: FindingType, status: str = "present") -> tuple[str, ...]:
    """How charts write a finding as present or as absent, the plainest first; empty where nothing can be said."""
    if status == "absent":
        own = _plainest(finding.absent_phrases)
        if finding.test:
            return tuple(dict.fromkeys((*(f"{text} negative" for text in _plainest(finding.phrases)), *own)))
        if own or finding.kind not in PLAIN_NEGATION:
            return own
        return tuple(f"no {text}" for text in _plainest(finding.phrases))
    phrases = tuple(dict.fromkeys((*_plainest(finding.numbers), *_plainest(finding.phrases))))
    return tuple(f"{phrase} positive" for phrase in phrases) if finding.test else phrases


def _plainest(phrases: Iterable[str]) -> tuple[str, ...]:
    """Phrases as words: running words if there are any, else those with a gap or a number, else those with cut words."""
    phrases = tuple(phrases)
    for wanted in (0, 1, 2):
        found = [in_plain_words(phrase) for phrase in phrases if _roughness(phrase) == wanted]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _roughness(phrase: str) -> int:
    """2 where one of its words has no alternative but a beginning ("rais*"), 1 where it has a gap or a number, else 0."""
    if any(all(choice.endswith("*") for choice in word.split("|")) for word in phrase.split()):
        return 2
    return 1 if "..." in phrase or "#" in phrase else 0


def in_plain_words(phrase: str) -> str:
    """One reading of a phrase of the vocabulary: "decreased|reduced ... sensation" → "decreased … sensation"."""
    words: list[str] = []
    for word in phrase.split():
        choices = word.split("|")
        whole = [choice for choice in choices if not choice.endswith("*")]
        text = whole[0] if whole else f"{choices[0][:-1]}…"
        if text == "s" and words:  # phrases are written without their apostrophes
            words[-1] += "'s"
        else:
            words.append({"...": "…", "#": "[number]"}.get(text, _named(text)))
    return " ".join(words).replace(" / ", "/").replace(" %", "%").replace("/".join(["[number]"] * 3), "[date]")


def _named(text: str) -> str:
    """A word as it stands, and the name of a list of words in square brackets."""
    return f"[{text[1:-1].replace('-', ' ')}]" if is_group(text) else text
