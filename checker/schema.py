"""The only user of jsonschema: every violation of a schema becomes a Problem at its place in the YAML file.

jsonschema takes longer to import than a request takes to check, so it is asked only about data that is not plainly valid.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from checker.problem import Problem
from checker.yamlfile import Path_, YamlFile

FOLDER = Path(__file__).parent


@cache
def load_schema(name: str) -> dict[str, Any]:
    """A published schema by its path below the package, such as "request/request.schema.json"."""
    schema: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return schema


@cache
def _validator(identity: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_schemas[identity])


_schemas: dict[str, dict[str, Any]] = {}


def check_schema(file: YamlFile, schema: dict[str, Any]) -> list[Problem]:
    """All violations, each where it stands."""
    if surely_valid(file.data, schema):
        return []
    identity = str(schema.get("$id") or id(schema))
    _schemas[identity] = schema
    problems: list[Problem] = []
    for error in _validator(identity).iter_errors(file.data):
        problems.extend(_problems(error, file, ()))
    return sorted(set(problems))


# --- plainly valid ---------------------------------------------------------------------------------------------------


def surely_valid(value: Any, schema: Any) -> bool:
    """Whether the data keeps the schema beyond doubt. False decides nothing: something is wrong, or the schema uses a
    keyword that is not known here."""
    if isinstance(schema, bool):
        return schema
    return all(word in KEYWORDS and KEYWORDS[word](value, limit, schema) for word, limit in schema.items())


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}


def _has_type(value: Any, limit: Any, schema: Any) -> bool:
    return any(TYPES[name](value) for name in ([limit] if isinstance(limit, str) else limit))


def _is_one_of(value: Any, limit: Any, schema: Any) -> bool:
    # In Python 1 == True; in JSON it is not.
    return any(value == choice and type(value) is type(choice) for choice in limit)


def _properties(value: Any, limit: Any, schema: Any) -> bool:
    return not isinstance(value, dict) or all(surely_valid(value[key], limit[key]) for key in limit if key in value)


def _other_properties(value: Any, limit: Any, schema: Any) -> bool:
    known = schema.get("properties", ())
    return not isinstance(value, dict) or all(surely_valid(value[key], limit) for key in value if key not in known)


KEYWORDS: dict[str, Callable[[Any, Any, Any], bool]] = {
    **dict.fromkeys(
        ("$schema", "$id", "title", "description", "x-expected", "x-key", "x-example", "x-meant"),
        lambda value, limit, schema: True,
    ),
    "type": _has_type,
    "enum": _is_one_of,
    "const": lambda value, limit, schema: _is_one_of(value, [limit], schema),
    "required": lambda value, limit, schema: not isinstance(value, dict) or all(key in value for key in limit),
    "properties": _properties,
    "additionalProperties": _other_properties,
    "items": lambda value, limit, schema: (
        not isinstance(value, list) or all(surely_valid(entry, limit) for entry in value)
    ),
    "anyOf": lambda value, limit, schema: any(surely_valid(value, choice) for choice in limit),
    "pattern": lambda value, limit, schema: not isinstance(value, str) or re.search(limit, value) is not None,
    "minLength": lambda value, limit, schema: not isinstance(value, str) or len(value) >= limit,
    "minItems": lambda value, limit, schema: not isinstance(value, list) or len(value) >= limit,
    "maxItems": lambda value, limit, schema: not isinstance(value, list) or len(value) <= limit,
    "minimum": lambda value, limit, schema: not _is_number(value) or value >= limit,
    "maximum": lambda value, limit, schema: not _is_number(value) or value <= limit,
}


# --- violations ------------------------------------------------------------------------------------------------------


def _problems(error: Any, file: YamlFile, base: Path_) -> Iterator[Problem]:
    path: Path_ = (*base, *error.path)
    if error.validator in ("anyOf", "oneOf") and error.context:
        yield from _meant_branch(error, file, path)
        return
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, file, path)
        return
    if error.validator == "required" and _is_misnamed(error):
        return
    from checker.schema_hints import words_of

    found, expected, fix = words_of(error)
    yield file.fault(path, str(error.validator), f"{_where(path)}{found}", expected, fix)


def _meant_branch(error: Any, file: YamlFile, path: Path_) -> Iterator[Problem]:
    """Of several allowed shapes, complain about the one that the author came closest to."""
    from checker.schema_hints import kind, shown

    branches: dict[int, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    wrong_type = [
        errors for errors in branches.values() if not any(e.validator == "type" and not e.path for e in errors)
    ]
    if not wrong_type:
        kinds = " or ".join(
            dict.fromkeys(
                kind(e.validator_value) for errors in branches.values() for e in errors if e.validator == "type"
            )
        )
        yield file.fault(path, "type", f"{_where(path)}{shown(error.instance)}", kinds or "another value")
        return
    known = set(error.instance) if isinstance(error.instance, dict) else set()
    best = min(wrong_type, key=lambda errors: (_missing(errors, known), len(errors)))
    for inner in best:
        yield from _problems(inner, file, tuple(path))


def _missing(errors: Iterable[Any], known: set[str]) -> int:
    return sum(
        error.validator == "required" and not (set(error.schema.get("properties", ())) & known) for error in errors
    )


def _unknown_keys(error: Any, file: YamlFile, path: Path_) -> Iterator[Problem]:
    from checker.schema_hints import meaning

    allowed = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key in allowed:
            continue
        line, column = file.key_places.get((*path, key), file.place(path))
        expected = f"one of {', '.join(allowed)}"
        fix = meaning(str(key), error.schema, allowed)
        if not fix and error.instance[key] is None and " " in str(key):  # behind a comma in braces
            fix = "If it belongs to the words before it, put all of them in quotes."
        yield Problem(file.name, line, column, "unknown-key", f"unknown key '{key}'", expected, fix)


def _is_misnamed(error: Any) -> bool:
    """Whether a missing key stands there under a wrong name, which is told."""
    from checker.schema_hints import meaning

    is_branch = "properties" not in error.schema and error.parent
    schema = error.parent.schema if is_branch else error.schema
    allowed = list(schema.get("properties", {}))
    missing = [f"'{name}'" for name in error.validator_value if name not in error.instance]
    hints = [meaning(str(key), schema, allowed) for key in error.instance if key not in allowed]
    return bool(missing) and all(any(name in hint for hint in hints) for name in missing)


def _where(path: Path_) -> str:
    names = [str(part) if isinstance(part, str) else f"entry {part + 1}" for part in path]
    return f"{' / '.join(names)}: " if names else ""
