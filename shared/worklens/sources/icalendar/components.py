"""Splits the text of iCalendar into its to-dos, each with all that is needed to read it by itself later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from worklens.messages import Rejected
from worklens.sources.icalendar.lines import Line, lines_of, read_line
from worklens.sources.icalendar.times import key_of
from worklens.sources.icalendar.zones import iana
from worklens.sources.text import is_damaged, readable
from worklens.tasks import digest

TODO, ZONE, CALENDAR = "VTODO", "VTIMEZONE", "VCALENDAR"
SHOWN = 4_096  # characters of what can't be read
NAMES = ("X-WR-CALNAME", "NAME")  # of a calendar: everybody's, and RFC 7986's
_TZID = re.compile(r';TZID=("[^"]*"|[^";:,]*)', re.IGNORECASE)


class Todo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All components of one UID: the to-do itself, and the occurrences that differ from their series.

    ``zones`` are the definitions of those zones of theirs that IANA doesn't know, by TZID. ``calendar`` is the id of
    the list; ``uid`` is what the task is called, made up where the file has none.
    """

    uid: str
    text: str
    zones: dict[str, str] = {}
    calendar: str = ""


class Block(NamedTuple):
    """A component as it stands, from BEGIN to END, with the calendar it is in; not closed is broken off."""

    kind: str
    lines: list[str]
    calendar: str
    closed: bool = True

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(self.lines)

    def first(self, *names: str) -> Line | None:
        """The first of its own properties of one of these names, those of components within it left out."""
        return next((line for line in own(self.lines) if line.name in names), None)


class Split(NamedTuple):
    """What a text holds: its to-dos and what could not become one, in their order, and how many others there are."""

    items: list[Todo | Rejected]
    others: int
    calendars: list[str]

    @property
    def todos(self) -> list[Todo]:
        """Those that can be read."""
        return [item for item in self.items if isinstance(item, Todo)]


def split(text: str, place: str, *, uid: str = "", calendar: str | None = None) -> Split:
    """The to-dos of a text, by UID. ``uid`` is for those without one, ``calendar`` the list, where it is known."""
    blocks = list(_blocks(text))
    zones = {_value(block, "TZID").strip('"'): block.text for block in blocks if block.kind == ZONE}
    todos = [block for block in blocks if block.kind == TODO]
    found: dict[str, list[Block]] = {}
    nameless: Counter[str] = Counter()
    rejected = []
    for number, block in enumerate(todos, start=1):
        if reason := _broken(block):
            shown = readable(block.text[:SHOWN])
            rejected.append(Rejected(place=f"{place}:to-do {number}", reason=reason, payload=shown))
            continue
        name = _value(block, "UID").strip() or uid or _made_up(block, nameless)
        found.setdefault(name, []).append(block)
    items = [_todo(name, same, zones, calendar) for name, same in found.items()]
    others = sum(block.closed and block.kind not in (TODO, ZONE) for block in blocks)
    return Split([*items, *rejected], others, list(dict.fromkeys(block.calendar for block in todos)))


def keys(todo: Todo) -> list[str]:
    """The keys of what stands in a to-do: "" for itself, and those of the occurrences that stand there by themselves."""
    blocks = [block.first("RECURRENCE-ID") for block in _blocks(todo.text)]
    return sorted({key_of(line, todo.zones) if line else "" for line in blocks})


def _todo(uid: str, blocks: list[Block], zones: dict[str, str], calendar: str | None) -> Todo:
    text = "\n".join(block.text for block in blocks)
    named = {found.strip('"') for found in _TZID.findall(text)}
    needed = {tzid: zones[tzid] for tzid in sorted(named) if tzid in zones and not iana(tzid)}
    needed = {tzid: readable(zone) for tzid, zone in needed.items()}
    return Todo(
        uid=uid, text=text, zones=needed, calendar=blocks[0].calendar if calendar is None else calendar
    )


def _broken(block: Block) -> str:
    """Why a component can't be read; "" where it can."""
    if not block.closed:
        return "broken-component"
    return "wrong-bytes" if is_damaged(block.text) else ""


def _value(block: Block, *names: str) -> str:
    line = block.first(*names)
    return line.text if line else ""


def _made_up(block: Block, taken: Counter[str]) -> str:
    """A name for a to-do without a UID: by its title and creation, alike ones told apart by their order."""
    name = "without-uid-" + digest(_value(block, "SUMMARY"), _value(block, "CREATED", "DTSTART"))
    taken[name] += 1
    return f"{name}-{taken[name]}" if taken[name] > 1 else name


def own(lines: Iterable[str]) -> Iterator[Line]:
    """The properties of a component without those of the components within it, such as alarms."""
    depth = 0
    for text in lines:
        line = read_line(text)
        if line is None:
            continue
        depth += (line.name == "BEGIN") - (line.name == "END")
        if depth <= 1 and line.name not in {"BEGIN", "END"}:
            yield line


# ----- going through the lines


def _blocks(text: str) -> Iterator[Block]:
    """The components of a text, one after another: those directly in a calendar, or in none."""
    reader = _Reader()
    for line in lines_of(text):
        yield from reader.take(line)
    yield from reader.broken_off()


class _Reader:
    """Takes one line after another and gives back each component at its end."""

    def __init__(self) -> None:
        self.calendar = ""
        self.kind = ""
        self.lines: list[str] = []
        self.depth = 0

    def take(self, line: str) -> Iterator[Block]:
        """Go on by a line."""
        mark, _, name = line.partition(":")
        mark, name = mark.strip().upper(), name.strip().upper()
        if mark == "BEGIN":
            yield from self._begin(name, line)
        elif mark == "END":
            yield from self._end(name, line)
        elif self.kind:
            self.lines.append(line)
        elif mark in NAMES or mark.partition(";")[0] in NAMES:
            found = read_line(line)
            self.calendar = (readable(found.text).strip() if found else "") or self.calendar

    def broken_off(self) -> Iterator[Block]:
        """The component that was never closed, if there is one."""
        if self.kind:
            yield Block(self.kind, self.lines, self.calendar, closed=False)
        self.kind, self.lines, self.depth = "", [], 0

    def _begin(self, name: str, line: str) -> Iterator[Block]:
        if name in (TODO, CALENDAR):  # neither can be in another: its end is missing
            yield from self.broken_off()
        if name == CALENDAR:
            self.calendar = ""
            return
        self.kind = self.kind or name
        self.lines.append(line)
        self.depth += 1

    def _end(self, name: str, line: str) -> Iterator[Block]:
        if name == CALENDAR:
            yield from self.broken_off()
        if not self.kind:
            return
        self.lines.append(line)
        self.depth -= 1
        if name == self.kind or self.depth <= 0:
            kind, lines, self.kind, self.lines, self.depth = self.kind, self.lines, "", [], 0
            yield Block(kind, lines, self.calendar)
