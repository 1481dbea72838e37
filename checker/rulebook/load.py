"""rules/ → checked plain data. Every fault of every file is collected; a pack with one fault never runs in part."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from checker.problem import InputError, Problem, nearest
from checker.rulebook.build import build_rule
from checker.rulebook.checks import CheckError, names_in, parse_check
from checker.rulebook.formulary import read_formulary
from checker.rulebook.lists import list_faults, open_lists, spliced
from checker.rulebook.phrasing import GAP_MARK, cut
from checker.rulebook.procedure import read_procedure
from checker.schema import check_schema, load_schema
from checker.yamlfile import Path_, YamlFile, read_yaml, texts_of

Data = dict[str, Any]

VOCABULARIES = {"treatments": "treatments", "findings": "findings"}  # folder → key of its files
SINGLE = {
    "guidelines.yaml": "guidelines",
    "body_parts.yaml": "body_parts",
    "sources.yaml": "sources",
    "words.yaml": "words",
}
EXTRAS = ("items", "documents", "volume", "stated")  # taken as a whole from the last folder that has one
NOT_RULES = ("treatments", "findings", "assertion", "procedure", "formulary")
ADD = "Add it to the vocabulary, or find the usual one: imr-check explain WORDS."


def load_pack(folders: Iterable[Path]) -> Data:
    """Read, check and merge rule folders; later folders win entry by entry. Raises InputError with all problems."""
    pack = empty_pack()
    rules: dict[str, tuple[Data, YamlFile]] = {}
    problems: list[Problem] = []
    overridden: list[str] = []
    vocabularies: list[YamlFile] = []
    procedure: Data = {}
    formulary: Data = {}
    for number, folder in enumerate(folders):
        name = "" if number == 0 else folder.name
        problems += read_vocabulary(folder, pack, vocabularies)
        problems += read_procedure(folder, procedure)
        problems += read_formulary(folder, formulary)
        found, faults = read_rules(folder, name)
        problems += faults
        overridden += [rule for rule in found if rule in rules]
        rules.update(found)
    problems += list_faults(vocabularies, pack)
    _fail(problems)
    cut(pack)
    pack["words"] = open_lists(pack)
    pack["extra"] = spliced(pack["extra"], pack["words"])
    merged = {name: extend(name, rules, problems) for name in rules}
    _fail(problems)
    for name, data in merged.items():
        problems += check_names(data, rules[name][1], pack)
    _fail(problems)
    pack["rules"] = {name: json.dumps(data) for name, data in merged.items()}
    statute = {name for name, data in merged.items() if pack["guidelines"][data["guideline"]]["tier"] == "statute"}
    pack["by_treatment"] = _index({name: data for name, data in merged.items() if name not in statute})
    pack["binding"] = _index({name: data for name, data in merged.items() if name in statute})
    pack["extra"]["overridden"] = overridden
    pack["extra"]["sources"] = pack["sources"]
    pack["extra"]["formulary"] = json.dumps(formulary)
    pack["extra"]["procedure"] = json.dumps(procedure)  # as text: parsed only by a run that asks for it
    return pack


def empty_pack() -> Data:
    """A pack of no folder, to lay folders on."""
    kinds = ("guidelines", "body_parts", "sources", "words", "treatments", "findings")
    return {**{kind: {} for kind in kinds}, "assertions": [], "extra": {}}


def _fail(problems: list[Problem]) -> None:
    if problems:
        raise InputError(problems)


def read_checked(
    path: Path, schema: str, problems: list[Problem], read: list[YamlFile] | None = None
) -> YamlFile | None:
    """One file that keeps its schema, or None with the problems added. What was read is added to `read`."""
    try:
        file = read_yaml(path)
    except InputError as error:
        problems.extend(error.problems)
        return None
    if faults := check_schema(file, load_schema(f"rulebook/{schema}.schema.json")) or list(_open_gaps(file, schema)):
        problems.extend(faults)
        return None
    if read is not None:
        read.append(file)
    return file


def _open_gaps(file: YamlFile, schema: str) -> Iterator[Problem]:
    """Phrases that begin or end with a gap, which says nothing of where they stand. A rule holds none."""
    for path, text in texts_of(file.data) if schema != "rule" else ():
        words = text.split()
        if words and GAP_MARK in (words[0], words[-1]):
            expected = "a phrase that begins and ends with a word"
            fix = f"Leave out the {GAP_MARK} at its end, or name the word that stands there."
            yield file.fault(path, "bad-phrase", f"'{text}'", expected, fix)


def read_vocabulary(folder: Path, pack: Data, read: list[YamlFile]) -> list[Problem]:
    """Lay the vocabularies of a folder over `pack`; the problems found. What was read is added to `read`."""
    problems: list[Problem] = []
    for name, key in SINGLE.items():
        path = folder / name
        if path.exists() and (file := read_checked(path, key, problems, read)):
            pack[key].update(file.data[key])
    for kind, key in VOCABULARIES.items():
        owners: dict[str, str] = {}
        for path in sorted((folder / kind).glob("*.yaml")):
            if not (file := read_checked(path, key, problems, read)):
                continue
            for name, entry in file.data[key].items():
                if name in owners:
                    line, column = file.key_places[(key, name)]
                    first = f"the same {kind[:-1]} stands in {owners[name]}"
                    problems.append(
                        Problem(str(path), line, column, "duplicate", f"'{name}' again", "a new name", first)
                    )
                owners[name] = path.name
                pack[key][name] = entry
    for path in sorted((folder / "assertion").glob("*.yaml")):
        if file := read_checked(path, "assertion", problems, read):
            pack["assertions"] += file.data.get("phrases", ())
            pack["extra"].setdefault("assertion", {})[path.stem] = {
                key: value for key, value in file.data.items() if key != "phrases"
            }
    for extra in EXTRAS:
        path = folder / f"{extra}.yaml"
        if path.exists() and (file := read_checked(path, extra, problems, read)):
            pack["extra"][extra] = file.data
    return problems


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a pack, without vocabularies and scenarios."""
    return sorted(
        path
        for path in folder.glob("*/*.yaml")
        if path.parent.name not in NOT_RULES and not path.name.endswith(".test.yaml")
    )


def read_rules(folder: Path, pack_name: str) -> tuple[dict[str, tuple[Data, YamlFile]], list[Problem]]:
    """The rules of a folder by id, each as data with its place and with its file; and the problems found."""
    problems: list[Problem] = []
    rules: dict[str, tuple[Data, YamlFile]] = {}
    for path in rule_files(folder):
        if not (file := read_checked(path, "rule", problems)):
            continue
        data = dict(file.data)
        wanted = f"{path.parent.name}/{path.stem}"
        if data["rule"] != wanted:
            line, column = file.places[("rule",)]
            problems.append(
                Problem(
                    str(path), line, column, "rule-id", f"rule: {data['rule']}", f"rule: {wanted} (the file's path)"
                )
            )
            continue
        data["file"] = f"{path.parent.name}/{path.name}"
        data["line"] = file.key_places[("rule",)][0]
        data["pack"] = pack_name
        data["criteria"] = [
            {**entry, "line": file.places[("criteria", number)][0]}
            for number, entry in enumerate(data.get("criteria", ()))
        ]
        rules[wanted] = (data, file)
    return rules, problems


def extend(
    name: str, rules: dict[str, tuple[Data, YamlFile]], problems: list[Problem], seen: tuple[str, ...] = ()
) -> Data:
    """The rule's data with what it inherits from the rule of another edition that it `extends`."""
    data, file = rules[name]
    base_name = data.get("extends")
    if base_name is None:
        return data
    line, column = file.places[("extends",)]
    if base_name not in rules or base_name in (*seen, name):
        problems.append(
            Problem(
                file.name,
                line,
                column,
                "extends",
                f"extends: {base_name}",
                "the id of another rule",
                nearest(base_name, rules),
            )
        )
        return data
    base = extend(base_name, rules, problems, (*seen, name))
    dropped = set(data.get("drop", ()))
    own = {entry["id"]: entry for entry in data["criteria"]}
    kept = [own.pop(entry["id"], entry) for entry in base["criteria"] if entry["id"] not in dropped]
    inherited = {key: value for key, value in base.items() if key not in ("extends", "drop", "pages")}
    return {**inherited, **data, "criteria": kept + list(own.values())}


def check_names(data: Data, file: YamlFile, pack: Data) -> list[Problem]:
    """Names a rule refers to exist; its checks parse; its criterion ids are unique."""
    problems: list[Problem] = []

    def fault(where: Path_ | int, code: str, found: str, expected: str, fix: str = "") -> None:
        line, column = file.place(where) if isinstance(where, tuple) else (where, 1)
        problems.append(Problem(file.name, line, column, code, found, expected, fix))

    line = data["line"]
    if data["guideline"] not in pack["guidelines"]:
        fix = nearest(data["guideline"], pack["guidelines"])
        fault(("guideline",), "guideline", f"guideline: {data['guideline']}", "an id of rules/guidelines.yaml", fix)
    for key, known, where in (
        ("treatments", "treatments", "an id of rules/treatments"),
        ("body_parts", "body_parts", "an id of rules/body_parts.yaml"),
        ("unless_governed_by", "guidelines", "an id of rules/guidelines.yaml"),
    ):
        for number, name in enumerate(data["applies_to"].get(key, ())):
            if name not in pack[known]:
                kind = key.removesuffix("s").replace("_", " ")
                fault(("applies_to", key, number), kind, f"{kind} {name}", where, nearest(name, pack[known]))
    checks = [(line, data["applies_to"].get("when"))]
    ids: set[str] = set()
    for entry in data["criteria"]:
        if entry["id"] in ids:
            fault(entry["line"], "duplicate", f"criterion {entry['id']} again", "one criterion of each id")
        ids.add(entry["id"])
        checks += [(entry["line"], entry["check"]), (entry["line"], entry.get("applies_when"))]
    for where, check in checks:
        if check is not None:
            problems += _check_check(file.name, where, check, pack)
    if not problems:
        build_rule(data)
    return problems


def _check_check(name: str, line: int, check: Data, pack: Data) -> list[Problem]:
    try:
        used = names_in(parse_check(check))
    except CheckError as error:
        return [Problem(name, line, 1, "check", str(error), "a check of docs/rule-format.md")]
    problems = []
    known = {"finding": pack["findings"], "treatment": pack["treatments"], "body_part": pack["body_parts"]}
    for kind, names in used.items():
        for word in sorted(names):
            if word not in known[kind]:
                expected = f"a {kind.replace('_', ' ')} of the vocabulary"
                fix = nearest(word, known[kind]) or ADD
                problems.append(Problem(name, line, 1, kind, f"{kind} {word}", expected, fix))
    return problems


def _index(rules: dict[str, Data]) -> dict[str, list[str]]:
    by_treatment: dict[str, list[str]] = {}
    for name, data in rules.items():
        for treatment in data["applies_to"]["treatments"]:
            by_treatment.setdefault(treatment, []).append(name)
    return by_treatment
