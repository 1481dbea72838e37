"""The seed decisions: determination and reasons are the reviewer's own, and the mended papers pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import check_file

EXAMPLES = Path(__file__).parent.parent / "examples"

SEEDS = [
    ("seed-000", "guidance", "odg", {"injection-named", "site-named"}),
    ("seed-001", "ultrasound", "odg", {"recommended", "necessity"}),
    (
        "seed-002",
        "tpi",
        "mtus-chronic-pain",
        {"trigger-point", "twitch-response", "failed-conservative-care", "radiculopathy"},
    ),
    ("seed-002", "medrol", "odg", {"acute", "rationale"}),
    ("seed-003", "tpi", "mtus-chronic-pain", {"active-therapy", "failed-conservative-care"}),
    ("seed-003", "cbt", "mtus-chronic-pain", {"functional-improvement"}),
    ("seed-004", "consult", "acoem", {"treatment-pending"}),
]


@pytest.mark.parametrize("read", [False, True], ids=["stated", "read"])
@pytest.mark.parametrize(("seed", "item", "family", "deciding"), SEEDS, ids=[f"{s[0]}-{s[1]}" for s in SEEDS])
def test_seed_is_upheld_for_the_reviewers_reasons(
    seed: str, item: str, family: str, deciding: set[str], read: bool
) -> None:
    report = check_file(EXAMPLES / seed / "request.yaml", read=read)
    found = next(entry for entry in report.items if entry.id == item)
    assert found.prediction == "upheld"
    assert found.guideline is not None
    assert found.guideline.family == family
    assert set(found.deciding) == deciding


@pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("seed-*/mended*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_mended_request_passes(path: Path) -> None:
    report = check_file(path)
    assert {entry.id: entry.prediction for entry in report.items} == {entry.id: "overturned" for entry in report.items}


def test_twitch_response_of_seed_003_is_met_with_its_quote() -> None:
    report = check_file(EXAMPLES / "seed-003" / "request.yaml", read=False)
    line = next(line for line in report.items[0].criteria if line.id == "twitch-response")
    assert line.status == "met"
    assert line.evidence[0].quote == "bilateral trigger points with twitch responses"


def test_papers_alone_make_a_request() -> None:
    report = check_file(EXAMPLES / "filled-form" / "request.yaml")
    assert [(entry.request, entry.prediction) for entry in report.items] == [
        ("Left L4-5 TFESI under fluoroscopy, 1 injection", "overturned"),
        ("Physical therapy lumbar spine, 2 x week x 6 weeks", "upheld"),
    ]
    quotes = {proof.quote for line in report.items[0].criteria for proof in line.evidence}
    assert "| EHL strength | 5/5 | 4/5" in quotes
