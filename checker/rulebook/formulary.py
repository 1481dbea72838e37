"""rules/formulary/*.yaml → checked plain data for the room `formulary`: the regulation, its table, and the dated lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.problem import InputError, Problem
from checker.rulebook.checks import CheckError, parse_check
from checker.schema import check_schema, load_schema
from checker.yamlfile import Path_, YamlFile, read_yaml

Data = dict[str, Any]


def read_formulary(folder: Path, into: Data) -> list[Problem]:
    """Lay the formulary files of a pack over `into`; the problems found. A list of the same day replaces an earlier one."""
    problems: list[Problem] = []
    lists: dict[str, Data] = into.setdefault("lists", {})
    for path in sorted((folder / "formulary").glob("*.yaml")):
        file = read_list(path, problems)
        if file is None:
            continue
        for key in ("law", "table", "versions"):
            if key in file.data:
                into[key] = file.data[key]
        if "list" in file.data:
            lists[file.data["list"]["from"]] = {**file.data["list"], "entries": file.data["entries"]}
    return problems


def read_list(path: Path, problems: list[Problem]) -> YamlFile | None:
    """One file of the formulary, or None with what is wrong with it added to `problems`."""
    try:
        file = read_yaml(path)
    except InputError as error:
        problems.extend(error.problems)
        return None
    faults = check_schema(file, load_schema("rulebook/formulary.schema.json"))
    faults = faults or [*_twice(file), *_checks(file)]
    problems.extend(faults)
    return None if faults else file


def _twice(file: YamlFile) -> Iterator[Problem]:
    """Entries that name no drug or two things, and drugs that stand twice in one list."""
    seen: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(file.data.get("entries", ())):
        place: Path_ = ("entries", number)
        if ("drug" in entry) == ("kind" in entry):
            found = "drug and kind together" if "drug" in entry else "neither drug nor kind"
            yield file.fault(place, "entry", found, "`drug`, or `kind` for a whole class")
            continue
        name = str(entry.get("drug") or entry["kind"])
        line = file.place(place)[0]
        first = seen.setdefault((name, entry.get("form", "")), line)
        if first != line:
            fix = f"It stands in line {first} already."
            yield file.fault(place, "duplicate", f"{name} again", "each drug and form once", fix)


def _checks(file: YamlFile) -> Iterator[Problem]:
    """Checks of the regulation's points that cannot be read."""
    for number, point in enumerate(file.data.get("law", {}).get("points", ())):
        for key in ("when", "check"):
            try:
                if key in point:
                    parse_check(point[key])
            except CheckError as error:
                path = ("law", "points", number, key)
                yield file.fault(path, "check", str(error), "a check of docs/rule-format.md")
