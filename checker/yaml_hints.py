"""What to say of a text that YAML refuses, in the words of somebody who has never heard of YAML.

A hint is (line, column, found, expected, fix), lines and columns counted from 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

Hint = tuple[int, int, str, str, str]

COLUMNS = "Check that lines which belong together begin in one column, and that quotes and brackets are closed."
QUOTES = "Put the text in quotes if it holds a colon, a # or a quote."
LINE = re.compile(r"^\s*(?:-\s+)*(?P<key>[\w-]+):\s+(?P<words>\S.*)")
KEY = re.compile(r"^\s*[\w-]+:(?:\s|$)")
IN_BRACES = re.compile(r"(?<![\w-])(?P<key>[\w-]+):\s+(?P<words>[^\s\"'{}\[\],][^\"'{}\[\],]*)")
REMARK = re.compile(r"(?<=\s)#")
# What the reader of YAML says → what it means.
MEANING = {
    "did not find expected key": "words that do not fit the line or the lines above",
    "did not find expected '-' indicator": "a line that begins in another column than those above",
    "did not find expected ',' or '}'": "a brace { that is not closed, or words in it that need quotes",
    "did not find expected ',' or ']'": "a bracket [ that is not closed, or words in it that need quotes",
    "did not find expected comment or line break": "words that begin with > or |, which mean something else here",
    "block sequence entries are not allowed in this context": "a dash where words are meant",
    "could not find expected ':'": "a line without a colon",
    "did not find expected node content": "a bracket that is not closed, or words in it that need quotes",
    "found unexpected end of stream": "the end of the file before a quotation mark is closed",
    "mapping values are not allowed in this context": "a second colon in the line",
}
FENCE = "```"  # around what a chat or a web page shows as a file
LONGEST = 200  # characters of a line that a hint writes out
STARTS = "`@%*&!|>[{-"  # words that begin so mean something else to YAML


def hint_of(problem: str, place: tuple[int, int], context: str, begun: tuple[int, int], lines: Sequence[str]) -> Hint:
    """The hint for one complaint: its words and place, and what was being read, with the place where that began."""
    line, column = place
    if "escape character" in problem or "hexdecimal" in problem or "hexadecimal" in problem:
        found = "a backslash between double quotes"
        fix = "Write / in the names of folders, or use single quotes: 'notes/pr2.pdf'."
        return (line, column, found, "text without a backslash", fix)
    if "quoted scalar" in context:
        return (
            *begun,
            "a quotation mark that is not closed",
            "the same mark behind the words",
            _closed(lines, begun[0]),
        )
    if "flow" in context and (lost := _remark_in_braces(lines, begun[0], line)):
        return lost
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if problem.startswith("mapping values") and KEY.match(here) and here.find(":") == column - 1:
        found = "a key further to the right than the line above, which has its words already"
        return (line, column, found, "keys that belong together in one column", COLUMNS)
    if here.lstrip().startswith(FENCE):
        return (line, column, f"a line with {FENCE}", "lines of the request alone", f"Delete the lines with {FENCE}.")
    found = MEANING.get(problem, problem or "text that cannot be read")
    if found.startswith(("a brace", "a bracket")) or "flow" in context:
        return (line, column, found, "valid YAML: brackets closed", _in_braces(here) or COLUMNS)
    if "cannot start any token" in problem or "constructor for the tag" in problem:
        found = f"words that begin with {here[column - 1 : column] or 'a sign'}"
    return (line, column, found, "valid YAML: 'key: words'", quoted(here) or (QUOTES if "colon" in found else COLUMNS))


def quoted(line: str) -> str:
    """The advice to put the words of a line in quotes, where they need them; empty where they do not."""
    found = LINE.match(line) if len(line) <= LONGEST else None
    if not found:
        return ""
    words = found["words"].rstrip()
    mark = words[0] if words[0] in "\"'" else ""
    if mark:
        inner = words[1:].removesuffix(mark)
        if mark not in inner:
            return ""
        words = inner
    elif not _needs_quotes(words):
        return ""
    return f"Put the words in quotes: {found['key']}: {in_quotes(words)}"


def in_quotes(words: str) -> str:
    """Words between quotation marks that do not occur in them."""
    return json.dumps(words, ensure_ascii=False) if '"' not in words else "'" + words.replace("'", "''") + "'"


def _needs_quotes(words: str) -> bool:
    if words[0] in "{[" and words[-1] in "}]":
        return False
    return ": " in words or " #" in words or words[0] in STARTS


def _closed(lines: Sequence[str], line: int) -> str:
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    found = LINE.match(here)
    words = found["words"].rstrip() if found else ""
    mark = words[:1]
    if mark not in ("'", '"') or mark in words[1:] or len(words) > LONGEST:
        return "Close it behind the words, or leave both marks out."
    return f"Close it: {words}{mark}"


def _remark_in_braces(lines: Sequence[str], first: int, last: int) -> Hint | None:
    """A # that makes a remark of the rest of a line in which a brace or bracket is open."""
    for number in range(first, min(last, len(lines)) + 1):
        line = lines[number - 1]
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", lambda match: "x" * len(match[0]), line)
        if sign := REMARK.search(bare):
            found = f"'{line[sign.start() :].split()[0]}' begins a remark, which hides the rest of the line"
            before = [match for match in IN_BRACES.finditer(line) if match.start() < sign.start() < match.end()]
            words = before[-1] if before and len(before[-1][0]) <= LONGEST else None
            fix = f"Put the words in quotes: {words['key']}: {in_quotes(words['words'].strip())}" if words else QUOTES
            return (number, sign.start() + 1, found, "words in quotes", fix)
    return None


def _in_braces(line: str) -> str:
    for found in IN_BRACES.finditer(line) if len(line) <= LONGEST else ():
        if _needs_quotes(found["words"].strip()):
            return f"Put the words in quotes: {found['key']}: {in_quotes(found['words'].strip())}"
    return ""
