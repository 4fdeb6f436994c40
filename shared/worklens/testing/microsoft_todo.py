"""A fake Microsoft To Do over a scripted world, and what it reveals of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from worklens.tasks import DAY, Moment, Task, day, iso
from worklens.testing.observer import Service
from worklens.testing.server import Call, FakeService, Reply, json_reply
from worklens.testing.truth import WorldTask
from worklens.testing.world import World, advanced

TOKEN = "a-token-of-graph"
VERSION = "/v1.0"
LISTS = f"{VERSION}/me/todo/lists"
MEAN = 16  # lists told, and no word of the rest, where nobody says how many they want
MOST = 20  # questions in one request
LINK = "https://to-do.office.com/tasks/id/"
IMPORTANCE = {1: "high", 9: "low"}

Expansion = Literal["kept", "first", "ignored", "refused"]
Loss = Literal["gone", "bad", "missing"]


def opaque(key: str) -> str:
    """The service's own id of a world's task or list: long, and told from another's by the case of a letter alone."""
    kind, _, count = key.partition("-")
    bits = "".join("aA"[int(bit)] for bit in f"{int(count):014b}")
    return f"AQMkADAwATM0{kind[0].upper()}MS-{bits}_AAA="


list_id = opaque


class ToDoWorld(World):
    """A world that does as Microsoft To Do does, where its documents are silent in either way.

    ``keeps_ids``: a task that is moved stays the same, else one of another id comes in its place. ``series``: when a
    repeating task is completed, a completed copy is left behind and the task itself moves on; else it is completed,
    and another comes after it. ``touches``: a change of a step is a change of its task.
    """

    keeps_ids = False
    series = False
    touches = True

    def __init__(self) -> None:
        """An empty world; ``parents`` are those of all steps there ever were."""
        super().__init__()
        self.parents: dict[str, str] = {}

    def id_of(self, key: str) -> str:
        """A task or step as Worklens calls it."""
        parent = self.parents.get(key)
        return f"{opaque(parent)}/{opaque(key)}" if parent else opaque(key)

    def move(self, key: str, collection: str) -> None:
        """Move a task with its steps into another list."""
        task = self.tasks[key]
        if self.keeps_ids or task.collection == collection:
            super().move(key, collection)
            return
        copy = self._copy(task, collection=collection)
        for child in self.children(key):
            self._copy(self.tasks[child], collection=collection, parent=copy)
        self.delete(key)

    def complete(self, key: str) -> str:
        """Complete a task; of a repeating one that is a series, the copy is what is done."""
        task, now = self.tasks[key], self.clock.now()
        if not (task.repeat and self.series):
            return super().complete(key)
        self._copy(task, completed=now, created=now, repeat=None)
        self.reschedule(key, advanced(task.due, task.repeat, now))
        return ""

    def delete(self, key: str) -> None:
        """Delete a task with its steps."""
        parent = self.tasks[key].parent
        super().delete(key)
        self._touch(parent)

    def _copy(self, task: WorldTask, **changes: Any) -> str:
        key = self._name("subtask" if task.parent else "task")
        self._set(replace(task, id=key, **changes))
        self._log("created", key, (self.tasks[key].collection,))
        return key

    def _set(self, task: WorldTask) -> None:
        if task.parent:
            self.parents[task.id] = task.parent
        super()._set(task)
        self._touch(task.parent)

    def _touch(self, key: str) -> None:
        if self.touches and key in self.tasks:
            self._task_histories[key].record(self.clock.now(), self.tasks[key])


def shown(task: WorldTask) -> WorldTask:
    """What a To Do can hold: whole days; steps have a title and no more, and the instant at which they were checked."""
    if task.parent:
        return replace(task, labels=(), priority=None, due="", notes="", repeat=None)
    done = None if task.completed is None else task.completed - task.completed % DAY
    return replace(task, labels=tuple(sorted(task.labels)), due=task.due[:10], completed=done)


def service_of(world: ToDoWorld) -> Service:
    """What the service reveals of this world."""
    return Service(
        name="microsoft_todo",
        task_id=world.id_of,
        list_id=list_id,
        shown=shown,
        stamped=lambda task: not task.parent,
        by_day=lambda task: not task.parent,
    )


RULES = {
    "day": "FREQ=DAILY",
    "week": "FREQ=WEEKLY",
    "month": "FREQ=MONTHLY",
    "year": "FREQ=YEARLY",
}
TAILS = {"day": "", "week": ";BYDAY=MO,TH", "month": ";BYMONTHDAY=5", "year": ";BYMONTH=3;BYMONTHDAY=5"}


def current_tasks(world: ToDoWorld, when: int, account: str) -> dict[str, Task]:
    """The canonical tasks that are there to be read at an instant, by id."""
    there = (shown(task) for task in world.tasks_at(when).values())
    return {world.id_of(task.id): _canonical(task, world, account) for task in there}


def _canonical(task: WorldTask, world: ToDoWorld, account: str) -> Task:
    unit, count = task.repeat or ("", 1)
    rule = RULES[unit] + (f";INTERVAL={count}" if count > 1 else "") + TAILS[unit] if unit else ""
    done = task.completed
    return Task(
        account=account,
        task=world.id_of(task.id),
        collection=list_id(task.collection),
        parent=opaque(task.parent) if task.parent else "",
        title=task.title,
        notes=task.notes,
        labels=task.labels,
        priority=task.priority,
        created=Moment(task.created),
        due=day(task.due) if task.due else None,
        completed=None if done is None else Moment(done, "instant" if task.parent else "day"),
        recurrence=rule,
        link="" if task.parent else f"{LINK}{opaque(task.id)}/details",
    )


class _State(msgspec.Struct, frozen=True):
    """What a token stands for: the tasks still to be told of a list, and the fact after which changes are news."""

    collection: str
    keys: tuple[str, ...]
    since: int
    expands: bool
    is_first: bool


class _RefusalError(Exception):
    """A request the service refuses."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.reply = json_reply({"error": {"code": code, "message": code}}, status)


class FakeMicrosoft(FakeService):
    """Serves a world as Graph v1.0 does, reading only. What its documents leave open can be had both ways.

    ``expands``: whether changes come with steps: always, in the first round only, never, or the wish is refused.
    ``omits_empty``: of a task without steps nothing is said of steps. ``partial``: changes come with what changed and
    no more. ``lost``: how a token that is no longer known is refused. ``batches``: whether it takes several questions
    at once. ``keeps_ids``, ``series``, ``touches`` are the world's. ``zone`` is where due dates are set.
    """

    def __init__(
        self,
        world: ToDoWorld,
        *,
        page: int = 50,
        expands: Expansion = "kept",
        omits_empty: bool = False,
        partial: bool = False,
        lost: Loss = "gone",
        batches: bool = True,
        keeps_ids: bool = False,
        series: bool = False,
        touches: bool = True,
        zone: str = "UTC",
    ) -> None:
        """``foreign`` lists are other people's, ``hidden`` ones aren't listed, of ``forbidden`` ones no task is shown."""
        super().__init__()
        self.world = world
        world.keeps_ids, world.series, world.touches = keeps_ids, series, touches
        self.page, self.expands, self.partial, self.lost = page, expands, partial, lost
        self.omits_empty, self.batches, self.zone = omits_empty, batches, ZoneInfo(zone)
        self.tokens = {TOKEN}
        self.foreign: set[str] = set()
        self.hidden: set[str] = set()
        self.forbidden: set[str] = set()
        self.flagged: set[str] = set()
        self._states: dict[str, _State] = {}
        self._issued = 0

    @property
    def base_url(self) -> str:
        """The address with its version."""
        return self.url + VERSION

    def expire(self) -> None:
        """Forget all tokens: whoever asks with one must begin anew."""
        self._states.clear()

    def answer(self, call: Call) -> Reply:
        """As the service would."""
        if call.headers.get("authorization") not in {f"Bearer {token}" for token in self.tokens}:
            return _RefusalError(401, "InvalidAuthenticationToken").reply
        try:
            return self._route(call)(call)
        except _RefusalError as wrong:
            return wrong.reply

    def _route(self, call: Call) -> Callable[[Call], Reply]:
        parts = call.path.removeprefix(LISTS).strip("/").split("/")
        match call.method, call.path, parts:
            case "POST", "/v1.0/$batch", _:
                return self._batch
            case "GET", path, [""] if path == LISTS:
                return self._lists
            case "GET", _, [key, "tasks"]:
                return lambda call: self._plain(call, self._key(key))
            case "GET", _, [key, "tasks", "delta"]:
                return lambda call: self._delta(call, self._key(key))
            case "GET", _, [key, "tasks", task]:
                return lambda call: self._one(call, self._key(key), unquote(task))
        raise _RefusalError(404, "UnknownError")

    def _batch(self, call: Call) -> Reply:
        """Each answered for itself; one may be too many though the others are not."""
        asked = msgspec.json.decode(call.body)["requests"]
        if not self.batches or len(asked) > MOST:
            raise _RefusalError(405 if not self.batches else 400, "BadRequest")
        return json_reply({"responses": self.disordered_once([self._inner(one, call) for one in asked])})

    def disordered_once(self, items: Sequence[Any]) -> list[Any]:
        """The items in another order where there is disorder, but none twice."""
        return self.disorder.sample(items, len(items)) if self.disorder else list(items)

    def _inner(self, asked: Mapping[str, str], outer: Call) -> dict[str, Any]:
        if self.disorder and self.disorder.random() < 0.1:
            return {"id": asked["id"], "status": 429, "headers": {"Retry-After": "1"}, "body": {}}
        url = urlsplit(asked["url"])
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        path = unquote(VERSION + url.path)
        reply = self.answer(Call(method="GET", path=path, query=query, headers=outer.headers))
        return {"id": asked["id"], "status": reply.status, "body": msgspec.Raw(reply.body)}

    def _lists(self, call: Call) -> Reply:
        there = [key for key in self.world.lists if key not in self.hidden]
        if "$top" not in call.query:
            return json_reply({"value": [self._list(key) for key in there[:MEAN]]})
        return self._paged(call, there, self._list)

    def _list(self, key: str) -> dict[str, Any]:
        default = key == next(iter(self.world.lists))
        return {
            "@odata.etag": 'W/"x"',
            "displayName": self.world.lists[key].title,
            "isOwner": key not in self.foreign,
            "isShared": key in self.foreign,
            "wellknownListName": "flaggedEmails"
            if key in self.flagged
            else ("defaultList" if default else "none"),
            "id": list_id(key),
        }

    def _paged(self, call: Call, keys: Sequence[str], told: Callable[[str], Any]) -> Reply:
        """A page of a listing, which knows no more than a number of how far it has come."""
        start = int(call.query.get("$skip", 0))
        end = start + min(self.page, int(call.query.get("$top", 50)))
        body: dict[str, Any] = {"value": [told(key) for key in keys[start:end]]}
        if end < len(keys):
            more = "".join(f"&{name}={text}" for name, text in call.query.items() if name != "$skip")
            body["@odata.nextLink"] = f"{self.url}{call.path}?$skip={end}{more}"
        return json_reply(body)

    def _key(self, name: str) -> str:
        """The world's list of this id."""
        key = {list_id(key): key for key in self.world.lists}.get(unquote(name))
        if key is None or key in self.hidden:
            raise _RefusalError(404, "ErrorItemNotFound")
        if key in self.forbidden:
            raise _RefusalError(403, "ErrorAccessDenied")
        return key

    def _plain(self, call: Call, collection: str) -> Reply:
        keys = [key for key, task in self.world.tasks.items() if _is_in(task, collection)]
        return self._paged(call, keys, lambda key: self._task(key, expand="$expand" in call.query))

    def _one(self, call: Call, collection: str, name: str) -> Reply:
        for key, task in self.world.tasks.items():
            if opaque(key) == name and _is_in(task, collection):
                return json_reply(self._task(key, expand="$expand" in call.query))
        raise _RefusalError(404, "ErrorItemNotFound")

    # ----- changes

    def _delta(self, call: Call, collection: str) -> Reply:
        token = call.query.get("$deltatoken") or call.query.get("$skiptoken")
        if token is None:
            return self._round(self._first(call, collection))
        state = self._states.get(token)
        if state is None:
            raise _lost(self.lost)
        if "$deltatoken" in call.query:
            now = len(self.world.facts)
            keys = tuple(self._touched(collection, state.since))
            state = _State(collection, keys, now, state.expands, is_first=False)
        return self._round(state)

    def _first(self, call: Call, collection: str) -> _State:
        if "$expand" in call.query and self.expands == "refused":
            raise _RefusalError(400, "RequestBroker--ParseUri")
        keys = tuple(key for key, task in self.world.tasks.items() if _is_in(task, collection))
        return _State(collection, keys, len(self.world.facts), "$expand" in call.query, is_first=True)

    def _touched(self, collection: str, since: int) -> Iterable[str]:
        """The tasks whose own changes, or whose steps', touched a list after a fact."""
        found: dict[str, None] = {}
        for fact in self.world.facts[since:]:
            if fact.task and collection in fact.lists:
                parent = self.world.parents.get(fact.task)
                if parent is None or self.world.touches:
                    found[parent or fact.task] = None
        return found

    def _round(self, state: _State) -> Reply:
        """A page, now and then an empty one, and the link that goes on from it."""
        size = 0 if self.disorder and self.disorder.random() < 0.1 else self.page
        now, rest = state.keys[:size], state.keys[size:]
        link, kind = ("@odata.nextLink", "$skiptoken") if rest else ("@odata.deltaLink", "$deltatoken")
        if not size:
            link, kind = "@odata.nextLink", "$skiptoken"
        self._issued += 1
        token = f"t0k+en/{self._issued}=="
        self._states[token] = _State(state.collection, rest, state.since, state.expands, state.is_first)
        escaped = token.replace("+", "%2B").replace("/", "%2f").replace("=", "%3D")
        path = f"{LISTS}/{list_id(state.collection)}/tasks/delta"
        value = self.disordered([self._change(key, state) for key in now])
        return json_reply({"value": value, link: f"{self.url}{path}?{kind}={escaped}"})

    def _change(self, key: str, state: _State) -> dict[str, Any]:
        task = self.world.tasks.get(key)
        if task is None or task.collection != state.collection:
            return {"@removed": {"reason": "deleted"}, "id": opaque(key)}
        whole = self._task(key, expand=state.expands and self._expands(state))
        if self.partial and not state.is_first:
            return {name: whole[name] for name in ("@odata.etag", "id", "lastModifiedDateTime")}
        return whole

    def _expands(self, state: _State) -> bool:
        return self.expands == "kept" or (self.expands == "first" and state.is_first)

    # ----- tasks

    def _task(self, key: str, *, expand: bool) -> dict[str, Any]:
        task, changed = shown(self.world.tasks[key]), self.world.changed_at(key, self.world.clock.now())
        done = task.completed
        fields = {
            "@odata.etag": f'W/"{changed}"',
            "importance": IMPORTANCE.get(task.priority or 0, "normal"),
            "isReminderOn": False,
            "status": "notStarted" if done is None else "completed",
            "title": task.title,
            "createdDateTime": _time(task.created),
            "lastModifiedDateTime": _time(changed),
            "hasAttachments": False,
            "categories": self.disordered_once(task.labels),
            "id": opaque(key),
            "body": {"content": task.notes, "contentType": "text"},
            "completedDateTime": None if done is None else _stamp(done),
            "dueDateTime": _stamp(self._midnight(task.due)) if task.due else None,
            "recurrence": _recurrence(*task.repeat) if task.repeat else None,
        }
        told = {name: value for name, value in fields.items() if value is not None}
        return told | (self._steps(key) if expand else {})

    def _steps(self, key: str) -> dict[str, Any]:
        steps = [self._step(child) for child in self.world.children(key)]
        return {} if self.omits_empty and not steps else {"checklistItems": self.disordered_once(steps)}

    def _step(self, key: str) -> dict[str, Any]:
        step = self.world.tasks[key]
        checked = {} if step.completed is None else {"checkedDateTime": _time(step.completed)}
        return {
            "displayName": step.title,
            "createdDateTime": _time(step.created),
            "isChecked": step.completed is not None,
            "id": opaque(key),
            **checked,
        }

    def _midnight(self, due: str) -> int:
        """The midnight that begins the day where it was set."""
        local = datetime.fromisoformat(due).replace(tzinfo=self.zone)
        return (local - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _is_in(task: WorldTask, collection: str) -> bool:
    return not task.parent and task.collection == collection


def _lost(how: Loss) -> _RefusalError:
    """Refusals of a token that is no longer known; the case of the code's letters is not to be relied on."""
    return {
        "gone": _RefusalError(410, "SyncStateNotFound"),
        "bad": _RefusalError(400, "syncStateNotFound"),
        "missing": _RefusalError(404, "ResourceNotFound"),
    }[how]


def _recurrence(unit: str, count: int) -> dict[str, Any]:
    kind = {"day": "daily", "week": "weekly", "month": "absoluteMonthly", "year": "absoluteYearly"}[unit]
    pattern = {
        "type": kind,
        "interval": count,
        "month": 3 if unit == "year" else 0,
        "dayOfMonth": 5 if unit in {"month", "year"} else 0,
        "daysOfWeek": ["thursday", "monday"] if unit == "week" else [],
        "firstDayOfWeek": "sunday",
        "index": "first",
    }
    return {"pattern": pattern, "range": {"type": "noEnd", "startDate": "2026-01-05"}}


def _time(micros: int) -> str:
    """Seven digits of a second, as Graph has them."""
    seconds = iso(micros - micros % 1_000_000)[:-1]
    return f"{seconds}.{micros % 1_000_000:06}0Z"


def _stamp(micros: int) -> dict[str, str]:
    return {"dateTime": _time(micros)[:-1], "timeZone": "UTC"}
