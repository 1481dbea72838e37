"""What a paper is, by its title, else by what it says."""

from __future__ import annotations

from collections import Counter
from typing import Any

from checker.chart.head.words import Describer, lines_with_text
from checker.chart.page.layout import CELL
from checker.words.tokens import Tokens, tokenize

TITLE_LINES = 8  # lines with text in which a title stands
SHORT_LINES = 5  # of them in which short words are title enough
TITLE_WORDS = 14  # a longer line is a sentence, not a title
SHORT = 6  # words of a line that ends with a full stop and may be a title
SAID = 4  # of what a paper says, to know one without a title


def type_of(head: str, describer: Describer) -> tuple[str | None, str]:
    """The type of a paper and the line of its title, empty where it is known without one."""
    titled, title = _titled(head, describer)
    return titled or _untitled(head, describer) or _short(head, describer), title


def _titled(head: str, describer: Describer) -> tuple[str | None, str]:
    """The type of a paper by the first line that bears a title, and this line; below the head none stands. A weak one ("Encounter") gives
    way to another below, but for that of a report, which may be quoted. A payer's letter has its title below an address, and none that
    ends as a sentence does."""
    is_head, weak = True, ("", "")
    for number, line in enumerate(lines_with_text(head)[: max([TITLE_LINES, *describer.letters.values()])]):
        is_head = is_head and number < TITLE_LINES and not _begins_body(line, describer)
        found: list[Any] = [key for cell in CELL.findall(line) for key in _titles(cell, describer)]
        found += _titles(line, describer)
        if not is_head:
            is_sentence = line.rstrip().endswith(".")
            found = [key for key in found if number < describer.letters.get(key[1], 0) and not is_sentence]
        if weak[0]:
            found = [key for key in found if key[0] not in describer.alone and key[1] not in describer.reports]
        if found and min(found)[0] not in describer.alone:
            return str(min(found)[1]), line
        weak = (str(min(found)[1]), line) if found else weak
    return weak[0] or None, weak[1]


def _begins_body(line: str, describer: Describer) -> bool:
    return any(match.first == 0 for match in describer.body.find(tokenize(line)))


def _untitled(head: str, describer: Describer) -> str | None:
    """The type of a paper without a title, by what it says."""
    keys: set[Any] = {match.key for match in describer.says.find(tokenize(head))}
    counts = Counter(kind for kind, _ in keys)
    return next((kind for kind, count in counts.most_common(1) if count >= SAID), None)


def _short(head: str, describer: Describer) -> str | None:
    """The type of a paper by the words of its first lines that are title enough where it has no other."""
    found: list[Any] = []
    for line in lines_with_text(head)[:SHORT_LINES]:
        if _begins_body(line, describer):
            break
        tokens = describer.mender.mend(tokenize(line))
        is_told = line.rstrip().endswith(".") and len(tokens.texts) > SHORT
        matches = [] if is_told else describer.short.find(tokens)
        found += [match.key for match in matches if not _goes_on(line, tokens, match.last)]
    return str(min(found)[1]) if found else None


def _titles(text: str, describer: Describer) -> list[Any]:
    """The titles in a line or a cell of it. A sentence has none; a long line neither, unless it begins with a title that no small word
    follows."""
    tokens = describer.mender.mend(tokenize(text))
    found = describer.types.find(tokens)
    if text.isupper():
        return [match.key for match in found]
    if len(tokens.texts) > TITLE_WORDS:
        found = [match for match in found if match.first == 0 and not _goes_on(text, tokens, match.last)]
    if text.rstrip().endswith(".") and len(tokens.texts) > SHORT:
        return []
    return [match.key for match in found if not _is_told(match, text, tokens, describer)]


def _is_told(match: Any, text: str, tokens: Tokens, describer: Describer) -> bool:
    """Whether the words behind a title make it part of what a note tells."""
    number, kind = match.key
    if number in describer.alone:
        return _goes_on(text, tokens, match.last)
    return kind in describer.reports and _tells(text[tokens.ends[match.last] :])


def _goes_on(text: str, tokens: Tokens, last: int) -> bool:
    return last + 1 < len(tokens.texts) and text[tokens.starts[last + 1]].islower()


def _tells(behind: str) -> bool:
    """Whether behind a title and a colon a result follows: "EMG/NCS: moderate carpal tunnel syndrome", "MRI 8/1/17: Complex tear"."""
    before, _, told = behind.partition(":")
    word = told.split()[0] if told.split() else ""
    return word[:1].islower() or (before[-1:].isdigit() and word[:1].isalpha())
