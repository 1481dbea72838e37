"""rules/words.yaml → the lists of words that phrases name: `<opioid> helps|helped`. An entry of a list may name another list, or a
category of treatments, which stands for the names of one word that the catalogue has for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from checker.problem import Problem, nearest
from checker.words.groups import group_names, is_group
from checker.yamlfile import YamlFile, texts_of

Data = dict[str, Any]
Lists = Mapping[str, Sequence[str]]


def open_lists(pack: Data) -> dict[str, list[str]]:
    """Every list that the vocabularies of a pack name, with its words. A name that is not known stands for nothing."""
    lists = {**_categories(pack["treatments"]), **pack["words"]}
    phrases = (text for part in ("findings", "assertions", "extra") for _, text in texts_of(pack[part]))
    used = sorted({name[1:-1] for phrase in phrases for name in group_names(phrase)})
    return {name: sorted(_words(name, lists, ())) for name in used if name in lists}


def spliced(data: Any, lists: Mapping[str, Sequence[str]]) -> Any:
    """Settings of which an entry that is only the name of a list has become its words."""
    if isinstance(data, dict):
        return {key: spliced(value, lists) for key, value in data.items()}
    if not isinstance(data, list):
        return data
    return [
        inner
        for value in data
        for inner in (
            lists.get(value[1:-1], ()) if isinstance(value, str) and is_group(value) else [spliced(value, lists)]
        )
    ]


def list_faults(files: Iterable[YamlFile], pack: Data) -> Iterator[Problem]:
    """Names of lists that are not known, lists that hold themselves, and words of a list that are more than one word."""
    lists = {**_categories(pack["treatments"]), **pack["words"]}
    for file in files:
        for path, text in texts_of(file.data):
            for name in group_names(text):
                if name[1:-1] not in lists:
                    expected = "a list of rules/words.yaml or a category of treatments"
                    yield file.fault(path, "word-list", name, expected, nearest(name[1:-1], lists))
            if path[0] == "words" and not is_group(text) and not text.isalnum():
                expected = "one word in lower case, or the name of another list in angle brackets"
                yield file.fault(path, "word-list", f"'{text}'", expected, "Write phrases where they are looked for.")
        for name in file.data.get("words", ()):
            if name in pack["words"] and _is_circle(name, lists):
                yield file.fault(("words", name), "word-list", f"<{name}> holds itself", "lists that end in words")


def _categories(treatments: Mapping[str, Data]) -> dict[str, list[str]]:
    """By category the names of its treatments; of drugs only their own names, not those of their class."""
    drugs = {entry["category"] for entry in treatments.values() if entry.get("rxnorm")}
    lists: dict[str, list[str]] = {entry["category"]: [] for entry in treatments.values()}
    for entry in treatments.values():
        if entry["category"] not in drugs or entry.get("rxnorm"):
            names = (word for name in entry.get("names", ()) for word in name.lower().split("|") if " " not in name)
            lists[entry["category"]] += [word for word in names if word.isalnum()]
    return lists


def _words(name: str, lists: Lists, above: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for entry in lists.get(name, ()):
        inner = entry[1:-1] if is_group(entry) else ""
        if not inner:
            found.add(entry)
        elif inner not in (*above, name):
            found |= _words(inner, lists, (*above, name))
    return found


def _is_circle(name: str, lists: Lists) -> bool:
    waiting, seen = [name], set[str]()
    while waiting:
        inner = {entry[1:-1] for entry in lists.get(waiting.pop(), ()) if is_group(entry)}
        if name in inner:
            return True
        waiting += inner - seen
        seen |= inner
    return False
