"""The rules of procedure as frozen values: facts with their citations, limits of time, requirements, doors, papers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from checker.record import record
from checker.rulebook.model import Basis, Rulebook

Data = Mapping[str, Any]
Check = Mapping[str, Any]  # one operator of the closed set of `rules.evaluate`, checked by the schema


@record
class Fact:
    """One numbered fact of the law, with the days on which its text was in force (None: the limit was not seen)."""

    id: str
    statement: str
    citation: str
    basis: Basis
    start: date | None = None
    end: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the text was in force on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def decides(self) -> bool:
        """A fact from weak memory never decides alone."""
        return self.basis.confidence != "low"


@record
class Holiday:
    """A day that is no business day. `standing`: agreed, or disputed (on one official list only)."""

    name: str
    on: Data
    standing: str
    on_sunday: bool = False
    on_saturday: bool = False
    start: date | None = None
    end: date | None = None


@record
class Reading:
    """One reading of a limit: what is added to the start, in order; an outer limit; and why it differs."""

    add: tuple[str, ...]
    start: str | None = None
    roll: tuple[str, ...] = ()  # facts by which a last day without business may move on; none: it stays
    cap: tuple[str, str] | None = None  # length, named day
    condition: Check | None = None
    because: str = ""
    facts: tuple[str, ...] = ()


@record
class Limit:
    """A limit of time and who has to keep it: office, worker, administrator or reviewer."""

    id: str
    title: str
    duty: str
    start: str
    facts: tuple[str, ...]
    readings: tuple[Reading, ...]
    done: str | None = None
    when: Check | None = None
    opens: bool = False  # the day on which something becomes possible
    validity: bool = False  # lateness takes the decision out of IMR


@record
class Requirement:
    id: str
    statement: str
    facts: tuple[str, ...]
    check: Check
    remedy: str
    required: bool = True
    when: Check | None = None


@record
class Door:
    """A next step. `do` may name the day of a limit as {id}."""

    id: str
    title: str
    facts: tuple[str, ...]
    when: Check
    do: str


@record
class Paper:
    """What to attach, for which kinds of finding, and the types of documents that count as such."""

    id: str
    attach: str
    kinds: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Law:
    """All rules of procedure of a run. Compared by identity, so that what is built from it can be kept."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    holidays: tuple[Holiday, ...] = ()
    receipt: Data = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    doors: tuple[Door, ...] = ()
    papers: tuple[Paper, ...] = ()
    formulary: Data = field(default_factory=dict)
    letter: Data = field(default_factory=dict)
    plain_words: frozenset[str] = frozenset()
    speaks_of: Mapping[str, frozenset[str]] = field(default_factory=dict)  # a finding named → what it is about too

    def cited(self, names: Iterable[str], day: date) -> tuple[Fact, ...]:
        """The facts of these names that were in force on `day`."""
        return tuple(fact for name in names if (fact := self.facts[name]).in_force(day))


def citation(facts: Iterable[Fact]) -> str:
    """Where the facts stand, each source once."""
    return "; ".join(dict.fromkeys(part for fact in facts for part in fact.citation.split("; ")))


def basis(facts: Iterable[Fact]) -> str:
    """How far the facts were verified: the weakest first."""
    order = {"recalled": 0, "drafted": 1, "partly": 2, "seen": 3}
    found = sorted(((order[fact.basis.kind], fact.basis) for fact in facts), key=lambda entry: entry[0])
    if not found:
        return ""
    weakest = found[0][1]
    if weakest.kind == "recalled":
        return f"recalled ({weakest.confidence} confidence)"
    return f"partly ({weakest.source})" if weakest.kind == "partly" else weakest.kind


@lru_cache(maxsize=4)
def law_of(rulebook: Rulebook) -> Law:
    """The rules of procedure of a rulebook, built at their first use."""
    text = rulebook.extra.get("procedure")
    return build_law(json.loads(str(text)) if text else {})


def build_law(data: Data) -> Law:
    """The law from its checked plain data."""
    return Law(
        facts={name: _fact(name, entry) for name, entry in data.get("facts", {}).items()},
        holidays=tuple(_holiday(entry) for entry in data.get("holidays", {}).values()),
        receipt=data.get("receipt", {}),
        limits=tuple(_limit(name, entry) for name, entry in data.get("deadlines", {}).items()),
        requirements=tuple(_requirement(name, entry) for name, entry in data.get("requirements", {}).items()),
        doors=tuple(
            Door(name, d["title"], tuple(d["facts"]), d["when"], d["do"]) for name, d in data.get("doors", {}).items()
        ),
        papers=tuple(
            Paper(name, d["attach"], tuple(d["kinds"]), tuple(d["types"])) for name, d in data.get("papers", {}).items()
        ),
        formulary=data.get("formulary", {}),
        letter=data.get("letter", {}),
        plain_words=frozenset(data.get("plain_words", ())),
        speaks_of={name: frozenset(others) for name, others in data.get("speaks_of", {}).items()},
    )


def _fact(name: str, data: Data) -> Fact:
    mark = data["basis"]
    return Fact(
        name,
        data["statement"],
        data["citation"],
        Basis(mark["kind"], mark.get("note") or mark.get("source", ""), mark.get("confidence")),
        _date(data.get("from")),
        _date(data.get("to")),
    )


def _holiday(data: Data) -> Holiday:
    start, end = _date(data.get("from")), _date(data.get("to"))
    return Holiday(data["name"], data["on"], data["standing"], "sunday" in data, "saturday" in data, start, end)


def _limit(name: str, data: Data) -> Limit:
    return Limit(
        id=name,
        title=data["title"],
        duty=data["duty"],
        start=data["start"],
        facts=tuple(data["facts"]),
        readings=tuple(_reading(entry) for entry in data["readings"]),
        done=data.get("done"),
        when=data.get("when"),
        opens=data.get("kind") == "opens",
        validity=data.get("validity", False),
    )


def _reading(data: Data) -> Reading:
    add = data["add"]
    cap = data.get("cap")
    return Reading(
        add=(add,) if isinstance(add, str) else tuple(add),
        start=data.get("start"),
        roll=tuple(data.get("roll", {}).get("facts", ())),
        cap=(cap["add"], cap["start"]) if cap else None,
        condition=data.get("if"),
        because=data.get("because", ""),
        facts=tuple(data.get("facts", ())),
    )


def _requirement(name: str, data: Data) -> Requirement:
    return Requirement(
        name,
        data["statement"],
        tuple(data["facts"]),
        data["check"],
        data["remedy"],
        data.get("level") != "advised",
        data.get("when"),
    )


def _date(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None
