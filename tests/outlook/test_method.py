"""docs/method.md tells the figures of the weights that ship."""

from __future__ import annotations

import json
from pathlib import Path

from checker.outlook.features import FACTS
from checker.outlook.model import COEFFICIENTS, FEWEST
from checker.outlook.rates import RATES

METHOD = (Path(__file__).parent.parent.parent / "docs" / "method.md").read_text(encoding="utf-8")


def test_the_page_has_the_figures_of_the_weights_that_ship() -> None:
    data = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    sample = data["sample"]
    figures = METHOD[METHOD.index("<!-- figures: begin") : METHOD.index("<!-- figures: end")]
    assert f"fitted {data['fitted']}" in figures
    assert figures.splitlines()[2].startswith(
        f"{sample['letters']} letters, {sample['items']} items, {sample['overturned']} overturned"
    )
    for group, items in {**data["categories"], **data["guidelines"]}.items():
        assert any(line.split()[:2] == [group, str(items)] for line in figures.splitlines())
    assert f"ridge of strength {data['ridge']:.0f}" in METHOD


def test_the_page_names_no_letter() -> None:
    assert "CM16-" not in METHOD
    assert "CM17-" not in METHOD


def test_the_page_tells_every_published_rate_and_the_bounds() -> None:
    for entry in json.loads(RATES.read_text(encoding="utf-8"))["services"]:
        assert f"{entry['rate']:.1%}" in METHOD or f"{entry['rate']:.0%}" in METHOD
        assert entry["service"] in METHOD or entry["service"] == "drugs"
    assert f"fewer than {FEWEST} measured items" in METHOD
    assert len(FACTS) == 9
