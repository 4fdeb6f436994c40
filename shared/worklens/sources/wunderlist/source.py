"""Wunderlist, by its API v1: walks the tree of revisions, descending only where something changed.

A raw record is one of three JSON objects. The inner objects are the service's own, as the API and the backups of
2014-2019 have them (snake_case); fields we don't know are kept and ignored::

    {"list": {"id", "title", ...}}
    {"task": {"id", "list_id", "title", "created_at", ...}, "notes": [{"content", ...}, ...]}   notes may be absent
    {"subtask": {"id", "task_id", "title", "created_at", ...}, "list_id": ...}                  list_id may be absent

A subtask is a task of its own: its id is ``subtask-<id>``, its parent the task's id. docs/sources/wunderlist.md says
what is read and what the service hides.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from worklens.sources.base import (
    Answer,
    Context,
    Coverage,
    Done,
    Page,
    Parsed,
    Pull,
    Reading,
    Request,
)
from worklens.sources.wunderlist.api import Api, Revisions
from worklens.sources.wunderlist.records import read

BASE_URL = "https://a.wunderlist.com/api/v1"
SCHEMA = 1  # of cursor and checkpoint; another one means a whole walk
NOT_KNOWN = -1  # no list stands at this revision
ROUNDS = 3  # of walking again what changed meanwhile; a person who goes on longer is left for the next run

Walking = Generator[Request | Page, Answer, None]


class Cursor(msgspec.Struct, kw_only=True, frozen=True):
    """The revisions whose content is known. A list that isn't here, or stands at another revision, is to be walked."""

    schema: int = SCHEMA
    root: int
    lists: Revisions


class Checkpoint(msgspec.Struct, kw_only=True, frozen=True):
    """The revisions as this run found them, and the lists it has walked since."""

    schema: int = SCHEMA
    root: int
    lists: Revisions
    walked: tuple[str, ...] = ()


Saved = TypeVar("Saved", Cursor, Checkpoint)


class Wunderlist:
    """The service as a source; the setting ``base_url`` may name another place."""

    name = "wunderlist"
    secret_fields: frozenset[str] = frozenset()

    def headers(self, token: str) -> dict[str, str]:
        """The access token, with the application's id before it where it has one: ``client_id:token``."""
        client, _, access = token.rpartition(":")
        return {"X-Access-Token": access, **({"X-Client-ID": client} if client else {})}

    def pull(self, context: Context) -> Pull:
        """Walk the lists that changed since the cursor; all of them the first time, or when asked in full."""
        api = Api(str(context.settings.get("base_url", BASE_URL)).rstrip("/"))
        known = _saved(context.cursor, Cursor)
        plan = _saved(context.checkpoint, Checkpoint)
        if plan is None:
            root = yield from api.root()
            if known and known.root == root and not context.full:
                return Done(cursor=context.cursor)
            tree = yield from api.lists(root)
            plan = Checkpoint(root=tree.root, lists=tree.lists)
            yield _page([tree.records[key] for key in _todo(plan, known, context.full)], plan)
        walk = Walk(api, plan)
        todo = _todo(plan, known, context.full)
        yield from walk.through([key for key in todo if key not in plan.walked])
        yield from walk.again()
        cursor = _json(walk.cursor(known))
        if not walk.complete:
            return Done(cursor=cursor)
        vanished = set(known.lists) - set(plan.lists) if known else set()
        whole = known is None or context.full
        return Done(cursor=cursor, coverage=_coverage(None if whole else {*todo, *vanished, *walk.restless}))

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task, subtask or list of one raw record. Raises Unreadable."""
        return (read(record, reading),)


def _todo(plan: Checkpoint, known: Cursor | None, full: bool) -> list[str]:
    """The lists to walk, in the service's order."""
    if known is None or full:
        return list(plan.lists)
    return [key for key, revision in plan.lists.items() if known.lists.get(key) != revision]


def _coverage(collections: set[str] | None) -> Coverage:
    if collections is None:
        return Coverage(listed="everything")
    if not collections:
        return Coverage()
    return Coverage(listed="everything", collections=tuple(sorted(collections)))


def _page(records: list[bytes], plan: Checkpoint) -> Page:
    return Page(records=records, checkpoint=_json(plan))


def _json(saved: Cursor | Checkpoint | None) -> str:
    return "" if saved is None else msgspec.json.encode(saved).decode()


def _saved(text: str, kind: type[Saved]) -> Saved | None:
    """What an earlier version may have left is not read: the walk then begins anew."""
    try:
        saved = msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError:
        return None
    return saved if saved.schema == SCHEMA else None


# ----- walking


class Walk:
    """A walk through lists of a tree that may change meanwhile.

    A list is ``restless`` if it changed after the run's first look. It is walked again, so that a task that was moved
    is seen where it went, and what is seen nowhere is gone. But a task that was seen and then deleted is not missed
    yet: for restless lists the cursor keeps the revision of the first look, and the next run walks them again.
    """

    def __init__(self, api: Api, plan: Checkpoint) -> None:
        """Nothing is walked but what the plan says."""
        self.api, self.plan = api, plan
        self.root, self.lists = plan.root, plan.lists  # at the last look
        self.restless: set[str] = set()
        self.unread: set[str] = set()  # lists the service did not show
        self.calm = False

    def through(self, todo: Sequence[str]) -> Walking:
        """Walk these lists, a page and a checkpoint each."""
        for key in todo:
            records = yield from self.api.walk(key)
            if records is None:
                self.unread.add(key)
                continue
            self.unread.discard(key)
            self.plan = replace(self.plan, walked=(*self.plan.walked, key))
            yield _page(records, self.plan)

    def again(self) -> Walking:
        """Walk what changed meanwhile, until a look at the tree shows nothing new or the rounds are used up."""
        for _ in range(ROUNDS):
            root = yield from self.api.root()
            self.calm = root == self.root
            if self.calm:
                return
            tree = yield from self.api.lists(root)
            moved = [
                key for key in {**self.lists, **tree.lists} if self.lists.get(key) != tree.lists.get(key)
            ]
            self.root, self.lists, self.calm = tree.root, tree.lists, not moved
            if self.calm:
                return
            self.restless.update(moved)
            there = [key for key in moved if key in tree.lists]
            yield _page([tree.records[key] for key in there], self.plan)
            yield from self.through(there)

    @property
    def complete(self) -> bool:
        """Whether every list that is still there was seen as it now is."""
        return self.calm and self.unread.isdisjoint(self.lists)

    def cursor(self, known: Cursor | None) -> Cursor | None:
        """Where the next run begins: at this run's first look if this walk is whole, else where this run began.

        The root moves on to the last look only if no list changed meanwhile. A list that was walked and has no
        revision to keep is remembered as not known, so that it is missed should it be gone next time.
        """
        first = self.plan if self.complete else known
        if first is None:
            return None
        unknown = dict.fromkeys((*self.plan.lists, *self.restless), NOT_KNOWN)
        calm = self.complete and not self.restless
        return Cursor(root=self.root if calm else first.root, lists={**unknown, **first.lists})
