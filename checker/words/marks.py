"""Marks that charts put in place of words, spelled out as tokens: "+ numbness; - weakness", "Swelling: no", the end of a line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from checker.words.tokens import Tokens, with_words

# A sign before a word, as in "+ numbness; - weakness" and "-fever".
_PLUS = re.compile(r"(?<!\S)\+[ \t]?(?=[A-Za-z])")
_MINUS = re.compile(r"(?<!\S)-(?P<blank>[ \t]?)(?=[A-Za-z])")
DOUBTFUL = "+/-"
_BETWEEN = frozenset(";,:")  # what stands before a sign in a list of signs
# "Swelling: no", "Numbness - N", "Night pain? No.": the answer ends the entry.
_ANSWER = re.compile(
    r"(?<=[:=?])[ \t]*(?P<answer>no|n|none|nil|neg|-)(?=[ \t]*(?:[;,.\n\f|]|[ ]{2,}|\Z))", re.IGNORECASE
)
# A question with its answer behind it: the mark asks nothing of the reader.
_ASKED = r"\?(?=[ \t]*(?:no|yes|n|y|none|never|denies|denied|neg)[ \t]*(?:[;,.\n\f|]|[ ]{2,}|\Z))"
# A minus behind the name of a test: "McMurray -, Lachman -".
_BEHIND = r"(?<=[A-Za-z'\u2019)]) -(?=[ \t]*(?:[;,.\n\f|]|\Z))"
_CLOSED = r"(?<=[A-Za-z'\u2019)]) -(?=[;,.](?:\s|\Z))"  # no dash stands right before a full stop
# Answers without a colon, several in a line: "PT No, Chiro No, Surgery No."
_NOES = re.compile(r"(?<=[A-Za-z)]) (?P<no>no|none)[ \t]*(?P<end>[,;.]|$)", re.IGNORECASE | re.MULTILINE)
# "swelling Y, locking N, popping Y".
_LETTERS = re.compile(r"(?<=[a-z)]) (?P<no>[YN])[ \t]*(?P<end>[,;.]|$)", re.MULTILINE)
# The highest grade with a minus is not reached: "5-/5".
_SHORT_OF_FULL = re.compile(r"(?<![\d.])(\d)-(?= ?/ ?\1\b)")
# A range with blanks: "5 - 105".
_RANGE = re.compile(r"(?<=\d) (?P<mark>-) (?=\d)")
# A dash that parts two thoughts: "denies numbness -- has weakness".
_PAUSE = re.compile(r"(?<=[A-Za-z)])(?: -- ?| ?\u2014 ?)(?=[A-Za-z])")
# Signs before sides, in a line with both: "SLR + R, - L".
_SIDE = r"(?=(?:R|L|RT|LT|right|left|bilat\w*)\b)"
_PLUS_SIDE = re.compile(r"\+ ?" + _SIDE, re.IGNORECASE)
_MINUS_SIDE = re.compile(r"(?<=[A-Za-z'\u2019),;])[ /](?P<mark>-) ?" + _SIDE, re.IGNORECASE)
# Signs behind sides, in a line with several: "Phalen R+/L-".
_SIDED = re.compile(
    r"(?<![\w.-])(?:R|L|RT|LT|right|left|bilat)(?P<sign>[-+])(?=[;,./)]|\s*\Z|\s+(?:R|L|RT|LT|right|left)\b)",
    re.IGNORECASE,
)
# Results of both sides in the order of a head: "SLR (R/L): neg/pos".
_IN_ORDER = re.compile(r"\b(?P<one>[RL])/(?!(?P=one))(?P<two>[RL])\b", re.IGNORECASE)
_RESULT = r"(?:[-+]|pos(?:itive)?|neg(?:ative)?|absent|present|normal)"
_PAIR = re.compile(rf"(?<![\w+/-])(?P<one>{_RESULT}) ?/ ?(?P<two>{_RESULT})(?![\w+/-])", re.IGNORECASE)
_DOUBTFUL = re.compile(r"\+/-")
# A slash between two tests with their signs: "Neer +/Hawkins -".
_PARTED = re.compile(r"[-+] ?(?P<slash>/) ?(?=[A-Za-z]{3})")
# "Adson -/-": both sides.
_BOTH = re.compile(r"(?<=[A-Za-z'\u2019)]) (?P<one>-)/(?P<two>-)(?=\s|[;,.]|\Z)")
# Signs in brackets before words, in a line that begins with one: "Psych: (+) anxiety (-) depression".
_SIGNED = r"(?P<open>\()(?P<sign>[-+])\)[ \t]*(?=[A-Za-z]{3})(?!left|right|bilat|both|with|for|and)"
_BRACKETED = re.compile(_SIGNED, re.IGNORECASE)
_BEGINS_SIGNED = re.compile(r"(?:^|[:;.])[ \t]*" + _SIGNED, re.IGNORECASE)
_ENDS_SIGNED = re.compile(r"\([-+]\)[ \t]*[.;,]?[ \t]*\Z")
_LISTED = re.compile(r"[A-Za-z /'-]+,")  # what follows a single sign behind a colon, if it denies a list
NOTHING: Mapping[int, str] = {}
_DASHES = str.maketrans("\u2013\u2212", "--")  # an en dash and a sign of subtraction
LITTLE = "little"
MANY = 2  # signs in a line that make it a list of signs


def spelled_out(text: str, tokens: Tokens, breaks: Sequence[int], told: Mapping[int, str] = NOTHING) -> Tokens:
    """The tokens with "no" for a minus that denies and "negative" for one behind a test, "none" for an answer "no", a colon for
    the mark of a question that is answered, and a full stop at the end of the page and of every line that does not run on
    (`breaks`: where such lines begin), and "a bit" for "a little", which is more than little. `told`: what marks at other offsets stand
    for. Every offset stays true to the text."""
    text = text if text.isascii() else text.translate(_DASHES)
    replaced = dict(told)
    if "?" in text:
        replaced.update((match.start(), ":") for match in re.finditer(_ASKED, text, re.IGNORECASE))
    answers = _answers(text)
    replaced.update(answers)
    if "(-)" in text:
        replaced.update(_bracketed(text))
    replaced.update(_noes(text))
    if "/" in text:
        replaced.update((match.start(), str(int(match[1]) - 1)) for match in _SHORT_OF_FULL.finditer(text))
    added = {**_dashes(text, answers), **told}
    if "/" in text:
        for offset, word, is_other in _slashed(text):
            (replaced if is_other else added)[offset] = word
    if not tokens.texts:
        return tokens
    texts = ["bit" if word == LITTLE and before == "a" else word for before, word in pairwise(("", *tokens.texts))]
    for offset, word in replaced.items():
        place = bisect_left(tokens.starts, offset)
        if place < len(texts) and tokens.starts[place] == offset:
            texts[place] = word
    signs = []
    for offset, word in added.items():
        place = bisect_left(tokens.starts, offset)
        if place == len(texts) or tokens.starts[place] != offset:
            signs.append((place, word, offset, offset + 1))
        elif texts[place] == "-" and word == "negative":
            texts[place] = word  # "(R+, L-)"
    signs.sort(key=lambda sign: (sign[0], sign[2]))
    marked = with_words(Tokens(texts, tokens.starts, tokens.ends), signs)
    places = sorted({bisect_left(marked.starts, offset) for offset in breaks} - {0} | {len(marked.starts)})
    ends = [(place, marked.texts[place - 1], marked.ends[place - 1]) for place in places]
    return with_words(marked, [(place, ".", end, end) for place, before, end in ends if before not in ".;!?:,"])


def _dashes(text: str, answers: Mapping[int, str]) -> dict[int, str]:
    """What dashes stand for; none is a token."""
    found = _signs(text) if "-" in text else {}
    found.update((offset, word) for offset, word in answers.items() if text[offset] == "-")
    found.update((match.start("mark"), "-") for match in _RANGE.finditer(text))
    found.update((match.start() + (match[0][0] == " "), ",") for match in _PAUSE.finditer(text))
    return found


def _answers(text: str) -> dict[int, str]:
    """What the answers behind a colon stand for."""
    if not any(mark in text for mark in ":=?"):
        return {}
    return {match.start("answer"): _answer(match["answer"]) for match in _ANSWER.finditer(text)}


def _answer(word: str) -> str:
    """What an answer "no" stands for; of a study "neg" is a result, and so may a minus be."""
    return "none" if word.lower() in ("no", "n", "none", "nil") else "negative"


def _signs(text: str) -> dict[int, str]:
    """Offsets of the minus signs that stand for a word: "no" before what they deny, in a line with plus signs or in a list of
    such signs; "negative" behind it, in a line with plus signs or with several of them. A single hyphen at the start of a
    line is a bullet, one at its end a dash."""
    found: dict[int, str] = {}
    start = 0
    for line in text.split("\n"):
        if "-" in line:
            found.update((start + offset, "no") for offset in _denials_of(line))
            behind = [match.start() + 1 for match in re.finditer(_BEHIND, line)]
            if _PLUS_SIDE.search(line) or (behind and "+" in line):
                for match in _MINUS_SIDE.finditer(line):
                    found.update({start + match.start(): ",", start + match.start("mark"): "negative"})
            sided = list(_SIDED.finditer(line))
            if len(sided) >= MANY:
                found.update((start + m.start("sign"), "negative") for m in sided if m["sign"] != "+")
            found.update((start + match.start() + 1, "negative") for match in re.finditer(_CLOSED, line))
            if len(behind) >= MANY or "+" in line:
                found.update((start + offset, "negative") for offset in behind)
        start += len(line) + 1
    return found


def _slashed(text: str) -> Iterator[tuple[int, str, bool]]:
    """The words for signs beside a slash, each with whether it replaces a token."""
    yield from ((match.start("slash"), ",", False) for match in _PARTED.finditer(text))
    for match in _BOTH.finditer(text):
        yield match.start("one"), "negative", False
        yield match.start("two"), "bilaterally", False
    yield from _in_order(text)


def _in_order(text: str) -> Iterator[tuple[int, str, bool]]:
    """The side before each result of a pair behind a head that gives their order, in place of the head: "SLR (R/L): neg/pos" is right
    neg, left pos; without such a head "+/-" is a doubtful result. With each word whether it replaces one."""
    start = 0
    for line in text.split("\n"):
        heads = list(_IN_ORDER.finditer(line)) if "/" in line else []
        ends = [head.end() for head in heads]
        if not heads:
            yield from ((start + match.start(), DOUBTFUL, True) for match in _DOUBTFUL.finditer(line))
        for match in _PAIR.finditer(line, ends[0]) if heads else ():
            head = heads[bisect_right(ends, match.start()) - 1]
            sides = ("right", "left") if head["one"].lower() == "r" else ("left", "right")
            yield start + head.start("one"), ",", True
            yield start + head.start("two"), ",", True
            yield start + match.start() - 1, sides[0], False
            yield start + line.index("/", match.end("one")), sides[1], False
            for part in ("one", "two"):
                if match[part] == "-":
                    yield start + match.start(part), "negative", False
        start += len(line) + 1


def _noes(text: str) -> Iterator[tuple[int, str]]:
    """What answers "no" behind several entries of a line stand for: "none", and an end of the entry."""
    start = 0
    for line in text.split("\n"):
        letters = list(_LETTERS.finditer(line)) if " N" in line and " Y" in line else []
        for answers in (list(_NOES.finditer(line)), letters):
            for match in answers if len(answers) >= MANY else ():
                if match["no"] != "Y":
                    yield start + match.start("no"), "none"
                yield start + match.start("end"), ";"
        start += len(line) + 1


def _bracketed(text: str) -> Iterator[tuple[int, str]]:
    """What signs in brackets stand for that speak of the words behind them: "negative for", and an end of what was before. Not
    where a line ends with a sign, which is an answer then."""
    start = 0
    for line in text.split("\n"):
        opening = _BEGINS_SIGNED.search(line) if "(-)" in line and not _ENDS_SIGNED.search(line) else None
        signs = list(_BRACKETED.finditer(line, opening.start())) if opening else []
        for match in signs if len(signs) >= MANY or _denies_list(line, signs) else ():
            yield start + match.start("open"), ";"
            if match["sign"] == "-":
                yield start + match.start("sign"), "negative"
                yield start + match.end("sign"), "for"
        start += len(line) + 1


def _denies_list(line: str, signs: Sequence[re.Match[str]]) -> bool:
    """Whether a single sign speaks of what follows: it opens the line, or behind a colon a list follows. "SLR: (-) seated" does not."""
    return len(signs) == 1 and (not line[: signs[0].start()].strip() or _LISTED.match(line, signs[0].end()) is not None)


def _denials_of(line: str) -> list[int]:
    signs = [(match.start(), bool(match["blank"])) for match in _MINUS.finditer(line)]
    has_plus = bool(signs) and _PLUS.search(line) is not None
    sure = []
    for offset, is_apart in signs:
        before = line[:offset].rstrip()
        is_bullet = is_apart and len(signs) == 1 and before.endswith(":")  # "P: - cervical block"
        if before and not is_bullet and (before[-1] in _BETWEEN or (has_plus and not is_apart)):
            sure.append(offset)
    if not sure or not (has_plus or len(sure) >= MANY):
        return []
    first = signs[0][0]
    return [first, *sure] if not line[:first].strip() and first not in sure else sure
