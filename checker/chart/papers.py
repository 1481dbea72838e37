"""The papers of a request: their pages, and what the request leaves out but the papers say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from checker.chart.describe import Description, describe
from checker.chart.documents import Pages, pages_of_text, read_document
from checker.chart.head.words import build_describer
from checker.chart.model import Chart
from checker.problem import InputError, Problem
from checker.request.model import Document, Item, Request
from checker.rulebook.model import Rulebook

FORM = "RFA"
UNREAD = "a picture, not read (but for words laid over it). Ask for a copy with text, or install the program Tesseract, which reads it."

EMPTY = "no text in it, so nothing was read. It is empty, or holds only pictures: open it, and list a copy with text."


def read_papers(request: Request, paths: Mapping[str, Path]) -> tuple[dict[str, Pages], list[str]]:
    """The pages of every document by its id, and a notice for every page that could not be read. Raises InputError."""
    pages: dict[str, Pages] = {}
    notices: list[str] = []
    for document in request.documents:
        if document.text is not None:
            pages[document.id] = pages_of_text(document.text)
        elif document.id in paths:
            pages[document.id] = read_document(paths[document.id])
        paper = pages[document.id]
        if not paper.unread and not any(page.text.strip() for page in paper.pages):
            pages[document.id] = Pages((), unread=(1,))
            notices.append(f"{document.id}, page 1: {EMPTY}")
            continue
        notices += [f"{document.id}, page {number}: {UNREAD}" for number in paper.unread]
        notices += [f"{document.id}, page {number}: read from a picture; compare it." for number in paper.from_picture]
    return pages, notices


def complete(request: Request, pages: Mapping[str, Pages], rulebook: Rulebook) -> tuple[Request, list[str]]:
    """The request with type, day and author of its papers, and with the items and the day of a request form, where it
    leaves them out; and a notice for everything that was recognised so."""
    describer = build_describer(rulebook)
    notices: list[str] = []
    documents = []
    for document in request.documents:
        found = describe(pages[document.id].pages, describer, document.type)
        known = replace(
            document,
            type=document.type or found.type,
            date=document.date or found.date,
            author=document.author or found.author,
        )
        documents.append(known)
        if recognized := _told(document, known):
            notices.append(f"{document.id}: {recognized} recognized from the paper, not stated in the request.")
        request, told = _with_patient(request, found, document.id)
        notices += told
    request = replace(request, documents=tuple(documents))
    filled, more = _with_form(request, pages, rulebook)
    return filled, [*notices, *more]


def _told(stated: Document, known: Document) -> str:
    parts = []
    for name in ("type", "date", "author"):
        value = getattr(known, name)
        if value is not None and getattr(stated, name) is None:
            parts.append(f"{name} {value}")
    return ", ".join(parts)


def _with_patient(request: Request, found: Description, paper: str) -> tuple[Request, list[str]]:
    """Day of injury, age and sex from a paper, where the request leaves them out."""
    told = []
    if request.injury.date is None and found.injury:
        request = replace(request, injury=replace(request.injury, date=found.injury))
        told.append(f"Date of injury {found.injury.isoformat()}, taken from {paper}.")
    if request.patient.age is None and found.age is not None:
        sex = request.patient.sex or found.sex
        request = replace(request, patient=replace(request.patient, age=found.age, sex=sex))
        told.append(f"Patient of {found.age} years{f', {sex}' if sex else ''}, taken from {paper}.")
    return request, told


def _with_form(request: Request, pages: Mapping[str, Pages], rulebook: Rulebook) -> tuple[Request, list[str]]:
    forms = [document for document in request.documents if document.type == FORM]
    if not forms:
        return request, []
    # Most requests list their items: reading forms is got ready only here.
    from checker.chart.form.rfa_form import read_form

    notices: list[str] = []
    if forms[0].date and "date" not in request.rfa:
        request = replace(request, rfa={**request.rfa, "date": forms[0].date.isoformat()})
        notices.append(f"Date of the request {forms[0].date.isoformat()}, taken from {forms[0].id}.")
    for paper in forms:
        form = read_form(pages[paper.id].pages, rulebook)
        request, told = _with_boxes(request, dict(form.ticked), paper.id)
        notices += told
        if request.items:
            continue
        notices += [f"{paper.id}: a row that names no service, not read: {words}." for words in form.left]
        if form.items:
            listed = "; ".join(_listed(item) for item in form.items)
            notices.append(f"Items taken from {paper.id}, compare them with the form: {listed}.")
            request = replace(request, items=form.items)
            if form.diagnoses and not request.diagnoses:
                named = "; ".join(" ".join(filter(None, (d.code, d.description))) for d in form.diagnoses)
                notices.append(f"Diagnoses taken from {paper.id}: {named}.")
                request = replace(request, diagnoses=form.diagnoses)
    return request, notices


def _with_boxes(request: Request, ticked: Mapping[str, str | bool], paper: str) -> tuple[Request, list[str]]:
    """The boxes that are ticked on a form, by the key of `rfa`, where the request says nothing of them."""
    told = {key: value for key, value in ticked.items() if key not in request.rfa}
    if not told:
        return request, []
    listed = ", ".join(key if value is True else f"{key} {value}" for key, value in told.items())
    notice = f"Ticked on {paper}: {listed.replace('_', ' ')}."
    return replace(request, rfa={**request.rfa, **told}), [notice]


def _listed(item: Item) -> str:
    """An item as a notice lists it: its words, its codes, and what it is for."""
    return item.request + "".join(f" ({more})" for more in (", ".join(item.codes), item.diagnosis) if more)


def nothing_asked(request: Request, chart: Chart, rulebook: Rulebook) -> InputError:
    """What to say of a request that lists no items, and whose papers hold no form that does: what the papers ask for may be listed."""
    forms = [document.id for document in request.documents if document.type == FORM]
    found = "no items, and no request form among the papers"
    if forms:
        found = f"no items, and no row of {forms[0]} that names a treatment or a code"
    asked = [
        f"{rulebook.treatments[name].label} ({event.evidence.document}, line {event.evidence.line})"
        for name, events in chart.events.items()
        for event in [event for event in events if event.status == "requested"][:1]
        if event.evidence
    ]
    fix = "List under items: what is asked for, as it stands on the form."
    if asked:
        fix += f" The papers seem to ask for: {'; '.join(asked)}."
    return InputError([Problem(request.name, 1, 1, "no-items", found, "at least one item", fix)])
