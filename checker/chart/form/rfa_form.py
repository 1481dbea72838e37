"""A request form among the papers → its items and diagnoses, for a request that lists none, and the boxes that are ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from checker.chart.documents.pages import Page
from checker.chart.form.form_table import ASKING, LONGEST_LINE, Row, rows_of
from checker.chart.form.form_words import DIAGNOSIS_CODE, SERVICE_CODE, FormWords
from checker.record import record
from checker.request.model import Diagnosis, Item
from checker.rulebook.model import Rulebook
from checker.words.tokens import tokenize

_BLANKS = re.compile(r"[ \t|_]+")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{0,60})[)\]]")
_NUMBER = re.compile(r"[(#]?\s?(\d{1,4})\)?")
_CODE_PARTS = re.compile(r"[,;/&\s]+")
_LISTED = re.compile(r"^[\s);,.]*(?:\d{1,2}[.)])?\s*")
_BOX = re.compile(r"\[[ _xX\u2713\u2714]{0,3}\]|\([ _]{0,3}[xX\u2713\u2714]?[ _]{0,3}\)|[\u2610-\u2612\u25a1\u25a0]")
_TICKED = frozenset("xX\u2611\u2612\u2713\u2714\u25a0")
AFTER = "refills"  # a column whose name stands behind its number
NAMED = ("quantity", "frequency", "duration")  # columns whose bare number needs their name beside it
COUNT = "quantity"  # what a bare number is where its column has no such name
PLAIN = 3  # characters of a code before its point


@record
class Form:
    """What a request form tells. `ticked`: the keys of `rfa` that its boxes fill."""

    items: tuple[Item, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    ticked: tuple[tuple[str, Any], ...] = ()
    left: tuple[str, ...] = ()  # rows that only point elsewhere


@lru_cache(maxsize=4)
def _words_of(rulebook: Rulebook) -> FormWords:
    return FormWords(rulebook)


def read_form(pages: Sequence[Page], rulebook: Rulebook) -> Form:
    """The items that a request form asks for, in its order (none where no row names a service), and what else it tells."""
    words = _words_of(rulebook)
    rows = [row for page in pages for row in rows_of(page.text, words)]
    asked = [row for row in rows if not _points(row, words)]
    return Form(
        tuple(_item(row, number, words) for number, row in enumerate(asked, 1)),
        _diagnoses(rows, pages, words),
        _ticked(pages[0].text if pages else "", words),
        tuple(row["service"] for row in rows if _points(row, words)),
    )


def _points(row: Row, words: FormWords) -> bool:
    """Whether a row names no service, but the paper where one stands."""
    return not words.asks(" ".join(row.values())) and bool(words.pointing.find(tokenize(row["service"])))


def _item(row: Row, number: int, words: FormWords) -> Item:
    told = [_tidy(_named(role, row[role]), words) for role in ("service", *ASKING) if row.get(role)]
    codes = SERVICE_CODE.findall(" ".join((row.get("code", ""), row["service"], row.get("other", ""))))
    request = ", ".join(text for text in told if text)
    codes_once, diagnosis = tuple(dict.fromkeys(codes)), row.get("diagnosis", "")
    return Item(f"item-{number}", request, codes=codes_once, diagnosis=diagnosis)


def _named(role: str, text: str) -> str:
    """The words of a cell; a bare number with the name of its column, without which it would count nothing."""
    number = _NUMBER.fullmatch(text.strip())
    if number and role == AFTER:
        return f"{number[1]} {role}"
    if number and role in (*NAMED, "other"):
        return f"{role if role in NAMED else COUNT} {number[1]}"
    return text


def _tidy(text: str, words: FormWords) -> str:
    """The words without codes of services, and without brackets that held nothing else."""
    text = SERVICE_CODE.sub(" ", text)
    text = _IN_BRACKETS.sub(lambda match: match[0] if _tells(match[1], words) else " ", text)
    return _BLANKS.sub(" ", text).strip(" ,;:-").replace(" ,", ",")


def _tells(text: str, words: FormWords) -> bool:
    return any(token not in words.heads and token.isalnum() for token in tokenize(text).texts)


def _diagnoses(rows: Sequence[Row], pages: Sequence[Page], words: FormWords) -> tuple[Diagnosis, ...]:
    """The diagnoses of the rows and of lines of their own, each code once."""
    found: dict[str | None, Diagnosis] = {}
    for diagnosis in [*(one for row in rows for one in _diagnoses_of(row)), *_coded(pages, words)]:
        known = found.get(diagnosis.code)
        if known is None or not known.description:
            found[diagnosis.code] = diagnosis
    return tuple(found.values())


def _diagnoses_of(row: Row) -> Iterator[Diagnosis]:
    told, description = row.get("icd", ""), row.get("diagnosis", "")
    if not told:
        told = " ".join(code[0] for code in DIAGNOSIS_CODE.finditer(description))
        description = DIAGNOSIS_CODE.sub(" ", description)
    description = _BLANKS.sub(" ", description).strip(" ,;:-()")
    codes = [_pointed(code) for code in _CODE_PARTS.split(told) if code]
    if codes or description:
        yield from (Diagnosis(code, description or None, read=True) for code in codes or (None,))


def _coded(pages: Sequence[Page], words: FormWords) -> tuple[Diagnosis, ...]:
    """The diagnoses with a code that stand in a line of their own: "Dx: Cervicalgia M54.2; Sciatica (M54.32)"."""
    found = []
    for line in "\n".join(page.text for page in pages).split("\n"):
        if words.role(line) not in ("diagnosis", "icd") or words.asks(line):
            continue
        place = line.find(":") + 1
        for code in DIAGNOSIS_CODE.finditer(line, place):
            description = _LISTED.sub("", line[place : code.start()]).strip(" ,;:()[]-\t|.")
            found.append(Diagnosis(code[0], description or None, read=True))
            place = code.end()
    return tuple(dict.fromkeys(found))


def _pointed(code: str) -> str:
    """A code with the point that some forms leave out."""
    return code if "." in code or len(code) <= PLAIN or code.isdigit() else f"{code[:PLAIN]}.{code[PLAIN:]}"


def _ticked(text: str, words: FormWords) -> tuple[tuple[str, Any], ...]:
    """The keys of `rfa` whose boxes are ticked; of a new request and a resubmission only one that stands alone."""
    found: set[str] = set()
    for line in text.split("\n"):
        boxes = list(_BOX.finditer(line)) if len(line) <= LONGEST_LINE else []
        if not boxes:
            continue
        tokens = tokenize(line)
        is_before = not line[: boxes[0].start()].strip()  # the boxes stand before their words
        for match in words.boxes.find(tokens):
            start, end = tokens.starts[match.first], tokens.ends[match.last]
            near = (
                [b for b in boxes if b.end() <= start][-1:] if is_before else [b for b in boxes if b.start() >= end][:1]
            )
            if near and _TICKED.intersection(near[0][0]):
                found.add(str(match.key))
    kinds = found & {"new", "resubmission"}
    told: list[tuple[str, Any]] = [("type", kinds.pop())] if len(kinds) == 1 else []
    return (*told, *((key, True) for key in ("expedited", "confirms_oral") if key in found))
