"""The dated drug lists of the rulebook: which one was in force on a day, and what it says of a drug."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from functools import lru_cache
from typing import Any

from checker.record import record
from checker.rulebook.kinds import kinds_of
from checker.rulebook.model import Basis, Rulebook, Treatment

Data = Mapping[str, Any]

COMPOUNDED = "compounded"
UNLISTED = "unlisted"
UNKNOWN = "unknown"


@record
class Entry:
    """One drug of a list. `drug` is its RxNorm name; with `is_kind` the id of a wider treatment. Fills are in days.

    `origin` is the day of the list that the entry comes from, which may be an earlier one that knew more.
    """

    drug: str
    status: str
    basis: Basis
    is_kind: bool = False
    form: str | None = None
    special_fill: int | None = None
    perioperative_fill: int | None = None
    topics: Mapping[str, str] = field(default_factory=dict)
    printed: tuple[str, ...] = ()
    origin: date | None = None

    @property
    def is_verified(self) -> bool:
        """Whether the status was read rather than remembered."""
        return self.basis.kind != "recalled"


@record
class DrugList:
    """A list as it stood on a day. `complete`: what is not on it is unlisted. `newer` names a version in force on the
    day whose rows are not loaded."""

    version: str
    start: date
    complete: bool
    source: str
    entries: tuple[Entry, ...]
    newer: str | None = None


@record
class Standing:
    """What the list of a day says of one drug: its status, and the entry that says so (None: no entry)."""

    treatment: Treatment
    status: str
    entry: Entry | None
    list: DrugList

    @property
    def is_weak(self) -> bool:
        """Whether the status rests on weak memory, which decides nothing."""
        return self.entry is not None and self.entry.basis.confidence == "low"


@lru_cache(maxsize=4)
def formulary_of(rulebook: Rulebook) -> Data:
    """The formulary of a rulebook as plain data: law, versions, table and lists by day."""
    found: Data = json.loads(str(rulebook.extra.get("formulary") or "{}"))
    return found


def list_on(day: date, rulebook: Rulebook) -> DrugList | None:
    """The list of a day; None before the formulary. A list that is known in part changes only the drugs that it names."""
    data = formulary_of(rulebook)
    lists = [entry for start, entry in sorted(data.get("lists", {}).items()) if date.fromisoformat(start) <= day]
    if not lists:
        return None
    whole = max((number for number, one in enumerate(lists) if one["complete"]), default=0)
    entries: dict[tuple[str, str | None], Entry] = {}
    for one in lists[whole:]:
        for row in one["entries"]:
            entry = _entry(row, one)
            entries[entry.drug, entry.form] = entry
    last = lists[-1]
    return DrugList(
        version=last["version"],
        start=date.fromisoformat(last["from"]),
        complete=lists[whole]["complete"],
        source=last["source"],
        entries=tuple(entries.values()),
        newer=_newer(data, last, day),
    )


def _entry(row: Data, one: Data) -> Entry:
    basis = row.get("basis")
    return Entry(
        drug=row.get("drug") or row["kind"],
        status=row["status"],
        is_kind="kind" in row,
        form=row.get("form"),
        special_fill=row.get("special_fill"),
        perioperative_fill=row.get("perioperative_fill"),
        topics=row.get("topics", {}),
        printed=tuple(row.get("printed", ())),
        basis=Basis(basis["kind"], basis.get("source", ""), basis.get("confidence")) if basis else Basis("quoted"),
        origin=date.fromisoformat(one["from"]),
    )


def _newer(data: Data, last: Data, day: date) -> str | None:
    known = [v for v in data.get("versions", ()) if last["from"] < v["from"] <= day.isoformat()]
    return f"{known[-1]['version']} of {known[-1]['from']}" if known else None


def standing(treatment: str, day: date, rulebook: Rulebook) -> Standing | None:
    """What the list of a day says of a drug; None before the formulary. A compound has no place of its own on a list."""
    current = list_on(day, rulebook)
    if current is None:
        return None
    known = rulebook.treatments[treatment]
    law = formulary_of(rulebook)["law"]
    kinds = kinds_of(treatment, rulebook)
    if set(kinds) & set(law.get("compounds", ())):
        return Standing(known, COMPOUNDED, None, current)
    entry = _entry_for(known, kinds, current, law)
    if entry:
        return Standing(known, entry.status, entry, current)
    is_ingredient = known.rxnorm is not None  # a class of drugs has no place on a list
    return Standing(known, UNLISTED if current.complete and is_ingredient else UNKNOWN, None, current)


def _entry_for(known: Treatment, kinds: tuple[str, ...], current: DrugList, law: Data) -> Entry | None:
    """The entry of the ingredient in its form, then in any form; else of the nearest wider treatment."""
    form = "topical" if known.category in law.get("topical", ()) else None
    own = [entry for entry in current.entries if not entry.is_kind and entry.drug == known.rxnorm]
    fitting = [entry for entry in own if entry.form is None or (entry.form == "topical") == (form == "topical")]
    if fitting:
        return max(fitting, key=lambda entry: (entry.form == (form or "oral"), entry.form is None))
    for kind in kinds:
        for entry in current.entries:
            if entry.is_kind and entry.drug == kind:
                return entry
    return None
