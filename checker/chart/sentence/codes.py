"""Diagnosis codes in the text of a paper: "M54.16", "(724.4)". A code says what its words would say."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from checker.words.phrase import Match
from checker.words.tokens import Tokens

CODE = "code"  # the kind of such a mention
# ICD-10 with its point; ICD-9 in brackets only, as a bare number may be a weight or a laboratory value.
_CODE = re.compile(r"\b[A-TV-Z]\d[\dA-Z]\.[\dA-Z]{1,4}\b|(?<=[(\[])\d{3}\.\d{1,2}(?=[)\]])")


def coded(text: str, tokens: Tokens, codes: Sequence[tuple[str, str]]) -> list[Match]:
    """The findings that the codes of a page stand for, as mentions. `codes`: beginnings of codes with their finding."""
    if "." not in text:
        return []
    return [
        Match(
            (CODE, finding),
            bisect_left(tokens.starts, code.start()),
            bisect_right(tokens.starts, code.end() - 1) - 1,
        )
        for code in _CODE.finditer(text)
        for beginning, finding in codes
        if code[0].startswith(beginning)
    ]
