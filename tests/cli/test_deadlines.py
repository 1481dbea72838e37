"""`imr-check deadlines` on real requests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

REQUEST = (
    "items: [{request: MRI of the lumbar spine}]\n"
    "rfa: {date: 2016-11-07, received: 2016-11-07}\n"
    "utilization_review: {decision: denied, date: 2016-11-14, served: 2016-11-15, served_by: fax}\n"
)


def written(folder: Path) -> Path:
    path = folder / "request.yaml"
    path.write_text(REQUEST, encoding="utf-8")
    return path


def test_every_limit_with_its_rule_and_its_count(run: Run, tmp_path: Path) -> None:
    result = run("deadlines", written(tmp_path), "--as-of", "2016-11-16")
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "request.yaml, as of Wed 2016-11-16" in text
    assert "Next step: " in text
    assert "Mon 2016-11-07 start, not counted Tue 2016-11-08 business day 1" in text
    assert "Fri 2016-11-11 not counted (Veterans Day)" in text
    assert "Done on Mon 2016-11-14. In time." in text
    assert "[B1]" in text
    assert "Thu 2016-12-15 The worker files the IMR application" in text


def test_the_calendar_is_written_where_asked(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "days.ics"
    result = run("deadlines", written(tmp_path), "--as-of", "2016-11-16", "--ics", target)
    assert result.exit_code == 0
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "2 days still to come" in result.stderr


def test_a_calendar_that_cannot_be_written_is_one_message(run: Run, tmp_path: Path) -> None:
    result = run("deadlines", written(tmp_path), "--as-of", "2016-11-16", "--ics", tmp_path / "none" / "days.ics")
    assert result.exit_code == 2
    assert "No such file or directory" in result.stderr


def test_without_a_day_to_count_from_it_says_what_to_state(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text("items: [{request: MRI of the lumbar spine}]\n", encoding="utf-8")
    result = run("deadlines", path, "--as-of", "2016-11-16")
    assert result.exit_code == 0
    assert "No day to count from" in result.stdout


DENIED = "utilization_review: {decision: denied, date: 2016-11-14, served: %s}\n"


@pytest.mark.parametrize(
    ("stated", "day", "said"),
    [
        ("rfa: {date: 2016-11-07}", "2016-11-16", "The safe day has passed; how long another can be argued is open."),
        ("rfa: {date: 2016-11-07, sent: 2016-11-07}", "2016-11-16",
         "The safe day has passed; until Tue 2016-11-22 another reading can be argued."),
        ("rfa: {date: 2016-11-07, sent: 2016-11-07}", "2016-11-23", "The day has passed on every reading"),
        ("rfa: {date: 2016-11-07, sent: 2016-11-07, sent_by: mail}", "2016-11-16",
         "Also argued: mailed Mon 2016-11-07, received 5 days or 5 business days later: sources differ"),
        ("rfa: {date: 2016-11-07, sent: 2016-11-07 18:30, sent_by: fax}", "2016-11-16",
         "Start: sent at 18:30, after 17:30: received on the next business day"),
        ("rfa: {date: 2016-11-07, sent: 2016-11-07 18:30, sent_by: e-mail}", "2016-11-16",
         "Also argued: received at 18:30, after 17:30: the rule names the fax only"),
        ("rfa: {date: 2016-11-07, received: 2016-11-07 18:30}", "2016-11-16",
         "the request does not state whether it was a fax"),
        (DENIED % "2016-11-17, served_by: fax", "2016-12-01", "Fri 2016-12-16 the last business day before it: act by then"),
    ],
)  # fmt: skip
def test_where_the_days_are_open_it_says_so(stated: str, day: str, said: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(f"items: [{{request: MRI of the lumbar spine}}]\n{stated}\n", encoding="utf-8")
    result = run("deadlines", path, "--as-of", day)
    assert result.exit_code == 0
    assert said in " ".join(result.stdout.split())


def test_what_came_by_mail_after_the_hour_is_received_that_day(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(
        "items: [{request: MRI of the lumbar spine}]\nrfa: {date: 2016-11-07, received: 2016-11-07 18:30, sent_by: mail}\n",
        encoding="utf-8",
    )
    text = " ".join(run("deadlines", path, "--as-of", "2016-11-16").stdout.split())
    assert "Mon 2016-11-07 start, not counted" in text
    assert "after 17:30" not in text


def test_what_is_still_to_come_stands_first_in_one_line_each(run: Run, tmp_path: Path) -> None:
    result = run("deadlines", written(tmp_path), "--as-of", "2016-12-14")
    text = " ".join(result.stdout.split())
    head, _, rest = text.partition("Still to come")
    assert "Thu 2016-12-15 The worker files the IMR application (the worker or the attorney; 1 day left)" in rest[:120]
    assert "2016-12-15 The worker files" not in head
    assert "Was to be done by the claims administrator." in rest


def test_what_was_read_from_a_letter_stands_at_the_head_with_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(
        "items: [{request: MRI of the lumbar spine}]\n"
        'documents: [{id: ur, text: "UTILIZATION REVIEW DECISION\\nYour request dated 11/01/2016\\n'
        'Date of decision: 11/14/2016\\nMRI of the lumbar spine: denied\\nServed by mail on 11/15/2016.\\n"}]\n',
        encoding="utf-8",
    )
    result = run("deadlines", path, "--as-of", "2016-11-16")
    text = " ".join(result.stdout.split())
    assert "Read from the papers - ur: date 2016-11-14 (line 3) recognized from the letter." in text
    assert "decision denied, date 2016-11-14 (line 3), sent 2016-11-15 (line 5), by mail" in text
    assert "Thu 2016-12-15 The worker files the IMR application" in text
