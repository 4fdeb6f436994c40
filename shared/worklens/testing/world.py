"""A scripted world: the lists and tasks of one person, changed by hand or by chance, with the truth of every change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from worklens.testing.clock import Clock
from worklens.testing.observer import Service, Sighting, expected
from worklens.testing.truth import Fact, History, Repeat, WorldList, WorldTask

DAYS_OF_UNIT = {"day": 1, "week": 7, "month": 30, "year": 365}


class World:
    """One person's lists and tasks. Each verb happens at `clock.now()` and is remembered in `facts`.

    ``advances``: completing a repeating task moves its due date and keeps it open (Todoist); else it is completed and
    a successor with an id of its own is created (Wunderlist). ``completes_children``: completing a task completes
    its open subtasks. Moving or deleting a task takes its subtasks along.
    """

    def __init__(
        self, clock: Clock | None = None, *, advances: bool = False, completes_children: bool = False
    ) -> None:
        """An empty world."""
        self.clock = clock or Clock()
        self.advances = advances
        self.completes_children = completes_children
        self.tasks: dict[str, WorldTask] = {}  # those that exist now, deleted ones left out
        self.lists: dict[str, WorldList] = {}
        self.facts: list[Fact] = []
        self.trash: dict[str, WorldTask] = {}
        self.watcher: Callable[[], object] | None = None  # told of each change
        self._task_histories: dict[str, History[WorldTask]] = {}
        self._list_histories: dict[str, History[WorldList]] = {}
        self._counts: dict[str, int] = {}

    # ----- looking

    def tasks_at(self, when: int) -> dict[str, WorldTask]:
        """The tasks that existed at an instant, by id."""
        now = {key: history.at(when) for key, history in self._task_histories.items()}
        return {key: task for key, task in now.items() if task is not None}

    def lists_at(self, when: int) -> dict[str, WorldList]:
        """The lists that existed at an instant, by id."""
        now = {key: history.at(when) for key, history in self._list_histories.items()}
        return {key: found for key, found in now.items() if found is not None}

    def changed_at(self, task: str, when: int) -> int:
        """The last instant up to this one at which a task was changed, deleted or brought back."""
        return self._task_histories[task].since(when)

    def children(self, task: str) -> list[str]:
        """The ids of a task's subtasks that exist, without theirs."""
        return [child.id for child in self.tasks.values() if child.parent == task]

    def expected(self, syncs: Sequence[int], service: Service) -> list[Sighting]:
        """The events a perfect observer records who looks at these instants (ascending) through this service."""
        return expected(self._task_histories, self.facts, syncs, service)

    # ----- lists

    def add_list(self, title: str) -> str:
        """Make a list; returns its id."""
        key = self._name("list")
        self._set_list(WorldList(id=key, title=title, created=self.clock.now()))
        self._log("list-created", lists=(key,), after=title)
        return key

    def rename_list(self, key: str, title: str) -> None:
        """Give a list another title."""
        old = self.lists[key]
        self._set_list(replace(old, title=title))
        self._log("list-renamed", lists=(key,), before=old.title, after=title)

    def delete_list(self, key: str) -> None:
        """Delete a list with all its tasks."""
        for task in [task.id for task in self.tasks.values() if task.collection == key]:
            if task in self.tasks:  # not deleted along with its parent, which may be in another list
                self.delete(task)
        del self.lists[key]
        self._list_histories[key].record(self.clock.now(), None)
        self._log("list-deleted", lists=(key,))

    # ----- tasks

    def create(self, collection: str, title: str, *, parent: str = "", **fields: Any) -> str:
        """Make a task, or a subtask of `parent`; returns its id. Fields are those of WorldTask."""
        key = self._name("subtask" if parent else "task")
        self._set(
            WorldTask(
                id=key, collection=collection, created=self.clock.now(), title=title, parent=parent, **fields
            )
        )
        self._log("created", key, (collection,), after=title)
        return key

    def complete(self, key: str) -> str:
        """Complete a task; returns the id of the successor, where a repeating task has one, else ""."""
        task = self.tasks[key]
        if task.repeat and self.advances:
            due = advanced(task.due, task.repeat, self.clock.now())
            self._set(replace(task, due=due, occurrence=task.occurrence + 1))
            self._log("completed", key, (task.collection,), before=task.due, after=due)
            return ""
        self._set(replace(task, completed=self.clock.now()))
        self._log("completed", key, (task.collection,))
        if self.completes_children:
            for child in self.children(key):
                if self.tasks[child].completed is None:
                    self.complete(child)
        return self._succeed(task, task.repeat) if task.repeat else ""

    def review(self, key: str) -> None:
        """Somebody else reviews it; which leaves its mark each time, though only the first one counts."""
        task = self.tasks[key]
        self._set(replace(task, reviewed=task.reviewed or self.clock.now()))
        self._log("reviewed", key, (task.collection,))

    def reopen(self, key: str) -> None:
        """Take a completion back."""
        self._change(key, "reopened", completed=None)

    def rename(self, key: str, title: str) -> None:
        """Give a task another title."""
        self._change(key, "renamed", title=title)

    def reschedule(self, key: str, due: str) -> None:
        """Set the due text, or clear it with ""."""
        self._change(key, "rescheduled", due=due)

    def prioritize(self, key: str, priority: int | None) -> None:
        """Set the priority (1 is a star in Wunderlist), or clear it."""
        self._change(key, "reprioritized", priority=priority)

    def annotate(self, key: str, notes: str) -> None:
        """Set the notes."""
        self._change(key, "edited", notes=notes)

    def label(self, key: str, *labels: str) -> None:
        """Set the labels."""
        self._change(key, "edited", labels=labels)

    def repeat(self, key: str, repeat: Repeat | None) -> None:
        """Make the task repeat, or stop it."""
        self._change(key, "edited", repeat=repeat)

    def move(self, key: str, collection: str) -> None:
        """Move a task with its subtasks into another list."""
        self._change(key, "moved", collection=collection)
        for child in self.children(key):
            self.move(child, collection)

    def delete(self, key: str) -> None:
        """Delete a task with its subtasks."""
        for child in self.children(key):
            self.delete(child)
        task = self.trash[key] = self.tasks.pop(key)
        self._task_histories[key].record(self.clock.now(), None)
        self._log("deleted", key, (task.collection,))

    def restore(self, key: str) -> None:
        """Bring back a deleted task as it was; its subtasks are restored each by itself."""
        task = self.trash.pop(key)
        self._set(task)
        self._log("restored", key, (task.collection,))

    def noise(self) -> None:
        """Change something of the account that no task shows, such as a reminder."""
        self._log("noise")

    # ----- inside

    def _name(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind}-{self._counts[kind]}"

    def _log(self, kind: str, task: str = "", lists: tuple[str, ...] = (), **texts: Any) -> None:
        self.facts.append(Fact(at=self.clock.now(), kind=kind, task=task, lists=lists, **texts))
        if self.watcher:
            self.watcher()

    def _set(self, task: WorldTask) -> None:
        self.tasks[task.id] = task
        self._task_histories.setdefault(task.id, History()).record(self.clock.now(), task)

    def _set_list(self, changed: WorldList) -> None:
        self.lists[changed.id] = changed
        self._list_histories.setdefault(changed.id, History()).record(self.clock.now(), changed)

    def _change(self, key: str, kind: str, **field: Any) -> None:
        """Set one field and log it; what was so already is no change."""
        old = self.tasks[key]
        new = replace(old, **field)
        if new == old:
            return
        self._set(new)
        name = next(iter(field))
        texts = (
            {"fields": (name,)}
            if kind == "edited"
            else {"before": _text(old, name), "after": _text(new, name)}
        )
        lists = tuple(dict.fromkeys((old.collection, new.collection)))
        self._log(kind, key, lists, **texts)

    def _succeed(self, task: WorldTask, repeat: Repeat) -> str:
        """The next of a repeating task: the same again, with a later due date."""
        due = advanced(task.due, repeat, self.clock.now())
        kept = {"notes": task.notes, "labels": task.labels, "priority": task.priority, "repeat": repeat}
        return self.create(task.collection, task.title, parent=task.parent, due=due, **kept)


def _text(task: WorldTask, field: str) -> str:
    value = getattr(task, field)
    return "" if value is None else str(value)


def advanced(due: str, repeat: Repeat, now: int) -> str:
    """The due text one repetition later; of a task without one, counted from today. Months are 30 days here."""
    unit, count = repeat
    start = date.fromisoformat(due[:10]) if due else date(1970, 1, 1) + timedelta(microseconds=now)
    return (start + timedelta(days=DAYS_OF_UNIT[unit] * count)).isoformat() + due[10:]
