"""Papers as offices have them: what a person reads on the page is what the program reads, with page and line."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.chart.documents import Pages, pages_of_text, read_document
from checker.chart.documents.columns import Piece, lines_of
from checker.chart.documents.text import join_hyphens, without_running_heads
from checker.problem import InputError

HERE = Path(__file__).parent.parent.parent / "data" / "papers"
LEFT = ["Cervical spine: tenderness over the", "left trapezius. Spurling's test is posi-", "tive on the left today."]
RIGHT = ["Lumbar spine: no spasm. Straight leg", "raise negative bilaterally. Motor", "strength is 5/5 in both legs."]


def pieces(left: list[str], right: list[str], start: float = 330.0) -> list[Piece]:
    rows = []
    for number, (a, b) in enumerate(zip(left, right, strict=True)):
        foot = 700.0 - 14 * number
        rows += [Piece(72, foot, 72 + 5 * len(a), foot + 10, a), Piece(start, foot, start + 5 * len(b), foot + 10, b)]
    return rows


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    assert lines_of(pieces(LEFT, RIGHT)) == [*LEFT, *RIGHT]


def test_a_table_is_read_row_by_row() -> None:
    tests, results = ["Spurling's", "Hoffmann's", "Straight leg raise"], ["positive left", "negative", "negative"]
    lines = lines_of(pieces(tests, results))
    assert [line.split("   ", 1) for line in lines] == [
        [a, line[len(a) + 3 :]] for a, line in zip(tests, lines, strict=True)
    ]
    assert [line.split() for line in lines] == [f"{a} {b}".split() for a, b in zip(tests, results, strict=True)]
    assert len({line.index(result) for line, result in zip(lines, results, strict=True)}) == 1  # one below the other


def test_a_cell_that_goes_on_stands_under_its_column() -> None:
    table = [
        Piece(72, 700, 122, 710, "Low back pain"), Piece(200, 700, 240, 710, "M54.5"),
        Piece(300, 700, 380, 710, "Physical therapy,"), Piece(300, 688, 350, 698, "low back"),
    ]  # fmt: skip
    first, second = lines_of(table)
    assert second.index("low back") == first.index("Physical")


def test_a_line_over_the_whole_page_ends_the_columns() -> None:
    whole = Piece(72, 630, 520, 640, "Assessment: cervical strain with left arm symptoms, and lumbar strain.")
    assert lines_of([*pieces(LEFT, RIGHT), whole]) == [*LEFT, *RIGHT, whole.text]


def test_a_word_drawn_in_two_pieces_is_one_word() -> None:
    assert lines_of([Piece(72, 700, 76, 710, "s"), Piece(76.5, 700, 110, 710, "ustained")]) == ["sustained"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("weak-\nness of the arm", "weakness\nof the arm"),
        ("for follow-\nup. He stood up alone", "for follow-\nup. He stood up alone"),
        ("C5-\nC6 level", "C5-\nC6 level"),
    ],
)
def test_words_parted_at_the_end_of_a_line(written: str, read: str) -> None:
    assert join_hyphens(written) == read
    assert read.count("\n") == written.count("\n")


def test_running_heads_go_and_the_lines_keep_their_numbers() -> None:
    pages = [f"Harbor Spine Group\nFinding {name}\nPage {n} of 3" for n, name in enumerate("abc", 1)]
    assert without_running_heads(pages) == [pages[0], "\nFinding b\n", "\nFinding c\n"]


def test_a_pdf_locked_with_an_empty_user_password_is_read() -> None:
    pages = read_document(HERE / "locked-empty-password.pdf").pages
    assert "Straight leg raise positive on the left" in pages[0].text


def test_a_pdf_with_two_columns_keeps_its_sentences() -> None:
    text = " ".join(read_document(HERE / "two-columns.pdf").pages[0].text.split())
    assert "Spurling's test is positive on the left." in text
    assert "Straight leg raise negative bilaterally." in text


SPURLING = "Spurling’s test is positive on the left"


@pytest.mark.parametrize("name", ["note.docx", "note.rtf", "note-utf16.txt", "note-windows.txt"])
def test_a_paper_of_every_kind_says_the_same(name: str) -> None:
    (page,) = read_document(HERE / name).pages
    assert page.text.startswith("PR-2 of 3/1/2016\n" + SPURLING)


def test_a_word_file_keeps_lines_tabs_and_tables() -> None:
    lines = read_document(HERE / "note.docx").pages[0].text.split("\n")
    assert lines[2:] == ["| Biceps | 4/5 |", "Plan:\tMRI of the neck", "Return in six weeks"]


WORD = (
    '<w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{1}</w:{0}>'
)


def word_file(path: Path, body: str, **others: str) -> Path:
    """A Word file of these paragraphs; `others`: what stands in its other parts, by their names."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", WORD.format("document", f"<w:body>{body}</w:body>"))
        for name, text in others.items():
            tag = "hdr" if name.startswith("header") else "ftr"
            archive.writestr(f"word/{name}.xml", WORD.format(tag, text))
    return path


def word(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_what_heads_the_pages_of_a_word_file_is_read_once(tmp_path: Path) -> None:
    head = word("Harbor Spine Group") + word("Date of exam: 3/1/2016")
    path = word_file(tmp_path / "a.docx", word("No spasm."), header1=head, header2=head, footer1=word("Page 1"))
    (page,) = read_document(path).pages
    assert page.text.split("\n") == ["Harbor Spine Group", "Date of exam: 3/1/2016", "No spasm.", "Page 1"]


def test_boxes_of_a_word_file_are_ticked_or_not(tmp_path: Path) -> None:
    ticked = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
    empty = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
    signs = "<w:sym w:font='Wingdings' w:char='F0FE'/>", "<w:sym w:font='Wingdings' w:char='F0A8'/>"
    marks = [ticked, empty, *signs, "<w:t>\uf0a8</w:t>", "<w:t>\uf0b7</w:t>"]
    body = "".join(f"<w:p><w:r>{mark}</w:r><w:r><w:t> spasm</w:t></w:r></w:p>" for mark in marks)
    (page,) = read_document(word_file(tmp_path / "a.docx", body)).pages
    assert [line.removesuffix(" spasm") for line in page.text.split("\n")] == ["[X]", "[ ]", "[X]", "[ ]", "[ ]", "•"]


def test_the_words_of_a_text_box_are_read_once(tmp_path: Path) -> None:
    box = word("Spurling positive.")
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>Neck pain.</w:t></w:r><w:r>{both}</w:r></w:p>"
    (page,) = read_document(word_file(tmp_path / "a.docx", body)).pages
    assert page.text.split("\n") == ["Neck pain.", "Spurling positive."]


@pytest.mark.parametrize(("width", "height", "unread"), [(2_000_000, 900_000, ()), (5_900_000, 7_600_000, (1,))])
def test_a_scan_put_into_a_word_file_is_named_and_a_letterhead_is_not(
    tmp_path: Path, width: int, height: int, unread: tuple[int, ...]
) -> None:
    picture = f"<w:p><w:r><w:drawing><wp:extent cx='{width}' cy='{height}'/></w:drawing></w:r></w:p>"
    paper = read_document(word_file(tmp_path / "a.docx", word("MRI report") + picture))
    assert paper.unread == unread
    assert paper.pages[0].text.strip() == "MRI report"


def test_signs_of_rich_text_can_be_written_again() -> None:
    text = read_document(HERE / "note.rtf").pages[0].text
    assert text.encode().decode() == text
    assert "left — no numbness" in text
    assert "MRI of the neck \U0001f600" in text


@pytest.mark.parametrize("name", sorted(path.name for path in (HERE / "damaged").iterdir()))
def test_a_damaged_paper_is_one_message(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(HERE / "damaged" / name)
    assert [Path(problem.file).name for problem in caught.value.problems] == [name]


def test_a_word_file_that_grows_without_end_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(InputError, match="60,000,000 bytes when unpacked"):
        read_document(bomb)


def test_a_pdf_of_too_many_pages_says_so(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    pages = [b"%d 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>> endobj" % n for n in range(3, 504)]
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 504))
    tree = b"2 0 obj <</Type /Pages /Count 501 /Kids [%s]>> endobj" % kids
    parts = [b"%PDF-1.4", b"1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj", tree, *pages, b"trailer <</Root 1 0 R>>"]
    path.write_bytes(b"\n".join(parts))
    with pytest.raises(InputError, match="more than 500 pages"):
        read_document(path)


def test_what_is_typed_into_a_form_stands_in_its_cell_and_boxes_are_ticked_or_not() -> None:
    (page,) = read_document(HERE / "filled-form.pdf").pages
    lines = {" ".join(line.split()) for line in page.text.split("\n")}
    assert "[X] New Request [ ] Resubmission - Change in Material Facts" in lines
    assert "Name (Last, First, Middle): Doe, Jane" in lines
    (row,) = [line for line in page.text.split("\n") if "97110" in line]
    assert re.split(r" {3,}", row.strip()) == [
        "Low back pain", "M54.5", "Physical therapy lumbar spine", "97110", "2 x week x 6 weeks",
    ]  # fmt: skip


def test_words_that_are_longer_than_their_field_are_read_whole() -> None:
    (page,) = read_document(HERE / "filled-form.pdf").pages
    assert "MRI of the lumbar spine without contrast, closed unit   1 study" in page.text


def test_words_typed_over_a_page_are_read_where_they_stand() -> None:
    lines = read_document(HERE / "typed-over.pdf").pages[0].text.split("\n")
    assert [" ".join(line.split()) for line in lines[1:]] == [
        "Straight leg raise: positive on the left",
        "Numbness of the leg: none",
    ]


def test_a_form_that_only_its_own_program_can_draw_says_so(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    parts = [
        b"%PDF-1.7",
        b"1 0 obj <</Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm <</Fields [] /XFA (x)>>>> endobj",
        b"2 0 obj <</Type /Pages /Count 1 /Kids [3 0 R]>> endobj",
        b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>> endobj",
        b"trailer <</Root 1 0 R>>",
    ]
    path.write_bytes(b"\n".join(parts))
    with pytest.raises(InputError, match="only Adobe Reader can draw"):
        read_document(path)


def test_a_scan_with_a_fax_line_over_it_is_still_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    paper = read_document(HERE / "faxed-scan.pdf")
    assert paper.unread == (1,)
    assert [page.text for page in paper.pages] == ["03/01/2016 10:14 HARBOR SPINE GROUP 555-0100 P.001"]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_scan_with_a_fax_line_is_read_by_tesseract() -> None:
    paper = read_document(HERE / "faxed-scan.pdf")
    assert (paper.unread, paper.from_picture) == ((), (1,))
    assert "tenderness over the" in paper.pages[0].text


def test_a_picture_is_a_page_that_nothing_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert read_document(HERE / "scanned.png") == Pages((), unread=(1,))


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_picture_is_read_by_tesseract() -> None:
    paper = read_document(HERE / "scanned.png")
    assert (paper.unread, paper.from_picture) == ((), (1,))
    assert "tenderness over the" in paper.pages[0].text


@given(
    st.lists(
        st.builds(
            lambda left, bottom, width, height, text: Piece(left, bottom, left + width, bottom + height, text),
            *(st.floats(0, 600), st.floats(0, 800), st.floats(0, 300), st.floats(0, 30)),
            st.text(st.characters(codec="ascii"), max_size=40),
        ),
        max_size=24,
    )
)
def test_whatever_stands_on_a_page_is_read_once(found: list[Piece]) -> None:
    drawn = Counter("".join(piece.text for piece in found if piece.text.strip()))
    read = Counter("".join(lines_of(found)))
    blanks = {letter for letter in drawn | read if letter.isspace()}
    assert {letter: count for letter, count in drawn.items() if letter not in blanks} == {
        letter: count for letter, count in read.items() if letter not in blanks
    }


@pytest.mark.parametrize("name", ["broken.pdf", "locked.pdf"])
def test_a_paper_that_cannot_be_opened_is_one_message(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(HERE / name)
    assert len(caught.value.problems) == 1
    assert "PDF" in caught.value.problems[0].expected


def test_a_scanned_page_is_named_where_nothing_can_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    paper = read_document(HERE / "scanned.pdf")
    assert paper.unread == (1,)
    assert [page.number for page in paper.pages] == [2]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_scanned_page_is_read_by_tesseract() -> None:
    paper = read_document(HERE / "scanned.pdf")
    assert paper.unread == ()
    assert paper.from_picture == (1,)
    assert "tenderness over the" in paper.pages[0].text


@pytest.mark.parametrize("head", ["<!DOCTYPE html>", "\n<html>", '<?xml version="1.0"?>'])
def test_a_web_page_is_not_read_with_its_signs(tmp_path: Path, head: str) -> None:
    path = tmp_path / "note.htm"
    path.write_text(f"{head}<p>SLR</p><p>positive</p>")
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert "print it to PDF" in caught.value.problems[0].fix


def test_a_form_feed_begins_a_page() -> None:
    assert [page.text for page in pages_of_text("one\ftwo").pages] == ["one", "two"]
