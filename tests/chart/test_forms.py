"""A request that lists no items takes them, and its day, from a request form among its papers, and says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.api import check_file, open_request, open_rulebook
from checker.problem import InputError
from checker.yamlfile import read_yaml

FORMS: list[dict[str, Any]] = read_yaml(Path(__file__).parent.parent / "data" / "forms.yaml").data


@pytest.mark.parametrize("case", FORMS, ids=lambda case: str(case["name"]))
def test_the_rows_of_a_form(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    (tmp_path / "form.txt").write_text(case["form"], encoding="utf-8")
    path.write_text("documents: [{path: form.txt}]\n", encoding="utf-8")
    if "says" in case:
        with pytest.raises(InputError, match=case["says"]):
            check_file(path)
        return
    opened = open_request(path, open_rulebook())
    request = opened.request
    assert any("taken from form, compare them with the form" in notice for notice in opened.chart.notices)
    assert [[item.request, list(item.codes)] for item in request.items] == case["items"]
    assert [item.id for item in request.items] == [f"item-{n}" for n in range(1, len(case["items"]) + 1)]
    assert request.rfa.get("date") == case.get("date")
