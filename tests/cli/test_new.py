"""`imr-check new` line by line: what it takes, what it writes, and what it says when something does not fit."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli.files import write_whole
from checker.cli.main import cli
from checker.interview.edit import answered
from checker.problem import InputError, Problem
from checker.yamlfile import read_yaml

LINE = "Trigger point injections x 2, thoracic spine"
FACTS = ("10/23/2013", "2011-02-14", "thoracic spine", "39", "male")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


def new(*lines: str, args: tuple[str, ...] = ()) -> Result:
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner().invoke(cli, ["new", *args], input=typed, prog_name="imr-check")


def words(result: Result) -> str:
    return " ".join(result.stdout.split())


def test_the_facts_of_the_request(tmp_path: Path) -> None:
    result = new(LINE, "MRI of the left knee", "", "", *FACTS)
    assert result.exit_code == 130
    data = read_yaml(tmp_path / "request.yaml").data
    assert data == {
        "items": [{"request": LINE}, {"request": "MRI of the left knee"}],
        "rfa": {"date": "2013-10-23"},
        "injury": {"date": "2011-02-14", "body_parts": ["thoracic spine"]},
        "patient": {"age": 39, "sex": "male"},
    }
    text = (tmp_path / "request.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=/")
    assert Path(text.splitlines()[0].partition("=")[2]).is_file()


@pytest.mark.parametrize("end", ["no", "None", "nr", "skip", "done", ""])
def test_a_no_ends_the_lines_of_the_form(end: str, tmp_path: Path) -> None:
    new(LINE, "yes", "MRI of the left knee", end, "", *FACTS)
    data = read_yaml(tmp_path / "request.yaml").data
    assert [item["request"] for item in data["items"]] == [LINE, "MRI of the left knee"]
    assert data["patient"] == {"age": 39, "sex": "male"}


def test_what_is_not_known_is_left_out_and_not_asked_again() -> None:
    first = new(LINE, "", "", "", "", "", "", "")
    assert "The date of injury?" in first.stdout
    again = new()
    assert "date of injury" not in again.stdout
    assert "trigger point" in again.stdout


def test_words_that_name_no_treatment_get_offers(tmp_path: Path) -> None:
    result = new("phisicl therpy", "1", "low back", "", "")
    assert "Is it one of these? 1. Physical therapy" in words(result)
    item = read_yaml(tmp_path / "request.yaml").data["items"][0]
    assert item == {"request": "phisicl therpy", "treatment": ["physical-therapy"], "body_parts": ["low back"]}


def test_an_answer_that_does_not_fit_is_said_and_asked_again(tmp_path: Path) -> None:
    result = new(LINE, "", "nothing.pdf", "", "2013-10-23", "2019-01-01", "2011-02-14", "elbo grease")
    assert "That does not fit: no file nothing.pdf." in words(result)
    assert "That does not fit: injury 2019-01-01." in words(result)
    assert "That does not fit: body part elbo grease." in words(result)
    assert read_yaml(tmp_path / "request.yaml").data["injury"] == {"date": "2011-02-14"}


@pytest.mark.parametrize("wrong", ["31/31/2013", "last spring", "2013-01-02 and 2013-01-03"])
def test_a_day_that_is_none(wrong: str) -> None:
    result = new(LINE, "", "", wrong, "2013-10-23")
    assert "Please type one day of the calendar" in words(result)
    assert "Noted as 2013-10-23." in words(result)


@pytest.mark.parametrize("wrong", ["maybe", ""])
def test_an_answer_that_is_neither_yes_nor_no(wrong: str) -> None:
    assert "Please type yes, no, nr or skip" in words(new(LINE, "", "", *FACTS, wrong))


def test_a_question_explains_itself() -> None:
    said = words(new(LINE, "", "", *FACTS, "?"))
    assert "Asked by MTUS Chronic Pain Medical Treatment Guidelines 2009" in said
    assert "What the office can do: In the examination of the requested region" in said


def test_yes_no_and_silence(tmp_path: Path) -> None:
    result = new(LINE, "", "", *FACTS, "yes", "taut band in the rhomboid", "no", "nr")
    assert "The criterion is met." in words(result)
    assert "The record speaks against this criterion now." in words(result)
    assert "The criterion is still open." in words(result)
    path = tmp_path / "request.yaml"
    assert read_yaml(path).data["findings"] == [
        {"finding": "trigger-point", "body_part": "thoracic spine"},
        {"finding": "twitch-response", "status": "absent", "body_part": "thoracic spine"},
    ]
    given = answered(path.read_text(encoding="utf-8"))
    assert [given[f"item-1 mtus-chronic-pain-2009/trigger-point-injection#{name}"] for name in
            ("trigger-point", "twitch-response", "active-therapy")] == ["yes", "no", "not in the record"]  # fmt: skip


def test_a_quote_must_stand_in_a_paper(tmp_path: Path) -> None:
    (tmp_path / "pr2.txt").write_text("EXAM: taut band palpated\nin the left rhomboid.\n", encoding="utf-8")
    new(LINE, "", "all", *FACTS, "y", "a twitch", "band palpated in the left")
    source = read_yaml(tmp_path / "request.yaml").data["findings"][0]["source"]
    assert source == {"document": "pr2", "quote": "band palpated in the left"}


def test_words_that_stand_in_no_paper_are_kept_as_a_note(tmp_path: Path) -> None:
    (tmp_path / "pr2.txt").write_text("EXAM: tender.\n", encoding="utf-8")
    new(LINE, "", "all", *FACTS, "y", "a knot: under the blade", "")
    text = (tmp_path / "request.yaml").read_text(encoding="utf-8")
    assert "  # In these words: a knot: under the blade\n  - finding: trigger-point\n" in text
    assert "source" not in read_yaml(tmp_path / "request.yaml").data["findings"][0]


def test_a_request_made_by_hand_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        f"# by hand\nitems:\n  - request: {LINE}  # the line\nrfa: {{date: 2013-10-23}}\n", encoding="utf-8"
    )
    result = new("", "", "2011-02-14", "", "", "", "y", "", args=("--resume", "mine.yaml"))
    assert "leaves in it all that stands there" in words(result)
    text = path.read_text(encoding="utf-8")
    assert "# by hand" in text
    assert "# the line" in text
    assert "- finding: trigger-point" in text


def test_a_change_by_hand_during_the_interview_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.cli import dialog

    read = dialog.read

    def meanwhile(mark: str = "> ") -> str:
        path = tmp_path / "request.yaml"
        if path.exists() and "rebuttal" not in path.read_text(encoding="utf-8"):
            path.write_text(path.read_text(encoding="utf-8") + "rebuttal: {citation: mine}\n", encoding="utf-8")
        return read(mark)

    monkeypatch.setattr(dialog, "read", meanwhile)
    new(LINE, "", "", *FACTS, "y", "")
    data = read_yaml(tmp_path / "request.yaml").data
    assert data["rebuttal"] == {"citation": "mine"}
    assert data["findings"][0]["finding"] == "trigger-point"


def test_a_template_asks_nothing(tmp_path: Path) -> None:
    result = new(args=("--for", "MRI of the left knee", "--out", "knee.yaml", "--as-of", "2016-03-01"))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Written: knee.yaml")
    assert read_yaml(tmp_path / "knee.yaml").data == {"items": [{"request": "MRI of the left knee"}]}
    again = new(args=("--for", "MRI", "--out", "knee.yaml"))
    assert again.exit_code == 2
    assert "this file exists already" in again.stderr


@pytest.mark.parametrize(
    "args", [("--resume", "none.yaml"), ("--out", "none/request.yaml"), ("--resume", "a.yaml", "--for", "MRI")]
)
def test_a_wrong_command_line(args: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("items: [{request: MRI}]\n", encoding="utf-8")
    result = new(args=args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_a_file_that_is_no_request_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text("itmes: []\n", encoding="utf-8")
    result = new(LINE)
    assert result.exit_code == 2
    assert "Did you mean 'items'?" in result.stderr
    assert path.read_text(encoding="utf-8") == "itmes: []\n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write_whole(path, "old\n")
    path.chmod(0o600)

    def refuse(beside: Path) -> None:
        assert beside.read_text(encoding="utf-8") == "new\n"
        raise InputError([Problem("a", 0, 0, "x", "found", "expected")])

    with pytest.raises(InputError):
        write_whole(path, "new\n", refuse)
    assert path.read_text(encoding="utf-8") == "old\n"
    write_whole(path, "new\n")
    assert path.read_text(encoding="utf-8") == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]


def test_back_before_anything_was_said(tmp_path: Path) -> None:
    result = new("back")
    assert "There is no answer of this sitting to take back." in words(result)
    assert list(tmp_path.iterdir()) == []


def test_the_only_answer_taken_back_leaves_no_file(tmp_path: Path) -> None:
    result = new(LINE, "back")
    assert "The last answer is taken back." in words(result)
    assert list(tmp_path.iterdir()) == []


def test_words_that_nothing_is_like_are_kept_as_they_are(tmp_path: Path) -> None:
    result = new("Qqq", "")
    assert "No treatment that the program knows is named here. The line is kept as it is." in words(result)
    assert read_yaml(tmp_path / "request.yaml").data == {"items": [{"request": "Qqq"}]}


@pytest.mark.parametrize(
    ("choice", "kept", "then"),
    [
        ("1", "a repeat or further course", "A gain from the visits already done is recorded"),
        ("", "none of them", "shows a loss of motion, strength, gait or function"),
    ],
)
def test_what_the_case_is_decides_which_rule_asks(choice: str, kept: str, then: str, tmp_path: Path) -> None:
    result = new("Physical therapy, lumbar spine, 6 visits", "", "", *FACTS[:2], "lumbar spine", *FACTS[3:], choice)
    assert "Which guideline applies may depend on this." in words(result)
    assert then in words(result)
    text = (tmp_path / "request.yaml").read_text(encoding="utf-8")
    assert answered(text)["item-1 physical-therapy#which-rule"] == kept


def test_a_paper_that_cannot_be_read_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Path(__file__).parents[1] / "data" / "papers" / "scanned.png"
    (tmp_path / "scan.png").write_bytes(paper.read_bytes())
    monkeypatch.setenv("PATH", "")
    result = new(LINE, "", "scan.png", "")
    assert "scan, page 1: a picture, not read" in words(result)
    assert read_yaml(tmp_path / "request.yaml").data["documents"] == [{"path": "scan.png"}]


@pytest.mark.parametrize("typed", ["1", "?", "x", "12/3"])
def test_what_no_form_says_is_no_item(typed: str, tmp_path: Path) -> None:
    result = new(typed, LINE, typed, "")
    assert words(result).count("That is no line of a form.") == 2
    assert read_yaml(tmp_path / "request.yaml").data == {"items": [{"request": LINE}]}


def test_a_short_name_of_a_treatment_is_an_item(tmp_path: Path) -> None:
    new("PT", "low back", "")
    assert read_yaml(tmp_path / "request.yaml").data["items"] == [{"request": "PT", "body_parts": ["low back"]}]


def test_a_wrong_body_part_does_not_lose_the_line(tmp_path: Path) -> None:
    result = new("Trigger point injections x 2", "elbo grease", "thoracic spine", "back")
    assert "That does not fit: body part elbo grease." in words(result)
    assert list(tmp_path.iterdir()) == [], "back takes the line back with its part"
    new("Trigger point injections x 2", "elbo grease", "thoracic spine", "")
    item = read_yaml(tmp_path / "request.yaml").data["items"][0]
    assert item == {"request": "Trigger point injections x 2", "body_parts": ["thoracic spine"]}


@pytest.mark.parametrize(
    ("typed", "papers", "said"),
    [
        ("1 2", ["a.txt", "b.txt"], "Read b.txt"),
        ("yes", ["a.txt", "b.txt"], "Read a.txt"),
        ("a.txt, b.txt", ["a.txt", "b.txt"], "Read b.txt"),
        ("3", [], "Please type numbers from 1 to 2."),
        ("none", [], "The date of the request form?"),
    ],
)
def test_which_papers_are_meant(typed: str, papers: list[str], said: str, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Back pain.\n", encoding="utf-8")
    result = new(LINE, "", typed)
    listed = read_yaml(tmp_path / "request.yaml").data.get("documents", [])
    assert [paper["path"] for paper in listed] == papers
    assert said in words(result)


def test_an_empty_paper_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "pr2.txt").write_text(" \n", encoding="utf-8")
    said = words(new(LINE, "", "1"))
    assert "Nothing could be read from pr2.txt." in said
    assert "pr2, page 1: no text in it, so nothing was read." in said


def test_an_injury_that_has_not_come_yet(tmp_path: Path) -> None:
    soon = date.today().year + 1
    result = new(LINE, "", "", "2013-10-23", f"1/1/{soon}", "2011-02-14")
    assert f"{soon}-01-01 has not come yet." in words(result)
    assert read_yaml(tmp_path / "request.yaml").data["injury"] == {"date": "2011-02-14"}


@pytest.mark.parametrize("typed", ["nr", "not in the record", "r"])
def test_no_words_of_the_record_after_all_take_the_yes_back(typed: str, tmp_path: Path) -> None:
    (tmp_path / "pr2.txt").write_text("EXAM: taut band palpated.\n", encoding="utf-8")
    for paper in ("1", ""):
        (tmp_path / "request.yaml").unlink(missing_ok=True)
        result = new(LINE, "", paper, *FACTS, "y", typed)
        assert "Then nothing is stated: the yes is taken back." in words(result)
        assert "Saved. The criterion is still open." in words(result)
        text = (tmp_path / "request.yaml").read_text(encoding="utf-8")
        assert "findings" not in text
        assert list(answered(text).values())[-1] == "not in the record"
        assert "begun" not in text


@pytest.mark.parametrize("typed", ["yes", "no", "?", "a", "7"])
def test_an_answer_is_no_quote(typed: str, tmp_path: Path) -> None:
    (tmp_path / "pr2.txt").write_text("EXAM: yes, no, a band: 7.\n", encoding="utf-8")
    for paper in ("1", ""):
        (tmp_path / "request.yaml").unlink(missing_ok=True)
        new(LINE, "", paper, *FACTS, "y", typed, "")
        text = (tmp_path / "request.yaml").read_text(encoding="utf-8")
        assert "- finding: trigger-point" in text
        assert "source" not in text
        assert "In these words" not in text


def test_skip_where_words_are_asked_for_skips_the_question(tmp_path: Path) -> None:
    result = new(LINE, "", "", *FACTS, "y", "skip")
    assert "Skipped." in words(result)
    text = (tmp_path / "request.yaml").read_text(encoding="utf-8")
    assert "findings" not in text
    assert "#trigger-point" not in text


def test_a_yes_without_details_is_asked_for_again_and_told_at_the_end(tmp_path: Path) -> None:
    result = new(LINE, "", "", *FACTS, "skip", "skip", "yes", "", "", *["skip"] * 9)
    said = words(result)
    assert "A yes needs that detail. Without it nothing is stated" in said
    assert "Your yes is not counted: a detail that the rule asks for was left out." in said
    end = said.partition("The report below does not count it:")[2]
    assert end.startswith(" 1. The injection goes along with active therapy")
    assert "To give the details: imr-check new --resume request.yaml" in end
    again = words(new())
    assert "circumscribed trigger point" in again
    again = words(new("skip", "skip", "nr"))
    assert "The injection goes along with active therapy" in again
    assert "without details" not in list(answered((tmp_path / "request.yaml").read_text(encoding="utf-8")).values())


def test_a_yes_against_the_request_without_details_does_not_pass_for_a_no() -> None:
    line = "Physical therapy 12 visits, lumbar spine"
    result = new(
        line, "", "", "2016-03-01", "2015-02-14", "lumbar spine", "39", "male", *[""] * 2, *["yes", "", ""] * 9
    )
    said = words(result)
    for answer in said.split("A yes speaks against the request.")[1:]:
        assert "does not count against the request" not in answer
