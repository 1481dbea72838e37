"""What care did counts for the item that it was told of: not a result of other drugs, other therapy or another part of the body."""

from __future__ import annotations

import pytest

from checker.api import open_rulebook
from checker.chart.model import Finding
from checker.engine.logic import STATUS
from checker.request.model import Asked
from tests.engine.world import outcome, setting

RULEBOOK = open_rulebook()

TREATMENTS = [
    # finding, treatments that its words name, treatment asked for, whether it counts
    ("drug-relief-stated", (), "tramadol", True),
    ("drug-relief-stated", ("tramadol",), "tramadol", True),
    ("drug-relief-stated", ("naproxen",), "tramadol", False),
    ("drug-relief-stated", ("naproxen", "tramadol"), "tramadol", True),
    ("drug-relief-stated", ("opioid",), "tramadol", True),
    ("drug-relief-stated", ("medication",), "tramadol", True),
    ("drug-relief-stated", ("hydrocodone-acetaminophen",), "tramadol", False),  # another drug of the class
    ("drug-relief-stated", ("oxycodone",), "oxycodone-acetaminophen", True),  # the same ingredient
    ("drug-relief-stated", ("hydrocodone-acetaminophen",), "oxycodone-acetaminophen", False),
    ("drug-without-benefit", ("hydrocodone-acetaminophen",), "tapentadol", False),
    ("drug-without-benefit", ("acetaminophen",), "hydrocodone-acetaminophen", False),  # an ingredient of another class
    ("drug-relief-stated", ("metformin",), "lisinopril", False),
    ("drug-for-disease", ("metformin",), "lisinopril", False),
    ("drug-for-disease", ("antihypertensive",), "lisinopril", True),
    ("drug-without-benefit", ("naproxen",), "tramadol", False),
    ("drug-without-benefit", ("naproxen",), "physical-therapy", True),  # no drug is asked for
    ("first-line-drug-failed", ("naproxen",), "tramadol", True),  # a demand about other drugs
    ("functional-improvement", ("physical-therapy",), "acupuncture", False),
    ("functional-improvement", ("physical-therapy",), "aquatic-therapy", True),
    ("functional-improvement", ("acupuncture",), "tramadol", False),
    ("functional-improvement", ("naproxen",), "duloxetine", False),
    ("functional-improvement", ("medication",), "duloxetine", True),
    ("functional-improvement", ("massage",), "physical-therapy", False),
    ("functional-improvement", ("hydrocodone-acetaminophen",), "acupuncture", True),  # no other care is named
    ("month-trial-of-device", ("h-wave",), "tens", False),
    ("month-trial-of-device", ("tens",), "tens", True),
]
PARTS = [
    # finding, its part, part asked for, whether it counts
    ("relief-percent", "cervical spine", "lumbar spine", False),
    ("relief-percent", "leg", "lumbar spine", True),  # what the lumbar spine feeds
    ("relief-percent", None, "lumbar spine", True),
    ("conservative-care-failed", "shoulder", "knee", False),
    ("functional-improvement", "head", "cervical spine", True),  # "can turn his head"
    ("diabetes", "foot", "lumbar spine", True),  # no result of care
]


@pytest.mark.parametrize(("finding", "told_of", "treatment", "counts"), TREATMENTS)
def test_results_of_other_treatments(finding: str, told_of: tuple[str, ...], treatment: str, counts: bool) -> None:
    place = setting(Finding(finding, told_of=told_of), treatment=treatment, rulebook=RULEBOOK)
    assert STATUS[outcome({"finding": finding}, place).value] == ("met" if counts else "not_documented")


@pytest.mark.parametrize(("finding", "part", "asked_part", "counts"), PARTS)
def test_results_at_other_parts(finding: str, part: str | None, asked_part: str, counts: bool) -> None:
    asked = Asked(("mri",), (asked_part,))
    found = Finding(finding, body_part=part)
    place = setting(found, parts=(asked_part,), asked=asked, treatment="mri", rulebook=RULEBOOK)
    assert STATUS[outcome({"finding": finding}, place).value] == ("met" if counts else "not_documented")
