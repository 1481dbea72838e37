"""What the papers tell of another side, level, part or treatment than the one asked for: no proof, but worth to be pointed at, as it may
be the request that names the wrong one."""

from __future__ import annotations

from dataclasses import replace

from checker.chart.model import Finding
from checker.engine.logic import Proof
from checker.engine.overtaken import newest_word
from checker.engine.unit import Setting, events_by_kind
from checker.rulebook.model import Rulebook


def widened(narrowed: Setting, whole: Setting) -> Setting | None:
    """The setting of a unit with all that the papers tell, wherever it is; None where nothing was left out."""
    chart = newest_word(whole.chart, narrowed.treatment, whole.rulebook)
    if narrowed.chart == chart:
        return None
    asked = replace(narrowed.asked, side=None, levels=())
    return replace(narrowed, chart=chart, events=events_by_kind(chart, whole.rulebook), asked=asked)


def of_what(proof: Proof, rulebook: Rulebook) -> str:
    """What a proof is told of, in words: the treatments that its own words name, else its place."""
    named = proof.told_of if isinstance(proof, Finding) else ()
    if named:
        return " and ".join(rulebook.treatments[name].label for name in named)
    place = " ".join(filter(None, (proof.side, proof.body_part)))
    return f"{', '.join(proof.levels)} ({place})" if proof.levels else f"the {place}"


def told_elsewhere(proof: Proof, rulebook: Rulebook) -> str:
    """What to say of a proof that does not count because of its place or its treatment."""
    quote = f": “{proof.evidence.quote}” ({proof.evidence.document})" if proof.evidence else ""
    return f"the papers tell this of {of_what(proof, rulebook)}, not of what is asked for{quote}"
