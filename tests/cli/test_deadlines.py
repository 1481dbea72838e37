"""`imr-check deadlines` on real requests."""

from __future__ import annotations

from pathlib import Path

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
