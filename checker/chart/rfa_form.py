"""The rows of a request form among the papers → items, for a request that lists none. Where the rows stand is told by
the form's own words (rules/documents.yaml); what is a row, by the treatments and codes named in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from checker.chart.documents.pages import Page
from checker.request.model import Item
from checker.rulebook.model import Rulebook
from checker.words.phrases import PhraseIndex
from checker.words.tokens import tokenize

# A diagnosis code (a letter and digits, or three digits with a point) and a service code (five digits, or a letter and four).
_DIAGNOSIS_CODE = re.compile(r"(?<![\w.])(?:[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|\d{3}\.\d{1,2})(?![\w.])")
_SERVICE_CODE = re.compile(r"(?<![\w.#-])(?:\d{5}|[A-V]\d{4})(?![\w.-])")
_BLANKS = re.compile(r"[ \t|_]+")


class _Words:
    """The words of the form and of the catalogue, indexed once."""

    def __init__(self, rulebook: Rulebook) -> None:
        documents: Mapping[str, Any] = rulebook.extra.get("documents", {})  # type: ignore[assignment]
        form = documents.get("rfa", {})
        self.starts, self.skips, self.ends = (
            PhraseIndex((phrase, name) for phrase in form.get(name, ())) for name in ("starts", "skips", "ends")
        )
        self.treatments = PhraseIndex((name, t.id) for t in rulebook.treatments.values() for name in t.names)


def items_of_form(pages: Sequence[Page], rulebook: Rulebook) -> list[Item]:
    """The items that a request form asks for, in its order; none where no row names a treatment or a code."""
    words = _Words(rulebook)
    rows = [row for page in pages for row in _rows(page.text, words)]
    return [_item(row, number) for number, row in enumerate(rows, 1)]


def _rows(text: str, words: _Words) -> Iterable[str]:
    """Rows of the table. A line without treatment or code goes on with the row before it."""
    is_inside = False
    row = ""
    for line in text.split("\n"):
        tokens = tokenize(line)
        if words.starts.find(tokens):
            is_inside = True
        elif is_inside and words.ends.find(tokens):
            break
        elif is_inside and line.strip() and not words.skips.find(tokens):
            if words.treatments.find(tokens) or _SERVICE_CODE.search(line):
                if row:
                    yield row
                row = line
            elif row:
                row = f"{row} {line}"
    if row:
        yield row


def _item(row: str, number: int) -> Item:
    asked = _DIAGNOSIS_CODE.split(row)[-1]  # the diagnosis and its code stand in the columns before
    codes = tuple(dict.fromkeys(_SERVICE_CODE.findall(asked)))
    words = _SERVICE_CODE.sub(" ", asked)
    return Item(id=f"item-{number}", request=_BLANKS.sub(" ", words).strip(" ,;:-"), codes=codes)
