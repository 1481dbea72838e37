"""A request as the office wrote it: the items asked for and the papers behind them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from checker.record import record


@record
class Place:
    """Where a value stands in request.yaml. Line and column count from 1."""

    line: int = 0
    column: int = 0


@record
class Patient:
    age: int | None = None
    sex: str | None = None


@record
class Injury:
    date: datetime.date | None = None
    body_parts: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()


@record
class Diagnosis:
    code: str | None = None
    description: str | None = None
    read: bool = False  # taken from a form among the papers, whose codes are read with its page


@record
class Review:
    """Utilization review of one item or of the whole request."""

    decision: str | None = None  # denied | modified | approved | deferred | conditional
    date: datetime.date | None = None
    received: datetime.date | None = None
    guideline: str | None = None
    reason: str | None = None
    authorized: float | None = None
    communicated: datetime.date | None = None  # the physician was told
    served: datetime.date | None = None  # the written decision was sent
    served_by: str | None = None
    asked: datetime.date | None = None  # information was asked for
    answered: datetime.date | None = None
    liability_disputed: bool = False
    liability_resolved: datetime.date | None = None


@record
class Quantity:
    """How much is asked for: one number of one unit (visits, sessions, weeks, tablets, refills, days, mg …)."""

    unit: str
    value: float


@record
class Item:
    """One disputed item or service, as it stands on one line of the RFA."""

    id: str
    request: str
    treatments: tuple[str, ...] = ()  # stated by the office; empty: to be recognised
    codes: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    side: str | None = None
    quantities: tuple[Quantity, ...] = ()
    review: Review | None = None
    retrospective: bool = False
    service_date: datetime.date | None = None  # when it is to be given, or was
    dose: str | None = None
    diagnosis: str = ""  # what the form names it for, where it was read from one


@record
class Asked:
    """What the words and codes of one item ask for. `treatments` in the order of the text."""

    treatments: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    side: str | None = None
    levels: tuple[str, ...] = ()  # of the spine: "L4-5"
    quantities: Mapping[str, float] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()  # what the words state: quantity, body_part, side, level, dose, kind, duration
    authorized: float | None = None
    occasion: tuple[str, ...] = ()  # treatments that the words name, but only as what the service goes with


@record
class Document:
    """One paper of the record, as named in the request."""

    id: str
    type: str | None = None
    date: datetime.date | None = None
    author: str | None = None
    path: str | None = None  # as written, relative to the request's folder
    text: str | None = None


@record
class Citation:
    document: str
    quote: str


@record
class StatedFinding:
    """A finding that the office states itself."""

    finding: str
    status: str = "present"  # present | absent | not_stated
    body_part: str | None = None
    side: str | None = None
    level: str | None = None  # of the spine, in the words of the request: "L4-5, L5-S1"
    date: datetime.date | None = None
    value: float | None = None
    unit: str | None = None
    source: Citation | None = None
    place: Place = field(default_factory=Place)


@record
class PriorTreatment:
    treatment: str
    visits: float | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    response: str = "not_stated"  # failed | partial | improved | not_stated
    body_part: str | None = None
    planned: bool = False
    source: Citation | None = None
    place: Place = field(default_factory=Place)


@record
class Request:
    """One RFA. `rfa`, `imr` and `rebuttal` are kept as plain data: their keys are named by the rules of procedure."""

    items: tuple[Item, ...]
    name: str = "request.yaml"
    patient: Patient = Patient()
    injury: Injury = Injury()
    diagnoses: tuple[Diagnosis, ...] = ()
    rfa: dict[str, Any] = field(default_factory=dict)
    review: Review | None = None
    documents: tuple[Document, ...] = ()
    findings: tuple[StatedFinding, ...] = ()
    prior_treatments: tuple[PriorTreatment, ...] = ()
    rebuttal: dict[str, Any] = field(default_factory=dict)
    imr: dict[str, Any] = field(default_factory=dict)


def is_resent(rfa: Mapping[str, Any]) -> bool:
    """Whether a form says that it is sent again after a decision, which then is older than the form."""
    return rfa.get("type") == "resubmission" or "earlier_decision" in rfa or "changed_facts" in rfa
