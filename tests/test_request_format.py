"""docs/request-format.md: every example of it loads, and every key of a request stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.api import open_request, open_rulebook
from checker.request.days import DATE_KEYS
from checker.rulebook.match import match_request
from checker.schema import load_schema, surely_valid
from checker.yamlfile import load_yaml

PAGE = (Path(__file__).parent.parent / "docs" / "request-format.md").read_text(encoding="utf-8")
EXAMPLES = [block.split("```")[0] for block in PAGE.split("```yaml\n")[1:]]
SCHEMA = load_schema("request/request.schema.json")
PAPERS = ("pr2-2013-10-23.txt", "pr2-2013-10-23.pdf", "article.pdf")


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_example_loads(example: str, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(example, encoding="utf-8")
    for name in PAPERS:
        (tmp_path / name).write_text("A paper.\n", encoding="utf-8")
    assert open_request(path, open_rulebook()).request.items


def keys(schema: dict[str, Any]) -> Iterator[str]:
    """Every key of a schema, at any depth."""
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from keys(inner)
        yield from keys(inner.get("items", {}))


@pytest.mark.parametrize("key", sorted(set(keys(load_schema("request/request.schema.json")))))
def test_every_key_is_explained(key: str) -> None:
    told = (f"`{key}`", f".{key}`", f"].{key}`", f"`{key},")
    assert any(words in PAGE for words in told)


def inner(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a schema with the name of its key."""
    yield name, schema
    for key, part in schema.get("properties", {}).items():
        yield from inner(part, key)
    if "items" in schema:
        yield from inner(schema["items"], name)


def test_every_day_is_looked_at_for_whether_it_exists() -> None:
    days = {name for name, part in inner(SCHEMA) if part.get("x-expected", "").startswith("a date")}
    assert days == DATE_KEYS


@pytest.mark.parametrize(("name", "part"), [(name, part) for name, part in inner(SCHEMA) if "x-meant" in part])
def test_what_a_wrong_word_is_taken_for_is_a_right_one(name: str, part: dict[str, Any]) -> None:
    known = {*part.get("properties", ()), *part.get("enum", ())}
    words = {told for told in part["x-meant"].values() if " " not in told}
    assert words <= known
    assert not known & part["x-meant"].keys()
    assert all(wrong == wrong.lower() and " " not in wrong for wrong in part["x-meant"])


@pytest.mark.parametrize(("name", "part"), [(name, part) for name, part in inner(SCHEMA) if "x-example" in part])
def test_an_example_keeps_its_schema(name: str, part: dict[str, Any]) -> None:
    data = load_yaml(part["x-example"], "example").data
    value = data if isinstance(data, list) else data.get(name, data)
    assert surely_valid(value, part)


def test_quantity_counts_what_the_treatment_is_counted_in_and_dose_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(
        "items:\n- {request: Physical therapy of the low back, quantity: 8}\n- {request: Naproxen, dose: 500 mg daily}\n",
        encoding="utf-8",
    )
    rulebook = open_rulebook()
    therapy, drug = match_request(open_request(path, rulebook).request, rulebook).values()
    assert therapy.quantities == {"visits": 8}
    assert "dose" in drug.states
