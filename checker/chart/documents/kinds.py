"""What a file is that cannot be read as a paper, and what to do with it: told by its first bytes, by what an archive holds, or by
its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from checker.problem import InputError, Problem

Kind = tuple[str, str]  # what was found, and what to do
PRINT = "Open it and print it to PDF, or save it as DOCX; list that."
PICTURE = "Save it as PDF, PNG or JPG."
PLAIN = "Save the paper as text, PDF with text, DOCX or RTF."
OTHER: Kind = ("a file that is not text", PLAIN)
ARCHIVE: Kind = (
    "an archive of files (ZIP)",
    "Unpack it in the folder of the request and list each paper by an entry of its own.",
)
# How a file begins.
BEGINS: Sequence[tuple[bytes, Kind]] = (
    (
        b"L\x00\x00\x00\x01\x14\x02\x00",
        ("a shortcut of Windows, not the paper", "Copy the paper itself beside the request."),
    ),
    (b"GIF8", ("a picture (GIF)", PICTURE)),
    (b"BM", ("a picture (BMP)", PICTURE)),
    (b"RIFF", ("a picture or a sound", PICTURE)),
    (b"Rar!", ("an archive of files (RAR)", ARCHIVE[1])),
    (b"7z\xbc\xaf", ("an archive of files (7z)", ARCHIVE[1])),
    (b"\x1f\x8b", ("a packed file (GZ)", "Unpack it in the folder of the request and list what it holds.")),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # Word, Excel and Outlook before 2007, by the end of their names
OLD: Sequence[tuple[str, Kind]] = (
    (
        ".msg",
        (
            "an e-mail of Outlook",
            "Save its attachments beside the request and list them; the e-mail itself: save it as text.",
        ),
    ),
    (".xls", ("a sheet of Excel", PRINT)),
    ("", ("a file of Word before 2007 (.doc)", "Open it in Word, save it as DOCX or PDF, and list that.")),
)
# What an archive holds that is no Word document, by the beginning of a name in it.
HOLDS: Sequence[tuple[str, Kind]] = (
    ("xl/", ("a sheet of Excel", PRINT)),
    ("ppt/", ("slides of PowerPoint", PRINT)),
    ("Index/", ("a file of Pages or Numbers", PRINT)),
    ("content.xml", ("a file of OpenOffice", PRINT)),
)
LOCK = "~$"  # how Word calls the file that it keeps beside an open one: "~$te.docx" for "note.docx"
PHOTO = b"ftyp"  # at the fifth byte of HEIC and of films
MAIL = re.compile(
    r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-transfer-encoding|return-path):", re.IGNORECASE
)


def not_a_paper(path: Path, raw: bytes) -> InputError:
    """The error for a file that is not text and of no kind that is read."""
    found, fix = _kind(path, raw)
    return _error(path, found, fix)


def refuse_archive(path: Path) -> None:
    """Raises InputError for an archive that is no Word document; one that is damaged is left to the reader of those."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return
    if any(name.startswith("word/") for name in names):
        return
    raise _error(path, *next((kind for begin, kind in HOLDS if any(name.startswith(begin) for name in names)), ARCHIVE))


def refuse_mail(path: Path, text: str) -> None:
    """Raises InputError for an e-mail as programs keep it, whose text may be coded."""
    if MAIL.match(text[:4096]):
        fix = "Open it and print it to PDF, or copy its words into a text file; list that, and its attachments."
        raise _error(path, "an e-mail as a mail program keeps it", fix)


def _kind(path: Path, raw: bytes) -> Kind:
    if path.name.startswith(LOCK):
        end = path.name.removeprefix(LOCK)
        beside = (entry.name for entry in sorted(path.parent.iterdir()) if entry.name.endswith(end))
        meant = next((name for name in beside if name != path.name), f"its name ends with {end}")
        return "a lock file, which Word keeps beside an open paper", f"Close Word and list the paper: {meant}"
    if raw.startswith(OLD_OFFICE):
        return next(kind for end, kind in OLD if path.suffix.lower().startswith(end))
    if raw[4:8] == PHOTO:
        return "a photo of a telephone (HEIC) or a film", PICTURE
    if known := next((kind for begin, kind in BEGINS if raw.startswith(begin)), None):
        return known
    if raw.count(b"\x00") > len(raw) // 4 and not raw.strip(b"\x00 \t\r\n").count(b"\x00\x00"):
        return "text in UTF-16 without its mark", "Save it as UTF-8; in Notepad: File, Save As, Encoding UTF-8."
    return OTHER


def _error(path: Path, found: str, fix: str) -> InputError:
    return InputError([Problem(str(path), 0, 0, "unreadable", found, "a readable paper", fix)])
