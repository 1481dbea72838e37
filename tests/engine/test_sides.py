"""What was done to the other side of the limb that an item is for is no care of this one; a drug is of the whole patient."""

from __future__ import annotations

import pytest

from checker.api import open_rulebook
from checker.engine.logic import STATUS
from checker.request.model import Asked
from tests.engine.world import done, fact, outcome, setting

RULEBOOK = open_rulebook()

CASES = [
    # done, part and side of it, part and side asked for, whether it counts
    ("knee-arthroplasty", "knee", "left", "knee", "right", False),
    ("knee-arthroplasty", "knee", "right", "knee", "right", True),
    ("knee-arthroplasty", "knee", "bilateral", "knee", "right", True),
    ("knee-arthroplasty", "knee", None, "knee", "right", True),
    ("knee-arthroplasty", "knee", "left", "knee", None, True),
    ("knee-arthroplasty", "knee", "left", "knee", "bilateral", True),
    ("knee-arthroplasty", None, "left", "knee", "right", True),
    ("knee-arthroplasty", "knee", "left", "shoulder", "right", False),
    ("physical-therapy", "shoulder", None, "knee", None, False),
    ("physical-therapy", "knee", None, "shoulder", None, False),
    ("physical-therapy", "elbow", None, "shoulder", None, False),
    ("physical-therapy", "cervical spine", None, "shoulder", None, True),
    ("physical-therapy", "shoulder", None, "cervical spine", None, True),
    ("physical-therapy", "lumbar spine", None, "cervical spine", None, False),
    ("physical-therapy", "wrist", None, "hand", None, True),
    ("physical-therapy", "spine", None, "lumbar spine", None, True),
    ("physical-therapy", None, None, "knee", None, True),
    ("naproxen", "shoulder", None, "knee", None, True),
    ("physical-therapy", "knee", "left", "knee", "right", False),
    ("physical-therapy", "lower extremity", "left", "knee", "right", False),
    ("physical-therapy", "lumbar spine", "left", "lumbar spine", "right", True),
    ("medial-branch-block", "lumbar spine", "left", "lumbar spine", "right", False),
    ("corticosteroid-injection", "shoulder", "left", "shoulder", "right", False),
    ("emg-ncs", "upper extremity", "left", "wrist", "right", False),
    ("naproxen", "knee", "left", "knee", "right", True),
    ("walking-aid", "knee", "left", "knee", "right", True),
]


@pytest.mark.parametrize(("treatment", "part", "side", "asked_part", "asked_side", "counts"), CASES)
def test_the_other_side(
    treatment: str, part: str | None, side: str | None, asked_part: str, asked_side: str | None, counts: bool
) -> None:
    asked = Asked(("mri",), (asked_part,), side=asked_side)
    place = setting(
        done(treatment, body_part=part, side=side), parts=(asked_part,), asked=asked, treatment="mri", rulebook=RULEBOOK
    )
    found = outcome({"tried": {"treatments": [treatment]}}, place)
    assert STATUS[found.value] == ("met" if counts else "not_documented")
    assert bool(place.chart.events) is counts


@pytest.mark.parametrize(
    ("finding", "part", "treatment", "asked_part", "counts"),
    [
        ("osteoarthritis", "knee", "shoulder-arthroscopy", "shoulder", True),  # a diagnosis is of the patient
        ("functional-limitation", "knee", "shoulder-arthroscopy", "shoulder", False),
        ("functional-limitation", "shoulder", "shoulder-arthroscopy", "shoulder", True),
        ("functional-limitation", None, "shoulder-arthroscopy", "shoulder", True),
        ("functional-limitation", "hand", "shoulder-arthroscopy", "shoulder", True),  # of one limb
        ("functional-limitation", "knee", "naproxen", "shoulder", True),  # a drug is of the whole patient
        ("limited-motion", "leg", "mri", "lumbar spine", True),
        ("motor-deficit", "leg", "mri", "cervical spine", True),  # the cord leads on to the legs
        ("labral-tear", "shoulder", "hip-arthroplasty", "hip", False),
    ],
)
def test_signs_of_another_limb(finding: str, part: str | None, treatment: str, asked_part: str, counts: bool) -> None:
    place = setting(
        fact(finding, body_part=part),
        parts=(asked_part,),
        asked=Asked((treatment,), (asked_part,)),
        treatment=treatment,
        rulebook=RULEBOOK,
    )
    found = outcome({"finding": finding}, place)
    assert STATUS[found.value] == ("met" if counts else "not_documented")
