"""A published drug list → a dated list of the rulebook: its rows validated and resolved to ingredients, and what changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from checker.formulary.lists import DrugList, Entry
from checker.formulary.table import Row, Table
from checker.problem import InputError, Problem
from checker.record import record
from checker.request.model import Item
from checker.rulebook.match import Matcher, match_item
from checker.words.dates import find_dates
from checker.yamlfile import flow

Layout = Mapping[str, Any]
Data = dict[str, Any]

HEADER = """# yaml-language-server: $schema=../../checker/rulebook/formulary.schema.json
# Written by `imr-check formulary update` from the published list. `drug` is the RxNorm name where the catalogue knows it.
"""
# Of rows that differ for one drug and form the one with the tighter rule counts.
STRICTNESS = {"exempt": 0, "non-exempt": 1, "unlisted": 2}
FILLS = ("special_fill", "perioperative_fill")
_VERSION = re.compile(r"\bv(?:ersion)?\.?\s?(\d{1,3}(?:\.\d{1,3})?)\b", re.IGNORECASE)
_DAYS = re.compile(r"\b(\d{1,2})\b")
_PARTS = re.compile(r"\s*(?:/|;|,|\+|&|\band\b|\bwith\b)\s*")


@record
class NewList:
    """A list as read: its day and version, its entries as data, and remarks on what was not plain."""

    start: date
    version: str
    source: str
    entries: tuple[Data, ...]
    remarks: tuple[str, ...]


def build_list(table: Table, layout: Layout, matcher: Matcher, name: str, start: date | None) -> NewList:
    """The rows as entries. `start` beats the day printed on the list. Raises InputError with every problem found."""
    problems: list[Problem] = []
    start = start or printed_day(table.text)
    if start is None:
        fix = "Give the day on which the list takes effect: --date YYYY-MM-DD."
        problems.append(Problem(name, 0, 0, "drug-list", "no effective date on the list", "a line with the date", fix))
    if not table.rows:
        problems.append(Problem(name, 0, 0, "drug-list", "no drugs below the headings", "a row for each drug"))
    rows = [(row, _entry(row, layout, matcher, name, problems)) for row in table.rows]
    if problems or start is None:
        raise InputError(problems)
    entries, remarks = _merged(rows)
    remarks = [*_unknown(entries, matcher), *remarks, *_unread(rows), *_passed_over(table)]
    found = _VERSION.search(table.text)
    return NewList(start, f"v{found.group(1)}" if found else start.isoformat(), name, tuple(entries), tuple(remarks))


def printed_day(text: str) -> date | None:
    """The day printed beside the word "effective"."""
    for match in re.finditer(r"effective", text, re.IGNORECASE):
        exact = [mention.date for mention in find_dates(text[match.start() : match.start() + 80]) if mention.exact]
        if exact:
            return exact[0]
    return None


# --- one row ---------------------------------------------------------------------------------------------------------


def _entry(row: Row, layout: Layout, matcher: Matcher, name: str, problems: list[Problem]) -> Data:
    cells = row.cells
    entry: Data = {"drug": ingredient(cells["drug"], cells.get("form", ""), matcher)}
    if form := _form(cells.get("form", ""), layout):
        entry["form"] = form
    status = _named(cells["status"], layout["statuses"])
    if status is None:
        wanted = "one of " + ", ".join(words[0] for words in layout["statuses"].values())
        problems.append(Problem(name, row.line, 1, "drug-list", f"status '{cells['status']}'", wanted))
    entry["status"] = status or "unlisted"
    for fill in FILLS:
        days = _days(cells.get(fill, ""), layout)
        if days == 0:
            found = f"{fill.replace('_', ' ')} '{cells[fill]}'"
            problems.append(Problem(name, row.line, 1, "drug-list", found, "a number of days, or nothing"))
        elif days:
            entry[fill] = days
    entry["printed"] = [cells["drug"]]
    if "brand" in cells:
        entry["brands"] = [cells["brand"]]
    if "class" in cells:
        entry["class"] = cells["class"]
    if topics := {**_topics(cells.get("topics", ""), layout), **_columns(row.topics, layout)}:
        entry["topics"] = topics
    return entry


def ingredient(printed: str, form: str, matcher: Matcher) -> str:
    """The RxNorm name of an ingredient or combination as printed; the printed name in small letters where none is known."""
    asked, _ = match_item(Item("row", f"{printed} {form}".strip()), matcher)
    names = [matcher.rulebook.treatments[name].rxnorm for name in asked.treatments]
    known = [part for name in names if name for part in name.split(" / ")]
    parts = [part for part in _PARTS.split(printed.lower()) if part]
    if all(names) and len(known) >= len(parts):
        return " / ".join(sorted(known))
    return " / ".join(sorted(" ".join(part.split()) for part in parts)) or printed.lower()


def _form(text: str, layout: Layout) -> str | None:
    words = f" {' '.join(re.sub(r'[^a-z]+', ' ', text.lower()).split())} "
    for form, names in layout["forms"].items():
        if any(f" {name} " in words for name in names):
            return str(form)
    return None


def _named(text: str, words: Mapping[str, Sequence[str]]) -> str | None:
    plain = " ".join(text.lower().strip(" *†‡.").split())
    return next((name for name, choices in words.items() if plain in choices), None)


def _days(text: str, layout: Layout) -> int | None:
    """The days of a fill; None for a cell that says none; 0 for one that cannot be read."""
    if text.lower().strip(" *†‡.") in layout["none"]:
        return None
    found = _DAYS.findall(text)
    return int(found[0]) if len(found) == 1 else 0


def _topics(text: str, layout: Layout) -> dict[str, str]:
    """What the list says of the drug by topic, in one cell: "Low Back ✓; Shoulder ✕"."""
    signs = {sign: name for name, many in layout["signs"].items() for sign in many}
    pattern = "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))
    found = {}
    for part in re.split(r"[;,\n]", text):
        match = re.fullmatch(rf"\s*(.+?)\s*[:(]?\s*({pattern})\)?\s*", part, re.IGNORECASE)
        if match:
            found[match.group(1).strip().lower()] = signs[match.group(2).lower()]
    return found


def _columns(cells: Mapping[str, str], layout: Layout) -> dict[str, str]:
    """What the list says by topic in columns of their own."""
    return {topic.lower(): said for topic, cell in cells.items() if (said := _named(cell, layout["signs"]))}


# --- all rows --------------------------------------------------------------------------------------------------------


def _merged(rows: Sequence[tuple[Row, Data]]) -> tuple[list[Data], list[str]]:
    """One entry for each drug and form, and a remark wherever the rows of one differ."""
    found: dict[tuple[str, str], Data] = {}
    remarks = []
    for row, entry in rows:
        key = (entry["drug"], entry.get("form", ""))
        if key not in found:
            found[key] = entry
            continue
        kept = found[key]
        for name in ("printed", "brands"):
            more = [word for word in entry.get(name, ()) if word not in kept.get(name, ())]
            if more:
                kept[name] = [*kept.get(name, ()), *more]
        if any(entry.get(name) != kept.get(name) for name in ("status", *FILLS)):
            strict, other = sorted((kept, entry), key=lambda one: -STRICTNESS[one["status"]])
            told = f"line {row.line}: {entry['drug']} stands there with different rules; the tighter one counts"
            remarks.append(told)
            kept["status"] = strict["status"]
            kept["note"] = "its rows on the list differ by product"
            for fill in FILLS:
                days = min(strict.get(fill, 0), other.get(fill, 0))
                kept.pop(fill, None)
                if days:
                    kept[fill] = days
    return [found[key] for key in sorted(found)], remarks


def _unknown(entries: Sequence[Data], matcher: Matcher) -> Iterator[str]:
    names = {treatment.rxnorm for treatment in matcher.rulebook.treatments.values() if treatment.rxnorm}
    missing = [str(entry["drug"]) for entry in entries if entry["drug"] not in names]
    if missing:
        yield f"{len(missing)} of {len(entries)} drugs are not in the catalogue, kept as printed: {', '.join(missing)}"


def _unread(rows: Sequence[tuple[Row, Data]]) -> Iterator[str]:
    lines = [row.line for row, entry in rows if (row.cells.get("topics") or row.topics) and "topics" not in entry]
    if lines:
        yield f"what the guidelines say was not understood in line {', '.join(map(str, lines))}"


def _passed_over(table: Table) -> Iterator[str]:
    if table.passed_over:
        yield f"passed over, for they hold no drug with a status: line {', '.join(map(str, table.passed_over))}"


# --- writing and comparing -------------------------------------------------------------------------------------------


def text_of(new: NewList) -> str:
    """The list as a file of rules/formulary."""
    head = {"version": new.version, "from": new.start.isoformat(), "complete": True, "source": new.source}
    lines = [f"list: {flow(head)}", "entries:", *(f"  - {flow(entry)}" for entry in new.entries)]
    return HEADER + "\n".join(lines) + "\n"


def changes(new: NewList, old: DrugList | None) -> list[str]:
    """What the new list changes against the list that was known for its day. An entry for every form is compared with
    the entry of each form."""
    before = {(entry.drug, entry.form): entry for entry in (old.entries if old else ()) if not entry.is_kind}
    compared: set[tuple[str, str | None]] = set()
    lines = {}
    for entry in new.entries:
        key = (str(entry["drug"]), entry.get("form"))
        known = key if key in before else (key[0], None)
        compared.add(known)
        was = _told(_data(before[known])) if known in before else None
        if was is None:
            lines[_name(key)] = f"+ {_name(key)}: {_told(entry)}"
        elif was != _told(entry):
            lines[_name(key)] = f"~ {_name(key)}: {was} → {_told(entry)}"
    for key, gone in before.items():
        if key not in compared:
            lines[_name(key)] = f"- {_name(key)}: was {_told(_data(gone))}, is unlisted"
    return [lines[name] for name in sorted(lines)]


def _name(key: tuple[str, str | None]) -> str:
    return key[0] + (f" ({key[1]})" if key[1] else "")


def _data(entry: Entry) -> Data:
    return {"status": entry.status, **{fill: days for fill in FILLS if (days := getattr(entry, fill))}}


def _told(entry: Data) -> str:
    fills = [f"{fill.replace('_', ' ')} {entry[fill]} days" for fill in FILLS if entry.get(fill)]
    return ", ".join([entry["status"], *fills])
