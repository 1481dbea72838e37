"""The command line of the backtest: letters in every form, figures, files, and what is said of what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from checker.outlook.model import SELECTION, coefficients_of

Run = Callable[..., Result]
LETTERS = Path(__file__).parent.parent / "data" / "letters"
ONE = LETTERS / "wrapped.txt"
ENTRY: dict[str, Any] = {
    "case": "CM16-9000004",
    "ur_denial": "12/09/2016",
    "injury": "10/03/2016",
    "decided": "01/12/2017",
    "summary": "The worker has low back pain.",
    "items": [{"title": "MRI of the lumbar spine", "outcome": "upheld"}],
}


@pytest.fixture
def json_file(tmp_path: Path) -> Callable[..., Path]:
    def write(*changes: dict[str, Any]) -> Path:
        path = tmp_path / "letters.json"
        path.write_text(json.dumps([ENTRY | change for change in changes]), encoding="utf-8")
        return path

    return write


def pdf(pages: list[str]) -> bytes:
    """A PDF with these pages of text, written by hand so that no letter is needed."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        lines = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in page.split("\n")]
        body = "BT /F1 10 Tf 14 TL 40 760 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(body)} >>\nstream\n{body}\nendstream")
    text = "%PDF-1.4\n" + "\n".join(f"{n} 0 obj\n{body}\nendobj" for n, body in enumerate(objects, 1))
    return f"{text}\ntrailer << /Root 1 0 R >>\n%%EOF\n".encode()


def test_a_folder_of_letters_is_compared_with_its_decisions(run: Run) -> None:
    result = run("backtest", LETTERS, "--bootstrap", "20")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("3 letters, 7 items, 3 overturned (42.9%); odds given for ")
    for words in (SELECTION, "Coverage", "Balanced accuracy", "AUROC", "Brier", "Reliability, as given",
                  "Reliability, cross-validated", "By service category", "By governing guideline", "Confident misses"):  # fmt: skip
        assert words in result.stdout


def test_the_same_letters_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.json", "b.json", "a.html", "b.html")]
    first = run("backtest", LETTERS, "--bootstrap", "20", "--json", files[0], "--html", files[2])
    second = run("backtest", LETTERS, "--bootstrap", "20", "--json", files[1], "--html", files[3])
    assert first.stdout == second.stdout
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[2].read_bytes() == files[3].read_bytes()


def test_a_pdf_is_read_like_its_text(run: Run, tmp_path: Path) -> None:
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(pdf(ONE.read_text(encoding="utf-8").split("\f")))
    assert run("backtest", paper, "--bootstrap", "0").stdout == run("backtest", ONE, "--bootstrap", "0").stdout


def test_the_json_names_every_item(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    run("backtest", ONE, "--bootstrap", "0", "--json", out)
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["format"] == "imr-check-backtest/1"
    assert [(item["case"], item["id"], item["outcome"]) for item in data["items"]] == [
        ("CM16-9000001", "item-1", "upheld"),
        ("CM16-9000001", "item-2", "overturned"),
        ("CM16-9000001", "item-3", "upheld"),
    ]
    assert sum(entry["items"] for entry in data["all"]["calls"]) == 3
    assert sum(group["items"] for group in data["by_category"]) == 3
    assert data["measured_on_these_letters"] is False
    assert data["not_read"] == {}


class Tags(HTMLParser):
    """Collects tags, and fails on one that is closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone_with_its_diagram(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    run("backtest", LETTERS, "--bootstrap", "20", "--html", out)
    page = Tags()
    page.feed(out.read_text(encoding="utf-8"))
    assert page.open == []
    tags = [tag for tag, _ in page.seen]
    assert "svg" in tags
    assert tags.count("circle") > 2
    assert not {"script", "link", "img", "iframe"} & set(tags)
    assert not [attrs for _, attrs in page.seen if {"src", "href"} & set(attrs)]


def test_what_a_letter_says_is_neither_markup_nor_a_command_to_the_terminal(
    run: Run, tmp_path: Path, json_file: Callable[..., Path]
) -> None:
    title = "MRI of the lumbar spine <script>alert(1)</script> \x1b[31mred"
    letters = json_file({"items": [{"title": title, "outcome": "overturned"}]})
    out = tmp_path / "out.html"
    result = run("backtest", letters, "--bootstrap", "0", "--html", out)
    assert "\x1b" not in result.stdout
    assert "alert(1)" in result.stdout
    page = out.read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page


def test_fit_writes_weights_with_size_and_date_and_judges_by_them(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "coefficients.json"
    result = run("backtest", LETTERS, "--bootstrap", "0", "--fit", "--out", out)
    assert result.exit_code == 0
    assert "these very letters: 'as given' is in-sample" in result.stdout
    data = json.loads(out.read_text(encoding="utf-8"))
    assert date.fromisoformat(data["fitted"]) <= date.today()
    assert (data["sample"]["letters"], data["sample"]["items"], data["sample"]["overturned"]) == (3, 7, 3)
    assert data["ridge"] > 0
    assert "3 letters of 2013-17" in coefficients_of(data).measured


@pytest.mark.parametrize("options", [["--fit"], ["--out", "x.json"]])
def test_fit_and_out_go_together(run: Run, options: list[str]) -> None:
    result = run("backtest", ONE, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--fit and --out FILE go together" in result.stderr


def test_a_letter_that_cannot_be_read_is_told_and_the_rest_is_compared(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ONE.read_bytes())
    (tmp_path / "b.txt").write_text("A grocery list", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(ONE.read_bytes())
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4 broken")
    result = run("backtest", tmp_path, "--bootstrap", "0")
    assert result.exit_code == 0
    told = result.stdout[result.stdout.index("Letters not read: 3") :]
    assert "b.txt: no clinical case summary" in told
    assert "c.txt: case CM16-9000001 a second time" in told
    assert "d.pdf: " in told


def test_an_undated_letter_is_told(run: Run, json_file: Callable[..., Path]) -> None:
    undated = {"case": "CM16-9000005", "ur_denial": None, "decided": None}
    result = run("backtest", json_file({}, undated), "--bootstrap", "0")
    assert "CM16-9000005: no date of the UR denial" in result.stdout
    alone = run("backtest", json_file(undated), "--bootstrap", "0")
    assert (alone.exit_code, alone.stdout) == (2, "")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[{"case": ', "letters.json:1:"),
        ("{}", "no list of letters"),
        ("[]", "no list of letters"),
        ('[{"case": "CM1"}]', "letter 1: a letter without 'items'"),
        ("[" * 100_000, "not readable"),
    ],
)
def test_wrong_json_is_one_message(run: Run, tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "letters.json"
    path.write_text(content, encoding="utf-8")
    result = run("backtest", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert "expected:" in result.stderr


def test_an_empty_folder_is_one_message(run: Run, tmp_path: Path) -> None:
    result = run("backtest", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the folder holds no letter" in result.stderr


def test_a_file_that_cannot_be_written_is_one_message(run: Run, tmp_path: Path) -> None:
    result = run("backtest", ONE, "--bootstrap", "0", "--json", tmp_path / "missing" / "out.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "out.json: not written" in result.stderr


def test_letters_that_no_rule_governs_end_with_three(run: Run, json_file: Callable[..., Path]) -> None:
    letters = json_file({"items": [{"title": "Qwertyuiop", "outcome": "upheld"}]})
    result = run("backtest", letters, "--bootstrap", "0")
    assert result.exit_code == 3
    assert "odds given for 0" in result.stdout
    fit = run("backtest", letters, "--bootstrap", "0", "--fit", "--out", letters.parent / "out.json")
    assert (fit.exit_code, fit.stdout) == (2, "")
    assert "no rule governs any item" in fit.stderr


def test_a_bar_is_drawn_only_where_it_is_watched(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from checker.cli import progress

    assert list(progress.over([1, 2], "Checking")) == [1, 2]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert list(progress.over([1, 2], "Checking")) == [1, 2]
    shown = capsys.readouterr()
    assert "Checking" in shown.err
    assert shown.out == ""
