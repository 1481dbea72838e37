"""A request that lists no items takes them, and its day, from a request form among its papers, and says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.api import check_file, open_request, open_rulebook
from checker.chart.documents.pages import Page
from checker.chart.form.rfa_form import read_form
from checker.problem import InputError
from checker.request.model import Asked
from checker.rulebook.match import match_request
from checker.yamlfile import read_yaml
from tests.steps import growth

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
    ticked = {key: value for key, value in request.rfa.items() if key != "date"}
    assert (request.rfa.get("date"), ticked) == (case.get("date"), case.get("rfa", {}))
    if "diagnoses" in case:
        assert [[found.code, found.description] for found in request.diagnoses] == case["diagnoses"]
    if "asked" in case:
        asked = match_request(request, open_rulebook()).values()
        assert [_understood(one) for one in asked] == case["asked"]


def _understood(asked: Asked) -> dict[str, Any]:
    told: dict[str, Any] = {"amounts": dict(asked.quantities), "at": list(asked.body_parts)}
    return told | ({"side": asked.side} if asked.side else {})


def test_a_code_of_the_form_is_no_finding_stated_by_the_office(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    form = "REQUEST FOR AUTHORIZATION\nDiagnosis | ICD-Code | Service/Good Requested\nSciatica | M54.16 | MRI of the low back\n"
    (tmp_path / "form.txt").write_text(form, encoding="utf-8")
    path.write_text("documents: [{path: form.txt}]\n", encoding="utf-8")
    opened = open_request(path, open_rulebook())
    assert [found.code for found in opened.request.diagnoses] == ["M54.16"]
    assert not any(found.stated for findings in opened.chart.findings.values() for found in findings)
    path.write_text("diagnoses: [{code: M54.16}]\ndocuments: [{path: form.txt}]\n", encoding="utf-8")
    opened = open_request(path, open_rulebook())
    assert any(found.stated for findings in opened.chart.findings.values() for found in findings)


def test_what_the_request_says_of_the_form_stays(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    (tmp_path / "form.txt").write_text(
        "REQUEST FOR AUTHORIZATION\n[X] New Request  [X] Expedited Review\n", encoding="utf-8"
    )
    path.write_text(
        "items: [{request: MRI of the knee}]\nrfa: {type: resubmission}\ndocuments: [{path: form.txt}]\n",
        encoding="utf-8",
    )
    opened = open_request(path, open_rulebook())
    assert (opened.request.rfa["type"], opened.request.rfa["expedited"]) == ("resubmission", True)
    assert "Ticked on form: expedited." in opened.chart.notices


@pytest.mark.parametrize("line", ["Qty:  ", "Service: x | ", "MRI  ", "[X] new request ", "M54.5 "])
def test_a_form_of_any_size_is_read_in_steps_that_grow_with_it(line: str) -> None:
    head = "REQUEST FOR AUTHORIZATION\nServices requested\nDiagnosis   ICD-Code   Service/Good Requested\n"
    rulebook = open_rulebook()

    def read(size: int) -> None:
        read_form([Page(1, head + line * size), Page(2, head + f"{line}\n" * size)], rulebook)

    read(1)  # what is made once
    assert growth(read, 1_000) < 2.5
