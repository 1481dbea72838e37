"""Names that refer to nothing: findings, treatments, guidelines, sources, flags, units, rules and criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.problem import Problem, nearest
from checker.rulebook import model
from checker.rulebook.lint.book import Book, RuleEntry
from checker.rulebook.lint.entries import checks_of, rule_fault
from checker.rulebook.load import ADD, check_names
from checker.yamlfile import YamlFile

# What the loader calls its faults → the id of lint. All others are violations of a schema.
LOADER_CODES = {
    "guideline": "unknown-guideline",
    "treatment": "unknown-treatment",
    "finding": "unknown-finding",
    "body part": "unknown-body-part",
    "body_part": "unknown-body-part",
    "extends": "unknown-rule",
    "duplicate": "duplicate-entry",
    "fact": "unknown-fact",
    "check": "bad-check",
    "rule-id": "rule-id",
    "bad-phrase": "bad-phrase",
    "word-list": "word-list",
}
REFERENCES = (  # kind of entry, key of the entry, kind it refers to
    ("findings", "implies", "finding"),
    ("findings", "body_parts", "body-part"),
    ("findings", "treatments", "treatment"),
    ("treatments", "kinds", "treatment"),
    ("treatments", "results_from", "treatment"),
    ("treatments", "default_body_part", "body-part"),
    ("body_parts", "feeds", "body-part"),
    ("body_parts", "within", "body-part"),
)
TO_DO = "TODO"


def check(book: Book) -> Iterator[Problem]:
    """Every name of the folder under lint."""
    for problem in book.faults:
        yield replace(problem, code=LOADER_CODES.get(problem.code, "schema"))
    for rule in book.own_rules():
        yield from _rule(rule, book)
    yield from _vocabulary(book)
    for name, file in book.scenarios.items():
        yield from _scenarios(name, file, book)


def _known(kind: str, book: Book) -> Iterable[str]:
    keys = {"finding": "findings", "treatment": "treatments", "body-part": "body_parts", "guideline": "guidelines"}
    known: dict[str, Any] = book.pack[keys[kind]]
    return known


def _unknown(kind: str, name: str, book: Book) -> tuple[str, str, str, str] | None:
    """Id, found, expected and fix for a name that does not exist."""
    known = _known(kind, book)
    if name in known or (kind == "treatment" and name == "same"):
        return None
    words = kind.replace("-", " ")
    return f"unknown-{kind}", f"{words} {name}", f"a {words} of the vocabulary", nearest(name, known) or ADD


def _rule(rule: RuleEntry, book: Book) -> Iterator[Problem]:
    for problem in check_names({**rule.data, "criteria": list(rule.own)}, rule.file, book.pack):
        yield replace(problem, code=LOADER_CODES.get(problem.code, "schema"))
    yield from _sources(rule, book)
    inherited = book.rules.get(str(rule.data.get("extends")))
    ids = {entry["id"] for entry in inherited.data["criteria"]} if inherited else set()
    for number, name in enumerate(rule.file.data.get("drop", ())):
        if inherited and name not in ids:
            expected = f"a criterion of {inherited.id}"
            yield rule.file.fault(("drop", number), "unknown-criterion", f"drop: {name}", expected, nearest(name, ids))
    for entry, check in checks_of(rule):
        for part in model.walk(check):
            if isinstance(part, model.RequestCheck):
                yield from _request(rule, entry, part, book)


def _request(rule: RuleEntry, entry: dict[str, Any] | None, part: model.RequestCheck, book: Book) -> Iterator[Problem]:
    settings = book.pack["extra"].get("items", {})
    flags = [*settings.get("flags", ()), "bulk_plan", "duplicate"]
    units = {*settings.get("units", ()), *(data["unit"] for data in book.pack["treatments"].values() if "unit" in data)}
    if part.flag and part.flag not in flags:
        yield rule_fault(
            rule, entry, "unknown-flag", f"flag {part.flag}", "a flag of items.yaml", nearest(part.flag, flags)
        )
    if part.quantity and part.quantity not in units:
        expected = "a unit of items.yaml or of a treatment"
        yield rule_fault(
            rule, entry, "unknown-unit", f"quantity {part.quantity}", expected, nearest(part.quantity, units)
        )


def _sources(rule: RuleEntry, book: Book) -> Iterator[Problem]:
    """Every source that a basis cites begins with the name of one in sources.yaml."""
    data = rule.file.data
    places: list[tuple[tuple[str | int, ...], Any]] = [(("basis",), data.get("basis"))]
    places += [(("criteria", n, "basis"), entry.get("basis")) for n, entry in enumerate(data.get("criteria", ()))]
    known = book.pack["sources"]
    for path, basis in places:
        for cited in str((basis or {}).get("source", "")).split(";"):
            words = cited.strip()
            if words and not words.startswith((TO_DO, *known)):
                fix = nearest(words, known)
                yield rule.file.fault(
                    (*path, "source"), "unknown-source", f"source {words}", "a source of sources.yaml", fix
                )


def _vocabulary(book: Book) -> Iterator[Problem]:
    for kind, key, wanted in REFERENCES:
        for word in book.own_words(kind):
            named = word.data.get(key, ())
            for number, name in enumerate([named] if isinstance(named, str) else named):
                if found := _unknown(wanted, name, book):
                    path = (key,) if isinstance(named, str) else (key, number)
                    yield word.file.fault((kind, word.id, *path), *found)
    for file in book.files:
        for number, entry in enumerate(file.data.get("keys", ())):
            if found := _unknown("finding", entry["finding"], book):
                yield file.fault(("keys", number), *found)
    for word in book.own_words("guidelines"):
        for number, silence in enumerate(word.data.get("silent_on", ())):
            for key, wanted in (("treatments", "treatment"), ("body_parts", "body-part")):
                for name in silence.get(key, ()):
                    if found := _unknown(wanted, name, book):
                        yield word.file.fault(("guidelines", word.id, "silent_on", number, key), *found)


def _scenarios(path_id: str, file: YamlFile, book: Book) -> Iterator[Problem]:
    named = file.data["rule"]
    if named == path_id and named not in book.rules and Path(file.name.replace(".test.yaml", ".yaml")).exists():
        return  # the rule beside it has a fault of its own
    if named != path_id or named not in book.rules:
        expected = f"rule: {path_id} (the file's path), with a rule file beside it"
        yield file.fault(("rule",), "unknown-rule", f"rule: {named}", expected, nearest(path_id, book.rules))
        return
    for number, data in enumerate(file.data["scenarios"]):
        here: tuple[str | int, ...] = ("scenarios", number)
        yield from _chart(file, here, data, book)
        expect = data.get("expect", {})
        governs = expect.get("rule", named)
        if governs not in book.rules:
            fix = nearest(governs, book.rules)
            yield file.fault((*here, "expect", "rule"), "unknown-rule", f"rule {governs}", "the id of a rule", fix)
            continue
        if book.rules[governs].data.get("extends", governs) not in book.rules:
            continue
        ids = {"recommended", *(entry["id"] for entry in book.rules[governs].data["criteria"])}
        for name in {**expect.get("criteria", {}), **dict.fromkeys(expect.get("deciding", ()))}:
            if name not in ids and governs == named:
                expected = f"a criterion of {governs}"
                place = (*here, "expect", "criteria", name)
                yield file.fault(place, "unknown-criterion", f"criterion {name}", expected, nearest(name, ids))


def _chart(file: YamlFile, here: tuple[str | int, ...], data: dict[str, Any], book: Book) -> Iterator[Problem]:
    named: list[tuple[tuple[str | int, ...], str, str]] = []
    for number, entry in enumerate(data.get("findings", ())):
        name = entry if isinstance(entry, str) else entry["finding"]
        named.append(((*here, "findings", number), "finding", name))
    for key in ("tried", "planned"):
        named += [((*here, key, n), "treatment", entry["treatment"]) for n, entry in enumerate(data.get(key, ()))]
    item = data["item"]
    asked = item.get("treatment", ()) if isinstance(item, dict) else ()
    named += [((*here, "item"), "treatment", name) for name in ([asked] if isinstance(asked, str) else asked)]
    for path, kind, name in named:
        if found := _unknown(kind, name, book):
            yield file.fault(path, *found)
