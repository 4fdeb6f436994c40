"""A fake ``task`` command over a scripted world, and what a Taskwarrior reveals of one."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self
from uuid import NAMESPACE_OID, uuid5

import msgspec
from msgspec.structs import replace

from worklens.sources.base import Command, Output, Read
from worklens.tasks import Moment, Task, day, instant, iso
from worklens.testing.chance import WEIGHTS, Habits
from worklens.testing.observer import Service, Sighting
from worklens.testing.server import Call, FakeService, Fault, Reply
from worklens.testing.truth import WorldTask
from worklens.testing.world import World

LETTERS = {1: "H", 5: "M", 9: "L"}
UNITS = {"day": "days", "week": "wks", "month": "mo", "year": "yrs"}
RULES = {"day": "FREQ=DAILY", "week": "FREQ=WEEKLY", "month": "FREQ=MONTHLY", "year": "FREQ=YEARLY"}

# A `task` that asks the fake over loopback and ends with 2 where that says anything but 200.
SCRIPT = """#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/{port} || exit 3
printf 'GET /export HTTP/1.0\\r\\n\\r\\n' >&3
IFS= read -r -u 3 status || exit 3
while IFS= read -r -u 3 line && [ "$line" != $'\\r' ]; do :; done
cat <&3
case "$status" in *" 200 "*) ;; *) exit 2 ;; esac
"""


def task_id(key: str) -> str:
    """The uuid of a world's task."""
    return str(uuid5(NAMESPACE_OID, key))


def shown(task: WorldTask) -> WorldTask:
    """What a Taskwarrior holds: tags in no order."""
    return replace(task, labels=tuple(sorted(task.labels)))


TASKWARRIOR = Service(
    name="taskwarrior",
    dated=frozenset({"created", "completed", "deleted"}),
    task_id=task_id,
    shown=shown,
    tombstones=True,
)
PURGING = Service(name="taskwarrior", task_id=task_id, shown=shown)
"""Of one whose owner purges what is deleted at once."""


def habits() -> Habits:
    """Of a person with Taskwarrior: no subtasks, projects that are only a word, and what is done can't be deleted."""
    none = dict.fromkeys(("subtask", "rename_list", "delete_list"), 0.0)
    return Habits(
        weights={**WEIGHTS, **none, "restore": 0.5},
        priorities=(None, *LETTERS),
        due_tails=("", "T09:00:00Z"),
        touches_done=False,
        resolution=1_000_000,
    )


def expected(world: World, syncs: Sequence[int], *, purges: bool = False) -> list[Sighting]:
    """What a perfect observer records: ``modified`` bounds every change that has no time of its own."""
    keys = {task_id(fact.task): fact.task for fact in world.facts if fact.task}

    def bounded(seen: Sighting) -> Sighting:
        if seen.at is not None or (purges and seen.kind == "deleted"):
            return seen
        return replace(seen, at=world.changed_at(keys[seen.task], seen.seen_at))

    service = PURGING if purges else TASKWARRIOR
    return [bounded(sighting) for sighting in world.expected(syncs, service)]


def current_tasks(world: World, when: int, account: str) -> dict[str, Task]:
    """The canonical tasks that are there to be read at an instant, by id."""
    there = (shown(task) for task in world.tasks_at(when).values())
    return {task_id(task.id): _canonical(task, account) for task in there}


def _canonical(task: WorldTask, account: str) -> Task:
    unit, count = task.repeat or ("", 1)
    return Task(
        account=account,
        task=task_id(task.id),
        collection=task.collection,
        title=task.title,
        notes=task.notes,
        labels=task.labels,
        priority=task.priority,
        created=Moment(task.created),
        due=None if not task.due else day(task.due) if len(task.due) == 10 else instant(task.due),
        completed=None if task.completed is None else Moment(task.completed),
        recurrence=RULES.get(unit, "") + (f";INTERVAL={count}" if count > 1 else ""),
    )


class FakeTaskwarrior(FakeService):
    """Exports a world as ``task`` does; within a ``with`` a program of that name is the first on the path.

    ``purges``: what is deleted is purged at once. ``old``: the form of 2.5 (``depends`` as text, the status waiting).
    ``lines``: an object a line, without an array around them.
    """

    def __init__(self, world: World, *, purges: bool = False, old: bool = False, lines: bool = False) -> None:
        """Nothing is run yet."""
        super().__init__()
        self.world, self.purges, self.old, self.lines = world, purges, old, lines
        self.runs = 0

    def __enter__(self) -> Self:
        """Put the program on the path."""
        super().__enter__()
        self._folder = TemporaryDirectory()
        program = Path(self._folder.name) / "task"
        program.write_text(SCRIPT.format(port=self.port))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self._path = os.environ.get("PATH", "")
        os.environ["PATH"] = f"{self._folder.name}:{self._path}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it away."""
        os.environ["PATH"] = self._path
        self._folder.cleanup()
        super().__exit__(kind, error, trace)

    def fail_by_chance(self, random: Random, share: float, faults: Sequence[Fault] = ()) -> None:
        """Never: a program that failed is not run again in the same pull. ``fail`` makes it."""

    def run(self, asked: Command | Read) -> Output:
        """What the program says, without a program."""
        self.runs += 1
        return Output(code=0, stdout=self.export())

    def answer(self, call: Call) -> Reply:
        """The export, for the program."""
        self.runs += 1
        return Reply(body=self.export())

    def export(self) -> bytes:
        """All tasks and templates as text."""
        records = [msgspec.json.encode(record) for record in self.disordered(self.records())]
        if self.lines:
            return b"\n".join(records)
        return b"[\n" + b",\n".join(records) + b"\n]\n"

    def records(self) -> list[dict[str, Any]]:
        """All tasks, those that are deleted, and a template of each that repeats."""
        world = self.world
        there = [self._record(shown(task)) for task in world.tasks.values()]
        gone = [] if self.purges else [self._deleted(shown(task)) for task in world.trash.values()]
        templates = [_template(task) for task in world.tasks.values() if task.repeat]
        return [*there, *gone, *templates]

    def _record(self, task: WorldTask) -> dict[str, Any]:
        changed = self.world.changed_at(task.id, self.world.clock.now())
        later = self.old and task.due > iso(self.world.clock.now())
        open_ = "waiting" if later else "pending"
        fields: dict[str, Any] = {
            "id": 0 if task.completed else 1 + len(task.title),
            "uuid": task_id(task.id),
            "status": "completed" if task.completed else open_,
            "description": task.title,
            "entry": _time(task.created),
            "modified": _time(changed),
            "end": _time(task.completed) if task.completed else None,
            "due": _time(instant(_midnight(task.due)).micros) if task.due else None,
            "wait": _time(instant(_midnight(task.due)).micros) if later else None,
            "project": task.collection,
            "priority": LETTERS.get(task.priority or 0),
            "tags": task.labels,
            "annotations": [
                {"entry": _time(changed + 1_000_000 * number), "description": line}
                for number, line in enumerate(task.notes.splitlines())
            ],
            "depends": task_id("task-1") if self.old else [task_id("task-1")],
            **_repeat(task),
            "urgency": self.runs / 7,
        }
        return {name: value for name, value in fields.items() if value not in (None, "", (), [])}

    def _deleted(self, task: WorldTask) -> dict[str, Any]:
        end = _time(self.world.changed_at(task.id, self.world.clock.now()))
        return {**self._record(task), "status": "deleted", "end": end}


def _repeat(task: WorldTask) -> dict[str, Any]:
    if not task.repeat:
        return {}
    unit, count = task.repeat
    return {"recur": f"{count}{UNITS[unit]}", "parent": task_id(f"{task.id} template"), "imask": 3}


def _template(task: WorldTask) -> dict[str, Any]:
    about = {"status": "recurring", "mask": "----", "uuid": task_id(f"{task.id} template")}
    return {**about, "description": task.title, "entry": _time(task.created), "modified": _time(task.created)}


def _midnight(due: str) -> str:
    return due if len(due) > len("2026-01-05") else f"{due}T00:00:00Z"


def _time(micros: int) -> str:
    return iso(micros).partition(".")[0].rstrip("Z").replace("-", "").replace(":", "") + "Z"
