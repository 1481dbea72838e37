"""The only reader of YAML: guarded against bombs, YAML 1.2 scalars, no duplicate keys, and the place of every value.

CSafeLoader is some ten times faster than the pure loader but dies of deep nesting, so events are counted first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checker.problem import InputError, Problem
from checker.record import record

MAX_BYTES = 1_000_000
MAX_DEPTH = 50
LOCKED = "Close it in other programs; see who may read it and its folder."
LOOK_FOR_ZEROS = 4096  # bytes, in which text of two bytes a letter shows
NO_TEXT = (b"{\\rtf", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")  # how RTF, DOCX, PDF and DOC begin
ENTRY = " Another entry of the list begins with a dash of its own: '- '."
Path_ = tuple[str | int, ...]
Position = tuple[int, int]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


@record
class YamlFile:
    """Plain data of one document, with 1-based (line, column) of every value and key by its path."""

    name: str
    data: Any
    places: dict[Path_, Position]
    key_places: dict[Path_, Position]

    def place(self, path: Path_) -> Position:
        """Where a value stands; for one that is missing, where the nearest outer value stands."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def fault(self, path: Path_, code: str, found: str, expected: str, fix: str = "") -> Problem:
        """A problem with the value at a path."""
        line, column = self.place(path)
        return Problem(self.name, line, column, code, found, expected, fix)


def read_yaml(path: Path) -> YamlFile:
    """Read one YAML file. Raises InputError for anything but one sound document."""
    name = str(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise _fault(name, 0, 0, "folder", "a folder", "a YAML file")
        if size > MAX_BYTES:
            raise _fault(
                name,
                0,
                0,
                "too-large",
                f"{size:,} bytes",
                f"at most {MAX_BYTES:,} bytes",
                "Keep papers in their own files.",
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _fault(name, 0, 0, "missing", "no such file", "a YAML file", "Check the name and the folder.") from None
    except OSError as error:
        raise _fault(name, 0, 0, "unreadable", error.strerror or "cannot be read", "a readable file", LOCKED) from None
    if raw.startswith(NO_TEXT):
        fix = "Write it in a plain text editor; in Word: Save As, Plain Text (*.txt), then rename it to request.yaml."
        raise _fault(name, 1, 1, "no-text", "a file of Word, RTF or PDF", "plain text", fix)
    if b"\x00" in raw[:LOOK_FOR_ZEROS] and raw.count(b"\x00") > len(raw) // 4:
        raise _encoding(raw, 0, name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _encoding(raw, error.start, name) from None
    return load_yaml(text, name)


def _encoding(raw: bytes, place: int, name: str) -> InputError:
    """What to say of bytes that are not UTF-8: the first letter that is not, as Windows means it."""
    fix = "Save the file as UTF-8; in Notepad: File, Save As, Encoding UTF-8."
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[1:2] == b"\x00" or raw[:1] == b"\x00":
        return _fault(name, 1, 1, "encoding", "text in UTF-16, not in UTF-8", "UTF-8", fix)
    letter = raw[place : place + 1].decode("cp1252", "replace")
    line = raw[:place].count(b"\n") + 1
    column = place - raw.rfind(b"\n", 0, place)
    return _fault(name, line, column, "encoding", f"text that is not UTF-8, at the letter '{letter}'", "UTF-8", fix)


def load_yaml(text: str, name: str) -> YamlFile:
    """Parse one document. Raises InputError."""
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        raise _fault(
            name,
            line,
            column,
            "control-character",
            f"control character U+{ord(control.group()):04X}",
            "plain text",
            "Delete it.",
        )
    try:
        _guard(text, name)
        loader = _loader()(text)
        try:
            node = loader.get_single_node()
            places: dict[Path_, Position] = {}
            keys: dict[Path_, Position] = {}
            problems: list[Problem] = []
            _locate(node, (), name, places, keys, problems)
            if problems:
                raise InputError(problems)
            data = loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise _syntax(error, text, name) from None
    return YamlFile(name, data, places, keys)


def flow(entry: Any) -> str:
    """Plain data as one line of YAML that `load_yaml` reads back unchanged."""
    return yaml.safe_dump(entry, default_flow_style=True, sort_keys=False, width=1_000_000, allow_unicode=True).strip()


def texts_of(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text in plain data, with its path."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from texts_of(value, (*path, key))


def _guard(text: str, name: str) -> None:
    """Count depth, aliases and documents on events, before anything is built."""
    depth = documents = 0
    for event in yaml.parse(text, _loader()):
        mark: Any = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            fix = "Write the value out; words that begin with * or & stand in quotes."
            raise _fault(name, line, column, "alias", "an anchor or alias", "plain values", fix)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _fault(
                    name,
                    line,
                    column,
                    "documents",
                    "a second document (---)",
                    "one document a file",
                    "Put it in a file of its own.",
                )
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                raise _fault(name, line, column, "depth", f"more than {MAX_DEPTH} levels", "a flatter file")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
    if not documents:
        raise _fault(name, 0, 0, "empty", "an empty file", "lines such as 'key: value'")


def _locate(
    node: Any,
    path: Path_,
    name: str,
    places: dict[Path_, Position],
    keys: dict[Path_, Position],
    problems: list[Problem],
) -> None:
    places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        for number, entry in enumerate(node.value):
            _locate(entry, (*path, number), name, places, keys, problems)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            if not isinstance(key, yaml.ScalarNode):
                problems.append(
                    Problem(name, line, column, "key", "a key that is not a word", "a word before the colon")
                )
                continue
            inner = (*path, key.value)
            if inner in keys:
                first = keys[inner][0]
                problems.append(
                    Problem(
                        name,
                        line,
                        column,
                        "duplicate-key",
                        f"'{key.value}' a second time",
                        "each key once",
                        f"It stands in line {first} already."
                        + (ENTRY if any(isinstance(p, int) for p in path) else ""),
                    )
                )
                continue
            keys[inner] = (line, column)
            _locate(value, inner, name, places, keys, problems)


@cache
def _loader() -> Any:
    """A loader that reads only true and false, plain decimal numbers and null as anything but text (YAML 1.2)."""
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    scalars = (
        ("bool", r"^(?:true|false)$", "tf"),
        ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
        ("float", r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$", "-+0123456789"),
        ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    )
    for kind, pattern, first in scalars:
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(pattern), list(first))
    return Loader


def _syntax(error: yaml.YAMLError, text: str, name: str) -> InputError:
    from checker.yaml_hints import hint_of

    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in here[: column + 1] or "\\t" in str(error):
        return _fault(name, line, column, "tab", "a tab", "spaces", "Indent with the space bar, not with the Tab key.")
    context_mark = getattr(error, "context_mark", None)
    begun = (context_mark.line + 1, context_mark.column + 1) if context_mark else (line, column)
    what, context = str(getattr(error, "problem", None) or ""), str(getattr(error, "context", None) or "")
    line, column, found, expected, fix = hint_of(what, (line, column), context, begun, lines)
    return _fault(name, line, column, "syntax", found, expected, fix)


def _fault(name: str, line: int, column: int, code: str, found: str, expected: str, fix: str = "") -> InputError:
    return InputError([Problem(name, line, column, code, found, expected, fix)])
