"""Words as scanning and typing damage them → the known words they stand for: "rnedial", "inject ion", "accupuncture",
"physcial". Short words are never touched, and no letter is exchanged for just any other: "adduction" is no "abduction"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from checker.words.merging import Merged, merge
from checker.words.tokens import Tokens

# What a scanner takes for something else, and what stood on the paper.
CONFUSED = (
    ("rn", "m"),
    ("l", "i"),
    ("i", "l"),
    ("vv", "w"),
    ("cl", "d"),
)
SHORTEST = 5  # letters of a word that scanning may have damaged
SCANNED = 4  # letters of a word that holds a digit for a letter
DIGITS = 3  # digits in it, at most
LONG = 7  # letters of a word in which a slip of typing leaves no doubt
LETTERS = {"0": "o", "1": "li", "5": "s", "8": "b"}  # what digits in the middle of a word stand for
PART = 3  # letters of the parts of a broken word, at least
MEMORY = 50_000


class Mender:
    """Known words, asked for the one that a damaged word stands for."""

    def __init__(self, known: Iterable[str], merged: tuple[Merged, ...] = ()) -> None:
        """`merged`: pairs of words that stand for one."""
        self._known, self._merged = frozenset(known), merged
        self._memory: dict[str, str] = {}

    def mend(self, tokens: Tokens) -> Tokens:
        """The same tokens with damaged words mended, and broken ones joined; every offset stays true to the text."""
        texts, starts, ends = list(tokens.texts), list(tokens.starts), list(tokens.ends)
        known, memory = self._known, self._memory
        for place, text in enumerate(texts):
            if text in known or len(text) < SHORTEST:
                continue
            mended = memory.get(text)
            if mended is None:
                mended = self._remember(text)
            texts[place] = mended
        return merge(self._joined(*self._undigited(texts, starts, ends)), self._merged)

    def _remember(self, text: str) -> str:
        mended = self._mended(text) if text.isalnum() and not text.isdigit() else text
        if len(self._memory) >= MEMORY:
            self._memory.clear()
        self._memory[text] = mended
        return mended

    def _mended(self, text: str) -> str:
        for candidate in _confusions(text):
            if candidate in self._known:
                return candidate
        if len(text) < LONG or not text.isalpha():
            return text
        swapped = (text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(1, len(text) - 1))
        if found := next((word for word in swapped if word in self._known), None):
            return found
        doubled = {word for word in _doublings(text) if len(word) >= LONG and word in self._known}
        return doubled.pop() if len(doubled) == 1 else text

    def _undigited(self, texts: list[str], starts: list[int], ends: list[int]) -> Tokens:
        """The same with words that hold digits for letters as one token: "shou1der" was cut into three."""
        kept, done, seen = Tokens([], [], []), 0, -1
        for place, text in enumerate(texts):
            if place <= seen or text[0] not in LETTERS or not LETTERS.keys() >= set(text):
                continue
            first = seen = place
            while first > done and ends[first - 1] == starts[first] and texts[first - 1].isalnum():
                first -= 1
            while seen + 1 < len(texts) and ends[seen] == starts[seen + 1] and texts[seen + 1].isalnum():
                seen += 1
            if word := self._unscanned(texts[first : seen + 1]):
                kept.texts.extend((*texts[done:first], word))
                kept.starts.extend(starts[done : first + 1])
                kept.ends.extend((*ends[done:first], ends[seen]))
                done = seen + 1
        return Tokens(kept.texts + texts[done:], kept.starts + starts[done:], kept.ends + ends[done:])

    def _unscanned(self, pieces: Sequence[str]) -> str | None:
        """The known word that a run of letters and digits stands for, or None."""
        text = "".join(pieces)
        digits = sum(map(str.isdigit, text))
        if len(text) < SCANNED or digits > DIGITS or digits * 2 > len(text):
            return None
        choices = product(*(LETTERS.get(letter, letter) for letter in text))
        return next((word for word in map("".join, choices) if word in self._known and word.isalpha()), None)

    def _joined(self, texts: list[str], starts: list[int], ends: list[int]) -> Tokens:
        """Neighbours that are one word together: "inject ion", and the "8O" of a scanned 80."""
        known = self._known
        # A word is broken only where one of its parts is no word: most texts have few such places, and nothing to join there.
        odd = [place for place, text in enumerate(texts) if text == "o" or (text not in known and len(text) >= PART)]
        if not any(
            0 <= one < len(texts) - 1
            and starts[one + 1] - ends[one] <= 1
            and self._whole(texts[one], texts[one + 1], starts[one + 1] - ends[one])
            for place in odd
            for one in (place - 1, place)
        ):
            return Tokens(texts, starts, ends)
        kept = Tokens([], [], [])
        place = 0
        while place < len(texts):
            text, start, end = texts[place], starts[place], ends[place]
            while (
                place + 1 < len(texts)
                and starts[place + 1] - end <= 1
                and not (text in known and texts[place + 1] in known and not text.isdigit())
                and (whole := self._whole(text, texts[place + 1], starts[place + 1] - end))
            ):
                place += 1
                text, end = whole, ends[place]
            kept.texts.append(text)
            kept.starts.append(start)
            kept.ends.append(end)
            place += 1
        return kept

    def _whole(self, text: str, after: str, gap: int) -> str | None:
        """The word that two tokens make, or None. `gap`: characters between them."""
        if gap == 0:
            return f"{text}0" if text.isdigit() and after == "o" else None
        if min(len(text), len(after)) < PART:
            return None
        return text + after if text + after in self._known and (text + after).isalpha() else None


def _confusions(text: str) -> Iterator[str]:
    """The word with one kind of confusion undone, everywhere or at one place; then two kinds everywhere."""
    for wrong, right in CONFUSED:
        if wrong in text:
            yield text.replace(wrong, right)
            place = text.find(wrong)
            while place >= 0:
                yield text[:place] + right + text[place + len(wrong) :]
                place = text.find(wrong, place + 1)


def _doublings(text: str) -> Iterator[str]:
    """The word with one letter doubled, or with one of two equal neighbours left out."""
    for place, letter in enumerate(text):
        is_second = place > 0 and text[place - 1] == letter
        yield text[:place] + ("" if is_second else 2 * letter) + text[place + 1 :]
