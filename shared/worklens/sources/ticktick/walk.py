"""Goes through an account: all that is open, what was completed since, and single tasks that are missed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from itertools import islice

import msgspec

from worklens.sources.base import Answer, Page, Request
from worklens.sources.file_pull import PAGE
from worklens.sources.ticktick.api import (
    CAP,
    FORBIDDEN,
    INBOX,
    MISSING,
    Api,
    Asking,
    ProjectHead,
    Row,
)
from worklens.sources.ticktick.ledger import SCHEMA, Ledger
from worklens.sources.ticktick.records import ABANDONED, DONE
from worklens.sources.ticktick.times import micros_of, written

FEW = 20  # tasks that may be missed in the one answer; if more are, each project is asked
LOOKUPS = 100  # missed tasks that one run looks up, at a request each; the rest are left to the next
SECOND = 1_000_000  # microseconds

Going = Generator[Request | Page, Answer, None]


class Checkpoint(msgspec.Struct, kw_only=True, frozen=True):
    """What an interrupted run need not ask again: completions from this time (the service's text) on. ``done`` are
    the tasks among them that were open before, and are not to be missed.
    """

    schema: int = SCHEMA
    end: str
    done: tuple[str, ...] = ()


class Walk:
    """The walk of one run. ``listed`` are the projects whose open tasks were all told."""

    def __init__(
        self, api: Api, ledger: Ledger, projects: Mapping[str, ProjectHead], begun: Checkpoint | None
    ) -> None:
        """``begun`` is how far an interrupted run had come."""
        self.api, self.ledger, self.projects = api, ledger, projects
        self.listed: set[str] = set()
        self.offers_done = True
        self._hidden: set[str] = set()  # projects that were not shown
        self._end = begun.end if begun else ""
        self._lookups = 0
        ledger.told_done(begun.done if begun else ())

    # ----- what is open

    def through_open(self, *, whole: bool) -> Going:
        """All open tasks: by one question where that is enough, else by one for each project."""
        rows = None if whole else (yield from self._at_once())
        if rows is None:
            rows = yield from self._each()
        yield from self._pages(self.ledger.take_open(rows))

    def _at_once(self) -> Asking[list[Row] | None]:
        """The open tasks in one answer; None where it may not hold all of them."""
        rows = yield from self.api.some_undone()
        if rows is None or len(rows) >= CAP:
            return None
        here = {row.head.id for row in rows if row.head}
        return None if len(self.ledger.before.keys() - here) > FEW else rows

    def _each(self) -> Asking[list[Row]]:
        """The open tasks, project by project; the inbox also where it has no project to ask for."""
        rows: list[Row] = []
        for project in (INBOX, *(key for key, head in self.projects.items() if head.is_listed)):
            found = yield from self.api.undone(project)
            if found is None:
                self._hidden.add(project)
                continue
            rows += found
            self.listed.add(project)
        if INBOX in self._hidden:
            some = (yield from self.api.some_undone()) or []
            rows += [row for row in some if _is_inbox(row)]
            if 0 < len(some) < CAP:  # nothing was left out, so what isn't there is missed
                self._hidden.discard(INBOX)
        if INBOX in self.listed:  # its own name is known from what is in it
            self.listed.update(_project(row) for row in rows if _is_inbox(row))
        return rows

    # ----- what is done

    def through_done(self, start: str) -> Going:
        """What was completed since, newest first: the answers reach back until one isn't full."""
        end, seen = self._end, set[str]()
        while True:
            rows = yield from self.api.done(start, end)
            if rows is None:
                self.offers_done = False
                return
            fresh = [row for row in rows if row.head is None or row.head.id not in seen]
            seen.update(row.head.id for row in rows if row.head)
            end = _oldest(rows) or end
            yield from self._pages(self.ledger.take_done(fresh), end)
            if len(rows) < CAP or not end:
                return
            if not fresh:  # more than an answer holds were completed within one second
                end = written(micros_of(end) - SECOND)

    # ----- what is missed

    def through_missing(self) -> Going:
        """What became of the tasks that were open and are seen nowhere: of those of a project that is gone, the
        project says so; the others are looked up one by one.
        """
        missing = self.ledger.missing()
        for project in sorted({*missing.values()}):
            tasks = [task for task, home in missing.items() if home == project]
            if (yield from self._settles(project, tasks)):
                continue
            yield from self._looked_up(project, tasks)

    def _settles(self, project: str, tasks: list[str]) -> Generator[Request | Page, Answer, bool]:
        """Whether the project answers for its tasks."""
        head = self.projects.get(project)
        if project in self._hidden or (project.startswith(INBOX) and INBOX in self._hidden):
            self.ledger.keep(tasks)
        elif head is not None and not head.is_listed:
            self.ledger.away.update(tasks)
        elif head is None and not project.startswith(INBOX):
            status = yield from self.api.project(project)
            if status == MISSING:
                yield from self._pages(map(self.ledger.removed, tasks))
            else:
                self.ledger.away.update(tasks)
        else:
            return False
        return True

    def _looked_up(self, project: str, tasks: list[str]) -> Going:
        records: list[bytes] = []
        for task in tasks:
            if self._lookups >= LOOKUPS:
                self.ledger.keep([task])
                continue
            self._lookups += 1
            records += yield from self._look_up(project, task)
        yield from self._pages(iter(records))

    def _look_up(self, project: str, task: str) -> Asking[list[bytes]]:
        """What became of one task."""
        row = yield from self.api.task(project, task)
        if row == FORBIDDEN:
            self.ledger.away.add(task)
            return []
        if isinstance(row, int) or row.head is None:
            return [self.ledger.removed(task)]
        if row.head.status in {DONE, ABANDONED}:
            return list(self.ledger.over(row))
        return (yield from self._found_open(row, task))

    def _found_open(self, row: Row, task: str) -> Asking[list[bytes]]:
        """It says that it is open. It is, if its project shows it now; a deleted one may say so too."""
        project = _project(row)
        head = self.projects.get(project)
        is_inbox = project.startswith(INBOX)
        if not is_inbox and (head is None or not head.is_listed):
            self.ledger.away.add(task)
            return []
        rows = yield from self.api.undone(INBOX if is_inbox else project)
        if rows is None:
            self.ledger.keep([task])
            return []
        there = [found for found in rows if found.head and found.head.id == task]
        return list(self.ledger.take_open(there)) if there else [self.ledger.removed(task)]

    def _pages(self, records: Iterator[bytes], end: str = "") -> Iterator[Page]:
        """The records page by page; nothing where there are none."""
        self._end = end or self._end
        while part := list(islice(records, PAGE)):
            begun = Checkpoint(end=self._end, done=self.ledger.done_of_open)
            yield Page(records=part, checkpoint=msgspec.json.encode(begun).decode())


def _project(row: Row) -> str:
    return (row.head.project_id or "") if row.head else ""


def _is_inbox(row: Row) -> bool:
    return _project(row).startswith(INBOX)


def _oldest(rows: Iterable[Row]) -> str:
    """The time of completion that lies farthest back, as the service wrote it."""
    times = [row.head.completed_time for row in rows if row.head and row.head.completed_time]
    return min(times, key=micros_of, default="")
