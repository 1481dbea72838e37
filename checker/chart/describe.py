"""What a paper is, of which day and by whom, read from its own head and foot. The words are data (rules/documents.yaml)."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from checker.chart.documents.pages import Page
from checker.record import record
from checker.rulebook.model import Rulebook
from checker.words.dates import find_dates
from checker.words.numbers import number_of
from checker.words.phrases import PhraseIndex
from checker.words.tokens import Tokens, tokenize

TITLE_LINES = 8  # lines with text in which a title stands
DATE_LINES = 3  # of them in which a day needs no word before it
HEAD = 3000  # characters
TITLE_WORDS = 14  # a longer line is a sentence, not a title
NEAR = 4  # words between "date of service" and the day
NAME_WORDS = 5
YOUNGEST, OLDEST = 10, 110


@record
class Describer:
    """The words by which papers are told, indexed once."""

    types: PhraseIndex  # key: (place in the list, type)
    dates: PhraseIndex  # key: rank, -1 for days that are never the paper's
    injury_dates: PhraseIndex
    ages: PhraseIndex
    sexes: PhraseIndex  # key: sex
    authors: PhraseIndex
    credentials: frozenset[str]


@record
class Description:
    """What could be recognised; None where the paper does not say."""

    type: str | None = None
    date: datetime.date | None = None
    author: str | None = None
    injury: datetime.date | None = None
    age: int | None = None
    sex: str | None = None


@lru_cache(maxsize=4)
def build_describer(rulebook: Rulebook) -> Describer:
    """Index the words of rules/documents.yaml."""
    words: Mapping[str, Any] = rulebook.extra.get("documents", {})  # type: ignore[assignment]
    types = [(title, (n, entry["type"])) for n, entry in enumerate(words.get("types", ())) for title in entry["titles"]]
    ranks = [(phrase, rank) for rank, group in enumerate(words.get("dates", ())) for phrase in group]
    return Describer(
        types=PhraseIndex(types),
        dates=PhraseIndex([*ranks, *((phrase, -1) for phrase in words.get("never_dates", ()))]),
        injury_dates=PhraseIndex((phrase, 0) for phrase in words.get("injury_dates", ())),
        ages=PhraseIndex((phrase, "age") for phrase in words.get("ages", ())),
        sexes=PhraseIndex((phrase, sex) for sex, names in words.get("sexes", {}).items() for phrase in names),
        authors=PhraseIndex((phrase, "author") for phrase in words.get("authors", ())),
        credentials=frozenset(words.get("credentials", ())),
    )


def describe(pages: Sequence[Page], describer: Describer) -> Description:
    """Type, day and author of a paper from its pages, and what it says of the patient: day of injury, age and sex."""
    if not pages:
        return Description()
    head, foot = pages[0].text[:HEAD], pages[-1].text[-HEAD:]
    author = _author(head, describer) or _author(foot, describer)
    age, sex = _patient(tokenize(head), describer)
    return Description(
        type=_type(head, describer),
        date=_date(head, describer.dates) or _date(foot, describer.dates) or _title_date(head, describer.dates),
        author=author,
        injury=_date(head, describer.injury_dates),
        age=age,
        sex=sex,
    )


def _patient(tokens: Tokens, describer: Describer) -> tuple[int | None, str | None]:
    """Age and sex of the patient: "54-year-old man". A sex counts only beside an age, since others are spoken of too."""
    for match in describer.ages.find(tokens):
        if tokens.ends[match.last] in tokens.starts[match.last + 1 : match.last + 2]:
            continue  # "#90 M54.5" tells no man of 90
        age = number_of(tokens.texts[match.numbers[0]])
        beside = [m for m in describer.sexes.find(tokens) if 0 < m.first - match.last <= NEAR]
        if age is not None and OLDEST >= age >= YOUNGEST:
            return int(age), str(beside[0].key) if beside else None
    return None, None


def _type(head: str, describer: Describer) -> str | None:
    lines = [line for line in head.split("\n") if line.strip()][:TITLE_LINES]
    for line in lines:
        tokens = tokenize(line)
        if len(tokens.texts) > TITLE_WORDS:
            continue
        found: list[Any] = [match.key for match in describer.types.find(tokens)]
        if found:
            return str(min(found)[1])
    return None


def _date(text: str, words: PhraseIndex) -> datetime.date | None:
    """The day behind the surest words; of equals the first."""
    tokens = tokenize(text)
    cues = words.find(tokens)
    best: tuple[int, datetime.date] | None = None
    for mention in find_dates(text):
        rank = _rank(_place(tokens, mention.start), cues)
        if mention.exact and rank is not None and rank >= 0 and (best is None or rank < best[0]):
            best = (rank, mention.date)
    return best[1] if best else None


def _title_date(head: str, words: PhraseIndex) -> datetime.date | None:
    """The only day that stands in the title without any word before it: "INITIAL EVALUATION   10/11/2017"."""
    found: set[datetime.date] = set()
    for line in [line for line in head.split("\n") if line.strip()][:DATE_LINES]:
        tokens = tokenize(line)
        cues = words.find(tokens)
        days = [day for day in find_dates(line) if day.exact and len(tokens.texts) <= TITLE_WORDS]
        found |= {day.date for day in days if _rank(_place(tokens, day.start), cues) is None}
    return found.pop() if len(found) == 1 else None


def _place(tokens: Tokens, offset: int) -> int:
    return bisect_left(tokens.starts, offset)


def _rank(place: int, cues: Sequence[Any]) -> int | None:
    """Trust in the day at `place` by the nearest words before it; None where none stand there."""
    before = [cue for cue in cues if cue.last < place <= cue.last + NEAR]
    if not before:
        return None
    nearest = max(before, key=lambda cue: (cue.last, cue.last - cue.first))
    return int(nearest.key)


def _author(text: str, describer: Describer) -> str | None:
    """A name with credentials behind words such as "signed by", or alone on its line."""
    for line in text.split("\n"):
        tokens = tokenize(line)
        for match in describer.authors.find(tokens):
            name = _name(line[tokens.ends[match.last] :], describer.credentials, needs_credential=False)
            if name:
                return name
    for line in text.split("\n"):
        if name := _name(line, describer.credentials, needs_credential=True):
            return name
    return None


def _name(words: str, credentials: frozenset[str], *, needs_credential: bool) -> str | None:
    """A name at the start of `words`: capitalised words up to credentials or to something else."""
    parts = words.strip(" :\t-_").replace(",", " ").split()
    name: list[str] = []
    for part in parts[: NAME_WORDS + 2]:
        plain = part.strip("().;:").lower()
        if plain in credentials or part.strip("();:,").lower() in credentials:
            return " ".join(name) + ", " + part.strip("();:,") if len(name) >= 2 else None
        if plain == "dr" and not name:
            continue
        if not (part[0].isupper() and part.replace(".", "").replace("'", "").replace("-", "").isalpha()):
            break
        name.append(part)
    is_name = 2 <= len(name) <= NAME_WORDS - 1 and not needs_credential
    return " ".join(name) if is_name else None
