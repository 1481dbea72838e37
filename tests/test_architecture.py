"""The floor plan holds: which room may import which, where each library is used, how long files and functions are."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "checker").rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]

MODELS = ("request.model", "chart.model", "rulebook.model", "report.model")
BELOW = ("problem", "source", "yamlfile", "schema", "words")
# A room may import itself and these. The public functions of `api` stand above all rooms and below the command line.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "record": (),
    "problem": (),
    "source": ("problem",),
    "words": (),
    "yamlfile": ("problem", "source", "yaml_hints"),
    "schema": ("problem", "source", "yamlfile", "schema_hints"),
    "schema_hints": ("problem", "words"),
    "yaml_hints": (),
    "request": (*BELOW, "rulebook.model", "rulebook.spine"),
    "chart": (
        "problem",
        "source",
        "words",
        "request.model",
        *(f"rulebook.{name}" for name in ("model", "kinds", "amounts", "spine")),
    ),
    "rulebook": (*BELOW, "request.model"),
    "engine": (*MODELS, "words", "rulebook.kinds", "rulebook.spine"),
    "formulary": (*MODELS, *BELOW, "chart.documents", "rulebook", "engine"),
    "interview": (*BELOW, "request", "chart.model", "rulebook", "engine", "report.model"),
    "outlook": (*MODELS,),
    "procedure": (*MODELS, "words", "rulebook.kinds", "rulebook.checks", "engine.logic"),
    "report": ("problem",),
}
# Reading a chart goes from left to right: a folder or file of `chart` imports only those before it.
CHART = [
    "model",
    "documents",
    "page",
    "amount",
    "context",
    "place",
    "vocabulary",
    "sentence",
    "treatment",
    "finding",
    "recognise",
    "whole_paper",
    "payer",
    "reconcile",
    "head",
    "describe",
    "form",
    "papers",
    "as_request",
]
# Scenarios run rules, so they need what runs them.
ALSO: dict[str, tuple[str, ...]] = {
    "checker/rulebook/scenarios.py": ("api", "chart", "engine", "report.model"),
}
LIBRARIES: dict[str, tuple[str, ...]] = {
    "yaml": ("checker/yamlfile.py",),
    "jsonschema": ("checker/schema.py",),
    "rich": ("checker/report/terminal.py", "checker/cli/progress.py"),
    "click": ("checker/cli/", "checker/__main__.py"),
    "pypdfium2": ("checker/chart/documents/pdf.py", "checker/chart/documents/filled.py"),
    "striprtf": ("checker/chart/documents/rtf.py",),
}
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "asyncio", "webbrowser"}
NO_FILES_NO_CLOCK = {"os", "pathlib", "io", "shutil", "tempfile", "random", "secrets", "time", "uuid", "subprocess"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


def imports(name: str) -> Iterator[str]:
    """Every module that a file imports, anywhere in it; names imported from a package count as its modules."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: relative import"
            module = node.module or ""
            is_package = module.startswith("checker") and (ROOT / module.replace(".", "/")).is_dir()
            yield from ([f"{module}.{alias.name}" for alias in node.names] if is_package else [module])


def room(name: str) -> str:
    return name.removeprefix("checker/").removesuffix(".py").split("/")[0]


def within(module: str, allowed: str) -> bool:
    return module == allowed or module.startswith(f"{allowed}.")


@pytest.mark.parametrize("name", NAMES)
def test_rooms_import_only_what_they_may(name: str) -> None:
    if room(name) in ("cli", "api", "__init__", "__main__"):
        return
    allowed = (room(name), *MAY_IMPORT[room(name)], *ALSO.get(name, ()), "record", "__version__")
    for module in imports(name):
        if module.startswith("checker."):
            inner = module.removeprefix("checker.")
            assert any(within(inner, entry) for entry in allowed), f"{name} may not import {module}"


@pytest.mark.parametrize(
    "name", [name for name in NAMES if room(name) == "chart" and name != "checker/chart/__init__.py"]
)
def test_a_chart_is_read_in_one_direction(name: str) -> None:
    own, *_ = name.removeprefix("checker/chart/").removesuffix(".py").split("/")
    for module in imports(name):
        if module.startswith("checker.chart."):
            assert module.split(".")[2] in CHART[: CHART.index(own) + 1], f"{name} may not import {module}"


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_is_imported_by_nobody(name: str) -> None:
    if room(name) not in ("cli", "__main__"):
        assert not [module for module in imports(name) if within(module, "checker.cli")]


@pytest.mark.parametrize("name", NAMES)
def test_each_library_has_its_place_and_nothing_speaks_to_the_network(name: str) -> None:
    for module in imports(name):
        top = module.split(".")[0]
        assert not any(within(module, banned) for banned in NETWORK), f"{name} imports {module}"
        if top not in sys.stdlib_module_names and top != "checker":
            assert name.startswith(LIBRARIES.get(top, ("nowhere",))), f"{name} imports {module}"


@pytest.mark.parametrize("name", [name for name in NAMES if room(name) in ("engine", "report", "words")])
def test_pure_rooms_know_no_files_and_no_clock(name: str) -> None:
    allowed = {"io"} if name == "checker/report/terminal.py" else set()
    found = {module for module in imports(name) if module.split(".")[0] in NO_FILES_NO_CLOCK - allowed}
    assert not found
    calls = [node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)]
    assert not {"today", "now", "utcnow"} & set(calls)


@pytest.mark.parametrize("name", NAMES)
def test_files_and_functions_stay_short(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{name}:{node.lineno}: {node.name} has {length} lines"


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("__init__.py")])
def test_every_module_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(tree(name))


def test_every_room_stands_in_the_table() -> None:
    rooms = {room(name) for name in NAMES}
    assert rooms - {"cli", "api", "__init__", "__main__"} <= set(MAY_IMPORT)


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.stem)
def test_what_a_benchmark_imports_is_there(path: Path) -> None:
    """Nothing else runs them before somebody needs their figures."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("checker"):
            module = importlib.import_module(str(node.module))
            missing = [alias.name for alias in node.names if not hasattr(module, alias.name)]
            assert not missing, f"{path.name} imports {missing} from {node.module}"
