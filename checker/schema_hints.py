"""What to say of a violation of a schema: what was found, what was expected, and what to write instead.

Three words of our schemas help: `x-expected` (the value in words), `x-example` (a line that keeps the schema), `x-meant` (what people
write by mistake → the word they mean, or a sentence of advice).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from checker.problem import nearest
from checker.words.dates import find_dates
from checker.words.numbers import number_of
from checker.words.tokens import DASHES

LIMITS = {
    "minimum": "of at least",
    "maximum": "of at most",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
}
KINDS = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}
CURLY = "\u201c\u201d\u201e\u2018\u2019"
BULLETS = frozenset(DASHES + "\u2022\u00b7\uf0b7")  # signs of a list in a word processor
LEADING = re.compile(r"[\w.]+")
HOUR = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})\s*([ap])?\.?m?", re.IGNORECASE)
COMPACT = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})")
AMERICAN = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
LENGTH = re.compile(r"([\d.]+|[a-z]+)[\s-]*([a-z]*)\.?")
UNITS = ("days", "weeks", "months")
LAST_HOUR, NOON = 23, 12
UNKNOWN = frozenset({"unknown", "none", "n/a", "na", "n.a.", "tbd", "?", "-", "not known", "unk", "null", "nil"})
LEAVE_OUT = "If it is not known, delete the key."
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
SPAN = re.compile(r"\d+\s*(?:-|\u2013|to)\s*(\d+)")
NUMBERED = re.compile(r"\d+[.)]\s+(.+?)(?=\s+\d+[.)]\s|$)")


def words_of(error: Any) -> tuple[str, str, str]:
    """Found, expected and fix of one violation (an error of jsonschema)."""
    value, limit, schema = error.instance, error.validator_value, error.schema
    found, expected, fix = _violation(error, value, limit, schema)
    if isinstance(value, str) and value.strip().lower() in UNKNOWN and error.validator in ("type", "enum", "pattern"):
        fix = LEAVE_OUT
    return found, expected, fix


def _violation(error: Any, value: Any, limit: Any, schema: Mapping[str, Any]) -> tuple[str, str, str]:
    if error.validator == "required":
        missing = [name for name in limit if name not in value]
        fix = schema.get("x-example") or f"Add a line '{missing[0]}: …' here."
        return f"no {' and no '.join(missing)}", f"the key {', '.join(missing)}", _as_advice(fix)
    expected = schema.get("x-expected")
    if error.validator == "type":
        hint = _below(error) if value is None and limit == "array" else _type_hint(value, limit, schema)
        return shown(value), expected or kind(limit), hint
    if error.validator in ("enum", "const"):
        choices = [str(choice) for choice in (limit if error.validator == "enum" else [limit])]
        return shown(value), f"one of {', '.join(choices)}", meaning(str(value), schema, choices)
    if error.validator == "pattern":
        expected = expected or schema.get("description") or f"text like {limit}"
        return shown(value), expected, _curly_hint(value, limit) or _form_hint(value, expected)
    if error.validator in ("minItems", "minLength"):
        return "nothing", "at least one entry", _below(error)
    if error.validator == "maxItems":
        return f"{len(value):,} entries", f"at most {limit}", "Write a request of its own for each form."
    if error.validator in LIMITS:
        return shown(value), f"a number {LIMITS[error.validator]} {limit}", ""
    return shown(value), error.message.split(": ")[-1][:120], ""


def meaning(word: str, schema: Mapping[str, Any], known: Sequence[str]) -> str:
    """The hint for a word that is none of those known: what is usually meant by it, else the nearest."""
    if "\u00a0" in word:
        return "A blank in this line was pasted and does not count. Type the blanks again with the space bar."
    if INVISIBLE.search(word):
        return "A character that cannot be seen was pasted into this word. Type the word anew."
    meant: Mapping[str, str] = schema.get("x-meant", {})
    plain = word.strip(CURLY).strip().lower().replace(" ", "_").replace("-", "_")
    found = next((told for wrong, told in meant.items() if wrong.replace("-", "_").replace(" ", "_") == plain), None)
    if found:
        return found if " " in found and found not in known else f"Did you mean '{found}'?"
    same = next((name for name in known if name.lower().replace("-", "_").replace(" ", "_") == plain), None)
    return f"Did you mean '{same}'?" if same else nearest(word, known)


def kind(names: Any) -> str:
    """The kinds of value that a schema allows, in words."""
    return " or ".join(KINDS.get(name, name) for name in ([names] if isinstance(names, str) else names))


def shown(value: Any) -> str:
    """A value as a message shows it."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value) if value is not None else "nothing"
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'" if value is not None else text


def _below(error: Any) -> str:
    """The lines to write where a list has no entry."""
    key, example = next(reversed(error.absolute_path), ""), error.schema.get("x-example")
    return f"Write two lines: '{key}:' and, below it, '  {example}'; or delete the key." if example else ""


def _as_advice(example: str) -> str:
    return example if not example or example.startswith("Add ") else f"Write it so: {example}"


# --- another kind of value -------------------------------------------------------------------------------------------


def _type_hint(value: Any, wanted: Any, schema: Mapping[str, Any]) -> str:
    expected = schema.get("x-expected", "")
    if value is None and wanted == "object" and (lacked := _lacked(schema)):
        return f"Write {lacked}: and its words here, or delete the entry."
    if value is None:
        return "Write it behind the colon, or delete the key."
    if expected.startswith(("a date", "a length")):
        return _form_hint(value, expected)
    if wanted == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'Put it in quotes: "{value}".'
    if wanted == "boolean" and str(value).lower() in ("yes", "no", "on", "off", "y", "n"):
        return f"Write {'true' if str(value).lower() in ('yes', 'on', 'y') else 'false'}."
    if wanted in ("number", "integer") and isinstance(value, str):
        return _number_hint(value)
    if wanted == "array":
        return _list_hint(value, schema)
    return _keys_hint(value, schema)


def _number_hint(value: str) -> str:
    """A number in words, or with its unit, as figures."""
    if span := SPAN.fullmatch(value.strip()):
        return f"Write one number, the most that is asked for: {span[1]}."
    first = LEADING.search(value.lower())
    number = number_of(first[0]) if first else None
    return f"Write {number:g}." if number is not None and isfinite(number) else "Write it in figures."


def _list_hint(value: Any, schema: Mapping[str, Any]) -> str:
    """What stands alone where a list of such things should stand."""
    entry = schema.get("items", {})
    example = _as_advice(schema.get("x-example", ""))
    if isinstance(value, dict):
        odd = [key for key in value if str(key)[:1] in BULLETS]
        if odd:
            return f"Type a hyphen and a blank in front instead of {str(odd[0])[:1]}: '- {str(odd[0])[1:].strip()}: …'."
        glued = [key for key in value if str(key).startswith("-")]
        if glued:
            return f"Put a blank behind the dash: '- {str(glued[0]).lstrip('-')}: …'."
        if lacked := _lacked(entry) if all(str(key).isdigit() for key in value) else None:
            first = next(iter(value.values()))
            return f"Begin each entry with a dash instead of its number: '- {lacked}: {str(first)[:60]}'."
        known = [key for key in value if key in entry.get("properties", {})]
        return f"Put a dash before the first key of each entry: '- {known[0]}: …'." if known else example
    if entry.get("type") == "string":
        return f"Put it in brackets: [{json.dumps(str(value), ensure_ascii=False)}]."
    lacked = _lacked(entry)
    if isinstance(value, str) and lacked and (numbered := NUMBERED.match(value)):
        return f"Begin each entry with a dash instead of its number: '- {lacked}: {numbered[1][:60]}'."
    if isinstance(value, str) and lacked:
        return f"Write it so: [{{{lacked}: {json.dumps(value, ensure_ascii=False)}}}]"
    return example


def _keys_hint(value: Any, schema: Mapping[str, Any]) -> str:
    """The keys of a mapping that should stand where something else stands; for bare text, the key that it lacks (`x-key` of the
    schema, else the one that must be there)."""
    keys = schema.get("properties", {}) if schema.get("type") == "object" else {}
    if not keys:
        return ""
    told = f"Its keys: {', '.join(keys)}."
    key, _, rest = str(value).partition(":")
    if isinstance(value, str) and rest and key in keys:
        return f"Put a blank behind the colon: {key}: {rest.strip()}"
    key, _, rest = str(value).partition("=")
    if isinstance(value, str) and rest and key.strip() in keys:
        return f"Write a colon instead of the sign =: {key.strip()}: {rest.strip()}"
    if schema.get("x-example"):
        return f"{_as_advice(schema['x-example'])}. {told}"
    if "date" in keys and (day := _day_of(str(value))):
        return f"Write it so: {{date: {day}}}. {told}"
    lacked = _lacked(schema)
    if isinstance(value, str) and lacked and value.strip():
        return f"Write {lacked}: {shown(value)}. {told}"
    return told


def _lacked(schema: Mapping[str, Any]) -> str | None:
    lacked: str | None = schema.get("x-key") or next(iter(schema.get("required", ())), None)
    return lacked


def _curly_hint(value: Any, pattern: str) -> str:
    """A value that keeps its pattern but for the quotation marks of a word processor."""
    bare = str(value).strip(CURLY)
    if bare == str(value) or re.search(pattern, bare) is None:
        return ""
    return f'Its quotation marks are curly. Type straight ones: "{bare}".'


# --- days ------------------------------------------------------------------------------------------------------------


def _form_hint(value: Any, expected: str) -> str:
    """A day or a length of time in another form, written as it is expected."""
    text = str(value).strip()
    if expected.startswith("a length"):
        return _length_hint(text)
    if not expected.startswith("a date"):
        return ""
    day = _day_of(text)
    if not day:
        return "Write year-month-day."
    hour = _hour_of(text) if "hour" in expected else ""
    return f"Write {day}{hour}."


def _length_hint(text: str) -> str:
    found = LENGTH.fullmatch(text.lower())
    number = number_of(found[1]) if found else None
    if found is None or number is None:
        return "Write the number in figures, and days, weeks or months."
    unit = next((unit for unit in UNITS if found[2] and unit.startswith(found[2][0])), "weeks")
    return f"Write {number:g} {unit}." if found[2] else f"Write the unit too, such as {number:g} {unit}."


def _day_of(text: str) -> str:
    compact = COMPACT.fullmatch(text)
    if compact:
        text = f"{compact[1]}-{compact[2]:0>2}-{compact[3]:0>2}"
    american = AMERICAN.match(text)
    if american:
        text = f"{american[1]}/{american[3]}/{american[4]}"
    found = [mention for mention in find_dates(text) if mention.exact]
    return found[0].date.isoformat() if len(found) == 1 else ""


def _hour_of(text: str) -> str:
    """The hour behind a day, of 24, with a blank before it."""
    found = HOUR.search(text)
    if not found:
        return ""
    hour, half = int(found[1]), (found[3] or "").lower()
    hour = hour % NOON + (NOON if half == "p" else 0) if half else hour
    return f" {hour:02}:{found[2]}" if hour <= LAST_HOUR else ""
