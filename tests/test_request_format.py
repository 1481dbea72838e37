"""docs/request-format.md: every example of it loads, and every key of a request stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.api import open_request, open_rulebook
from checker.rulebook.match import match_request
from checker.schema import load_schema

PAGE = (Path(__file__).parent.parent / "docs" / "request-format.md").read_text(encoding="utf-8")
EXAMPLES = [block.split("```")[0] for block in PAGE.split("```yaml\n")[1:]]
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
