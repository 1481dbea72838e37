"""Check again whenever a request, one of its papers or a rule pack changes. Looks at times of change; no service needed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from checker.cli import console
from checker.cli.exit_codes import WRONG_INPUT
from checker.problem import InputError

EVERY = 1.0  # seconds between two looks
Stamps = dict[Path, tuple[int, int] | None]


def watch(
    paths: Sequence[Path], rules: Sequence[Path], check: Callable[[], int], pause: Callable[[float], None] = time.sleep
) -> int:
    """Check, and again at every change, until Ctrl-C. `check` prints a report and returns its exit code; the last one is
    returned."""
    seen: Stamps | None = None
    code = 0
    try:
        while True:
            seen, code = look(seen, code, paths, rules, check)
            pause(EVERY)
    except KeyboardInterrupt:
        click.echo("Stopped watching.", err=True)
    return code


def look(
    seen: Stamps | None, code: int, paths: Sequence[Path], rules: Sequence[Path], check: Callable[[], int]
) -> tuple[Stamps, int]:
    """One round: what is there now, and the exit code of the newest check. Checks only if something changed."""
    now = stamps(watched(paths, rules))
    if now == seen:
        return now, code
    if seen is not None:
        names = ", ".join(sorted({path.name for path in now.keys() | seen.keys() if now.get(path) != seen.get(path)}))
        click.echo(f"\n{datetime.now():%H:%M:%S} changed: {names}\n")
    try:
        code = check()
    except InputError as error:
        console.show_problems(error.problems)
        code = WRONG_INPUT
    click.echo("Watching for changes; Ctrl-C ends.", err=True)
    return now, code


def watched(paths: Sequence[Path], rules: Sequence[Path]) -> set[Path]:
    """The requests, the papers they name, and the files of the rule packs."""
    try:
        requests = console.requests_in(paths)
    except InputError:
        requests = [path for path in paths if not path.is_dir()]
    files = {file for request in requests for file in (request, *_papers(request))}
    return files | set(_rule_files(rules))


def _papers(request: Path) -> Iterator[Path]:
    """Papers that a request names. One that cannot be read now names none; it is looked at again when it changes."""
    from checker.yamlfile import read_yaml

    try:
        data = read_yaml(request).data
    except InputError:
        return
    documents = data.get("documents") if isinstance(data, dict) else None
    for document in documents if isinstance(documents, list) else ():
        if isinstance(document, dict) and isinstance(document.get("path"), str):
            yield request.parent / document["path"]


def _rule_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, _, names in os.walk(folder):
            yield from (Path(parent, name) for name in names if name.endswith(".yaml"))


def stamps(files: Iterable[Path]) -> Stamps:
    """Time of change and size of every file; None for one that is not there."""
    found: Stamps = {}
    for file in files:
        try:
            status = file.stat()
            found[file] = (status.st_mtime_ns, status.st_size)
        except OSError:
            found[file] = None
    return found
