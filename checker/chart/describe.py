"""What a paper is, of which day and by whom, read from its own head and foot. The words are data (rules/documents.yaml)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from checker.chart.documents.pages import Page
from checker.chart.head.author import author_of
from checker.chart.head.day import day_of, injury_of
from checker.chart.head.title import type_of
from checker.chart.head.words import Describer
from checker.record import record
from checker.words.numbers import number_around
from checker.words.tokens import Tokens, tokenize

HEAD = 3000  # characters
NEAR = 4  # words between an age and a sex
YOUNGEST, OLDEST = 10, 110
_FORMAT = re.compile(r"\([mdy]{1,4}(?:[/ -][mdy]{1,4}){1,2}\)", re.IGNORECASE)  # "Date of injury (MM/DD/YYYY):"
_SCANNED_DAY = re.compile(r"(?<![\w/-])[\dOolI]{1,2}([/-])[\dOolI]{1,2}\1[\dOolI]{2,4}(?![\w/-])")
_FORM_DAY = re.compile(r"\bmo\.?\s{1,3}(\d{1,2})\s{1,3}day\s{1,3}(\d{1,2})\s{1,3}yr\.?\s{1,3}(\d{4})\b", re.IGNORECASE)
_DIGITS = str.maketrans("OolI", "0011")


@record
class Description:
    """What could be recognised; None where the paper does not say."""

    type: str | None = None
    date: datetime.date | None = None
    author: str | None = None
    injury: datetime.date | None = None
    age: int | None = None
    sex: str | None = None


def describe(pages: Sequence[Page], describer: Describer, stated: str | None = None) -> Description:
    """Type, day and author of a paper from its pages, and what it says of the patient: day of injury, age and sex. `stated`: the type that
    the request names. Of a payer's letter neither day nor author: it names the days of others first, and the physician to whom it goes."""
    if not pages:
        return Description()
    head, foot = (_FORMAT.sub(_blanked, _unscanned(text)) for text in (pages[0].text[:HEAD], pages[-1].text[-HEAD:]))
    titled, title = type_of(head, describer)
    kind = stated or titled
    is_letter = kind in describer.letters
    age, sex = _patient(tokenize(head), describer)
    injury = injury_of(head, describer)
    return Description(
        type=kind,
        date=None if is_letter else day_of(head, foot, title, kind, describer, injury),
        author=None if is_letter else author_of(head if head == foot else f"{head}\n{foot}", describer),
        injury=injury,
        age=age,
        sex=sex,
    )


def _unscanned(text: str) -> str:
    """A text with letters in its days read as the digits that a scanner took them for ("O4/17/2O14"), and the days of the state's form
    ("Mo. 7 Day 26 Yr. 2017") written out."""
    return _FORM_DAY.sub(r"\1/\2/\3", _SCANNED_DAY.sub(lambda match: match[0].translate(_DIGITS), text))


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _patient(tokens: Tokens, describer: Describer) -> tuple[int | None, str | None]:
    """Age and sex of the patient: "54-year-old man". A sex counts only beside an age, since others are spoken of too."""
    for match in describer.ages.find(tokens):
        if tokens.ends[match.last] in tokens.starts[match.last + 1 : match.last + 2]:
            continue  # "#90 M54.5" tells no man of 90
        age = number_around(tokens.texts, match.numbers[0])
        beside = [m for m in describer.sexes.find(tokens) if 0 < m.first - match.last <= NEAR]
        if age is not None and OLDEST >= age >= YOUNGEST:
            return int(age), str(beside[0].key) if beside else None
    return None, None
