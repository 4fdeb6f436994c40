"""Which occurrence of a repeating task is which.

Completing a repeating task leaves the item open and moves its due date on; only the activity log tells of it. So an
occurrence is named by when it began: its key is the instant at which the one before it was completed, "" for the
first. Then the open item is the same occurrence before and after it is put off, becomes completed under the same
key, and what follows is another. To know the last completion of each repeating task, and the due date it had before
it was moved on, a small ledger stays in the cursor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from worklens.messages import Rejected
from worklens.sources.todoist.records import LAST_SECOND, Due, Event, Flag, Id, Occurrence, Time
from worklens.tasks import iso, micros

KINDS = {"task": "item"}  # newer clients say task
SLACK = 1_000_000  # microseconds by which an item and the log may differ on the instant of one completion


class Head(msgspec.Struct, gc=False):
    """What the pull itself must know of an item."""

    id: Id
    project_id: Id | None = None
    due: Due | None = None
    checked: Flag = None
    is_deleted: Flag = None
    added_at: Time | None = None
    completed_at: Time | None = None

    @property
    def is_done(self) -> bool:
        """As in ``records.Item``."""
        return bool(self.checked) or self.completed_at is not None

    @property
    def repeats(self) -> bool:
        """Whether it is a repeating task."""
        return bool(self.due and self.due.is_recurring)

    @property
    def is_whole(self) -> bool:
        """Whether it has its content; a tombstone may be bare."""
        return self.project_id is not None


class Series(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a repeating task: its latest completions, and the due date it was last seen open with.

    ``born``: its first known occurrence began when the task was added.
    """

    times: tuple[int, ...] = ()
    due: str | None = None
    zone: str | None = None
    born: bool = True


class Completion(NamedTuple):
    """A completion in the log, read and as it came."""

    event: Event
    raw: bytes


class Log:
    """The activity log of a stretch of time, by item; completions that were taken back are no more."""

    def __init__(self, entries: Iterable[msgspec.Raw], start: int, end: int | None) -> None:
        """Entries in any order, some twice; those before ``start`` or after ``end`` (microseconds) are left out."""
        self.completed: dict[str, dict[int, Completion]] = {}
        self.undone: dict[str, dict[int, int]] = {}  # when it was completed, and when that was taken back
        self.deleted: dict[str, int] = {}
        self.projects_deleted: set[str] = set()
        self.rejected: list[Rejected] = []
        found = self._read(entries)
        for at, name, kind in sorted(found):
            if start <= at and (end is None or at <= end):
                self._take(at, name, kind, found[at, name, kind])

    def _read(self, entries: Iterable[msgspec.Raw]) -> dict[tuple[int, str, str], Completion]:
        found = {}
        for raw in entries:
            try:
                event = _event.decode(raw)
            except (msgspec.DecodeError, RecursionError) as error:
                self.rejected.append(_unreadable(raw, error))
            else:
                kind = f"{KINDS.get(event.object_type, event.object_type)}:{event.event_type}"
                found[micros(event.event_date), str(event.object_id), kind] = Completion(event, bytes(raw))
        return found

    def _take(self, at: int, name: str, kind: str, entry: Completion) -> None:
        if kind == "item:completed":
            self.completed.setdefault(name, {})[at] = entry
        elif kind == "item:uncompleted" and self.completed.get(name):
            self.undone.setdefault(name, {})[self.completed[name].popitem()[0]] = at
        elif kind == "item:deleted":
            self.deleted[name] = at
        elif kind == "project:deleted":
            self.projects_deleted.add(name)


class Ledger:
    """Turns items into records that say which occurrence they are, and the log's completions into records too."""

    def __init__(self, series: Mapping[str, Series], log: Log, horizon: int | None) -> None:
        """``horizon`` is where the log begins, where this is the first look at it: what was before isn't known."""
        self.series = dict(series)
        self.log = log
        self._horizon = horizon
        self._met: set[str] = set()

    # ----- what comes in

    def take(self, head: Head, raw: msgspec.Raw) -> list[bytes]:
        """The records of an item: completed occurrences that are new, and the item as it stands."""
        name = str(head.id)
        self._met.add(name)
        if not (head.repeats or head.is_deleted or self._is_known(name)):
            return [_record(b"item", raw, _PLAIN)]  # as most are: the item says all there is to say
        case = self._case(name, head)
        self._remember(case, head)
        standing = _record(b"item", raw, self._standing(case, head))
        return [*self._completions(case, head, raw), *self._withdrawn(case), standing]

    def sparse(self, name: str) -> list[bytes]:
        """The records of a task that is no more, by the log alone."""
        self._met.add(name)
        case = self._case(name, None)
        self._remember(case, None)
        return [
            *self._completions(case, None, msgspec.Raw()),
            *self._withdrawn(case),
            *self._removal(name, case.times),
        ]

    @property
    def unmet(self) -> list[str]:
        """The tasks of which the log has news, and of which no item came."""
        return [name for name in sorted({*self.log.completed, *self.log.undone}) if self._is_news(name)]

    def removals(self, since: int) -> list[bytes]:
        """The tasks that were deleted since then, by the log, and of which no item came."""
        late = [name for name, at in self.log.deleted.items() if at >= since and name not in self._met]
        times = {name: self.series.get(name, Series()).times for name in late}
        return [record for name in late for record in self._removal(name, times[name])]

    def kept(self, start: int) -> dict[str, Series]:
        """The ledger for the next run, whose log begins at ``start``: of earlier completions only the last matters."""
        return {name: _since(series, start) for name, series in self.series.items()}

    # ----- what is known

    def _is_known(self, name: str) -> bool:
        """Whether anything but an item tells of this task."""
        log = self.log
        return name in self.series or name in log.completed or name in log.undone or name in log.deleted

    def _case(self, name: str, head: Head | None) -> _Case:
        old = self.series.get(name)
        born = old.born if old else self._is_born(head)
        return _Case(name, old or Series(), self._times(name, head is not None and head.repeats), born)

    def _is_born(self, head: Head | None) -> bool:
        if self._horizon is None:
            return True
        return head is not None and head.added_at is not None and micros(head.added_at) >= self._horizon

    def _is_news(self, name: str) -> bool:
        return name not in self._met and self._times(name, False) != self.series.get(name, Series()).times

    def _times(self, name: str, repeats: bool) -> tuple[int, ...]:
        """All known completions that opened a next occurrence."""
        repeats = repeats or name in self.series
        found = self.log.completed.get(name, {}).items()
        new = {at for at, completion in found if _repeated(completion.event, repeats)}
        known = {*self.series.get(name, Series()).times, *new}
        return tuple(sorted(known.difference(self.log.undone.get(name, ()))))

    def _remember(self, case: _Case, head: Head | None) -> None:
        """Completions are kept even of what is over or deleted: it may be reopened or restored."""
        is_open = head is not None and head.repeats and not head.is_done and not head.is_deleted
        due = head.due if head is not None and is_open else None
        if case.times or due:
            date, zone = (due.date, due.timezone) if due else (None, None)
            self.series[case.name] = Series(case.times, date, zone, case.born)
        else:
            self.series.pop(case.name, None)

    # ----- what comes out

    def _standing(self, case: _Case, head: Head) -> Occurrence:
        """Which occurrence the item is now. A completed one is named by what came before its own completion."""
        times = case.times
        deleted = self.log.deleted.get(case.name) if head.is_deleted else None
        if head.completed_at:
            completed = micros(head.completed_at)
            times = tuple(at for at in times if at < completed - SLACK)
            if deleted is not None and deleted < completed - SLACK:  # that was taken back before it was done
                deleted = None
        return Occurrence(
            key=key_of(times[-1] if times else None),
            unborn=not (times or case.born) and (head.repeats or bool(case.times)),
            deleted=iso(deleted) if deleted else "",
        )

    def _completions(self, case: _Case, head: Head | None, raw: msgspec.Raw) -> Iterator[bytes]:
        """Completed occurrences not told before; the item tells of its own completion itself."""
        before = _openings(case.old.times)
        final = micros(head.completed_at) - SLACK if head and head.completed_at else None
        for at, opened in _openings(case.times).items():
            if before.get(at, at) == opened or (final is not None and at >= final):
                continue
            entry = self.log.completed.get(case.name, {}).get(at)
            which = _completed(case, at, opened, entry)
            if head is not None and head.is_whole:
                yield _record(b"item", raw, which)
            elif entry is not None:
                yield _record(b"event", entry.raw, which)

    def _withdrawn(self, case: _Case) -> Iterator[bytes]:
        """Occurrences that never began, as the completion before them was taken back."""
        undone = self.log.undone.get(case.name, {})
        return (gone(case.name, at, undone[at]) for at in case.old.times if at in undone)

    def _removal(self, name: str, times: tuple[int, ...]) -> Iterator[bytes]:
        if name in self.log.deleted:
            yield gone(name, times[-1] if times else None, self.log.deleted[name])


class _Case(NamedTuple):
    """A task with what was known of it, and what is known now."""

    name: str
    old: Series
    times: tuple[int, ...]
    born: bool


def key_of(began: int | None) -> str:
    """The occurrence that began when the one before it was completed; "" for the first."""
    return "" if began is None else iso(began)


def gone(name: str, began: int | None, at: int) -> bytes:
    """The record that an occurrence is no more since an instant: a bare tombstone."""
    tombstone = msgspec.json.encode({"id": name, "is_deleted": True})
    return _record(b"item", tombstone, Occurrence(key=key_of(began), deleted=iso(at)))


def _openings(times: tuple[int, ...]) -> dict[int, int | None]:
    """Each completion, and the completion that opened the occurrence it completed."""
    return dict(zip(times, (None, *times), strict=False))


def _since(series: Series, start: int) -> Series:
    earlier = tuple(at for at in series.times if at < start)
    later = series.times[len(earlier) :]
    return msgspec.structs.replace(series, times=(*earlier[-1:], *later))


def _repeated(event: Event, otherwise: bool) -> bool:
    """Whether it completed an occurrence of a repeating task; older entries don't say."""
    said = event.extra_data.is_recurring if event.extra_data else None
    return otherwise if said is None else bool(said)


def _due_in(entry: Completion | None) -> str | None:
    """The due date of a completed occurrence, by the log: its local end of day means that it was due on that day."""
    data = entry.event.extra_data if entry else None
    if data is None:
        return None
    local = data.completed_due_date_local or ""
    return local[:10] if LAST_SECOND in local else data.completed_due_date or local or None


def _completed(case: _Case, at: int, opened: int | None, entry: Completion | None) -> Occurrence:
    """The occurrence that a completion ended, with the due date it was last seen open with, or else the log's."""
    was_seen = opened == (case.old.times[-1] if case.old.times else None) and case.old.due
    due, zone = (case.old.due, case.old.zone) if was_seen else (_due_in(entry), None)
    is_unborn = opened is None and not case.born
    return Occurrence(key=key_of(opened), unborn=is_unborn, completed=iso(at), due=due, zone=zone)


def _unreadable(raw: msgspec.Raw, error: Exception) -> Rejected:
    payload = bytes(raw).decode("utf-8", "replace")
    return Rejected(place="activities", reason="wrong-shape", params={"error": str(error)}, payload=payload)


def _record(kind: bytes, raw: bytes | msgspec.Raw, which: Occurrence) -> bytes:
    if which == _PLAIN:
        return b'{"%b":%b}' % (kind, raw)
    return b'{"%b":%b,"occurrence":%b}' % (kind, raw, msgspec.json.encode(which))


_PLAIN = Occurrence()
_event = msgspec.json.Decoder(Event)
