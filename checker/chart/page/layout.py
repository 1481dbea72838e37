"""Lines and sentences of a page. Wrapped lines are joined, also with blank lines between; the text itself stays as it is."""

from __future__ import annotations

import itertools
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from checker.record import record
from checker.words.numbers import number_of
from checker.words.tokens import Tokens

LONGEST = 150  # tokens of a sentence; keeps the work on text without full stops linear
NARROW = 60  # characters; narrower text is a list, its lines are not wrapped
HALF = 0.55  # of the width; a line that small letters go on from is at least this full
FULL = 0.75  # a line this full of the page's width runs on in the next one
BULLETS = frozenset("•*-–—·▪●○■□")
ENDINGS = frozenset(".:?!")
CLOSING = frozenset(')]"\u201d')  # may stand behind the full stop of a sentence
LIST_NUMBER = 40
DIGITS = 2  # of the number of an entry
ROW = 3  # entries that make a list whose numbers have no mark
WRAPPED = 4  # lines from one of its entries to the next
HEADLINE = 4  # words of a heading without a colon that is not all in capitals
JOINS = frozenset({"and", "of", "&", "/", "for"})  # in such a heading
LEADING = frozenset({"for", "of", "and", "or", "to", "with", "in", "at", "on", "by", "from"})  # begin no row of a table
LONGEST_WORD = 20  # characters of a word that may begin a sentence
TITLE = 40  # characters of a heading without a colon
CELL = re.compile(r"[^\s|]+(?: [^\s|]+)*")  # words with no more than one blank between them
INDENT = 80  # blanks before a line, at most
# Two columns in one line, "Quality: aching      Timing: constant", entries parted by bars, several of a list, "a. MRI  b. therapy", or
# several tests with their signs, "SLR (-) B   Kemp's (+) R".
_COLUMN = re.compile(
    r"(?<=\S) {3,}(?=[A-Z][\w/ .-]{0,28}:)|(?<=\S) \| (?=\S)|(?<=\S) {2,}(?=(?:[-*\u2022]|[a-h][.)]|\d{1,2}[.)]) [A-Za-z])"
    r"|(?<=[)A-Z]) {2,}(?=[A-Z][A-Za-z'\u2019 -]{2,40}\([-+]\))"
)
_APART = re.compile(r"\S(?: {3}|\t)")  # a line of several columns
_CODED = re.compile(r"[\[(][A-Z]?\d{2,3}(?:\.\w{1,4})?[\])]\Z")  # a diagnosis that ends with its code


class Sentence(NamedTuple):
    """First and last token. `opens`: it begins a line of its own (no wrapped one); `line_ends`: it also fills it."""

    first: int
    last: int
    opens: bool
    line_ends: bool


@record
class SentenceWords:
    """Words that steer the splitting (rules/assertion/sentences.yaml)."""

    abbreviations: frozenset[str] = frozenset()
    # begin a sentence behind a short form, though with a small letter
    openings: frozenset[str] = frozenset()
    # behind a plus they tell where the test before the full stop is positive
    placing: frozenset[str] = frozenset()
    # behind a result of both sides a capital begins a sentence
    signed: frozenset[str] = frozenset()


def line_breaks(text: str) -> list[int]:
    """Offsets at which a line begins that is not the continuation of the line before."""
    lines = _lines(text)
    rows = _rows(lines) if "|" in text else []
    columns = [match.end() for match in _COLUMN.finditer(text) if not _is_within(rows, match.start())]
    if len(lines) < 2:
        return columns
    lengths = sorted(len(line) for _, line in lines)
    width = lengths[int(len(lengths) * 0.9)]
    apart = [is_apart(text, start + len(words), then) for (start, words), (then, _) in itertools.pairwise(lines)]
    is_spaced = sum(apart) > len(apart) / 2
    breaks = []
    series = _series(lines)
    for ((_, before), (start, line)), is_paragraph in zip(itertools.pairwise(lines), apart, strict=True):
        is_new = is_paragraph and not is_spaced and (before[-1] in ENDINGS or _is_title(line))
        if is_new or start in series or not _runs_on(before, line, width):
            breaks.append(start)
    return sorted({*breaks, *columns})


def rows_of(text: str, begins: Sequence[int]) -> frozenset[int]:
    """Those of the offsets at which a line begins, and not only a column of it."""
    return frozenset(begin for begin in begins if text[max(begin - INDENT, 0) : begin].rstrip(" \t")[-1:] in ("", "\n"))


def is_apart(text: str, end: int, start: int) -> bool:
    """Whether a blank line stands between what ends and what starts at two offsets."""
    return "\n\n" in text[end:start].replace(" ", "").replace("\t", "")


def _lines(text: str) -> list[tuple[int, str]]:
    """Offset and words of every line that is not blank."""
    lines = []
    start = 0
    for line in text.replace("\f", "\n").split("\n"):
        words = line.strip()
        if words:
            lines.append((start + len(line) - len(line.lstrip()), words))
        start += len(line) + 1
    return lines


def _rows(lines: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """Where the rows of tables with bars stand: lines between bars, and neighbouring lines with as many bars; no entries such as
    "Quality: aching". Each row is one sentence."""
    rows = {(start, start + len(line)) for start, line in lines if line[0] == line[-1] == "|" and ":" not in line}
    for (start, line), (begin, below) in itertools.pairwise(lines):
        if line.count("|") == below.count("|") > 0 and ":" not in line + below:
            rows |= {(start, start + len(line)), (begin, begin + len(below))}
    return sorted(rows)


def _is_within(rows: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether an offset lies in one of the rows, which are in order and apart."""
    place = bisect_right(rows, (offset, sys.maxsize)) - 1
    return place >= 0 and offset < rows[place][1]


def _runs_on(before: str, line: str, width: int) -> bool:
    """Whether `line` continues the sentence of the line before it."""
    if line[0] in BULLETS or _is_numbered(line) or _is_heading(line):
        return False
    if "|" in line or _APART.search(before) or _APART.search(line):
        # A row of a table is a sentence of its own; "Negative / for back pain" is wrapped.
        return (
            line.split(None, 1)[0] in LEADING and before[-1].isalpha() and len(before) >= FULL * width >= NARROW * FULL
        )
    if before[-1] in ")]" and _CODED.search(before):
        return False
    if before[-1] == "-":
        return before[:-1].rstrip()[-1:] not in (":", "=", "?")  # "Anxiety: -" is an answer and ends its line
    if before[-1] in ",&/(":
        return True
    if before[-1] in ENDINGS:
        return width >= NARROW and len(before) >= FULL * width and not (_is_title(line) or _is_headline(line))
    if line[0].islower():
        return len(before) >= HALF * width
    return width >= NARROW and len(before) >= FULL * width


def _series(lines: Sequence[tuple[int, str]]) -> set[int]:
    """Where the lines begin that are numbered without a mark: at least three of a row, "1 MRI", "2 brace", "3 therapy"."""
    found: set[int] = set()
    row: list[int] = []
    last = 0
    for place, (start, line) in enumerate(lines):
        number, _, rest = line.partition(" ")
        if not (number.isdecimal() and len(number) <= DIGITS and rest.lstrip()[:1].isalpha()):
            continue
        if int(number) != len(row) + 1 or place - last > WRAPPED:
            row = []
        if int(number) == len(row) + 1:
            row.append(start)
            last = place
            found.update(row if len(row) >= ROW else ())
    return found


def _is_numbered(line: str) -> bool:
    line = line.removeprefix("(")
    digits = 0
    while digits < min(3, len(line)) and line[digits].isdigit():
        digits += 1
    return 0 < digits < len(line) - 1 and line[digits] in ".)" and line[digits + 1] in " \t"


def _is_title(line: str) -> bool:
    """A short line in capitals that does not end a sentence: "PLAN / RFA"."""
    return len(line) <= TITLE and line.isupper() and line[-1] not in ".,;)"


def _is_headline(line: str) -> bool:
    """A few words with capitals alone on their line: "Assessment/Plan", "Physical Examination", "Assessment and Plan"."""
    words = line.split()
    return len(words) <= HEADLINE and line[-1].isalpha() and all(word[0].isupper() or word in JOINS for word in words)


def _is_heading(line: str) -> bool:
    """A few words before a colon, the first of them with a capital."""
    colon = line.find(":", 0, 45)
    return colon > 0 and line[0].isupper() and line.count(" ", 0, colon) < 5


# A box that is not ticked, with the words that stand behind it, up to the next box or the end of the line.
_UNTICKED = re.compile(
    r"(?:\[[ _]?\]|\( \)|[\u2610\u25a1])(?:(?!\([ xX]\))[^\[\n\u2610-\u2612\u25a1\u25a0\u2713\u2714]){0,120}"
)
# A field that nobody has filled in: "Numbness: ____".
_LEFT_BLANK = re.compile(
    r"[^\n:;,.|_?]{1,60}[:?][ \t]{0,20}_{3,}(?=[ \t]{0,20}(?:\n|\Z|[;,.|)]|[^\n:;,.|_?]{1,60}[:?]))"
)
_SIGN_IN_BOX = re.compile(r"\[([-+])\]")
# Boxes with a sign, each before what it is of: "[-] nausea [+] heartburn".
_BOX_BEFORE = re.compile(r"\[[-+]\](?=[ \t]{0,2}[A-Za-z])")
# A line that names a thing and then has nothing but boxes of an answer that are not ticked: "Spasm: [ ] yes [ ] no", "Spasm [ ]".
_UNANSWERED = re.compile(
    r"^[^\n:;,.|_?\[\]()]{1,60}[:?]?[ \t]{0,20}"
    r"(?:(?:\[[ _]?\]|\( \)|_{2,}|[\u2610\u25a1])[ \t]{0,20}"
    r"(?:(?:yes|no|y|n|present|absent|positive|negative|pos|neg|normal|abnormal|none|mild|moderate|severe|marked|left|right)\b[ \t,/]{0,20})?){1,4}$",
    re.IGNORECASE | re.MULTILINE,
)
# The ticked box of an answer: "(X) NO", "[x] yes".
_ANSWER_TICKED = re.compile(
    r"(?P<mark>[:?=]?)(?P<blanks>[ \t]{0,20})[\[(](?:x|\u2713|\u2714)[\])](?=[ \t]*(?:yes|no|y|n)\b)", re.IGNORECASE
)
# That of a result behind its mark: "Spasm: [x] absent".
_RESULT_TICKED = re.compile(
    r"(?P<mark>[:?=])(?P<blanks>[ \t]{0,40})[\[(](?:x|\u2713|\u2714)[\])]"
    r"(?=[ \t]*(?:present|absent|positive|negative|pos|neg|none|denied|denies)\b)",
    re.IGNORECASE,
)


def without_unticked(text: str) -> str:
    """The text with options that are not ticked and fields left blank taken out, with a colon for the box of a ticked yes or no, and with signs in round
    brackets instead of boxes; every offset stays."""
    told = _UNANSWERED.sub(_blanked, text)
    told = _UNTICKED.sub(_blanked, told)
    told = _LEFT_BLANK.sub(_blanked, told) if "___" in told else told
    told = _RESULT_TICKED.sub(_answered, _ANSWER_TICKED.sub(_answered, told))
    return "\n".join(map(_signed, told.split("\n"))) if _SIGN_IN_BOX.search(told) else told


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _signed(line: str) -> str:
    """A line with "no" for a minus in a box where every box stands before its words, with round brackets for the boxes of results:
    "Spurling [-]   Hoffmann [+]"."""
    signs = _SIGN_IN_BOX.findall(line)
    if "-" in signs and len(_BOX_BEFORE.findall(line)) == len(signs):
        return _SIGN_IN_BOX.sub(lambda match: ";no" if match[1] == "-" else ";  ", line)
    return _SIGN_IN_BOX.sub(r"(\1)", line)


def _answered(match: re.Match[str]) -> str:
    """What stands for the box: nothing behind a mark that leads to the answer, else a colon."""
    if match["mark"]:
        return match["mark"] + " " * (len(match[0]) - 1)
    return match["blanks"] + ":" + " " * (len(match[0]) - len(match["blanks"]) - 1)


def split_sentences(text: str, tokens: Tokens, words: SentenceWords, begins: Sequence[int]) -> list[Sentence]:
    """All sentences of a page, in order. Every token belongs to one. `begins`: the offsets of `line_breaks`."""
    texts, starts, ends = tokens
    if not texts:
        return []
    breaks = {bisect_left(starts, offset) for offset in begins}
    stops = {
        place + 1 + _closing(starts, ends, place, texts)
        for place, token in enumerate(texts)
        if token in ".?!" and _ends_sentence(text, texts, starts, ends, place, words)
    }
    found: list[Sentence] = []
    first = 0
    for after in sorted((stops | breaks | {len(texts)}) - {0}):
        for begin in range(first, after, LONGEST):
            end = min(begin + LONGEST, after)
            opens = begin == 0 or begin in breaks
            found.append(Sentence(begin, end - 1, opens, end in breaks or end == len(texts)))
        first = after
    return found


def _ends_sentence(
    text: str, texts: Sequence[str], starts: Sequence[int], ends: Sequence[int], place: int, words: SentenceWords
) -> bool:
    """Whether the mark at `place` ends a sentence: not in "Dr. Smith", "p.r.n.", "1. Cervical strain", "3.5"."""
    if texts[place] == "?" and (place == 0 or ends[place - 1] < starts[place]):
        return False  # "? meniscal tear" asks of what follows
    if texts[place] != "." or place + 1 >= len(texts) or starts[place] == ends[place]:
        return True
    if texts[place + 1] == "+" and (place + 2 == len(texts) or texts[place + 2] in words.placing):
        return False  # "Finkel. + on the right", but "no weakness. + constipation"
    after = text[ends[place]]
    if after in CLOSING:  # 'He says "no better." He limps'; "(see the note.) He limps"
        return text[ends[place] + 1 : ends[place] + INDENT].lstrip()[:1].isupper()
    before = texts[place - 1] if place else ""
    touching = place > 0 and ends[place - 1] == starts[place]
    if not after.isspace():
        return touching and after.isupper() and len(before) > 2 and before.isalpha()
    if not touching:
        return True
    if before in words.abbreviations:
        # "of the S. He" ends, "vs. radiculopathy" does not; a short form at the end of a sentence is followed by a capital.
        following = text[starts[place + 1]]
        if before == "b" and following.isupper() and place > 1 and texts[place - 2] in words.signed:
            return True  # "SLR neg B. Kemp's + R."
        if len(before) > 1 and before not in _LEADING and _word_at(text, starts[place + 1]) in words.openings:
            return True  # "no leg sx. s/p block"
        return following.isupper() and (before.isalpha() and len(before) > 1 and before not in _LEADING)
    return not _is_list_number(texts, place - 1)


def _closing(starts: Sequence[int], ends: Sequence[int], place: int, texts: Sequence[str]) -> int:
    """How many tokens right behind the mark that ends a sentence belong to it: a bracket that closes."""
    is_closed = place + 1 < len(texts) and texts[place + 1] == ")" and starts[place + 1] == ends[place]
    return int(is_closed)


def _word_at(text: str, start: int) -> str:
    """The word of the text that begins at an offset, up to the next blank."""
    return text[start : start + LONGEST_WORD].split(None, 1)[0].lower()


# Short forms that a capital follows within a sentence: "Dr. Moss", "cont. Norco".
_LEADING = frozenset(
    [
        "cont",
        "contd",
        "incl",
        "rt",
        "lt",
        "dr",
        "mr",
        "mrs",
        "ms",
        "st",
        "vs",
        "no",
        "nos",
        "approx",
        "fig",
        "jr",
        "sr",
        "e",
        "g",
        "i",
    ]
)


def _is_list_number(texts: Sequence[str], place: int) -> bool:
    """The number of an entry in a list that runs on in one line: "Plan: 1. MRI 2. Therapy"."""
    value = number_of(texts[place]) if texts[place][0].isdigit() else None
    if value is None or value > LIST_NUMBER or value != int(value):
        return False
    return place == 0 or texts[place - 1] in (":", ",", ";", ".", ")", "(")
