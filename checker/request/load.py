"""request.yaml → Request. Every fault is collected and told at once, at its line; nothing is half-loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from checker.problem import InputError, Problem, nearest
from checker.record import record
from checker.request.days import as_date, bad_days, days_out_of_order
from checker.request.lost_counts import lost_counts
from checker.request.model import (
    Citation,
    Diagnosis,
    Document,
    Injury,
    Item,
    Patient,
    Place,
    PriorTreatment,
    Quantity,
    Request,
    Review,
    StatedFinding,
)
from checker.request.paths import paths_of
from checker.schema import check_schema, load_schema
from checker.yamlfile import Path_, YamlFile, read_yaml

Data = Mapping[str, Any]

PAPERS = (".pdf", ".docx", ".doc", ".rtf", ".txt", ".md", ".jpg", ".png", ".tif", ".tiff")  # what is no request
LEAST = "Write two lines: 'items:' and, below it, ' - request: MRI of the left knee'; or be asked: imr-check new."
UNITS = (
    "quantity",  # counts what the treatment is counted in
    "visits",
    "sessions",
    "weeks",
    "months",
    "days",
    "refills",
    "days_supply",
    "tablets",
    "injections",
    "levels",
    "units",
)
PER_WEEK = {"day": 7.0, "week": 1.0, "month": 0.25}
LOOK_INTO = 256 * 1024  # bytes
MAIL = re.compile(rb"(?:from|to|cc|subject|sent|received|return-path|delivered-to|mime-version):\s", re.IGNORECASE)
LENGTHS = {"day": 1 / 7, "week": 1.0, "month": 4.0}


@record
class LoadedRequest:
    """A request with its file (for the places of problems) and the paths of its documents by id."""

    request: Request
    file: YamlFile
    paths: Mapping[str, Path] = field(default_factory=dict)


def load_request(path: Path, *, allow_outside: bool = False) -> LoadedRequest:
    """Read and check a request file. Documents must lie in its folder unless `allow_outside`. Raises InputError."""
    if path.suffix.lower() in PAPERS:
        fix = "Write the request in the folder of the paper: imr-check new."
        if path.suffix.lower() in (".txt", ".md") and looks_like_request(path):
            fix = f"If it is a request, rename it so that it ends with .yaml: {path.with_suffix('').stem}.yaml"
        expected = "a request: a YAML file that lists its papers under documents"
        raise InputError([Problem(str(path), 0, 0, "paper", "a paper, not a request", expected, fix)])
    file = _read(path)
    if not isinstance(file.data, dict):
        kind = "a list" if isinstance(file.data, list) else "plain text"
        fault = Problem(
            file.name, 1, 1, "top-level", kind, "a mapping with the key items", f"Begin with 'items:'. {LEAST}"
        )
        raise InputError([fault])
    problems = check_schema(file, load_schema("request/request.schema.json"))
    if problems:
        raise InputError(problems)
    problems += bad_days(file)
    if problems:
        raise InputError(problems)
    request = _request(file)
    problems = [*lost_counts(path, file.name), *days_out_of_order(file, request), *_ids(file, request)]
    paths, faults = paths_of(file, request, path.parent, allow_outside)
    problems += [*faults, *_sources(file, request)]
    if problems:
        raise InputError(problems)
    return LoadedRequest(request, file, paths)


def _read(path: Path) -> YamlFile:
    """The file as YAML; an empty one is told what a request holds at least."""
    try:
        file = read_yaml(path)
        if _begins_as_mail(path):
            fix = "Delete the head of the e-mail and leave the lines of the request, or be asked: imr-check new."
            raise InputError(
                [Problem(str(path), 1, 1, "mail", "an e-mail", "a request, which begins with 'items:'", fix)]
            )
        return file
    except InputError as error:
        if any(problem.code == "syntax" for problem in error.problems) and _begins_as_mail(path):
            fix = f"List it as a paper, saved as a text file, in a request of its own. {LEAST}"
            raise InputError([Problem(str(path), 1, 1, "mail", "an e-mail", "a request", fix)]) from None
        if any(problem.code == "empty" for problem in error.problems):
            fault = Problem(str(path), 0, 0, "empty", "an empty file", "a request", LEAST)
            raise InputError([fault]) from None
        raise


def _begins_as_mail(path: Path) -> bool:
    """Whether the first line is one of the head of an e-mail."""
    with path.open("rb") as file:
        head = file.read(LOOK_INTO).lstrip(b"\xef\xbb\xbf \t\r\n")
    return MAIL.match(head) is not None


def looks_like_request(path: Path) -> bool:
    """A cheap look for a line that begins with `items:`; whether the file is right, or may be read, is for the loader to say."""
    try:
        with path.open("rb") as file:
            head = file.read(LOOK_INTO)
    except OSError:
        return True
    return not path.name.endswith(".test.yaml") and any(line.startswith(b"items:") for line in head.splitlines())


# --- building --------------------------------------------------------------------------------------------------------


def _request(file: YamlFile) -> Request:
    data: Data = file.data
    injury = data.get("injury", {})
    return Request(
        name=Path(file.name).name,
        items=tuple(_item(entry, number) for number, entry in enumerate(data.get("items", ()), 1)),
        patient=Patient(_age(data.get("patient", {})), data.get("patient", {}).get("sex")),
        injury=Injury(
            as_date(injury.get("date")), tuple(injury.get("body_parts", ())), tuple(injury.get("accepted", ()))
        ),
        diagnoses=tuple(Diagnosis(d.get("code"), d.get("description")) for d in data.get("diagnoses", ())),
        rfa=dict(data.get("rfa", {})),
        review=_review(data.get("utilization_review")),
        documents=tuple(_documents(data.get("documents", ()))),
        findings=tuple(
            _finding(entry, file.place(("findings", n))) for n, entry in enumerate(data.get("findings", ()))
        ),
        prior_treatments=tuple(
            _prior(entry, file.place(("prior_treatments", n)))
            for n, entry in enumerate(data.get("prior_treatments", ()))
        ),
        rebuttal=dict(data.get("rebuttal", {})),
        imr=dict(data.get("imr", {})),
    )


def _age(patient: Data) -> int | None:
    return int(patient["age"]) if "age" in patient else None


def _item(entry: Data, number: int) -> Item:
    treatment = entry.get("treatment", ())
    return Item(
        id=entry.get("id", f"item-{number}"),
        request=entry["request"],
        treatments=(treatment,) if isinstance(treatment, str) else tuple(treatment),
        codes=tuple(entry.get("codes", ())),
        body_parts=tuple(entry.get("body_parts", ())),
        side=entry.get("side"),
        quantities=tuple(_quantities(entry)),
        review=_review(entry.get("utilization_review")),
        retrospective=entry.get("retrospective", False),
        service_date=as_date(entry.get("service_date")),
        dose=entry.get("dose"),
    )


def _quantities(entry: Data) -> Iterator[Quantity]:
    for unit in UNITS:
        if unit in entry:
            yield Quantity("visits" if unit == "sessions" else unit, float(entry[unit]))
    frequency = entry.get("frequency")
    if frequency and "for" in frequency:
        amount, unit = frequency["for"].split()[:2]
        weeks = float(amount) * LENGTHS.get(unit.rstrip("s"), 0.0)
        yield Quantity("visits", frequency["times"] * PER_WEEK[frequency["per"]] * weeks)


def _review(data: Data | None) -> Review | None:
    if data is None:
        return None
    return Review(
        data.get("decision"),
        as_date(data.get("date")),
        as_date(data.get("received")),
        data.get("guideline"),
        data.get("reason"),
        data.get("authorized"),
        as_date(data.get("communicated")),
        as_date(data.get("served")),
        data.get("served_by"),
        as_date(data.get("asked")),
        as_date(data.get("answered")),
        data.get("liability_disputed", False),
        as_date(data.get("liability_resolved")),
    )


def _documents(entries: Sequence[Data]) -> Iterator[Document]:
    """Papers; one without an id is called after its file, or by its number."""
    taken = {entry["id"] for entry in entries if "id" in entry}
    for number, entry in enumerate(entries, 1):
        stem = Path(entry["path"]).stem if "path" in entry else ""
        name = entry.get("id") or (stem if stem and stem not in taken else f"document-{number}")
        taken.add(name)
        yield Document(
            name,
            entry.get("type"),
            as_date(entry.get("date")),
            entry.get("author"),
            entry.get("path"),
            entry.get("text"),
        )


def _citation(entry: Data) -> Citation | None:
    source = entry.get("source")
    return Citation(source["document"], source["quote"]) if source else None


def _finding(entry: Data, place: tuple[int, int]) -> StatedFinding:
    return StatedFinding(
        entry["finding"],
        entry.get("status", "present"),
        entry.get("body_part"),
        entry.get("side"),
        entry.get("level"),
        as_date(entry.get("date")),
        entry.get("value"),
        entry.get("unit"),
        _citation(entry),
        Place(*place),
    )


def _prior(entry: Data, place: tuple[int, int]) -> PriorTreatment:
    return PriorTreatment(
        entry["treatment"],
        entry.get("visits"),
        as_date(entry.get("from")),
        as_date(entry.get("to")),
        entry.get("response", "not_stated"),
        entry.get("body_part"),
        entry.get("planned", False),
        _citation(entry),
        Place(*place),
    )


# --- checking --------------------------------------------------------------------------------------------------------


def _ids(file: YamlFile, request: Request) -> Iterator[Problem]:
    for kind, ids in (("items", [i.id for i in request.items]), ("documents", [d.id for d in request.documents])):
        for number, name in enumerate(ids):
            if name in ids[:number]:
                yield file.fault(
                    (kind, number, "id"), "duplicate-id", f"id {name} again", f"another id for each of the {kind}"
                )


def _sources(file: YamlFile, request: Request) -> Iterator[Problem]:
    known = {document.id for document in request.documents}
    expected = f"the id of a document: {', '.join(sorted(known)) or 'none is listed'}"
    for kind, entries in cited(request):
        for number, entry in enumerate(entries):
            if entry.source and entry.source.document not in known:
                path: Path_ = (kind, number, "source", "document")
                fix = _document_hint(entry.source.document, request)
                yield file.fault(path, "document", f"document {entry.source.document}", expected, fix)
    copy = request.rebuttal.get("copy")
    if copy is not None and copy not in known:
        yield file.fault(("rebuttal", "copy"), "document", f"document {copy}", expected)


def _document_hint(name: str, request: Request) -> str:
    """The id of the paper that is meant by the name of its file, or misspelt."""
    for document in request.documents:
        if document.path and name.lower() in (
            document.path.lower(),
            Path(document.path).name.lower(),
            Path(document.path).stem.lower(),
        ):
            return f"Write its id: {document.id}"
    if not request.documents:
        return "List the paper under documents: - {id: pr2, path: pr2.pdf}"
    return nearest(name, [document.id for document in request.documents])


def cited(request: Request) -> tuple[tuple[str, Sequence[StatedFinding | PriorTreatment]], ...]:
    """The parts of a request whose entries may cite a paper."""
    return (("findings", request.findings), ("prior_treatments", request.prior_treatments))
