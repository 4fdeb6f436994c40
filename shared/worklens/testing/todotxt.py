"""A person with a todo.txt, over a scripted world, and what the files reveal of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from worklens.sources.base import Command, File, Read
from worklens.tasks import DAY, Moment, Task, digest, iso
from worklens.testing.chance import WEIGHTS, Habits
from worklens.testing.observer import Service, Sighting
from worklens.testing.server import FakeService, Fault
from worklens.testing.truth import WorldTask
from worklens.testing.world import World

LETTERS = {1: "A", 5: "E", 9: "I"}
UNITS = {"day": "d", "week": "w", "month": "m", "year": "y"}
RULES = {"day": "FREQ=DAILY", "week": "FREQ=WEEKLY", "month": "FREQ=MONTHLY", "year": "FREQ=YEARLY"}


def title(key: str, name: str) -> str:
    """A title of its own for each task: what goes and what comes on the same day with like words is taken for renamed."""
    return f"{name} {digest(key)}".strip()


def task_id(key: str, name: str, created: int) -> str:
    """The id a task has as long as its words stay."""
    from worklens.sources.todotxt.identity import short

    return digest("todotxt", short(title(key, name)), _day(created), "0")


def shown(task: WorldTask) -> WorldTask:
    """What the files hold: whole days, and no notes."""
    completed = None if task.completed is None else _midnight(task.completed)
    return replace(
        task,
        title=title(task.id, task.title),
        notes="",
        created=_midnight(task.created),
        completed=completed,
    )


def habits() -> Habits:
    """Of a person who deletes nothing that is done, takes no priority away and renames nothing.

    A line's words are what it is known by; and programs drop the priority of what is done, so that it can't be told.
    """
    none = dict.fromkeys(("subtask", "rename_list", "delete_list", "rename", "annotate"), 0.0)
    return Habits(weights={**WEIGHTS, **none, "restore": 0.5}, priorities=tuple(LETTERS), touches_done=False)


def expected(world: World, syncs: Sequence[int]) -> list[Sighting]:
    """What a perfect observer records: days in place of instants."""
    made = {fact.task: fact for fact in world.facts if fact.kind == "created"}
    service = Service(
        name="todotxt",
        task_id=lambda key: task_id(key, made[key].after, made[key].at),
        shown=shown,
    )
    seen = _without_hidden(world, syncs, world.expected(syncs, service), service)
    return [replace(one, precision="day") if one.precision == "instant" else one for one in seen]


def _without_hidden(
    world: World, syncs: Sequence[int], seen: Sequence[Sighting], service: Service
) -> list[Sighting]:
    """Less the deletions of what was last seen done, for such lines come and go, and what undoes these deletions."""
    looks = [world.tasks_at(sync) for sync in syncs]
    hidden: set[str] = set()
    told = []
    for one in seen:
        before = looks[: list(syncs).index(one.seen_at)]
        last = [task for look in before for task in look.values() if service.task_id(task.id) == one.task]
        if one.kind == "deleted" and last and last[-1].completed is not None:
            hidden.add(one.task)
        elif one.kind == "restored" and one.task in hidden:
            hidden.discard(one.task)
        else:
            told.append(one)
    return told


def current_tasks(world: World, when: int, account: str) -> dict[str, Task]:
    """The canonical tasks that are there to be read at an instant, by id."""
    there = ((task, shown(task)) for task in world.tasks_at(when).values())
    return {task_id(raw.id, raw.title, raw.created): _canonical(task, raw, account) for raw, task in there}


def _canonical(task: WorldTask, raw: WorldTask, account: str) -> Task:
    from worklens.tasks import day

    unit, count = task.repeat or ("", 1)
    return Task(
        account=account,
        task=task_id(raw.id, raw.title, raw.created),
        collection=task.collection,
        title=task.title,
        labels=task.labels,
        priority=task.priority,
        created=Moment(task.created, "day"),
        due=day(task.due) if task.due else None,
        completed=None if task.completed is None else Moment(task.completed, "day"),
        recurrence=RULES.get(unit, "") + (f";INTERVAL={count}" if count > 1 else ""),
    )


class FakeTodoTxt(FakeService):
    """Writes a world as todo.txt and done.txt whenever it changes, in a folder that is there within a ``with``.

    ``archives``: what was done on an earlier day is moved to done.txt.
    """

    def __init__(self, world: World, *, archives: bool = False) -> None:
        """No file is written yet."""
        super().__init__()
        self.world, self.archives = world, archives

    def __enter__(self) -> Self:
        """Write the files, and follow the world."""
        super().__enter__()
        self._folder = TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.world.watcher = self.write
        self.write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the files away."""
        self.world.watcher = None
        self._folder.cleanup()
        super().__exit__(kind, error, trace)

    @property
    def settings(self) -> dict[str, str]:
        """Where the files are."""
        return {name: str(self.folder / f"{name}.txt") for name in ("todo", "done")}

    def fail_by_chance(self, random: Random, share: float, faults: Sequence[Fault] = ()) -> None:
        """Never: a file is there or not."""

    def run(self, asked: Command | Read) -> File:
        """A file, read."""
        path = self.folder / f"{asked.name if isinstance(asked, Read) else ''}.txt"
        return File(name=path.name, content=path.read_bytes(), modified=0)

    def write(self) -> None:
        """Both files, as they now are."""
        tasks = list(self.world.tasks.values())
        if self.disorder:
            self.disorder.shuffle(tasks)
        done = [task for task in tasks if self._is_archived(task)]
        todo = [task for task in tasks if not self._is_archived(task)]
        for name, some in (("todo", todo), ("done", done)):
            text = "".join(f"{self.line(task)}\n" for task in some)
            (self.folder / f"{name}.txt").write_text(text, encoding="utf-8")

    def _is_archived(self, task: WorldTask) -> bool:
        today = _midnight(self.world.clock.now())
        return self.archives and task.completed is not None and task.completed < today

    def line(self, task: WorldTask) -> str:
        """A task as its line."""
        done, letter = task.completed is not None, LETTERS.get(task.priority or 0)
        unit, count = task.repeat or ("", 1)
        head = [
            f"x {_day(task.completed)}" if task.completed is not None else f"({letter})" if letter else ""
        ]
        parts = [
            *head,
            _day(task.created),
            title(task.id, task.title),
            f"+{task.collection}",
            *(f"@{name}" for name in task.labels),
            f"due:{task.due}" if task.due else "",
            f"rec:{count}{UNITS[unit]}" if unit else "",
            f"pri:{letter}" if done and letter else "",
        ]
        return " ".join(part for part in parts if part)


def _midnight(micros: int) -> int:
    return micros - micros % DAY


def _day(micros: int) -> str:
    return iso(micros)[:10]
