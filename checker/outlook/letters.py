"""Published IMR determination letters → cases with dates, summary, items and outcomes. Reads the text of a letter, old
format or new, and letters saved as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from checker.record import record

OUTCOMES = ("upheld", "overturned")
_DATES = {
    "assigned": r"Date\s+Assigned",
    "injury": r"Date\s+of\s+Injury",
    "decided": r"Decision\s+Date",
    "ur_denial": r"UR\s+Denial\s+Date",
    "application": r"(?:Application\s+)?Received(?:\s+Date)?",
}
_DATE = r"(\d{1,2}/\d{1,2}/\d{4})"
_CASE = re.compile(r"Case\s+Number\s*:\s*(CM\d\d-\d{4,8})", re.I)
_SPECIALTY = re.compile(
    r"Certification\(s\)\s*/\s*Specialty\s*:(.*)|Board\s+Certified\s+in\s+(.{0,200}?)\s*,?\s+and\s+is\s+licensed",
    re.I | re.S,
)
_SUMMARY = re.compile(r"CLINICAL\s+CASE\s+SUMMARY\s*(?:The\s+[a-z ]{0,40}?reviewer\s+developed\b[^:]{0,200}:)?", re.I)
_ISSUES = re.compile(r"IMR\s+(?:ISSUES\s*,\s+)?DECISIONS?(?:\(S\))?\s+AND\s+RATIONALES?(?:\(S\))?", re.I)
_LEAD = re.compile(r"\s*The\s+Final\s+Determination\s+was\s+based\s+on[^:]{0,200}:", re.I)
# An outcome counts only where the guideline of the claims administrator follows, so that the same words in a rationale do
# not. Line ends are matched one by one, not by \s+, so that a long run of blanks costs nothing.
_HEAD = re.compile(
    r"(?::|[ \n](?:is|are|is/are))[ \n]{0,8}(?:(?P<plain>Upheld|Overturned)|(?P<not>not[ \n])?"
    r"medically[ \n]necessary(?:[ \n]and[ \n]appropriate)?)\b[ \n.:]{0,8}"
    r"(?=Claims[ \n]Administrator[ \n]guideline[ ]?:|The[ \n]Claims[ \n]Administrator[ \n]based[ \n]its[ \n]decision)",
    re.I,
)
_UR = re.compile(r"Claims\s+Administrator\s+guideline\s*:", re.I)
_IMR = re.compile(
    r"(?:MAXIMUS|IMR|Expert\s+Reviewer)\s+guideline\s*:|(?=The\s+(?:Physician|Expert)\s+Reviewer\s+based)", re.I
)
_WHY = re.compile(r"(?:The\s+(?:Physician|Expert)\s+Reviewer['’]?s\s+)?Decision\s+rationale\s*:", re.I)
_BARE = re.compile(r":[ \n]{0,8}(?:Upheld|Overturned)[ .]{0,4}(?=\n|\Z)", re.I)
_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
_HEADINGS = re.compile(
    r"(?:HOW THE IMR FINAL|CLINICAL CASE SUMMARY|IMR ISSUES, DECISIONS|Claims Administrator guideline ?:|"
    r"(?:MAXIMUS|IMR|Expert Reviewer) guideline ?:|Decision rationale ?:|The Final Determination was based|"
    r"The Claims Administrator based its|The (?:Physician|Expert) Reviewer(?: based|['’]?s decision rationale))",
    re.I,
)
_FURNITURE = re.compile(
    r"Final Determination Letter for IMR Case Number.*|Page \d+(?: of \d+)?|\d{1,2}|-\s*\d+\s*-", re.I
)
_END = re.compile(r"\nDisclaimer\b.*", re.I | re.S)
_TERMINAL = re.compile(r"[.?!][\"'”’)\]]*$")
# The letter's own formula for a request granted in part runs over two or three sentences of one title.
_WAS = re.compile(r"\bwas the original request\.$", re.I)
_SAME_TITLE = re.compile(
    r"(?:The remaining IMR eligible|The Claims Administrator authorized|The original request,)", re.I
)
_PART = re.compile(r"\b(?:authorized by the Claims Administrator\.|IMR eligible\.)$", re.I)


@record
class DecidedItem:
    """One disputed item and what the reviewer decided."""

    title: str
    outcome: str  # upheld | overturned
    ur_guideline: str = ""
    imr_guideline: str = ""
    rationale: str = ""


@record
class Letter:
    """One determination letter. A date that the letter does not state is None."""

    case: str
    items: tuple[DecidedItem, ...]
    summary: str
    assigned: date | None = None
    injury: date | None = None
    decided: date | None = None
    ur_denial: date | None = None
    application: date | None = None
    specialty: str = ""


def parse_letter(pages: Sequence[str], name: str) -> Letter:
    """Read a letter from the text of its pages; `name` stands for the case where no number is printed. Raises ValueError
    with what is missing."""
    text = _paragraphs(pages)
    summary = _SUMMARY.search(text)
    issues = _ISSUES.search(text, summary.end()) if summary else None
    if not summary or not issues:
        raise ValueError("no clinical case summary followed by issues, decisions and rationales")
    head = text[: summary.start()]
    items = tuple(_items(text[issues.end() :]))
    if not items:
        raise ValueError("no item with an outcome (Upheld or Overturned) and the guideline of the claims administrator")
    specialty = _SPECIALTY.search(head)
    case = _CASE.search(head)
    return Letter(
        case=case.group(1) if case else name,
        items=items,
        summary=_flat(text[summary.end() : issues.start()]),
        specialty=_flat(next(filter(None, specialty.groups()), "")) if specialty else "",
        **{field: _date_after(label, head) for field, label in _DATES.items()},
    )


def letter_of(data: Mapping[str, Any]) -> Letter:
    """A letter of a saved reading. Raises ValueError with what is missing."""
    for key in ("case", "items", "summary"):
        if key not in data:
            raise ValueError(f"a letter without '{key}'")
    if not isinstance(data["items"], list):
        raise ValueError(f"{data['case']}: 'items' is not a list of items")
    items = []
    for entry in data["items"]:
        if not isinstance(entry, Mapping) or not entry.get("title") or entry.get("outcome") not in OUTCOMES:
            raise ValueError(f"{data['case']}: an item needs a title and an outcome, upheld or overturned")
        rest = (str(entry.get(key) or "") for key in ("ur_guideline", "imr_guideline", "rationale"))
        items.append(DecidedItem(str(entry["title"]), str(entry["outcome"]), *rest))
    if not items:
        raise ValueError(f"{data['case']}: a letter without items")
    dates = {field: _day(str(data[field])) if data.get(field) else None for field in _DATES}
    for field, day in dates.items():
        if data.get(field) and day is None:
            raise ValueError(f"{data['case']}: '{field}' is not a date; write it as 12/31/2016")
    return Letter(
        str(data["case"]), tuple(items), str(data["summary"]), specialty=str(data.get("specialty") or ""), **dates
    )


def _items(text: str) -> Iterator[DecidedItem]:
    """The items of the part after the heading of issues. A title stands between the rationale before it and its outcome.
    Raises ValueError for an outcome that cannot be read as an item, so that none is lost without a word."""
    lead = _LEAD.match(text)
    text = _END.sub("", text[lead.end() if lead else 0 :])
    heads = list(_HEAD.finditer(text))
    bare = len(_BARE.findall(text))
    if bare > len(heads):
        raise ValueError(f"{bare} outcomes, but {len(heads)} with the guideline of the claims administrator after them")
    starts = []
    previous = 0
    for head in heads:
        starts.append(_title_start(text, previous, head.start()))
        previous = head.end()
    for number, head in enumerate(heads):
        end = starts[number + 1] if number + 1 < len(heads) else len(text)
        title = _title(text[starts[number] : head.start()])
        if not title:
            raise ValueError(f"outcome {number + 1} stands without the title of an item before it")
        yield DecidedItem(title, _outcome(head), *_said(text[head.end() : end]))


def _said(text: str) -> tuple[str, str, str]:
    """The two guidelines and the rationale of an item; what has no heading of its own stays with what stands before."""
    imr = _IMR.search(text)
    why = _WHY.search(text, imr.end() if imr else 0)
    ends = [imr.start() if imr else why.start() if why else len(text), why.start() if why else len(text)]
    first = _UR.match(text)
    ur = _flat(text[first.end() if first else 0 : ends[0]])
    return ur, _flat(text[imr.end() : ends[1]]) if imr else "", _flat(text[why.end() :]) if why else ""


def _title(text: str) -> str:
    """A title without its number in the list."""
    flat = _flat(text)
    number = _NUMBER.match(flat)
    return flat[number.end() :] if number else flat


def _outcome(head: re.Match[str]) -> str:
    """upheld or overturned. Early letters say instead whether the service is medically necessary."""
    if head.group("plain"):
        return str(head.group("plain")).lower()
    return "upheld" if head.group("not") else "overturned"


def _title_start(text: str, first: int, end: int) -> int:
    """Where the title that ends at `end` begins: its paragraph, and those before it that belong to the same formula."""
    start = text.rfind("\n", first, end) + 1 or first
    while start > first:
        before = text.rfind("\n", first, start - 1) + 1 or first
        goes_on = _SAME_TITLE.match(text, start) and _PART.search(text, before, start - 1)
        if not goes_on and not _WAS.search(text, before, start - 1):
            break
        start = before
    return max(start, first)


def _paragraphs(pages: Sequence[str]) -> str:
    """The text with one line for a paragraph. Page ends, running feet and double spacing leave no trace."""
    lines = [line for page in pages for line in [*page.replace("\t", " ").split("\n"), ""]]
    lines = ["" if _FURNITURE.fullmatch(line.strip()) else line for line in lines]
    full = [line for line in lines if line.strip()]
    width = max((len(line) for line in full), default=0)
    wrapped = sum(line.endswith(" ") for line in full) * 2 > len(full)  # a wrapped line ends in a blank
    spaced = _double_spaced(lines)
    out: list[str] = []
    last, gap = "", []
    for line in [*lines, ""]:
        if not line.strip():
            gap.append(line)
            continue
        out.append("\n" if _breaks(last, gap, line, spaced, wrapped, width) else " ")
        out.append(_flat(line))
        last, gap = line, []
    return "".join(out)


def _double_spaced(lines: Sequence[str]) -> bool:
    pairs = list(pairwise(lines))
    full = [after for line, after in pairs if line.strip()]
    return sum(not after.strip() for after in full) * 5 > len(full) * 4


def _breaks(last: str, gap: Sequence[str], line: str, spaced: bool, wrapped: bool, width: int) -> bool:
    """Whether a paragraph ends between `last` and `line`, with the empty lines of `gap` between them."""
    if _HEADINGS.match(line.strip()):
        return True
    ended = bool(_TERMINAL.search(last.strip()))
    if spaced:
        # Between paragraphs stands a line of one blank; where blanks were trimmed, three empty lines.
        return " " in gap or (len(gap) >= 3 and ended)
    if len(gap) > 1 or (gap and not wrapped):
        return ended or not last.strip()
    if last.endswith(" ") and wrapped:
        return False
    if ended:
        return True
    short = len(last) < width * 0.7 and not last.rstrip().endswith((":", ","))
    return short and not line.lstrip()[:1].islower()


def _date_after(label: str, text: str) -> date | None:
    # In one column of the head the label breaks over two lines, and the date may be read between its halves.
    found = re.search(rf"(?<!\w){label}\s*:\s*{_DATE}", text, re.I) or re.search(
        rf"Application\s+{_DATE}\s+(?<!\w){label}\s*:", text, re.I
    )
    return _day(found.group(1)) if found else None


def _day(text: str) -> date | None:
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _flat(text: str) -> str:
    return " ".join(text.split())
