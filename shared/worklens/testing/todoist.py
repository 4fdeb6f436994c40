"""A fake Todoist (API v1) over a scripted world, and what a Todoist reveals of one.

What nobody could tell us of the real service can be switched either way.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Mapping, Sequence
from email.utils import formatdate
from hashlib import blake2b
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from worklens.sources.dates import read_iso
from worklens.tasks import DAY, Moment, Task, instant, iso
from worklens.testing.observer import Service
from worklens.testing.server import Call, FakeService, Fault, Reply, json_reply
from worklens.testing.truth import Fact, WorldList, WorldTask
from worklens.testing.world import World

TOKEN = "0123456789abcdef-a-token-of-todoist"
USER = "2671355"
BASE = "/api/v1"
GONE = ("/rest/", "/sync/", f"{BASE}/activity/get", f"{BASE}/completed/get_all")  # of older versions
THREE_MONTHS = 89 * DAY  # the shortest there are
LEVELS = {1: 4, 5: 3, 9: 2, None: 1}  # by RFC 5545's
EVENTS = {"completed": "completed", "reopened": "uncompleted", "deleted": "deleted"}


def opaque(key: str) -> str:
    """The service's own id of a world's task or list."""
    return "6" + b32encode(blake2b(key.encode(), digest_size=10).digest()).decode()[:15]


def shown(task: WorldTask) -> WorldTask:
    """What a Todoist can hold: what repeats has a due date, the day it was made on if no other; labels in no order."""
    due = task.due or (iso(task.created)[:10] if task.repeat else "")
    return replace(task, due=due, labels=tuple(sorted(set(task.labels))))


def current_tasks(world: World, when: int, account: str, zone: str = "UTC") -> dict[tuple[str, str], Task]:
    """The canonical tasks that are there to be read at an instant, by id and occurrence; of what repeats the last."""
    found = {}
    for task in world.tasks_at(when).values():
        times = advances(world, task.id, when)
        key = iso(times[-1]) if times else ""
        found[opaque(task.id), key] = _canonical(shown(task), key, account, zone)
    return found


def advances(world: World, task: str, when: int) -> list[int]:
    """When the repeating task was completed and moved on, up to an instant."""
    return [fact.at for fact in world.facts if fact.task == task and fact.at <= when and _is_advance(fact)]


def _is_advance(fact: Fact) -> bool:
    return fact.kind == "completed" and fact.after != ""


def _canonical(task: WorldTask, key: str, account: str, zone: str) -> Task:
    return Task(
        account=account,
        task=opaque(task.id),
        occurrence=key,
        collection=opaque(task.collection),
        parent=opaque(task.parent) if task.parent else "",
        title=task.title,
        notes=task.notes,
        labels=task.labels,
        priority=task.priority,
        created=instant(key) if key else Moment(task.created),
        due=_moment(task.due, zone) if task.due else None,
        completed=None if task.completed is None else Moment(task.completed),
        recurrence=phrase(task),
        link=f"https://app.todoist.com/app/task/{opaque(task.id)}",
    )


def _moment(due: str, zone: str) -> Moment:
    moment = read_iso(due, ZoneInfo(zone))
    return replace(moment, zone="UTC") if due.endswith("Z") else moment


def phrase(task: WorldTask) -> str:
    """How the person said it repeats."""
    return f"every {task.repeat[1]} {task.repeat[0]}" if task.repeat else ""


TODOIST = Service(name="todoist", task_id=opaque, list_id=opaque, shown=shown)


def limited(retry_after: int) -> Fault:
    """429 the way Todoist says it: the wait stands in the body."""
    return Fault(reply=error(429, 35, "LIMITS_REACHED", retry_after=retry_after))


def error(status: int, code: int, tag: str, **extra: Any) -> Reply:
    """The envelope of every error."""
    body = {"error": tag, "error_code": code, "error_extra": extra, "error_tag": tag, "http_code": status}
    return json_reply(body, status)


class _RefusalError(Exception):
    """A question that is answered with an error."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


class Switches(msgspec.Struct, frozen=True, kw_only=True):
    """What the real service does, nobody could tell; each of these can be so or so.

    ``completed``: how a completed task stands in the changes: plainly, with ``is_deleted`` too as in version 8, or not
    at all. ``bad_token``: whether an unknown sync token is answered with a whole listing or refused. ``tombstones``:
    whether a deleted item still has its fields. ``cascade``: whether what was deleted along with its project or parent
    has tombstones and log entries too. ``told``: whether the log says what repeats and when it was due.
    ``log_days``: how far back the log goes (-1: to the beginning; 0: there is none). ``page``: rows of a page at most.
    """

    completed: Literal["plain", "archived", "absent"] = "plain"
    bad_token: Literal["whole", "refused"] = "whole"
    tombstones: Literal["whole", "bare"] = "whole"
    cascade: bool = True
    told: bool = True
    log_days: int = -1
    page: int = 200


class FakeTodoist(FakeService):
    """Serves a world (made with ``advances=True, completes_children=True``).

    ``forget()`` makes it answer with whole listings; ``stale`` (microseconds) lets those lag behind; ``lag`` delays
    the log and the list of what was completed; ``archived`` holds lists put away; ``expire_cursors`` counts the pages' cursors it will not know.
    """

    def __init__(self, world: World, **switches: Any) -> None:
        """Nothing is archived, nothing stale."""
        super().__init__()
        self.world = world
        self.switches = Switches(**switches)
        self.tokens = {TOKEN}  # those that are accepted
        self.archived: dict[str, int] = {}  # lists, and when
        self.stale = self.lag = self.expire_cursors = 0
        self._oldest = 0  # sync token that is still known

    def __enter__(self) -> Self:
        """Listen; the clock in the answers' headers is the world's."""
        super().__enter__()
        handler: Any = self._server.RequestHandlerClass
        handler.date_time_string = lambda _, timestamp=None: formatdate(self.now / 1e6, usegmt=True)
        return self

    @property
    def now(self) -> int:
        """The world's."""
        return self.world.clock.now()

    @property
    def base_url(self) -> str:
        """What the source's setting of that name is to be."""
        return self.url + BASE

    def forget(self) -> None:
        """Know no sync token given so far."""
        self._oldest = len(self.world.facts) + 1

    def archive(self, key: str) -> None:
        """Put a list away with its tasks."""
        self.archived[key] = len(self.world.facts)
        self.world.noise()

    # ----- answering

    def answer(self, call: Call) -> Reply:
        """What the service says."""
        if call.path.startswith(GONE):
            return error(410, 410, "GONE")
        if call.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return error(401, 401, "UNAUTHORIZED", retry_after=3)
        try:
            return self._route(call)
        except _RefusalError as refusal:
            return refusal.reply

    def _route(self, call: Call) -> Reply:
        match call.method, call.path.removeprefix(BASE).strip("/").split("/"):
            case "POST", ["sync"]:
                return json_reply(self._sync(call.form))
            case "GET", ["tasks", "completed", "by_completion_date"]:
                return json_reply(self._completed(call.query))
            case "GET", ["tasks", key]:
                return self._one(key)
            case "GET", ["activities"]:
                return json_reply(self._activities(call.query))
        return error(404, 478, "NOT_FOUND")

    # ----- the sync

    def _sync(self, form: dict[str, str]) -> dict[str, Any]:
        kinds = msgspec.json.decode(form["resource_types"], type=list[str])
        since = self._known(form["sync_token"])
        if since is None:
            when = self.now - self.stale
            answer = {"full_sync": True, "full_sync_date_utc": _text(when), **self._whole(when)}
        else:
            answer = {"full_sync": False, **self._changes(since)}
        answer["user"] = {"id": USER, "token": TOKEN, "tz_info": {"timezone": "UTC"}}
        if since is None:
            answer["user_plan_limits"] = {"current": self._plan()}
        return {name: value for name, value in answer.items() if name in kinds or name not in RESOURCES}

    def _known(self, token: str) -> int | None:
        """How many facts the token has seen; None for a whole listing."""
        known = token.startswith("facts-") and int(token[6:]) >= self._oldest
        if token != "*" and not known and self.switches.bad_token == "refused":
            raise _RefusalError(error(400, 20, "INVALID_ARGUMENT_VALUE", argument="sync_token"))
        return int(token[6:]) if known else None

    def _plan(self) -> dict[str, Any]:
        days = self.switches.log_days
        return {"activity_log": days != 0, "activity_log_limit": days}

    def _whole(self, when: int) -> dict[str, Any]:
        seen = sum(fact.at <= when for fact in self.world.facts)
        tasks = [task for task in self.world.tasks_at(when).values() if task.completed is None]
        lists = self.world.lists_at(when).values()
        return {
            "sync_token": f"facts-{seen}",
            "items": self.disordered([self._item(t) for t in tasks if t.collection not in self.archived]),
            "projects": self.disordered([self._project(p) for p in lists if p.id not in self.archived]),
        }

    def _changes(self, since: int) -> dict[str, Any]:
        facts = self.world.facts[since:]
        tasks = dict.fromkeys(fact.task for fact in facts if fact.task and not self._is_silent(fact))
        lists = dict.fromkeys(key for fact in facts if fact.kind.startswith("list-") for key in fact.lists)
        lists |= {key: None for key, at in self.archived.items() if at >= since}
        found = [self._changed(key) for key in tasks]
        return {
            "sync_token": f"facts-{len(self.world.facts)}",
            "items": self.disordered([item for item in found if item]),
            "projects": [self._changed_project(key) for key in lists],
        }

    def _is_silent(self, fact: Fact) -> bool:
        return fact.kind == "deleted" and not self.switches.cascade and self._went_along(fact.task)

    def _went_along(self, key: str) -> bool:
        """Whether it was deleted with its parent or its list."""
        task = self.world.trash.get(key)
        return task is not None and (
            task.parent in self.world.trash or task.collection not in self.world.lists
        )

    def _changed(self, key: str) -> dict[str, Any] | None:
        if key not in self.world.tasks:
            return self._tombstone(self.world.trash[key])
        item = self._item(self.world.tasks[key])
        if item["checked"] and self.switches.completed == "absent":
            return None
        archived = item["checked"] and self.switches.completed == "archived"
        return {**item, "is_deleted": True, "in_history": True} if archived else item

    def _tombstone(self, task: WorldTask) -> dict[str, Any]:
        item = {**self._item(task), "is_deleted": True}
        return item if self.switches.tombstones == "whole" else {"id": item["id"], "is_deleted": True}

    def _changed_project(self, key: str) -> dict[str, Any]:
        if key in self.world.lists:
            return self._project(self.world.lists[key])
        return {"id": opaque(key), "name": "", "is_deleted": True, "is_archived": False}

    def _project(self, project: WorldList) -> dict[str, Any]:
        return {
            "id": opaque(project.id),
            "name": project.title,
            "parent_id": None,
            "is_deleted": False,
            "is_archived": project.id in self.archived,
            "child_order": 1,
            "created_at": _text(project.created),
        }

    def _item(self, task: WorldTask) -> dict[str, Any]:
        task = shown(task)
        last = self.world.changed_at(task.id, self.now)
        return {
            "id": opaque(task.id),
            "user_id": USER,
            "project_id": opaque(task.collection),
            "section_id": None,
            "parent_id": opaque(task.parent) if task.parent else None,
            "content": task.title,
            "description": task.notes,
            "priority": LEVELS[task.priority],
            "due": _due(task),
            "deadline": None,
            "duration": None,
            "labels": list(task.labels[::-1]),
            "checked": task.completed is not None,
            "is_deleted": False,
            "added_at": _text(task.created),
            "completed_at": None if task.completed is None else _text(task.completed),
            "updated_at": iso(last // 1_000_000 * 1_000_000),
            "responsible_uid": None,
            "child_order": 1,
            "day_order": -1,
            "is_collapsed": False,
            "completed_count": task.occurrence,
        }

    # ----- lists in pages

    def _completed(self, query: Mapping[str, str]) -> dict[str, Any]:
        try:
            since, until = (instant(query[name]).micros for name in ("since", "until"))
        except (KeyError, ValueError):
            raise _RefusalError(error(400, 19, "ARGUMENT_MISSING", argument="since")) from None
        if until - since > THREE_MONTHS:
            raise _RefusalError(error(400, 20, "INVALID_ARGUMENT_VALUE", argument="until"))
        done = [task for task in self.world.tasks.values() if task.completed is not None]
        until = min(until, self.now - self.lag + 1)
        done = [task for task in done if since <= (task.completed or 0) < until]
        newest = sorted(done, key=lambda task: -(task.completed or 0))
        return self._page("items", [self._item(task) for task in newest], query, most=200)

    def _activities(self, query: Mapping[str, str]) -> dict[str, Any]:
        if self.switches.log_days == 0:
            raise _RefusalError(error(403, 32, "PREMIUM_ONLY"))
        kinds = msgspec.json.decode(query["object_event_types"], type=list[str])
        first = instant(query["date_from"] + "T00:00:00Z").micros
        if self.switches.log_days > 0:
            first = max(first, self.now - self.switches.log_days * DAY)
        events = [
            self._event(n, fact) for n, fact in enumerate(self.world.facts) if self._is_logged(fact, first)
        ]
        wanted = [event for event in events if f"{event['object_type']}:{event['event_type']}" in kinds]
        return self._page("results", wanted[::-1], query, most=100)

    def _is_logged(self, fact: Fact, first: int) -> bool:
        is_known = fact.kind in EVENTS or fact.kind == "list-deleted"
        return is_known and first <= fact.at <= self.now - self.lag and not self._is_silent(fact)

    def _event(self, number: int, fact: Fact) -> dict[str, Any]:
        is_list = fact.kind == "list-deleted"
        return {
            "id": 2**121 + number,  # beyond any float
            "object_type": "project" if is_list else "item",
            "object_id": opaque(fact.lists[0] if is_list else fact.task),
            "event_type": "deleted" if is_list else EVENTS[fact.kind],
            "event_date": _text(fact.at),
            "parent_project_id": None if is_list else opaque(fact.lists[0]),
            "parent_item_id": None,
            "initiator_id": USER,
            "extra_data": {} if is_list else self._extra(fact),
        }

    def _extra(self, fact: Fact) -> dict[str, Any]:
        task = self.world.tasks.get(fact.task) or self.world.trash[fact.task]
        extra: dict[str, Any] = {"content": task.title, "client": "a phone"}
        if fact.kind != "completed" or not self.switches.told:
            return extra
        extra |= {"labels": list(task.labels), "is_recurring": _is_advance(fact)}
        return extra | (_due_told(fact.before or iso(task.created)[:10]) if _is_advance(fact) else {})

    def _page(self, name: str, rows: Sequence[Any], query: Mapping[str, str], most: int) -> dict[str, Any]:
        """From the newest on; what comes meanwhile shifts the rest, so that rows come twice."""
        limit = int(query.get("limit", "50"))
        if limit > most:
            raise _RefusalError(error(400, 20, "INVALID_ARGUMENT_VALUE", argument="limit"))
        asked = {key: value for key, value in query.items() if key != "cursor"}
        bound = opaque(repr(sorted(asked.items())))
        first = self._offset(query.get("cursor"), bound)
        end = first + min(limit, self.switches.page)
        page: dict[str, Any] = {name: rows[first:end]}
        if end < len(rows):
            page["next_cursor"] = f"{bound}.{end}"
        elif first % 2:
            page["next_cursor"] = None  # at other times it is left out
        return page

    def _offset(self, cursor: str | None, bound: str) -> int:
        if cursor is None:
            return 0
        name, _, offset = cursor.partition(".")
        if name != bound or self.expire_cursors > 0:
            self.expire_cursors -= 1
            raise _RefusalError(error(400, 20, "INVALID_ARGUMENT_VALUE", argument="cursor"))
        return int(offset)

    def _one(self, key: str) -> Reply:
        for task in self.world.tasks.values():
            if opaque(task.id) == key:
                return json_reply(self._item(task))
        for task in self.world.trash.values():
            if opaque(task.id) == key and self.switches.tombstones == "whole":
                return json_reply(self._tombstone(task))
        return error(404, 478, "NOT_FOUND")


RESOURCES = {"items", "projects", "sections", "labels", "user", "user_plan_limits"}


def _text(micros: int) -> str:
    """An instant the way the service writes it: always with six digits."""
    return f"{iso(micros // 1_000_000 * 1_000_000)[:-1]}.{micros % 1_000_000:06d}Z"


def _due(task: WorldTask) -> dict[str, Any] | None:
    if not task.due:
        return None
    return {
        "date": task.due,
        "timezone": "UTC" if task.due.endswith("Z") else None,
        "string": phrase(task) or task.due,
        "lang": "en",
        "is_recurring": task.repeat is not None,
    }


def _due_told(due: str) -> dict[str, str]:
    """How the log writes when a completed occurrence was due: a day as its last second."""
    local = due.removesuffix("Z") if len(due) > 10 else f"{due}T23:59:59"
    return {"completed_due_date": f"{local}.000000Z", "completed_due_date_local": local}
