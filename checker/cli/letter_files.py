"""Files and folders of published IMR letters → letters. One letter that cannot be read does not end a long run; it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from checker.chart.documents import read_document
from checker.cli import progress
from checker.outlook.letters import Letter, letter_of, parse_letter
from checker.problem import InputError, Problem

PAPERS = (".pdf", ".txt", ".docx", ".rtf")
MAX_JSON = 200_000_000
MAX_PAPER = 20_000_000
FIX = "Give letters as the DWC publishes them (PDF or text), a folder of them, or a JSON list of letters."


def read_letters(paths: Sequence[Path]) -> tuple[list[Letter], dict[str, str]]:
    """All letters, and why some could not be read, by their file or case. Raises InputError where none could."""
    letters: dict[str, Letter] = {}
    unread: dict[str, str] = {}
    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    for file in progress.over(files, "Reading letters"):
        for name, found in _letters(file):
            if isinstance(found, str):
                unread[name] = found
            elif found.case in letters:
                unread[name] = f"case {found.case} a second time"
            else:
                letters[found.case] = found
    if not letters:
        raise InputError([_problem(name, why) for name, why in unread.items()])
    return list(letters.values()), unread


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = [file for file in sorted(path.iterdir()) if file.suffix.lower() in PAPERS and file.is_file()]
    if not inside:
        expected = f"letters directly in it ({', '.join(PAPERS)})"
        raise InputError([Problem(str(path), 0, 0, "letters", "the folder holds no letter", expected, FIX)])
    return inside


def _letters(file: Path) -> Iterator[tuple[str, Letter | str]]:
    """The letters of one file, each with its name, or why it could not be read."""
    if file.suffix.lower() == ".json":
        yield from _of_json(file)
        return
    try:
        if file.stat().st_size > MAX_PAPER:
            raise ValueError(f"larger than {MAX_PAPER:,} bytes")
        paper = read_document(file)
        last = max((page.number for page in paper.pages), default=0)
        blank = [number for number in paper.unread if number < last or not last]
        if blank:  # letters often end with an empty page; one before the end is a picture
            raise ValueError(f"page {blank[0]} holds no text")
        yield str(file), parse_letter([page.text for page in paper.pages], file.stem)
    except InputError as error:
        yield str(file), error.problems[0].found
    except (ValueError, OSError) as error:
        yield str(file), str(error)


def _of_json(file: Path) -> Iterator[tuple[str, Letter | str]]:
    for number, entry in enumerate(_json(file), 1):
        name = f"{file}, letter {number}"
        try:
            yield name, letter_of(entry)
        except ValueError as error:
            yield name, str(error)


def _json(file: Path) -> list[dict[str, Any]]:
    """The entries of a JSON list. Raises InputError with the place of a fault."""
    try:
        if file.stat().st_size > MAX_JSON:
            raise InputError([_problem(str(file), f"larger than {MAX_JSON:,} bytes")])
        data = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        fault = Problem(str(file), error.lineno, error.colno, "json", error.msg, "sound JSON", "See the line named.")
        raise InputError([fault]) from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise InputError([_problem(str(file), f"not readable: {type(error).__name__}")]) from None
    if not isinstance(data, list) or not data or not all(isinstance(entry, dict) for entry in data):
        raise InputError([_problem(str(file), "JSON that is no list of letters")])
    return data


def _problem(place: str, found: str) -> Problem:
    return Problem(place, 0, 0, "letter", found, "a published IMR letter", FIX)
