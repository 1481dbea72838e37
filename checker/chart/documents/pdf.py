"""PDF, read by PDFium in a child process with limits: native code on an untrusted paper."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

from checker.chart.documents.columns import Piece, lines_of
from checker.chart.documents.filled import take_filled
from checker.chart.documents.ocr import DOTS_PER_INCH, can_read_pictures, read_picture
from checker.chart.documents.pages import Page, Pages
from checker.chart.documents.text import clean, join_hyphens, without_running_heads
from checker.problem import InputError, Problem

SECONDS = 30
MEMORY = 1 << 30
MAX_PAGES = 500
TOO_MANY = f"more than {MAX_PAGES} pages"
LIVE = "a form that only Adobe Reader can draw"  # XFA: the file holds no page, but a request to wait
OVERHANG = 1.0  # points that an f or a quotation mark may hang over into the next piece, where it would be read again
FEW = 200  # letters on a page that is a picture all the same: a fax line, a stamp, a typed date
MOST = 0.5  # of a page that pictures cover, where it is a picture
DEPTH = 5  # forms within forms that are searched for pictures
MAX_PIXELS = 20_000_000
POINTS_PER_INCH = 72
Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in points
HOME = Path(__file__).parents[3]  # where the package lies, so that the child finds the same one


def read_pdf(path: Path) -> Pages:
    """Pages of a PDF. A page without text is read as a picture where Tesseract is installed, else named in `unread`.
    Raises InputError for a locked or broken file."""
    done = _run(path, "text")
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if reason and reason[-1] == TOO_MANY:
            raise _fault(path, TOO_MANY, "a paper of that length at most")
        if reason and reason[-1] == LIVE:
            raise _fault(path, LIVE, "a PDF whose pages are in the file")
        locked = any("password" in line.lower() for line in reason)
        found = "locked with a password" if locked else "a PDF that cannot be read"
        raise _fault(path, found, "a PDF that opens without a password" if locked else "a sound PDF")
    told = json.loads(done.stdout)
    texts = without_running_heads([join_hyphens(clean(page["text"])) for page in told])
    pictured = {
        number
        for number, (page, text) in enumerate(zip(told, texts, strict=True), 1)
        if page["picture"] or not text.strip()
    }
    read = (
        {number: text for number in pictured if (text := _read_page(path, number)).strip()}
        if can_read_pictures()
        else {}
    )
    pages = [Page(number, read.get(number, text)) for number, text in enumerate(texts, 1)]
    return Pages(
        tuple(page for page in pages if page.text.strip()),
        tuple(sorted(pictured - read.keys())),
        tuple(sorted(read)),
    )


def _run(path: Path, *what: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-P", "-m", "checker.chart.documents.pdf", str(path), *what]
    surroundings = {**os.environ, "PYTHONPATH": str(HOME)}
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=surroundings)
    except subprocess.TimeoutExpired:
        raise _fault(path, f"not read within {SECONDS} seconds", "a PDF of ordinary size") from None


def _read_page(path: Path, number: int) -> str:
    done = _run(path, "picture", str(number))
    return read_picture(done.stdout) if done.returncode == 0 else ""


def _fault(path: Path, found: str, expected: str) -> InputError:
    fix = "Print it to a new PDF, or save the paper as text."
    return InputError([Problem(str(path), 0, 0, "pdf", found, expected, fix)])


def _child(path: str, what: str, number: str = "1") -> None:
    """In the child process: write the text of every page as JSON, or one page as a grey picture, to standard output."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    if document.get_formtype() == pypdfium2.raw.FORMTYPE_XFA_FULL:
        raise SystemExit(LIVE)
    document.init_forms()  # before a page is taken, or its fields are not known
    if len(document) > MAX_PAGES:
        raise SystemExit(TOO_MANY)
    if what == "text":
        sys.stdout.write(json.dumps([_told(page) for page in document]))
    else:
        sys.stdout.buffer.write(_picture(document[int(number) - 1]))


def _told(page: Any) -> dict[str, Any]:
    """The text of a page, and whether the page is a picture with at most a few words laid over it, such as the line that a
    fax machine adds."""
    text = _text(page)
    return {"text": text, "picture": len("".join(text.split())) <= FEW and _pictured(page) >= MOST}


def _pictured(page: Any) -> float:
    """The part of a page that pictures cover, 1 for all of it."""
    from pypdfium2 import raw

    width, height = page.get_size()
    boxes = [picture.get_bounds() for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH)]
    areas = (max(right - left, 0) * max(top - bottom, 0) for left, bottom, right, top in boxes)
    return float(sum(areas) / (width * height)) if width and height else 0.0


def _text(page: Any) -> str:
    filled = take_filled(page)
    textpage = page.get_textpage()
    boxes: list[Box] = [textpage.get_rect(number) for number in range(textpage.count_rects())]
    pieces = []
    for before, box, after in zip([None, *boxes], boxes, [*boxes[1:], None], strict=False):
        left, bottom, right, top = box
        inset = min(OVERHANG, (right - left) / 4)
        start = left + (inset if before and _touches(before, box) else 0)
        end = right - (inset if after and _touches(box, after) else 0)
        pieces.append(Piece(left, bottom, right, top, textpage.get_text_bounded(start, bottom, end, top)))
    return "\n".join(lines_of([*pieces, *filled]))


def _touches(before: Box, after: Box) -> bool:
    """Whether one piece goes on where another of the same line ends."""
    return abs(after[0] - before[2]) <= 2 * OVERHANG and before[1] < after[3] and after[1] < before[3]


def _picture(page: Any) -> bytes:
    """The page as a portable grey map."""
    width, height = page.get_size()
    scale = min(DOTS_PER_INCH / POINTS_PER_INCH, (MAX_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    raw = bytes(bitmap.buffer)
    rows = (raw[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)


if __name__ == "__main__":
    _child(*sys.argv[1:])
