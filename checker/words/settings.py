"""Sets of words out of the settings of rules/assertion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def word_sets(kind: type[T], settings: Mapping[str, Any]) -> T:
    """A record of sets of words: each field holds the words that the settings give under its name, none where they give none."""
    names = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: frozenset(settings.get(name, ())) for name in names})
