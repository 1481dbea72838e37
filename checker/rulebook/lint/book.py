"""Everything that lint looks at: the files of the folders as they are written, with what stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.problem import InputError, Problem
from checker.record import record
from checker.rulebook.formulary import read_formulary
from checker.rulebook.lists import list_faults
from checker.rulebook.load import VOCABULARIES, empty_pack, extend, read_rules, read_vocabulary
from checker.rulebook.procedure import read_procedure
from checker.schema import check_schema, load_schema
from checker.yamlfile import YamlFile, read_yaml

Data = dict[str, Any]
KINDS = (*VOCABULARIES, "body_parts", "guidelines", "sources")


@record
class RuleEntry:
    """One rule as it is written and as it is with what it inherits. `here`: it stands in the folder under lint."""

    id: str
    file: YamlFile
    data: Data
    own: tuple[Data, ...]  # the criteria that this file writes
    here: bool

    @property
    def line(self) -> int:
        return int(self.data["line"])


@record
class Word:
    """One entry of a vocabulary: a finding, treatment, body part, guideline or source."""

    kind: str
    id: str
    data: Data
    file: YamlFile
    here: bool

    def line(self, *path: str | int) -> int:
        """Where a value of the entry stands, or the entry itself."""
        return (
            self.file.place((self.kind, self.id, *path))[0] if path else self.file.key_places[(self.kind, self.id)][0]
        )


@dataclass
class Book:
    """The rules of all folders laid over each other. Lint speaks of the last folder only."""

    folder: Path
    pack: Data = field(default_factory=empty_pack)
    rules: dict[str, RuleEntry] = field(default_factory=dict)
    words: dict[str, dict[str, Word]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    scenarios: dict[str, YamlFile] = field(default_factory=dict)  # by the rule id that their path gives
    files: list[YamlFile] = field(default_factory=list)  # every file of the folder under lint
    faults: list[Problem] = field(default_factory=list)  # found while reading

    def own_rules(self) -> Iterator[RuleEntry]:
        """The rules of the folder under lint."""
        return (rule for rule in self.rules.values() if rule.here)

    def own_words(self, *kinds: str) -> Iterator[Word]:
        """The vocabulary entries of the folder under lint."""
        return (word for kind in kinds for word in self.words[kind].values() if word.here)


def read_book(folders: Sequence[Path]) -> Book:
    """Read the folders, each laid over the one before; what cannot be read becomes a fault, and the rest goes on."""
    book = Book(folders[-1])
    found: dict[str, tuple[Data, YamlFile]] = {}
    here: set[str] = set()
    for folder in folders:
        is_last = folder is folders[-1]
        read: list[YamlFile] = []
        faults = read_vocabulary(folder, book.pack, read)
        _add_words(book, read, is_last)
        rules, more = read_rules(folder, "")
        found.update(rules)
        if is_last:
            here = set(rules)
            book.files += [*read, *(file for _, file in rules.values())]
            lists = list_faults(read, book.pack)
            book.faults += [*faults, *more, *lists, *read_procedure(folder, {}), *read_formulary(folder, {})]
    faults = []
    merged = {name: extend(name, found, faults) for name in found}
    book.faults += [fault for fault in faults if _within(fault.file, book.folder)]
    for name, (data, file) in found.items():
        book.rules[name] = RuleEntry(name, file, merged[name], tuple(data["criteria"]), name in here)
    _read_scenarios(book)
    return book


def _add_words(book: Book, read: Sequence[YamlFile], here: bool) -> None:
    for file in read:
        for kind in KINDS:
            for name, data in file.data.get(kind, {}).items():
                book.words[kind][name] = Word(kind, name, data, file, here)


def _read_scenarios(book: Book) -> None:
    schema = load_schema("rulebook/scenario.schema.json")
    for path in sorted(book.folder.rglob("*.test.yaml")):
        try:
            file = read_yaml(path)
        except InputError as error:
            book.faults.extend(error.problems)
            continue
        faults = check_schema(file, schema)
        book.faults.extend(faults)
        if not faults:
            book.files.append(file)
            book.scenarios[f"{path.parent.name}/{path.name.removesuffix('.test.yaml')}"] = file


def _within(file: str, folder: Path) -> bool:
    return Path(file).is_relative_to(folder)
