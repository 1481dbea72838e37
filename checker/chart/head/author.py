"""By whom a paper is."""

from __future__ import annotations

from collections.abc import Sequence

from checker.chart.head.words import NEVER, Describer, lines_with_text
from checker.chart.page.layout import CELL
from checker.words.tokens import tokenize

NAME_WORDS = 5
ADDRESSED = 7  # lines from a name to "Dear", where it is the reader's


def author_of(text: str, describer: Describer) -> str | None:
    """A name behind words such as "signed by", the surest first, or one with credentials alone on its line, which is not the reader's."""
    found: list[tuple[int, int, str]] = []
    lines = lines_with_text(text)
    for number, line in enumerate(lines):
        tokens = tokenize(line)
        cues = describer.authors.find(tokens)
        for cue in cues:
            rank = int(cue.key)  # type: ignore[call-overload]
            if rank == NEVER or any(o.key == NEVER and o.first <= cue.last and cue.first <= o.last + 1 for o in cues):
                continue
            behind = line[tokens.ends[cue.last] :]
            if behind.startswith(","):
                continue  # "her surgeon, Dr. Lee, wrote that"
            name = _name(behind, describer, needs_credential=rank == describer.last_rank)
            if name and not describer.types.find(tokenize(name)):
                found.append((rank, number, name))
    if found:
        return min(found)[2]
    names = [
        (_is_reader(lines, n, describer), n, name)
        for n, line in enumerate(lines)
        for cell in CELL.findall(line)
        if not _names_others(line, describer)
        if (name := _name(cell, describer))
    ]
    return min(names)[2] if names else None


def _names_others(line: str, describer: Describer) -> bool:
    """Whether a line names somebody who is not the author: "Referring: Alan Lee, MD"."""
    return any(cue.key == NEVER for cue in describer.authors.find(tokenize(line)))


def _is_reader(lines: Sequence[str], number: int, describer: Describer) -> bool:
    """Whether a name stands in the address of a letter: shortly before "Dear"."""
    return any(
        line.strip().lower().startswith(describer.salutations) for line in lines[number + 1 : number + ADDRESSED]
    )


def _name(words: str, describer: Describer, *, needs_credential: bool = True) -> str | None:
    """A name at the start of `words`: capitalised words up to credentials or to something else."""
    told = words.strip(" :\t-_").split()
    while told and told[0].strip("().;:,").lower() in describer.name_titles:
        del told[0]
    surname_first = bool(told) and told[0].endswith(",")
    parts = " ".join(told).replace(",", " ").split()
    name: list[str] = []
    for part in parts[: NAME_WORDS + 2]:
        plain = part.strip("().;:").lower()
        if plain in describer.credentials or part.strip("();:,").lower() in describer.credentials:
            name = [*name[1:], *name[:1]] if surname_first else name
            return " ".join(name) + ", " + part.strip("();:,") if len(name) >= 2 else None
        is_word = part[0].isupper() and part.replace(".", "").replace("'", "").replace("-", "").isalpha()
        if not is_word or plain in describer.never_names:
            break
        name.append(part)
    is_name = 2 <= len(name) <= NAME_WORDS - 1 and not needs_credential
    return " ".join(name) if is_name else None
