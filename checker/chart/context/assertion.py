"""What the words around a mention make of it: negated, uncertain, planned, historical, a guideline's words …

The method is ConText (Harkema et al., J Biomed Inform 2009), which grew out of NegEx (Chapman et al., J Biomed Inform 2001):
trigger phrases with a direction and a reach, ended by terminators, with pseudo-triggers that only look like one. All phrases
are data (rules/assertion).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.chart.context.brackets import bracketed, closed, is_inside, listed, lists_in_brackets, opening
from checker.chart.context.hits import (
    ASKING,
    LISTED,
    NEGATING,
    Hit,
    asks_on,
    lies_within,
    reason_between,
    sharing,
    sharing_all,
)
from checker.chart.context.joints import (
    ends_within,
    is_complement,
    is_counted_apart,
    is_new_statement,
    is_of_one_entry,
    is_of_the_last,
    names_another,
    takes_up,
    told_from,
)
from checker.chart.context.lists import Lists
from checker.chart.context.seats import Seat, crossed
from checker.chart.context.small_words import SmallWords, is_denied_subject, tells_when, turns
from checker.chart.context.triggers import (
    RESPONSES,
    SAYING,
    STOPS,
    WITHIN,
    begins_longer,
    is_said_of_all,
    leads_up,
    passes,
    phrase_of,
    shares,
    strongest,
)
from checker.chart.page.layout import Sentence
from checker.chart.page.when import Day
from checker.rulebook.model import AssertionPhrase
from checker.words.phrase import Match

REACH = 12  # words, where a phrase names no scope
NEAR = 4  # words between a treatment and the brackets that tell its result
ELIDED = 4  # words after "but" in which the result of a treatment is told
OPENING = 3  # words before somebody else at the head of a sentence: "the patient's wife"
HEDGED = 2  # words between "may" and a response that has not come yet
UNDONE = 4  # words between "never" and the verb that it denies: "has never received or attended"
# What a clause behind a "but" may say of the treatment before it, if it opens with words that point back: "but it was denied".
DECIDED = frozenset({"cancelled", "declined", "denied", "historical", "negated", "not_done"})
SETTLED = {*RESPONSES, "resulted"}
UNSAYING = NEGATING | {"not_documented", "goal"}
LISTING = NEGATING | {"guideline"}  # what stands behind their colon is a list, also with semicolons
DEEDS = frozenset({"done", "planned", "historical"})  # what a "never", "no" or "denies" before it turns round
NAMED = frozenset({"requested", "conditional"})  # a word of these inside the name of a treatment may be part of it
WIDE = frozenset({"span", "both"})
SEATED = frozenset({"uncertain", "historical"})  # where they look back, words of place count for none


class Context:
    """The trigger phrases of one sentence, asked for any place in it."""

    def __init__(
        self,
        texts: Sequence[str],
        sentence: Sentence,
        matches: Sequence[Match],
        words: SmallWords,
        days: Sequence[Day] = (),
        seats: Sequence[Seat] = (),
        rows: Sequence[Seat] = (),
    ) -> None:
        """`days`: those of the sentence; each counts as one word. Behind what is denied `seats`, its words of place, and `rows`, what
        stands in a row with a mention, count for none."""
        self._texts, self._days, self._seats, self._rows = texts, days, seats, rows
        self._start, self._end = told_from(texts, sentence.first, sentence.last, words), sentence.last + 1
        self._words = words
        matches = [match for match in matches if match.first >= self._start]
        phrases = [(match, phrase) for match in matches if not self._is_no_response(match, phrase := phrase_of(match))]
        self._triggers = strongest([pair for pair in phrases if pair[1].direction not in STOPS])
        unreal = [match for match, phrase in phrases if phrase.direction == "pseudo"]
        self._stops = [
            match
            for match, phrase in phrases
            if phrase.direction == "terminate"
            and not any(p.first <= match.first and match.last <= p.last for p in unreal)
        ]
        self._clauses = [
            match
            for match, phrase in phrases
            if phrase.direction == "clause" and not any(begins_longer(match, *other) for other in phrases)
        ]
        self._reasons = [match for match, phrase in phrases if phrase.category == "reason"]
        self._conditions = [match for match, phrase in phrases if phrase.category == "conditional"]
        self._failures = [match for match, phrase in phrases if phrase.category in ("failed", "pseudo")]
        denials = [match for match, phrase in self._triggers if phrase.category in NEGATING]
        self._triggers = [p for p in self._triggers if not self._is_denied(*p, denials) and not self._leads_up(*p)]
        self._lists = Lists(texts, self._end, words, (*self._stops, *self._clauses), self._triggers)
        self._triggers = [
            (match, replace(phrase, category="done") if self._is_untold(match, phrase) else phrase)
            for match, phrase in self._triggers
        ]

    def hits(self, first: int, last: int, gaps: Sequence[tuple[int, int]] = (), *, within: bool = False) -> list[Hit]:
        """The categories that hold for the mention from token `first` to `last`, nearest first. `within`: phrases inside
        the mention count too, as in the name "failed PT"."""
        found: dict[tuple[str, bool], int] = {}
        for match, phrase in self._triggers:
            inside = within and first <= match.first and match.last <= last and not self._is_name(match, phrase, last)
            hit = Hit(phrase.category, 0, True) if inside else self._hit(match, phrase, first, last, gaps)
            is_quoted = within and (phrase.category, phrase.direction) == ("guideline", "span")
            if is_quoted and match.first < first < match.last:
                continue  # "UR denied the MRI because …": what the quoted reason is given for is no part of it
            if hit is None:
                hit = sharing(match, phrase, first, last) if within else sharing_all(match, phrase, first, last)
            if hit is not None:
                key = (hit.category, hit.before)
                found[key] = min(hit.distance, found.get(key, hit.distance))
        return sorted((Hit(c, d, b) for (c, b), d in found.items()), key=lambda hit: (hit.distance, hit.category))

    def categories(self) -> frozenset[str]:
        """The categories of all phrases of the sentence, wherever they reach."""
        return frozenset(phrase.category for _, phrase in self._triggers)

    def _leads_up(self, match: Match, phrase: AssertionPhrase) -> bool:
        """Whether "has been" only leads up to what was asked for or decided."""
        is_helper = self._words.elided.issuperset(self._texts[match.first : match.last + 1])
        return is_helper and leads_up(match, phrase, self._triggers)

    def _is_name(self, match: Match, phrase: AssertionPhrase, last: int) -> bool:
        """Whether a word inside the name of a treatment is part of it: "L4-5 RFA", "stimulator trial", but "RFA for PT"."""
        is_named = phrase.category in NAMED or (match.last == last and self._texts[last] in self._words.ending_names)
        is_word = is_named and match.first == match.last
        return is_word and self._words.prepositions.isdisjoint(self._texts[match.last + 1 : match.last + 2])

    def fails(self, first: int, last: int) -> bool:
        """Whether the words from `first` to `last` stand in a phrase that says the contrary: "not [helped]", "[relief with pills]
        is minimal"."""
        denying = self._words.denying
        return any(
            (match.first < first <= match.last and not denying.isdisjoint(self._texts[match.first : first]))
            or (match.first <= last < match.last and not denying.isdisjoint(self._texts[last + 1 : match.last + 1]))
            for match in self._failures
        )

    def is_broken(self, gaps: Sequence[tuple[int, int]], *, may_turn: bool = False, denies: bool = False) -> bool:
        """Whether a phrase with these gaps runs over a "but", or over the denial of something else: "medial meniscus, no ACL tear".
        `may_turn`: what stands right behind the "but" may be part of what it tells: "back to light duty, but lasted a week". `denies`:
        neither does it run over a new verb: "denies numbness and reports depression"."""
        texts, parting = self._texts, self._words.parting
        stops = self._stops + [m for m in self._clauses if denies and turns(texts, m.first, m.last, self._words)]
        return any(
            any(low <= stop.first <= high and not (may_turn and stop.last == high) for stop in stops)
            or any(texts[place] == "," and texts[place + 1] in parting for place in range(low, high - 1))
            for low, high in gaps
        )

    def is_undocumented(self, first: int, gaps: Sequence[tuple[int, int]]) -> bool:
        """Whether a phrase that begins with a "no" runs over the words that something is not documented: "no documentation that he
        gave up caffeine" is not "no … caffeine"."""
        return any(
            phrase.category == "not_documented"
            and match.first == first
            and self._texts[match.last] in self._words.relatives
            and any(low <= match.last <= high for low, high in gaps)
            for match, phrase in self._triggers
        )

    def begins(self, category: str, place: int) -> bool:
        """Whether a phrase of a category begins at a place."""
        return any(match.first == place and phrase.category == category for match, phrase in self._triggers)

    def gives_reason(self, first: int, last: int) -> bool:
        """Whether what stands at `last` is the reason given for what stands at `first`: "labs given losartan"."""
        return reason_between(self._texts, self._reasons, first, last, self._words)

    def is_purpose(self, first: int) -> bool:
        """Whether the word at `first` tells what something is meant to do: "to improve motion"."""
        before, words = self._texts[max(first - 2, 0) : first], self._words
        return bool(before) and before[-1] in words.purpose and before[0] not in words.before_purpose

    def _is_no_response(self, match: Match, phrase: AssertionPhrase) -> bool:
        """Whether a response is denied right before it ("not able to work since"), or only may come ("may give no relief")."""
        before = self._texts[max(match.first - HEDGED, 0) : match.first]
        low = match.first - HEDGED
        low -= self._texts[match.first - 1] == "be" and low > 0  # "would obviously be insufficient"
        spans = [(low, match.first - 1), *match.gaps]
        if phrase.category in RESPONSES and any(self._is_hedged(low, high) for low, high in spans):
            return True
        return phrase.category == "improved" and bool(before) and before[-1] in self._words.denying

    def _is_hedged(self, low: int, high: int) -> bool:
        """Whether a word from `low` to `high` says that something may or will be; "in May" does not."""
        words = self._words
        return any(
            self._texts[place] in words.hedges and (place == 0 or self._texts[place - 1] not in words.prepositions)
            for place in range(max(low, 0), high + 1)
        )

    def _is_untold(self, match: Match, phrase: AssertionPhrase) -> bool:
        """Whether a gain is denied or undocumented as a finding would be, so that it says no more than that the treatment was
        done: "no evidence of improvement with"."""
        if phrase.category not in ("partial", "improved"):
            return False
        return self._texts[self._end - 1] == "?" or any(
            other.category in UNSAYING and self._hit(there, other, match.first, match.last, match.gaps) is not None
            for there, other in self._triggers
        )

    def _is_denied(self, match: Match, phrase: AssertionPhrase, denials: Sequence[Match]) -> bool:
        """Whether a "never" stands before the verb that says that something was done: "never underwent"."""
        if phrase.category not in DEEDS or tells_when(self._texts, match, phrase, self._words):
            return False
        if any(not self._words.denying.isdisjoint(self._texts[low : high + 1]) for low, high in match.gaps):
            return True  # "has been no trial of"
        if phrase.category == "done" and self._is_hedged(match.first - 1, match.first - 1):
            return True  # "may have had"
        for denial in denials:
            places = (self._start, denial.first, match.first)
            if denial.first == denial.last and is_denied_subject(self._texts, *places, self._words):
                return True
            between = self._texts[denial.last + 1 : match.first]
            if denial.last < match.first and len(between) <= UNDONE and "," not in between:
                stops = (*self._stops, *self._clauses)
                if not is_complement(between, self._words) and not any(
                    denial.last < s.first <= match.first for s in stops
                ):
                    return True
        return False

    def _hit(
        self, match: Match, phrase: AssertionPhrase, first: int, last: int, gaps: Sequence[tuple[int, int]]
    ) -> Hit | None:
        if phrase.category == "steady":  # "no [decrease in sensation]", but "no decrease in [numbness]"
            return Hit(phrase.category, 1, True) if match.first < first <= match.last else None
        reach = LISTED if self._is_subject(match, phrase, first) else phrase.scope or REACH
        if match.first < first <= match.last and shares(phrase):
            is_shared = phrase.category not in NEGATING or (match.last < last and phrase.direction != "backward")
            return Hit(phrase.category, 1, True) if is_shared else None
        if match.first == last > first and self._texts[last] == ":" and phrase.category in NEGATING:
            return Hit(phrase.category, 1, False)  # "MRI:" and ": none" share a mark
        if match.last < first:
            if phrase.direction == "backward":
                return None
            distance = self._words_between(match.last, first, phrase)
            if (
                distance > reach
                and not self._lists.goes_on(match, phrase, first)
                and not asks_on(phrase, self._texts[match.last + 1 : first], self._words)
            ):
                return None
            if self._reaches_on(match, phrase, first):
                return Hit(phrase.category, distance, True)
        elif match.first > last:
            if phrase.direction in ("backward", "both"):
                return self._hit_behind(match, phrase, first, last, reach)
        elif phrase.category == "other_person" and match.first == first + 1:
            return Hit(phrase.category, 1, True)  # "the patient's wife had surgery": the mention begins with the "s"
        elif lies_within(match, phrase, last, gaps):
            return Hit(WITHIN[phrase.category], 1, True) if phrase.category in WITHIN else None
        elif phrase.category == "not_done" and match.last == last and any(a <= match.first <= b for a, b in gaps):
            return Hit(phrase.category, 1, True)  # "EMG: not done" is a phrase, too: "EMG … done"
        elif any(low <= first and last <= high + (phrase.direction == "span") for low, high in match.gaps):
            # a mention may take up the word that ends a phrase around it: "is [requested to …] so"
            return None if passes(match, phrase, last, self._triggers) else Hit(phrase.category, 1, True)
        return None

    def _hit_behind(self, match: Match, phrase: AssertionPhrase, first: int, last: int, reach: int) -> Hit | None:
        """What a phrase says of a mention that stands before it."""
        if phrase.category in RESPONSES:
            last = closed(self._texts, first, last, match.first)
        distance = self._words_between(last, match.first, phrase)
        if is_said_of_all(phrase):
            beside = [row.last - last for row in self._rows if row.first == last and row.last < match.first]
            distance -= max(beside, default=0)
        hit = Hit(phrase.category, distance, False)
        if phrase.category in RESPONSES and is_inside(self._texts, self._start, first, last, match.first):
            return hit if lists_in_brackets(self._texts, self._start, last, match.first, self._words) else None
        if distance > reach and not self._lists.is_row(match, phrase, last, reach):
            return None
        return hit if self._reaches_back(match, phrase, last) else None

    def _words_between(self, before: int, after: int, phrase: AssertionPhrase) -> int:
        """How many words it is from one place to another. That a thing is of the past goes less far: "the prior injection on 2/3/15 gave"."""
        days = self._days if phrase.category != "historical" else ()
        looks_back = phrase.category in SEATED and phrase.direction == "backward"
        seats = self._seats if phrase.category in ("negated", "denied") or looks_back else ()
        length = after - before - crossed(days, before, after) - crossed(seats, before, after)
        return length - bracketed(self._texts, before, after) if phrase.category in RESPONSES else length

    def _is_subject(self, match: Match, phrase: AssertionPhrase, first: int) -> bool:
        """Whether a sentence begins with somebody else and comes to the mention without a word for the patient: "His wife has …"."""
        if phrase.category != "other_person" or match.first > self._start + OPENING:
            return False
        return self._words.patients.isdisjoint(self._texts[match.last + 1 : first])

    def _reaches_on(self, match: Match, phrase: AssertionPhrase, first: int) -> bool:
        start = match.last
        # "ODG criteria: pain; failure of therapy", "Denies: fever; numbness"
        lists = self._texts[start + (phrase.category in NEGATING)] == ":" and phrase.category in LISTING
        if any(start < stop.first <= first and not (lists and self._texts[stop.first] == ";") for stop in self._stops):
            return False
        between = ["," if lists and word == ";" else word for word in self._texts[start + 1 : first]]
        if phrase.category in RESPONSES and ")" in between and "(" not in between:
            return False  # "therapy (no help), injections": what stands in brackets is of the word before them
        if phrase.category in SAYING and "," in self._texts[start + 1 : first + 1] and self._is_of_one_entry(match):
            return False  # "an injection with 70% relief, therapy, and pills"
        if phrase.category in ASKING and any(start < reason.first < first for reason in self._reasons):
            return False  # "a gym is requested because home exercise has failed"
        if phrase.direction in WIDE:
            return phrase.category not in RESPONSES or not any(
                self._parts(stop, start, first) for stop in self._clauses
            )
        if any(start < stop.first <= first and not self._lists.has_member(phrase, stop) for stop in self._clauses):
            return False
        if phrase.category in NEGATING and (
            is_complement(between, self._words) or ends_within(self._texts[match.last], between, self._words)
        ):
            return False
        if "," not in between:
            return True
        return phrase.direction == "list" and self._lists.reaches(phrase.category, between, first)

    def _parts(self, stop: Match, start: int, first: int) -> bool:
        """Whether a new statement about the patient begins between a result and a mention behind it: "two weeks of relief, and has"."""
        return start < stop.first <= first and self._texts[stop.last] in self._words.having

    def _reaches_back(self, match: Match, phrase: AssertionPhrase, last: int) -> bool:
        start = match.first
        stops = [stop for stop in self._stops if last < stop.first < start]
        if stops and phrase.category in DECIDED:
            return all(self._points_back(stop, match, phrase) for stop in stops)
        if stops and not (phrase.category in SAYING and start - stops[0].last <= ELIDED):
            return False
        if phrase.category in SETTLED and any(last < condition.first < start for condition in self._conditions):
            return False  # "shock waves, if no better", "injection if the MRI is positive": nothing has come of it yet
        between, told = self._texts[last + 1 : start], self._texts[start]
        opens = opening(between, told if phrase.category in RESPONSES else "")
        if opens is not None:  # the phrase stands in brackets
            is_of_all = self._texts[match.last] in self._words.several or not listed(between[:opens], self._words)
            return phrase.category in RESPONSES and opens <= NEAR and is_of_all and "," not in between[opens:]
        each = self._texts[match.last + 1 : match.last + 2] in [[word] for word in self._words.each]
        if phrase.category in RESPONSES and is_of_the_last(between, self._words, is_each=each, opening=told):
            return False
        if phrase.category in RESPONSES and self._is_of_stopped(last, start):
            return False
        if (
            phrase.category in SAYING
            and names_another(self._texts[last:start], self._words)
            and self._is_of_one_entry(match)
        ):
            return False
        if phrase.direction in WIDE:
            return True
        if ";" in between:
            return phrase.category in RESPONSES and takes_up(self._texts, match, last + 1, self._end, self._words)
        if phrase.category in NEGATING and ":" in between[:-1]:
            return False
        if phrase.category in UNSAYING and is_counted_apart(between, self._words):
            return False
        is_of_all = phrase.category in RESPONSES and self._texts[start] in self._words.whole
        return is_of_all or not is_new_statement(between, self._words)

    def _is_of_one_entry(self, match: Match) -> bool:
        texts, first = self._texts, match.first
        told, behind = texts[first : match.last + 1], texts[match.last + 1 : self._end]
        return first > self._start and is_of_one_entry(texts[first - 1], told, behind, self._words)

    def _is_of_stopped(self, last: int, start: int) -> bool:
        """Whether the last entry of a list was stopped, so that the result behind it is of that one: "Norco, Soma, Ambien stopped: no
        effect", but "Norco, Soma and Ambien were stopped"."""
        stopped = [m.first for m, phrase in self._triggers if phrase.category == "stopped" and last < m.first < start]
        if not stopped or "," not in self._texts[last + 1 : stopped[-1]]:
            return False
        comma = max(place for place in range(last + 1, stopped[-1]) if self._texts[place] == ",")
        return (self._words.verbs | self._words.conjunctions).isdisjoint(self._texts[comma + 1 : stopped[-1]])

    def _points_back(self, stop: Match, match: Match, phrase: AssertionPhrase) -> bool:
        """Whether a clause behind a "but" goes on about the same thing: "but it was denied", "but films did not confirm it"."""
        elided = self._words.elided
        if self._texts[stop.last] == ";" and phrase.category == "declined":
            return match.first == stop.last + 1 and self._texts[match.last] in ".,;"  # "offered; patient declined."
        is_about_it = elided.issuperset(self._texts[stop.last + 1 : match.first]) or self._texts[match.last] in elided
        return is_about_it and (self._texts[stop.last] != ";" or self._texts[stop.last + 1] in ("it", "this", "that"))
