"""A scripted world as the file its person gives: of the sources that nothing but files comes from."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from worklens.sources.base import Ask, File
from worklens.sources.csv.mapping import checked, settings_of
from worklens.tasks import iso
from worklens.testing.caldav import FakeCalDav
from worklens.testing.server import Call
from worklens.testing.world import World

COLUMNS = ("id", "title", "list", "created", "completed")


class FiledWorld:
    """What one who is asked for a file gives, time and again: a new one of the same kind. Nothing goes over a network."""

    name = ""

    def __init__(self, world: World) -> None:
        """The world as it is whenever the file is asked for."""
        self.world = world
        self.calls: list[Call] = []

    def __enter__(self) -> Self:
        """There is nothing to begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """There is nothing to end."""

    @property
    def settings(self) -> dict[str, Any]:
        """What the account is told."""
        return {}

    def run(self, asked: Ask) -> File:
        """The file."""
        return File(name=self.name, content=self.content(), modified=0)

    def content(self) -> bytes:
        """What stands in it."""
        raise NotImplementedError


class CalendarFile(FiledWorld):
    """A calendar that somebody exported."""

    name = "tasks.ics"

    def content(self) -> bytes:
        """A to-do for each task, written as CalDAV's fake does."""
        fake = FakeCalDav(self.world)
        texts = [fake.text(task).splitlines()[3:-1] for task in self.world.tasks.values()]
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *(line for text in texts for line in text)]
        return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


class Table(FiledWorld):
    """A table that somebody kept; ``whole`` says that it holds everything, ``by_day`` that its times are days."""

    name = "tasks.csv"

    def __init__(self, world: World, *, whole: bool = True, by_day: bool = False) -> None:
        """One row a task."""
        super().__init__(world)
        self.whole, self.by_day = whole, by_day

    @property
    def settings(self) -> dict[str, Any]:
        """The mapping."""
        named: Mapping[str, str] = {
            "collection": "list",
            **{name: name for name in COLUMNS if name != "list"},
        }
        return settings_of(checked("m", {"columns": named, "file": {"whole_listing": self.whole}}))

    def content(self) -> bytes:
        """The rows."""
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for task in self.world.tasks.values():
            done = "" if task.completed is None else iso(task.completed)[: 10 if self.by_day else None]
            rows.writerow([task.id, task.title, task.collection, iso(task.created), done])
        return text.getvalue().encode()
