"""What a paper is, of which day and by whom, read from its own head and foot. The words are data (rules/documents.yaml)."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from checker.chart.documents.pages import Page
from checker.chart.page.layout import CELL
from checker.record import record
from checker.rulebook.model import Rulebook
from checker.words.dates import find_dates
from checker.words.numbers import number_around
from checker.words.phrases import PhraseIndex
from checker.words.tokens import Tokens, tokenize

TITLE_LINES = 8  # lines with text in which a title stands
SAID = 4  # of what a letter says, to know one without a title
DATE_LINES = 3  # of them in which a day needs no word before it
LETTER_LINES = 12  # of them in which a day alone on its line is that of a letter
HEAD = 3000  # characters
TITLE_WORDS = 14  # a longer line is a sentence, not a title
NEAR = 4  # words between "date of service" and the day
NAME_WORDS = 5
ADDRESSED = 7  # lines from a name to "Dear", where it is the reader's
YOUNGEST, OLDEST = 10, 110
NEVER = -1  # rank of days that are never the paper's
_FORMAT = re.compile(r"\([mdy]{1,4}(?:[/ -][mdy]{1,4}){1,2}\)", re.IGNORECASE)  # "Date of injury (MM/DD/YYYY):"
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d])")


@record
class Describer:
    """The words by which papers are told, indexed once."""

    types: PhraseIndex  # key: (place in the list, type)
    letters: Mapping[str, int]  # type of a payer's letter → lines with text in which its title may stand
    says: PhraseIndex  # what a letter without a title says; key: type, number
    dates: Mapping[str, PhraseIndex]  # by type of paper, empty for those without words of their own; key: rank
    sent: PhraseIndex
    injury_dates: PhraseIndex
    ages: PhraseIndex
    sexes: PhraseIndex  # key: sex
    authors: PhraseIndex  # key: rank
    last_rank: int  # of authors, whose name needs credentials
    never_names: frozenset[str]
    credentials: frozenset[str]
    salutations: tuple[str, ...]
    name_titles: frozenset[str]


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
    ranks += [(phrase, NEVER) for phrase in words.get("never_dates", ())]
    own = [entry["type"] for entry in words.get("types", ()) if "dates" in entry]
    authors = [(phrase, rank) for rank, group in enumerate(words.get("authors", ())) for phrase in group]
    return Describer(
        types=PhraseIndex(types),
        letters={e["type"]: e["letter_lines"] for e in words.get("types", ()) if "letter_lines" in e},
        says=PhraseIndex((p, (e["type"], n)) for e in words.get("types", ()) for n, p in enumerate(e.get("says", ()))),
        dates={kind: PhraseIndex([*ranks, *_own_dates(words, kind)]) for kind in ("", *own)},
        sent=PhraseIndex((phrase, "sent") for phrase in words.get("sent", ())),
        injury_dates=PhraseIndex((phrase, 0) for phrase in words.get("injury_dates", ())),
        ages=PhraseIndex((phrase, "age") for phrase in words.get("ages", ())),
        sexes=PhraseIndex((phrase, sex) for sex, names in words.get("sexes", {}).items() for phrase in names),
        authors=PhraseIndex([*authors, *((phrase, NEVER) for phrase in words.get("never_authors", ()))]),
        last_rank=len(words.get("authors", ())) - 1,
        never_names=frozenset(words.get("never_names", ())),
        credentials=frozenset(words.get("credentials", ())),
        salutations=tuple(words.get("salutations", ())),
        name_titles=frozenset(words.get("name_titles", ())),
    )


def _own_dates(words: Mapping[str, Any], kind: str) -> Iterator[tuple[str, int]]:
    """The words before days that only some types of papers bear: of this type surely its day, of others never."""
    for entry in words.get("types", ()):
        yield from ((phrase, 0 if entry["type"] == kind else NEVER) for phrase in entry.get("dates", ()))


def describe(pages: Sequence[Page], describer: Describer, stated: str | None = None) -> Description:
    """Type, day and author of a paper from its pages, and what it says of the patient: day of injury, age and sex. `stated`: the type that
    the request names. Of a payer's letter neither day nor author: it names the days of others first, and the physician to whom it goes."""
    if not pages:
        return Description()
    head, foot = (_FORMAT.sub(_blanked, text) for text in (pages[0].text[:HEAD], pages[-1].text[-HEAD:]))
    titled, title = _type(head, describer)
    kind = stated or titled or _untitled(head, describer)
    is_letter = kind in describer.letters
    age, sex = _patient(tokenize(head), describer)
    words = describer.dates.get(kind or "", describer.dates[""])
    dated = _date(head, words, describer.sent) or _date(foot, words, describer.sent)
    return Description(
        type=kind,
        date=None if is_letter else dated or _title_date(title, head, words, describer.sent),
        author=None if is_letter else _author(head if head == foot else f"{head}\n{foot}", describer),
        injury=_date(head, describer.injury_dates),
        age=age,
        sex=sex,
    )


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


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


def _type(head: str, describer: Describer) -> tuple[str | None, str]:
    """The type of a paper by the first line that bears a title, and this line. A payer's letter has its title below an address, and none
    that ends as a sentence does."""
    for number, line in enumerate(_lines(head)[: max([TITLE_LINES, *describer.letters.values()])]):
        found: list[Any] = [key for cell in CELL.findall(line) for key in _titles(cell, describer)]
        found += _titles(line, describer)
        if number >= TITLE_LINES:
            is_sentence = line.rstrip().endswith(".")
            found = [key for key in found if number < describer.letters.get(key[1], 0) and not is_sentence]
        if found:
            return str(min(found)[1]), line
    return None, ""


def _untitled(head: str, describer: Describer) -> str | None:
    """The type of a paper without a title, by what it says."""
    keys: set[Any] = {match.key for match in describer.says.find(tokenize(head))}
    counts = Counter(kind for kind, _ in keys)
    return next((kind for kind, count in counts.most_common(1) if count >= SAID), None)


def _titles(text: str, describer: Describer) -> list[Any]:
    """The titles in a line or a cell of it. A long one is a sentence, unless it begins with a title that no small word follows."""
    tokens = tokenize(text)
    found = describer.types.find(tokens)
    if len(tokens.texts) > TITLE_WORDS and not text.isupper():
        found = [match for match in found if match.first == 0 and not _goes_on(text, tokens, match.last)]
    return [match.key for match in found]


def _goes_on(text: str, tokens: Tokens, last: int) -> bool:
    return last + 1 < len(tokens.texts) and text[tokens.starts[last + 1]].islower()


def _date(text: str, words: PhraseIndex, sent: PhraseIndex | None = None) -> datetime.date | None:
    """The day behind the surest words; of equals the first. A day alone on its line is that of a letter and as sure as one behind "Date"."""
    tokens = tokenize(text)
    days = [day for day in find_dates(text) if day.exact]
    places = [_place(tokens, day.start) for day in days]
    cues = words.find(tokens)
    ranks = [_rank(place, cues) for place in places] if sent is None else _ranks(text, tokens, places, cues)
    least = max((int(cue.key) for cue in cues), default=0)  # type: ignore[call-overload]
    found: list[tuple[int, int, datetime.date]] = []
    for number, (day, rank) in enumerate(zip(days, ranks, strict=True)):
        begin, end = text.rfind("\n", 0, day.start) + 1, (text + "\n").index("\n", day.end)
        line = text[begin:end]
        if sent is not None and rank in (None, least) and _CLOCK.search(line) and sent.find(tokenize(line)):
            continue  # added when it was faxed or printed
        is_alone = sent is not None and line.strip(" .,") == text[day.start : day.end].strip(" .,")
        if rank is None and is_alone and text.count("\n", 0, begin) < LETTER_LINES:
            rank = max(least, 0)
        if rank is not None and rank >= 0:
            found.append((rank, number, day.date))
    return min(found)[2] if found else None


def _ranks(text: str, tokens: Tokens, places: Sequence[int], cues: Sequence[Any]) -> list[int | None]:
    """Trust in the days at `places`. Several words in a line with as many days in the next belong to these one by one."""
    ranks = [_rank(place, cues) for place in places]
    lines = [text.count("\n", 0, tokens.starts[place]) for place in places]
    heads: dict[int, list[Any]] = {}
    for cue in sorted(cues, key=lambda cue: (cue.first, -cue.last)):
        row = heads.setdefault(text.count("\n", 0, tokens.starts[cue.first]), [])
        if not row or cue.first > row[-1].last:
            row.append(cue)
    for line, row in heads.items():
        below = [number for number, of_day in enumerate(lines) if of_day == line + 1]
        if len(row) > 1 and len(below) == len(row) and line not in lines:
            for number, cue in zip(below, row, strict=True):
                ranks[number] = int(cue.key)
    return ranks


def _title_date(title: str, head: str, words: PhraseIndex, sent: PhraseIndex) -> datetime.date | None:
    """The only day that stands without any word before it in the line of the title ("INITIAL EVALUATION   10/11/2017"), or in the first
    lines."""
    return _bare_date([title], words, sent) or _bare_date(_lines(head)[:DATE_LINES], words, sent)


def _bare_date(lines: Sequence[str], words: PhraseIndex, sent: PhraseIndex) -> datetime.date | None:
    found: set[datetime.date] = set()
    for line in lines:
        tokens = tokenize(line)
        if len(tokens.texts) > TITLE_WORDS or (_CLOCK.search(line) and sent.find(tokens)):
            continue
        cues = words.find(tokens)
        days = [day for day in find_dates(line) if day.exact]
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
    """A name behind words such as "signed by", the surest first, or one with credentials alone on its line, which is not the reader's."""
    found: list[tuple[int, int, str]] = []
    lines = _lines(text)
    for number, line in enumerate(lines):
        tokens = tokenize(line)
        cues = describer.authors.find(tokens)
        for cue in cues:
            rank = int(cue.key)  # type: ignore[call-overload]
            if rank == NEVER or any(o.key == NEVER and o.first <= cue.last and cue.first <= o.last + 1 for o in cues):
                continue
            name = _name(line[tokens.ends[cue.last] :], describer, needs_credential=rank == describer.last_rank)
            if name and not describer.types.find(tokenize(name)):
                found.append((rank, number, name))
    if found:
        return min(found)[2]
    names = [
        (_is_reader(lines, n, describer), n, name) for n, line in enumerate(lines) if (name := _name(line, describer))
    ]
    return min(names)[2] if names else None


def _is_reader(lines: Sequence[str], number: int, describer: Describer) -> bool:
    """Whether a name stands in the address of a letter: shortly before "Dear"."""
    return any(
        line.strip().lower().startswith(describer.salutations) for line in lines[number + 1 : number + ADDRESSED]
    )


def _name(words: str, describer: Describer, *, needs_credential: bool = True) -> str | None:
    """A name at the start of `words`: capitalised words up to credentials or to something else."""
    words = words.strip(" :\t-_")
    surname_first = words.split(None, 1)[0].endswith(",") if words else False
    parts = words.replace(",", " ").split()
    name: list[str] = []
    for part in parts[: NAME_WORDS + 2]:
        plain = part.strip("().;:").lower()
        if plain in describer.credentials or part.strip("();:,").lower() in describer.credentials:
            name = [*name[1:], *name[:1]] if surname_first else name
            return " ".join(name) + ", " + part.strip("();:,") if len(name) >= 2 else None
        if plain in describer.name_titles and not name:
            continue
        is_word = part[0].isupper() and part.replace(".", "").replace("'", "").replace("-", "").isalpha()
        if not is_word or plain in describer.never_names:
            break
        name.append(part)
    is_name = 2 <= len(name) <= NAME_WORDS - 1 and not needs_credential
    return " ".join(name) if is_name else None
