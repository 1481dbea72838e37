"""The level of the spine that a paper tells a finding of."""

from __future__ import annotations

import pytest

from tests.chart.reading import read

MRI = """MRI LUMBAR SPINE
FINDINGS:
L3-4: No disc bulge.
L4-5: 4 mm disc protrusion. There is contact of the exiting nerve root.
At L5-S1, there is grade 1 spondylolisthesis. Severe central canal stenosis.
IMPRESSION: Disc protrusion. See above.
"""


@pytest.mark.parametrize(
    ("text", "finding", "expected"),
    [
        (MRI, "nerve-compression-imaging", {("L4-5",), ("L5-S1",)}),
        (MRI, "spondylolisthesis", {("L5-S1",)}),
        (MRI, "disc-abnormality", {("L3-4",), ("L4-5",), ()}),
        ("Disc protrusions at L4-5 and L5-S1.", "disc-abnormality", {("L4-5", "L5-S1")}),
        ("C5-6 and C6-7 disc protrusions.", "disc-abnormality", {("C5-6", "C6-7")}),
        (
            "MRI: herniation of the disc measuring 5 mm at L5-S1, and stenosis at L3-4.",
            "disc-abnormality",
            {("L5-S1",)},
        ),
        ("MRI: herniation of the disc measuring 5 mm at L5-S1, and stenosis at L3-4.", "stenosis-imaging", {("L3-4",)}),
        ("L4-5 is normal; there is a disc protrusion.", "disc-abnormality", {()}),
        ("L4-S1 fusion in 2012.", "fusion-at-level", {("L4-5", "L5-S1")}),
        ("Medial branch blocks at L4-5 and L5-S1 gave 80% relief.", "diagnostic-block-positive", {("L4-5", "L5-S1")}),
        ("Sensation is decreased in the right L5 dermatome.", "sensory-deficit", {("L5",)}),
        ("Strength of the biceps R 5/5 L4/5.", "motor-deficit", {()}),
        ("She has L5 radiculopathy. MRI of the neck shows a disc protrusion.", "disc-abnormality", {()}),
    ],
)
def test_levels(text: str, finding: str, expected: set[tuple[str, ...]]) -> None:
    assert {one.levels for one in read(text).findings if one.finding == finding} == expected
