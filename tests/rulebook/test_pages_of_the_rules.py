"""Pages of the manual that are computed from the rules and the engine are as they would be written now."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from checker.api import open_rulebook
from checker.cli.reference import guideline_pages, index_pages
from checker.rulebook.checks import PARSERS

DOCS = Path(__file__).parents[2] / "docs"
RENEW = "python -m checker rules reference docs/reference"


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    """The script docs/truth_tables.py as a module."""
    spec = importlib.util.spec_from_file_location("truth_tables", DOCS / "truth_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_truth_tables_are_those_of_the_engine(tables: ModuleType) -> None:
    page = (DOCS / "rule-format.md").read_text(encoding="utf-8")
    assert tables.renewed(page) == page, "run: python docs/truth_tables.py"


def test_every_operator_has_a_truth_table(tables: ModuleType) -> None:
    page = (DOCS / "rule-format.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"<!-- table: ([a-z-]+) -->", page))
    assert shown == {"combined", *tables.TABLES}
    told = {name.split("-")[0] for name in tables.TABLES} | {"all", "any", "at_least", "not", "diagnosis"}
    assert told == set(PARSERS)


def test_the_reference_is_not_stale() -> None:
    for name, text in index_pages(open_rulebook()).items():
        path = DOCS / "reference" / name
        assert path.read_text(encoding="utf-8") == text, f"{path} is stale; run: {RENEW}"


def test_the_full_reference_tells_every_rule() -> None:
    rulebook = open_rulebook()
    pages = guideline_pages(rulebook)
    for rule in rulebook.rules.values():
        page = pages[f"guidelines/{rule.guideline}.md"]
        assert f"`{rule.id}`" in page
        assert all(f"`{criterion.id}`" in page for criterion in rule.criteria)


@pytest.mark.parametrize("name", ["rule-format", "rule-packs", "lint", "how-guidelines-are-chosen"])
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", (DOCS / f"{name}.md").read_text(encoding="utf-8")):
        assert (DOCS / target).exists(), f"{name}.md links to {target}"
