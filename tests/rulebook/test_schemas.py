"""Editors complete and explain the shipped YAML: every file names a schema that exists and keeps it, every key is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.schema import check_schema
from checker.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]
SCHEMAS = sorted((ROOT / "checker").rglob("*.schema.json"))
FOLDERS = sorted({path.parent for base in ("rules", "examples") for path in (ROOT / base).rglob("*.yaml")})
MARK = "# yaml-language-server: $schema="


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_shipped_files_keep_the_schema_that_they_name(folder: Path) -> None:
    for path in sorted(folder.glob("*.yaml")):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith(MARK), f"{path} names no schema in its first line"
        schema = (path.parent / first.removeprefix(MARK)).resolve()
        assert schema in SCHEMAS, f"{path} names a schema that does not exist"
        assert not check_schema(read_yaml(path), json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_key_has_a_description_for_hover(path: Path) -> None:
    silent = list(undescribed(json.loads(path.read_text(encoding="utf-8")), ""))
    assert not silent


def undescribed(schema: Any, place: str) -> Iterator[str]:
    """Keys without a description, of their own or of what they refer to."""
    if isinstance(schema, list):
        for number, entry in enumerate(schema):
            yield from undescribed(entry, f"{place}/{number}")
    if not isinstance(schema, dict):
        return
    for name, entry in schema.get("properties", {}).items():
        if "description" not in entry and "$ref" not in entry:
            yield f"{place}/{name}"
    for key, entry in schema.items():
        if key not in ("enum", "const", "required", "examples", "if"):
            yield from undescribed(entry, f"{place}/{key}")
