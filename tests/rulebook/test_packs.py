"""Packs over the packaged rules: the last one wins, and the report says so."""

from __future__ import annotations

from pathlib import Path

from checker.api import check_file

ROOT = Path(__file__).parents[2]
RULE = "mtus-chronic-pain-2009/trigger-point-injection"
REQUEST = ROOT / "examples" / "seed-003" / "request.yaml"


def pack(folder: Path, months: str) -> Path:
    path = folder / f"{RULE}.yaml"
    path.parent.mkdir(parents=True)
    text = (ROOT / "rules" / f"{RULE}.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("more than three months", f"more than {months} months"), encoding="utf-8")
    return folder


def test_the_last_pack_wins_and_the_report_says_so(tmp_path: Path) -> None:
    first, second = pack(tmp_path / "first", "four"), pack(tmp_path / "second", "five")
    for packs, months, name in (((first, second), "five", "second"), ((second, first), "four", "first")):
        report = check_file(REQUEST, rules=packs)
        duration = next(line for line in report.items[0].criteria if line.id == "duration")
        assert duration.statement == f"Symptoms have lasted for more than {months} months."
        [notice] = [text for text in report.notices if "--rules" in text]
        assert f"Rule {RULE} comes from the pack '{name}'" in notice
        assert "instead of the rule of that name" in notice


def test_without_a_pack_nothing_is_said() -> None:
    assert not [text for text in check_file(REQUEST).notices if "--rules" in text]
