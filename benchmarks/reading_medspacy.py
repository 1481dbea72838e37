"""The words around a finding, judged by medspaCy and by our own reader: `python benchmarks/reading_medspacy.py [SET …]`.

Both get the same mentions (the phrases of rules/findings) in the notes of the sets (dev where none is named; see
reading_gold.py), and the gold of those notes says what each is. Only counts are printed, so the hidden sets may be asked.
Needs medspaCy, best in an environment of its own: `pip install medspacy`, and this project's requirements beside it.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path[:0] = [
    str(Path(__file__).parent),
    str(Path(__file__).parent.parent),
]  # a library of medspaCy has "benchmarks" too

from reading_gold import NOTES, gold_of, tools  # noqa: E402

from checker.chart.describe import describe  # noqa: E402
from checker.chart.documents import read_document  # noqa: E402
from checker.chart.page.layout import without_unticked  # noqa: E402
from checker.chart.recognise import read_text  # noqa: E402
from checker.source import Source  # noqa: E402
from checker.words.phrases import PhraseIndex  # noqa: E402
from checker.words.tokens import tokenize  # noqa: E402

USABLE, NEGATED, OTHER, NOBODY = "usable", "negated", "possible, planned or past", "nobody's"


@dataclass(frozen=True)
class Mention:
    """One place where a phrase stands: what the gold says of it, what our reader says, and where it is."""

    gold: str
    own: str
    start: int
    end: int


@cache
def phrases() -> PhraseIndex:
    """The phrases of all findings but exam tests."""
    rulebook = tools()[0]
    findings = [finding for finding in rulebook.findings.values() if not finding.test]
    return PhraseIndex(
        ((phrase, finding.id) for finding in findings for phrase in finding.phrases), groups=rulebook.words
    )


def mentions_of(path: Path) -> Iterator[tuple[str, list[Mention]]]:
    """The text of every page with its mentions. Left out: exam tests and numbers, whose result stands beside them, and
    words on whose line the gold has more than one status."""
    rulebook, recogniser, describer = tools()
    pages = read_document(path).pages
    told = describe(pages, describer)
    gold = gold_of(path)[0]
    for page in pages:
        source = Source(path.stem, page.text)
        tokens = tokenize(without_unticked(page.text))
        reading = read_text(
            recogniser, page.text, document=path.stem, page=page.number, date=told.date, document_type=told.type
        )
        found: dict[tuple[str, int], Mention] = {}
        for match in phrases().find(tokens):
            name = str(match.key)
            start, end = tokens.starts[match.first], tokens.ends[match.last]
            label = label_of(name, source.line(start), gold, rulebook)
            if label:
                said = [
                    f for f in reading.findings
                    if f.finding == name and f.evidence and f.evidence.start <= start < f.evidence.end
                ]  # fmt: skip
                longest = found.get((name, start))
                if longest is None or longest.end < end:
                    found[name, start] = Mention(label, own_label(said), start, end)
        yield page.text, list(found.values())


def label_of(name: str, line: int, gold: Iterable[Any], rulebook: Any) -> str | None:
    """What the gold says of a word on a line; None where it leaves that open."""
    entries = [entry for entry in gold if entry["finding"] == name]
    here = {_label(entry["status"], entry["time"]) for entry in entries if entry["line"] == line}
    if len(here) == 1 and not any(entry.get("optional") for entry in entries if entry["line"] == line):
        return next(iter(here))
    implied = any(name in rulebook.findings[entry["finding"]].implies for entry in gold)
    return None if entries or implied else NOBODY


def _label(status: str, time: str) -> str:
    if status in ("absent", "not_stated"):
        return NEGATED
    return USABLE if time in ("current", "historical") else OTHER


def own_label(found: Iterable[Any]) -> str:
    labels = {_label(finding.status, finding.time) for finding in found}
    return next((label for label in (USABLE, NEGATED, OTHER) if label in labels), NOBODY)


def medspacy_labels(nlp: Any, text: str, mentions: Iterable[Mention]) -> list[str]:
    """medspaCy's ConText on the same places."""
    doc = nlp.make_doc(text)
    spans = [doc.char_span(m.start, m.end, label="FINDING", alignment_mode="expand") for m in mentions]
    labels = []
    for name in ("medspacy_pyrush", "sentencizer"):
        if name in nlp.pipe_names:
            doc = nlp.get_pipe(name)(doc)
    for span in spans:  # one at a time: spaCy's entities may not overlap
        doc.ents = (span,)
        doc = nlp.get_pipe("medspacy_context")(doc)
        entity = doc.ents[0]._
        if entity.is_negated:
            labels.append(NEGATED)
        elif entity.is_family:
            labels.append(NOBODY)
        else:
            labels.append(OTHER if entity.is_hypothetical or entity.is_uncertain else USABLE)
        doc._.context_graph = None
    return labels


def main() -> None:
    """Print how often each agrees with the gold."""
    logging.disable(logging.CRITICAL)
    from loguru import logger

    logger.remove()  # medspaCy's splitter of sentences writes every token to the log
    import medspacy

    nlp = medspacy.load(enable=["medspacy_pyrush", "medspacy_context"])
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[str] = Counter()
    spent = 0.0
    for path in (path for name in sys.argv[1:] or ["dev"] for path in sorted((NOTES / name).glob("*.txt"))):
        for text, mentions in mentions_of(path):
            began = perf_counter()
            theirs = medspacy_labels(nlp, text, mentions)
            spent += perf_counter() - began
            for mention, other in zip(mentions, theirs, strict=True):
                asked["usable"] += 1
                for name, said in (("own", mention.own), ("medspaCy", other)):
                    right["usable", name] += (said == USABLE) == (mention.gold == USABLE)
                if mention.gold in (USABLE, NEGATED):
                    asked["polarity"] += 1
                    for name, said in (("own", mention.own), ("medspaCy", other)):
                        right["polarity", name] += (said == NEGATED) == (mention.gold == NEGATED)
    for measure, count in asked.items():
        shares = (
            f"{name} {right[measure, name]}/{count} = {right[measure, name] / count:.3f}"
            for name in ("own", "medspaCy")
        )
        print(f"{measure}: {', '.join(shares)}")
    print(f"medspaCy {medspacy.__version__ if hasattr(medspacy, '__version__') else ''}: {spent:.1f} s")


if __name__ == "__main__":
    main()
