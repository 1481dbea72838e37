"""The program as functions: files in, finished values out. What the command line and other programs call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from checker.chart.model import Chart
from checker.problem import InputError
from checker.record import record
from checker.report.model import ProcedureLine, Report
from checker.request.model import Request
from checker.rulebook.model import Rulebook

if TYPE_CHECKING:
    from checker.chart.documents import Pages
    from checker.chart.recognise import Reading
    from checker.outlook.cases import Decided
    from checker.outlook.letters import Letter
    from checker.procedure.judge import Judgement

T = TypeVar("T")
TODAY = (
    "The request states no date of its form and none of a decision, so today's guidelines are used. State it as `date` "
    "under `rfa:`, or give it with --as-of."
)
Kept: TypeAlias = dict[str, tuple[Any, Any]]  # what was read from papers last, with all that it depended on


def rules_folder() -> Path:
    """The packaged rules: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def open_rulebook(extra: Sequence[Path] = ()) -> Rulebook:
    """The packaged rulebook, with the packs in `extra` laid over it in order. Raises InputError."""
    from checker.rulebook.compiled import open_rulebook as opened

    return opened((rules_folder(), *extra), _index_of)


def _index_of(rulebook: Rulebook) -> Mapping[str, str]:
    from checker.chart.vocabulary import index_of

    return index_of(rulebook)


def check_file(
    path: Path, *, as_of: date | None = None, rules: Sequence[Path] = (), allow_outside: bool = False,
    read: bool = True, kept: Kept | None = None,
) -> Report:  # fmt: skip
    """Check one request file. `as_of` overrides the deciding date. Raises InputError with every problem found."""
    rulebook = open_rulebook(rules)
    opened = open_request(path, rulebook, allow_outside=allow_outside, read=read, kept=kept)
    return check_opened(opened, rulebook, as_of)


def check_opened(opened: Opened, rulebook: Rulebook, as_of: date | None = None) -> Report:
    """Check a request with its papers; the report also says which pages were not read, and which day was assumed. Raises InputError
    where nothing is asked for."""
    request = opened.request
    if not request.items:
        from checker.chart.papers import nothing_asked

        raise nothing_asked(request, opened.chart, rulebook)
    report = check_request(request, opened.chart, rulebook, as_of or deciding_date(request))
    unread = tuple(f"{name}, page {page}" for name, paper in opened.pages.items() for page in paper.unread)
    assumed = () if as_of or _stated_day(request) else (TODAY,)
    return replace(report, notices=(*assumed, *report.notices), unread=unread)


def read_chart(
    path: Path, *, rules: Sequence[Path] = (), allow_outside: bool = False, read: bool = True
) -> tuple[Request, Chart, Rulebook]:
    """The chart of a request file: what the office states and what its papers say."""
    rulebook = open_rulebook(rules)
    opened = open_request(path, rulebook, allow_outside=allow_outside, read=read)
    return opened.request, opened.chart, rulebook


@record
class Opened:
    """A request file with its chart, the pages of its papers by their id, and what was taken from letters of utilization review."""

    request: Request
    chart: Chart
    pages: dict[str, Pages]
    letters: tuple[str, ...] = ()


def check_request(request: Request, chart: Chart, rulebook: Rulebook, as_of: date) -> Report:
    """Pure: the same request, chart, rulebook and date give the same report."""
    from checker.engine.check import check
    from checker.formulary.review import formulary_lines
    from checker.outlook.model import with_odds
    from checker.procedure.concerns import concerns
    from checker.rulebook.match import match_request
    from checker.rulebook.packs import pack_notices

    asked = match_request(request, rulebook)
    report = with_odds(check(request, asked, chart, rulebook, as_of))
    used = (criterion.rule for item in report.items for criterion in item.criteria)
    report = replace(report, notices=(*report.notices, *pack_notices(used, rulebook)))
    told: tuple[ProcedureLine, ...] = ()
    if concerns(request):
        from checker.procedure.lines import procedure_lines

        told = procedure_lines(judge_procedure(request, chart, rulebook, report, as_of), report)
    return replace(report, procedure=(*told, *formulary_lines(request, asked, chart, rulebook, report)))


def judge_procedure(request: Request, chart: Chart, rulebook: Rulebook, report: Report, today: date) -> Judgement:
    """Limits of time, requirements of the form and the next step on a day. Pure."""
    from checker.procedure.judge import judge
    from checker.rulebook.match import match_request

    return judge(request, match_request(request, rulebook), chart, rulebook, report, today)


def deciding_date(request: Request) -> date:
    """The day whose guidelines govern: of utilization review, else of the RFA, else today."""
    return _stated_day(request) or date.today()


def _stated_day(request: Request) -> date | None:
    from checker.request.days import as_date

    if request.review and request.review.date:
        return request.review.date
    reviews = [item.review.date for item in request.items if item.review and item.review.date]
    if reviews:
        return min(reviews)
    return as_date(request.rfa.get("date"))


def open_request(
    path: Path, rulebook: Rulebook, *, allow_outside: bool = False, read: bool = True, kept: Kept | None = None
) -> Opened:
    """Read a request file and its papers. With `kept`, which is filled, papers that did not change are not read again.
    Raises InputError with every problem found."""
    from checker.chart.papers import complete, read_papers
    from checker.chart.reconcile import build_chart
    from checker.request.load import load_request
    from checker.request.names import resolve_names
    from checker.request.quotes import check_quotes

    loaded = load_request(path, allow_outside=allow_outside)
    loaded, problems = resolve_names(loaded, rulebook)
    kept = {} if kept is None else kept
    stamp = (loaded.request.documents, *((name, _state(paper)) for name, paper in loaded.paths.items()))
    pages, unread = _once(kept, "pages", stamp, lambda: read_papers(loaded.request, loaded.paths))
    notices = [*unread]
    texts = {name: [page.text for page in paper.pages] for name, paper in pages.items()}
    of_letters: list[str] = []
    problems += check_quotes(loaded, texts, rulebook)
    if problems:
        raise InputError(problems)
    request, readings = loaded.request, []
    if read:
        request, recognised = complete(request, pages, rulebook)
        notices += recognised
        request, of_letters = _with_letters(request, pages, rulebook)
        notices += of_letters
        all_of_it = (request.documents, stamp, rulebook)
        readings = _once(kept, "readings", all_of_it, lambda: _recognise(request, pages, rulebook))
    return Opened(request, build_chart(request, readings, rulebook, notices), pages, tuple(of_letters))


def _with_letters(request: Request, pages: dict[str, Pages], rulebook: Rulebook) -> tuple[Request, list[str]]:
    """What a letter of utilization review among the papers says, where the request leaves it out; and whether the days of form and
    decision fit."""
    from checker.procedure.concerns import concerns

    if not concerns(request):
        return request, []
    from checker.procedure.letter import with_letters
    from checker.rulebook.match import match_request

    texts = {name: [page.text for page in paper.pages] for name, paper in pages.items()}
    return with_letters(request, texts, rulebook, lambda asking: match_request(asking, rulebook))


def _once(kept: Kept, name: str, depends_on: Any, make: Callable[[], T]) -> T:
    """What was made before from the same, else made now and kept."""
    if name not in kept or kept[name][0] != depends_on:
        kept[name] = (depends_on, make())
    made: T = kept[name][1]
    return made


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _recognise(request: Request, pages: dict[str, Pages], rulebook: Rulebook) -> list[Reading]:
    """What the papers say, page by page."""
    from checker.chart.recognise import build_recogniser
    from checker.chart.whole_paper import read_paper

    recogniser = build_recogniser(rulebook)
    return [
        reading
        for document in request.documents
        for reading in read_paper(
            recogniser,
            pages[document.id].pages,
            document=document.id,
            date=document.date,
            document_type=document.type,
            injury=request.injury.date,
        )
    ]


def check_letter(letter: Letter, rulebook: Rulebook) -> list[Decided]:
    """Check a published IMR letter as the request that the office could have written, without odds: the weights of the
    odds may be measured on it. Raises ValueError for a letter without a date, because no guideline is in force then."""
    from checker.chart.documents import pages_of_text
    from checker.chart.reconcile import build_chart
    from checker.engine.check import check
    from checker.outlook import cases
    from checker.rulebook.match import match_request

    as_of = cases.deciding_date(letter)
    if as_of is None:
        raise ValueError("no date of the UR denial, of the application or of the decision")
    request = cases.request_of(letter)
    pages = {document.id: pages_of_text(document.text or "") for document in request.documents}
    chart = build_chart(request, _recognise(request, pages, rulebook), rulebook, [])
    report = check(request, match_request(request, rulebook), chart, rulebook, as_of)
    return cases.decided_items(letter, report)
