"""A fake Google Tasks (API v1) over a scripted world, and what a Google Tasks reveals of one.

What nobody could tell us of the real service can be switched either way.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from email.utils import formatdate
from hashlib import blake2b
from itertools import islice
from typing import Any, Literal, NamedTuple, Self

import msgspec
from msgspec.structs import replace

from worklens.tasks import DAY, Moment, Task, day, instant, iso
from worklens.testing.observer import Service
from worklens.testing.server import Call, FakeService, Fault, Reply, json_reply
from worklens.testing.truth import Fact, WorldTask
from worklens.testing.world import World

TOKEN = "ya29.an-access-token-of-google"
BASE = "/tasks/v1"
LINK = "https://tasks.google.com/task/"
FIRST = "!"  # the token of the page after an empty first one


def opaque(key: str) -> str:
    """The service's own id of a world's task or list."""
    return urlsafe_b64encode(blake2b(key.encode(), digest_size=16).digest()).decode().rstrip("=")


def shown(task: WorldTask) -> WorldTask:
    """What a Google Tasks shows: no labels, priorities or repetitions, whole days."""
    return replace(task, labels=(), priority=None, repeat=None, due=task.due[:10], occurrence=0)


def current_tasks(world: World, account: str, moves: str = "same") -> dict[str, Task]:
    """The canonical tasks that are there to be read now, by id."""
    names = {key: named(world, key, moves) for key in world.tasks}
    return {names[task.id]: _canonical(shown(task), names, account) for task in world.tasks.values()}


def named(world: World, key: str, moves: str) -> str:
    """The id of a task now: where a move makes a new task of it, each move counts."""
    if moves != "new":
        return opaque(key)
    return opaque(f"{key}/{sum(fact.task == key and fact.kind == 'moved' for fact in world.facts)}")


def _canonical(task: WorldTask, names: Mapping[str, str], account: str) -> Task:
    return Task(
        account=account,
        task=names[task.id],
        collection=opaque(task.collection),
        parent=names[task.parent] if task.parent else "",
        title=task.title,
        notes=task.notes,
        due=day(task.due) if task.due else None,
        completed=None if task.completed is None else Moment(task.completed),
        link=LINK + names[task.id],
    )


GOOGLE_TASKS = Service(
    name="google_tasks", dated=frozenset({"completed"}), task_id=opaque, list_id=opaque, shown=shown
)


def refused(status: int, reason: str) -> Reply:
    """The envelope of every error."""
    errors = [{"domain": "usageLimits", "reason": reason, "message": reason}]
    return json_reply({"error": {"code": status, "message": reason, "errors": errors}}, status)


def limited(reason: str = "userRateLimitExceeded") -> Fault:
    """Too many requests, the way Google says it."""
    return Fault(reply=refused(403, reason))


class Switches(msgspec.Struct, frozen=True, kw_only=True):
    """What the real service does, nobody could tell; each of these can be so or so.

    ``tombstones``: whether what was deleted still has its fields. ``cascade``: whether what was deleted along with its
    parent has tombstones too. ``retention``: after how many days tombstones are no more (-1: never). ``moves``: whether
    a task keeps its id in another list, and if so whether the old one has a tombstone. ``page``: rows at most.
    ``empty_pages``: whether a list may begin with a page that has none.
    """

    tombstones: Literal["whole", "bare"] = "whole"
    cascade: bool = True
    retention: int = -1
    moves: Literal["same", "tombstone", "new"] = "same"
    page: int = 100
    empty_pages: bool = False


class _Entry(NamedTuple):
    """A task, or what is left of one, in a list."""

    task: WorldTask
    id: str
    updated: int
    deleted: bool = False


class FakeGoogleTasks(FakeService):
    """Serves a world (made with ``completes_children=True``).

    ``lag`` (microseconds) lets all answers about tasks be as of a while ago; ``expire_tokens`` counts the tokens of
    pages it will not know.
    """

    def __init__(self, world: World, **switches: Any) -> None:
        """Everything is up to date."""
        super().__init__()
        self.world = world
        self.switches = Switches(**switches)
        self.tokens = {TOKEN}  # those that are accepted
        self.lag = self.expire_tokens = 0
        self._found: tuple[tuple[int, ...], dict[str, list[_Entry]]] = ((), {})

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

    # ----- answering

    def answer(self, call: Call) -> Reply:
        """What the service says."""
        if call.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return refused(401, "authError")
        match call.path.removeprefix(BASE).strip("/").split("/"):
            case ["users", "@me", "lists"]:
                lists = {opaque(key): self._list(key) for key in self.world.lists}
                return self._page(call.query, sorted(lists.items()))
            case ["users", "@me", "lists", name]:
                key = self._key(name)
                return json_reply(self._list(key)) if key else refused(404, "notFound")
            case ["lists", name, "tasks"]:
                key = self._key(name)
                return self._tasks(key, call.query) if key else refused(404, "notFound")
            case ["lists", name, "tasks", task]:
                return self._one(self._key(name), task, call.query)
        return refused(404, "notFound")

    def _key(self, name: str) -> str:
        return next((key for key in self.world.lists if opaque(key) == name), "")

    def _list(self, key: str) -> dict[str, Any]:
        title = self.world.lists[key].title
        changes = (fact.at for fact in self.world.facts if fact.kind == "list-renamed" and key in fact.lists)
        updated = max(changes, default=self.world.lists[key].created)
        return {"kind": "tasks#taskList", "id": opaque(key), "title": title, "updated": _text(updated)}

    def _tasks(self, key: str, query: Mapping[str, str]) -> Reply:
        if query.get("pageToken") and self.expire_tokens > 0:
            self.expire_tokens -= 1
            return refused(400, "invalid")
        asked = ((entry.id, entry) for entry in self._entries().get(key, ()) if _is_asked(entry, query))
        return self._page(query, asked)

    def _one(self, key: str, name: str, query: Mapping[str, str]) -> Reply:
        for entry in self._entries().get(key, ()):
            if entry.id == name:
                return json_reply(_less(self._task(entry), query.get("fields", "")))
        return refused(404, "notFound")

    def _page(self, query: Mapping[str, str], rows: Iterable[tuple[str, Any]]) -> Reply:
        """In the order of ids; a token says after which one to go on, so that none is left out."""
        token = query.get("pageToken", "")
        if not token and self.switches.empty_pages:
            return json_reply({"kind": "tasks#tasks", "nextPageToken": FIRST})
        most = min(int(query.get("maxResults", 20)), 100, self.switches.page)
        found = list(islice((row for row in rows if row[0] > token or token == FIRST), most + 1))
        page: dict[str, Any] = {"kind": "tasks#tasks", "etag": '"an-etag"'}
        if found:
            page["items"] = self.disordered([self._row(row, query) for _, row in found[:most]])
        if len(found) > most:
            page["nextPageToken"] = found[most - 1][0]
        return json_reply(page)

    def _row(self, row: Any, query: Mapping[str, str]) -> dict[str, Any]:
        items = query.get("fields", "").partition("items(")[2].rstrip(")")
        return _less(self._task(row) if isinstance(row, _Entry) else row, items)

    # ----- the tasks of each list

    def _entries(self) -> dict[str, list[_Entry]]:
        """By list, in the order of ids; found anew only when the world or the clock has changed."""
        when = self.now - self.lag
        state = (self.now, self.lag, len(self.world.facts))
        if self._found[0] != state:
            facts = [fact for fact in self.world.facts if fact.at <= when]
            there = self.world.tasks_at(when) if self.lag else self.world.tasks
            self._found = (state, self._sorted(facts, there))
        return self._found[1]

    def _sorted(self, facts: list[Fact], there: Mapping[str, WorldTask]) -> dict[str, list[_Entry]]:
        entries: dict[str, dict[str, _Entry]] = {}
        ids, updated = self._ids(facts), {fact.task: fact.at for fact in facts}
        for key, entry in [*self._deleted(facts, there, ids), *self._moved(facts)]:
            entries.setdefault(key, {})[entry.id] = entry
        for task in there.values():  # what is there again has no tombstone
            entry = _Entry(task, ids[task.id], updated[task.id])
            entries.setdefault(task.collection, {})[entry.id] = entry
        return {key: sorted(some.values(), key=lambda entry: entry.id) for key, some in entries.items()}

    def _ids(self, facts: list[Fact]) -> dict[str, str]:
        """The id of each task as it is now."""
        new = self.switches.moves == "new"
        moves = Counter(fact.task for fact in facts if fact.kind == "moved")
        return {
            fact.task: opaque(f"{fact.task}/{moves[fact.task]}" if new else fact.task)
            for fact in facts
            if fact.task
        }

    def _deleted(
        self, facts: list[Fact], there: Mapping[str, WorldTask], ids: Mapping[str, str]
    ) -> Iterator[tuple[str, _Entry]]:
        """Tombstones of what was deleted, each in its list."""
        for fact in facts:
            is_gone = fact.kind == "deleted" and fact.task not in there
            if is_gone and fact.at >= self._oldest and not self._is_silent(fact):
                yield (
                    fact.lists[0],
                    _Entry(self.world.trash[fact.task], ids[fact.task], fact.at, deleted=True),
                )

    def _moved(self, facts: list[Fact]) -> Iterator[tuple[str, _Entry]]:
        """Tombstones of what was moved, where the service leaves one behind."""
        counts: Counter[str] = Counter()
        for fact in facts:
            if fact.kind == "moved" and self.switches.moves != "same":
                task = self.world.tasks.get(fact.task) or self.world.trash[fact.task]
                name = f"{task.id}/{counts[task.id]}" if self.switches.moves == "new" else task.id
                counts[task.id] += 1
                if fact.at >= self._oldest:
                    yield fact.lists[0], _Entry(task, opaque(name), fact.at, deleted=True)

    @property
    def _oldest(self) -> int:
        """The first instant of which there are tombstones."""
        days = self.switches.retention
        return self.now - days * DAY if days >= 0 else 0

    def _is_silent(self, fact: Fact) -> bool:
        """Whether it was deleted along with its parent, and the service doesn't say so."""
        return not self.switches.cascade and self.world.trash[fact.task].parent in self.world.trash

    def _task(self, entry: _Entry) -> dict[str, Any]:
        task = shown(entry.task)
        tombstone = {"id": entry.id, "updated": _text(entry.updated), "deleted": True}
        if entry.deleted and self.switches.tombstones == "bare":
            return tombstone
        fields = {
            "kind": "tasks#task",
            "etag": '"an-etag"',
            "selfLink": f"https://www.googleapis.com{BASE}/lists/{opaque(task.collection)}/tasks/{entry.id}",
            "position": "00000000000000000000",
            "title": task.title,
            "notes": task.notes or None,
            "parent": self._parent(task),
            "status": "needsAction" if task.completed is None else "completed",
            "due": f"{task.due}T00:00:00.000Z" if task.due else None,
            "completed": None if task.completed is None else _text(task.completed),
            "hidden": None if task.completed is None else True,
            "links": [{"type": "email", "description": "a subject", "link": "https://mail.google.com/"}],
            "webViewLink": LINK + entry.id,
            **(tombstone if entry.deleted else {"id": entry.id, "updated": _text(entry.updated)}),
        }
        return {name: value for name, value in fields.items() if value is not None}

    def _parent(self, task: WorldTask) -> str | None:
        if not task.parent:
            return None
        return (
            self._ids(self.world.facts)[task.parent] if self.switches.moves == "new" else opaque(task.parent)
        )


def _is_asked(entry: _Entry, query: Mapping[str, str]) -> bool:
    """Completed in Google's own apps means hidden too."""
    if entry.deleted and query.get("showDeleted") != "true":
        return False
    if entry.task.completed is not None and not (
        query.get("showCompleted", "true") == "true" == query.get("showHidden")
    ):
        return False
    return entry.updated >= (instant(query["updatedMin"]).micros if "updatedMin" in query else 0)


def _less(row: dict[str, Any], fields: str) -> dict[str, Any]:
    """The row with the fields that were asked for."""
    names = fields.split(",") if fields else row
    return {name: row[name] for name in names if name in row}


def _text(micros: int) -> str:
    """An instant the way the service writes it: always with three digits."""
    return f"{iso(micros // 1_000_000 * 1_000_000)[:-1]}.{micros % 1_000_000 // 1_000:03d}Z"
