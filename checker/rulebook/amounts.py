"""Numbers in the words of an RFA line: counts, frequency times duration, refills. Tokens in, quantities out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.words.numbers import number_at, number_of

PER = frozenset({"a", "per", "every", "each", "weekly", "monthly", "daily", "/"})
TIMES = frozenset({"times", "time", "x"})
WEEKLY = {"biw": 2.0, "tiw": 3.0}  # times a week


def amounts(tokens: Sequence[str], units: Mapping[str, Sequence[str]], bare_unit: str | None) -> dict[str, float]:
    """Quantities by unit. `units` gives the words of each unit; `bare_unit` is what a number without a unit counts.

    Frequency times duration wins over a single count: "2 times a week for 6 weeks" is 12 visits; of a range the larger
    number counts. "1 times 8" is once a week, eight times.
    """
    unit_of = {word: unit for unit, words in units.items() for word in words}
    values = _values(tokens)
    found: dict[str, float] = {}
    marked: set[str | None] = set()
    for index, value in enumerate(values):
        if value is None or _is_code(tokens, index):
            continue
        unit = _unit_after(tokens, values, index, unit_of)
        if unit in found and unit == bare_unit and unit in marked:
            continue  # "#90, 1 tab three times a day": the tablet is the dose
        if unit is None and _is_count(tokens, index):
            unit = unit_of.get(tokens[index - 2], bare_unit) if tokens[index - 1] == ":" else bare_unit
            marked.add(unit)
        if unit is not None:
            found[unit] = max(value, found[unit]) if unit in ("weeks", "months", "days") and unit in found else value
    visits = _schedule(tokens, values, unit_of)
    if visits is not None:
        found["visits"] = visits
    return found


def _values(tokens: Sequence[str]) -> list[float | None]:
    """The number that each token stands for; of "twenty four" the second holds both."""
    values = [number_of(token) for token in tokens]
    for index in range(len(tokens)):
        number = number_at(tokens, index)
        if number and number[1] == index + 2:
            values[index : index + 2] = None, number[0]
    return values


def _is_code(tokens: Sequence[str], index: int) -> bool:
    """A strength (10 mg, 20 %) or part of one (10 / 325), or the number of the line in its list (4. Follow-up)."""
    if index == 0 and tokens[1:2] in (["."], [")"]):
        return True
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    before = tokens[index - 1] if index else ""
    return after in ("%", "/", "percent") or before == "/"


def _unit_after(
    tokens: Sequence[str], values: Sequence[float | None], index: int, unit_of: Mapping[str, str]
) -> str | None:
    """The unit within the next four tokens, with no other number between: "eight physical therapy sessions"."""
    for ahead in range(index + 1, min(index + 6, len(tokens))):
        word = tokens[ahead]
        if word in unit_of:
            near = ahead == index + 1
            return unit_of[word] if near or unit_of[word] in ("visits", "tablets", "injections") else None
        if (
            word in TIMES
            or word in PER
            or (values[ahead] is not None and word != ")" and values[ahead] != values[index])
        ):
            return None
    return None


def _is_count(tokens: Sequence[str], index: int) -> bool:
    """A number marked as a count: #60, x 2, times 12, qty 2, or in brackets."""
    before = tokens[index - 1] if index else ""
    return before in ("#", "x", "times", "qty", "quantity") or (before in (":", "(") and index > 1)


def _schedule(tokens: Sequence[str], values: Sequence[float | None], unit_of: Mapping[str, str]) -> float | None:
    """Visits of a schedule: a frequency (2-3 times a week, twice weekly, 2x/wk, 2/wk, 2 x 8) times a number of weeks or months."""
    for index, number in enumerate(values):
        value, after = WEEKLY.get(tokens[index], number), index + 1
        if value is None:
            continue
        is_frequency = tokens[index] in ("once", "twice", "thrice") or tokens[index] in WEEKLY
        is_per = tokens[after : after + 1] == ["/"] and unit_of.get("".join(tokens[after + 1 : after + 2])) == "weeks"
        if is_per or (after < len(tokens) and tokens[after] in TIMES and tokens[index] not in WEEKLY):
            is_frequency, after = True, after + 1
        if not is_frequency or after >= len(tokens):
            continue
        if values[after] is not None:  # "2 times 8", "1 x 8"
            return value * (values[after] or 0.0)
        if tokens[after] not in PER and unit_of.get(tokens[after]) != "weeks" and tokens[index] not in WEEKLY:
            continue
        for later in range(after + 1, min(after + 9, len(tokens))):
            if values[later] is not None:
                return _length(tokens, values, later, value, unit_of, is_weekly=tokens[index] in WEEKLY)
    return None


def _length(
    tokens: Sequence[str],
    values: Sequence[float | None],
    place: int,
    value: float,
    unit_of: Mapping[str, str],
    *,
    is_weekly: bool,
) -> float | None:
    """A frequency times the weeks or months told at `place`, of a range the later number; None where they are neither. `is_weekly`: weeks
    are meant where no unit stands: "BIW x 4"."""
    if tokens[place + 1 : place + 2] in (["-"], ["to"]) and values[place + 2 : place + 3] not in ([], [None]):
        place += 2
    unit = unit_of.get(tokens[place + 1]) if place + 1 < len(tokens) else "weeks" if is_weekly else None
    length = {"weeks": 1.0, "months": 4.0}.get(unit or "")
    return value * (values[place] or 0.0) * length if length else None
