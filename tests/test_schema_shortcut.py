"""What is taken as plainly valid without jsonschema is valid by jsonschema, whatever is changed in a request."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checker.schema import load_schema, surely_valid
from checker.yamlfile import read_yaml

ROOT = Path(__file__).parent.parent
SCHEMA = load_schema("request/request.schema.json")
EXAMPLES = sorted((ROOT / "examples").glob("*/*.yaml"))
REQUESTS = [read_yaml(path).data for path in EXAMPLES]
# Copied when drawn: a second change may go into the list or the mapping that the first one put in.
ODD = st.sampled_from(
    [None, True, False, 0, 1, -1, 1.0, 2.5, 10**9, "", "left", "2016-13-45", [], ["x"], {}, {"x": 1}]
).map(copy.deepcopy)


@pytest.mark.parametrize("data", REQUESTS, ids=[f"{path.parent.name}-{path.stem}" for path in EXAMPLES])
def test_examples_are_plainly_valid(data: Any) -> None:
    assert surely_valid(data, SCHEMA)


@settings(max_examples=300)
@given(st.sampled_from(REQUESTS), st.data())
def test_plainly_valid_is_valid(request_: Any, choices: st.DataObject) -> None:
    data = copy.deepcopy(request_)
    for _ in range(choices.draw(st.integers(1, 2))):
        _change(data, choices)
    if surely_valid(data, SCHEMA):
        assert Draft202012Validator(SCHEMA).is_valid(data)


def _change(data: Any, choices: st.DataObject) -> None:
    """Replace, remove or add one value somewhere."""
    node = data
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = choices.draw(st.sampled_from(keys))
        if not isinstance(node[key], (dict, list)) or choices.draw(st.booleans()):
            break
        node = node[key]
    match choices.draw(st.sampled_from(["replace", "remove", "add"])):
        case "replace":
            node[key] = choices.draw(ODD)
        case "remove":
            del node[key]
        case _ if isinstance(node, dict):
            node["unknown"] = choices.draw(ODD)


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ({"type": "integer"}, 3, True),
        ({"type": "integer"}, 3, 2.5),
        ({"type": "number"}, 2.5, True),
        ({"type": ["string", "null"]}, None, 3),
        ({"type": "boolean"}, False, 0),
        ({"enum": [1, "a"]}, 1, True),
        ({"const": "a"}, "a", "b"),
        ({"required": ["a"]}, {"a": 1}, {"b": 1}),
        ({"properties": {"a": {"type": "string"}}}, {"a": "x", "b": 1}, {"a": 1}),
        ({"properties": {"a": True}, "additionalProperties": False}, {"a": 1}, {"a": 1, "b": 1}),
        ({"additionalProperties": {"type": "string"}}, {"a": "x"}, {"a": 1}),
        ({"items": {"minimum": 2}}, [2, 3], [3, 1]),
        ({"maximum": 2}, 2, 2.1),
        ({"anyOf": [{"type": "string"}, {"minItems": 1}]}, ["x"], []),
        ({"pattern": "^a"}, "ab", "ba"),
        ({"type": "string", "minLength": 1}, "a", ""),
    ],
    ids=lambda value: str(value),
)
def test_each_keyword(schema: Any, right: Any, wrong: Any) -> None:
    assert surely_valid(right, schema)
    assert not surely_valid(wrong, schema)
    assert Draft202012Validator(schema).is_valid(right)
    assert not Draft202012Validator(schema).is_valid(wrong)


def test_an_unknown_keyword_is_left_to_jsonschema() -> None:
    assert not surely_valid(3, {"type": "integer", "multipleOf": 3})


def test_a_valid_request_is_checked_without_importing_jsonschema() -> None:
    run = (
        "import sys; from pathlib import Path; from checker.request.load import load_request; "
        "load_request(Path('examples/seed-002/request.yaml')); sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", run], cwd=ROOT, check=False).returncode == 0
