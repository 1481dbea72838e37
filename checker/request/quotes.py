"""Quotes prove only what stands in the paper: whole words, and words that say something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checker.problem import Problem
from checker.record import record
from checker.request.load import LoadedRequest, cited
from checker.rulebook.model import Rulebook
from checker.source import Source
from checker.words.tokens import tokenize

ARTICLES = {"a", "an", "the"}
# Lists of rules/assertion/sentences.yaml whose words, alone, say nothing of a patient.
EMPTY = ("prepositions", "conjunctions", "having", "relatives", "elided", "patients", "persons", "finite")
LEAST_LETTERS = 2  # of a quote, without those words
LEAST = 3  # letters and digits of a quote of several words: "DP 2+"
LEAST_ALONE = 4  # letters of a single word, but for one in capitals: "HNP"
SHORT = 3  # lines that may be meant
MOST_LINES = 2000  # that are compared with a quote


@record
class Fault:
    """Why words are no proof: what they are, what was expected, and the likely fix."""

    found: str
    expected: str
    fix: str


def check_quotes(loaded: LoadedRequest, texts: Mapping[str, Sequence[str]], rulebook: Rulebook) -> list[Problem]:
    """A quote that does not stand in its document, or says nothing, is an error. `texts`: the pages of each document that was
    read."""
    problems: list[Problem] = []
    for kind, entries in cited(loaded.request):
        for number, entry in enumerate(entries):
            pages = texts.get(entry.source.document) if entry.source else None
            if entry.source is None or pages is None:
                continue
            fault = fault_of(entry.source.quote, {entry.source.document: pages}, rulebook)
            if fault:
                other = paper_with(entry.source.quote, texts)
                fix = f"It stands in another paper: write document: {other}." if other else fault.fix
                path = (kind, number, "source", "quote")
                problems.append(loaded.file.fault(path, "quote", fault.found, fault.expected, fix))
    return problems


def fault_of(quote: str, papers: Mapping[str, Sequence[str]], rulebook: Rulebook) -> Fault | None:
    """Why words are no proof from these papers (pages by id); None where they are."""
    shown = f"quote '{quote[:80]}{'…' if len(quote) > 80 else ''}'"
    pages = [Source(name, page) for name, texts in papers.items() for page in texts]
    if not says_something(quote, rulebook):
        fix = _line_with(quote, pages, rulebook)
        return Fault(f"{shown}: too little to prove anything", "the words of the paper that say it", fix)
    if any(page.find(quote) for page in pages):
        return None
    expected = f"words that stand in {' or '.join(papers)}"
    for page in pages:
        if part := page.find(quote, parts=True):
            whole = page.whole_words(*part)
            return Fault(f"{shown}: a part of '{whole[:100]}'", expected, f"Write whole words: '{whole[:100]}'.")
    for page in pages:
        if other := page.find(quote, any_case=True):
            there = page.whole_words(*other)
            return Fault(shown, expected, f"Write it as it stands there: '{there[:200]}'.")
    if not any(page.text.strip() for page in pages):
        return Fault(
            shown, expected, "Nothing was read from this paper; leave the source out, or ask for a copy with text."
        )
    return Fault(shown, expected, _closest(quote, pages))


def paper_with(quote: str, papers: Mapping[str, Sequence[str]]) -> str | None:
    """The id of the first paper in which a quote stands."""
    return next((name for name, pages in papers.items() for page in pages if Source(name, page).find(quote)), None)


def says_something(quote: str, rulebook: Rulebook) -> bool:
    """Whether words could say anything of a patient: not one letter, a bare number, or small words alone."""
    assertion: Mapping[str, Any] = rulebook.extra.get("assertion", {})  # type: ignore[assignment]
    lists = assertion.get("sentences", {})
    empty = ARTICLES | {word for name in EMPTY for word in lists.get(name, ())}
    empty |= {word for names in lists.get("sides", {}).values() for word in names}
    words = [word for word in tokenize(quote).texts if word.isalnum()]
    telling = [word for word in words if word not in empty]
    if sum(len(word) for word in telling if word.isalpha()) < LEAST_LETTERS:
        return False
    if len(words) == 1:
        return len(words[0]) >= LEAST_ALONE or (len(words[0]) >= LEAST and quote.isupper())
    return sum(map(len, words)) >= LEAST


def _line_with(quote: str, pages: Sequence[Source], rulebook: Rulebook) -> str:
    """What to write instead of too little: the line, where only few hold it."""
    lines = [line.strip() for page in pages for line in page.text.splitlines() if Source("", line).find(quote)]
    lines = [line for line in lines if says_something(line, rulebook)]
    if 0 < len(lines) <= SHORT:
        return f"Copy more of the line: {' or '.join(_quoted(line[:100]) for line in lines)}."
    return "Copy the line of the paper that says it; one word is enough where it says all."


def _closest(quote: str, pages: Sequence[Source]) -> str:
    """The hint that names the line, or sentence of a line, that is nearest to a quote."""
    import difflib

    lines = [line.strip() for page in pages for line in page.text.splitlines() if line.strip()][:MOST_LINES]
    lines += [part for line in lines for part in line.split(". ")][:MOST_LINES]
    close = difflib.get_close_matches(quote, lines, 1, 0.5)
    return f"The nearest line is {_quoted(close[0][:100])}." if close else "Copy the words from the paper."


def _quoted(words: str) -> str:
    return f'"{words}"' if "'" in words else f"'{words}'"
