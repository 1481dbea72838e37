"""Whether a part of the body is the one that a treatment was for."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.page.layout import Sentence
from checker.chart.place.place_words import PlaceWords
from checker.chart.place.sides import BESIDE
from checker.words.phrase import Match


def start_of(part: Match, texts: Sequence[str], sentence: Sentence, words: PlaceWords) -> int:
    """Where the small words begin that lead to a part: "of the right knee"."""
    start = part.first
    while start > sentence.first and texts[start - 1] in words.ties:
        start -= 1
    return start


def is_served(between: Sequence[str], behind: str, words: PlaceWords, *, is_local: bool) -> bool:
    """Whether a treatment is told as one for a part: "PT for the left knee", "MRI 3/2/16, left knee". `between` the two stand only words
    that say so; `behind` the part no complaint of it, unless the treatment is local: "PT for left knee pain"."""
    is_free = is_local or not behind.isalpha() or behind in words.behind_served or behind in words.verbs
    return is_free and all(word in words.serving or word[0].isdigit() for word in between)


def is_helped(part: Match, between: Sequence[str], texts: Sequence[str], sentence: Sentence, words: PlaceWords) -> bool:
    """Whether a part is told as what a treatment helped or not: "therapy and two injections have not relieved the left elbow"."""
    behind = texts[part.last + 1 : part.last + 1 + BESIDE]
    fares = texts[sentence.first] in words.enduring and not words.verbs.isdisjoint(behind)
    return bool(between) and (between[-1] in words.helping or fares) and words.helped_apart.isdisjoint(between)


def leads_to_part(between: Sequence[str], words: PlaceWords) -> bool:
    """Whether the words from a treatment to a part say that it was for it: "twice a week for the left" knee."""
    known = words.ties | words.serving
    opens = words.led_by | words.serving
    is_led = bool(between) and (between[0] in opens or between[0][0].isdigit())
    return is_led and all(word in known or word[0].isdigit() for word in between)


def is_in_other_item(parts: Sequence[Match], first: int, last: int, texts: Sequence[str]) -> bool:
    """Whether parts stand in another item of a list than a treatment, and not as its heading: "MRI of the knee; acupuncture"."""
    if parts[0].first > last:
        return ";" in texts[last : parts[0].first]
    between = texts[parts[-1].last + 1 : first]
    return ";" in between and ":" not in between
