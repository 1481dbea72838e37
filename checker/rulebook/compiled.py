"""The checked rulebook as one JSON file: YAML is some hundred times slower to read.

JSON holds no code, so a cache that somebody tampered with can be wrong but cannot run anything. A stale or broken cache
is rebuilt; where none can be written the program does without.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checker.rulebook.build import build_rulebook
from checker.rulebook.model import Rulebook

FORMAT = 3


def open_rulebook(folders: Sequence[Path]) -> Rulebook:
    """The rulebook of the folders (first the packaged rules, then packs), from the cache where it is current."""
    stamp = fingerprint(folders)
    pack = _read(cache_file(folders), stamp)
    if pack is not None:
        return build_rulebook(pack)
    from checker.rulebook.load import load_pack

    pack = load_pack(folders)
    _write(cache_file(folders), stamp, pack)
    return build_rulebook(pack)


def fingerprint(folders: Sequence[Path]) -> str:
    """A digest of every rule file's name, size and time of change, and of the program's own format."""
    from checker import __version__

    digest = hashlib.sha256(f"{FORMAT} {__version__}".encode())
    for folder in folders:
        for parent, names, files in os.walk(folder):
            names.sort()
            for name in sorted(files):
                if name.endswith(".yaml") and not name.endswith(".test.yaml"):
                    status = os.stat(os.path.join(parent, name))
                    digest.update(f"{parent}/{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def cache_file(folders: Sequence[Path]) -> Path:
    """Where the compiled rulebook of these folders is kept: the user's cache folder, never the request's."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    names = "\n".join(str(folder.resolve()) for folder in folders)
    return Path(base) / "imr-check" / f"rules-{hashlib.sha256(names.encode()).hexdigest()[:16]}.json"


def _read(path: Path, stamp: str) -> dict[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8")
        first, _, rest = text.partition("\n")
        if first != stamp:
            return None
        pack = json.loads(rest)
    except (OSError, ValueError):
        return None
    return pack if isinstance(pack, dict) else None


def _write(path: Path, stamp: str, pack: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{stamp}\n")
            json.dump(pack, file)
        os.replace(name, path)
    except OSError:
        return
