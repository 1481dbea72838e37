"""`imr-check formulary` and `imr-check guidelines`, as a clinic calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

MADE = Path(__file__).parent.parent / "data" / "formulary" / "list-made.csv"


@pytest.mark.parametrize(
    ("drug", "day", "said"),
    [
        ("Naprosyn", "2024-03-01", "Naproxen (naproxen) on 2024-03-01: exempt"),
        ("naproxen sodium 550 mg", "2024-03-01", "Unverified: the status is from memory"),
        ("Norco", "2024-03-01", "on 2024-03-01:"),
        ("cyclobenzaprin", "2024-03-01", "Cyclobenzaprine"),
        ("Cymbalta", "2021-01-05", "exempt"),
        ("Cymbalta", "2019-01-05", "not in this copy of the list"),
        ("Naprosyn", "2017-12-31", "was not in force on 2017-12-31"),
        ("Norco", "2024-03-01", "within 10 days"),
    ],
)
def test_show(run: Run, drug: str, day: str, said: str) -> None:
    result = run("formulary", "show", drug, "--on", day)
    assert result.exit_code == 0
    assert said in result.stdout


def test_show_an_unknown_drug(run: Run) -> None:
    result = run("formulary", "show", "Xyzzy")
    assert result.exit_code == 2
    assert "no drug 'Xyzzy'" in result.stderr


def test_update_then_show(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    result = run("formulary", "update", MADE, "--out", pack)
    assert result.exit_code == 0
    assert "~ gabapentin (oral): non-exempt → exempt" in result.stdout
    assert "12 drugs" in result.stdout
    assert "zzzmadeupine" in result.stderr
    assert (pack / "formulary" / "list-2030-03-01.yaml").exists()
    shown = run("formulary", "show", "Norco", "--on", "2030-04-01", "--rules", pack).stdout
    assert "Special fill: 4 days." in shown
    assert "By the list v98 of 2030-03-01." in shown
    assert "unlisted" in run("formulary", "show", "Zoloft", "--on", "2030-04-01", "--rules", pack).stdout


def test_update_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    assert run("formulary", "update", MADE, "--out", tmp_path).exit_code == 0
    again = run("formulary", "update", MADE, "--out", tmp_path)
    assert again.exit_code == 2
    assert "a list of that day" in again.stderr
    assert run("formulary", "update", MADE, "--out", tmp_path, "--date", "2030-07-01").exit_code == 0


def test_update_into_a_file_is_one_message(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("not a folder", encoding="utf-8")
    result = run("formulary", "update", MADE, "--out", tmp_path / "pack" / "more")
    assert result.exit_code == 2
    assert "Name a folder that may be written to: --out DIR." in result.stderr


def test_update_of_a_broken_list_writes_nothing(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "list.csv"
    broken.write_text("Drug Ingredient,Exempt / Non-Exempt\nIbuprofen,Perhaps\n")
    result = run("formulary", "update", broken, "--date", "2030-01-01", "--out", tmp_path / "pack")
    assert result.exit_code == 2
    assert "status 'Perhaps'" in result.stderr
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize(
    ("day", "topic", "said"),
    [
        ("2024-03-01", "low-back", "mtus-acoem-low-back-2020"),
        ("2021-11-22", "low-back", "mtus-acoem-low-back-2019"),
        ("2017-11-30", "opioid", "mtus-opioids-2016"),
        ("2017-12-01", "opioid", "mtus-acoem-opioids-2017"),
        ("2016-08-05", "chronic-pain", "Changed on 2016-07-28"),
        ("2016-08-05", "hip", "no edition in force"),
        ("2018-01-05", "acupuncture", "governed until"),
        ("2024-03-01", "antiemetics", "dates from memory (low confidence)"),
        ("2024-03-01", "chronic-pain", "adoption was not seen"),
    ],
)
def test_guidelines_on_a_day(run: Run, day: str, topic: str, said: str) -> None:
    result = run("guidelines", "--on", day, "--topic", topic)
    assert result.exit_code == 0
    assert said in " ".join(result.stdout.split())


def test_every_topic_is_shown(run: Run) -> None:
    shown = run("guidelines", "--on", "2024-03-01").stdout
    for topic in ("low back", "neck", "shoulder", "elbow", "hand", "knee", "ankle", "hip", "eye", "stress", "opioids",
                  "chronic pain", "formulary", "postsurgical", "asthma", "COVID-19", "depressive disorders"):  # fmt: skip
        assert f"\n  {topic}: " in shown
