"""Shares in words as percentages: "took away two thirds of the pain" and "cut the pain by half" are read as if 66 % and 50 % stood
there. Only of what is measured so and where it is said that it went: half of the pills, and half of the pain that is in the back,
stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from checker.record import record
from checker.words.numbers import number_of
from checker.words.tokens import Tokens

PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5}
PARTS |= {"thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5}
HALVED = frozenset({"halved", "halves", "halving"})
TELLING = HALVED | PARTS.keys() | {"/"}  # without one of these words there is no share
WHOLE = 100
ENDS = frozenset({".", ";", ",", ":", "and", "but", "?", "!"})
NEAR = 8  # tokens before and behind a share that say what became of it
BEFORE, BEHIND = 30, 12  # tokens in which it is named what brought the relief
APART = 4  # tokens between a share and what it is of
LED = frozenset({"by", "in"})
ABOUT = frozenset(
    {"more", "less", "than", "about", "at", "least", "over", "nearly", "almost", "approximately", "roughly", "a"}
)


@record
class ShareWords:
    """Words beside shares (rules/assertion/amounts.yaml, `shares`)."""

    measured: frozenset[str] = frozenset()
    gains: frozenset[str] = frozenset()
    went: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


class _Share(NamedTuple):
    first: int
    last: int
    words: tuple[str, ...]


def with_shares(tokens: Tokens, words: ShareWords, parts: Collection[str]) -> Tokens:
    """The tokens with shares of relief as percentages. `parts`: words for parts of the body."""
    texts = tokens.texts
    if TELLING.isdisjoint(texts):
        return tokens
    kept, done = Tokens([], [], []), 0
    for share in _shares(texts, words, frozenset(parts) | words.leading):
        start, end = tokens.starts[share.first], tokens.ends[share.last]
        kept.texts.extend((*texts[done : share.first], *share.words))
        kept.starts.extend((*tokens.starts[done : share.first], start, *[end] * (len(share.words) - 1)))
        kept.ends.extend((*tokens.ends[done : share.first], *[end] * len(share.words)))
        done = share.last + 1
    if not done:
        return tokens
    return Tokens(kept.texts + texts[done:], kept.starts + tokens.starts[done:], kept.ends + tokens.ends[done:])


def _shares(texts: Sequence[str], words: ShareWords, leading: Collection[str]) -> Iterator[_Share]:
    seen = -1
    for at, text in enumerate(texts):
        if text not in TELLING:
            continue
        place = at if text in HALVED or text == "half" else at - 1  # of "two thirds" the number
        if place <= seen:
            continue
        read = _halved if text in HALVED else _told
        told = read(texts, place, words, leading)
        if told and _is_beside(texts, told, words):
            yield told
            seen = told.last


def _is_beside(texts: Sequence[str], share: _Share, words: ShareWords) -> bool:
    """Whether what is named nearest before a share, else behind it, is of the kind whose relief is counted so."""
    before = texts[max(share.first - BEFORE, 0) : share.first][::-1]
    for around in (before, texts[share.last + 1 : share.last + 1 + BEHIND]):
        if named := next((word for word in around if word in words.beside or word in words.apart), None):
            return named in words.beside
    return False


def _told(texts: Sequence[str], place: int, words: ShareWords, leading: Collection[str]) -> _Share | None:
    """The share that begins at `place`: "half", "two thirds", "3/4", where it is one of what is measured."""
    found = _fraction(texts, place)
    if found is None:
        return None
    percent, last = found
    said = (f"{percent}", "%")
    before = _before(texts, place)
    if texts[last + 1 : last + 2] and texts[last + 1] in words.gains:
        return _Share(place, last, said)
    led = place
    while led and texts[led - 1] in ABOUT:
        led -= 1
    if led and texts[led - 1] in LED and not words.measured.isdisjoint(before) and words.other.isdisjoint(before):
        is_in = texts[place - 1] == "in"  # "cut in half"
        return _Share(place - is_in, last, ("by", *said) if is_in else said)
    then = _measured(texts, last + 1, words, leading)
    if then is None:
        return None
    if texts[then + 1 : then + 2] and texts[then + 1] in words.gains:
        return _Share(place, last, said)
    went = not words.went.isdisjoint((*before, *_behind(texts, then)))
    return _Share(place, last, said) if went else None


def _fraction(texts: Sequence[str], place: int) -> tuple[int, int] | None:
    """The percentage of a share that begins at `place`, and its last token."""
    ahead = texts[place + 1 : place + 4]
    if texts[place] == "half":
        is_more = place > 1 and texts[place - 1] == "a" and texts[place - 2] == "and"  # "two and a half"
        return None if is_more else (WHOLE // 2, place)
    many = 1.0 if texts[place] in ("a", "one") else number_of(texts[place])
    if many is None or not ahead or many < 1:
        return None
    if ahead[0] in PARTS and ahead[0] != "half":
        whole, last = float(PARTS[ahead[0]]), place + 1
    elif ahead[0] == "/" and ahead[2:] == ["of"] and (below := number_of(ahead[1])) in (2, 3, 4, 5):
        whole, last = below or 1.0, place + 2
    else:
        return None
    return (int(WHOLE * many / whole), last) if many < whole else None


def _halved(texts: Sequence[str], place: int, words: ShareWords, leading: Collection[str]) -> _Share | None:
    """ "Halved the pain" as "reduced 50 % of the pain", "the pain was halved" as "reduced by 50 %"."""
    if _measured(texts, place + 1, words, leading) is not None:
        return _Share(place, place, ("reduced", f"{WHOLE // 2}", "%", "of"))
    before = _before(texts, place)
    if not words.measured.isdisjoint(before) and words.other.isdisjoint(before):
        return _Share(place, place, ("reduced", "by", f"{WHOLE // 2}", "%"))
    return None


def _measured(texts: Sequence[str], place: int, words: ShareWords, leading: Collection[str]) -> int | None:
    """The place of what the share before `place` is of: "of the leg pain", "her symptoms", but not "of the pain pills"."""
    for here in range(place, min(place + APART + 1, len(texts))):
        if texts[here] in words.measured:
            return here if words.other.isdisjoint(texts[here + 1 : here + 2]) else None
        if texts[here] != "of" and texts[here] not in leading:
            return None
    return None


def _before(texts: Sequence[str], place: int) -> Sequence[str]:
    """The tokens before a place, back to where its clause begins."""
    begin = next((here + 1 for here in range(place - 1, max(place - NEAR, 0) - 1, -1) if texts[here] in ENDS), None)
    return texts[max(place - NEAR, 0) if begin is None else begin : place]


def _behind(texts: Sequence[str], place: int) -> Sequence[str]:
    end = next((here for here in range(place + 1, min(place + APART, len(texts))) if texts[here] in ENDS), None)
    return texts[place + 1 : place + APART if end is None else end]
