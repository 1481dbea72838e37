"""Papers of any length: what reading costs grows with the text and not with its square, whatever stands there."""

from __future__ import annotations

import datetime

import pytest

from checker.chart.documents.pages import Page
from checker.chart.whole_paper import read_paper
from tests.chart.reading import recogniser
from tests.steps import growth

HOSTILE = [
    "L4-5 protrusion ",
    "protrusion at L4-5 and ",
    "L4-L5-",
    "left right ",
    "left knee pain right knee ",
    "half of the pain ",
    "the injection took away 2/3 of the pain ",
    "8/10 with no Norco ",
    "numbness in the left hand of the right knee ",
    "PT 4 visits, ESI x 2 with 60% relief, ",
    "5/5 today, 4/5 at last visit. ",
    "denies: a; b; c; ",
    "no, no, no ",
    "not denied but later approved ",
    "[ ] Yes [X] No ",
    "MRI dated 3/1/2016 ",
    "since 3/1/2014 spasm, ",
    "abduction R 170 L 90 ",
    '"no. " ',
    "The. ",
    "therapy (12)\n",
    "a | b | c |\n",
    "1 2 ",
    "((((",
    "-- x ",
    "Offered an injection. Patient declines.\n",
    "Quadriceps R 5/5 L 4/5. Hamstrings 5/5. ",
    "PT 12 requested, 8 certified - weakness, because he limps. ",
]


@pytest.mark.parametrize(
    ("head", "unit"), [("", unit) for unit in HOSTILE] + [("Test  Right  Left  Goal  \n", "a  1  ")]
)
def test_a_long_text_is_read_in_steps_that_grow_with_it(head: str, unit: str) -> None:
    def read(size: int) -> None:
        text = head + (unit * (size // len(unit) + 1))[:size]
        read_paper(recogniser(), [Page(1, text)], document="note", date=datetime.date(2016, 5, 2), document_type=None)

    read(100)  # what is made once
    assert growth(read, 10_000) < 2.5
