"""The checked rulebook as one file of named parts in JSON: YAML is some hundred times slower to read.

The first line says which rule files it was made of, the second names the parts, the third has their lengths; then come the parts:
guidelines and vocabularies, each rule, and what the reader of charts works out of the vocabularies. But for the first they are
cut out and parsed when somebody asks; a run asks for a tenth of the file.
JSON holds no code, so a cache that somebody tampered with can be wrong but cannot run anything. A stale or broken cache is
rebuilt; where none can be written the program does without.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from checker.rulebook.build import build_rulebook
from checker.rulebook.model import Rulebook

FORMAT = 11
KEPT = 12  # compiled rulebooks that stay; each has a few megabytes
COMMON = "common"  # the part that every run needs
BETWEEN = b"\x1f"  # the names of two parts


class Parts(Mapping[str, bytes]):
    """Named parts of a file, each cut out of it when somebody asks."""

    def __init__(self, data: mmap.mmap, places: Mapping[str, tuple[int, int]]) -> None:
        """`places`: by name the first byte of a part and the byte behind it."""
        self._data = data
        self._places = places

    def __getitem__(self, name: str) -> bytes:
        start, end = self._places[name]
        return self._data[start:end]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def open_rulebook(folders: Sequence[Path], index: Callable[[Rulebook], Mapping[str, str]] = lambda _: {}) -> Rulebook:
    """The rulebook of the folders (first the packaged rules, then packs), from the cache where it is current. `index` works out of
    a new one what is to be kept with it."""
    made_of = stamp(folders)
    pack = _read(cache_file(folders), made_of)
    if pack is not None:
        return build_rulebook(pack)
    from checker.rulebook.load import load_pack

    pack = load_pack(folders)
    pack["index"] = index(build_rulebook(pack))
    _write(cache_file(folders), made_of, pack)
    return build_rulebook(pack)


def stamp(folders: Sequence[Path]) -> bytes:
    """Every rule file's name, size and time of change, and the program's own format, in one line."""
    from checker import __version__

    files: list[str] = []
    for number, top in enumerate(folders):
        waiting = [str(top)]
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if not entry.name.endswith(".yaml"):
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
                    elif not entry.name.endswith(".test.yaml"):
                        status = entry.stat()
                        files.append(f"{number} {entry.path} {status.st_size} {status.st_mtime_ns}")
    return json.dumps([FORMAT, __version__, *sorted(files)]).encode()


def cache_file(folders: Sequence[Path]) -> Path:
    """Where the compiled rulebook of these folders is kept: the user's cache folder, never the request's."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    names = "\n".join(str(folder.resolve()) for folder in folders)
    # Two sets of folders with one number only take the place of each other: the stamp holds the names.
    return Path(base) / "imr-check" / f"rules-{zlib.crc32(names.encode()):08x}.json"


def _read(path: Path, made_of: bytes) -> dict[str, Any] | None:
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if data.readline() != made_of + b"\n":
            return None
        names = data.readline()[:-1].decode().split(BETWEEN.decode())
        ends = [*accumulate(json.loads(data.readline()), initial=data.tell())]
        if ends[-1] != len(data):  # the file is cut short
            return None
        places = dict(zip(names, pairwise(ends), strict=True))
        parts = Parts(data, places)
        pack = json.loads(parts[COMMON])
        return {**pack, "index": parts, "rules": Parts(data, {name: places[name] for name in pack["rules"]})}
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(path: Path, made_of: bytes, pack: dict[str, Any]) -> None:
    import tempfile

    common = json.dumps({**pack, "index": {}, "rules": list(pack["rules"])})
    parts = {name: text.encode() for name, text in ({COMMON: common} | pack["rules"] | pack["index"]).items()}
    lengths = json.dumps([len(part) for part in parts.values()]).encode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(b"\n".join([made_of, BETWEEN.join(part.encode() for part in parts), lengths, b""]))
            file.writelines(parts.values())
        os.replace(name, path)
        _forget_old(path)
    except OSError:
        return


def _forget_old(newest: Path) -> None:
    """Remove all but the newest files: the others are of folders that are gone, or compiled again in a few seconds."""
    compiled = sorted(newest.parent.glob("rules-*.json"), key=lambda path: path.stat().st_mtime)
    for old in compiled[:-KEPT]:
        old.unlink()
