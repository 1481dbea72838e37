"""Changes to the text of a request file that leave everything else in it as it stands: comments, order, hand-made parts.

The request file is all that an interview keeps, so an answer is never anywhere but in it. Answers that leave nothing to
state stand in comment lines at its end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from checker.record import record
from checker.yamlfile import YamlFile, load_yaml

LOG = "# Answers given to `imr-check new`. It reads these lines when it is resumed.\n"
ASKED = "# asked: "
WITHOUT = "yes, without details"  # an answer that states nothing; asked again when the interview is resumed
BEGUN = "# begun: "  # a yes whose details are still being asked
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _/().%+-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


@record
class Add:
    """A new entry of a list at the top of the file, with comment lines above it."""

    section: str
    entry: Mapping[str, Any]
    comments: tuple[str, ...] = ()


@record
class Put:
    """A value at ("injury", "date") or, in an entry of a list, at ("items", 0, "visits"). Replaces what stands there."""

    path: tuple[str | int, ...]
    value: Any


Edit = Add | Put


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. Raises InputError where the text before or after them is not sound YAML."""
    body, log = split_log(text)
    for edit in edits:
        body = _add(body, edit) if isinstance(edit, Add) else _put(body, edit)
        load_yaml(body, "request")
    return body + log


def split_log(text: str) -> tuple[str, str]:
    """What the request says, and the comment lines of the interview, which stand at its end."""
    lines = text.splitlines(keepends=True)
    log = [f"{line.rstrip()}\n" for line in lines if _of_log(line)]
    body = "".join(line for line in lines if not _of_log(line))
    return (body if not body or body.endswith("\n") else body + "\n"), "".join(log)


def _of_log(line: str) -> bool:
    return line.rstrip() == LOG.rstrip() or line.startswith((ASKED, BEGUN))


def note(text: str, key: str, answer: str) -> str:
    """The text with one answer more among the lines at its end."""
    return _noted(text, key, f"{ASKED}{key} = {answer}\n")


def note_begun(text: str, key: str, details: Sequence[Any]) -> str:
    """The text with a yes whose details, as far as they are known, would be lost if the interview stopped now."""
    return _noted(text, key, f"{BEGUN}{key} = {json.dumps(details, default=str)}\n")


def without_begun(text: str, key: str) -> str:
    """The text without what `note_begun` put into it."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{BEGUN}{key} = "))


def _noted(text: str, key: str, line: str) -> str:
    body, log = split_log(without_begun(text, key))
    return f"{body}{log or LOG}{line}"


def answered(text: str) -> dict[str, str]:
    """The answers that stand in comment lines, by the key of their question; the last of a key counts."""
    return dict(_lines(text, ASKED))


def begun(text: str) -> dict[str, list[Any]]:
    """The details of every yes that was not finished, by the key of its question."""
    found: dict[str, list[Any]] = {}
    for key, details in _lines(text, BEGUN):
        try:
            known = json.loads(details)
        except ValueError:
            continue
        found[key] = known if isinstance(known, list) else []
    return found


def _lines(text: str, mark: str) -> list[tuple[str, str]]:
    lines = (line.removeprefix(mark).partition(" = ") for line in text.splitlines() if line.startswith(mark))
    return [(key.strip(), answer.strip()) for key, _, answer in lines]


# --- writing values --------------------------------------------------------------------------------------------------


def scalar(value: Any) -> str:
    """One value as YAML; text in quotes wherever it could be read as something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.10g}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    plain = _DAY.fullmatch(text) or (_PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML)
    return text if plain and text == text.strip() else json.dumps(text, ensure_ascii=False)


def block(data: Mapping[str, Any], indent: int = 0) -> list[str]:
    """Lines of a mapping in block style."""
    lines: list[str] = []
    for key, value in data.items():
        lead = f"{' ' * indent}{key}:"
        if isinstance(value, Mapping):
            lines += [lead, *block(value, indent + 2)]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            lines += [lead, *(line for entry in value for line in entry_lines(entry, indent + 2))]
        else:
            lines.append(f"{lead} {scalar(value)}")
    return lines


def entry_lines(entry: Any, indent: int) -> list[str]:
    """Lines of one entry of a list."""
    if not isinstance(entry, Mapping):
        return [f"{' ' * indent}- {scalar(entry)}"]
    inner = block(entry, indent + 2)
    return [f"{' ' * indent}- {inner[0].lstrip()}", *inner[1:]]


# --- changing the text -----------------------------------------------------------------------------------------------


def _add(text: str, edit: Add) -> str:
    file, lines = _parsed(text), text.splitlines()
    notes = [f"# {comment}" for comment in edit.comments]
    if file is None or edit.section not in file.data:
        return _joined([*lines, f"{edit.section}:", *_indented(notes, 2), *entry_lines(edit.entry, 2)])
    first, last = _section(file, lines, edit.section)
    existing = file.data[edit.section] or []
    if not existing or _in_flow(file, edit.section):
        entries = [line for entry in existing for line in entry_lines(entry, 2)]
        new = [f"{edit.section}:", *entries, *_indented(notes, 2), *entry_lines(edit.entry, 2)]
        return _joined([*lines[:first], *new, *lines[last:]])
    indent = _dash(lines, file, edit.section)
    new = [*_indented(notes, indent), *entry_lines(edit.entry, indent)]
    return _joined([*lines[:last], *new, *lines[last:]])


def _put(text: str, edit: Put) -> str:
    file, lines = _parsed(text), text.splitlines()
    section = str(edit.path[0])
    if len(edit.path) == 3:
        return _put_in_entry(lines, _must(file), section, int(edit.path[1]), str(edit.path[2]), edit.value)
    key = str(edit.path[1])
    if file is None or section not in file.data:
        return _joined([*lines, f"{section}:", *block({key: edit.value}, 2)])
    first, last = _section(file, lines, section)
    known = dict(file.data[section] or {})
    if not known or key in known or _in_flow(file, section):
        return _joined([*lines[:first], *block({section: {**known, key: edit.value}}), *lines[last:]])
    indent = file.key_places[(section, next(iter(known)))][1] - 1
    return _joined([*lines[:last], *block({key: edit.value}, indent), *lines[last:]])


def _put_in_entry(lines: list[str], file: YamlFile, section: str, index: int, key: str, value: Any) -> str:
    if _in_flow(file, section):
        entries = [{**entry, key: value} if n == index else entry for n, entry in enumerate(file.data[section])]
        first, last = _section(file, lines, section)
        return _joined([*lines[:first], *block({section: entries}), *lines[last:]])
    entry = dict(file.data[section][index])
    first = file.places[(section, index)][0] - 1
    after = file.places.get((section, index + 1))
    last = _trimmed(lines, after[0] - 1) if after else _section(file, lines, section)[1]
    indent = _dash(lines, file, section)
    inside = [line for line in lines[first:last] if line.lstrip().startswith("#")]
    if key not in entry and "{" not in lines[first].split("#")[0][: indent + 3]:
        return _joined([*lines[:last], *block({key: value}, indent + 2), *lines[last:]])
    return _joined([*lines[:first], *inside, *entry_lines({**entry, key: value}, indent), *lines[last:]])


def _parsed(text: str) -> YamlFile | None:
    """The text as YAML; None where it holds nothing yet."""
    if not any(line.strip() and not line.startswith("#") for line in text.splitlines()):
        return None
    return load_yaml(text, "request")


def _must(file: YamlFile | None) -> YamlFile:
    assert file is not None, "an entry is changed only after it was added"
    return file


def _section(file: YamlFile, lines: list[str], name: str) -> tuple[int, int]:
    """Index of the first line of a section at the top, and of the line after its last one that says something."""
    first = file.key_places[(name,)][0] - 1
    later = [place[0] - 1 for path, place in file.key_places.items() if len(path) == 1 and place[0] - 1 > first]
    return first, _trimmed(lines, min(later, default=len(lines)))


def _trimmed(lines: list[str], last: int) -> int:
    """Blank lines and comments at the margin belong to what follows."""
    while last and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    return last


def _in_flow(file: YamlFile, section: str) -> bool:
    """Whether a section is written in braces or brackets."""
    return file.places[(section,)][0] == file.key_places[(section,)][0]


def _dash(lines: list[str], file: YamlFile, section: str) -> int:
    """How far the entries of a list are indented."""
    line = lines[file.places[(section, 0)][0] - 1]
    return len(line) - len(line.lstrip())


def _indented(lines: Iterable[str], indent: int) -> list[str]:
    return [" " * indent + line for line in lines]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
