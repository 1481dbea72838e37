"""Measures the reading of chart notes against hand-made gold: `python benchmarks/reading_gold.py [dev|hard|fresh|varied|heldout|unseen|apart]`.

`--misses` lists what was missed and what was read wrongly, not for the heldout, unseen and apart notes: these must stay unseen by
whoever writes phrases. How the gold is written, and what counts as right: tests/data/notes/README.md.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parent.parent
sys.path.insert(0, str(REPOSITORY))

from checker.api import open_rulebook  # noqa: E402
from checker.chart.describe import describe  # noqa: E402
from checker.chart.documents import read_document  # noqa: E402
from checker.chart.head.words import build_describer  # noqa: E402
from checker.chart.model import Finding, TreatmentEvent  # noqa: E402
from checker.chart.recognise import build_recogniser  # noqa: E402
from checker.chart.whole_paper import read_paper  # noqa: E402
from checker.rulebook.model import Rulebook  # noqa: E402
from checker.yamlfile import read_yaml  # noqa: E402

NOTES = REPOSITORY / "tests" / "data" / "notes"
HELD_OUT = "heldout"  # its writer did not have all words yet
HIDDEN = (HELD_OUT, "unseen", "apart")
SETS = ("dev", "hard", "fresh", "varied", *HIDDEN)
# A study, an operation or a response on file is a fact of the record: "had an MRI" and "MRI shows" are the same to us.
ON_FILE = ("history", "imaging", "electrodiagnostic", "lab", "response", "measure")
PENDING = ("planned", "requested")
NOT_JUDGED = ("office-visit", "initial-exam", "follow-up-visit", "postoperative-visit")  # done: every note is a visit
DETAILS = {
    "side": None,
    "response": "not_stated",
    "visits": None,
}  # what is compared where the gold tells it: the word for silence
OTHER_TIMES = "possible, past, planned"

Entry = Mapping[str, Any]


@dataclass
class Tally:
    """Gold entries found and missed; readings right and wrong. A neutral reading is in none of them."""

    found: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    def add(self, other: Tally) -> None:
        self.found += other.found
        self.missed += other.missed
        self.right += other.right
        self.wrong += other.wrong


@dataclass
class Score:
    """Tallies by row of the table, agreement of details among what was found, and the list of misses."""

    rows: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    details: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    misses: list[str] = field(default_factory=list)
    notes: int = 0
    optional: int = 0

    def total(self, table: str) -> Tally:
        """All rows of a table together; 'all' is findings and treatments."""
        whole = Tally()
        for name in ("finding status", "treatment status") if table == "all" else (table,):
            for row in self.rows[name].values():
                whole.add(row)
        return whole


@dataclass(frozen=True)
class Side:
    """What findings and treatments do differently: the rows a gold entry or a reading counts in, and when they agree."""

    name: str
    words: str  # the list of younger.yaml
    rows: Callable[[Entry], Mapping[str, str]]
    agrees: Callable[[Entry, Entry], bool]
    neutral: Callable[[Entry, Entry], bool]


@cache
def tools() -> tuple[Rulebook, Any, Any]:
    """Rulebook, recogniser and describer, once for all notes."""
    rulebook = open_rulebook()
    return rulebook, build_recogniser(rulebook), build_describer(rulebook)


@cache
def younger() -> Mapping[str, Collection[str]]:
    """Findings and treatments that the writer of the heldout gold did not have yet."""
    data: Mapping[str, Collection[str]] = read_yaml(NOTES / "younger.yaml").data
    return data


@cache
def opposites() -> Mapping[str, Collection[str]]:
    """Words whose absence says the same as the presence of another, and the other way round."""
    data: Mapping[str, Collection[str]] = read_yaml(NOTES / "opposites.yaml").data
    return data


@cache
def overlaps() -> Mapping[str, Sequence[str]]:
    """Words that say nearly the same as another: a reading of them beside it is neither right nor wrong."""
    data: Mapping[str, Sequence[str]] = read_yaml(NOTES / "overlaps.yaml").data
    return data


def read_note(path: Path) -> tuple[list[Entry], list[Entry]]:
    """Findings and treatments the program reads in a note, each once, in the shape of gold entries."""
    _, recogniser, describer = tools()
    pages = read_document(path).pages
    told = describe(pages, describer)
    findings: dict[tuple[Any, ...], Entry] = {}
    events: dict[tuple[Any, ...], Entry] = {}
    for reading in read_paper(recogniser, pages, document=path.stem, date=told.date, document_type=told.type):
        for finding in reading.findings:
            entry = _finding(finding)
            _once(findings, entry, ("finding", "status", "time", "body_part", "value"))
        for event in reading.events:
            entry = _event(event)
            if entry["treatment"] in NOT_JUDGED and entry["status"] == "done":
                continue
            _once(events, entry, ("treatment", "status", "body_part", "response"))
    return list(findings.values()), list(events.values())


def _once(entries: dict[tuple[Any, ...], Entry], entry: Entry, keys: Sequence[str]) -> None:
    """Add a reading; of what is read several times the first, with the details of all."""
    told = entries.setdefault(tuple(entry[key] for key in keys), entry)["told"]
    for name in DETAILS:
        told[name].add(entry.get(name))


def _finding(found: Finding) -> Entry:
    return {
        "finding": found.finding,
        "status": found.status,
        "time": folded(found.finding, found.time),
        "body_part": found.body_part,
        "side": found.side,
        "told": defaultdict(set),
        "value": found.value,
        "line": found.evidence.line if found.evidence else 0,
        "quote": found.evidence.quote if found.evidence else "",
    }


def _event(found: TreatmentEvent) -> Entry:
    return {
        "treatment": found.treatment,
        "status": "pending" if found.status in PENDING else found.status,
        "response": found.response,
        "visits": found.visits,
        "body_part": found.body_part,
        "side": found.side,
        "told": defaultdict(set),
        "line": found.evidence.line if found.evidence else 0,
        "quote": found.evidence.quote if found.evidence else "",
    }


def folded(finding: str, time: str) -> str:
    """The time of a finding as far as it matters: a fact on file has no past, a statement of a plan no future."""
    kind = tools()[0].findings[finding].kind
    if (kind in ON_FILE and time == "historical") or (kind == "statement" and time == "planned"):
        return "current"
    return time


def gold_of(path: Path) -> tuple[list[Entry], list[Entry]]:
    """The gold entries that stand beside a note."""
    data = read_yaml(path.with_suffix(".gold.yaml")).data
    findings: list[Entry] = [
        {**entry, "time": folded(entry["finding"], entry.get("time", "current"))} for entry in data["findings"]
    ]
    treatments: list[Entry] = [
        {**entry, "status": "pending" if entry["status"] in PENDING else entry["status"]}
        for entry in data["treatments"]
    ]
    return findings, treatments


def same_region(gold: Entry, read: Entry) -> bool:
    """Either names no body part, or the part read is the one named, lies around it, or belongs to its region."""
    wanted, given = gold.get("body_part"), read["body_part"]
    rulebook = tools()[0]
    if not wanted or not given or wanted == given:
        return True
    part = rulebook.body_parts[wanted]
    implied = rulebook.findings[gold["finding"]].body_parts if "finding" in gold else ()
    return given in part.feeds or given in part.within or given in implied


def finding_agrees(gold: Entry, read: Entry) -> bool:
    """Same word, status and time, no other part of the body and, of a measure, the same number."""
    values = gold.get("value")
    wanted = values if isinstance(values, list) else [values]
    return (
        all(gold[key] == read[key] for key in ("finding", "status", "time"))
        and same_region(gold, read)
        and (values is None or read["value"] in wanted)
    )


def finding_neutral(gold: Entry, read: Entry) -> bool:
    """The reading follows from the gold entry: it is implied by it or says nearly the same."""
    if {gold["status"], read["status"]} == {"present", "absent"}:
        return read["finding"] in opposites().get(gold["finding"], ())
    if gold["status"] != read["status"]:
        return False
    names = {gold["finding"]}
    while more := {word for name in names for word in tools()[0].findings[name].implies} - names:
        names |= more
    return read["finding"] in names or read["finding"] in overlaps().get(gold["finding"], ())


def finding_rows(entry: Entry) -> Mapping[str, str]:
    """By status, and by kind of finding."""
    status = entry["status"] if entry["time"] == "current" else OTHER_TIMES
    return {"finding status": status, "finding kind": tools()[0].findings[entry["finding"]].kind}


def treatment_agrees(gold: Entry, read: Entry) -> bool:
    """Same service or an example of it, same status, and no other part of the body."""
    return (
        gold["treatment"] in wider(read["treatment"]) and gold["status"] == read["status"] and same_region(gold, read)
    )


def treatment_neutral(gold: Entry, read: Entry) -> bool:
    """The reading is a wider service of which the gold one is an example."""
    return gold["status"] == read["status"] and read["treatment"] in wider(gold["treatment"]) - {gold["treatment"]}


def wider(treatment: str) -> set[str]:
    """A service and the wider ones of which it is an example."""
    names = {treatment}
    while more := {kind for name in names for kind in tools()[0].treatments[name].kinds} - names:
        names |= more
    return names


FINDINGS = Side("finding", "findings", finding_rows, finding_agrees, finding_neutral)
TREATMENTS = Side(
    "treatment", "treatments", lambda e: {"treatment status": e["status"]}, treatment_agrees, treatment_neutral
)


def compare(
    note: str,
    gold: Sequence[Entry],
    read: Sequence[Entry],
    side: Side,
    score: Score,
    unjudged: Collection[str] = frozenset(),
) -> None:
    """Count one note's findings or treatments into the score. `unjudged`: words that count only where the gold has them."""
    for entry in gold:
        if entry.get("optional"):
            score.optional += 1
            continue
        hits = [one for one in read if side.agrees(entry, one)]
        for table, row in side.rows(entry).items():
            score.rows[table][row].add(Tally(found=bool(hits), missed=not hits))
        if hits:
            _details(entry, hits, score)
        else:
            score.misses.append(f"{note}:{entry['line']}: missed {_words(entry, side)}")
    for one in read:
        agreeing = [entry for entry in gold if side.agrees(entry, one)]
        right = any(not entry.get("optional") for entry in agreeing)
        if not right and (agreeing or one[side.name] in unjudged or any(side.neutral(entry, one) for entry in gold)):
            continue
        for table, row in side.rows(one).items():
            score.rows[table][row].add(Tally(right=right, wrong=not right))
        if not right:
            score.misses.append(f"{note}:{one['line']}: wrong  {_words(one, side)}  <- {one['quote'][:90]}")


def _details(gold: Entry, hits: Sequence[Entry], score: Score) -> None:
    """Whether side, response and number of visits, where the gold states them, are read as they stand."""
    for key, silent in DETAILS.items():
        if gold.get(key, silent) != silent:
            told = {detail for hit in hits for detail in hit["told"][key]}
            is_both = gold[key] == "both" and ("bilateral" in told or {"left", "right"} <= told)
            score.details[key][is_both or gold[key] in told] += 1


def _words(entry: Entry, side: Side) -> str:
    keys = (side.name, "status", "time", "body_part", "value", "response")
    shown = (entry.get(key) for key in keys)
    return " ".join(str(word) for word in shown if word not in (None, "current", "not_stated"))


def measure(name: str) -> Score:
    """Read every note of a set and compare with its gold."""
    score = Score()
    for path in sorted((NOTES / name).glob("*.txt")):
        score.notes += 1
        for side, gold, read in zip((FINDINGS, TREATMENTS), gold_of(path), read_note(path), strict=True):
            compare(path.stem, gold, read, side, score, younger()[side.words] if name == HELD_OUT else ())
    return score


def table(score: Score) -> Iterable[str]:
    """The figures as lines of text."""
    yield f"{'':32}{'gold':>6}{'found':>7}{'wrong':>7}{'precision':>11}{'recall':>8}"
    for name in ("finding status", "finding kind", "treatment status"):
        for row, tally in sorted(score.rows[name].items(), key=lambda pair: -pair[1].found - pair[1].missed):
            yield _line(f"{name.split()[0]} {row}", tally)
        yield _line(f"all {name.split()[0]}s", score.total(name)) if name != "finding kind" else ""
    yield _line("all", score.total("all"))
    for name, counted in score.details.items():
        yield f"{name} read as stated, of those found: {counted[True]} of {counted.total()}"
    yield f"gold entries left to judgement (counted neither way): {score.optional}"


def _line(name: str, tally: Tally) -> str:
    gold = tally.found + tally.missed
    return f"{name:32}{gold:6}{tally.found:7}{tally.wrong:7}{tally.precision:11.3f}{tally.recall:8.3f}"


def main(arguments: Collection[str] | None = None) -> None:
    """Print the figures of one set of notes, or of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", nargs="?", choices=SETS, help="which notes; all when left out")
    parser.add_argument(
        "--misses", action="store_true", help="list what was missed or read wrongly (not of hidden notes)"
    )
    chosen = parser.parse_args(arguments)
    if chosen.misses and chosen.set in (None, *HIDDEN):
        parser.error("--misses is for one of the open sets only: the others must stay unseen")
    for name in [chosen.set] if chosen.set else SETS:
        score = measure(name)
        print(f"{name}: {score.notes} notes", *table(score), sep="\n")
        if chosen.misses:
            print(*score.misses, sep="\n")


if __name__ == "__main__":
    main()
