"""The interview at the terminal: which step comes next, what it asks, and how its answer gets into the request file."""

from __future__ import annotations

from functools import partial

from checker import api
from checker.cli import console
from checker.cli import dialog as d
from checker.cli.sitting import Interview, back, keep, keep_begun, opened, put_back, reopen
from checker.interview import edit, steps
from checker.interview.answers import deny, direct, open_leaves, settle, with_source
from checker.interview.edit import Add, Edit, Put
from checker.interview.plain import charts_say
from checker.interview.questions import Question, questions
from checker.report.model import Report
from checker.rulebook.match import match_request
from checker.rulebook.model import Check
from checker.source import Source

PROMPTS = {
    "required": "Is it so, and does the record say it?",
    "condition": "Was that so before this request? It decides whether more is asked.",
    "exclusion": "Is it so? A yes speaks against the request.",
}
PAPERS = (".pdf", ".docx", ".rtf", ".txt", ".md")


def hold(own: Interview) -> Report | None:
    """Ask until nothing is open, then show the report. None where the person stopped before."""
    _welcome(own)
    try:
        while step(own):
            pass
    except (d.Stopped, KeyboardInterrupt):
        _farewell(own)
        return None
    own.opened = reopen(own, own.path)
    report = api.check_opened(opened(own), own.rulebook, own.as_of)
    d.say("Nothing is left to ask. This is the report.")
    d.put("")
    from checker.report import terminal

    look = terminal.Look(console.line_width(None), console.wants_color("auto"), ascii_only=console.ascii_only())
    d.put(terminal.render(report, look).rstrip("\n"))
    d.put("")
    d.say(f"The request is saved in {own.path.name}. After a change of it or of its papers: imr-check {own.path.name}")
    return report


def step(own: Interview) -> bool:
    """Ask the next thing that is open. False where nothing is."""
    done = edit.answered(own.text)
    try:
        if "items" not in done:
            _ask_item(own)
        elif "papers" not in done:
            _ask_paper(own)
        elif fact := next((f for f in steps.FACTS if f.key not in done | dict.fromkeys(own.skipped)
                           and not f.known(own.request)), None):  # fmt: skip
            _ask_fact(own, fact)
        else:
            found = [q for q in _questions(own) if q.key not in done and q.key not in own.skipped]
            if found:
                _ask_question(own, found[0], len(found))
            return bool(found)
    except d.Back:
        back(own)
    return True


# --- the steps -------------------------------------------------------------------------------------------------------


def _welcome(own: Interview) -> None:
    d.say(f"This writes the request {own.path.name} by asking. Every answer is saved at once.")
    d.say("Type quit to stop, back to take the last answer back. Names and claim numbers are not needed.")
    if own.opened:
        d.say(f"{own.path.name} exists. This goes on with it and leaves in it all that stands there.")
    d.put("")


def _farewell(own: Interview) -> None:
    d.put("")
    if own.opened:
        d.say(f"Stopped. Every answer so far is in {own.path.name}. To go on: imr-check new --resume {own.path.name}")
    else:
        d.say("Stopped. Nothing was written.")


def _ask_item(own: Interview) -> None:
    if own.request.items:
        d.say("Is anything else requested on the same form? Type that line, or press Enter to go on.")
    else:
        d.say("What is requested? Type one line as it stands on the request form.")
        d.say("For example: Trigger point injections x 2, lumbar spine")
    words = d.read()
    if words.lower() in d.NOTHING:
        if own.request.items:
            keep(own, "items", "done")
        return
    if words.lower() in d.YES:
        d.say("Then type that line.")
        return
    entry: dict[str, object] = {"request": words, **_treatment(own, words)}
    asked = steps.asked_for(entry, own.rulebook)
    if asked.treatments and not asked.body_parts:
        d.say("For which body part? Such as lumbar spine or left knee. Enter if it has none.")
        if part := d.read():
            entry["body_parts"] = [part]
    if keep(own, "", "", [Add("items", entry)]):
        d.say("Saved.")


def _treatment(own: Interview, words: str) -> dict[str, object]:
    """What the words are taken for, or the person's choice where they name no treatment that is known."""
    labels = steps.labels_of(words, own.rulebook)
    if labels:
        d.say(f"Understood as: {'; '.join(labels)}.")
        return {}
    near = steps.nearest_treatments(words, own.rulebook)
    if not near:
        d.say("No treatment that the program knows is named here. The line is kept as it is.")
        return {}
    names = tuple(own.rulebook.treatments[name].label for name in near)
    chosen = d.choose("No treatment was recognised in these words. Is it one of these?", names)
    return {"treatment": [near[index] for index in chosen]} if chosen else {}


def _ask_paper(own: Interview) -> None:
    listed = {document.path for document in own.request.documents}
    found = [path.name for path in sorted(own.path.parent.iterdir()) if path.suffix.lower() in PAPERS]
    found = [name for name in found if name not in listed][:30]
    if listed and not found:
        keep(own, "papers", "done")
        return
    d.say("Which papers of the record shall be read? What they show is not asked again.")
    d.listed(found)
    if found:
        d.say("Type their numbers, all, or the name of another file. Press Enter to go on without them.")
    else:
        d.say(f"Put them into the folder {own.path.parent.name} and type the name of one, or press Enter to go on.")
    line = d.read()
    if not line:
        keep(own, "papers", "done")
        return
    words = line.replace(",", " ").split()
    numbers = [int(word) for word in words if word.isdigit() and 1 <= int(word) <= len(found)]
    names = found if line.lower() == "all" else [line]
    names = [found[number - 1] for number in numbers] if len(numbers) == len(words) else names
    for name in names:
        if keep(own, "", "", [Add("documents", {"path": name})]):
            _describe_paper(own)


def _describe_paper(own: Interview) -> None:
    """Say what the last paper was taken for."""
    paper = own.request.documents[-1]
    kind = f", taken for: {paper.type}" if paper.type else ""
    pages = len(opened(own).pages[paper.id].pages)
    d.say(f"Read {paper.path}: {pages} {'page' if pages == 1 else 'pages'}{kind}"
          f"{f' of {paper.date.isoformat()}' if paper.date else ''}.")  # fmt: skip
    for notice in opened(own).chart.notices:
        if notice.startswith(f"{paper.id}, page"):
            d.say(notice, 2)


def _ask_fact(own: Interview, fact: steps.Fact) -> None:
    if fact.kind == "day":
        value: object = d.day(fact.text)
    elif fact.kind == "number":
        value = d.number(fact.text)
    elif fact.kind == "choice":
        chosen = d.choose(fact.text, fact.options, most=1)
        value = fact.options[chosen[0]] if chosen else None
    else:
        d.say(fact.text)
        value = [part.strip() for part in d.read().split(",") if part.strip()]
    edits: list[Edit] = [Put(fact.path, value)] if value or value == 0 else []
    keep(own, fact.key, "given" if edits else "not known", edits)


# --- the questions of the rules --------------------------------------------------------------------------------------


def _questions(own: Interview) -> list[Question]:
    asked = match_request(own.request, own.rulebook)
    return questions(own.request, asked, opened(own).chart, own.rulebook, own.day)


def _ask_question(own: Interview, question: Question, left: int) -> None:
    _head(own, question)
    d.put("")
    if question.check is None:
        _ask_which(own, question)
        return
    d.say("1 question is open now." if left == 1 else f"{left} questions are open now.")
    d.say(question.text, 2)
    before = own.text
    if direct(question.check):
        edits = d.settled(settle(question.check, question.case))
        keep(own, question.key, "given" if edits else "not known", edits)
    else:
        d.say(PROMPTS[question.kind])
        examples = charts_say(open_leaves(question.check, question.case), own.rulebook)
        if examples:
            d.say("Charts say it like this: " + ", or ".join(f'"{example}"' for example in examples) + ".")
        begun = question.key in edit.begun(own.text)
        if begun:
            d.say("You have said yes to this before.")
        _keep(own, question, question.check, "yes" if begun else _yes_or_no(own, question))
    if own.text != before:
        _effect(own, question)


def _keep(own: Interview, question: Question, check: Check, answer: str) -> None:
    if answer == "skip":
        own.history.append((own.text, set(own.skipped)))
        own.skipped.add(question.key)
        d.say("Skipped. It is asked again when the interview is resumed.")
    elif answer == "yes":
        _keep_yes(own, question, check)
    else:
        keep(own, question.key, answer, deny(check, question.case) if answer == "no" else [])


def _head(own: Interview, question: Question) -> None:
    """Say once which item and which guideline the next questions are about."""
    heading = [f"About: {own.request.items[question.case.item].request}"]
    if question.rule:
        guideline = own.rulebook.guidelines[question.rule.guideline]
        section = f", {question.rule.section}" if question.rule.section else ""
        heading.append(f"It is judged by {guideline.title}{section}.")
    if heading[0] not in own.heading:
        d.put("")
    for line in heading:
        if line not in own.heading:
            d.say(line)
    own.heading = heading


def _yes_or_no(own: Interview, question: Question) -> str:
    d.say("yes, no, nr (not in the record) or skip; ? explains")
    while True:
        line = d.read().lower()
        for words, meaning in ((d.YES, "yes"), (d.NO, "no"), (d.SILENT, "not in the record"), (d.SKIP, "skip")):
            if line in words:
                return meaning
        if line == "?":
            for text in steps.explanation(question, own.rulebook):
                d.say(text, 2)
        d.say("Please type yes, no, nr or skip; quit stops, back takes the last answer back.")


def _ask_which(own: Interview, question: Question) -> None:
    texts = [text for text, _ in question.options]
    chosen = d.choose(f"Which guideline applies may depend on this. {question.text}", texts, most=1)
    if not chosen:
        keep(own, question.key, "none of them")
        return
    text, check = question.options[chosen[0]]
    edits = d.settled(settle(check, question.case))
    keep(own, question.key, text, with_source(edits, (f"{text}: yes",), None))


def _keep_yes(own: Interview, question: Question, check: Check) -> None:
    """State what a yes means. The yes and every detail are in the file before the next one is asked."""
    begun = edit.begun(own.text).get(question.key)
    own.history.append((edit.without_begun(own.text, question.key), set(own.skipped)))  # where "back" goes meanwhile
    if begun is None:
        keep_begun(own, question.key, [])
    edits = d.settled(settle(check, question.case), begun or (), partial(keep_begun, own, question.key))
    source, words = _proof(own) if any(isinstance(change, Add) for change in edits) else (None, "")
    before = own.history.pop()
    comments = [f"{question.text.rstrip('.')}: yes", *([f"In these words: {words}"] if words else [])]
    if not edits:
        d.say("Without that there is nothing to state; it stays open.")
    answer = "yes" if edits else "yes, without details"
    if keep(own, question.key, answer, with_source(edits, tuple(comments), source)):
        own.history[-1] = before
    else:
        put_back(own, before[0])


def _proof(own: Interview) -> tuple[tuple[str, str] | None, str]:
    """Where an answer stands: (id of the paper, words of it), or words that stand in no paper of the request."""
    pages = opened(own).pages
    if not pages:
        d.say("In which words does the record say it? Enter if you do not have them at hand.")
        return None, d.read()
    d.say("Which words of the papers say it? Copy them here. Enter if they stand in none of these papers.")
    typed = ""
    while True:
        words = d.read()
        if not words:
            return None, typed
        typed = words
        for name, paper in pages.items():
            for page in paper.pages:
                if Source(name, page.text).find(words):
                    d.say(f"Found in {name}, page {page.number}.")
                    return (name, words), ""
        near = steps.nearest_line(words, [page.text for paper in pages.values() for page in paper.pages])
        d.say("These words stand in none of the papers." + (f' The nearest line is: "{near}"' if near else ""))
        d.say("Type them as they stand there, or press Enter to keep them as a note.")


def _effect(own: Interview, question: Question) -> None:
    """Say what the answer did to the criterion."""
    if question.criterion is None or question.kind == "condition":
        d.say("Saved.")
        return
    report = api.check_request(own.request, opened(own).chart, own.rulebook, own.day)
    item = report.items[question.case.item]
    rule = question.rule.id if question.rule else ""
    status = next((c.status for c in item.criteria if c.id == question.criterion.id and c.rule == rule), "")
    d.say(f"Saved. {steps.EFFECTS[question.kind].get(status, '')}".rstrip())
