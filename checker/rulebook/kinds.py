"""The catalogue as a family tree: which wider treatments a treatment is an example of."""

from __future__ import annotations

from functools import lru_cache

from checker.rulebook.model import Rulebook, Treatment


@lru_cache(maxsize=4096)
def kinds_of(name: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The treatment itself and every wider treatment that it is an example of, nearest first."""
    found = [name]
    for known in found:
        treatment: Treatment | None = rulebook.treatments.get(known)
        for kind in treatment.kinds if treatment else ():
            if kind not in found:
                found.append(kind)
    return tuple(found)
