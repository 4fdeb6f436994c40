"""To-dos of iCalendar, read into canonical tasks."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.messages import Rejected
from worklens.sources.base import Reading, Unreadable
from worklens.sources.icalendar.components import Split, split
from worklens.sources.icalendar.lines import unfolded
from worklens.sources.icalendar.records import Calendar, Gone, encoded, read
from worklens.sources.text import decode
from worklens.tasks import NO_TIME, Collection, Moment, Removal, Task, day, instant

FEED = "icalendar:me"
READING = Reading(feed=FEED, seen_at=1_000_000, zone="Europe/Paris")


def splits(text: str | bytes) -> Split:
    """A file's text, split."""
    content = text if isinstance(text, bytes) else text.encode()
    return split(decode("f.ics", unfolded(content)).text, "f.ics")


def rejected(found: Split) -> list[tuple[str, str]]:
    """Where and why something was put aside."""
    return [(item.place, item.reason) for item in found.items if isinstance(item, Rejected)]


def tasks(*properties: str) -> list[Any]:
    """The tasks of one to-do with these properties."""
    body = "\n".join(["BEGIN:VTODO", "UID:a", *properties, "END:VTODO"])
    (todo,) = splits(f"BEGIN:VCALENDAR\n{body}\nEND:VCALENDAR").todos
    return read(encoded(todo), READING)


def task(*properties: str) -> Task:
    """The one task of one to-do."""
    (found,) = tasks(*properties)
    assert isinstance(found, Task)
    return found


class TestFields:
    """What each property is read as."""

    def test_a_whole_task(self) -> None:
        """Every property that has a place finds it; an alarm's own don't count."""
        found = task(
            "SUMMARY;LANGUAGE=en:Call Anna\\, soon",
            "DESCRIPTION:one\\ntwo\\; \\\\ three",
            "CREATED:20260101T100000Z",
            "LAST-MODIFIED:20260102T100000Z",
            "DUE;TZID=Asia/Tokyo:20260103T090000",
            "COMPLETED:20260102T100000Z",
            "STATUS:COMPLETED",
            "PERCENT-COMPLETE:100",
            "PRIORITY:5",
            "CATEGORIES:work,a\\,b",
            "CATEGORIES:home,work",
            "RELATED-TO;RELTYPE=SIBLING:x",
            "RELATED-TO;RELTYPE=PARENT:mother",
            "RRULE:FREQ=WEEKLY;INTERVAL=2",
            "URL:https://example.com/1",
            "X-APPLE-SORT-ORDER:7",
            "BEGIN:VALARM",
            "SUMMARY:not this",
            "END:VALARM",
        )

        assert found == Task(
            account=FEED,
            task="a",
            title="Call Anna, soon",
            notes="one\ntwo; \\ three",
            created=instant("2026-01-01T10:00:00Z"),
            due=Moment(instant("2026-01-03T00:00:00Z").micros, zone="Asia/Tokyo"),
            completed=instant("2026-01-02T10:00:00Z"),
            priority=5,
            labels=("a,b", "home", "work"),
            parent="mother",
            recurrence="FREQ=WEEKLY;INTERVAL=2",
            link="https://example.com/1",
        )

    def test_a_bare_task(self) -> None:
        """Nothing is needed but a UID."""
        assert task() == Task(account=FEED, task="a")

    @pytest.mark.parametrize(
        ("properties", "due"),
        [
            (["DUE;VALUE=DATE:20260103"], day("2026-01-03")),
            (["DUE:20260103"], day("2026-01-03")),
            (["DUE;VALUE=DATE:20260103T000000"], day("2026-01-03")),
            (["DUE:20260103T090000Z"], instant("2026-01-03T09:00:00Z")),
            (["DUE:20260103T090000"], instant("2026-01-03T08:00:00Z")),
            (["DUE;TZID=No Such Zone:20260103T090000"], instant("2026-01-03T08:00:00Z")),
            (["DUE;TZID=../../etc/passwd:20260103T090000"], instant("2026-01-03T08:00:00Z")),
            (["DUE;TZID=UTC:20260103T090060"], Moment(instant("2026-01-03T09:00:59Z").micros, zone="UTC")),
            (["DTSTART;VALUE=DATE:20260103", "DURATION:P2D"], day("2026-01-05")),
            (["DTSTART;VALUE=DATE:20260103", "DURATION:PT25H"], day("2026-01-04")),
            (["DTSTART:20260103T090000Z", "DURATION:P1DT2H3M4S"], instant("2026-01-04T11:03:04Z")),
            (["DTSTART:20260103T090000Z", "DURATION:P1W", "DUE:20260104"], day("2026-01-04")),
            (["DTSTART:20260103T090000Z"], None),
            (["DURATION:P1D"], None),
            (["DUE:"], None),
        ],
    )
    def test_due(self, properties: list[str], due: Moment | None) -> None:
        """A date, a floating time read where the person lives, one in a zone, or the end of a span."""
        assert due == task(*properties).due

    @pytest.mark.parametrize(
        ("properties", "status"),
        [
            ([], "open"),
            (["STATUS:NEEDS-ACTION"], "open"),
            (["STATUS:IN-PROCESS", "PERCENT-COMPLETE:50"], "open"),
            (["STATUS:COMPLETED", "COMPLETED:20260102T100000Z"], "completed"),
            (["STATUS:NEEDS-ACTION", "COMPLETED:20260102T100000Z"], "completed"),
            (["COMPLETED;VALUE=DATE:20260102"], "completed"),
            (["STATUS:completed"], "closed"),
            (["PERCENT-COMPLETE:100"], "closed"),
            (["STATUS:CANCELLED"], "closed"),
            (["STATUS:something new"], "open"),
        ],
    )
    def test_status(self, properties: list[str], status: str) -> None:
        """Any of three ways to say done is believed; what has no time of its end is closed, not completed."""
        assert status == task(*properties).status

    def test_an_end_without_a_time_came_after_the_beginning(self) -> None:
        """Known open last at its creation, where that is known."""
        made = "CREATED:20260101T100000Z"
        closed = Moment(instant("2026-01-01T10:00:00Z").micros, "unknown")

        assert task(made, "STATUS:CANCELLED").closed == closed
        assert task("STATUS:CANCELLED").closed == NO_TIME

    @pytest.mark.parametrize(
        ("text", "priority"),
        [("0", None), ("1", 1), ("9", 9), ("10", None), ("-1", None), ("²", None), ("", None)],
    )
    def test_priority(self, text: str, priority: int | None) -> None:
        """1 to 9; 0, and what is no priority, is none."""
        assert priority == task(f"PRIORITY:{text}").priority

    def test_a_creation_before_1970_is_none(self) -> None:
        """It is a client's way to say that it doesn't know."""
        assert task("CREATED:19000101T120000Z").created is None

    @pytest.mark.parametrize(
        "url", ["message:abc", "javascript:alert(1)", "tel:110", "https://" + "x" * 3_000]
    )
    def test_what_is_no_address_is_no_link(self, url: str) -> None:
        """Apps put links into themselves there."""
        assert task(f"URL:{url}").link == ""

    def test_what_churns_is_no_part_of_the_task(self) -> None:
        """Another order, sequence, stamp or app's own property is the same task."""
        one = task("SUMMARY:a", "CATEGORIES:x,y", "DTSTAMP:20260101T100000Z", "SEQUENCE:1")
        other = task("X-OURS:1", "CATEGORIES:y,x", "SEQUENCE:9", "DTSTAMP:20270101T100000Z", "SUMMARY:a")

        assert one == other


class TestOccurrences:
    """A series, and the occurrences that differ from it."""

    def test_a_completed_occurrence_is_a_task_of_its_own(self) -> None:
        """Named by the time it replaces; the series goes on, due when nobody says."""
        series, done = tasks(
            "DUE;TZID=Europe/Paris:20260105T090000",
            "RRULE:FREQ=WEEKLY",
            "END:VTODO",
            "BEGIN:VTODO",
            "UID:a",
            "RECURRENCE-ID;TZID=Europe/Paris:20260105T090000",
            "DUE;TZID=Europe/Paris:20260105T090000",
            "COMPLETED:20260105T100000Z",
        )

        assert (series.occurrence, series.status, series.due) == ("", "open", None)
        assert (done.occurrence, str(done.completed)) == ("2026-01-05T08:00:00Z", "2026-01-05T10:00:00Z")

    def test_a_series_whose_own_date_stands_keeps_it(self) -> None:
        """Where a later occurrence was changed, the first is still due."""
        series, _ = tasks(
            "DUE;VALUE=DATE:20260105", "RRULE:FREQ=DAILY", "END:VTODO",
            "BEGIN:VTODO", "UID:a", "RECURRENCE-ID;VALUE=DATE:20260107", "SUMMARY:other",
        )  # fmt: skip

        assert series.due == day("2026-01-05")

    @pytest.mark.parametrize(
        ("line", "key"),
        [
            ("RECURRENCE-ID;VALUE=DATE:20260105", "2026-01-05"),
            ("RECURRENCE-ID:20260105T090000", "2026-01-05T09:00:00"),
            ("RECURRENCE-ID:20260105T090000Z", "2026-01-05T09:00:00Z"),
            ("RECURRENCE-ID;TZID=Europe/Paris:20260105T090000", "2026-01-05T08:00:00Z"),
            (
                "RECURRENCE-ID;TZID=/x.org/Europe/Paris;RANGE=THISANDFUTURE:20260105T090000",
                "2026-01-05T08:00:00Z",
            ),
            ("RECURRENCE-ID:sometime", "sometime"),
        ],
    )
    def test_its_name_is_the_same_however_it_is_written(self, line: str, key: str) -> None:
        """And wherever the person lives meanwhile."""
        assert key == task(line).occurrence

    def test_of_two_versions_the_later_counts(self) -> None:
        """By its sequence, then by its last change."""
        text = ["SUMMARY:new", "SEQUENCE:2", "END:VTODO", "BEGIN:VTODO", "UID:a", "SUMMARY:old", "SEQUENCE:1"]

        assert task(*text).title == "new"


class TestBroken:
    """Files as they are found."""

    def test_folds_in_the_middle_of_a_character(self) -> None:
        """Lines are folded by bytes."""
        content = "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:a\r\nSUMMARY:写周报🧹\r\nEND:VTODO\r\nEND:VCALENDAR".encode()
        for at in range(content.index(b"SUMMARY:") + 8, content.index(b"\r\nEND:VTODO")):
            (todo,) = splits(content[:at] + b"\r\n " + content[at:]).todos
            (found,) = read(encoded(todo), READING)
            assert isinstance(found, Task)
            assert found.title == "写周报🧹"

    def test_a_value_broken_without_a_fold_goes_on(self) -> None:
        """A bare line end inside a text was one."""
        assert task("DESCRIPTION:one", "two and three", "SUMMARY:t").notes == "one\ntwo and three"

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
    def test_encodings(self, encoding: str) -> None:
        """As any text file's."""
        text = "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:a\r\nSUMMARY:写周\r\n 报告给他们\r\nEND:VTODO\r\nEND:VCALENDAR"
        (todo,) = splits(text.encode(encoding)).todos
        (found,) = read(encoded(todo), READING)

        assert isinstance(found, Task)
        assert found.title == "写周报告给他们"

    def test_a_component_that_breaks_off_is_put_aside(self) -> None:
        """With its place; those before and after it are read."""
        text = (
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nEND:VTODO\nBEGIN:VTODO\nUID:b\nSUMMARY:half\n"
            "BEGIN:VTODO\nUID:c\nEND:VTODO\nBEGIN:VTODO\nUID:d\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VTODO\nUID:e"
        )
        found = splits(text)

        assert [todo.uid for todo in found.todos] == ["a", "c"]
        assert rejected(found) == [(f"f.ics:to-do {n}", "broken-component") for n in (2, 4, 5)]

    def test_bytes_without_a_meaning_are_put_aside(self) -> None:
        """One bad title doesn't cost the others."""
        good = "BEGIN:VTODO\nUID:{}\nSUMMARY:写周报写周报\nEND:VTODO\n"
        bad = "BEGIN:VTODO\nUID:b\nSUMMARY:#\nEND:VTODO\n"
        text = f"BEGIN:VCALENDAR\n{good.format('a')}{bad}{good.format('c')}"
        found = splits(text.encode().replace(b"#", b"\xff"))

        assert [todo.uid for todo in found.todos] == ["a", "c"]
        assert rejected(found) == [("f.ics:to-do 2", "wrong-bytes")]

    def test_without_a_uid(self) -> None:
        """The name is made of title and creation, the same in the next export; alike ones are told apart."""
        text = "BEGIN:VCALENDAR\n" + "BEGIN:VTODO\nSUMMARY:t\nDTSTAMP:{}\nEND:VTODO\n" * 2 + "END:VCALENDAR"
        names = [[todo.uid for todo in splits(text.replace("{}", stamp)).todos] for stamp in ("1", "2")]

        assert names[0] == names[1]
        assert len(set(names[0])) == 2

    def test_a_definition_of_a_zone_goes_with_the_task(self) -> None:
        """Where IANA doesn't know the name, and only with the tasks that need it."""
        zone = (
            "BEGIN:VTIMEZONE\nTZID:Home\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\n"
            "TZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n"
        )
        todo = 'BEGIN:VTODO\nUID:{}\nDUE;TZID="{}":20260103T090000\nEND:VTODO\n'
        text = (
            f"BEGIN:VCALENDAR\n{zone}{todo.format('a', 'Home')}{todo.format('b', 'Asia/Tokyo')}END:VCALENDAR"
        )
        home, tokyo = splits(text).todos

        assert (list(home.zones), list(tokyo.zones)) == (["Home"], [])
        (found,) = read(encoded(home), READING)
        assert isinstance(found, Task)
        assert found.due == instant("2026-01-03T03:30:00Z")

    @pytest.mark.parametrize(
        ("line", "field"),
        [
            ("DUE:soon", "DUE"),
            ("DUE;VALUE=DATE:20260230", "DUE"),
            ("COMPLETED:99999999T999999Z", "COMPLETED"),
            ("CREATED:-1", "CREATED"),
            ("DUE:00010101T000000", "DUE"),
            ("DUE;TZID=Europe/Paris:99991231T235959", "DUE"),
            ("DTSTART:20260101T000000Z\nDURATION:forever", "DURATION"),
            ("DTSTART:20260101T000000Z\nDURATION:P999999W", "DURATION"),
        ],
    )
    def test_no_date(self, line: str, field: str) -> None:
        """It is said which property holds none, and nothing of what it holds."""
        with pytest.raises(Unreadable) as caught:
            task(line)

        assert (caught.value.reason, caught.value.params) == ("unreadable-date", {"field": field})

    @given(
        st.lists(
            st.sampled_from(
                [
                    "BEGIN:VTODO",
                    "END:VTODO",
                    "BEGIN:VCALENDAR",
                    "END:VCALENDAR",
                    "BEGIN:VALARM",
                    "END:VALARM",
                    "UID:a",
                    "UID:",
                    'DUE;TZID="x',
                    "DUE;TZID=Europe/Paris:1",
                    "RRULE:",
                    "DTSTART:20260101",
                    "::",
                    ";",
                    "BEGIN:VTIMEZONE",
                    "END:VTIMEZONE",
                    "BEGIN:STANDARD",
                    "TZID:x",
                    "RECURRENCE-ID:1",
                    "DURATION:P",
                ]
            ),
            max_size=25,
        )
    )
    def test_any_lines_are_tasks_or_unreadable(self, lines: list[str]) -> None:
        """In whatever order they come."""
        for todo in splits("\n".join(lines)).todos:
            with suppress(Unreadable):
                read(encoded(todo), READING)

    @pytest.mark.parametrize(
        "line",
        [
            'A;X="' * 30_000,
            ";" * 200_000,
            "A;" * 100_000,
            "SUMMARY:" + "\\" * 300_001,
            "CATEGORIES:" + ",\\" * 150_000,
        ],
    )
    def test_a_long_line_is_gone_through_once(self, line: str) -> None:
        """However odd it is, it takes no longer than its length."""
        task(line)


def test_lists_and_tombstones() -> None:
    """The other two kinds of record."""
    assert read(encoded(Calendar("/a/", "Home")), READING) == [
        Collection(account=FEED, collection="/a/", title="Home")
    ]
    assert read(encoded(Gone("a", "2026-01-05")), READING) == [
        Removal(account=FEED, task="a", occurrence="2026-01-05")
    ]
