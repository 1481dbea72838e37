"""Whatever is handed in wrongly gets messages that a clerk can act on, code 2, and nothing is half-checked."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.yamlfile import read_yaml

ROOT = Path(__file__).parent.parent
CASES: list[dict[str, Any]] = read_yaml(ROOT / "tests" / "data" / "bad_inputs.yaml").data

MAKERS: dict[str, Callable[[Path], object]] = {
    "link": lambda folder: _linked(folder),
    "huge-paper": lambda folder: (folder / "huge.txt").write_bytes(b"a " * 25_000_000),
    "huge-request": lambda folder: (folder / "request.yaml").write_bytes(b"# " + b"a" * 50_000_000),
    "binary-paper": lambda folder: (folder / "photo.bin").write_bytes(bytes(range(256)) * 40),
    "broken-pdf": lambda folder: (folder / "scan.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 400),
    "broken-docx": lambda folder: (folder / "note.docx").write_bytes(b"PK\x03\x04" + b"\0" * 400),
    "bomb": lambda folder: (folder / "request.yaml").write_text(_bomb(), encoding="utf-8"),
    "nesting": lambda folder: (folder / "request.yaml").write_text("items: " + "[" * 5000, encoding="utf-8"),
    "control": lambda folder: (folder / "request.yaml").write_bytes(b'items: [{request: "MRI \x1b[2J"}]\n'),
    "utf16": lambda folder: (folder / "request.yaml").write_text("items: [{request: MRI}]\n", encoding="utf-16"),
    "cp1252": lambda folder: (folder / "request.yaml").write_bytes("items:\n  - request: “MRI”\n".encode("cp1252")),
    "archive": lambda folder: _packed(folder / "papers.zip", "pr2.pdf"),
    "sheet": lambda folder: _packed(folder / "visits.xlsx", "xl/workbook.xml"),
    "pages": lambda folder: _packed(folder / "note.pages", "Index/Document.iwa"),
    "odt": lambda folder: _packed(folder / "note.odt", "content.xml"),
    "pipe": lambda folder: os.mkfifo(folder / "request.yaml"),
    "many": lambda folder: (folder / "request.yaml").write_text("items:\n" + "- request: MRI\n" * 5000),
    "latin": lambda folder: (folder / "request.yaml").write_bytes("items: [{request: Señor}]\n".encode("latin-1")),
}


def _linked(folder: Path) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text("private", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)


def _packed(path: Path, name: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "words")


def _bomb() -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_bad_input_gets_a_message(case: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    for name, text in case["files"].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name, digits in case.get("bytes", {}).items():
        (folder / name).write_bytes(bytes.fromhex(digits))
    if "made" in case:
        MAKERS[case["made"]](folder)
    command = [sys.executable, "-m", "checker", *case.get("run", "request.yaml").split()]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    message = done.stderr.decode()
    assert done.returncode == 2, done.stdout.decode() + message
    assert done.stdout == b""
    assert "Traceback" not in message
    assert "\x1b" not in message
    assert len(message) < 4000
    for words in case["says"]:
        assert words in message, message
