"""The calendar file is read back by a strict parser and holds the days still to come, and nothing of the record."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest

from checker.procedure.ics import render
from tests.procedure.conftest import Judge

TEXT = (
    "injury: {date: 2015-01-05}\n"
    "utilization_review: {decision: denied, date: 2016-11-03, served: 2016-11-03, served_by: mail}\n"
    "items: [{request: 'MRI of the lumbar spine, with a name; like Doe'}]"
)


def test_a_strict_parser_reads_it(judge: Judge) -> None:
    day = date(2016, 11, 4)
    text = render(judge(TEXT, "2016-11-04").dues, "request.yaml", day)
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    events = list(calendar.walk("VEVENT"))
    assert all(not event.errors for event in events)
    found = next(event for event in events if "IMR application" in event["SUMMARY"])
    assert found["DTSTART"].dt == date(2016, 12, 2)  # day 30 is a Saturday
    assert found["DTEND"].dt == date(2016, 12, 3)
    assert "LC 4610.5(h)(1); 8 CCR 9792.10.1(b)(1)" in found["DESCRIPTION"]
    assert "five more days" in found["DESCRIPTION"]
    assert len({event["UID"] for event in events}) == len(events)


def test_lines_are_folded_at_75_octets_with_crlf(judge: Judge) -> None:
    text = render(judge(TEXT, "2016-11-04").dues, "request.yaml", date(2016, 11, 4))
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_it_holds_no_word_of_the_record_and_nothing_that_is_over(judge: Judge) -> None:
    text = render(judge(TEXT, "2017-02-01").dues, "request.yaml", date(2017, 2, 1))
    assert "Doe" not in text.replace("\r\n ", "")
    assert [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")] == [
        "The same treatment may be asked for again without changed facts (office)"
    ]


def test_the_same_request_gives_the_same_bytes(judge: Judge) -> None:
    day = date(2016, 11, 4)
    assert render(judge(TEXT, "2016-11-04").dues, "a", day) == render(judge(TEXT, "2016-11-04").dues, "a", day)


@pytest.mark.parametrize(
    ("as_of", "start", "reminder", "title"),
    [
        ("2016-11-04", date(2016, 12, 2), timedelta(days=-3), "The worker files the IMR application (worker)"),
        ("2016-12-01", date(2016, 12, 2), timedelta(days=-1), "The worker files the IMR application (worker)"),
        ("2016-12-02", date(2016, 12, 2), None, "The worker files the IMR application (worker)"),
        ("2016-12-06", date(2016, 12, 6), None, "At once: The worker files the IMR application (worker)"),
    ],
)
def test_no_event_and_no_reminder_lies_in_the_past(
    judge: Judge, as_of: str, start: date, reminder: timedelta | None, title: str
) -> None:
    day = date.fromisoformat(as_of)
    calendar = icalendar.Calendar.from_ical(render(judge(TEXT, as_of).dues, "request.yaml", day))
    events = list(calendar.walk("VEVENT"))
    assert all(event["DTSTART"].dt >= day for event in events)
    found = next(event for event in events if "IMR application" in event["SUMMARY"])
    assert (found["DTSTART"].dt, str(found["SUMMARY"])) == (start, title)
    assert [alarm["TRIGGER"].dt for alarm in found.walk("VALARM")] == ([reminder] if reminder else [])
    assert ("The safe day, Fri 2016-12-02, has passed; until" in found["DESCRIPTION"]) == (start > date(2016, 12, 2))
