"""A fake TickTick over a scripted world, and what it reveals of one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from worklens.tasks import DAY, Moment, Task, day, instant, iso
from worklens.testing.microsoft_todo import ToDoWorld
from worklens.testing.observer import Service, Sighting, expected
from worklens.testing.server import Call, FakeService, Fault, Reply, json_reply
from worklens.testing.truth import History, WorldTask

TOKEN = "tp_a-token-of-ticktick"
VERSION = "/open/v1"
CAP = 200  # tasks in an answer
OVERLAP = 2 * DAY  # by which completions are asked for again
INBOX = "inbox1000007"
FIRST = "list-1"  # the list that is the inbox
LINK = "https://{}/webapp/#q/all/tasks/{}"
PRIORITIES = {1: 5, 5: 3, 9: 1}
RULES = {"day": "FREQ=DAILY", "week": "FREQ=WEEKLY", "month": "FREQ=MONTHLY", "year": "FREQ=YEARLY"}

Shape = Literal["items", "tasks"]


def opaque(key: str) -> str:
    """The service's own id of a world's task, item or list."""
    kind, _, count = key.partition("-")
    return f"65a1{ord(kind[0]):02x}{int(count):018x}"


def list_id(key: str) -> str:
    """A world's list as Worklens calls it."""
    return INBOX if key == FIRST else opaque(key)


class TickTickWorld(ToDoWorld):
    """A world that does as TickTick does; ``last_seen`` is how tasks were shown last. ``shape``: what subtasks are, items of a checklist or tasks of their own."""

    keeps_ids = True
    shape: Shape = "items"
    zone = "UTC"  # where due dates are set
    host = "ticktick.com"  # or its other name

    def __init__(self) -> None:
        """An empty world."""
        super().__init__()
        self.last_seen: dict[str, WorldTask] = {}

    @property
    def histories(self) -> Mapping[str, History[WorldTask]]:
        """Of all tasks and items there ever were."""
        return self._task_histories

    def id_of(self, key: str) -> str:
        """A task or item as Worklens calls it."""
        return f"{opaque(self.parents[key])}/{opaque(key)}" if self.is_item(key) else opaque(key)

    def is_item(self, key: str) -> bool:
        """Whether it is an item of a checklist."""
        return key in self.parents and self.shape == "items"


def shown(task: WorldTask) -> WorldTask:
    """What a TickTick can hold; subtasks have a title here and no more."""
    if task.parent:
        return replace(task, labels=(), priority=None, due="", notes="", repeat=None)
    return replace(task, labels=tuple(sorted(task.labels)))


def service_of(world: TickTickWorld) -> Service:
    """What the service reveals of the tasks that it shows."""
    return Service(
        name="ticktick",
        task_id=world.id_of,
        list_id=list_id,
        shown=shown,
        stamped=lambda task: not world.is_item(task.id),
    )


class _Shown(History[WorldTask]):
    """A task as it was shown at each look, with the service's word on when it had last changed."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: dict[int, int] = {}

    def show(self, sync: int, task: WorldTask | None, changed: int) -> None:
        """It was shown so."""
        self.record(sync, task)
        self._changed[sync] = changed

    def since(self, when: int) -> int:
        """When it had last changed, as shown last."""
        return self._changed.get(super().since(when), 0)


def seen(world: TickTickWorld, syncs: Sequence[int], whole: Collection[int]) -> list[Sighting]:
    """What a perfect observer records who looks at these instants (ascending), at some of them at everything.

    Of what is completed the service shows only what was lately; and of an item not when it was made.
    """
    histories = {key: _Shown() for key in world.histories}
    for key, history in histories.items():
        top = world.parents[key] if world.is_item(key) else key
        for sync, look in zip(syncs, _looks(world.histories[top], syncs, whole), strict=True):
            now, at = world.histories[key].at(sync), world.histories[key].since(sync)
            if at and look != "same":
                history.show(sync, now if look == "shown" else None, at)
    now_seen = {key: history.at(syncs[-1]) for key, history in histories.items()}
    world.last_seen = {key: task for key, task in now_seen.items() if task is not None}
    found = expected(histories, (), syncs, service_of(world))
    done = {(s.seen_at, s.task): s.at for s in found if s.kind == "completed" and s.at}
    return [_undated(sighting, done) if "/" in sighting.task else sighting for sighting in found]


def _undated(sighting: Sighting, done: dict[tuple[int, str], int]) -> Sighting:
    """It is known of an item only that it was there by the time it was seen, or completed."""
    if sighting.kind != "created":
        return sighting
    at = done.get((sighting.seen_at, sighting.task), sighting.seen_at)
    return replace(sighting, at=at, precision="seen")


def _looks(
    history: History[WorldTask], syncs: Sequence[int], whole: Collection[int]
) -> Iterable[Literal["shown", "gone", "same"]]:
    """What each look at a task shows: what it is now, that it is gone, or nothing new."""
    was_open = False
    for before, sync in zip([0, *syncs], syncs, strict=False):
        now = history.at(sync)
        if now is None:
            yield "gone" if was_open else "same"
            was_open = False
        elif was_open or now.completed is None or sync in whole or now.completed >= before - OVERLAP:
            was_open = now.completed is None
            yield "shown"
        else:
            yield "same"


def current_tasks(world: TickTickWorld, when: int, account: str) -> dict[str, Task]:
    """The canonical tasks that are there at an instant, by id."""
    return canonical(world.tasks_at(when).values(), world, account)


def canonical(tasks: Iterable[WorldTask], world: TickTickWorld, account: str) -> dict[str, Task]:
    """These tasks as they should be read, by id."""
    return {world.id_of(task.id): _canonical(shown(task), world, account) for task in tasks}


def _canonical(task: WorldTask, world: TickTickWorld, account: str) -> Task:
    unit, count = task.repeat or ("", 1)
    is_item = world.is_item(task.id)
    project = list_id(task.collection)
    return Task(
        account=account,
        task=world.id_of(task.id),
        collection=project,
        parent=opaque(task.parent) if task.parent else "",
        title=task.title,
        notes=task.notes,
        labels=task.labels,
        priority=task.priority,
        created=None if is_item else Moment(task.created),
        due=_moment(task.due, world.zone) if task.due else None,
        completed=None if task.completed is None else Moment(task.completed),
        recurrence=f"{RULES[unit]};INTERVAL={count}" if unit else "",
        link="" if is_item else LINK.format(world.host, opaque(task.id)),
    )


def _moment(due: str, zone: str) -> Moment:
    return day(due) if len(due) == len("2026-01-05") else replace(instant(due), zone=zone)


def limited(seconds: int) -> Fault:
    """Too many requests, as the service says it; and for how long, which it doesn't always."""
    return Fault(reply=json_reply({"errorCode": "exceed_query_limit"}, 500, Retry_After=str(seconds)))


class _RefusalError(Exception):
    """A request the service refuses, without a word."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.reply = Reply(status=status)


class FakeTickTick(FakeService):
    """Serves a world as the Open API does, reading only. What its documents leave open can be had both ways.

    ``filters`` and ``completes``: whether it knows the questions ``task/filter`` and ``task/completed``. ``inbox``:
    whether that name goes for the inbox. ``ghosts``: a deleted task that is asked for is shown as it was.
    ``millis``: times have milliseconds. ``shape``, ``series`` and ``zone`` are the world's.
    """

    def __init__(
        self,
        world: TickTickWorld,
        *,
        filters: bool = True,
        completes: bool = True,
        inbox: bool = True,
        ghosts: bool = False,
        millis: bool = True,
        shape: Shape = "items",
        series: bool = False,
        zone: str = "UTC",
    ) -> None:
        """``closed`` projects are archived, ``left`` ones are other people's and not shown any more."""
        super().__init__()
        self.world = world
        world.shape, world.series, world.zone = shape, series, zone
        self.filters, self.completes, self.inbox, self.ghosts = filters, completes, inbox, ghosts
        self.millis = millis
        self.tokens = {TOKEN}
        self.closed: set[str] = set()
        self.left: set[str] = set()
        self.abandoned: dict[str, int] = {}  # when open tasks were given up
        self.notes: set[str] = set()  # tasks that are notes

    @property
    def base_url(self) -> str:
        """The address with its version."""
        return self.url + VERSION

    def answer(self, call: Call) -> Reply:
        """As the service would."""
        if call.headers.get("authorization") not in {f"Bearer {token}" for token in self.tokens}:
            return json_reply({"errorCode": "unauthorized"}, 401)
        try:
            return json_reply(self._route(call)())
        except _RefusalError as wrong:
            return wrong.reply

    def _route(self, call: Call) -> Callable[[], Any]:
        parts = call.path.removeprefix(VERSION).strip("/").split("/")
        match (call.method, *map(unquote, parts)):
            case "GET", "project":
                return lambda: self._projects(call)
            case "GET", "project", project:
                return lambda: self._project(self._key(project))
            case "GET", "project", project, "data":
                return lambda: self._data(self._key(project))
            case "GET", "project", project, "task", task:
                return lambda: self._one(self._key(project), task)
            case ("POST", "task", "filter") if self.filters:
                return lambda: self._filter(msgspec.json.decode(call.body))
            case ("POST", "task", "completed") if self.completes:
                return lambda: self._completed(msgspec.json.decode(call.body))
        raise _RefusalError(404)

    def _projects(self, call: Call) -> list[dict[str, Any]]:
        """All but the inbox, without a word of how many there are."""
        start = int(call.query.get("offset", 0))
        there = [key for key in self.world.lists if key != FIRST and key not in self.left]
        return [self._project(key) for key in there[start : start + int(call.query.get("limit", CAP))]]

    def _project(self, key: str) -> dict[str, Any]:
        title = self.world.lists[key].title
        return {"id": list_id(key), "name": title, "closed": key in self.closed, "kind": "TASK"}

    def _key(self, project: str) -> str:
        if project == "inbox" and self.inbox:
            return FIRST
        key = {list_id(key): key for key in self.world.lists}.get(project)
        if key is None or (key == FIRST and not self.inbox):
            raise _RefusalError(404)
        if key in self.left:
            raise _RefusalError(403)
        return key

    def _data(self, project: str) -> dict[str, Any]:
        tasks = [key for key in self._undone() if self.world.tasks[key].collection == project]
        return {"project": None, "tasks": self.disordered([self._task(key) for key in tasks]), "columns": []}

    def _one(self, project: str, name: str) -> dict[str, Any]:
        found = {**(self.world.trash if self.ghosts else {}), **self.world.tasks}
        for key, task in found.items():
            if opaque(key) == name and task.collection == project and not self.world.is_item(key):
                return self._task(key)
        raise _RefusalError(404)

    def _filter(self, about: dict[str, Any]) -> list[dict[str, Any]]:
        if about != {"status": [0]}:  # no other question is asked
            raise _RefusalError(400)
        there = [key for key in self._undone() if self.world.tasks[key].collection not in self._unseen]
        return self.disordered([self._task(key) for key in there[:CAP]])

    def _completed(self, about: dict[str, str]) -> list[dict[str, Any]]:
        """The newest that were completed between two times."""
        start, end = (
            instant(about[name]).micros if name in about else None for name in ("startDate", "endDate")
        )
        done = [
            (task.completed, key)
            for key, task in self.world.tasks.items()
            if task.completed is not None
            and not self.world.is_item(key)
            and task.collection not in self.left
            and (start is None or start <= task.completed)
            and (end is None or task.completed <= end)
        ]
        return self.disordered([self._task(key) for _, key in sorted(done, reverse=True)[:CAP]])

    @property
    def _unseen(self) -> set[str]:
        return self.closed | self.left

    def _undone(self) -> list[str]:
        """Open tasks; not what was given up."""
        return [
            key
            for key, task in self.world.tasks.items()
            if task.completed is None and not self.world.is_item(key) and key not in self.abandoned
        ]

    def _task(self, key: str) -> dict[str, Any]:
        task = shown(self.world.tasks.get(key) or self.world.trash[key])
        changed = self.world.changed_at(key, self.world.clock.now())
        ended = self.abandoned.get(key, task.completed)
        fields = {
            "id": opaque(key),
            "projectId": list_id(task.collection),
            "sortOrder": -1099511627776,
            "title": task.title,
            "content": task.notes,
            "timeZone": self.world.zone,
            "isAllDay": len(task.due) <= len("2026-01-05"),
            "startDate": self._due(task.due),
            "dueDate": self._due(task.due),
            "priority": PRIORITIES.get(task.priority or 0, 0),
            "status": -1 if key in self.abandoned else (0 if task.completed is None else 2),
            "createdTime": self._time(task.created),
            "modifiedTime": self._time(changed),
            "completedTime": None if ended is None else self._time(ended),
            "repeatFlag": _rule(task),
            "tags": list(reversed(task.labels)) or None,
            "parentId": opaque(task.parent) if task.parent else None,
            "kind": "NOTE" if key in self.notes else "TEXT",
            "etag": f"{changed:x}",
            "items": [self._item(child) for child in self.world.children(key)] or None,
        }
        if self.world.shape == "tasks":
            del fields["items"]
        return {name: value for name, value in fields.items() if value is not None}

    def _item(self, key: str) -> dict[str, Any]:
        task = self.world.tasks[key]
        done = {} if task.completed is None else {"completedTime": self._time(task.completed)}
        return {"id": opaque(key), "status": int(bool(done)), "title": task.title, "sortOrder": 1} | done

    def _due(self, due: str) -> str | None:
        """A day is the midnight that begins it where it was set."""
        if not due:
            return None
        when = datetime.fromisoformat(due)
        aware = when if when.tzinfo else when.replace(tzinfo=ZoneInfo(self.world.zone))
        return self._time((aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))

    def _time(self, micros: int) -> str:
        seconds = iso(micros - micros % 1_000_000)[:-1]
        return f"{seconds}.{micros % 1_000_000 // 1_000:03}+0000" if self.millis else f"{seconds}+0000"


def _rule(task: WorldTask) -> str | None:
    unit, count = task.repeat or ("", 1)
    return f"RRULE:{RULES[unit]};INTERVAL={count}" if unit else None
