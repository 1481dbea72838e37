"""How fast notes are read with the full vocabulary, beside a yardstick measured in the same run.

    python benchmarks/reading_speed.py

Prints megabytes a second of the whole reading and of cutting the same text into words alone, as a yardstick that every
machine has. One core. Run it in an environment in which the program is installed (`pip install -e .`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from checker.api import open_rulebook
from checker.chart.recognise import build_recogniser, read_text
from checker.words.tokens import tokenize

NOTES = Path(__file__).parent.parent / "tests" / "data" / "notes"
TIMES = 5


def seconds(work: Callable[[], object]) -> float:
    """The median processor time of several runs."""
    took = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return median(took)


def main() -> None:
    recogniser = build_recogniser(open_rulebook())
    texts = [path.read_text(encoding="utf-8") for path in sorted(NOTES.glob("*/*.txt"))]
    size = sum(len(text.encode()) for text in texts) / 1e6

    def read() -> None:
        for text in texts:
            read_text(recogniser, text, document="note", page=1, date=None, document_type=None)

    whole = seconds(read)
    words = seconds(lambda: [tokenize(text) for text in texts])
    print(f"{len(texts)} notes, {size:.3f} MB, vocabulary of {len(recogniser.findings)} findings")
    print(f"reading       {size / whole:6.2f} MB/s")
    print(f"words alone   {size / words:6.2f} MB/s   reading takes {whole / words:.1f} times as long")


if __name__ == "__main__":
    main()
