"""Fuzzing of everything that reads a paper, guided by coverage (atheris).

    pip install atheris
    python benchmarks/fuzz_reading.py TARGET [SECONDS] [FOLDER]

TARGET is text, docx, rtf, pdf or picture (bytes through the reader of documents), recogniser (text through the recogniser and
the describer) or form (text through the reader of request forms). SECONDS of the clock, 300 unless told. What was tried and is worth keeping
goes to FOLDER (a new one unless told), and so does an input that fails, as crash-… or timeout-…; give that file in the place
of SECONDS to try it again. The seeds are the papers and notes of tests/data and examples, and papers made of them.

A reader may raise InputError and nothing else; its pages must be numbered in order and hold text that can be written. Of the
recogniser every proof must stand where it says, and no finding may be later than its paper. An input may take a minute, a
PDF or a picture five: they are read by other programs, with limits of their own.
"""

from __future__ import annotations

import datetime
import importlib
import io
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent))
with atheris.instrument_imports(include=["checker", "striprtf"]):
    from checker.api import open_rulebook
    from checker.chart.describe import describe
    from checker.chart.documents import pages_of_text, read_document
    from checker.chart.form.rfa_form import read_form as form_of
    from checker.chart.head.words import build_describer
    from checker.chart.recognise import build_recogniser, read_text
    from checker.problem import InputError
    from checker.rulebook.model import Rulebook

    for late in ("checker.chart.documents.docx", "checker.chart.documents.rtf", "striprtf.striprtf"):
        importlib.import_module(late)  # else imported when first needed, and not instrumented

HOME = Path(__file__).parent.parent
DAY = datetime.date(2016, 11, 4)
BY_OTHERS = ("pdf", "picture")  # read in another process
FIRST = {"docx": b"PK\x03\x04", "rtf": b"{\\rtf", "pdf": b"%PDF", "picture": b"\x89PNG\r\n\x1a\n"}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def rulebook() -> Rulebook:
    return open_rulebook()


def zipped(document: bytes) -> bytes:
    """A DOCX file around the XML of its text."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("word/document.xml"), document, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def docx_text(note: str) -> bytes:
    """The text of a DOCX file: a paragraph a line, the last one in a table."""
    lines = [line.replace("&", "&amp;").replace("<", "&lt;") for line in note.split("\n")]
    paragraphs = [f"<w:p><w:r><w:t>{line}</w:t><w:tab/><w:br/></w:r></w:p>" for line in lines]
    table = f"<w:tbl><w:tr><w:tc>{paragraphs.pop()}</w:tc></w:tr></w:tbl>"
    return f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}{table}</w:body></w:document>'.encode()


def made_rtf(note: str) -> bytes:
    """An RTF file with a table of fonts, signs in both ways of writing, and a table of one row."""
    body = note.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}").replace("\n", "\\par\n")
    head = "{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0 "
    return f"{head}{body}\\u8217?\\'92\\tab\\trowd\\cell\\row{{\\*\\generator x;}}}}".encode("latin-1", "replace")


def png(width: int, height: int, rows: Sequence[bytes]) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def seeds(target: str) -> Iterable[bytes]:
    """What the fuzzer starts from."""
    if target == "pdf":
        return [path.read_bytes() for path in sorted((HOME / "tests/data/papers").glob("*.pdf"))]
    if target == "picture":
        bars = [bytes(255 if (column // 3 + row // 7) % 2 else 0 for column in range(60)) for row in range(40)]
        return [
            png(60, 40, bars),
            png(1, 1, [b"\0"]),
            b"\xff\xd8\xff\xe0\x00\x10JFIF",
            b"II*\x00\x08\0\0\0",
            b"MM\x00*",
        ]
    papers = [*HOME.glob("tests/data/notes/*/*.txt"), *HOME.glob("examples/*/*/*.txt"), *HOME.glob("examples/*/*.txt")]
    notes = [path.read_text(encoding="utf-8") for path in sorted(papers)]
    found = [path.read_bytes() for path in sorted((HOME / "tests/data/papers").glob(f"*.{target}"))]
    makers: dict[str, Callable[[str], bytes]] = {"docx": docx_text, "rtf": made_rtf}
    made = list(map(makers.get(target, str.encode), notes))
    return [*found, *made, *map(zipped, made)] if target == "docx" else [*found, *made]


def read_bytes(data: bytes, target: str, place: Path) -> None:
    """Bytes as a paper of the target's kind: a DOCX file or the XML in it, else with the first bytes by which it is told."""
    first = FIRST.get(target, b"")
    if target == "docx" and not data.startswith(first):
        data = zipped(data)
    place.write_bytes(data if data.startswith(first) else first + data)
    try:
        paper = read_document(place)
    except InputError:
        return
    numbers = [page.number for page in paper.pages]
    assert numbers == sorted(set(numbers)), numbers
    assert not set(numbers) & set(paper.unread), paper.unread
    for page in paper.pages:
        page.text.encode()
        assert "\x1b" not in page.text
        assert "\0" not in page.text


def read_form(text: str) -> None:
    """Text as a request form: every item is asked for in words or by a code."""
    assert all(item.request or item.codes for item in form_of(pages_of_text(text).pages, rulebook()).items)


def recognise(text: str) -> None:
    """Text as a paper's: what is read of it is proved by it."""
    pages = pages_of_text(text).pages
    describe(pages, build_describer(rulebook()))
    for page in pages:
        reading = read_text(
            build_recogniser(rulebook()), page.text, document="p", page=page.number, date=DAY, document_type=None
        )
        for entry in (*reading.findings, *reading.events):
            proof = entry.evidence
            assert proof is not None
            assert 0 <= proof.start < proof.end <= len(page.text), proof
            assert proof.quote == " ".join(page.text[proof.start : proof.end].split()), proof
            assert proof.line == page.text.count("\n", 0, proof.start) + 1, proof
        assert all(finding.date is None or finding.date <= DAY for finding in reading.findings)


def dictionary(folder: Path) -> Path:
    """The words that steer the recogniser, for the fuzzer to write."""
    words = {word for word in build_recogniser(rulebook()).phrases.words() if word.isascii() and word.isalnum()}
    phrases = {entry.phrase for entry in rulebook().assertions if entry.phrase.replace(" ", "").isalpha()}
    place = folder / "words.dict"
    place.write_text("".join(f'"{word}"\n' for word in sorted(words | phrases)), encoding="ascii")
    return place


def main(target: str, limit: str = "300", folder: str = "") -> None:
    scratch = Path(folder or tempfile.mkdtemp(prefix=f"fuzz-{target}-"))
    corpus = scratch / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    options = ["-timeout=300" if target in BY_OTHERS else "-timeout=60", "-rss_limit_mb=4096", "-max_len=8192"]
    options.append(f"-artifact_prefix={scratch}/")
    paper = scratch / f"paper.{target}"

    reads_text = {"recogniser": recognise, "form": read_form}

    def one(data: bytes) -> None:
        if target in reads_text:
            reads_text[target](data.decode("utf-8", "replace"))
        else:
            read_bytes(data, target, paper)

    if target in BY_OTHERS:
        options.append("-reduce_inputs=0")
    if target in reads_text:
        options.append(f"-dict={dictionary(scratch)}")
    tried = [limit] if not limit.isdigit() else [f"-max_total_time={limit}", str(corpus)]
    atheris.Setup([sys.argv[0], *options, *tried], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
