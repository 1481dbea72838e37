"""request.yaml → Request. Every fault is collected and told at once, at its line; nothing is half-loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any

from checker.problem import InputError, Problem, nearest
from checker.record import record
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
    is_resent,
)
from checker.schema import check_schema, load_schema
from checker.source import Source
from checker.yamlfile import Path_, YamlFile, read_yaml

Data = Mapping[str, Any]

MAX_DOCUMENT = 20_000_000
PAPERS = (".pdf", ".docx", ".doc", ".rtf", ".txt", ".md", ".jpg", ".png", ".tif", ".tiff")  # what is no request
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
        expected = "a request: a YAML file that lists its papers under documents"
        raise InputError([Problem(str(path), 0, 0, "paper", "a paper, not a request", expected, fix)])
    file = read_yaml(path)
    if not isinstance(file.data, dict):
        kind = "a list" if isinstance(file.data, list) else "plain text"
        fault = Problem(file.name, 1, 1, "top-level", kind, "a mapping with the key items", "Begin with 'items:'.")
        raise InputError([fault])
    problems = check_schema(file, load_schema("request/request.schema.json"))
    if problems:
        raise InputError(problems)
    problems += _bad_dates(file, file.data, ())
    if problems:
        raise InputError(problems)
    request = _request(file)
    problems = [*lost_counts(path, file.name), *_order_of_dates(file, request), *_ids(file, request)]
    paths, faults = _document_paths(file, request, path.parent, allow_outside)
    problems += [*faults, *_sources(file, request)]
    if problems:
        raise InputError(problems)
    return LoadedRequest(request, file, paths)


def as_date(value: Any) -> date | None:
    """An ISO date (an hour after it is left out), or None where there is none."""
    if isinstance(value, dict):
        value = value.get("date")
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


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

DATE_KEYS = frozenset(
    [
        "date",
        "from",
        "to",
        "received",
        "signature_date",
        "recommended",
        "sent",
        "first_visit",
        "communicated",
        "served",
        "asked",
        "answered",
        "liability_resolved",
        "applied",
        "assigned",
        "records",
        "decided",
    ]
)


EARLIER = (
    "One of the two days is wrong. If the decision was on an earlier request, state its day as date under "
    "rfa: earlier_decision:, and leave utilization_review out until the new one is decided."
)


def _bad_dates(file: YamlFile, value: Any, path: Path_) -> Iterator[Problem]:
    """Dates that look right but do not exist, such as 30 February."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in DATE_KEYS and isinstance(inner, str):
                try:
                    found = date.fromisoformat(inner[:10])
                except ValueError:
                    yield _at(
                        file,
                        (*path, key),
                        "date",
                        f"{key}: {inner}",
                        "a real date as year-month-day",
                        "Such as 2013-10-23.",
                    )
                    continue
                if not 1900 <= found.year <= 2100:
                    yield _at(file, (*path, key), "date", f"{key}: {inner}", "a year between 1900 and 2100")
            else:
                yield from _bad_dates(file, inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _bad_dates(file, inner, (*path, number))


def _order_of_dates(file: YamlFile, request: Request) -> Iterator[Problem]:
    injury, written = request.injury.date, as_date(request.rfa.get("date"))
    received = as_date(request.rfa.get("received"))
    if injury and written and injury > written:
        yield _at(file, ("injury", "date"), "date-order", f"injury {injury}", f"a day on or before the RFA ({written})")
    if received and written and received < written:
        yield _early(file, ("rfa", "received"), "received", received, f"the RFA ({written})")
    reviews: list[tuple[Path_, Review | None]] = [(("utilization_review", "date"), request.review)]
    for number, item in enumerate(request.items):
        if item.service_date and injury and item.service_date < injury:
            path: Path_ = ("items", number, "service_date")
            yield _early(file, path, "service", item.service_date, f"the injury ({injury})")
        reviews.append((("items", number, "utilization_review", "date"), item.review))
    asked = received or as_date(request.rfa.get("sent")) or written
    for path, review in reviews:
        decided = review.date if review else None
        if decided and injury and decided < injury:
            yield _early(file, path, "review", decided, f"the injury ({injury})")
        elif decided and asked and decided < asked and not is_resent(request.rfa):
            yield _early(file, path, "decision", decided, f"the request ({asked})", EARLIER)


def _early(file: YamlFile, path: Path_, what: str, day: date, after: str, fix: str = "") -> Problem:
    return _at(file, path, "date-order", f"{what} {day}", f"a day on or after {after}", fix)


def _ids(file: YamlFile, request: Request) -> Iterator[Problem]:
    for kind, ids in (("items", [i.id for i in request.items]), ("documents", [d.id for d in request.documents])):
        for number, name in enumerate(ids):
            if name in ids[:number]:
                yield _at(
                    file, (kind, number, "id"), "duplicate-id", f"id {name} again", f"another id for each of the {kind}"
                )


def _sources(file: YamlFile, request: Request) -> Iterator[Problem]:
    known = {document.id for document in request.documents}
    expected = f"the id of a document: {', '.join(sorted(known)) or 'none is listed'}"
    for kind, entries in _cited(request):
        for number, entry in enumerate(entries):
            if entry.source and entry.source.document not in known:
                path: Path_ = (kind, number, "source", "document")
                yield _at(file, path, "document", f"document {entry.source.document}", expected)
    copy = request.rebuttal.get("copy")
    if copy is not None and copy not in known:
        yield _at(file, ("rebuttal", "copy"), "document", f"document {copy}", expected)


def _cited(request: Request) -> tuple[tuple[str, Sequence[StatedFinding | PriorTreatment]], ...]:
    """The parts of a request whose entries may cite a paper."""
    return (("findings", request.findings), ("prior_treatments", request.prior_treatments))


def _document_paths(
    file: YamlFile, request: Request, folder: Path, allow_outside: bool
) -> tuple[dict[str, Path], list[Problem]]:
    paths: dict[str, Path] = {}
    problems: list[Problem] = []
    home = folder.resolve()
    for number, document in enumerate(request.documents):
        where: Path_ = ("documents", number, "path")
        if document.path is None:
            if document.text is None:
                problems.append(
                    _at(file, where, "document", f"document {document.id} without path or text", "a path or a text")
                )
            continue
        path = folder / document.path
        inside = path.resolve().is_relative_to(home) and not Path(document.path).is_absolute()
        if not inside and not allow_outside:
            fix = "Put the paper beside the request, or run with --allow-outside."
            problems.append(_at(file, where, "outside", f"path {document.path}", f"a file inside {folder}", fix))
        elif not path.is_file():
            names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
            fix = nearest(document.path, names) or "Check the name."
            problems.append(_at(file, where, "document", f"no file {document.path}", "a paper beside the request", fix))
        elif path.stat().st_size > MAX_DOCUMENT:
            size = f"{path.stat().st_size:,} bytes"
            problems.append(_at(file, where, "too-large", size, f"at most {MAX_DOCUMENT:,} bytes", "Split the paper."))
        else:
            paths[document.id] = path
    return paths, problems


def check_quotes(loaded: LoadedRequest, texts: Mapping[str, Sequence[str]]) -> list[Problem]:
    """A quote that does not stand in its document is an error. `texts`: the pages of each document that was read."""
    problems: list[Problem] = []
    request = loaded.request
    for kind, entries in _cited(request):
        for number, entry in enumerate(entries):
            pages = texts.get(entry.source.document) if entry.source else None
            if entry.source is None or pages is None:
                continue
            if not any(Source(entry.source.document, page).find(entry.source.quote) for page in pages):
                expected = f"words that stand in {entry.source.document}"
                found = f"quote '{entry.source.quote[:80]}'"
                path: Path_ = (kind, number, "source", "quote")
                problems.append(_at(loaded.file, path, "quote", found, expected, _closest(entry.source.quote, pages)))
    return problems


def _closest(quote: str, pages: Sequence[str]) -> str:
    import difflib

    lines = [line.strip() for page in pages for line in page.splitlines() if line.strip()][:2000]
    close = difflib.get_close_matches(quote, lines, 1, 0.5)
    return f"The nearest line is '{close[0][:100]}'." if close else "Copy the words from the paper."


def _at(file: YamlFile, path: Path_, code: str, found: str, expected: str, fix: str = "") -> Problem:
    line, column = file.place(path)
    return Problem(file.name, line, column, code, found, expected, fix)
