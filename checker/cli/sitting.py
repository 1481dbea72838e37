"""One sitting of an interview: what it knows, and how an answer gets into the request file at once and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from checker import api
from checker.cli import dialog as d
from checker.cli.files import schema_line, write_whole
from checker.interview import edit, steps
from checker.interview.edit import Edit
from checker.problem import InputError
from checker.request.model import Request
from checker.rulebook.model import Rulebook


@dataclass
class Interview:
    """An interview in progress. What it knows stands in the file; the rest is for this sitting only."""

    path: Path
    rulebook: Rulebook
    as_of: date | None = None
    allow_outside: bool = False
    text: str = ""
    opened: api.Opened | None = None
    kept: api.Kept = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    history: list[tuple[str, set[str]]] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    uncounted: dict[str, str] = field(default_factory=dict)  # what a yes could not state, by the key of its question

    @property
    def day(self) -> date:
        """The day whose guidelines govern."""
        if self.as_of or not self.opened:
            return self.as_of or date.today()
        return api.deciding_date(self.opened.request)

    @property
    def request(self) -> Request:
        """The request as it stands in the file; without items at the very beginning."""
        return self.opened.request if self.opened else Request(())


def begin(path: Path, rules: tuple[Path, ...], as_of: date | None, allow_outside: bool) -> Interview:
    """An interview on a new file, or on one that exists. Raises InputError where that one cannot be read."""
    own = Interview(path.resolve(), api.open_rulebook(rules), as_of, allow_outside)
    if own.path.exists():
        own.text = own.path.read_text(encoding="utf-8-sig")
        own.opened = reopen(own, own.path)
    return own


# --- keeping answers -------------------------------------------------------------------------------------------------


def keep(own: Interview, key: str, answer: str, edits: list[Edit] | None = None) -> bool:
    """Put an answer into the file at once. False, with the reason said and the file as it was, where it does not fit."""
    own.history.append((own.text, set(own.skipped)))
    try:
        _sync(own)
        text = edit.apply(own.text or schema_line() + steps.HEADER, edits or [])
        _save(own, edit.note(text, key, answer) if key else text)
    except InputError as error:
        own.history.pop()
        d.told(error)
        return False
    return True


def keep_begun(own: Interview, key: str, details: list[object]) -> None:
    """Put a yes and the details known so far into the file, so that nothing is lost if the sitting ends here."""
    _sync(own)
    _save(own, edit.note_begun(own.text, key, details))


def _sync(own: Interview) -> None:
    """Take up what was changed in the file by hand since it was last read."""
    if own.path.exists() and (text := own.path.read_text(encoding="utf-8-sig")) != own.text:
        own.opened = reopen(own, own.path)
        own.text = text


def _save(own: Interview, text: str) -> None:
    def sound(path: Path) -> None:
        own.opened = reopen(own, path)

    before = own.opened
    try:
        write_whole(own.path, text, sound)
    except InputError:
        own.opened = before
        raise
    own.text = text


def reopen(own: Interview, path: Path) -> api.Opened:
    return api.open_request(path, own.rulebook, allow_outside=own.allow_outside, kept=own.kept)


def opened(own: Interview) -> api.Opened:
    assert own.opened is not None, "questions are asked only about a request"
    return own.opened


def put_back(own: Interview, text: str) -> None:
    """Make the file what it was; a file that held nothing goes."""
    if edit.split_log(text)[0].strip():
        _save(own, text)
    else:
        own.path.unlink(missing_ok=True)
        own.text, own.opened = text, None


def back(own: Interview) -> None:
    """Take the last answer of this sitting back."""
    if not own.history:
        d.say("There is no answer of this sitting to take back. An older one can be changed in the file.")
        return
    text, own.skipped = own.history.pop()
    put_back(own, text)
    own.heading = []
    d.say("The last answer is taken back.")
