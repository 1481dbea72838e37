"""Studies on which something was not seen: "no tear on the MRI" says that the MRI was done."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.context.hits import NEGATING, Hit
from checker.chart.sentence.lines import Line, is_treatment
from checker.chart.vocabulary import Recogniser
from checker.words.phrase import Match

NAMING = 3  # tokens before a study in which its "on" stands: "on the lumbar MRI"
DONE = "done"


def with_seen(
    recogniser: Recogniser, line: Line, texts: Sequence[str], mention: Match, hits: Sequence[Hit]
) -> list[Hit]:
    """What is said of a study, where a denial before it is of what was looked for on it. `texts`: of the paper."""
    begin = max(mention.first - NAMING, line.sentence.first)
    places = [at for at in range(begin, mention.last) if texts[at] in recogniser.small.seen_on]
    if not places:
        return list(hits)
    # What was looked for stands between the denial and the "on".
    sought = [other.first for other in line.mentions if other.first < places[-1] and not is_treatment(other)]
    return [
        hit._replace(category=DONE)
        if hit.category in NEGATING and hit.before and any(at >= mention.first - hit.distance for at in sought)
        else hit
        for hit in hits
    ]
