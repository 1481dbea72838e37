"""Sections of a note: subjective, objective, plan … by their headings, which are data (rules/assertion/sections.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from checker.chart.page.layout import BULLETS, Sentence, is_apart
from checker.words.dates import MONTHS, is_year
from checker.words.tokens import Tokens

CRITERIA = "criteria"  # a guideline's list, to the next blank line
# What may come, a guideline's words, somebody else's illness, names of clinics: nothing of this patient.
FOREIGN = frozenset({"consent", CRITERIA, "family", "sender"})
GOALS = "goals"  # hold for one sentence, within a plan or else
SHORT = frozenset({"family", "social", "allergies", "consent", "sender"})  # hold for their own line only
LONG = 10  # words between the heading of goals and its colon
TAILED = frozenset({"plan", "assessed plan"})  # sections whose headings may go on: "Plan for today:"
BELOW = 40  # characters behind a heading of one letter to the first entry below it
SEVERAL = 2  # entries of a list
ARTICLES = frozenset({"the"})
ITEM = 4  # tokens of "item # 1 ."
LETTER = 1  # headings of one letter need a colon
UNDATED = frozenset({"studies"})  # "MRI 5/14: …" is a result within a section
DATED = 9  # tokens of a day between a heading and its colon: "O (11/8/16):"
IN_DATES = frozenset("(),./-") | frozenset(MONTHS)
# How far a list of what is asked for has come: announced, in its entries or lines; the number of an item, the item itself.
ANNOUNCED, ENTRIES, LINES, OWN_LINE, SAID = "announced", "entries", "lines", "item", "said"


class Headings:
    """Heading words → section."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._within_plan = frozenset(settings.get("within_plan", ()))
        self._within_exam = frozenset(settings.get("within_exam", ()))
        self._fields = frozenset(tuple(name.split()) for name in settings.get("request_fields", ()))
        self._telling = frozenset(settings.get("telling", ()))
        self._asking = frozenset(settings.get("asking", ()))
        self._tails = frozenset(settings.get("heading_tails", ()))
        self._items = frozenset(settings.get("item_words", ()))
        intro: Mapping[str, Any] = settings.get("introducing", {})
        self._seeking, self._pointing, self._settled = (
            frozenset(intro.get(name, ())) for name in ("seeking", "pointing", "settled")
        )
        listed: Mapping[str, Any] = settings.get("criteria", {})
        self._criteria, self._sources, self._ties, self._answers = (
            frozenset(listed.get(name, ())) for name in ("words", "sources", "ties", "answers")
        )
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for section, names in settings.get("sections", {}).items():
            for name in names:
                words = tuple(name.lower().split())
                self._by_first.setdefault(words[0], []).append((words, section))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def is_of_plan(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a heading under a plan only parts it: "Medications:", "DME:"."""
        return texts[sentence.first] in self._within_plan

    def is_of_exam(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a heading only parts the examination of one part of the body: "Palpation:", "ROM:"."""
        return texts[sentence.first] in self._within_exam

    def is_field(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a heading names what is asked for in its own line: "Requested treatment: MRI of the knee"."""
        words = texts[sentence.first : min(sentence.first + LONG, sentence.last + 1)]
        return ":" in words and tuple(word for word in words[: words.index(":")] if not word.isdigit()) in self._fields

    def introduces(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a sentence announces a list of what is asked for: "I am requesting authorization of the following:"."""
        if texts[sentence.last] != ":" or not sentence.line_ends:
            return False
        words = texts[sentence.first : sentence.last]
        is_seeking = not self._seeking.isdisjoint(words) and not self._pointing.isdisjoint(words)
        return is_seeking and self._settled.isdisjoint(words)

    def names_item(self, texts: Sequence[str], sentence: Sentence) -> int | None:
        """The token after the number of an item that a line asks for, "ITEM 1." or "Service #2:", or None."""
        words = [*texts[sentence.first : min(sentence.first + ITEM, sentence.last) + 1]]
        if not sentence.opens or words[0] not in self._items:
            return None
        at = 2 if words[1:2] == ["#"] else 1
        is_item = len(words) > at + 1 and words[at].isdigit() and words[at + 1] in (".", ":", ")")
        return sentence.first + at + 2 if is_item else None

    def _end_of_tail(self, texts: Sequence[str], after: int, last: int) -> int:
        """The token behind the small words that may follow a heading: "today", "as follows", "(continued)", "& recommendations"."""
        place = after
        while place <= min(last, after + LONG) and texts[place] in self._tails:
            place += 1
        return place

    def tells(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a sentence below such a field tells something and asks for nothing: "The SLR is positive"."""
        words = texts[sentence.first : sentence.last + 1]
        return not self._telling.isdisjoint(words) and self._asking.isdisjoint(words)

    def reports(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a sentence tells how the patient is and asks for nothing."""
        words = texts[sentence.first : sentence.last + 1]
        return not (self._telling - ARTICLES).isdisjoint(words) and self._asking.isdisjoint(words)

    def lists_criteria(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a sentence announces a guideline's list: "Criteria for an arthroplasty:", "Criteria: (1) …", but "He meets these criteria:"."""
        end = sentence.last if texts[sentence.last] == ":" else _numbered_after(texts, sentence)
        if end is None:
            return False
        words = texts[sentence.first : end]
        source = next((place for place, word in enumerate(words) if word in self._sources), len(words))
        is_named = not self._criteria.isdisjoint(words) or not self._ties.isdisjoint(words[source:])
        return is_named and self._answers.isdisjoint(words)

    def answers(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a sentence in such a list tells of the patient, by a person, a day or a word that it is met. In an entry of running
        text, "(3) the patient has …", "the patient" is the guideline's."""
        words = texts[sentence.first : sentence.last + 1]
        if _is_numbered(texts, sentence.first):
            words = [word for before, word in pairwise(["", *words]) if before not in ARTICLES]
        return not self._answers.isdisjoint(words) or any(is_year(word) for word in words)

    def at(self, text: str, tokens: Tokens, sentence: Sentence) -> tuple[str, int] | None:
        """The section that a sentence opens and the token after its heading, or None."""
        texts = tokens.texts
        first = sentence.first
        if first + 2 <= sentence.last and texts[first].isdigit() and texts[first + 1] in (".", ")"):
            first += 2  # "23. Treatment rendered:"
        for words, section in self._by_first.get(texts[first], ()):
            after = first + len(words)
            if after > sentence.last + 1 or tuple(texts[first:after]) != words:
                continue
            colon = _colon_after(texts, after, min(after, sentence.last) if section in UNDATED else sentence.last)
            if (
                colon is None and section == GOALS and sentence.opens
            ):  # "GOALS TO BE REACHED IN SIX WEEKS:", "Goals (4 wks):"
                ends = range(after, min(after + LONG, sentence.last + 1))
                colon = next((place for place in ends if texts[place] == ":"), None)
            if colon is not None:
                return section, colon + 1
            if (
                texts[after : sentence.last + 1] in ([], ["."])
                and sentence.opens
                and len(words[0]) > LETTER
                and (sentence.line_ends or text[tokens.starts[first] : tokens.ends[after - 1]].isupper())
            ):
                return section, sentence.last + 1
            if section in TAILED and sentence.opens and len(words[0]) > LETTER:
                end = self._end_of_tail(texts, after, sentence.last)
                if end <= sentence.last and texts[end] == ":":
                    return section, end + 1
                if (
                    texts[end : sentence.last + 1] in ([], ["."])
                    and sentence.line_ends
                    and text[tokens.starts[first]].isupper()
                ):
                    return section, end
            if len(words[0]) == LETTER and _is_letter(text, tokens, sentence, first):
                return section, after
            if sentence.opens and text[tokens.starts[first]].isupper() and _is_set_apart(text, tokens.ends[after - 1]):
                return section, after
        return None


def _is_numbered(texts: Sequence[str], place: int) -> bool:
    """Whether a number in brackets stands there: "(2)"."""
    return list(texts[place : place + 3 : 2]) == ["(", ")"] and texts[place + 1].isdigit()


def _numbered_after(texts: Sequence[str], sentence: Sentence) -> int | None:
    """The colon of a sentence behind which a list in running text begins: "…: (1) …"."""
    places = range(sentence.first, sentence.last)
    return next((place for place in places if texts[place] == ":" and _is_numbered(texts, place + 1)), None)


def _is_letter(text: str, tokens: Tokens, sentence: Sentence, first: int) -> bool:
    """Whether a capital letter stands alone on its line above a list, or opens it with a dash: "P", "P- MRI"."""
    start = tokens.starts[first]
    if not sentence.opens or not text[start].isupper():
        return False
    if tokens.texts[first + 1 : sentence.last + 1] in ([], ["."]):
        rest = text[start + 1 : start + 1 + BELOW].lstrip(" \t\r")
        return sentence.line_ends and rest[:1] == "\n" and rest.lstrip()[:1] in BULLETS | {"1"}
    return text[start + 1 : start + 3] == "- "


def _is_set_apart(text: str, end: int) -> bool:
    """Whether something else than a colon parts a heading from its words: "S> low back pain", "PLAN   MRI", "P - MRI"."""
    rest = text[end : end + 3]
    return rest[:2] == "  " or rest[:1] == "\t" or rest == " - " or rest.lstrip()[:1] == ">"


def _colon_after(texts: Sequence[str], place: int, last: int) -> int | None:
    """The colon of a heading, right behind it or behind a day: "Objective 11/4/16:", "S (12/1/16):"."""
    end = min(place + DATED, last)
    while place < end and (texts[place] in IN_DATES or texts[place].isdigit()):
        place += 1
    return place if place <= last and texts[place] == ":" else None


def _is_entry(texts: Sequence[str], sentence: Sentence) -> bool:
    """Whether a sentence is an entry of a list: "2. Coronary artery disease."."""
    first = sentence.first
    return first < sentence.last and texts[first].isdigit() and texts[first + 1] in (".", ")")


def _is_mark(tokens: Tokens, sentence: Sentence) -> bool:
    """Whether a sentence is only the number or letter of what follows: "J.", "2."."""
    first = sentence.first
    word = tokens.texts[first]
    is_mark = sentence.last == first + 1 and tokens.texts[sentence.last] in (".", ")")
    is_roman = set(word) <= set("ivx")
    return is_mark and sentence.opens and (word.isdigit() or len(word) == LETTER or is_roman)


def _is_apart(text: str, tokens: Tokens, sentence: Sentence) -> bool:
    """Whether a blank line stands before a sentence."""
    before = tokens.ends[sentence.first - 1] if sentence.first else 0
    return is_apart(text, before, tokens.starts[sentence.first])


class Part(NamedTuple):
    """A sentence within its section, "" before the first heading; `opens`: it begins with a heading, which ends before `first`;
    `goes_on`: that heading only parts what is told of one part of the body."""

    section: str
    opens: bool
    first: int
    goes_on: bool = False


def sections_of(text: str, tokens: Tokens, sentences: Sequence[Sentence], headings: Headings) -> list[Part]:
    """For every sentence its section."""
    page = _Page(text, tokens, headings)
    return [page.part(sentence) for sentence in sentences]


class _Page:
    """How far a page has been read: its section, and what will end it."""

    def __init__(self, text: str, tokens: Tokens, headings: Headings) -> None:
        self._text, self._tokens, self._texts, self._headings = text, tokens, tokens.texts, headings
        self._section = ""
        self._fresh = False  # the heading stands alone on its line, so its content is still to come
        self._around = ""  # the section in which goals are named
        self._is_list = False  # of a guideline's criteria
        self._is_field = False  # of a request
        self._listed = ""  # how far a list of what is asked for has come
        self._entries = 0  # of the plan's list so far
        self._is_outline = False  # the heading stands behind a letter
        self._mark = ""  # the number or letter of the next sentence, where it is one by itself

    def part(self, told: Sentence) -> Part:
        """The section of the next sentence."""
        sentence = told._replace(opens=True) if self._mark else told
        is_entry = (
            bool(self._mark) or _is_entry(self._texts, sentence) or _has_bullet(self._text, self._tokens, sentence)
        )
        heading = self._heading(sentence)
        goes_on = bool(
            heading and self._section in ("", heading[0]) and self._headings.is_of_exam(self._texts, sentence)
        )
        is_part = self._section == "plan" and self._headings.is_of_plan(self._texts, sentence)
        if heading and (not is_part or heading[0] == "history"):  # "Medications stopped:" ends a plan
            self._open(sentence, *heading)
        elif not self._leaves(told, sentence, is_entry=is_entry, is_plain=heading is None):
            self._stays(sentence)
        self._entries = self._entries + is_entry if self._section == "plan" and heading is None else 0
        if self._listed == ANNOUNCED:
            self._listed = ENTRIES if is_entry else LINES
        return Part(
            self._told(sentence, is_plain=heading is None),
            heading is not None,
            heading[1] if heading else sentence.first,
            goes_on,
        )

    def _heading(self, sentence: Sentence) -> tuple[str, int] | None:
        heading = self._headings.at(self._text, self._tokens, sentence)
        if heading and self._section in TAILED and heading[0] in UNDATED and self._texts[heading[1] - 1] != ":":
            return None  # "1. MRI" in a plan
        return heading

    def _open(self, sentence: Sentence, section: str, after: int) -> None:
        """Go on to the section of a heading that ends before `after`."""
        self._around = self._section if section == GOALS else ""
        self._section = section
        is_alone = after > sentence.last or self._texts[after : sentence.last + 1] == ["."]
        self._fresh = is_alone and sentence.line_ends  # "CONSENT. Bleeding, infection …" has its content beside it
        self._is_field = not self._fresh and self._headings.is_field(self._texts, sentence)
        self._listed, self._is_outline = "", self._mark.isalpha()

    def _leaves(self, told: Sentence, sentence: Sentence, *, is_entry: bool, is_plain: bool) -> bool:
        """Whether a sentence ends what is asked for, or names one more item of it. `sentence`: it with the mark before it."""
        texts, headings = self._texts, self._headings
        item = headings.names_item(texts, sentence) if is_plain else None
        if item is not None:
            self._section, self._is_field = "" if headings.tells(texts, sentence) else "plan", False
            self._listed = OWN_LINE if item > sentence.last else SAID
        elif self._listed == OWN_LINE:
            self._listed = SAID
            self._section = "" if sentence.opens or headings.tells(texts, sentence) else self._section
        elif self._listed and not _goes_on(self._text, self._tokens, told, self._listed, is_entry=is_entry):
            self._section, self._listed = "", ""
        elif self._is_outline and self._mark.isalpha() and _shouts(self._text, self._tokens, sentence):
            self._section, self._is_outline = "", False  # "J. REQUEST …", "K. JOB …"
        elif self._is_field and (_is_apart(self._text, self._tokens, sentence) or headings.tells(texts, sentence)):
            self._section, self._is_field = "", False
        elif self._section == "plan" and self._entries >= SEVERAL and told.opens and not is_entry:
            if not headings.reports(texts, told):
                return False
            self._section = ""  # what stands below a list of what is planned
        else:
            return False
        return True

    def _stays(self, sentence: Sentence) -> None:
        """Go on in a section, as far as it holds."""
        if (self._section == GOALS or (self._section in SHORT and self._fresh)) and _is_entry(self._texts, sentence):
            return  # a list goes on behind its heading
        if self._section == GOALS:
            self._section, self._fresh = (self._section, False) if self._fresh else (self._around, False)
        elif self._section in SHORT and sentence.opens:
            self._section, self._fresh = (self._section, False) if self._fresh else ("", False)

    def _told(self, sentence: Sentence, *, is_plain: bool) -> str:
        """The section that counts for a sentence; what it announces holds for the next one."""
        headings = self._headings
        self._is_list = self._is_list and not _is_apart(self._text, self._tokens, sentence)
        is_criterion = self._is_list and not headings.answers(self._texts, sentence)
        section = CRITERIA if is_criterion else self._section
        self._is_list = (self._is_list and (is_criterion or is_plain)) or headings.lists_criteria(self._texts, sentence)
        if not self._is_list and self._section not in TAILED and headings.introduces(self._texts, sentence):
            self._section, self._is_field, self._listed = "plan", False, ANNOUNCED
        self._mark = self._texts[sentence.first] if _is_mark(self._tokens, sentence) else ""
        return section


def _goes_on(text: str, tokens: Tokens, sentence: Sentence, listed: str, *, is_entry: bool) -> bool:
    """Whether a list goes on: one in entries to the next paragraph that is none, one in lines to the next blank line; a single item
    that has been told does not."""
    is_new = sentence.opens and _is_apart(text, tokens, sentence)
    return listed == ANNOUNCED or (listed != SAID and (not is_new or (listed == ENTRIES and is_entry)))


def _shouts(text: str, tokens: Tokens, sentence: Sentence) -> bool:
    """Whether a sentence begins with a word in capitals."""
    return text[tokens.starts[sentence.first] : tokens.ends[sentence.first]].isupper()


def _has_bullet(text: str, tokens: Tokens, sentence: Sentence) -> bool:
    """Whether a bullet or a bracket with a letter stands at the head of a sentence."""
    start = tokens.starts[sentence.first]
    return sentence.opens and (text[max(start - 3, 0) : start].strip()[-1:] in BULLETS if start else False)
