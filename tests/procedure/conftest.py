"""Requests as YAML, judged on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from checker.api import check_request, deciding_date, judge_procedure, open_request, open_rulebook
from checker.procedure.judge import Judgement
from checker.procedure.law import Law, law_of
from checker.report.model import Report
from checker.rulebook.model import Rulebook

MRI = "items: [{request: MRI of the lumbar spine}]\n"
Judge = Callable[[str, str], Judgement]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return open_rulebook()


@pytest.fixture(scope="session")
def law(rulebook: Rulebook) -> Law:
    return law_of(rulebook)


@pytest.fixture
def report_of(rulebook: Rulebook, tmp_path: Path) -> Callable[[str], Report]:
    """The report of a request written as YAML; without `items:` it asks for an MRI."""

    def report(text: str) -> Report:
        path = tmp_path / "request.yaml"
        path.write_text(text if "items:" in text else text + "\n" + MRI, encoding="utf-8")
        opened = open_request(path, rulebook)
        return check_request(opened.request, opened.chart, rulebook, deciding_date(opened.request))

    return report


@pytest.fixture
def judge(rulebook: Rulebook, tmp_path: Path) -> Judge:
    """A request written as YAML, judged on a day."""

    def judged(text: str, today: str) -> Judgement:
        path = tmp_path / "request.yaml"
        path.write_text(text if "items:" in text else text + "\n" + MRI, encoding="utf-8")
        opened = open_request(path, rulebook)
        report = check_request(opened.request, opened.chart, rulebook, deciding_date(opened.request))
        return judge_procedure(opened.request, opened.chart, rulebook, report, date.fromisoformat(today))

    return judged
