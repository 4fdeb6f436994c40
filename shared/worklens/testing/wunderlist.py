"""A fake Wunderlist over a scripted world, and what a Wunderlist reveals of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from worklens.tasks import Moment, Task, day, iso
from worklens.testing.observer import Service
from worklens.testing.server import Call, FakeService, Reply, json_reply
from worklens.testing.truth import WorldTask
from worklens.testing.world import World

TOKEN = "a-token-of-wunderlist"
CLIENT = "a-client-id"
USER = 6_234_958
FIRST_TASK = 2**53  # from here on a float takes one task for another; subtasks have the very same numbers
FIRST_LIST = 2**31


def number(key: str) -> int:
    """The service's own id of a world's task, subtask or list."""
    kind, _, count = key.partition("-")
    return (FIRST_LIST if kind == "list" else FIRST_TASK) + int(count)


def task_id(key: str) -> str:
    """A world's task as Worklens calls it."""
    return f"subtask-{number(key)}" if key.startswith("subtask") else str(number(key))


def list_id(key: str) -> str:
    """A world's list as Worklens calls it."""
    return str(number(key))


def shown(task: WorldTask) -> WorldTask:
    """What a Wunderlist can hold: no labels, a star or none, whole days; subtasks have a title and no more."""
    if task.parent:
        return replace(task, labels=(), priority=None, due="", notes="", repeat=None)
    return replace(task, labels=(), priority=1 if task.priority == 1 else None, due=task.due[:10])


def current_tasks(world: World, when: int, account: str) -> dict[str, Task]:
    """The canonical tasks that are there to be read at an instant, by id."""
    there = (shown(task) for task in world.tasks_at(when).values())
    return {task_id(task.id): _canonical(task, account) for task in there}


def _canonical(task: WorldTask, account: str) -> Task:
    unit, count = task.repeat or ("", 1)
    rule = {
        "": "",
        "day": "FREQ=DAILY",
        "week": "FREQ=WEEKLY",
        "month": "FREQ=MONTHLY",
        "year": "FREQ=YEARLY",
    }
    return Task(
        account=account,
        task=task_id(task.id),
        collection=list_id(task.collection),
        parent=task_id(task.parent) if task.parent else "",
        title=task.title,
        notes=task.notes,
        priority=task.priority,
        created=Moment(task.created),
        due=day(task.due) if task.due else None,
        completed=None if task.completed is None else Moment(task.completed),
        recurrence=rule[unit] + (f";INTERVAL={count}" if count > 1 else ""),
    )


WUNDERLIST = Service(name="wunderlist", task_id=task_id, list_id=list_id, shown=shown)


class _RefusalError(Exception):
    """A request the service refuses."""

    def __init__(self, status: int, kind: str) -> None:
        super().__init__(kind)
        self.reply = _error(status, kind)


class FakeWunderlist(FakeService):
    """Serves a world as the API v1 did, reading only. What its documents leave open can be had both ways.

    ``falsy_absent``: fields that are false are left out, else they are there as in the backups.
    ``flags_completed``: completed tasks say ``completed: true``, else they only have their ``completed_at``.
    ``escapes_newlines``: a line's end in a note comes as a backslash and an n.
    """

    def __init__(
        self,
        world: World,
        *,
        falsy_absent: bool = True,
        flags_completed: bool = False,
        escapes_newlines: bool = False,
    ) -> None:
        """``tokens`` are those that are accepted; ``forbidden`` lists are shown, but not what is in them."""
        super().__init__()
        self.world = world
        self.falsy_absent = falsy_absent
        self.flags_completed = flags_completed
        self.escapes_newlines = escapes_newlines
        self.tokens = {TOKEN}
        self.forbidden: set[str] = set()
        self._revisions: Counter[str] = Counter()
        self._facts_read = 0
        self._routes: dict[str, Callable[[Mapping[str, str]], Any]] = {
            "/root": lambda query: self._root(),
            "/user": lambda query: {"id": USER, "name": "Somebody", "revision": 1},
            "/lists": lambda query: self.disordered([self._list(key) for key in self.world.lists]),
            "/tasks": lambda query: self._tasks(query, subtasks=False),
            "/subtasks": lambda query: self._tasks(query, subtasks=True),
            "/notes": self._notes,
            "/list_positions": lambda query: [self._positions("list", 1, map(number, self.world.lists))],
            "/task_positions": self._task_positions,
        }

    def answer(self, call: Call) -> Reply:
        """As the service would."""
        if call.headers.get("x-access-token") not in self.tokens:
            return _error(401, "unauthorized")
        route = self._routes.get(call.path)
        if route is None:
            return _error(404, "not_found")
        self._catch_up()
        try:
            return json_reply(route(call.query))
        except _RefusalError as wrong:
            return wrong.reply

    def _catch_up(self) -> None:
        """Let the revisions of what was changed, and of all above it, grow."""
        for fact in self.world.facts[self._facts_read :]:
            parent = self.world.trash.get(fact.task) or self.world.tasks.get(fact.task)
            touched = ["root", *fact.lists, fact.task, parent.parent if parent else ""]
            self._revisions.update(key for key in touched if key)
        self._facts_read = len(self.world.facts)

    def _root(self) -> dict[str, Any]:
        return {"id": USER + 1, "type": "root", "revision": 1 + self._revisions["root"], "user_id": USER}

    def _list(self, key: str) -> dict[str, Any]:
        found = self.world.lists[key]
        return {
            "id": number(key),
            "title": found.title,
            "list_type": "inbox" if found.title == "inbox" else "list",
            "type": "list",
            "revision": 1 + self._revisions[key],
            "created_at": _time(found.created),
        }

    def _tasks(self, query: Mapping[str, str], *, subtasks: bool) -> list[dict[str, Any]]:
        done = query.get("completed") == "true"
        found = (task for task in self._within(query) if bool(task.parent) == subtasks)
        return self.disordered([self._task(t) for t in found if (t.completed is not None) == done])

    def _within(self, query: Mapping[str, str]) -> Iterator[WorldTask]:
        """The tasks and subtasks of the list asked for (or the subtasks of the task)."""
        if "task_id" in query:
            return (
                t for t in self.world.tasks.values() if t.parent and list_id(t.parent) == query["task_id"]
            )
        if "list_id" not in query:
            raise _RefusalError(400, "missing_parameter")
        key = {list_id(key): key for key in self.world.lists}.get(query["list_id"])
        if key is None or key in self.forbidden:
            raise _RefusalError(404, "not_found")
        return (task for task in self.world.tasks.values() if task.collection == key)

    def _task(self, task: WorldTask) -> dict[str, Any]:
        task = shown(task)
        done = task.completed is not None
        fields = {
            "id": number(task.id),
            "created_at": _time(task.created),
            "created_by_id": USER,
            "completed": (self.flags_completed or None) if done else False,
            "completed_at": _time(task.completed) if task.completed is not None else None,
            "revision": 1 + self._revisions[task.id],
            "title": task.title or None,
            **(_of_subtask(task) if task.parent else _of_task(task)),
        }
        unsent = {None, False} if self.falsy_absent else {None}
        return {name: value for name, value in fields.items() if value not in unsent}

    def _notes(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        return self.disordered([self._note(task) for task in self._within(query) if shown(task).notes])

    def _note(self, task: WorldTask) -> dict[str, Any]:
        text = task.notes.replace("\n", "\\n") if self.escapes_newlines else task.notes
        return {
            "id": number(task.id) + 7,
            "task_id": number(task.id),
            "content": text,
            "revision": 1,
            "type": "note",
        }

    def _task_positions(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        tasks = [number(task.id) for task in self._within(query) if not task.parent]
        return [self._positions("task", int(query["list_id"]), tasks)]

    def _positions(self, kind: str, key: int, ids: Iterable[int]) -> dict[str, Any]:
        """Positions lag behind: the newest is missing, and one that never was stands in its place."""
        values = [*list(ids)[:-1], FIRST_TASK - 1]
        return {"id": key, "values": values, "revision": 1, "type": f"{kind}_position"}


def _of_task(task: WorldTask) -> dict[str, Any]:
    unit, count = task.repeat or (None, None)
    return {
        "list_id": number(task.collection),
        "due_date": task.due or None,
        "starred": task.priority == 1,
        "recurrence_type": unit,
        "recurrence_count": count,
        "type": "task",
    }


def _of_subtask(task: WorldTask) -> dict[str, Any]:
    return {"task_id": number(task.parent), "type": "subtask"}


def _time(micros: int) -> str:
    """Milliseconds, as the API has them."""
    seconds = iso(micros - micros % 1_000_000)[:-1]
    return f"{seconds}.{micros % 1_000_000 // 1_000:03}Z"


def _error(status: int, kind: str) -> Reply:
    return json_reply(
        {"error": {"type": kind, "translation_key": f"api_error_{kind}", "message": kind}}, status
    )
