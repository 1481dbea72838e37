"""Every phrase of rules/assertion carries a sentence in which it acts on the words in brackets, and one in which not."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from checker.api import open_rulebook, rules_folder
from checker.chart.context.assertion import Context
from checker.chart.page.layout import Sentence
from checker.chart.recognise import Recogniser, build_recogniser
from checker.words.tokens import tokenize
from checker.yamlfile import read_yaml

STOPS = ("terminate", "clause", "pseudo")
ENTRIES = [
    pytest.param(entry, id=f"{path.stem}: {entry['phrase'][:50]}")
    for path in sorted((rules_folder() / "assertion").glob("*.yaml"))
    for entry in read_yaml(path).data["phrases"]
]


@cache
def recogniser() -> Recogniser:
    return build_recogniser(open_rulebook())


def categories(sentence: str) -> frozenset[str]:
    """What holds for the words in brackets."""
    before, _, rest = sentence.partition("[")
    inside, _, after = rest.partition("]")
    tokens = tokenize(before + inside + after)
    first = len(tokenize(before).texts)
    last = first + len(tokenize(inside).texts) - 1
    whole = Sentence(0, len(tokens.texts) - 1, True, True)
    context = Context(tokens.texts, whole, recogniser().phrases.find(tokens)["triggers"], recogniser().small)
    return frozenset(hit.category for hit in context.hits(first, last))


@pytest.mark.parametrize("entry", ENTRIES)
def test_phrase_acts_in_one_sentence_and_not_in_the_other(entry: dict[str, Any]) -> None:
    fires, quiet = (categories(entry[key]) for key in ("fires", "not"))
    if entry.get("direction") in STOPS or entry["category"] == "reason":
        assert fires != quiet
    else:
        assert entry["category"] in fires
        assert entry["category"] not in quiet
