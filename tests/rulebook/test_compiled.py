"""The compiled rulebook: taken where it is current, made anew where a rule changed or the file is broken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.rulebook import compiled, load
from checker.rulebook.compiled import cache_file, open_rulebook

RULE = "first-edition/rest"
RULE_FILE = f"""
rule: {RULE}
title: Rest
guideline: first-edition
section: Rest
applies_to: {{treatments: [rest]}}
recommendation: recommended_with_criteria
summary: For pain.
criteria:
  - {{id: pain, statement: There is pain., check: {{finding: pain}}, remedy: Record the pain.}}
"""
FILES = {
    "guidelines.yaml": "guidelines: {first-edition: {family: one, title: First edition, tier: mtus}}",
    "treatments/all.yaml": "treatments: {rest: {label: Rest, category: dme, names: [rest]}}",
    "findings/all.yaml": "findings: {pain: {label: Pain, kind: symptom, phrases: [pain]}}",
    f"{RULE}.yaml": RULE_FILE,
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A small rulebook and a pack over it, compiled into a cache of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    both = write(tmp_path / "rules", FILES), write(tmp_path / "pack", {f"{RULE}.yaml": RULE_FILE})
    open_rulebook(both)
    return both


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one word whenever the rules are read from YAML."""
    times: list[str] = []
    load_pack = load.load_pack
    monkeypatch.setattr(load, "load_pack", lambda given: times.append("made") or load_pack(given))
    return times


def test_the_second_run_reads_no_yaml_and_knows_the_same(folders: tuple[Path, Path], made: list[str]) -> None:
    kept = open_rulebook(folders)
    assert made == []
    cache_file(folders).unlink()
    fresh = open_rulebook(folders)
    assert made == ["made"]
    assert list(kept.rules) == list(fresh.rules)
    assert kept.rules[RULE] == fresh.rules[RULE]
    assert kept.rules[RULE].place.line == 2
    assert (kept.findings, kept.treatments, kept.extra) == (fresh.findings, fresh.treatments, fresh.extra)


def test_a_changed_a_new_and_a_lost_rule_are_noticed(folders: tuple[Path, Path], made: list[str]) -> None:
    rule = folders[1] / f"{RULE}.yaml"
    status = rule.stat()
    os.utime(rule, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    open_rulebook(folders)
    write(folders[1], {"findings/more.yaml": "findings: {fever: {label: Fever, kind: symptom}}"})
    open_rulebook(folders)
    rule.unlink()
    open_rulebook(folders)
    assert made == ["made"] * 3


def test_scenarios_are_no_part_of_it(folders: tuple[Path, Path], made: list[str]) -> None:
    write(folders[1], {f"{RULE}.test.yaml": ""})
    open_rulebook(folders)
    assert made == []


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_short_is_made_anew(folders: tuple[Path, Path], made: list[str], share: float) -> None:
    path = cache_file(folders)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert open_rulebook(folders).rules[RULE].id == RULE
    assert made == ["made"]
    assert path.read_bytes() == whole


@pytest.mark.parametrize("common", [b"[]", b"{}", b'{"rules": 3}', b"not json"])
def test_a_file_that_holds_something_else_is_made_anew(
    folders: tuple[Path, Path], made: list[str], common: bytes
) -> None:
    head = (compiled.stamp(folders), compiled.COMMON.encode(), f"[{len(common)}]".encode())
    cache_file(folders).write_bytes(b"\n".join((*head, common)))
    assert open_rulebook(folders).rules[RULE].id == RULE
    assert made == ["made"]


def test_without_a_cache_folder_the_rules_are_read_all_the_same(
    folders: tuple[Path, Path], made: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert open_rulebook(folders).rules[RULE].id == RULE
    assert made == ["made"]


def test_only_the_newest_are_kept(folders: tuple[Path, Path]) -> None:
    cache = cache_file(folders).parent
    older = [cache / f"rules-{number:08x}.json" for number in range(compiled.KEPT)]
    foreign = cache / "notes.json"
    for day, path in enumerate([foreign, *older]):
        path.write_text("{}", encoding="utf-8")
        os.utime(path, (1_000_000_000 + day, 1_000_000_000 + day))
    open_rulebook((folders[0],))
    assert [path.exists() for path in older] == [False, False, *[True] * (compiled.KEPT - 2)]
    assert all(path.exists() for path in (foreign, cache_file(folders), cache_file((folders[0],))))
