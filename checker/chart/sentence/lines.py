"""The sentences of a paper in order, each with everything that steers how its mentions are understood."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from checker.chart.amount.scores import bare_scores
from checker.chart.context.assertion import Context
from checker.chart.context.follow import may_follow, refusal_in
from checker.chart.context.results import Results
from checker.chart.context.seats import Seat, rows, seats
from checker.chart.context.small_words import SmallWords
from checker.chart.context.triggers import is_said_of_all, phrase_of
from checker.chart.model import Evidence
from checker.chart.page.layout import Sentence, rows_of, split_sentences
from checker.chart.page.sections import Part, sections_of
from checker.chart.page.tables import Headed, sides_of
from checker.chart.page.when import Calendar, Day, begins_later, days_of, sorted_out
from checker.chart.place.levels import Levels
from checker.chart.place.parts import Places
from checker.chart.place.place_words import NO_PLACE, without_overlaps
from checker.chart.place.surroundings import Place, Surroundings
from checker.chart.sentence.asides import beyond_asides
from checker.chart.sentence.borrowed import Named, borrowed, is_test, named_in
from checker.chart.sentence.codes import coded
from checker.chart.sentence.mentions import is_other_kind, is_whole
from checker.chart.vocabulary import BARE, CAPITAL, NEXT, NOTHING, PAPER, BareNames, Recogniser
from checker.record import record
from checker.source import Source
from checker.words.levels import levels_in
from checker.words.phrase import Match
from checker.words.tokens import Tokens

WORK = "work"  # kind of findings
HEAD = 60  # tokens at the head of a paper in which its treatment is named
FORM_MARKS = frozenset({"(", ",", ".", ")", ":"})  # before a form's "specify"
NEAR = 3  # tokens beside words on visits in which another treatment makes them its own


@record
class Paper:
    """The page under the reader with the paper's own data."""

    source: Source
    told: str  # the text without what is not ticked; offsets are those of the source
    tokens: Tokens
    begins: Sequence[int]  # where the lines begin that do not run on from the one before
    cells: Sequence[Headed]  # what stands under a head in a table
    document: str
    page: int
    date: datetime.date | None
    type: str | None
    injury: datetime.date | None


@record
class Line:
    """One sentence with everything that steers how its mentions are understood."""

    sentence: Sentence
    section: str
    mentions: Sequence[Match]
    context: Context
    places: Places
    levels: Levels
    results: Results
    days: Sequence[Day]
    calendar: Calendar
    around: Place  # the part that the section speaks of
    quote: str  # the words of the sentence, blanks folded
    number: int  # of its line, from 1
    refusal: str = ""  # what it says, if it names no treatment, of one that was asked for right before
    before: tuple[str, ...] = ()  # treatments of the sentence right before that helped, of which it goes on

    def tells_of_another(self, part: str | None, limbs: Mapping[str, str], regions: Mapping[str, str]) -> bool:
        """Whether the sentence opens with another part of the body than the one that was treated, or than its section speaks of:
        "therapy for the hip. Low back pain is unchanged." A limb may tell of the spine that feeds it."""
        topic, treated = self.places.topic().part, part or self.around.part
        if topic is None or treated is None or topic == treated:
            return False
        return limbs.get(topic, topic) not in (limbs.get(treated), regions.get(treated))


def lines_of(recogniser: Recogniser, paper: Paper, around: Surroundings) -> Iterable[Line]:
    """The sentences of a page, in order, with the day and the places that earlier ones have set. `around` keeps every side."""
    tokens = paper.tokens
    order = split_sentences(paper.told, tokens, recogniser.splitting, paper.begins)
    starts = [sentence.first for sentence in order]
    days = _by_sentence(days_of(paper.told, tokens), starts)
    found = {name: _by_sentence(group, starts) for name, group in _matches(recogniser, paper).items()}
    vertebrae = _by_sentence(levels_in(tokens.texts, recogniser.vertebrae), starts)
    calendar = Calendar(paper.date, recogniser.small.this_day, recogniser.small.ending)
    tests: list[Named] = []  # of the sentence before
    sections = sections_of(paper.told, tokens, order, recogniser.headings)
    for number, (sentence, part) in enumerate(zip(order, sections, strict=True)):
        if part.opens:
            calendar.new_section()
        around.enter(is_section=part.opens, is_line=sentence.opens, goes_on=part.goes_on)
        dated = sorted_out(days[number], found["cues"][number], tokens.texts, sentence, paper.injury)
        calendar.enter(dated, paper.told, tokens, sentence)
        parts, sides, named, results = (found[name][number] for name in ("parts", "sides", "mentions", "results"))
        places = Places(tokens.texts, sentence, parts, sides, recogniser.placing, recogniser.limbs, tuple(named))
        levels = Levels(tokens.texts, sentence, vertebrae[number], recogniser.placing, around.levels)
        named += beyond_asides(recogniser.phrases, paper.told, tokens, sentence, days[number], named, recogniser.small)
        named = [*_answers(recogniser, tokens.texts, sentence, named)]
        if tests and not part.opens and not any(map(is_test, named)):
            named = [*borrowed(tests, tokens.texts, sentence, results, places, recogniser.testing), *named]
        refusal = refusal_in(tokens.texts, found["refusals"][number], sentence)
        if named or refusal or may_follow(tokens.texts, sentence, recogniser.follow):
            triggers = _beside_heading(found["triggers"][number], part)
            context = _context(recogniser, paper, sentence, triggers, dated, (*parts, *sides), named)
            here = _meant(recogniser, paper, sentence, context, named)
            tested = without_overlaps(list(filter(is_test, here)))
            told = Results(tokens.texts, sentence, results, tested, recogniser.testing)
            tests = named_in(here, context, told, sentence)
            scene = (context, places, levels, told, dated, calendar, around.place)
            widest = _widest(here, tokens.texts, recogniser.bare)
            yield Line(sentence, part.section, widest, *scene, *_quoted(paper, sentence), refusal)
        around.leave(places.topic(), levels.held, is_line=sentence.opens or part.opens)
        around.sided += places.sided()


def _context(
    recogniser: Recogniser,
    paper: Paper,
    sentence: Sentence,
    triggers: Sequence[Match],
    days: Sequence[Day],
    places: Sequence[Match],
    mentions: Sequence[Match],
) -> Context:
    """What the words around the mentions of a sentence make of them. `places`: its parts and sides."""
    tokens = paper.tokens
    seated = seats(tokens.texts, sentence, places, recogniser.placing.ties)
    listed = _rows(recogniser, paper, mentions) if any(is_said_of_all(phrase_of(one)) for one in triggers) else []
    return Context(tokens.texts, sentence, triggers, recogniser.small, days, seated, listed)


def _rows(recogniser: Recogniser, paper: Paper, mentions: Sequence[Match]) -> list[Seat]:
    """What stands in a row with each mention, of its own kind: what is denied of a test is not denied of a sign in the same row."""
    kinds: dict[tuple[bool, bool], list[Match]] = {}
    for match in mentions:
        kinds.setdefault((is_treatment(match), is_test(match)), []).append(match)
    conjunctions = recogniser.small.conjunctions
    return [row for kind in kinds.values() for row in rows(paper.tokens, paper.told, kind, conjunctions)]


def _quoted(paper: Paper, sentence: Sentence) -> tuple[str, int]:
    """The words of a sentence, blanks folded, and the number of its line."""
    begin, end = _begin(paper, sentence), paper.tokens.ends[sentence.last]
    return " ".join(paper.source.text[begin:end].split()), paper.source.line(paper.tokens.starts[sentence.first])


def _begin(paper: Paper, sentence: Sentence) -> int:
    """Where the words of a sentence begin; of one that repeats the beginning of its row, the row."""
    start = paper.tokens.starts[sentence.first]
    if start < paper.tokens.ends[sentence.first]:
        return start
    text = paper.source.text
    begin = text.rfind("\n", 0, start) + 1
    return begin + len(text[begin:start]) - len(text[begin:start].lstrip())


def _answers(
    recogniser: Recogniser, texts: Sequence[str], sentence: Sentence, named: Sequence[Match]
) -> Sequence[Match]:
    """The mentions of a sentence without those of a form's own words: "(specify: medication, surgery):"; of a question of a form that
    nobody has answered none."""
    if texts[sentence.last] == "?" and texts[sentence.first] in recogniser.untelling.asking:
        return []
    words = recogniser.untelling.filling
    if not named or words.isdisjoint(texts[sentence.first : sentence.last + 1]):
        return named
    for place in range(sentence.first, sentence.last + 1):
        is_label = place == sentence.first or texts[place - 1] in FORM_MARKS
        if texts[place] in words and is_label:
            mark = ")" if place > sentence.first and texts[place - 1] == "(" else ":"
            ends = (end for end in range(place + 2, sentence.last + 1) if texts[end] == mark)
            end = next(ends, sentence.last)
            return [match for match in named if not place < match.first <= end]
    return named


def _matches(recogniser: Recogniser, paper: Paper) -> dict[str, list[Match]]:
    """What the vocabulary finds in a page, with what heads of columns and diagnosis codes add."""
    found = recogniser.phrases.find(paper.tokens)
    sided = {side.first for side in found["sides"] if side.key != NO_PLACE}
    columns = sides_of(paper.cells, paper.tokens)
    found["sides"] += [cell for cell in columns if sided.isdisjoint(range(cell.first, cell.last + 1))]
    found["mentions"] += coded(paper.told, paper.tokens, recogniser.codes)
    scores = bare_scores(paper.tokens, rows_of(paper.told, paper.begins), recogniser.part_words, recogniser.scores)
    found["mentions"] += [Match(key, place, place, (), (place,)) for place in scores for key in recogniser.scored]
    found["mentions"] = _with_discipline(recogniser, paper, found["mentions"])
    return found


def _with_discipline(recogniser: Recogniser, paper: Paper, mentions: Sequence[Match]) -> list[Match]:
    """The mentions of a page, those that only speak of its visits with the treatment that its first lines name."""
    own: list[Match] = []
    of_paper: list[Match] = []
    for match in mentions:
        (of_paper if _key(match)[-1] == PAPER else own).append(match)
    reports = recogniser.services.get(paper.type or "") == "done"
    visited = recogniser.kinds.local.intersection(recogniser.kinds.counted)
    head = [match for match in own if match.first < HEAD and _key(match)[1] in visited]
    if not (head and reports and of_paper):
        return own
    discipline = _key(min(head, key=lambda match: (_key(match)[-1] == BARE, match.first)))[1]
    named = {place for match in own if _key(match)[0] == "treatment" for place in range(match.first, match.last + 1)}
    return own + [
        match._replace(key=("treatment", discipline, PAPER))
        for match in of_paper
        if named.isdisjoint(_beside(paper.tokens.texts, match))
    ]


def _beside(texts: Sequence[str], match: Match) -> Iterable[int]:
    """The places of a mention and beside it, up to the ends of its sentence."""
    before = takewhile(lambda place: texts[place] != ".", range(match.first - 1, max(match.first - NEAR, 0) - 1, -1))
    after = takewhile(lambda place: texts[place] != ".", range(match.last + 1, min(match.last + NEAR + 1, len(texts))))
    return (*before, *range(match.first, match.last + 1), *after)


def _key(match: Match) -> Any:
    return match.key


def _beside_heading(triggers: Sequence[Match], part: Part) -> Sequence[Match]:
    """The phrases of a sentence without the "plan" that is its heading: the section says it already, and less firmly."""
    if part.section != "plan":
        return triggers
    return [match for match in triggers if match.last >= part.first or phrase_of(match).category != "planned"]


def _meant(
    recogniser: Recogniser, paper: Paper, sentence: Sentence, context: Context, named: Sequence[Match]
) -> list[Match]:
    """The mentions of a sentence, without words that stand for something else there and phrases that run over a "but"."""
    texts = paper.tokens.texts
    return [
        match
        for match in named
        if is_whole(recogniser, match, texts)
        and not _is_broken(recogniser, context, match, texts)
        and not (match.gaps and context.is_undocumented(match.first, match.gaps))
        and _is_as_written(match, paper, sentence, recogniser.bare)
        and not is_other_kind(recogniser, match, named, texts, sentence.first)
        and not any(_is_contrary(match, other, texts, recogniser.small.denying) for other in named)
        and not (is_test(match) and _is_person(match, texts, recogniser.small))
    ]


def _is_contrary(match: Match, other: Match, texts: Sequence[str], denying: frozenset[str]) -> bool:
    """Whether a mention begins within another one of the same finding that says the contrary from a "no" on: of "non tender at deltoid"
    "tender at deltoid" is nothing of its own."""
    is_within = other.first < match.first <= other.last and texts[other.first] in denying
    if not is_within or any(first <= match.first <= last for first, last in other.gaps):
        return False
    return {_key(match)[0], _key(other)[0]} == {"present", "absent"} and _key(match)[1] == _key(other)[1]


def _is_person(match: Match, texts: Sequence[str], words: SmallWords) -> bool:
    """Whether the name of a test is that of somebody: "Dr. Thompson", "Thompson, MD"."""
    place = match.first - 1 - (texts[max(match.first - 1, 0)] == ".")
    behind = texts[match.last + 1 : match.last + 3]
    return (place >= 0 and texts[place] in words.titles) or (behind[:1] == [","] and behind[-1] in words.degrees)


def _is_broken(recogniser: Recogniser, context: Context, match: Match, texts: Sequence[str]) -> bool:
    """Whether a phrase runs over a "but". Of work the turn is told, "went back, but lasted a week", and a phrase that says nothing still
    hides what stands in it."""
    kind, name = _key(match)[:2]
    finding = recogniser.findings.get(name)
    is_work = finding is not None and finding.kind == WORK
    denies = kind == "absent" and texts[match.first] in recogniser.small.denying
    return not (is_work and kind == NOTHING) and context.is_broken(match.gaps, may_turn=is_work, denies=denies)


def _is_as_written(match: Match, paper: Paper, sentence: Sentence, words: BareNames) -> bool:
    """Whether a word that means a treatment in capitals only stands in capitals: "PT", where "Pt" is the patient. At the head of a
    sentence a word of telling behind it makes it the patient, and text all in capitals tells nothing. A longer name that begins with
    such a word is the patient where it is not in capitals and tells: "Pt reports"."""
    key: Any = match.key
    texts, starts, ends = paper.tokens
    if key[0] != "treatment" or texts[match.first] not in words.in_capitals:
        return True
    text = paper.source.text
    is_capital = text[starts[match.first] : ends[match.first]].isupper()
    behind = match.last + 1 if key[-1] == CAPITAL else match.first + 1
    behind += behind < sentence.last and texts[behind] == "."
    tells = behind <= sentence.last and texts[behind] in words.tellers
    tells = tells or (match.first > 0 and texts[match.first - 1] in words.agents)
    if key[-1] != CAPITAL:
        return is_capital or not tells
    is_patient = match.first == sentence.first and tells
    return is_capital and not text[starts[sentence.first] : ends[sentence.last]].isupper() and not is_patient


def _by_sentence(found: Sequence[Any], starts: Sequence[int]) -> list[list[Any]]:
    groups: list[list[Any]] = [[] for _ in starts]
    for entry in found:
        groups[bisect_right(starts, entry.first) - 1].append(entry)
    return groups


def _widest(matches: Sequence[Match], texts: Sequence[str], words: BareNames) -> list[Match]:
    """Without matches that lie inside a longer one of the same finding, or of any treatment if they are treatments, unless
    the longer one names several."""
    kept: list[Match] = []
    # Several phrases of one finding that stand on the same words say it once; the one with the fewest gaps speaks.
    spans: dict[tuple[Hashable, int, int], Match] = {}
    for match in matches:
        span = (match.key, match.first, match.last)
        if span not in spans or len(match.gaps) < len(spans[span].gaps):
            spans[span] = match
    matches = list(spans.values())
    names: dict[Hashable, list[Match]] = {}
    for match in matches:
        names.setdefault(match.key, []).append(match)
    for match in matches:
        covered = any(
            other is not match
            and other.first <= match.first
            and match.last <= other.last
            and (other.last - other.first > match.last - match.first or _says_nothing(other))
            and _hides(other, match)
            and not any(_parts(own, match, texts, words) for own in names[other.key])
            for other in matches
        )
        if not covered:
            kept.append(match)
    return kept


def _parts(own: Match, narrow: Match, texts: Sequence[str], words: BareNames) -> bool:
    """Whether a shorter name of a service leaves another one beside it: "preoperative clearance with labs and EKG" names three."""
    wide: Any = own.key
    other: Any = narrow.key
    if wide[0] != "treatment" or other[0] != "treatment" or wide == other or wide[1] not in words.bundles:
        return False
    first, last = (own.last + 1, narrow.first) if own.last < narrow.first else (narrow.last + 1, own.first)
    return not words.listing.isdisjoint(texts[first:last])


def _says_nothing(match: Match) -> bool:
    key: Any = match.key
    return bool(key[0] == NOTHING)


def _hides(other: Match, match: Match) -> bool:
    wide: Any = other.key
    narrow: Any = match.key
    if wide[0] == NEXT and narrow[0] != NEXT:
        return False  # it may not count
    if wide[0] == "treatment":
        return bool(narrow[0] == "treatment" or narrow[1] == "pain")  # "pain management" is no pain
    return bool(wide[1] == narrow[1])


def evidence_of(line: Line, paper: Paper, day: datetime.date | None) -> Evidence:
    """Where a sentence stands, with its words: the proof of whatever is read in it. `day`: of what it tells."""
    start, end = _begin(paper, line.sentence), paper.tokens.ends[line.sentence.last]
    return Evidence(
        document=paper.document,
        quote=line.quote,
        page=paper.page,
        line=line.number,
        start=start,
        end=end,
        date=day,
        document_type=paper.type,
    )


def is_to_begin(recogniser: Recogniser, paper: Paper, line: Line, mention: Match) -> bool:
    """Whether a work status begins after the paper, by its own day or that of the same status before it in the sentence."""
    small, texts = recogniser.small, paper.tokens.texts
    return any(
        begins_later(texts, line.sentence, one, line.days, paper.date, small.starting, small.ending)
        for one in line.mentions
        if one is mention or (one.key == mention.key and one.first < mention.first)
    )


def is_treatment(mention: Match) -> bool:
    """Whether a mention names a treatment."""
    key: Any = mention.key
    return bool(key[0] == "treatment")


def name_of(mention: Match) -> str:
    """The finding or treatment that a mention names."""
    key: Any = mention.key
    return str(key[1])
