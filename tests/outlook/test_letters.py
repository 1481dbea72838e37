"""Published letters in their variants, written by us in the published form, become the same kind of data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.outlook.letters import Letter, letter_of, parse_letter

LETTERS = Path(__file__).parent.parent / "data" / "letters"
HEAD = "CLINICAL CASE SUMMARY\nThe worker has pain.\nIMR ISSUES, DECISIONS AND RATIONALES\n"
BODY = "Claims Administrator guideline: A.\nMAXIMUS guideline: B.\nDecision rationale: C.\n"


def read(name: str) -> Letter:
    return parse_letter((LETTERS / name).read_text(encoding="utf-8").split("\f"), name)


def test_a_letter_of_2017_is_read_whole() -> None:
    letter = read("wrapped.txt")
    assert (letter.case, letter.specialty) == ("CM16-9000001", "Physical Medicine & Rehabilitation, Pain Management")
    assert (letter.injury, letter.ur_denial) == (date(2016, 10, 3), date(2016, 12, 9))
    assert (letter.application, letter.assigned) == (date(2016, 12, 14), date(2016, 12, 20))
    assert letter.decided == date(2017, 1, 12)
    assert letter.summary.startswith("The worker is a 41 year old male")
    assert letter.summary.endswith("and a topical cream.")
    assert [item.outcome for item in letter.items] == ["upheld", "overturned", "upheld"]


def test_the_date_of_the_application_may_be_read_between_the_words_of_its_label() -> None:
    pages = (LETTERS / "wrapped.txt").read_text(encoding="utf-8").split("\f")
    turned = pages[0].replace("Application \nReceived: \n12/14/2016", "Application 12/14/2016\nReceived:")
    assert turned != pages[0]
    assert parse_letter([turned, *pages[1:]], "x") == parse_letter(pages, "x")


def test_the_formula_of_a_partly_authorized_request_is_one_title() -> None:
    title = read("wrapped.txt").items[0].title
    assert title.startswith("Physical therapy for the lumbar spine, 12 visits, was the original request.")
    assert title.endswith("The remaining IMR eligible portion of the original request, physical therapy for the lumbar "
                          "spine, 6 visits is")  # fmt: skip


def test_a_title_over_two_lines_is_one_title() -> None:
    assert read("wrapped.txt").items[2].title == (
        "Compound cream of flurbiprofen 10% and cyclobenzaprine 3% 120 grams, with 2 refills"
    )


def test_the_words_of_an_outcome_inside_a_rationale_end_nothing() -> None:
    assert "The denial: upheld on other grounds before." in read("wrapped.txt").items[0].rationale


def test_a_rationale_goes_on_over_the_page_without_the_running_foot() -> None:
    item = read("wrapped.txt").items[1]
    assert item.rationale == (
        "An invented reason that runs to the foot of the page and goes on overleaf. The MRI is medically necessary."
    )
    assert item.ur_guideline == "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies."


def test_the_disclaimer_belongs_to_no_item() -> None:
    assert read("wrapped.txt").items[2].rationale == "The cream is not medically necessary."


def test_a_double_spaced_letter() -> None:
    letter = read("double-spaced.txt")
    assert letter.specialty == "Family Practice"
    assert [(item.title, item.outcome) for item in letter.items] == [
        ("OMEPRAZOLE 20MG #60", "upheld"),
        ("ACUPUNCTURE 2 TIMES A WEEK FOR 3 WEEKS, NECK AND BOTH HANDS", "overturned"),
    ]
    assert letter.items[0].rationale.endswith("is not medically necessary.")


def test_a_numbered_letter_that_says_medically_necessary_for_the_outcome() -> None:
    letter = read("numbered.txt")
    assert [(item.title, item.outcome) for item in letter.items] == [
        ("A hinged brace for the right knee", "upheld"),
        ("Naproxen 550mg #60", "overturned"),
    ]
    assert letter.items[1].ur_guideline.startswith("The Claims Administrator based its decision on the Chronic Pain")
    assert letter.items[1].imr_guideline.startswith("The Physician Reviewer based his/her decision on the Chronic Pain")
    assert letter.items[1].rationale.startswith("Pain fell from 7 to 4")


@pytest.mark.parametrize("name", ["wrapped.txt", "double-spaced.txt", "numbered.txt"])
def test_blanks_at_the_ends_of_lines_do_not_matter(name: str) -> None:
    pages = (LETTERS / name).read_text(encoding="utf-8").split("\f")
    trimmed = ["\n".join(line.rstrip() for line in page.split("\n")) for page in pages]
    assert parse_letter(trimmed, name) == parse_letter(pages, name)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("A grocery list", "no clinical case summary"),
        (HEAD + "Nothing was decided.", "no item with an outcome"),
        (f"{HEAD}MRI: Upheld\n{BODY}\nBrace: Overturned\nNo guideline here.\n", "2 outcomes, but 1"),
        (f"{HEAD}: Upheld\n{BODY}", "outcome 1 stands without the title"),
    ],
)
def test_what_is_missing_is_named(text: str, missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        parse_letter([text], "x")


def test_a_letter_without_a_number_has_the_name_of_its_file() -> None:
    assert parse_letter([f"{HEAD}MRI: Upheld\n{BODY}"], "letter-7").case == "letter-7"


def test_an_item_without_rationale_is_kept() -> None:
    letter = parse_letter([f"{HEAD}MRI: Upheld\nClaims Administrator guideline: A.\n"], "x")
    item = letter.items[0]
    assert (item.title, item.outcome, item.ur_guideline, item.rationale) == ("MRI", "upheld", "A.", "")


def test_a_long_run_of_blanks_is_read_in_time() -> None:
    text = f"{HEAD}MRI:{' ' * 200_000}Upheld\n{BODY}"
    assert parse_letter([text], "x").items[0].outcome == "upheld"


GOOD = {"case": "CM16-1", "summary": "Pain.", "items": [{"title": "MRI", "outcome": "upheld"}], "decided": "01/12/2017"}


def test_a_letter_from_json() -> None:
    letter = letter_of(GOOD)
    assert (letter.case, letter.decided, letter.ur_denial) == ("CM16-1", date(2017, 1, 12), None)
    assert letter.items[0].rationale == ""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"items": []}, "without items"),
        ({"items": [{"title": "MRI", "outcome": "maybe"}]}, "upheld or overturned"),
        ({"items": ["MRI"]}, "a title and an outcome"),
        ({"items": "MRI"}, "a list of items"),
        ({"decided": "tomorrow"}, "'decided' is not a date"),
    ],
)
def test_a_wrong_letter_in_json_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        letter_of(GOOD | change)


def test_a_letter_in_json_without_summary_is_named() -> None:
    with pytest.raises(ValueError, match="without 'summary'"):
        letter_of({"case": "CM16-1", "items": GOOD["items"]})
