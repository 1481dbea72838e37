"""A published list, in each form it may come in, becomes a dated list; what cannot be read is said."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker.api import open_rulebook
from checker.formulary.lists import formulary_of, list_on
from checker.formulary.table import read_table
from checker.formulary.update import NewList, build_list, changes, printed_day, text_of
from checker.problem import InputError
from checker.rulebook.match import build_matcher

MADE = Path(__file__).parent.parent / "data" / "formulary"
RULEBOOK = open_rulebook()
LAYOUT = formulary_of(RULEBOOK)["table"]
HEAD = "Drug Ingredient,Exempt / Non-Exempt,Special Fill\n"
COLUMN_BY_TOPIC = "Drug Ingredient,Exempt/Non-Exempt,Low Back,Shoulder\nIbuprofen,Exempt,✓,✕\nNaproxen,Exempt,⦸,\n"


def load(path: Path, start: date | None = date(2030, 1, 1)) -> NewList:
    return build_list(read_table(path, LAYOUT), LAYOUT, build_matcher(RULEBOOK), path.name, start)


def written(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def entries(new: NewList) -> dict[tuple[str, str | None], dict[str, Any]]:
    return {(entry["drug"], entry.get("form")): entry for entry in new.entries}


def test_csv() -> None:
    new = load(MADE / "list-made.csv", None)
    assert (new.start, new.version) == (date(2030, 3, 1), "v98")
    found = entries(new)
    assert len(found) == 12
    hydrocodone = found["acetaminophen / hydrocodone", "oral"]
    assert hydrocodone["status"] == "non-exempt"
    assert (hydrocodone["special_fill"], hydrocodone["perioperative_fill"]) == (4, 4)
    assert hydrocodone["topics"] == {"opioids": "recommended", "chronic pain": "no_recommendation"}
    assert found["naproxen", "oral"]["printed"] == ["Naproxen Sodium"]
    assert found["diclofenac", "topical"]["status"] == "non-exempt"
    assert found["diclofenac", "oral"]["status"] == "exempt"
    assert "special_fill" not in found["carisoprodol", "oral"]


def test_text_of_a_pdf_with_wrapped_cells_and_a_second_page() -> None:
    new = load(MADE / "list-made.txt", None)
    assert (new.start, new.version) == (date(2030, 5, 15), "v99")
    found = entries(new)
    assert set(found) == {("acetaminophen", None), ("acetaminophen / hydrocodone", None), ("meloxicam", None),
                          ("carisoprodol", None)}  # fmt: skip
    assert found["acetaminophen", None]["topics"] == {"chronic pain": "recommended", "low back": "recommended"}
    assert found["acetaminophen / hydrocodone", None]["special_fill"] == 4
    assert found["meloxicam", None]["topics"]["hip"] == "no_recommendation"
    assert any("passed over" in remark and "line 9" in remark for remark in new.remarks)


def workbook(path: Path, rows: list[list[str]]) -> Path:
    """A workbook with shared and inline texts and an empty cell left out, as spreadsheets write them."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    shared = sorted({text for row in rows for text in row if text})
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [
            f'<c r="{chr(65 + place)}{number}" t="s"><v>{shared.index(text)}</v></c>'
            if place else f'<c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for place, text in enumerate(row) if text
        ]  # fmt: skip
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        )
        texts = "".join(f"<si><t>{text}</t></si>" for text in shared)
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{texts}</sst>")
    return path


def test_workbook(tmp_path: Path) -> None:
    rows = [["Drug Ingredient", "Reference Brand Name", "Exempt / Non-Exempt*", "Special Fill**"],
            ["Meloxicam", "Mobic", "Exempt", ""], ["Tramadol HCl", "", "Non-Exempt", "4 days"]]  # fmt: skip
    found = entries(load(workbook(tmp_path / "list.xlsx", rows)))
    assert found["meloxicam", None]["brands"] == ["Mobic"]
    assert found["tramadol", None]["special_fill"] == 4
    assert "brands" not in found["tramadol", None]


def test_a_column_for_each_topic(tmp_path: Path) -> None:
    found = entries(load(written(tmp_path, COLUMN_BY_TOPIC)))
    assert found["ibuprofen", None]["topics"] == {"low back": "recommended", "shoulder": "not_recommended"}
    assert found["naproxen", None]["topics"] == {"low back": "no_recommendation"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Drug Ingredient,Brand Name\nIbuprofen,Motrin\n", "no column 'exempt non exempt'"),
        ("A table,of,something else\n", "no line with the headings"),
        (HEAD, "no drugs below the headings"),
        (HEAD + "Ibuprofen,Perhaps,\n", "status 'Perhaps'"),
        (HEAD + "Ibuprofen,Non-Exempt,some days\n", "special fill 'some days'"),
        (HEAD + "Ibuprofen,Non-Exempt,4 to 7 days\n", "special fill '4 to 7 days'"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str, found: str) -> None:
    with pytest.raises(InputError, match=found.replace("(", r"\(")):
        load(written(tmp_path, text))


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "Ibuprofen,Perhaps,\nNaproxen,Exempt,\nTramadol,Maybe,\n")
    with pytest.raises(InputError) as caught:
        load(path)
    assert [problem.line for problem in caught.value.problems] == [2, 4]


def test_a_list_without_a_day_needs_one(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "Ibuprofen,Exempt,\n")
    with pytest.raises(InputError, match="no effective date"):
        load(path, None)
    assert load(path).start == date(2030, 1, 1)


@pytest.mark.parametrize("raw", [b"%PDF-1.7 ...", b"PK\x03\x04\0\0", b"\0\0\0"])
def test_a_file_that_is_no_text(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "list.pdf").write_bytes(raw)
    with pytest.raises(InputError, match="no text"):
        load(tmp_path / "list.pdf")
    (tmp_path / "list.xlsx").write_bytes(raw)
    with pytest.raises(InputError, match="not a sound workbook"):
        load(tmp_path / "list.xlsx")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Effective March 1, 2030", date(2030, 3, 1)),
        ("Revised 1/2/2029. Effective date: 05/15/2030", date(2030, 5, 15)),
        ("Effective 2030-04-01", date(2030, 4, 1)),
        ("Effective March 2030", None),
        ("March 1, 2030", None),
    ],
)
def test_the_printed_day(text: str, day: date | None) -> None:
    assert printed_day(text) == day


@pytest.mark.parametrize(
    ("printed", "drug"),
    [
        ("Naproxen Sodium", "naproxen"),
        ("HYDROCODONE BITARTRATE AND ACETAMINOPHEN", "acetaminophen / hydrocodone"),
        ("Acetaminophen/Codeine Phosphate", "acetaminophen / codeine"),
        ("Orphenadrine, Aspirin & Caffeine", "aspirin / caffeine / orphenadrine"),
        ("Sulfamethoxazole-Trimethoprim", "sulfamethoxazole / trimethoprim"),
        ("Acetaminophen / Inventine", "acetaminophen / inventine"),  # half known is not known
    ],
)
def test_ingredients(tmp_path: Path, printed: str, drug: str) -> None:
    assert load(written(tmp_path, f'{HEAD}"{printed}",Exempt,\n')).entries[0]["drug"] == drug


def test_of_rows_that_differ_the_tighter_counts_and_it_is_said() -> None:
    new = load(MADE / "list-made.csv", None)
    relaxant = entries(new)["cyclobenzaprine", "oral"]
    assert relaxant["brands"] == ["Flexeril", "Amrix"]
    assert "special_fill" not in relaxant
    assert any("cyclobenzaprine" in remark and "line 12" in remark for remark in new.remarks)


def test_unknown_drugs_are_kept_and_named() -> None:
    new = load(MADE / "list-made.csv", None)
    assert ("zzzmadeupine", "oral") in entries(new)
    assert any(remark.startswith("1 of 12 drugs") and "zzzmadeupine" in remark for remark in new.remarks)


def test_changes_against_what_was_known() -> None:
    told = changes(load(MADE / "list-made.csv", None), list_on(date(2030, 3, 1), RULEBOOK))
    assert "~ gabapentin (oral): non-exempt → exempt" in told
    assert "~ methylprednisolone (oral)" not in " ".join(told)  # nothing changes
    assert "- zolpidem: was non-exempt, is unlisted" in told
    assert "+ diclofenac (topical): non-exempt" in told
    assert not [line for line in told if line.startswith("- acetaminophen")]


def test_the_written_list_is_read_back_and_changes_nothing(tmp_path: Path) -> None:
    new = load(MADE / "list-made.csv", None)
    folder = tmp_path / "pack" / "formulary"
    folder.mkdir(parents=True)
    (folder / f"list-{new.start}.yaml").write_text(text_of(new), encoding="utf-8")
    rulebook = open_rulebook((tmp_path / "pack",))
    current = list_on(date(2030, 4, 1), rulebook)
    assert current is not None
    assert current.complete
    assert len(current.entries) == 12
    assert changes(new, current) == []


@pytest.mark.parametrize(
    ("rows", "status", "fill"),
    [
        ("Tramadol,Non-Exempt,4 days\nTramadol ER,Non-Exempt,7 days\n", "non-exempt", 4),
        ("Tramadol,Non-Exempt,4 days\nTramadol ER,Non-Exempt,\n", "non-exempt", None),
        ("Tramadol,Exempt,4 days\nTramadol ER,Non-Exempt,4 days\n", "non-exempt", 4),
    ],
)
def test_of_rows_that_differ_the_tighter_counts(rows: str, status: str, fill: int | None, tmp_path: Path) -> None:
    new = load(written(tmp_path, HEAD + rows))
    (entry,) = new.entries
    assert (entry["status"], entry.get("special_fill")) == (status, fill)
    assert any("stands there with different rules; the tighter one counts" in remark for remark in new.remarks)


def test_guidelines_that_are_not_understood_are_told_by_their_lines(tmp_path: Path) -> None:
    head = "Drug Ingredient,Exempt / Non-Exempt,Reference in Guidelines\n"
    new = load(written(tmp_path, f"{head}Ibuprofen,Exempt,perhaps so\nNaproxen,Exempt,\n"))
    assert "what the guidelines say was not understood in line 2" in new.remarks


def test_a_list_saved_by_an_old_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"Workers\u2019 list, effective March 1 2030\n{HEAD}Ibuprofen,Exempt,\n".encode("cp1252"))
    new = load(path, None)
    assert new.start == date(2030, 3, 1)
    assert set(entries(new)) == {("ibuprofen", None)}
