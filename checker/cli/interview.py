"""The interview at the terminal: which step comes next, what it asks, and how its answer gets into the request file."""

from __future__ import annotations

from datetime import date
from functools import partial

from checker import api
from checker.cli import console
from checker.cli import dialog as d
from checker.cli.proof import Otherwise, proof
from checker.cli.sitting import Interview, back, keep, keep_begun, opened, put_back, reopen
from checker.interview import edit, steps
from checker.interview.answers import deny, direct, open_leaves, settle, with_source
from checker.interview.edit import Add, Edit, Put
from checker.interview.plain import charts_say
from checker.interview.questions import Question, questions
from checker.report.model import Report
from checker.rulebook.match import match_request
from checker.rulebook.model import Check

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
    _say_uncounted(own)
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
    given = edit.answered(own.text)  # a yes that an earlier sitting left without details is asked again
    done = {key for key, answer in given.items() if answer != edit.WITHOUT or key in own.uncounted}
    try:
        if "items" not in done:
            _ask_item(own)
        elif "papers" not in done:
            _ask_paper(own)
        elif fact := next((f for f in steps.FACTS if f.key not in done | own.skipped
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
    labels = steps.labels_of(words, own.rulebook)
    if not labels and not steps.could_be_a_line(words):
        d.say("That is no line of a form. Type the words of the form, such as: MRI of the left knee")
        return
    entry: dict[str, object] = {"request": words, **_treatment(own, words, labels)}
    asked = steps.asked_for(entry, own.rulebook)
    if keep(own, "", "", [Add("items", entry)]):
        d.say("Saved.")
        if asked.treatments and not asked.body_parts:
            _ask_body_part(own)


def _ask_body_part(own: Interview) -> None:
    """Ask which part the last item is for, until the answer is one. The item is saved already."""
    while True:
        d.say("For which body part? Such as lumbar spine or left knee. Enter if it has none.")
        part = d.reply()
        if not part or part.lower() in d.NOTHING:
            return
        if keep(own, "", "", [Put(("items", len(own.request.items) - 1, "body_parts"), [part])]):
            own.history.pop()  # "back" takes the whole item back
            return


def _treatment(own: Interview, words: str, labels: list[str]) -> dict[str, object]:
    """What the words are taken for, or the person's choice where they name no treatment that is known."""
    if labels:
        d.say(f"Understood as: {'; '.join(labels)}.")
        return {}
    near = steps.nearest_treatments(words, own.rulebook)
    if near:
        names = tuple(own.rulebook.treatments[name].label for name in near)
        chosen = d.choose("No treatment was recognised in these words. Is it one of these?", names)
        if chosen:
            return {"treatment": [near[index] for index in chosen]}
    d.say("No treatment that the program knows is named here. The line is kept as it is.")
    d.say("No rule will judge it. If it is mistyped, type back and then the line again.")
    return {}


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
    if line.lower() in d.NOTHING:
        keep(own, "papers", "done")
        return
    for name in _papers_named(own, line, found):
        if keep(own, "", "", [Add("documents", {"path": name})]):
            _describe_paper(own)


def _papers_named(own: Interview, line: str, found: list[str]) -> list[str]:
    """The papers that a line names: by numbers of the list, all of it, or files by their names, parted by commas."""
    if found and line.lower() in ("all", *d.YES):
        return found
    words = line.replace(",", " ").split()
    if all(word.isdigit() for word in words) and not (own.path.parent / line).exists():
        numbers = dict.fromkeys(int(word) for word in words)
        if found and all(1 <= number <= len(found) for number in numbers):
            return [found[number - 1] for number in numbers]
        d.say(f"Please type numbers from 1 to {len(found)}." if found else "Please type the name of a file.")
        return []
    if (own.path.parent / line).exists():
        return [line]
    return [name.strip().strip("\"'") for name in line.split(",") if name.strip()]


def _describe_paper(own: Interview) -> None:
    """Say what the last paper was taken for."""
    paper = own.request.documents[-1]
    kind = f", taken for: {paper.type}" if paper.type else ""
    pages = len(opened(own).pages[paper.id].pages)
    if pages:
        d.say(f"Read {paper.path}: {pages} {'page' if pages == 1 else 'pages'}{kind}"
              f"{f' of {paper.date.isoformat()}' if paper.date else ''}.")  # fmt: skip
    else:
        d.say(f"Nothing could be read from {paper.path}.")
    for notice in opened(own).chart.notices:
        if notice.startswith(f"{paper.id}, page"):
            d.say(notice, 2)


def _ask_fact(own: Interview, fact: steps.Fact) -> None:
    if fact.kind == "day":
        value: object = d.day(fact.text, date.today() if fact.key == "injury-date" else None)
    elif fact.kind == "number":
        value = d.number(fact.text)
    elif fact.kind == "choice":
        chosen = d.choose(fact.text, fact.options, most=1)
        value = fact.options[chosen[0]] if chosen else None
    else:
        d.say(fact.text)
        value = [part.strip() for part in d.reply().split(",") if part.strip()]
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
    remember = partial(keep_begun, own, question.key)
    edits = d.settled(settle(check, question.case), begun or (), remember)
    if not edits:
        d.say("A yes needs that detail. Without it nothing is stated, and the report does not know of your yes.")
        edits = d.settled(settle(check, question.case), (), remember)
    try:
        source, words = proof(own) if any(isinstance(change, Add) for change in edits) else (None, "")
    except Otherwise as other:
        put_back(own, own.history.pop()[0])
        _keep(own, question, check, other.answer)
        return
    before = own.history.pop()
    comments = [f"{question.text.rstrip('.')}: yes", *([f"In these words: {words}"] if words else [])]
    if keep(own, question.key, "yes" if edits else edit.WITHOUT, with_source(edits, tuple(comments), source)):
        own.history[-1] = before
    else:
        put_back(own, before[0])


def _effect(own: Interview, question: Question) -> None:
    """Say what the answer did to the criterion."""
    answer = edit.answered(own.text).get(question.key, "")
    status = _status(own, question)
    if answer in ("yes", edit.WITHOUT) and status == "not_documented":
        own.uncounted[question.key] = question.text
        d.say("Your yes is not counted: a detail that the rule asks for was left out. Type back to answer again.")
        return
    own.uncounted.pop(question.key, None)
    d.say(f"Saved. {steps.EFFECTS.get(question.kind, {}).get(status, '')}".rstrip())


def _status(own: Interview, question: Question) -> str:
    """How the criterion of a question stands now; empty where the question is about none."""
    if question.criterion is None or question.kind == "condition":
        return "not_documented" if edit.answered(own.text).get(question.key) == edit.WITHOUT else ""
    report = api.check_request(own.request, opened(own).chart, own.rulebook, own.day)
    item = report.items[question.case.item]
    rule = question.rule.id if question.rule else ""
    return next((c.status for c in item.criteria if c.id == question.criterion.id and c.rule == rule), "")


def _say_uncounted(own: Interview) -> None:
    """Name once more what was answered with yes and could not be stated, before the report, which does not know of it."""
    given = edit.answered(own.text)
    texts = [text for key, text in own.uncounted.items() if given.get(key) in ("yes", edit.WITHOUT)]
    if not texts:
        return
    d.say("You said yes to this, but left out a detail that the rule asks for. The report below does not count it:")
    d.listed(texts)
    d.say(f"To give the details: imr-check new --resume {own.path.name}")
    d.put("")
