"""What is remembered of an account between two runs, so that only news is told and what is missed can be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from worklens.sources.ticktick.api import INBOX, Row
from worklens.sources.ticktick.times import micros_of

SCHEMA = 1  # another one means that all is told anew


class Cursor(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """The fingerprints of the projects, of the open tasks by project, and of the tasks completed lately.

    ``at`` is the instant (microseconds) up to which completions were asked for. ``away`` are tasks that were open
    last and can't be seen: of an archived project, or of one the person has left.
    """

    schema: int = SCHEMA
    at: int
    projects: dict[str, str] = {}
    open: dict[str, dict[str, str]] = {}
    done: dict[str, str] = {}
    away: tuple[str, ...] = ()


class Ledger:
    """What was known before the run, and what is known after it."""

    def __init__(self, last: Cursor | None, *, recent: int, full: bool) -> None:
        """Completions since ``recent`` (microseconds) are remembered. ``full``: all is told again, changed or not."""
        self.before: dict[str, tuple[str, str]] = dict(_flat(last.open)) if last else {}
        self.away: set[str] = set(last.away) if last else set()
        self.open: dict[str, tuple[str, str]] = {}  # project and fingerprint, by task
        self.done: dict[str, str] = {}
        self.touched: dict[str, None] = {}  # the tasks told, in order, and those that are gone
        self._done: set[str] = set()
        self._recent = recent
        self._told: dict[str, str] = {}
        if last and not full:
            self._told = {task: mark for task, (_, mark) in self.before.items()} | last.done

    def take_open(self, rows: Iterable[Row]) -> Iterator[bytes]:
        """The records of open tasks that are new or changed."""
        for row in rows:
            if row.head is not None:
                self.open[row.head.id] = row.head.project_id or "", row.print
                self.away.discard(row.head.id)
            yield from self._news(row)

    def take_done(self, rows: Iterable[Row]) -> Iterator[bytes]:
        """The records of completed tasks that are new or changed; they aren't open any more."""
        for row in rows:
            if row.head is not None:
                self.open.pop(row.head.id, None)
                self._done.add(row.head.id)
                if micros_of(row.head.completed_time) >= self._recent:
                    self.done[row.head.id] = row.print
            yield from self._news(row)

    def told_done(self, tasks: Iterable[str]) -> None:
        """These were told as completed before an interruption."""
        self._done.update(tasks)

    @property
    def done_of_open(self) -> tuple[str, ...]:
        """The tasks told as completed in this run that were open before it."""
        return tuple(sorted(self._done & self.before.keys()))

    def missing(self) -> dict[str, str]:
        """The tasks that were open and are seen nowhere, with their projects."""
        seen = self.open.keys() | self._done | self.touched.keys() | self.away
        return {task: project for task, (project, _) in self.before.items() if task not in seen}

    @property
    def inboxes(self) -> set[str]:
        """The inbox's own id, where anything open is in it."""
        return {project for project, _ in self.open.values() if project.startswith(INBOX)}

    def keep(self, tasks: Iterable[str]) -> None:
        """Leave these as they were last seen."""
        self.open |= {task: self.before[task] for task in tasks}

    def removed(self, task: str) -> bytes:
        """The record of a task that is gone."""
        self.touched[task] = None
        return b'{"removed":%b}' % msgspec.json.encode(task)

    def over(self, row: Row) -> Iterator[bytes]:
        """The record of a task that is over, in whichever way."""
        if row.head is not None:
            self.touched[row.head.id] = None
            yield row.record

    def cursor(self, at: int, projects: Mapping[str, str]) -> Cursor:
        """What is to be remembered."""
        nested: dict[str, dict[str, str]] = {}
        for task, (project, mark) in self.open.items():
            nested.setdefault(project, {})[task] = mark
        return Cursor(
            at=at, projects=dict(projects), open=nested, done=self.done, away=tuple(sorted(self.away))
        )

    def _news(self, row: Row) -> Iterator[bytes]:
        if row.head is None:
            yield row.record
        elif self._told.get(row.head.id) != row.print:
            self._told[row.head.id] = row.print
            self.touched[row.head.id] = None
            yield row.record


def _flat(open_: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for project, tasks in open_.items():
        for task, mark in tasks.items():
            yield task, (project, mark)
