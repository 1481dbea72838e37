"""The words by which a paper tells what it is, of which day and by whom (rules/documents.yaml), indexed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from checker.record import record
from checker.rulebook.model import Rulebook
from checker.words.mending import Mender
from checker.words.phrases import PhraseIndex

NEVER = -1  # rank of days that are never the paper's, and of names that are not its author's


@record
class Describer:
    """The words by which papers are told, indexed once."""

    types: PhraseIndex  # key: (place in the list, type)
    reports: frozenset[str]  # types of papers that report services
    letters: Mapping[str, int]  # type of a payer's letter → lines with text in which its title may stand
    alone: frozenset[int]  # places in the list of types whose titles no small word may follow
    short: PhraseIndex  # titles of papers that have no other; key: (place in the list, type)
    body: PhraseIndex  # how the lines below a head begin
    mender: Mender  # of the words of titles
    says: PhraseIndex  # what a letter without a title says; key: type, number
    dates: Mapping[str, PhraseIndex]  # by type of paper, empty for those without words of their own; key: rank
    early: PhraseIndex  # before a day in the first lines; key: 0, or NEVER
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


@lru_cache(maxsize=4)
def build_describer(rulebook: Rulebook) -> Describer:
    """Index the words of rules/documents.yaml."""
    words: Mapping[str, Any] = rulebook.extra.get("documents", {})  # type: ignore[assignment]
    types = [(title, (n, entry["type"])) for n, entry in enumerate(words.get("types", ())) for title in entry["titles"]]
    ranks = [(phrase, rank) for rank, group in enumerate(words.get("dates", ())) for phrase in group]
    ranks += [(phrase, NEVER) for phrase in words.get("never_dates", ())]
    own = [entry["type"] for entry in words.get("types", ()) if "dates" in entry]
    authors = [(phrase, rank) for rank, group in enumerate(words.get("authors", ())) for phrase in group]
    titles = PhraseIndex(types)
    early = [(phrase, 0) for phrase in words.get("early_dates", ())]
    return Describer(
        types=titles,
        alone=frozenset(n for n, entry in enumerate(words.get("types", ())) if "alone" in entry),
        short=PhraseIndex(
            (title, (n, entry["type"]))
            for n, entry in enumerate(words.get("short_titles", ()))
            for title in entry["titles"]
        ),
        body=PhraseIndex((phrase, "body") for phrase in words.get("body", ())),
        mender=Mender(titles.words()),
        reports=frozenset(entry["type"] for entry in words.get("types", ()) if entry.get("services") == "done"),
        letters={e["type"]: e["letter_lines"] for e in words.get("types", ()) if "letter_lines" in e},
        says=PhraseIndex((p, (e["type"], n)) for e in words.get("types", ()) for n, p in enumerate(e.get("says", ()))),
        dates={kind: PhraseIndex([*ranks, *_own_dates(words, kind)]) for kind in ("", *own)},
        early=PhraseIndex([*early, *(entry for entry in [*ranks, *_own_dates(words, "")] if entry[1] == NEVER)]),
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


def lines_with_text(text: str) -> list[str]:
    """The lines of a text but for blank ones."""
    return [line for line in text.split("\n") if line.strip()]
