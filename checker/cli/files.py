"""Files that the command line writes: whole or not at all, and sound."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import checker

SCHEMA = Path(checker.__file__).parent / "request" / "request.schema.json"


def schema_line() -> str:
    """The comment by which editors find the schema of requests, and offer its keys."""
    return f"# yaml-language-server: $schema={SCHEMA.as_posix()}\n"


def write_whole(path: Path, text: str, sound: Callable[[Path], None] | None = None) -> None:
    """Write a file so that at every moment the old or the new text is there in full. `sound` looks at the new text,
    in a file beside it, before it takes the place of the old; if it raises, the old text stays."""
    path = path.resolve()
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        if sound:
            sound(beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
