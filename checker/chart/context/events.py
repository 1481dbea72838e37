"""A mention of a treatment → what happened: done, planned, asked for, decided on or declined, how much, with what result."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from checker.chart.amount.amounts import Amount, AmountWords
from checker.chart.context.hits import Hit
from checker.chart.page.sections import FOREIGN
from checker.words.dates import MONTHS
from checker.words.numbers import NUMBERS, count_with_unit, number_at, number_of

# Which status a category of rules/assertion stands for. Of phrases equally near the first in this order counts.
STATUS = {
    "declined": "declined",
    "denied": "denied",
    "not_done": "not_done",
    "cancelled": "not_done",
    "stopped": "done",  # "no longer on" says both
    "negated": "not_done",
    "failed": "done",
    "partial": "done",
    "improved": "done",
    "authorized": "authorized",
    "continued": "done",
    "lowered": "done",
    "done": "done",
    "historical": "done",
    "requested": "requested",
    "planned": "planned",
    "handed": "planned",  # of a drug; see `services.events_of`
    "resulted": "done",
    "conditional": "planned",
    "uncertain": "planned",
    "alternative": "planned",
}
RANK = {category: rank for rank, category in enumerate(STATUS)}
DROPPED = frozenset({"guideline", "other_person", "not_documented", "asked"})
PENDING = frozenset({"requested", "planned"})
OPEN = PENDING | {"resulted"}  # a day beside it may be that of the decision
DECIDED = frozenset({"denied", "authorized"})
RESPONSES = ("failed", "partial", "improved")
FLEETING = frozenset({"fading", "slight"})  # make a gain partial, but for one in percent that held
LEADING_ON = frozenset({"then", "now", "for", "to", "continue"})  # behind a comma, a schedule is still of the same
UNHELPED = frozenset({"failed", "partial", "unchanged", "mixed"})  # behind a gain: it was not the whole
BY_SECTION = {
    "plan": "planned",
    "assessed plan": "planned",
    "medications": "done",
    "treatment": "done",
    "history": "done",
    "studies": "done",
    "review": "requested",
}
PLANS = frozenset({"plan", "assessed plan"})
TOLD = frozenset({"subjective", "objective", "studies"})  # sections in which a counted treatment was done
BESIDE = 3  # tokens between a treatment and the word that it is planned, behind which its day stands
BEFORE = 7  # tokens before a mention in which its count may stand
AFTER = 14
SEVERAL = 12  # injections, and no year or dose
PARTS_OF_NUMBERS = ("/", "-", "#", ".", "of")  # before a number: of a day, a level, an ordinal
REACH = 4  # words from a number to its unit
NUMERALS = frozenset("0123456789.")
RELIEVED = 5  # tokens before a length in which a word says that it is the relief that lasted so long
MONTHS_IN_YEAR = 12
JUST_BELOW = 0.1  # small beside everything that is counted in whole numbers
ENDS = frozenset(".;:)")
ATTENDED = ("done", "completed", "attended", "visits", "sessions")  # behind "4/6" they make it visits and no day
MANY = 100  # visits; a larger number in brackets is a year or a code


def statuses_of(
    hits: Sequence[Hit],
    section: str,
    amount: Amount,
    usual: str | None,
    *,
    is_own: bool = False,
    is_alone: bool = False,
) -> tuple[str, ...]:
    """What happened to a treatment, empty where nothing says so: neither words nor section nor, at last, the kind of
    paper (`usual`). What is continued was done and is planned, and so is what a plan lowers; `is_own`: the patient goes on with
    it by himself; `is_alone`: its bare name is all that the sentence says."""
    amount = amount._replace(dosed=amount.dosed and usual not in PENDING)  # a form asks for a drug with its dose
    status = _status(hits, section, amount) or (usual if not _is_dropped(hits, section) else None)
    if status is None:
        return ()
    told = {hit.category for hit in hits}
    if is_own and section in PLANS and told.isdisjoint(STATUS) and is_alone:
        return ()  # begun or gone on with: the words do not say
    is_continued = "continued" in told or ("lowered" in told and section in PLANS)
    return ("done", "planned") if status == "done" and is_continued and not is_own else (status,)


def care_of(hits: Sequence[Hit]) -> str:
    """What happened to care that is told of as a finding ("an agreement will be signed"), empty where nothing says so."""
    return _status(hits, "", Amount()) or ""


def _status(hits: Sequence[Hit], section: str, amount: Amount) -> str | None:
    """The status by the phrase nearest to the mention, else by the section."""
    if _is_dropped(hits, section):
        return None
    if any(hit.category == "conditional" and hit.before for hit in hits):
        return "planned"
    if any(hit.category == "cancelled" and not hit.before for hit in hits):
        return "not_done"  # whatever came before: "was given a brace but does not wear it"
    known = [hit for hit in hits if hit.category in STATUS and not _is_stop(hit, hits)]
    aims = [hit.distance for hit in hits if hit.category == "goal" and hit.before]
    if aims and all(min(aims) < hit.distance for hit in known):
        return None  # "goal: to stop tramadol"
    if any(hit.category == "resulted" for hit in known):
        known = [hit for hit in known if hit.category != "negated" or hit.before]  # "films were negative" were done
    if not known:
        if section in BY_SECTION:
            return BY_SECTION[section]
        return "done" if amount.dosed or (section in TOLD and amount != Amount()) else None
    # "is to start therapy but the pain persists": of two words right beside it what came of it counts last
    nearest = min(
        known, key=lambda hit: (hit.distance, hit.category in RESPONSES and not hit.before, RANK[hit.category])
    )
    if nearest.category == "resulted":
        # "is scheduled for an injection on 3/1": the day is that of the plan
        nearest = next(
            (hit for hit in known if hit.category in PENDING and hit.before and hit.distance <= BESIDE), nearest
        )
    if nearest.category in OPEN:
        decided = [hit for hit in known if hit.category in DECIDED or (hit.category == "declined" and not hit.before)]
        if decided:
            return STATUS[decided[0].category]
    return STATUS[nearest.category]


def _is_stop(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether what looks like a denial only says that a thing was given up: "no longer on naproxen"."""
    return hit.category == "negated" and hit._replace(category="stopped") in hits


def is_stopped(hits: Sequence[Hit]) -> bool:
    """Whether a treatment was given up: that is the nearest of what the words say happened to it, its result left aside. What is only
    lowered goes on, and so does what is to end on a condition or is gone on with."""
    known = [
        hit for hit in hits if hit.category in STATUS and hit.category not in RESPONSES and not _is_stop(hit, hits)
    ]
    known = [] if any(hit.category in ("conditional", "continued") for hit in hits) else known
    return bool(known) and min(known, key=lambda hit: (hit.distance, RANK[hit.category])).category == "stopped"


def _is_dropped(hits: Sequence[Hit], section: str) -> bool:
    categories = {hit.category for hit in hits}
    if "not_done" in categories:
        categories -= {"not_documented"}  # "EMG was not performed" says of a service that it was not done
    return section in FOREIGN | {"goals"} or not DROPPED.isdisjoint(categories)


def response_of(hits: Sequence[Hit], reach: int = 0) -> str:
    """What came of a treatment that was done: the nearest phrase counts, of equals the less favourable. What was good and
    did not last is partial, but a relief told in percent stays what it was where it lasted for months; and so is what helped one
    thing and not another. `reach`: words behind a treatment that still speak of it alone."""
    told = [hit for hit in hits if hit.category in RESPONSES]
    if not told:
        return "not_stated"
    nearest = min(told, key=lambda hit: (hit.distance, RESPONSES.index(hit.category)))
    if nearest.category != "improved":
        return nearest.category
    others = {hit.category for hit in hits}
    is_lost = not FLEETING.isdisjoint(others) and not others >= {"percent", "lasting"}
    is_mixed = "percent" not in others and any(
        hit.category in UNHELPED and not hit.before and nearest.distance < hit.distance <= reach for hit in hits
    )
    return "partial" if is_lost or is_mixed else "improved"


def amount_of(
    texts: Sequence[str],
    first: int,
    last: int,
    low: int,
    high: int,
    words: AmountWords,
    paper: datetime.date | None,
    *,
    counted: str = "",
) -> Amount:
    """Visits and days written with a mention. `low` and `high` bound the tokens that belong to it. `counted`: the unit
    of the treatment. A bare number in brackets is of visits: "therapy (12)"; of a program that is counted in days, so are they."""
    visits = _numbered(texts, first, last, low, high, words) if counted not in ("", "days") else None
    days: float | None = None
    place, end = max(low, first - BEFORE), min(high, last + AFTER)
    while (place := _next_count(texts, place, end, words)) <= end:
        schedule = _schedule(texts, place, end, words, place if place < first else last)
        counts = count_with_unit(texts, place, words.units, _reach(place, first, last))
        if place < first and _is_of_another(texts[place:first]):
            schedule = counts = None
        if schedule is not None:
            visits, days, place = visits or schedule[0], days or schedule[1], schedule[2]
        elif counts is not None and counts[3] <= end and not _is_rate(texts, counts[2], counts[3], words):
            value, unit, begin, stop = counts
            value = bounded(value, texts, begin, words)
            if unit == "visits" and (place < first or not _is_of_next(texts, place, stop + 1, high)):
                visits = visits or _sane(attended(texts, begin) or value)
            elif unit in words.days and _is_length(texts, begin, stop, first, words):
                days = days or value * words.days[unit]
                visits = visits or (_sane(value) if unit == counted else None)
            place = stop
        elif texts[place] in words.times and first < place <= last + 2 and place < end:
            number = number_at(texts, place + 1)
            if number and number[1] <= end + 1 and texts[min(number[1], len(texts) - 1)] not in words.units:
                visits = visits or _sane(number[0])
        elif texts[place] == "since" and last < place < end and words.until_since.isdisjoint(texts[last + 1 : place]):
            days = days or _days_since(texts, place + 1, paper)
        place += 1
    return Amount(visits, days, _is_dosed(texts, last, high, words))


def _reach(place: int, first: int, last: int) -> int:
    """Words from a number to its unit: over a whole name, in "12 post-operative physical therapy visits"."""
    return max(last + 2 - place if first - 2 <= place < first else 0, REACH)


def times_before(texts: Sequence[str], first: int, low: int, words: AmountWords) -> float | None:
    """The number right before a name, or before one word more: "three injections", "2 prior injections"."""
    for place in (first - 1, first - 2):
        if place >= low and (number := number_of(texts[place])) is not None:
            is_whole = (
                number == int(number)
                and 1 < number <= SEVERAL
                and (place == low or texts[place - 1] not in PARTS_OF_NUMBERS)
            )
            return number if is_whole else None
        if place < low or texts[place] not in words.repeating:
            return None
    return None


def bounded(value: float, texts: Sequence[str], place: int, words: AmountWords) -> float:
    """A value told at a place, or one just below it where it is only a bound: "less than 50 %" must not pass for 50."""
    for bound in words.below:
        begin = place - len(bound)
        if begin >= 0 and tuple(texts[begin:place]) == bound and texts[max(begin - 1, 0)] not in ("no", "not"):
            return value - min(JUST_BELOW, value / 10)
    return value


def _numbered(texts: Sequence[str], first: int, last: int, low: int, high: int, words: AmountWords) -> float | None:
    """The number of visits told without their name: "therapy (12)", "PT: 12 done", "PT #24", "PT visit 6 of 8", "18/24 PT",
    "PT 6/6", "PT eight times"."""
    behind = list(texts[last + 1 : min(last + 6, high + 1)])
    if len(behind) > 2 and (behind[0] + behind[2] == "()" or (behind[0] in ":," and behind[2] in words.had)):
        return _counted(behind[1])
    if words.units.get(behind[0] if behind else "") == "visits":
        del behind[0]
    if behind[1:3] in (["date", ":"], ["far", ":"]) and (told := _counted("".join(behind[3:4]))):
        return told  # "PT sessions to date: 18"
    if len(behind) > 1 and behind[0] == "#":
        return _counted(behind[1])
    if len(behind) > 2 and behind[1] == "of" and number_of(behind[2]):
        return _counted(behind[0])
    if len(behind) > 1 and behind[1] == "times" and words.rate.isdisjoint(behind[2:3]):
        return _counted(behind[0])
    begin = first + texts[first][0].isdigit()  # "24 PT" is a name, too
    before = texts[max(begin - 3, low) : begin]
    of_all = texts[max(begin - 4, low) : begin]  # "visit 6 of 12 of"
    if len(of_all) > 3 and of_all[1] == of_all[3] == "of" and of_all[2][0].isdigit():
        return _counted(of_all[0])
    if len(before) > 1 and before[-1] == "of" and before[-2][0].isdigit():
        return _counted(before[-2])
    for shares in (behind[:3], before):
        done, granted = (
            (_counted(shares[0]), _counted(shares[2])) if shares[1:2] == ["/"] and len(shares) == 3 else (None, None)
        )
        is_said = shares is not before and behind[3:4] and behind[3] in ATTENDED
        if done and granted and (done == granted or done > MONTHS_IN_YEAR or is_said):  # "6/12" may be a day
            return done
    return None


def _counted(token: str) -> float | None:
    number = number_of(token)
    return number if number is not None and 0 < number <= MANY else None


def _is_of_another(between: Sequence[str]) -> bool:
    """Whether the words from an amount to a name lead on to another treatment: "(8 visits) and meloxicam"."""
    return (")" in between[:6] and "(" not in between) or "and" in between or ";" in between


def _is_of_next(texts: Sequence[str], place: int, stop: int, high: int) -> bool:
    """Whether a number of visits at `place`, which ends before `stop`, is that of the next treatment of a list, which begins behind
    `high`: "a splint and 8 visits of hand therapy"."""
    is_next = stop <= high <= stop + 1 and texts[stop] == "of" and high + 1 < len(texts) and texts[high + 1] not in ENDS
    return is_next and texts[place - 1] in (",", "and", "with", ";")


def _next_count(texts: Sequence[str], place: int, end: int, words: AmountWords) -> int:
    """The next word that may begin a count, or the place behind the end: most words begin none."""
    while place <= end:
        token = texts[place]
        if token in NUMBERS or token[0] in NUMERALS or token in words.times or token == "since":
            return place
        place += 1
    return place


def _is_dosed(texts: Sequence[str], last: int, high: int, words: AmountWords) -> bool:
    """Whether a number and a word of dosing stand behind a name: "ibuprofen 800 mg", "gabapentin 300 TID"."""
    behind = texts[last + 1 : min(last + 5, high + 1)]
    return any(token[0].isdigit() for token in behind[:2]) and any(token in words.doses for token in behind)


def _sane(visits: float) -> float | None:
    return visits if 0 < visits <= 400 else None


def attended(texts: Sequence[str], begin: int) -> float | None:
    """The first number of "6 of the 12 visits" or "6/12 visits", which are those that took place. `begin`: where the second one
    stands."""
    place = begin - 1
    while place > 1 and begin - place <= 3 and texts[place] not in ("of", ".", ";") and texts[begin - 1] != "/":
        place -= 1
    is_share = place > 0 and (texts[place] == "of" or (texts[place] == "/" and place == begin - 1))  # "6/15, 12 visits"
    number = number_at(texts, place - 1) if is_share else None
    return number[0] if number else None


def _is_rate(texts: Sequence[str], place: int, stop: int, words: AmountWords) -> bool:
    """Whether a number counts something within a longer expression: the 325 of "10/325", or how often: "twice a day"."""
    return (place > 0 and texts[place - 1] in ("/", "#")) or (stop > place + 1 and texts[stop - 1] in words.rate)


def _is_length(texts: Sequence[str], begin: int, stop: int, first: int, words: AmountWords) -> bool:
    """Whether a span of time is the length of the treatment: "for 6 weeks", "6 weeks of physical therapy"."""
    behind = stop + 1 + (texts[stop + 1 : stop + 2] == ["of"])  # "8 weeks relief", "8 weeks of relief"
    around = {*texts[max(first, begin - RELIEVED) : begin], *texts[behind : behind + 1]}
    if texts[stop + 1 : stop + 2] == ["ago"] or not words.relief.isdisjoint(around):
        return False
    if stop < first:
        return first - stop <= 3 and words.apart.isdisjoint(texts[stop + 1 : first])
    return words.leaving.isdisjoint(texts[first + 1 : begin]) and any(
        word in words.length for word in texts[max(0, begin - 3) : begin]
    )


def _schedule(
    texts: Sequence[str], place: int, end: int, words: AmountWords, name: int
) -> tuple[float, float, int] | None:
    """Visits, days and last token of a schedule: "2 times a week for 3 weeks", "twice weekly x 4 weeks", "2x6". `name`: the end of what
    it is of; a bare one behind another thing of a list is of that: "traction, rows 3x10"."""
    number = number_at(texts, place)
    if number is None or number[0] > 7:
        return None
    often, after = number
    if after + 1 <= end and texts[after] in ("-", "to") and (second := number_at(texts, after + 1)):
        often, after = second
    if texts[place] not in ("once", "twice") and (after > end or texts[after] not in words.times):
        return None
    after += texts[place] not in ("once", "twice")
    if after <= end and (weeks := number_at(texts, after)) and place + 2 == after:
        between = texts[name + 1 : place]
        if "," in between and not LEADING_ON.issuperset(between[len(between) - between[::-1].index(",") :]):
            return None
        is_bare = weeks[1] > end or texts[weeks[1]] not in words.units or words.units[texts[weeks[1]]] == "weeks"
        return (often * weeks[0], weeks[0] * 7, weeks[1] - 1) if is_bare and weeks[0] <= 26 else None
    for ahead in range(after, min(after + 6, end)):
        length = number_at(texts, ahead)
        if length and length[1] <= end and words.units.get(texts[length[1]]) in ("weeks", "months"):
            days = length[0] * words.days[words.units[texts[length[1]]]]
            return often * round(days / 7.0), days, length[1]
        if length and texts[ahead - 1] in words.times and length[1] > ahead and _is_weekly(texts[after:ahead], words):
            return often * length[0], length[0] * 7, length[1] - 1
    return None


def _is_weekly(between: Sequence[str], words: AmountWords) -> bool:
    """Whether the words between two numbers say that the first is of a week: the "/wk" of "3x/wk x 4"."""
    return "weekly" in between or any(words.units.get(word) == "weeks" for word in between)


def _days_since(texts: Sequence[str], place: int, paper: datetime.date | None) -> float | None:
    """Days from "since March" or "since 2012" to the paper, where it has a date; of a bare year from its end. The calendar reads full dates."""
    if paper is None or place >= len(texts):
        return None
    word, following = texts[place], texts[place + 1] if place + 1 < len(texts) else ""
    month = MONTHS.get(word)
    if month is not None:
        year = int(following) if _is_year(following) else paper.year - (month > paper.month)
    elif _is_year(word) and following not in ("/", "-"):
        year = int(word)
    else:
        return None
    if not 1950 <= year <= paper.year:
        return None
    begin = datetime.date(year, month, 1) if month else datetime.date(year + 1, 1, 1)
    return float((paper - begin).days) if begin < paper else None


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()
