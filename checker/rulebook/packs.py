"""Packs that are laid over the packaged rules: which rules of a report come from them. The last pack given wins."""

from __future__ import annotations

from collections.abc import Iterable

from checker.rulebook.model import Rulebook


def pack_notices(rules: Iterable[str], rulebook: Rulebook) -> tuple[str, ...]:
    """A sentence for every rule of a report that was not made for this program."""
    replaced: object = rulebook.extra.get("overridden", ())
    known = replaced if isinstance(replaced, list | tuple) else ()
    notices = []
    for name in dict.fromkeys(rules):
        rule = rulebook.rules.get(name)
        if rule and rule.pack:
            instead = ", instead of the rule of that name given before it" if name in known else ""
            notices.append(f"Rule {name} comes from the pack '{rule.pack}' given with --rules{instead}.")
    return tuple(notices)
