"""The program as functions: files in, finished values out. What the command line and other programs call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from checker.chart.model import Chart
from checker.problem import InputError
from checker.report.model import Report
from checker.request.model import Request
from checker.rulebook.model import Rulebook

if TYPE_CHECKING:
    from checker.chart.documents import Pages
    from checker.chart.recognise import Reading


def rules_folder() -> Path:
    """The packaged rules: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def open_rulebook(extra: Sequence[Path] = ()) -> Rulebook:
    """The packaged rulebook, with the packs in `extra` laid over it in order. Raises InputError."""
    from checker.rulebook.compiled import open_rulebook as opened

    return opened((rules_folder(), *extra))


def check_file(
    path: Path, *, as_of: date | None = None, rules: Sequence[Path] = (), allow_outside: bool = False, read: bool = True
) -> Report:
    """Check one request file. `as_of` overrides the deciding date. Raises InputError with every problem found."""
    rulebook = open_rulebook(rules)
    request, chart = _open(path, rulebook, allow_outside=allow_outside, read=read)
    return check_request(request, chart, rulebook, as_of or deciding_date(request))


def read_chart(
    path: Path, *, rules: Sequence[Path] = (), allow_outside: bool = False, read: bool = True
) -> tuple[Request, Chart, Rulebook]:
    """The chart of a request file: what the office states and what its papers say."""
    rulebook = open_rulebook(rules)
    request, chart = _open(path, rulebook, allow_outside=allow_outside, read=read)
    return request, chart, rulebook


def check_request(request: Request, chart: Chart, rulebook: Rulebook, as_of: date) -> Report:
    """Pure: the same request, chart, rulebook and date give the same report."""
    from checker.engine.check import check
    from checker.outlook.model import with_odds
    from checker.rulebook.match import match_request

    return with_odds(check(request, match_request(request, rulebook), chart, rulebook, as_of))


def deciding_date(request: Request) -> date:
    """The day whose guidelines govern: of utilization review, else of the RFA, else of the newest paper, else today."""
    from checker.request.load import as_date

    if request.review and request.review.date:
        return request.review.date
    reviews = [item.review.date for item in request.items if item.review and item.review.date]
    if reviews:
        return min(reviews)
    written = as_date(request.rfa.get("date"))
    if written:
        return written
    return date.today()


def _open(path: Path, rulebook: Rulebook, *, allow_outside: bool, read: bool) -> tuple[Request, Chart]:
    from checker.chart.papers import complete, read_papers
    from checker.chart.reconcile import build_chart
    from checker.request.load import check_quotes, load_request
    from checker.request.names import resolve_names

    loaded = load_request(path, allow_outside=allow_outside)
    loaded, problems = resolve_names(loaded, rulebook)
    pages, notices = read_papers(loaded.request, loaded.paths)
    problems += check_quotes(loaded, {name: [page.text for page in paper.pages] for name, paper in pages.items()})
    if problems:
        raise InputError(problems)
    request, readings = loaded.request, []
    if read:
        request, recognised = complete(request, pages, rulebook)
        notices += recognised
        readings = _recognise(request, pages, rulebook)
    return request, build_chart(request, readings, rulebook, notices)


def _recognise(request: Request, pages: dict[str, Pages], rulebook: Rulebook) -> list[Reading]:
    """What the papers say, page by page."""
    from checker.chart.recognise import build_recogniser, read_text

    recogniser = build_recogniser(rulebook)
    return [
        read_text(
            recogniser,
            page.text,
            document=document.id,
            page=page.number,
            date=document.date,
            document_type=document.type,
        )
        for document in request.documents
        for page in pages[document.id].pages
    ]
