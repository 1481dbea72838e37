"""docs/procedure.md: its request loads, and it names every operator."""

from __future__ import annotations

from pathlib import Path

from checker.procedure.rules import OPERATORS
from checker.request.load import load_request

PAGE = (Path(__file__).parents[2] / "docs" / "procedure.md").read_text(encoding="utf-8")


def test_the_request_of_the_page_loads(tmp_path: Path) -> None:
    block = PAGE.split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "request.yaml"
    path.write_text(f"{block}items: [{{request: MRI}}]\n", encoding="utf-8")
    assert load_request(path).request.imr["decision"] == "upheld"


def test_every_operator_is_documented() -> None:
    table = PAGE.split("| operator | met when |")[1].split("\n\n")[0]
    assert all(f"`{name}" in table for name in OPERATORS)
