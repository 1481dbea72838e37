"""The interview asks for the words that prove a yes, and takes only what stands in the papers and says something."""

from __future__ import annotations

from checker.cli import dialog as d
from checker.cli.sitting import Interview, opened
from checker.interview.steps import explanation_of_proof
from checker.request.quotes import fault_of, paper_with, says_something


class Otherwise(Exception):  # noqa: N818
    """The person answers the question itself in another way, where its words were asked for."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


def proof(own: Interview) -> tuple[tuple[str, str] | None, str]:
    """Where an answer stands: (id of the paper, words of it), or words that stand in no paper of the request, for a note.
    Raises Otherwise where the person says after all that the record does not say it, or not yet."""
    papers = {name: [page.text for page in paper.pages] for name, paper in opened(own).pages.items()}
    if papers:
        d.say("Which words of the papers say it? Copy them here. Enter if they stand in none of these papers.")
    else:
        d.say("In which words does the record say it? Enter if you do not have them at hand.")
    typed = ""
    while True:
        words = " ".join(d.read_all())
        if not words:
            return None, typed
        if _is_answer(words):
            continue
        fault = fault_of(words, papers, own.rulebook)
        name = paper_with(words, papers) if fault is None else None
        if name:
            d.say(f"Found in {name}.")
            return (name, words), ""
        if not says_something(words, own.rulebook):
            d.say(
                "That is too little to prove anything. Copy the words of the record, or press Enter to go on without them."
            )
        elif not papers:
            return None, words
        else:
            typed = words
            hint = fault.fix if fault else ""
            d.say(f"These words stand in none of the papers. {hint}".rstrip())
            d.say("Type them as they stand there, or press Enter to keep them as a note.")


def _is_answer(words: str) -> bool:
    """Whether the line is no quote but an answer, which is said. Raises Otherwise where it changes the answer."""
    line = words.lower()
    if line in d.SILENT:
        d.say("Then nothing is stated: the yes is taken back.")
        raise Otherwise("not in the record")
    if line in d.SKIP:
        raise Otherwise("skip")
    if line in (*d.YES, *d.NO, "?"):
        for text in explanation_of_proof():
            d.say(text, 2)
        return True
    return False
