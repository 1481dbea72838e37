"""The vertebrae of the rulebook, and the levels of the spine that words name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from checker.rulebook.model import Rulebook
from checker.words.levels import discs, levels_in


def levels_of(tokens: Sequence[str], rulebook: Rulebook) -> tuple[str, ...]:
    """The levels that words name, each once: "L4-5", "L5-S1"; of a range every disc."""
    named = levels_in(tokens, vertebrae_of(rulebook))
    return tuple(dict.fromkeys(name for level in named for name in level.names))


@lru_cache(maxsize=4)
def vertebrae_of(rulebook: Rulebook) -> Mapping[str, int]:
    """The vertebrae (`vertebrae` of rules/items.yaml), each with its place from above."""
    return {name: place for place, name in enumerate(_parts(rulebook))}


@lru_cache(maxsize=4)
def _parts(rulebook: Rulebook) -> Mapping[str, str]:
    """The part of the spine of each vertebra."""
    items: Mapping[str, Mapping[str, Sequence[str]]] = rulebook.extra.get("items", {})  # type: ignore[assignment]
    return {name: part for part, names in items.get("vertebrae", {}).items() for name in names}


def hold_for(told: Collection[str], asked: Collection[str], reach: int, rulebook: Rulebook) -> bool:
    """Whether what is told of some levels holds for those asked for, or for levels so many discs away. What names no level holds for all,
    and a level of another part of the spine says nothing of where it is: "T2 signal"."""
    parts, vertebrae = _parts(rulebook), vertebrae_of(rulebook)

    def parts_of(level: str) -> set[str]:
        above, _, below = level.lower().partition("-")
        return {parts[above], parts[below if below in parts else above]}

    here = {part for level in asked for part in parts_of(level)}
    own = [level for level in told if not here.isdisjoint(parts_of(level))]
    near = {disc + step for disc in discs(asked, vertebrae) for step in range(-reach, reach + 1)}
    return not own or not near.isdisjoint(discs(own, vertebrae))
