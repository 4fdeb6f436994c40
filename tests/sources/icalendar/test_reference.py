"""Our reader beside the icalendar library's: what the one writes and reads, the other reads alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Todo
from tests.sources.icalendar.test_records import READING, splits

from worklens.sources.icalendar.records import encoded, read
from worklens.tasks import Moment, Task, day, micros

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n;,:\"\\ ='^"), max_size=90)
ZONES = st.sampled_from(["Europe/Paris", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]).map(
    ZoneInfo
)
TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001
DUES = (
    st.dates(date(1971, 1, 1), date(2100, 1, 1))
    | TIMES
    | TIMES.map(lambda at: at.replace(tzinfo=UTC))
    | st.builds(lambda at, zone: at.replace(tzinfo=zone), TIMES, ZONES)
)


def moment(value: Any) -> Moment:
    """What the library's value is to us."""
    if not isinstance(value, datetime):
        return day(value)
    zone = str(value.tzinfo) if isinstance(value.tzinfo, ZoneInfo) else None
    return Moment(
        micros(value if value.tzinfo else value.replace(tzinfo=ZoneInfo("Europe/Paris"))), zone=zone
    )


@given(
    TEXT,
    TEXT,
    st.lists(TEXT.map(str.strip).filter(bool), max_size=3),
    DUES,
    st.integers(1, 9),
    st.timedeltas(timedelta(0), timedelta(days=400)).map(
        lambda span: timedelta(seconds=span // timedelta(seconds=1))
    ),
)
def test_what_the_library_writes_we_read(
    title: str, notes: str, labels: list[str], due: Any, priority: int, span: timedelta
) -> None:
    """Texts with any characters, dates and times of every kind, spans, lists, folds."""
    todo = Todo()
    todo.add("uid", "a")
    todo.add("summary", title)
    todo.add("description", notes)
    todo.add("priority", priority)
    todo.add("categories", labels)
    is_span = isinstance(due, datetime) and due.tzinfo is UTC and span
    todo.add("dtstart" if is_span else "due", due)
    if is_span:
        todo.add("duration", span)
    calendar = Calendar()
    calendar.add_component(todo)
    (ours,) = splits(calendar.to_ical()).todos
    (found,) = read(encoded(ours), READING)

    assert isinstance(found, Task)
    assert found == Task(
        account=READING.feed,
        task="a",
        title=title,
        notes=notes,
        labels=tuple(sorted(set(labels))),
        priority=priority,
        due=moment(due + span if is_span else due),
    )
