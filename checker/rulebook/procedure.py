"""rules/procedure/*.yaml → checked plain data for the room `procedure`. Facts that an entry cites must exist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.problem import InputError, Problem, nearest
from checker.schema import check_schema, load_schema
from checker.yamlfile import Path_, YamlFile, read_yaml

Data = dict[str, Any]
KEYED = (
    "facts",
    "holidays",
    "deadlines",
    "requirements",
    "doors",
    "papers",
)  # merged entry by entry; the rest as a whole


def read_procedure(folder: Path, into: Data) -> list[Problem]:
    """Lay the procedure files of a pack over `into`; the problems found."""
    problems: list[Problem] = []
    files: list[YamlFile] = []
    for path in sorted((folder / "procedure").glob("*.yaml")):
        try:
            file = read_yaml(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        faults = check_schema(file, load_schema("procedure/procedure.schema.json"))
        problems += faults
        if faults:
            continue
        files.append(file)
        for key, value in file.data.items():
            if key in KEYED:
                into.setdefault(key, {}).update(value)
            else:
                into[key] = value
    for file in files:
        problems += _unknown_facts(file, into.get("facts", {}))
    return problems


def _unknown_facts(file: YamlFile, known: Data) -> Iterator[Problem]:
    for path, name in _cited(file.data, ()):
        if name not in known:
            yield file.fault(path, "fact", f"fact {name}", "a fact of rules/procedure", nearest(name, known))


def _cited(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Every name below a key `facts`, with its place; the facts themselves are no citations."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "facts" and path:
                yield from ((path, str(name)) for name in (inner.values() if isinstance(inner, dict) else inner))
            elif not (key == "facts" and not path):
                yield from _cited(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _cited(inner, (*path, number))
