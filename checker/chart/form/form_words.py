"""The words of a request form: how its columns and boxes are named, what names a service, and how codes are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from checker.rulebook.model import Rulebook
from checker.words.phrases import PhraseIndex
from checker.words.tokens import Tokens, tokenize

# A diagnosis code (a letter and digits, or three digits with a point) and a service code (five digits, or a letter and four).
DIAGNOSIS_CODE = re.compile(r"(?<![\w.])(?:[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}|\d{3}\.\d{1,2})(?![\w.]|\s?mg\b)")
SERVICE_CODE = re.compile(r"(?<![\w.#-])(?:\d{5}|[A-V]\d{4})(?![\w.]|-\d)")


class FormWords:
    """The words of the form and of the catalogue, indexed once."""

    def __init__(self, rulebook: Rulebook) -> None:
        documents: Mapping[str, Any] = rulebook.extra.get("documents", {})  # type: ignore[assignment]
        form = documents.get("rfa", {})
        self.starts, self.skips, self.ends, self.pointing = (
            PhraseIndex((phrase, name) for phrase in form.get(name, ()))
            for name in ("starts", "skips", "ends", "pointing")
        )
        columns = form.get("columns", {})
        self.columns = PhraseIndex((phrase, role) for role, phrases in columns.items() for phrase in phrases)
        self.boxes = PhraseIndex((phrase, box) for box, phrases in form.get("boxes", {}).items() for phrase in phrases)
        heads = " ".join(phrase for phrases in columns.values() for phrase in phrases).replace("|", " ")
        self.heads = frozenset(heads.split()) | frozenset(form.get("head_words", ()))
        self.treatments = PhraseIndex((name, t.id) for t in rulebook.treatments.values() for name in t.names)

    def asks(self, text: str) -> bool:
        """Whether words name a treatment or the code of a service."""
        return bool(self.treatments.find(tokenize(text)) or SERVICE_CODE.search(text))

    def role(self, text: str) -> str:
        """The role of the column that is headed so; empty for none."""
        found = self.columns.find(tokenize(text))
        return str(min(found, key=lambda match: (match.first, -match.last)).key) if found else ""

    def is_head(self, text: str) -> bool:
        """Whether a line consists of names of columns only."""
        return _only(tokenize(text), self.heads) and not text.rstrip().endswith(".")


def _only(tokens: Tokens, known: frozenset[str]) -> bool:
    named = [token for token in tokens.texts if token[0].isalpha()]
    return bool(named) and known.issuperset(named)
