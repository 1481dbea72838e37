"""Where the papers of a request lie, and what to say of a path that leads to none."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath

from checker.problem import Problem, nearest
from checker.request.model import Request
from checker.yamlfile import YamlFile

MAX_DOCUMENT = 20_000_000
ADDRESS = re.compile(r"[a-z]{2,6}://", re.IGNORECASE)
DRIVE = re.compile(r"[A-Za-z]:[\\/]")
MOST = 2000  # files of the folder that are compared with a name
REQUESTS = (".yaml", ".yml")
BESIDE = "a paper beside the request"


def paths_of(
    file: YamlFile, request: Request, folder: Path, allow_outside: bool
) -> tuple[dict[str, Path], list[Problem]]:
    """The path of every document by its id, and a problem for every one that cannot be read from there."""
    paths: dict[str, Path] = {}
    taken: dict[Path, int] = {}
    problems: list[Problem] = []
    for number, document in enumerate(request.documents):
        if document.path is None:
            fault = ("document", f"document {document.id} without path or text", "a path or a text", "")
            found = fault if document.text is None else None
        elif document.text is not None:
            fix = "Keep one of them; list the other as a paper of its own."
            found = ("document", f"document {document.id} with path and text", "a path or a text", fix)
        else:
            path = folder / document.path
            found = _fault(document.path, path, folder, allow_outside)
            if found is None and path.resolve() == Path(file.name).resolve():
                found = (
                    "document",
                    f"path {document.path}, the request itself",
                    "a paper",
                    "The request proves nothing.",
                )
            if found is None and path.suffix.lower() in REQUESTS:
                fix = "List the papers themselves: PDF, DOCX, RTF or text."
                found = ("document", f"path {document.path}, a request", "a paper", fix)
            if found is None and (same := taken.get(path.resolve())) is not None:
                line = file.place(("documents", same, "path"))[0]
                fix = f"It stands in line {line} already. Split a file that holds several papers."
                found = ("duplicate-path", f"path {document.path} a second time", "each paper once", fix)
            if found is None:
                taken[path.resolve()] = number
                paths[document.id] = path
        if found:
            problems.append(file.fault(("documents", number, "path"), *found))
    return paths, problems


def _fault(name: str, path: Path, folder: Path, allow_outside: bool) -> tuple[str, str, str, str] | None:
    """Code, found, expected and fix of a path that leads to no paper; None where it does."""
    if ADDRESS.match(name):
        fix = f"Nothing is fetched from a network. Save it in the folder of the request and write its name: {Path(name).name}"
        return "document", f"an address, {name}", BESIDE, fix
    if DRIVE.match(name) and not path.is_file():
        fix = f"Put it beside the request and write its name: {PureWindowsPath(name).name}"
        return "document", f"path {name}", BESIDE, fix
    inside = path.resolve().is_relative_to(folder.resolve()) and not Path(name).is_absolute()
    if not inside and not allow_outside:
        fix = "Put the paper beside the request, or run with --allow-outside."
        return "outside", f"path {name}", f"a file inside {folder}", fix
    if path.is_dir():
        papers = sorted(entry.name for entry in path.iterdir() if _is_paper(entry))
        shown = (Path(name) / papers[0]).as_posix() if papers else "pr2.pdf"
        return (
            "document",
            f"path {name}, a folder",
            "one file",
            f"List each paper by an entry of its own: - path: {shown}",
        )
    if not path.is_file():
        return "document", f"no file {name}", BESIDE, _meant(name, folder)
    size = path.stat().st_size
    if size > MAX_DOCUMENT:
        return "too-large", f"{size:,} bytes", f"at most {MAX_DOCUMENT:,} bytes", "Split the paper."
    return None


def _is_paper(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and path.suffix.lower() not in REQUESTS


def _meant(name: str, folder: Path) -> str:
    """The file that a name may mean: with other slashes, other capitals, in a folder below, or misspelt."""
    slashed = name.replace("\\", "/")
    if slashed != name and (folder / slashed).is_file():
        return f"Write / between folders: {slashed}"
    files = [entry for depth in ("*", "*/*") for entry in sorted(folder.glob(depth))[:MOST] if _is_paper(entry)]
    known = [entry.relative_to(folder).as_posix() for entry in files]
    last = slashed.rpartition("/")[2].lower()
    same = [entry for entry in known if entry.lower() == slashed.lower() or entry.lower().rpartition("/")[2] == last]
    if same:
        return f"Did you mean '{same[0]}'?"
    return nearest(name, known) or "Check the name; the file must lie in the folder of the request or below it."
