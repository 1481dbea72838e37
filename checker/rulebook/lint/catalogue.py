"""What lint looks for: every id with what it finds, why it matters, and an example of the fault and of its cure."""

from __future__ import annotations

from checker.record import record


@record
class About:
    """One check of lint, for `rules lint --explain` and the documentation."""

    finds: str
    why: str
    wrong: str
    right: str


_NAME = (
    "A misspelt name is never found in any chart, so its criterion would be silent for ever and nobody would see why."
)

CHECKS: dict[str, About] = {
    "schema": About(
        "A file that does not keep its schema, or is not YAML.",
        "A key that nobody reads looks as if it worked.",
        "criterea: [...]",
        "criteria: [...]",
    ),
    "rule-id": About(
        "A rule whose id is not its path.",
        "The path is the id: that is how reports, scenarios and people find the file.",
        "rule: odg/tens   # in rules/odg/tens-trial.yaml",
        "rule: odg/tens-trial",
    ),
    "bad-check": About(
        "A check with a number or length of time that its operator cannot read.",
        "It could not be tested.",
        "{duration: {of: injury}}",
        '{duration: {of: injury, at_least: "6 weeks"}}',
    ),
    "duplicate-entry": About(
        "A criterion, finding or treatment that is defined twice.",
        "Only one of the two counts, and not the one that was read.",
        "- id: failed-care   # twice in one rule",
        "- id: failed-care\n- id: failed-injections",
    ),
    "unknown-finding": About(
        "A finding that no vocabulary has, with the nearest name.", _NAME,
        "{finding: limited-moton}", "{finding: limited-motion}",
    ),
    "unknown-treatment": About(
        "A treatment that the catalogue does not have, with the nearest name.", _NAME,
        "{tried: {treatments: [nsaids]}}", "{tried: {treatments: [nsaid]}}",
    ),
    "unknown-body-part": About(
        "A body part that body_parts.yaml does not have.", _NAME,
        "body_parts: [low back]", "body_parts: [lumbar spine]",
    ),
    "unknown-guideline": About(
        "A rule of a guideline that guidelines.yaml does not have.",
        "Without its dates and tier nobody can say when the rule governs.",
        "guideline: mtus-chronic-pain", "guideline: mtus-chronic-pain-2009",
    ),
    "unknown-source": About(
        "A basis that cites a source which sources.yaml does not have. Several sources are parted by a semicolon.",
        "A reader must be able to look up where a demand comes from.",
        "source: Physical medicine", "source: MTUS Chronic Pain 2009, Physical medicine",
    ),
    "unknown-rule": About(
        "A rule that does not exist, named by `extends`, by a scenario, or by the path of a scenario file.",
        "Nothing would be inherited, or nothing tested.",
        "extends: odg/tensi", "extends: odg/tens",
    ),
    "unknown-criterion": About(
        "A criterion that the rule does not have, named by `drop` or by a scenario.",
        "The scenario would test nothing, or the criterion would stay.",
        "expect: {criteria: {failed-cares: met}}", "expect: {criteria: {failed-care: met}}",
    ),
    "unknown-flag": About(
        "A flag of the request that items.yaml does not have.", _NAME,
        "{request: {flag: rent}}", "{request: {flag: rental}}",
    ),
    "unknown-unit": About(
        "A quantity that neither items.yaml nor a treatment counts in.", _NAME,
        "{request: {quantity: sittings, at_most: 6}}", "{request: {quantity: visits, at_most: 6}}",
    ),
    "unknown-fact": About(
        "A fact that rules/procedure does not have.",
        "A deadline or requirement would stand there without its law.",
        "facts: [ur-five-day]", "facts: [ur-five-days]",
    ),
    "never-met": About(
        "A criterion that no chart can satisfy, whatever it says; or an exclusion that every chart shows.",
        "The rule would deny every request. If the guideline does not support the service, say so with `recommendation`, "
        "or write a barrier as `{any: []}` with `barrier: true`.",
        '{all: [{duration: {of: injury, at_least: "6 weeks"}}, {duration: {of: injury, at_most: "4 weeks"}}]}',
        '{duration: {of: injury, at_least: "4 weeks", at_most: "6 weeks"}}',
    ),
    "never-fails": About(
        "A criterion that no chart can fail, or an exclusion that no chart can show.",
        "It looks like a demand and asks nothing.",
        "{any: [{request: {flag: trial}}, {not: {request: {flag: trial}}}]}",
        "{request: {flag: trial}}",
    ),
    "never-applies": About(
        "A criterion whose `applies_when` cannot be met where its rule applies.",
        "It would be shown as not applicable for ever.",
        "when: {request: {flag: initial}}        # of the rule\napplies_when: {not: {request: {flag: initial}}}",
        "applies_when: {request: {flag: trial}}",
    ),
    "contradictory-criteria": About(
        "Two deciding criteria of one rule that no chart can satisfy together.",
        "Each looks right by itself; together they deny every request.",
        '- check: {duration: {of: injury, at_least: "3 months"}}\n- check: {duration: {of: injury, at_most: "6 weeks"}}',
        "one of the two with an applies_when",
    ),
    "duplicate-criteria": About(
        "Two criteria of one rule with the same check, or with the same statement.",
        "One gap of the record would be reported twice, or two demands could not be told apart.",
        "- statement: Therapy failed.   # twice", "- statement: Therapy failed.\n- statement: Drugs failed.",
    ),
    "statement-count": About(
        'A statement that says "at least 2 of 3" or "at least two signs" over a check that counts otherwise.',
        "The reader is told one thing and another is tested.",
        "statement: At least two of three signs.\ncheck: {at_least: {n: 1, of: [a, b, c]}}",
        "check: {at_least: {n: 2, of: [a, b, c]}}",
    ),
    "statement-number": About(
        "A statement that names weeks, visits, percent or another number, over a check with other limits of that unit.",
        "The reader is told one number and another is tested. Lengths of time may differ by a day or two.",
        "statement: Six weeks of care failed.\ncheck: {tried: {treatments: [physical-therapy], at_least: 4 weeks}}",
        "check: {tried: {treatments: [physical-therapy], at_least: 6 weeks}}",
    ),
    "edition-overlap": About(
        "Two editions of one family of guidelines in force on one day.",
        "Two answers to which text governs.",
        "a: {to: 2016-07-28}\nb: {from: 2016-07-28}", "a: {to: 2016-07-27}\nb: {from: 2016-07-28}",
    ),
    "edition-gap": About(
        "A day between two editions of one family on which none is in force.",
        "A request decided on that day would find no guideline.",
        "a: {to: 2016-07-20}\nb: {from: 2016-07-28}", "a: {to: 2016-07-27}\nb: {from: 2016-07-28}",
    ),
    "rule-ended": About(
        "A treatment whose rules end with their edition, while no other rule takes their place.",
        "A request decided after that day would be UNDETERMINED.",
        "rules/old-2010/tens.yaml, of an edition that ends on 2017-11-30",
        "rules/new-2017/tens.yaml: {extends: old-2010/tens, criteria: []}",
    ),
    "dates-reversed": About(
        "An edition that ends before it begins.", "It is never in force.",
        "{from: 2017-12-01, to: 2017-11-30}", "{from: 2009-07-18, to: 2017-11-30}",
    ),
    "no-basis": About(
        "A criterion for which neither it nor its rule says where it comes from, and if it is recalled, how sure that is.",
        "The report shows the basis of every demand; a demand from nowhere must not decide.",
        "basis: {kind: recalled}", "basis: {kind: recalled, confidence: high, source: ODG Low Back}",
    ),
    "weak-basis": About(
        "A criterion that is recalled with low confidence and yet decides.",
        "What nobody is sure of may be shown, never decide.",
        "role: required\nbasis: {kind: recalled, confidence: low, source: ODG}", "role: supporting",
    ),
    "no-remedy": About(
        "A required criterion without a remedy.",
        "The office must be told what to document or change.",
        "- id: failed-care   # no remedy", "remedy: List the therapy tried, with visits and result.",
    ),
    "no-when-text": About(
        "A rule with a condition but no words for it.",
        "The report says why a rule governs or not; without words it could not.",
        "when: {finding: crps}", "when: {finding: crps}\nwhen_text: complex regional pain syndrome",
    ),
    "no-scenario": About(
        "A rule without a scenario file.", "What is not tried out is not known to work.",
        "rules/odg/tens.yaml alone", "rules/odg/tens.test.yaml beside it",
    ),
    "untested-criterion": About(
        "A criterion of which no scenario of its rule expects anything.",
        "Its words or its check could be wrong and every scenario would still pass.",
        "expect: {prediction: upheld}", "expect: {prediction: upheld, criteria: {failed-care: not_documented}}",
    ),
    "to-do": About(
        "Text that begins with TODO, as `rules new` writes it.", "A skeleton is no rule.",
        'statement: "TODO: a fact that must be true."', "statement: Therapy of the requested part failed.",
    ),
    "phrase-claimed": About(
        "A wording that two findings, or two treatments, both claim, where neither implies the other.",
        "One sentence of a chart would be read as two things. Often right, so look and then waive it with the reason; "
        "often a phrase that says more than was meant.",
        'a: {phrases: ["no evidence"]}\nb: {phrases: ["no evidence"]}',
        'a: {phrases: ["no evidence of ... instability"]}',
    ),
    "bad-phrase": About(
        "A phrase that is empty, or begins or ends with a gap.", "A gap at the edge would match anything.",
        '"... tender"', '"tender"',
    ),
    "word-list": About(
        "A name in angle brackets that is no list of rules/words.yaml and no category of treatments, a list that holds itself, or an "
        "entry of a list that is more than one word.",
        "A list that is not known stands for no word, so its phrase would never be found.",
        '"<opoid> helps|helped"', '"<opioid> helps|helped"',
    ),
    "not-linear": About(
        "A phrase with too many gaps, two gaps in a row, or too many alternatives.",
        "Every gap multiplies the work by seven, and reading must stay quick on a record of a thousand pages.",
        '"pain ... worse ... with ... in ... spine"', '"pain ... worse with"',
    ),
    "waiver-expired": About(
        "A waiver whose last day is over.", "An exception is looked at again, or it becomes the rule.",
        "until: 2020-01-01", "until: 2027-12-31, with the reason still right",
    ),
    "waiver-unknown": About(
        "A waiver of a check, or at a criterion or entry, that does not exist.", "It covers nothing, or not what was meant.",
        "waive: [{lint: never-mett, ...}]", "waive: [{lint: never-met, ...}]",
    ),
    "waiver-unused": About(
        "A waiver that covers nothing any more.", "What was mended needs no exception.",
        "waive: [{lint: no-remedy, at: failed-care, ...}]   # which has a remedy", "no waiver",
    ),
}  # fmt: skip


def explained(name: str) -> str:
    """The explanation of one check as plain text."""
    about = CHECKS[name]
    wrong, right = (_indented(text) for text in (about.wrong, about.right))
    return f"{name}: {about.finds}\n\nWhy: {about.why}\n\nWrong:\n{wrong}\n\nRight:\n{right}\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
