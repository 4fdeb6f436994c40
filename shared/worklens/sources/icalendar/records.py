"""Reads a raw record of a to-do into tasks, and a calendar into a list.

A record is one of three JSON objects::

    {"todo": {"uid", "text", "zones"?, "calendar"?}}      text: all VTODO components of the UID, unfolded
    {"calendar": {"id", "title", "deleted"?}}
    {"gone": {"uid", "occurrence"?}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import NamedTuple

import msgspec

from worklens.sources.base import Parsed, Reading, Unreadable
from worklens.sources.icalendar.components import Todo
from worklens.sources.icalendar.lines import Line, lines_of, properties
from worklens.sources.icalendar.times import Definitions, key_of, later, moment_of, span_of
from worklens.tasks import Collection, Moment, Removal, Task, after, micros

ALL_DONE = 100  # percent
EPOCH = 0  # microseconds: a creation before 1970 is a client's way to say that it doesn't know
LONGEST_LINK = 2_000  # characters


class Calendar(msgspec.Struct, frozen=True, omit_defaults=True):
    """A list: its id and title."""

    id: str
    title: str = ""
    deleted: bool = False


class Gone(msgspec.Struct, frozen=True, omit_defaults=True):
    """The word that a to-do, or an occurrence of it, is no more."""

    uid: str
    occurrence: str = ""


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """A raw record."""

    todo: Todo | None = None
    calendar: Calendar | None = None
    gone: Gone | None = None


_decode = msgspec.json.Decoder(Record).decode


def encoded(item: Todo | Calendar | Gone) -> bytes:
    """The raw record."""
    match item:
        case Todo():
            return msgspec.json.encode(Record(todo=item))
        case Calendar():
            return msgspec.json.encode(Record(calendar=item))
    return msgspec.json.encode(Record(gone=item))


def read(record: bytes, reading: Reading) -> list[Parsed]:
    """The tasks of a raw record, or its list. Raises Unreadable, without quoting what people wrote."""
    try:
        raw = _decode(record)
        if raw.todo is not None:
            return list(_tasks(raw.todo, reading))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unreadable("wrong-shape", error=str(error)) from None
    except RecursionError as error:
        raise Unreadable("wrong-value", error=type(error).__name__) from None
    if raw.calendar is not None:
        about = raw.calendar
        return [
            Collection(account=reading.feed, collection=about.id, title=about.title, deleted=about.deleted)
        ]
    if raw.gone is not None:
        return [Removal(account=reading.feed, task=raw.gone.uid, occurrence=raw.gone.occurrence)]
    raise Unreadable("wrong-shape", error="Object holds none of `todo`, `calendar`, `gone`")


# ----- a to-do and its occurrences


class Component(NamedTuple):
    """The properties of a VTODO by name, each in its order, and what its times are read with."""

    lines: Mapping[str, list[Line]]
    zones: Definitions
    home: tzinfo

    def first(self, name: str) -> Line | None:
        """A property; None where it isn't there or says nothing."""
        return next((line for line in self.lines.get(name, ()) if line.value.strip()), None)

    def text(self, name: str) -> str:
        """A property's text; "" where it isn't there."""
        lines = self.lines.get(name)
        return lines[0].text if lines else ""

    def moment(self, name: str) -> Moment | None:
        """A property's time. Raises Unreadable where it holds none."""
        line = self.first(name)
        if line is None:
            return None
        try:
            return moment_of(line, self.zones, self.home)
        except (ValueError, OverflowError):
            raise Unreadable("unreadable-date", field=name) from None

    @property
    def key(self) -> str:
        """Which occurrence it is; "" for the to-do itself."""
        line = self.first("RECURRENCE-ID")
        return key_of(line, self.zones) if line else ""

    @property
    def age(self) -> tuple[int, str]:
        """The later of two has the greater one."""
        return _whole(self.text("SEQUENCE")) or 0, self.text("LAST-MODIFIED")


def _tasks(todo: Todo, reading: Reading) -> Iterator[Task]:
    newest: dict[str, Component] = {}
    for component in _components(todo, reading.home):
        known = newest.get(component.key)
        if known is None or known.age <= component.age:
            newest[component.key] = component
    if not newest:
        raise Unreadable("wrong-shape", error="No VTODO")
    for key, component in newest.items():
        task = _task(component, todo, reading.feed)
        yield task if key or not _is_begun(component, newest) else msgspec.structs.replace(task, due=None)


def _is_begun(series: Component, known: Mapping[str, Component]) -> bool:
    """Whether a series' own date is that of an occurrence told by itself: when it is due next nobody says then."""
    dates = (series.first("DTSTART"), series.first("DUE"))
    return any(key_of(line, series.zones) in known for line in dates if line)


def _components(todo: Todo, home: tzinfo) -> Iterator[Component]:
    depth, lines = 0, dict[str, list[Line]]()
    for line in properties(lines_of(todo.text)):
        if line.name == "BEGIN":
            depth += 1
            lines = {} if depth == 1 else lines
        elif line.name == "END":
            depth -= 1
            if depth == 0:
                yield Component(lines, todo.zones, home)
        elif depth == 1:  # an alarm within has properties of the same names
            lines.setdefault(line.name, []).append(line)


def _task(found: Component, todo: Todo, account: str) -> Task:
    created = found.moment("CREATED")
    if created is not None and created.micros < EPOCH:
        created = None
    completed, closed = _ends(found, created)
    return Task(
        account=account,
        task=todo.uid,
        occurrence=found.key,
        collection=todo.calendar,
        parent=_parent(found),
        title=found.text("SUMMARY"),
        notes=found.text("DESCRIPTION"),
        labels=_labels(found),
        priority=_priority(found.text("PRIORITY")),
        created=created,
        due=_due(found),
        completed=completed,
        closed=closed,
        recurrence=found.text("RRULE").strip(),
        link=_link(found.text("URL").strip()),
    )


def _ends(found: Component, created: Moment | None) -> tuple[Moment | None, Moment | None]:
    """When it was completed; or closed at an unknown time, known open last at its creation.

    Clients say it in three ways, and seldom in all three; each is taken for done, even where another was left behind.
    """
    completed = found.moment("COMPLETED")
    if completed is not None:
        return completed, None
    status = found.text("STATUS").strip().upper()
    is_over = status in {"COMPLETED", "CANCELLED"} or _whole(found.text("PERCENT-COMPLETE")) == ALL_DONE
    return None, after(created) if is_over else None


def _due(found: Component) -> Moment | None:
    """DUE; where it is not there, DTSTART with DURATION. A start alone is no due date."""
    due = found.moment("DUE")
    if due is not None:
        return due
    start, span = found.moment("DTSTART"), found.first("DURATION")
    if start is None or span is None:
        return None
    try:
        due = later(start, span_of(span.value))
        micros(due.datetime)  # within the calendar
    except (ValueError, OverflowError):
        raise Unreadable("unreadable-date", field="DURATION") from None
    return due


def _parent(found: Component) -> str:
    """The UID it is a part of. A relation is to the parent unless it says otherwise."""
    for line in found.lines.get("RELATED-TO", ()):
        if line.param("RELTYPE").upper() in {"", "PARENT"} and line.text.strip():
            return line.text.strip()
    return ""


def _labels(found: Component) -> tuple[str, ...]:
    """In one order, for theirs means nothing."""
    texts = (text.strip() for line in found.lines.get("CATEGORIES", ()) for text in line.texts)
    return tuple(sorted({text for text in texts if text}))


def _priority(text: str) -> int | None:
    """1 to 9; 0 means none, and so does what is no priority."""
    number = _whole(text)
    return number if number is not None and 1 <= number <= 9 else None


def _link(text: str) -> str:
    """An address on the web, where the URL is one; apps put links into themselves there too."""
    return text if text.startswith(("https://", "http://")) and len(text) <= LONGEST_LINK else ""


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
