"""What a letter of utilization review decided, of the whole request or item by item, how much it granted, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from checker.procedure.letter_text import (
    Lines,
    Piece,
    Words,
    is_entry,
    is_heading,
    is_label,
)
from checker.record import record
from checker.request.model import Asked
from checker.words.numbers import number_of
from checker.words.phrase import outermost
from checker.words.tokens import Tokens, tokenize

TITLE_LINES = 20  # lines with text in which the title of a letter stands
TITLE_WORDS = 14
SENTENCE = 14  # words of a line that names an item in running text
AHEAD = 4  # lines below that of an item in which its decision stands
BEFORE = 6  # words before a decision that make it an older one
BULLETS = "-*•· "
REASON = 1500  # characters
Names = Callable[[str], Asked]  # what the words of a line ask for


@record
class Decided:
    """Of one item: the decision and how many were granted."""

    decision: str
    granted: float | None
    line: int


def decisions_in(tokens: Tokens, words: Words) -> set[str]:
    """The decisions that a text names as made now."""
    texts = tokens.texts
    return {
        str(match.key)
        for match in outermost(words.decisions.find(tokens))
        if not words.holds("undecided", texts[max(match.first - BEFORE, 0) : match.first])
    }


def granted_in(tokens: Tokens, words: Words) -> float | None:
    """How many units a text grants: "modified to 2 visits", "certify 2 of 8", "modified to #90"."""
    kept = [place for place, text in enumerate(tokens.texts) if text != "#"]
    tokens = Tokens(*([part[place] for place in kept] for part in tokens))  # type: ignore[arg-type]
    for match in sorted(words.index("granted").find(tokens), key=lambda match: (match.first, match.first - match.last)):
        before = tokens.texts[max(match.first - 1, 0) : match.first]
        within = tokens.texts[match.first : match.last + 1]
        if not words.holds("ungranted", [*before, *within]):
            return number_of(tokens.texts[match.numbers[0]])
    return None


def whole_decision(lines: Lines, pieces: Sequence[Piece], words: Words, *, is_single: bool) -> str | None:
    """The decision on the whole request: what stands behind "Decision:", else in the title, else in a sentence that says what is or was
    decided. None where such places name several decisions of several items."""
    told = [piece for piece in pieces if not piece.is_tail and not words.is_boilerplate(piece.tokens)]
    labelled = [decisions_in(tokens, words) for tokens in _labelled(lines, words)]
    titles = [decisions_in(tokens, words) for tokens in _titles(lines)]
    said = [decisions_in(p.tokens, words) for p in told if words.holds("telling", p.tokens.texts)]
    named = [decisions_in(p.tokens, words) - {"approved"} for p in told]
    for number, level in enumerate((labelled, titles, said, named)):
        found = set().union(*level)
        if not found or (level is titles and {"denied", "approved"} <= found):
            continue
        if {"denied", "approved"} <= found and number == 0:
            return "modified" if is_single else None
        if {"denied", "approved"} <= found and not is_single and "modified" not in found:
            return None
        return min(found, key=words.ranks.index)
    return None


def _labelled(lines: Lines, words: Words) -> Iterable[Tokens]:
    """What stands behind a label such as "Decision:", beside it or on the next line."""
    for number, line in enumerate(lines.lines[: lines.tail]):
        head, colon, rest = line.partition(":")
        if colon and len(tokenize(head).texts) <= AHEAD and words.has("decision_labels", tokenize(head)):
            below = lines.lines[number + 1 : number + 2]
            yield tokenize(rest if rest.strip() or not below else below[0])


def _titles(lines: Lines) -> Iterable[Tokens]:
    full = [line for line in lines.lines[: lines.tail] if line.strip()][:TITLE_LINES]
    for line in full:
        tokens = tokenize(line)
        if len(tokens.texts) <= TITLE_WORDS and not is_label(line) and line.strip()[-1:] not in ".,;":
            yield tokens


def review_of(lines: Lines, words: Words) -> str | None:
    """What kind of review a letter was, as its title or a label names it: retrospective, concurrent, expedited. None where it names none,
    or several in one line."""
    full = [line for line in lines.lines[: lines.tail] if line.strip()][:TITLE_LINES]
    for line in full:
        tokens = tokenize(line)
        kinds = {str(match.key) for match in words.reviews.find(tokens)}
        if kinds and len(tokens.texts) <= TITLE_WORDS and not line.rstrip().endswith("."):
            ordered = [kind for kind in ("expedited", "retrospective", "concurrent") if kind in kinds]
            is_clear = len(kinds) == 1 or kinds == {"expedited", "concurrent"}
            return ordered[0] if ordered and is_clear else None
    return None


def is_appeal(lines: Lines, words: Words) -> bool:
    """Whether a letter answers an internal appeal, by its title."""
    return any(words.has("appeals", tokens) for tokens in _titles(lines))


def by_item(lines: Lines, asked: Mapping[str, Asked], names: Names, words: Words) -> dict[str, Decided]:
    """The decision on each item that has one in its own line, or in the lines below that name no other item."""
    found: dict[str, list[Decided]] = {}
    for name, text, line in _entries(lines, asked, names, words):
        tokens = tokenize(text)
        decided = decisions_in(tokens, words)
        if {"denied", "approved"} <= decided:
            decided = {"modified"}
        if decided:
            first = min(decided, key=words.ranks.index)
            granted = granted_in(tokens, words) if first == "modified" else None
            found.setdefault(name, []).append(Decided(first, granted, line))
    return {
        name: next((one for one in told if one.granted is not None), told[0])
        for name, told in found.items()
        if len({one.decision for one in told}) == 1
    }


def _entries(lines: Lines, asked: Mapping[str, Asked], names: Names, words: Words) -> Iterable[tuple[str, str, int]]:
    """The lines of each item, as item, text and line: where it is named outside the reason, and below as far as they are its own."""
    reasoning = {number for number, _ in _under_headings(lines, words)}
    named = {
        number: ids
        for number, line in enumerate(lines.lines[: lines.tail])
        if line.strip() and number not in reasoning and (ids := named_in(line, asked, names))
    }
    for number, ids in named.items():
        first = lines.lines[number]
        if len(ids) != 1 or (len(tokenize(first).texts) > SENTENCE and not is_label(first) and not is_entry(first)):
            continue
        text = [first]
        for below in range(number + 1, min(number + 1 + AHEAD, lines.tail)):
            line = lines.lines[below]
            is_blank = not line.strip()
            if below in named or (is_heading(line) and _opens_reason(line, words)) or is_entry(line):
                break
            if not is_blank and not decisions_in(tokenize(" ".join(text)), words):
                text.append(line)
        yield ids[0], " ; ".join(text), number + 1


def named_in(line: str, asked: Mapping[str, Asked], names: Names) -> list[str]:
    """The items that a line names: one of their treatments, and no other part of the body."""
    told = names(line)
    return [
        name
        for name, item in asked.items()
        if not set(item.treatments).isdisjoint(told.treatments)
        and (not item.body_parts or not told.body_parts or not set(item.body_parts).isdisjoint(told.body_parts))
    ]


def treatments_in(lines: Lines, names: Names, words: Words) -> tuple[frozenset[str], frozenset[str]]:
    """The treatments that a letter names outside its reason, and within it."""
    reasoning = {number for number, _ in _under_headings(lines, words)}
    told: tuple[set[str], set[str]] = (set(), set())
    for number, line in enumerate(lines.lines[: lines.tail]):
        told[number in reasoning].update(names(line).treatments if line.strip() else ())
    return frozenset(told[0]), frozenset(told[1])


# --- the reason ------------------------------------------------------------------------------------------------------


def reasons_of(
    lines: Lines, pieces: Sequence[Piece], asked: Mapping[str, Asked], names: Names, words: Words
) -> tuple[str | None, dict[str, str]]:
    """The reason of the whole letter, and those of single items where it gives them apart: "2. Omeprazole: …", or below their lines."""
    told = _under_headings(lines, words)
    if not told:
        return _told(_because(pieces, words), words), {}
    shared: list[str] = []
    own: dict[str, list[str]] = {}
    current: list[str] = shared
    above = _lines_above(lines)
    for number, line in told:
        if line is None:  # a heading; the item may stand above it
            current = own.setdefault(name, []) if (name := _one_of(above[number], asked, names)) else current
            continue
        name = _one_of(line, asked, names)
        if name:
            current = own.setdefault(name, [])
        elif is_entry(line):
            current = []  # of something that this request does not ask for
        if not (name and is_heading(line) and not is_label(line)):
            current.append(line.strip().partition(" ")[2] if is_entry(line) else line.lstrip(BULLETS))
    return _told(shared, words), {name: reason for name, kept in own.items() if (reason := _told(kept, words))}


def _lines_above(lines: Lines) -> list[str]:
    """For each line the nearest one above it that is not empty."""
    return list(accumulate(lines.lines, lambda above, line: line if line.strip() else above, initial=""))


def _one_of(line: str, asked: Mapping[str, Asked], names: Names) -> str | None:
    """The one of several items that a line heads."""
    head = line.partition(":")[0] if is_label(line) else line
    if len(asked) <= 1 or not (is_label(line) or is_entry(line) or is_heading(line)):
        return None
    ids = named_in(head, asked, names)
    return ids[0] if len(ids) == 1 else None


def _under_headings(lines: Lines, words: Words) -> list[tuple[int, str | None]]:
    """The lines below headings such as "Rationale", and beside them, up to the next heading of something else, with their numbers; None
    for a heading itself."""
    kept: list[tuple[int, str | None]] = []
    is_inside = False
    for number, line in enumerate(lines.lines[: lines.tail]):
        if _opens_reason(line, words):
            is_inside = True
            kept += [(number, None), (number, line.partition(":")[2])]
        elif is_inside and _ends_reason(line, words):
            is_inside = False
        elif is_inside:
            kept.append((number, line))
    return [(number, line and line.strip()) for number, line in kept if line is None or line.strip()]


def _opens_reason(line: str, words: Words) -> bool:
    head = line.partition(":")[0]
    return (is_label(line) or is_heading(line)) and not is_entry(line) and words.has("reason", tokenize(head))


def _ends_reason(line: str, words: Words) -> bool:
    tokens = tokenize(line.partition(":")[0] if is_label(line) else line)
    return (is_label(line) or is_heading(line)) and words.has("reason_ends", tokens) and not is_entry(line)


def _because(pieces: Sequence[Piece], words: Words) -> list[str]:
    """Sentences that tell a decision and why: "is denied because …"."""
    return [
        piece.text
        for piece in pieces
        if not piece.is_tail
        and not words.is_boilerplate(piece.tokens)
        and words.has("because", piece.tokens)
        and decisions_in(piece.tokens, words) - {"approved"}
    ]


def _told(kept: Iterable[str], words: Words) -> str | None:
    """The sentences of a reason without those that every letter holds, and without those that only tell what is granted."""
    from checker.procedure.denial import parts_of

    parts = [part for part in parts_of(" ".join(kept)) if not words.is_boilerplate(tokenize(part))]
    parts = [
        part
        for part in parts
        if not (decisions_in(tokens := tokenize(part), words) == {"approved"} and len(tokens.texts) <= SENTENCE)
    ]
    reason = ". ".join(parts)[:REASON]
    return f"{reason}." if reason else None
