"""What a scripted world is made of: its tasks and lists at an instant, and the facts of what was done to them."""

from __future__ import annotations

from bisect import bisect_right
from typing import Generic, TypeVar

import msgspec

Repeat = tuple[str, int]  # ("week", 2) is every second week; units: day, week, month, year
Thing = TypeVar("Thing")


class WorldTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task as it truly is. Ids are the world's own (``task-7``, ``subtask-2``); a service makes its own of them.

    ``due`` is ISO text as the person set it: a date, a floating time or an instant. ``priority`` is RFC 5545's.
    ``occurrence`` counts how often a repeating task has advanced; ``reviewed`` is when somebody else first reviewed it.
    Times are microseconds.
    """

    id: str
    collection: str
    created: int
    title: str
    parent: str = ""
    notes: str = ""
    labels: tuple[str, ...] = ()
    priority: int | None = None
    due: str = ""
    repeat: Repeat | None = None
    completed: int | None = None
    reviewed: int | None = None
    occurrence: int = 0


class WorldList(msgspec.Struct, frozen=True, kw_only=True):
    """A list as it truly is."""

    id: str
    title: str
    created: int


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done, at its true instant.

    ``kind`` is a task event's kind, or ``list-created``, ``list-renamed``, ``list-deleted``, or ``noise`` (a change of
    the account that no task shows). ``lists`` are the lists it touched. ``before`` and ``after`` are texts of the
    changed field, ``fields`` the names of edited ones. A repeating task that advances is ``completed`` with its due
    text before and after.
    """

    at: int
    kind: str
    task: str = ""
    lists: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    fields: tuple[str, ...] = ()


class History(Generic[Thing]):
    """The versions of one thing in order of time; None is "not there"."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._times: list[int] = []
        self._versions: list[Thing | None] = []

    def record(self, at: int, version: Thing | None) -> None:
        """From `at` on it is this."""
        self._times.append(at)
        self._versions.append(version)

    def at(self, when: int) -> Thing | None:
        """What it was at an instant, changes at that very instant included."""
        index = bisect_right(self._times, when)
        return self._versions[index - 1] if index else None

    def since(self, when: int) -> int:
        """When it became what it was at an instant; 0 where it was not yet heard of."""
        index = bisect_right(self._times, when)
        return self._times[index - 1] if index else 0

    def last(self, when: int) -> Thing | None:
        """What it was at an instant, or when it was there last before."""
        index = bisect_right(self._times, when)
        return next((version for version in reversed(self._versions[:index]) if version is not None), None)
