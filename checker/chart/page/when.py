"""The day of a finding: a date beside it, else the visit that the sentences before speak of, else the paper's own."""

from __future__ import annotations

import datetime
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from checker.chart.page.layout import Sentence
from checker.words.dates import DateMention, day_before, find_dates, is_year
from checker.words.phrase import Match
from checker.words.tokens import Tokens

CARRY = datetime.timedelta(days=365)
LOOK_BACK = 9  # words before a date that say what it is of
NEXT = 3  # words between a mention and a date right behind it, which is its own
BESIDE = 14  # words between a mention and a date behind it
AFTER_HEAD = frozenset({",", ":", "-", "–", "—", ";", "(", "|"})  # behind the day of an entry: "8/22/11, Dr. Kim:"
OF_PAPER = frozenset({"per", "in", "the"})  # before the day of a paper that opens a sentence
BEFORE_YEAR = frozenset({"in", "of", "circa", "early", "late", "mid", "year"})
BEFORE_MONTH = frozenset({"in", "of", "from", "dated"})
NEAR_TODAY = 8  # words between a mention and the "today" that it is told of
FAR = 7  # words between a mention and the day on which it begins
CLAUSE = frozenset({",", ";", ".", "(", ")", ":"})  # behind one of these a day is of something else
AT_ONCE = datetime.timedelta(days=7)  # what a visit lets begin within a week is the status that it sets
SOON = datetime.timedelta(days=120)
DIGITS = 2  # of a month or a day
# between two days
SPANS = frozenset({("to",), ("through",), ("thru",), ("until",), ("till",), ("-",), ("–",), ("and",)})
BRACKETS = frozenset({"(", ")"})
LONG_AGO = 2  # calendar years before the paper, after which the day within a year decides nothing


class Day(NamedTuple):
    """A date in the text by its tokens. kind: visit (holds on), other (for its sentence), never (an injury, a birth), year (no
    more than its year is told)."""

    first: int
    last: int
    date: datetime.date
    kind: str
    exact: bool


def days_of(text: str, tokens: Tokens) -> list[Day]:
    """All dates of a page by tokens, in order; what they are of is not yet known."""
    days = [_day(mention, tokens) for mention in find_dates(text)]
    dated = {place for day in days for place in range(day.first, day.last + 1)}
    return sorted([*days, *(day for day in _years(tokens.texts) if day.first not in dated)])


def _years(texts: Sequence[str]) -> list[Day]:
    """Bare years: "in 2012", "(2012)"."""
    return [
        Day(place, place, datetime.date(int(word), 12, 31), "year", False)
        for place, word in enumerate(texts)
        if place
        and is_year(word)
        and (texts[place - 1] in BEFORE_YEAR or (texts[place - 1] == "(" and texts[place + 1 : place + 2] == [")"]))
    ]


def _day(mention: DateMention, tokens: Tokens) -> Day:
    first = bisect_left(tokens.starts, mention.start)
    last = max(first, bisect_right(tokens.starts, mention.end - 1) - 1)
    return Day(first, last, mention.date, "other", mention.exact)


def sorted_out(
    days: Sequence[Day], cues: Sequence[Match], texts: Sequence[str], sentence: Sentence, injury: datetime.date | None
) -> list[Day]:
    """The dates of a sentence with what they are of, by the nearest cue word before each. The day of the injury is no
    visit, whatever stands before it."""
    return [
        day
        if day.kind == "year"
        else day._replace(kind="never" if day.date == injury else _kind(day, cues, texts, sentence))
        for day in days
    ]


def _kind(day: Day, cues: Sequence[Match], texts: Sequence[str], sentence: Sentence) -> str:
    before = [cue for cue in cues if cue.last < day.first and day.first - cue.last <= LOOK_BACK]
    lead = {"on", ",", "(", "dated", "of", "that"}
    if day.first == sentence.first or (
        day.first - sentence.first <= 2 and set(texts[sentence.first : day.first]) <= lead
    ):
        return "visit"
    if _names_paper(day, cues, texts, sentence):
        return "visit"
    if not before:
        return "other"
    nearest = max(before, key=lambda cue: (cue.last, cue.last - cue.first))
    return str(nearest.key[1]) if isinstance(nearest.key, tuple) else "other"


def _names_paper(day: Day, cues: Sequence[Match], texts: Sequence[str], sentence: Sentence) -> bool:
    """Whether a sentence begins with a paper by its day: "Per the 3/10/2016 report", "The 4/2/2016 visit note"."""
    opens = day.first - sentence.first <= len(OF_PAPER) and OF_PAPER.issuperset(texts[sentence.first : day.first])
    return opens and any(
        cue.first == day.last + 1 and isinstance(cue.key, tuple) and cue.key[1] == "visit" for cue in cues
    )


def heads_entry(day: Day, text: str, tokens: Tokens, sentence: Sentence) -> bool:
    """Whether a day heads what a list of older papers says of it: "8/22/11, Dr. Kim: …", "8/22/11 - MRI", but "On 8/22/11 he fell"."""
    if day.first != sentence.first or day.last >= sentence.last or day.kind != "visit" or not day.exact:
        return False
    behind = text[tokens.ends[day.last] : tokens.ends[day.last + 1]].lstrip()
    return behind[:1] in AFTER_HEAD


def days_between(days: Sequence[Day], texts: Sequence[str], low: int, high: int) -> float | None:
    """The length of what lasted from one day to another: "rented from 4/28/14 to 5/28/14"."""
    for one, two in itertools.pairwise(days):
        is_span = low <= one.first and two.last <= high and tuple(texts[one.last + 1 : two.first]) in SPANS
        if is_span and one.exact and two.exact and one.date < two.date:
            return float((two.date - one.date).days)
    return None


def begins_later(
    texts: Sequence[str],
    sentence: Sentence,
    mention: Match,
    days: Sequence[Day],
    paper: datetime.date | None,
    starting: Collection[str],
    ending: Collection[str],
) -> bool:
    """Whether what is told begins more than a week after its paper: "full duty on 6/1/2016", "from 5/15 modified", but not "off work until
    6/1". `starting`, `ending`: words before a day on which it begins, or ends."""
    if paper is None:
        return False
    begin = mention.last + 1
    ahead = range(begin, min(begin + FAR, sentence.last + 1))
    end = next((place for place in ahead if texts[place] in CLAUSE), ahead.stop)
    behind = range(mention.first - 1, max(mention.first - FAR, sentence.first) - 1, -1)
    low = next((place + 1 for place in behind if texts[place] in CLAUSE), behind.stop + 1)
    by_place = {day.first: day.date for day in days if day.kind != "never"}
    for place in range(low, end):
        is_beside = place in (begin, sentence.first) and (place == sentence.first or texts[place - 1] not in ending)
        if is_beside or texts[place - 1] in starting:
            day = by_place.get(place) or _soon(texts[place : place + 4], paper)
            if day is not None and day - paper > AT_ONCE:
                return True
    return False


def _soon(words: Sequence[str], paper: datetime.date) -> datetime.date | None:
    """The day that month and day mean if it comes soon after the paper: "6/1" in a note of May."""
    if len(words) < 3 or words[1] != "/" or "/" in words[3:]:
        return None
    if not all(word.isdecimal() and len(word) <= DIGITS for word in (words[0], words[2])):
        return None
    day = day_before(int(words[0]), int(words[2]), paper + min(SOON, datetime.date.max - paper))
    return day if day is not None and day > paper else None


class Calendar:
    """Which day the reader is on, sentence after sentence. No finding is later than its paper."""

    def __init__(
        self, paper: datetime.date | None, this_day: Collection[str] = (), ending: Collection[str] = ()
    ) -> None:
        """`this_day`: words for the day of the paper; `ending`: words before one of them that only lead up to it."""
        self._paper = paper
        self._this_day, self._ending = this_day, ending
        self._texts: Sequence[str] = ()
        self._opening = 0  # the first word of the sentence
        self._todays: Sequence[int] = ()  # where the sentence says so
        self._carried: datetime.date | None = None
        self._is_retold = False  # that visit, by a paper of its own: "Per the 3/10/2016 PR-2 …"
        self._entry: datetime.date | None = None  # of the line, in a list of what older papers say

    def new_section(self) -> None:
        """A heading ends what a visit named before it holds for, where the paper has a date of its own."""
        if self._paper is not None:
            self._carried = None

    def enter(self, days: Sequence[Day], text: str, tokens: Tokens, sentence: Sentence) -> None:
        """Take the visit of the sentence, if it names one. A day long ago holds on to the end of an entry that it heads."""
        self._texts, self._opening = tokens.texts, sentence.first
        places = range(sentence.first, sentence.last + 1)
        self._todays = [place for place in places if tokens.texts[place] in self._this_day and self._is_told(place)]
        if days and heads_entry(days[0], text, tokens, sentence):
            self._entry = self._clip(days[0].date)
        elif sentence.opens:
            self._entry = None
        visits = [day for day in days if day.kind == "visit" and day.exact and self._is_recent(day.date)]
        if visits:
            self._carried = self._clip(visits[0].date)
            self._is_retold = tokens.texts[sentence.first] in OF_PAPER

    def _is_recent(self, day: datetime.date) -> bool:
        """A day long before the paper is history that its own sentence tells; the next sentences are not of it."""
        return self._paper is None or self._paper - day <= CARRY

    def of(self, first: int, last: int, days: Sequence[Day], *, past: bool = False) -> datetime.date | None:
        """The day of a mention: the nearest date of its sentence, before it or close behind, else the visit's; but what is `past`
        has no day then. Of a bare year the last day counts if it is long ago, else no day."""
        usable = [day for day in days if day.kind != "never" and not self._is_aside(day, first, last)]
        if self._todays and self._is_today(first, last, usable):
            return self._entry or (self._carried if self._is_retold else None) or self._paper
        inside = [day for day in usable if first < day.first <= last]
        if len(inside) == 1 and (inside[0].exact or self._texts[inside[0].first - 1] in BEFORE_MONTH):
            return self._told(inside[0])  # "UDS 10/3/2015 consistent", "UDS from March 2016 consistent"
        before = [day for day in usable if day.last < first]
        after = [day for day in usable if day.first > last and day.first - last <= BESIDE]
        if before and not (after and after[0].first - last <= NEXT < first - before[-1].last):
            return self._told(before[-1])
        if after and (self._carried is None or after[0].kind != "other" or after[0].first - last <= BESIDE // 2):
            return self._told(after[0])
        return None if past else self._entry or self._carried or self._paper

    def _is_aside(self, day: Day, first: int, last: int) -> bool:
        """Whether a day stands in brackets behind an older number, and the mention outside of them: "flexion 135 (was 90 on 12/8/2014)"."""
        before = range(day.first - 1, max(self._opening, day.first - BESIDE) - 1, -1)
        opens = next((place for place in before if self._texts[place] in BRACKETS), None)
        if opens is None or self._texts[opens] == ")" or opens < first <= day.last:
            return False
        inside = self._texts[opens + 1 : day.first]
        return "," not in inside and any(word.isdecimal() for word in inside[:2])

    def _is_told(self, place: int) -> bool:
        """Whether "today" is the day of something: "until today" is not."""
        return place == 0 or self._texts[place - 1] not in self._ending

    def _is_today(self, first: int, last: int, days: Sequence[Day]) -> bool:
        """Whether "today" stands in a mention, or in one clause with it and no date is nearer: "UDS today; last one 10/3/2015", but "the
        MRI of 10/3/2015 was reviewed today"."""
        return any(first <= place <= last or self._is_beside(place, first, last, days) for place in self._todays)

    def _is_beside(self, place: int, first: int, last: int, days: Sequence[Day]) -> bool:
        low, high = (place + 1, first) if place < first else (last + 1, place)
        between = self._texts[low:high]
        if place == self._opening and between[:1] == [","]:
            between = between[1:]  # "Today, he …"
        is_dated = any(day.last >= first - len(between) - 1 and day.first <= last + len(between) + 1 for day in days)
        return len(between) <= NEAR_TODAY and CLAUSE.isdisjoint(between) and not is_dated

    def _told(self, day: Day) -> datetime.date | None:
        if day.kind == "year" and (self._paper is None or self._paper.year - day.date.year < LONG_AGO):
            return None
        return self._clip(day.date)

    def _clip(self, day: datetime.date) -> datetime.date:
        return self._paper if self._paper is not None and day > self._paper else day
