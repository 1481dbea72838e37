"""The table of a request form → its rows, each by the column that a cell stands in. Cells are parted by bars, tabs or blanks, stand
one to a line, or bear the name of their column before them. The names of columns are data (rules/documents.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from checker.chart.form.form_words import DIAGNOSIS_CODE, FormWords
from checker.chart.page.layout import CELL
from checker.words.tokens import Tokens, tokenize

Row: TypeAlias = dict[str, str]  # the words of a row by the role of their column

_CODES = r"(?:{0})(?:(?:\s*[,;/&+]\s*|\s+)(?:{0})){{0,9}}[.,;]?"
_DIAGNOSIS_CELL = re.compile(_CODES.format(r"[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?|\d{3}(?:\.\d{1,2})?"))
_POINTED_CELL = re.compile(_CODES.format(r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|\d{3}\.\d{1,2}"))
_SERVICE_CELL = re.compile(_CODES.format(r"(?:\d{5}|[A-V]\d{4})(?:-[A-Z0-9]{2})?"))
_NUMBER_CELL = re.compile(r"\(?#?\s?\d{1,4}\)?")
_RULE = re.compile(r"[\s|+:=_-]+")  # a line that only parts rows
_BULLET = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-*\u2022\u25aa\u25cf])\s+")
_INLINE = re.compile(r"(?<=\S)\s+(?=\d{1,2}[.)]\s+[A-Z])")
ASKING = (
    "part",
    "dose",
    "frequency",
    "duration",
    "quantity",
    "refills",
    "other",
)  # columns that tell more of a service
NEAR = 3  # characters that a cell may stand off the head of its column
EXACT = 1  # of a line that goes on in the first column, where the row above stands as exactly
LONGEST_LINE = 2000  # characters; no form has longer lines, and the work on each stays bounded
STARTING = 3  # tokens in which the word stands that ends the table
ORDERLY = 3  # heads one below the other that make a table with one cell to a line


class Cell(NamedTuple):
    text: str
    start: int


class Head(NamedTuple):
    """The columns of a table: their roles (empty for one of no known name) and where they begin; `parted` by what."""

    roles: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    parted: str = ""
    is_aligned: bool = True  # the cells of the rows stand under the heads

    @property
    def service_first(self) -> bool:
        """Whether the service stands before the code of its diagnosis."""
        roles = [*self.roles, "service", "icd"]
        return roles.index("service") < roles.index("icd") and "icd" in self.roles


def rows_of(text: str, words: FormWords) -> list[Row]:
    """The rows of the tables of a page, in order."""
    return [row for head, lines in _tables(text, words) for row in _rows(head, lines, words) if row.get("service")]


def _tables(text: str, words: FormWords) -> Iterator[tuple[list[str], list[str]]]:
    """Heads and lines of every table, from the line that begins it to the one that ends it."""
    heads: list[str] = []
    lines: list[str] = []
    is_inside = False
    for line in text.split("\n"):
        if len(line) > LONGEST_LINE:
            continue
        tokens = tokenize(line)
        is_head = bool(words.is_head(line) and (heads or words.columns.find(tokens)))
        points = is_inside and bool(words.pointing.find(tokens))
        begins = bool(words.starts.find(tokens)) and not points and not _is_labelled(line, words)
        if is_inside and _ends(line, tokens, words):
            yield heads, lines
            heads, lines, is_inside = [], [], False
        elif (begins and not (is_inside and lines and words.asks(line))) or (is_head and _is_table_head(line, words)):
            if lines:
                yield heads, lines
                heads, lines = [], []
            is_inside, heads = True, [*heads, line] if is_head else []
        elif not is_inside and words.starts.find(tokens):
            is_inside, lines = True, [line]  # "Services requested: MRI of the knee"
        elif is_inside and is_head and not lines:
            heads.append(line)
        elif is_inside and tokens.texts and not _RULE.fullmatch(line) and not words.skips.find(tokens):
            lines.append(line)
    if is_inside:
        yield heads, lines


def _is_table_head(line: str, words: FormWords) -> bool:
    return len({match.key for match in words.columns.find(tokenize(line))}) > 1


def _ends(line: str, tokens: Tokens, words: FormWords) -> bool:
    """Whether a line ends the table: it begins with the words of what follows there."""
    if DIAGNOSIS_CODE.search(line) or "|" in line.strip().strip("|"):
        return False
    return any(match.first < STARTING for match in words.ends.find(tokens))


def cells_of(line: str) -> tuple[str, list[Cell]]:
    """What parts the cells of a line, and the cells; empty ones only between bars or tabs."""
    mark = "|" if "|" in line else "\t" if "\t" in line.strip() else " "
    if mark == " ":
        return mark, [Cell(match[0], match.start()) for match in CELL.finditer(line)]
    inner = line.strip().strip("|") if mark == "|" and line.strip()[0] == line.strip()[-1] == "|" else line
    return mark, [Cell(part.strip(), number) for number, part in enumerate(inner.strip("\r\n").split(mark))]


def _head_of(lines: Sequence[str], words: FormWords) -> Head:
    """The columns that the lines of a head name; those below the first complete its names."""
    tabled = [line for line in lines if _is_table_head(line, words)]
    if not tabled:
        return Head(tuple(role for line in lines if (role := words.role(line))))
    parted, first = cells_of(tabled[0])
    if len(first) == 1:
        found = sorted(words.columns.find(tokenize(tabled[0])))
        roles = [str(match.key) for match in sorted(found, key=lambda match: match.first)]
        return Head(tuple(dict.fromkeys(roles)))
    names = [cell.text for cell in first]
    for line in lines[lines.index(tabled[0]) + 1 :]:
        for cell in cells_of(line)[1]:
            if (place := _column(cell, [head.start for head in first])) is not None:
                names[place] += f" {cell.text}"
    return Head(tuple(words.role(name) for name in names), tuple(cell.start for cell in first), parted)


def _column(cell: Cell, starts: Sequence[int]) -> int | None:
    """The column under whose head a cell stands; None if it stands under none."""
    place = min(range(len(starts)), key=lambda number: abs(starts[number] - cell.start))
    return place if abs(starts[place] - cell.start) <= NEAR else None


def _rows(heads: Sequence[str], lines: Sequence[str], words: FormWords) -> list[Row]:
    head = _head_of(heads, words)
    if any(_is_labelled(line, words) for line in lines):
        return _labelled_rows(lines, words)
    if not head.parted and len(heads) >= ORDERLY and len(set(head.roles)) >= ORDERLY:
        return _rows_of_lone_cells(lines)
    parted = [cells_of(line) for line in lines]
    if all(len(cells) == 1 for _, cells in parted) and not any(map(DIAGNOSIS_CODE.search, lines)):
        return _listed_rows(lines, words)
    is_aligned = all(mark != " " or len(cells) == 1 or _by_place(mark, cells, head) for mark, cells in parted)
    return _rows_of_cells(head._replace(is_aligned=is_aligned), parted, words)


def _rows_of_cells(head: Head, lines: Iterable[tuple[str, Sequence[Cell]]], words: FormWords) -> list[Row]:
    """The rows of a table from the cells of its lines; a line may go on with the row above it."""
    rows: list[Row] = []
    was_exact = False
    for mark, cells in lines:
        row = _row(mark, cells, head, words)
        is_first_column = len(cells) == 1 and was_exact and head.is_aligned and head.roles[0] != "service"
        if row is None and is_first_column and not words.asks(cells[0].text):
            row = {head.roles[0] or "other": cells[0].text}
        was_exact = _is_exact(cells, head)
        if row is None:
            row = _row_of_text(" ".join(cell.text for cell in cells if cell.text), head, words)
        if rows and _goes_on(row, rows[-1], mark, head, words):
            _append(rows[-1], row)
        elif row.get("service") and (head.parted or words.asks(row["service"] + " " + row.get("code", ""))):
            rows.append(row)
    return rows


def _is_exact(cells: Sequence[Cell], head: Head) -> bool:
    return all(any(abs(cell.start - start) <= EXACT for start in head.starts) for cell in cells)


def _append(row: Row, more: Row) -> None:
    for role, text in more.items():
        if len(row.get(role, "")) < LONGEST_LINE:
            row[role] = f"{row[role]} {text}" if row.get(role) else text


def _goes_on(row: Row, above: Row, parted: str, head: Head, words: FormWords) -> bool:
    """Whether a line goes on with the row above it: it has no code of its own, and its service is cut off from that above."""
    service = row.get("service", "")
    if not service:
        return True
    if row.get("icd") or row.get("code"):
        return False
    if parted != " " and head.parted == parted:
        return bool(row.get("diagnosis") and above.get("icd")) and not words.asks(service)
    if service[0].islower() or not words.asks(service):
        return True
    if row.get("diagnosis") and above.get("icd"):
        return True
    if any(row.get(role) for role in ASKING) or not above.get("service") or parted != head.parted:
        return False
    width = next(
        (b - a for (a, b), role in zip(pairwise(head.starts), head.roles, strict=False) if role == "service"), 0
    )
    return len(above["service"]) + len(service.split()[0]) >= width > 0


# --- one row ---------------------------------------------------------------------------------------------------------


def _row(parted: str, cells: Sequence[Cell], head: Head, words: FormWords) -> Row | None:
    """The cells of a row by the columns that they stand in, or by what they hold; None if neither tells its service."""
    if len(cells) > 1 or (head.is_aligned and head.parted == parted and cells and cells[0].start > NEAR):
        for roles in (_by_place(parted, cells, head), _by_number(cells, head), _by_content(cells, head, words)):
            if roles is not None and _is_likely(cells, roles):
                row: Row = {}
                for cell, role in zip(cells, roles, strict=True):
                    if cell.text:
                        _append(row, {role or "other": cell.text})
                return row
    return None


def _by_place(parted: str, cells: Sequence[Cell], head: Head) -> list[str] | None:
    """By the heads that the cells stand under; None where one stands under none, or two under one."""
    if not head.starts or not head.is_aligned or parted != head.parted or parted != " ":
        return None
    places = [_column(cell, head.starts) for cell in cells]
    if None in places or len(set(places)) < len(places):
        return None
    return [head.roles[place] for place in places if place is not None]


def _by_number(cells: Sequence[Cell], head: Head) -> list[str] | None:
    return list(head.roles) if len(cells) == len(head.starts) else None


def _is_likely(cells: Sequence[Cell], roles: Sequence[str]) -> bool:
    """Whether codes stand in the columns of codes, and nothing else does."""
    for cell, role in zip(cells, roles, strict=True):
        if cell.text and role == "icd" and not _DIAGNOSIS_CELL.fullmatch(cell.text):
            return False
        if cell.text and role == "code" and not _SERVICE_CELL.fullmatch(cell.text):
            return False
        if role not in ("icd", "code") and (_POINTED_CELL.fullmatch(cell.text) or _SERVICE_CELL.fullmatch(cell.text)):
            return False
    return True


def _by_content(cells: Sequence[Cell], head: Head, words: FormWords) -> list[str] | None:
    """By what the cells hold: codes, a number of pieces, and around the code of the diagnosis the service."""
    roles = [
        "icd" if _POINTED_CELL.fullmatch(cell.text)
        else "code" if _SERVICE_CELL.fullmatch(cell.text)
        else "quantity" if _NUMBER_CELL.fullmatch(cell.text)
        else "" for cell in cells
    ]  # fmt: skip
    open_ones = [number for number, role in enumerate(roles) if not role and cells[number].text]
    border = roles.index("icd") if "icd" in roles else -1
    if head.service_first:
        candidates = [number for number in open_ones if border < 0 or number < border] or open_ones
    else:
        candidates = [number for number in open_ones if number > border]
    named = [number for number in candidates if words.asks(cells[number].text)]
    service = next(iter(candidates if border >= 0 and not head.service_first else named or candidates), None)
    if service is None:
        return None
    for number in open_ones:
        before_code = number < service if border < 0 else number < border and not head.service_first
        roles[number] = "service" if number == service else "diagnosis" if before_code else "other"
    return roles


def _row_of_text(text: str, head: Head, words: FormWords) -> Row:
    """A row whose cells only a blank parts: the code of the diagnosis stands between the diagnosis and the service."""
    text = _BULLET.sub("", text, count=1)
    codes = list(DIAGNOSIS_CODE.finditer(text))
    if not codes:
        return {"service": text}
    before, after = text[: codes[0].start()].strip(" ,;|([-"), text[codes[-1].end() :].strip(" ,;|)]-")
    icd = ", ".join(code[0] for code in codes)
    if not head.service_first and words.asks(after):
        return {"diagnosis": before, "icd": icd, "service": after}
    if words.asks(before):
        found = [match for match in words.columns.find(tokenize(before)) if match.key in ("diagnosis", "icd")]
        end = tokenize(before).starts[found[0].first] if found else len(before)
        service = before[:end] if words.asks(before[:end]) else before
        diagnosis = before[tokenize(before).ends[found[0].last] :] if found and service != before else ""
        row = {"service": service.strip(" ,;-("), "icd": icd, "other": after, "diagnosis": diagnosis.strip(" :,;-(")}
        return {role: told for role, told in row.items() if told}
    return (
        {"diagnosis": before, "icd": icd, "service": after}
        if not head.service_first
        else {"icd": icd, "service": before}
    )


# --- other ways to fill in the form ----------------------------------------------------------------------------------


def _labels(line: str, words: FormWords) -> list[tuple[str, str]]:
    """What stands behind each name of a column with a colon, at the head of a line or of a cell: role and words."""
    tokens = tokenize(line)
    found: list[tuple[str, int, int]] = []
    for match in sorted(words.columns.find(tokens), key=lambda match: (match.first, -match.last)):
        start, end = tokens.starts[match.first], tokens.ends[match.last]
        colon = line.find(":", end)
        is_named = colon >= 0 and _only_heads(line[end:colon], words)
        before = _BULLET.sub("", line[:start], count=1)
        is_first = not before.strip() or before.endswith(("  ", "\t", "| ", "|", "; ", ", ", ": "))
        if is_named and is_first and (not found or start >= found[-1][2]):
            found.append((str(match.key), start, colon + 1))
    ends = [*(start for _, start, _ in found[1:]), len(line)]
    return [(role, line[begin:end].strip(" \t|;,_")) for (role, _, begin), end in zip(found, ends, strict=False)]


def _only_heads(text: str, words: FormWords) -> bool:
    tokens = tokenize(text)
    return words.heads.issuperset(token for token in tokens.texts if token[0].isalpha())


def _is_labelled(line: str, words: FormWords) -> bool:
    """Whether the name of the service's column stands before a service in one line."""
    return any(role == "service" and text for role, text in _labels(line, words))


def _labelled_rows(lines: Sequence[str], words: FormWords) -> list[Row]:
    """Rows that tell each cell by the name of its column before it; a row ends where a name comes again."""
    rows: list[Row] = [{}]
    last = ""
    for line in lines:
        labels = _labels(line, words)
        if not labels and last:
            _append(rows[-1], {last: line.strip()})
        for role, text in labels:
            if role in rows[-1] and role in ("diagnosis", "icd", "service"):
                rows.append({})
            last = role
            if text:
                _append(rows[-1], {role: text})
    return [part for row in rows for part in _split(row, words)]


def _split(row: Row, words: FormWords) -> list[Row]:
    """A row whose service is a list: "MRI of the knee; therapy twice a week"."""
    parts = [part.strip() for part in row.get("service", "").split(";")]
    if len(parts) == 1 or not all(map(words.asks, parts)):
        return [row]
    return [{**row, "service": part} for part in parts]


def _rows_of_lone_cells(lines: Sequence[str]) -> list[Row]:
    """Rows with one cell to a line: the diagnosis stands right before its code, the service right behind it."""
    texts = [line.strip() for line in lines]
    codes = [number for number, text in enumerate(texts) if _POINTED_CELL.fullmatch(text)]
    rows = []
    for code, following in zip(codes, [*codes[1:], len(texts) + 1], strict=True):
        if code == 0 or code + 1 >= following - 1:
            return []
        row: Row = {"diagnosis": texts[code - 1], "icd": texts[code], "service": texts[code + 1]}
        for text in texts[code + 2 : following - 1]:
            _append(row, {"code" if _SERVICE_CELL.fullmatch(text) else "other": text})
        rows.append(row)
    return rows


def _listed_rows(lines: Sequence[str], words: FormWords) -> list[Row]:
    """A list of services. A line that begins small, without treatment or code, goes on with the one before; in a list with marks every
    line without a mark."""
    if any(words.pointing.find(tokenize(line)) for line in lines):
        return []  # the form points to another paper
    rows: list[Row] = []
    entries = [part for line in lines for part in (_INLINE.split(line) if _BULLET.match(line) else [line])]
    is_marked = any(_BULLET.match(entry) for entry in entries)
    for entry in entries:
        begins = bool(_BULLET.match(entry)) if is_marked else words.asks(entry)
        if begins:
            rows.append(_row_of_text(entry, Head(), words))
        elif rows and (is_marked or not entry.strip()[0].isupper()):
            _append(rows[-1], {"service": entry.strip()})
    return [row for row in rows if words.asks(row["service"])]
