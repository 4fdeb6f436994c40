"""iCalendar files as a source: what a file covers, whose it is, and what happens when it comes again."""

from __future__ import annotations

import pytest

from worklens.sources.base import Coverage, File, Reading, Refused
from worklens.sources.icalendar.source import ICalendarFile
from worklens.sources.recognize import recognize
from worklens.tasks import Collection, Task
from worklens.testing.files import parse_all, pull_file

SOURCE = ICalendarFile()
READING = Reading(feed="icalendar:me", seen_at=0)


def calendar(*uids: str, name: str = "Home", more: str = "") -> bytes:
    """A file with these to-dos."""
    todos = "".join(f"BEGIN:VTODO\r\nUID:{uid}\r\nSUMMARY:{uid}\r\nEND:VTODO\r\n" for uid in uids)
    named = f"X-WR-CALNAME:{name}\r\n" if name else ""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{named}{todos}{more}END:VCALENDAR\r\n".encode()


def test_a_file_is_a_whole_listing_of_the_calendars_it_names() -> None:
    """Their lists come with it; what a later file of one of them lacks is gone."""
    pulled = pull_file(SOURCE, calendar("a", "b") + calendar("c", name="Work"), name="x.ics")
    items = parse_all(SOURCE, pulled.records, READING).items

    assert [item.collection for item in items if isinstance(item, Collection)] == ["Home", "Work"]
    tasks = {item.task: item.collection for item in items if isinstance(item, Task)}
    assert tasks == {"a": "Home", "b": "Home", "c": "Work"}
    assert pulled.done is not None
    assert pulled.done.coverage == Coverage(listed="everything", collections=("Home", "Work"), snapshot=True)


def test_a_file_without_a_name_stands_for_itself() -> None:
    """Two exports without a name must not delete each other's tasks, so each has an account of its file's name."""
    pulled = pull_file(SOURCE, calendar("a", name=""))

    assert pulled.done is not None
    assert pulled.done.coverage.collections is None
    assert recognize("My list.ics", calendar("a", name="")).default_account == "icalendar:my-list"
    assert recognize("My list.ics", calendar("a")).default_account == "icalendar:me"


def test_a_damaged_file_is_no_whole_listing() -> None:
    """What could not be read may be what seems to be gone."""
    pulled = pull_file(SOURCE, calendar("a", more="BEGIN:VTODO\r\nUID:b\r\n"), name="x.ics")

    assert [(item.place, item.reason) for item in pulled.rejected] == [("x.ics:to-do 2", "broken-component")]
    assert pulled.done is not None
    assert pulled.done.coverage == Coverage(snapshot=True)


def test_the_same_file_again_has_nothing_new() -> None:
    """Unless it is asked for in full."""
    first = pull_file(SOURCE, calendar("a"))
    assert first.done is not None

    assert pull_file(SOURCE, calendar("a"), cursor=first.done.cursor).records == []
    assert pull_file(SOURCE, calendar("a"), cursor=first.done.cursor, full=True).records == first.records
    assert pull_file(SOURCE, calendar("a"), cursor="of another kind").records == first.records


def test_a_series_of_one_file_is_one_record() -> None:
    """Wherever its parts stand."""
    more = "BEGIN:VTODO\r\nUID:a\r\nRECURRENCE-ID:20260105\r\nEND:VTODO\r\n"
    items = parse_all(SOURCE, pull_file(SOURCE, calendar("a", "b", more=more)).records, READING).items

    found = [(item.task, item.occurrence) for item in items if isinstance(item, Task)]
    assert found == [("a", ""), ("a", "2026-01-05"), ("b", "")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (calendar(more="BEGIN:VEVENT\r\nUID:e\r\nEND:VEVENT\r\n"), "no-todos"),
        (b"BEGIN:VCALENDAR", "no-todos"),
        (b"BEGIN:VCARD\r\nEND:VCARD", "unknown-format"),
    ],
)
def test_a_file_without_to_dos_is_refused(content: bytes, reason: str) -> None:
    """It is said that it holds events, if it does."""
    with pytest.raises(Refused, match=reason):
        pull_file(SOURCE, content)


def test_what_is_left_out_is_said() -> None:
    """Events are no tasks."""
    more = "BEGIN:VEVENT\r\nUID:e\r\nEND:VEVENT\r\n" * 3
    file = File(name="f", content=calendar("a", more=more), modified=0)

    assert [(one.key, one.params) for one in SOURCE.questions(file, [], {})] == [
        ("other-components", {"count": "3"})
    ]


def test_a_name_with_a_damaged_character_is_a_name() -> None:
    """The byte is written out; the to-dos are read all the same."""
    content = calendar("a", name="Büro").replace("ü".encode(), b"\x81")
    pulled = pull_file(SOURCE, content, name="x.ics")
    items = parse_all(SOURCE, pulled.records, READING).items

    assert [item.title for item in items if isinstance(item, Collection)] == [r"B\x81ro"]
    assert [item.collection for item in items if isinstance(item, Task)] == [r"B\x81ro"]
