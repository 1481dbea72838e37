"""Sections of a note: subjective, objective, plan … by their headings, which are data (rules/assertion/sections.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from checker.chart.layout import BULLETS, Sentence, is_apart
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


class Headings:
    """Heading words → section."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._within_plan = frozenset(settings.get("within_plan", ()))
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
        """Whether a sentence announces a guideline's list: "Criteria for an arthroplasty:", but "He meets these criteria:"."""
        if texts[sentence.last] != ":":
            return False
        words = texts[sentence.first : sentence.last]
        source = next((place for place, word in enumerate(words) if word in self._sources), len(words))
        is_named = not self._criteria.isdisjoint(words) or not self._ties.isdisjoint(words[source:])
        return is_named and self._answers.isdisjoint(words)

    def answers(self, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether a sentence in such a list tells of the patient, by a person, a day or a word that it is met."""
        words = texts[sentence.first : sentence.last + 1]
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


def _is_letter(text: str, tokens: Tokens, sentence: Sentence, first: int) -> bool:
    """Whether a capital letter stands alone on its line above a list, or opens it with a dash: "P", "P- MRI"."""
    start = tokens.starts[first]
    if not sentence.opens or not text[start].isupper():
        return False
    if tokens.texts[first + 1 : sentence.last + 1] in ([], ["."]):
        rest = text[start + 1 : start + 1 + BELOW].lstrip(" \t\r")
        return sentence.line_ends and rest[:1] == "\n" and rest.lstrip()[:1] in BULLETS | {"1"}
    return text[start + 1 : start + 3] == "- "


# How far a list of what is asked for has come: announced, in its entries or lines; the number of an item, the item itself.
ANNOUNCED, ENTRIES, LINES, OWN_LINE, SAID = "announced", "entries", "lines", "item", "said"


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


def _is_mark(text: str, tokens: Tokens, sentence: Sentence) -> bool:
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
    """A sentence within its section, "" before the first heading; `opens`: it begins with a heading, which ends before `first`."""

    section: str
    opens: bool
    first: int


def sections_of(text: str, tokens: Tokens, sentences: Sequence[Sentence], headings: Headings) -> list[Part]:
    """For every sentence its section."""
    found: list[Part] = []
    section = ""
    fresh = False  # the heading stands alone on its line, so its content is still to come
    around = ""  # the section in which goals are named
    is_list = False  # of a guideline's criteria
    is_field = False  # of a request
    listed = ""  # what is asked for below an announcement: in entries or in lines
    entries = 0  # of the plan's list so far
    is_outline = False  # the heading stands behind a letter
    is_marked = False  # the sentence before is only the number or letter of this one
    for told in sentences:
        sentence = told._replace(opens=True) if is_marked else told
        is_entry = is_marked or _is_entry(tokens.texts, sentence) or _has_bullet(text, tokens, sentence)
        heading = headings.at(text, tokens, sentence)
        if heading and section in TAILED and heading[0] in UNDATED and tokens.texts[heading[1] - 1] != ":":
            heading = None  # "1. MRI" in a plan
        item = headings.names_item(tokens.texts, sentence) if heading is None else None
        first = heading[1] if heading else sentence.first
        if heading and not (section == "plan" and headings.is_of_plan(tokens.texts, sentence)):
            around = section if heading[0] == GOALS else ""
            section, after = heading
            is_alone = after > sentence.last or tokens.texts[after : sentence.last + 1] == ["."]
            fresh = is_alone and sentence.line_ends  # "CONSENT. Bleeding, infection …" has its content beside it
            is_field = not fresh and headings.is_field(tokens.texts, sentence)
            listed, is_outline = "", is_marked and not tokens.texts[sentence.first - 2].isdigit()
        elif item is not None:
            section, is_field = "" if headings.tells(tokens.texts, sentence) else "plan", False
            listed = OWN_LINE if item > sentence.last else SAID
        elif listed == OWN_LINE:
            section, listed = "" if sentence.opens or headings.tells(tokens.texts, sentence) else section, SAID
        elif listed and not _goes_on(text, tokens, told, listed, is_entry=is_entry):
            section, listed = "", ""
        elif (
            is_outline
            and is_marked
            and not tokens.texts[sentence.first - 2].isdigit()
            and _shouts(text, tokens, sentence)
        ):
            section, is_outline = "", False  # "J. REQUEST …", "K. JOB …"
        elif is_field and (_is_apart(text, tokens, sentence) or headings.tells(tokens.texts, sentence)):
            section, is_field = "", False
        elif (section == GOALS or (section in SHORT and fresh)) and _is_entry(tokens.texts, sentence):
            pass  # a list goes on behind its heading
        elif section == GOALS:
            section, fresh = (section, False) if fresh else (around, False)
        elif section in SHORT and sentence.opens:
            section, fresh = (section, False) if fresh else ("", False)
        elif (
            section == "plan"
            and entries >= SEVERAL
            and told.opens
            and not is_entry
            and headings.reports(tokens.texts, told)
        ):
            section, entries = "", 0  # what stands below a list of what is planned
        entries = entries + is_entry if section == "plan" and heading is None else 0
        if listed == ANNOUNCED:
            listed = ENTRIES if is_entry else LINES
        is_list = is_list and not _is_apart(text, tokens, sentence)
        is_criterion = is_list and not headings.answers(tokens.texts, sentence)
        is_list = is_list and (is_criterion or heading is None)
        found.append(Part(CRITERIA if is_criterion else section, heading is not None, first))
        is_list = is_list or headings.lists_criteria(tokens.texts, sentence)
        if not is_list and section not in TAILED and headings.introduces(tokens.texts, sentence):
            section, is_field, listed = "plan", False, ANNOUNCED
        is_marked = _is_mark(text, tokens, sentence)
    return found


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
