"""`imr-check explain`: what a rule, treatment, finding, guideline or word of the report is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli import console
from checker.cli.in_words import in_words
from checker.interview.plain import charts_say, finding_phrases, in_plain_words, leaves, plain
from checker.problem import InputError, Problem, nearest
from checker.rulebook.checks import names_in
from checker.rulebook.model import Criterion, Rule, Rulebook

if TYPE_CHECKING:
    from checker.rulebook.scenarios import Outcome


def complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names for the shell to offer; rules only once their guideline is typed, because there are hundreds."""
    from checker.api import open_rulebook

    rulebook = open_rulebook()
    if "/" in incomplete:
        return [name for name in rulebook.rules if name.startswith(incomplete)]
    heads = [f"{name}/" for name in rulebook.guidelines]
    return [name for name in [*WORDS, *rulebook.treatments, *heads] if incomplete and name.startswith(incomplete)]


WORDS = {
    "upheld": "The reviewer lets the denial stand: a required criterion fails, or an exclusion is shown.",
    "overturned": "The reviewer reverses the denial: every required criterion is met and no exclusion is shown.",
    "undetermined": "No rule governs the treatment on this date, or the treatment was not recognised.",
    "imr": "Independent Medical Review: a physician reads the papers once and upholds or overturns the denial.",
    "ur": "Utilization review: the claims administrator's review, which approves, modifies or denies a request.",
    "rfa": "Request for Authorization, the form DWC Form RFA with which treatment is asked for.",
    "mtus": "Medical Treatment Utilization Schedule, California's guidelines. It is presumed correct.",
    "acoem": "Guidelines of the American College of Occupational and Environmental Medicine. The MTUS adopts them.",
    "odg": "Official Disability Guidelines. They come after the MTUS.",
    "record": "The papers of the request: reports, notes, consults, images, letters.",
    "finding": "One clinical fact with its status, body part, side, day and value, and the line that it stands in.",
    "criterion": "One demand of a guideline that the record can show or fail to show.",
    "remedy": "What the office can do so that a criterion is met, if the facts are so.",
    "met": "The record shows what the criterion asks.",
    "not_met": "The record shows the contrary of what the criterion asks.",
    "not_documented": "The record is silent. Reviewers treat it as failure; only silence can be mended with the pen.",
    "conflicting": "Papers of the record disagree. Kind of paper and date decide; both are shown.",
    "not_applicable": "The condition under which the criterion is asked is not shown, so it does not count.",
    "contradicted": "The record shows the contrary of what the criterion asks. The pen cannot mend that.",
    "speaks_against": "The record shows a fact that must not be so: it defeats the request.",
    "must_not_be_so": "An exclusion: a fact that defeats the request when the record shows it; silence passes.",
    "ruled_out": "The record shows that a fact that would defeat the request is not there.",
    "not_recorded": "The record says nothing of a fact that would defeat the request; silence passes.",
    "not_stated": "The request and its papers do not say whether this point of procedure is in order.",
    "stated_by_the_office": "It stands under `findings:` or `prior_treatments:` of the request; no program read it.",
    "hard_barrier": "A criterion that no paper can mend while the request stays as it is.",
    "barrier": "A criterion that no paper can mend while the request stays as it is.",
    "required": "A criterion that must be met.",
    "exclusion": "A fact that defeats the request when the record shows it; silence passes.",
    "supporting": "A criterion that is shown and never decides.",
    "quoted": "The demand was read in the guideline itself.",
    "as_applied": "The demand is taken from how IMR reviewers apply the guideline.",
    "recalled": "The demand is from memory and was not verified; its confidence is shown beside it.",
}


@click.command("explain")
@click.argument("words", nargs=-1, required=True, metavar="NAME...", shell_complete=complete_name)
@console.rules_option
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], rules: tuple[Path, ...]) -> None:
    """Explain a rule, criterion, treatment, finding, guideline or word of the report.

    NAME is an id as the reports show it, RULE#CRITERION for one criterion of a rule, words of the report such as not
    documented, or the usual words for a treatment or a finding. A rule and a criterion are shown with a case that meets them and one
    that does not.
    """
    width = console.line_width(None)
    name = " ".join(words)
    word = name.strip().lower().replace(" ", "_").replace("-", "_")
    if word in WORDS:
        console.emit(console.paragraph(WORDS[word], width, lead=f"{word.replace('_', ' ')}: ") + "\n", ctx)
        return
    from checker.api import open_rulebook, rules_folder

    rulebook = open_rulebook(rules)
    folders = (rules_folder(), *rules)
    told: list[str] = []
    for key in _keys(name, rulebook):
        for part in [list(tell(key, rulebook, width)) for tell in _TELLERS] + [
            list(tell_cases(key, rulebook, folders, width)),
            list(tell_criterion(key, rulebook, folders, width)),
        ]:
            told += ["", *part] if told and part else part
        if told:
            break
    if not told:
        known = [*rulebook.rules, *rulebook.treatments, *rulebook.findings, *rulebook.guidelines, *WORDS]
        expected = "the id of a rule, criterion, treatment, finding or guideline, or a word of the report"
        found = f"nothing is called '{name}'"
        fix = nearest(name.strip().lower().replace(" ", "-"), known)
        if not fix and Path(name).exists():
            fix = f"That is a file; to check a request: imr-check {name}"
        fix = (
            fix
            or 'How words of a form are understood: imr-check rules match "the words". All rules: imr-check rules list'
        )
        raise InputError([Problem("explain", 0, 0, "unknown-name", found, expected, fix)])
    console.emit("\n".join(told) + "\n", ctx)


def _keys(name: str, rulebook: Rulebook) -> Iterator[str]:
    """The ids that a name may stand for: itself, then the treatments and findings whose usual words it is."""
    yield name.strip().lower().replace(" ", "-")
    from checker.interview.steps import asked_for

    yield from asked_for({"request": name}, rulebook).treatments
    words = name.strip().lower()
    yield from (
        finding.id for finding in rulebook.findings.values() if words in (finding.label.lower(), *finding.phrases)
    )


def tell_rule(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    """A rule with its criteria."""
    rule = rulebook.rules.get(key)
    if rule is None:
        return
    guideline = rulebook.guidelines[rule.guideline]
    yield console.paragraph(f"{rule.title} ({rule.id})", width)
    if rule.summary:
        yield console.paragraph(rule.summary, width, 2)
    place = ", ".join(part for part in (guideline.title, rule.section, rule.pages and f"pages {rule.pages}") if part)
    yield console.paragraph(place, width, 2, "guideline: ")
    yield console.paragraph(f"{guideline.start or 'always'} to {guideline.end or 'now'}", width, 2, "in force: ")
    yield console.paragraph(_scope(rule), width, 2, "applies to: ")
    yield console.paragraph(rule.recommendation.replace("_", " "), width, 2, "recommendation: ")
    for criterion in rule.criteria:
        yield ""
        yield from _criterion(criterion, width)


def _scope(rule: Rule) -> str:
    scope = rule.scope
    text = ", ".join(scope.treatments)
    if scope.body_parts:
        text += f"; at the {', '.join(scope.body_parts)}"
    return text + (f"; for {scope.when_text or in_words(scope.when)}" if scope.when else "")


def _criterion(criterion: Criterion, width: int) -> Iterator[str]:
    kind = criterion.role + (", hard barrier" if criterion.barrier else "")
    yield console.paragraph(f"{criterion.statement} [{criterion.id}; {kind}]", width, 2, "- ")
    yield console.paragraph(in_words(criterion.check), width, 4, "tested: ")
    if criterion.applies_when:
        yield console.paragraph(in_words(criterion.applies_when), width, 4, "only when: ")
    if criterion.remedy:
        yield console.paragraph(criterion.remedy, width, 4, "remedy: ")
    confidence = f", {criterion.basis.confidence} confidence" if criterion.basis.confidence else ""
    source = f" ({criterion.basis.source})" if criterion.basis.source else ""
    yield console.paragraph(f"{criterion.basis.kind.replace('_', ' ')}{confidence}{source}", width, 4, "basis: ")


def _tell_treatment(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    treatment = rulebook.treatments.get(key)
    if treatment is None:
        return
    yield console.paragraph(f"{treatment.label} (treatment {treatment.id}, {treatment.category})", width)
    written = dict.fromkeys(in_plain_words(name) for name in treatment.names)
    yield console.paragraph("; ".join(written), width, 2, "written as: ")
    facts = (("codes", treatment.codes), ("an example of", treatment.kinds), ("must state", treatment.needs))
    yield from (console.paragraph(", ".join(said), width, 2, f"{name}: ") for name, said in facts if said)
    rules = rulebook.by_treatment.get(key, ())
    yield console.paragraph(", ".join(rules) or "none of its own", width, 2, "rules: ")


def _tell_list(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    """A list of words that phrases name."""
    if words := rulebook.words.words.get(key):
        yield console.paragraph("; ".join(sorted(words)), width, 0, f"{key}, a list of words for phrases: ")


def _tell_finding(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    finding = rulebook.findings.get(key)
    if finding is None:
        return
    yield console.paragraph(f"{finding.label} (finding {finding.id}, {finding.kind})", width)
    for lead, status in (("charts say: ", "present"), ("or, where it is not so: ", "absent")):
        phrases = finding_phrases(finding, status)[:6]
        if phrases:
            yield console.paragraph("; ".join(f'"{phrase}"' for phrase in phrases), width, 2, lead)
    facts = (
        ("read from", finding.phrases), ("read as absent from", finding.absent_phrases),
        ("read behind a drug that helped from", finding.next_phrases),
        ("not read from", finding.not_phrases), ("numbers", finding.numbers),
        ("diagnosis codes", finding.codes), ("implies", finding.implies),
        (f"shown by treatments ({', '.join((*finding.statuses, *finding.responses))})", finding.treatments),
    )  # fmt: skip
    yield from (console.paragraph("; ".join(said), width, 2, f"{name}: ") for name, said in facts if said)
    asked = [f"{rule.id}#{one.id}" for rule, one in _criteria(rulebook) if key in names_in(one.check)["finding"]]
    if asked:
        more = f" and {len(asked) - 5} more" if len(asked) > 5 else ""
        yield console.paragraph(", ".join(asked[:5]) + more, width, 2, "asked by: ")


def _tell_guideline(key: str, rulebook: Rulebook, width: int) -> Iterator[str]:
    guideline = rulebook.guidelines.get(key)
    if guideline is None:
        return
    yield console.paragraph(f"{guideline.title} (guideline {guideline.id})", width)
    yield console.paragraph(f"{guideline.start or 'always'} to {guideline.end or 'now'}", width, 2, "in force: ")
    yield console.paragraph(guideline.citation, width, 2, "citation: ")
    yield from (console.paragraph(silence.why, width, 2, "silent: ") for silence in guideline.silent_on)
    rules = [rule.id for rule in rulebook.rules.values() if rule.guideline == key]
    yield console.paragraph(", ".join(rules) or "none", width, 2, "rules: ")


def tell_cases(key: str, rulebook: Rulebook, folders: Sequence[Path], width: int) -> Iterator[str]:
    """A case in which the rule supports the request, and one in which it does not; of a treatment by its newest rule."""
    rule = rulebook.rules.get(key) or _newest_rule(key, rulebook)
    if rule is None:
        return
    from checker.cli.examples import outcomes_of, tell_pair

    if rule.id != key:
        yield console.paragraph(f"By the newest rule, {rule.id}: {rule.summary}".rstrip(": "), width)
    wanted = [
        ("A case that passes", lambda outcome: outcome.item.prediction == "overturned"),
        ("A case that fails", lambda outcome: outcome.item.prediction == "upheld"),
    ]
    yield from tell_pair(outcomes_of(rule.id, rulebook, folders), wanted, rulebook, width)


def _newest_rule(treatment: str, rulebook: Rulebook) -> Rule | None:
    """Of the rules on a treatment the one whose guideline came into force last; of equals the first in the list."""
    found = [rulebook.rules[name] for name in rulebook.by_treatment.get(treatment, ())]
    return max(found, key=lambda rule: rulebook.guidelines[rule.guideline].start or date.min, default=None)


def tell_criterion(key: str, rulebook: Rulebook, folders: Sequence[Path], width: int) -> Iterator[str]:
    """One criterion in full; a criterion that several rules ask, with its rules."""
    rule_id, mark, name = key.rpartition("#")
    found = [(rule, one) for rule, one in _criteria(rulebook) if one.id == name and rule_id in ("", rule.id)]
    if mark and rule_id in rulebook.rules and not found:
        known = [one.id for one in rulebook.rules[rule_id].criteria]
        problem = f"{rule_id} has no criterion '{name}'"
        raise InputError([Problem("explain", 0, 0, "unknown-name", problem, f"one of {', '.join(known)}")])
    if len(found) == 1:
        yield from _one_criterion(*found[0], rulebook, folders, width)
    elif found:
        yield console.paragraph(f"Criterion {name}, asked by {len(found)} rules", width)
        by_statement: dict[str, list[str]] = {}
        for rule, one in found:
            by_statement.setdefault(one.statement, []).append(rule.id)
        for statement, rules in sorted(by_statement.items(), key=lambda pair: -len(pair[1])):
            yield console.paragraph(statement, width, 2, "- ")
            more = f" and {len(rules) - 3} more" if len(rules) > 3 else ""
            yield console.paragraph(", ".join(rules[:3]) + more, width, 4)
        yield console.paragraph(f'One of them in full: imr-check explain "{found[0][0].id}#{name}"', width)


def _one_criterion(
    rule: Rule, criterion: Criterion, rulebook: Rulebook, folders: Sequence[Path], width: int
) -> Iterator[str]:
    from checker.cli.examples import outcomes_of, tell_pair

    guideline = rulebook.guidelines[rule.guideline]
    yield console.paragraph(f"{criterion.statement} ({rule.id}#{criterion.id})", width)
    barrier = f" {WORDS['barrier']}" if criterion.barrier else ""
    yield console.paragraph(WORDS[criterion.role] + barrier, width, 2)
    place = ", ".join(part for part in (guideline.title, rule.section, rule.pages and f"pages {rule.pages}") if part)
    yield console.paragraph(place, width, 2, "asked by: ")
    source = f" ({criterion.basis.source})" if criterion.basis.source else ""
    confidence = f" Confidence: {criterion.basis.confidence}." if criterion.basis.confidence else ""
    yield console.paragraph(f"{WORDS[criterion.basis.kind]}{confidence}{source}", width, 2, "why: ")
    yield console.paragraph(plain(criterion.check, rulebook), width, 2, "asks for: ")
    yield console.paragraph(in_words(criterion.check), width, 2, "tested: ")
    if criterion.applies_when:
        yield console.paragraph(plain(criterion.applies_when, rulebook), width, 2, "asked only when: ")
    phrases = charts_say(leaves(criterion.check), rulebook, 6)
    if phrases:
        yield console.paragraph("; ".join(f'"{phrase}"' for phrase in phrases), width, 2, "charts say: ")
    if criterion.remedy:
        yield console.paragraph(criterion.remedy, width, 2, "what the office can do: ")

    def has(*statuses: str) -> Callable[[Outcome], bool]:
        return lambda outcome: any(
            line.id == criterion.id and line.rule == rule.id and line.status in statuses
            for line in outcome.item.criteria
        )

    wanted = [("It is met", has("met")), ("The record shows the contrary", has("not_met")),
              ("The record is silent", has("not_documented"))]  # fmt: skip
    yield from tell_pair(outcomes_of(rule.id, rulebook, folders), wanted, rulebook, width)


def _criteria(rulebook: Rulebook) -> Iterator[tuple[Rule, Criterion]]:
    return ((rule, criterion) for rule in rulebook.rules.values() for criterion in rule.criteria)


_TELLERS: tuple[Callable[[str, Rulebook, int], Iterator[str]], ...] = (
    tell_rule,
    _tell_treatment,
    _tell_finding,
    _tell_list,
    _tell_guideline,
)
