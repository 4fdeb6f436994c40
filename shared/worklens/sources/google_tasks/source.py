"""Google Tasks, by its API v1: the tasks of each list that changed since last time, with what was deleted.

A raw record is one of two JSON objects; the inner ones are the service's own, less the fields that were not asked for::

    {"task": {"id", "title", "status", "updated", ...}, "list_id": "..."}
    {"list": {"id", "title", "updated", ...}}

docs/sources/google_tasks.md says what is read and what the service hides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from worklens.sources.base import Context, Coverage, Done, Page, Parsed, Pull, Reading, Response
from worklens.sources.google_tasks.api import FORBIDDEN, Api, Asking, Row, reasons
from worklens.sources.google_tasks.records import read
from worklens.sources.google_tasks.walk import OVERLAP, Plan, Walk
from worklens.sources.oauth import OAuth
from worklens.sources.options import Counting, Rate, Totals, Window
from worklens.tasks import DAY

BASE_URL = "https://tasks.googleapis.com/tasks/v1"
SCHEMA = 1  # of the cursor and of what is asked for; another one means a whole listing
NEVER = -(1 << 60)  # long before the week that a whole listing is good for
WHOLE = 7 * DAY  # after so long everything is listed again: how long the service keeps tombstones nobody says
BUSY = {"rateLimitExceeded", "userRateLimitExceeded", "RESOURCE_EXHAUSTED"}
SPENT = {"quotaExceeded", "dailyLimitExceeded"}  # of the whole day
BUSY_WAIT = 15.0  # seconds; the service names none, and counts by the minute
SPENT_WAIT = 3600.0  # the day of the quota ends at midnight in California; the queue asks again now and then

Saved = TypeVar("Saved")


class Cursor(msgspec.Struct, frozen=True, kw_only=True):
    """The lists, and up to which instant of the service's clock (microseconds) the changes of each are known.

    ``gone``: lists that went away since the last whole listing; they are named again by each run, for one with a record
    that couldn't be read concludes nothing from absence. ``whole``: when that listing was begun.
    """

    schema: int = SCHEMA
    lists: dict[str, int]
    gone: tuple[str, ...] = ()
    whole: int = 0


class GoogleTasks:
    """The service as a source; the setting ``base_url`` may name another place."""

    name = "google_tasks"
    secret_fields: frozenset[str] = frozenset()
    rate = Rate((Window(50_000, 86_400.0),), per="application")
    oauth = OAuth(
        authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
        token_url="https://oauth2.googleapis.com/token",  # noqa: S106 (an address)
        revoke_url="https://oauth2.googleapis.com/revoke",
        scopes=("https://www.googleapis.com/auth/tasks.readonly",),
        extra={
            "access_type": "offline",
            "prompt": "consent",
        },  # else a second consent brings no refresh token
        needs_secret=True,  # also of a desktop application, though it is none there
        only=True,
    )

    def headers(self, token: str) -> dict[str, str]:
        """The access token."""
        return {"Authorization": f"Bearer {token}"}

    def signal(self, response: Response) -> float | None:
        """The service says "too many" with 403 and a reason of its own, and never for how long."""
        if response.status != FORBIDDEN:
            return None
        why = reasons(response.body)
        if why & SPENT:
            return SPENT_WAIT
        return BUSY_WAIT if why & BUSY else None

    def pull(self, context: Context) -> Pull:
        """Ask each list for its changes; for everything the first time, when asked in full, and once a week."""
        api = Api(_base(context))
        last = _cursor(context.cursor)
        plan = _saved(context.checkpoint, Plan)
        if plan is None:
            found, start = yield from api.lists()
            plan = yield from _plan(api, found, start, last, context.full)
            titles = [b'{"list":%b}' % row.raw for row in found if _is_new(row, last, plan)]
            if titles:
                yield Page(records=titles, checkpoint=_json(plan))
        walk = Walk(api, plan)
        yield from walk.everything() if plan.whole else walk.changes(_since(last))
        yield from walk.moved()
        cursor = _next(walk, last)
        return Done(cursor=_json(cursor), coverage=_coverage(walk, cursor))

    def totals(self, context: Context) -> Counting:
        """The open tasks of every list, counted as they come; when they were made the service doesn't say."""
        api = Api(_base(context))
        found, _ = yield from api.lists()
        keys = [row.head.id for row in found if row.head]
        names: list[str] = []
        for key in keys:
            names += yield from api.open_in(key)
        return Totals(open=dict.fromkeys(names), collections=frozenset(keys))

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task, removal or list of one raw record. Raises Unreadable."""
        return (read(record, reading),)


def _base(context: Context) -> str:
    return str(context.settings.get("base_url", BASE_URL)).rstrip("/")


def _plan(api: Api, found: list[Row], start: int | None, last: Cursor, full: bool) -> Asking[Plan]:
    """The lists to walk. One that is missing is looked for, as the lists may have come in pages that shifted."""
    lists = [row.head.id for row in found if row.head]
    gone: list[str] = []
    for key in sorted(last.lists.keys() - set(lists)):
        there = yield from api.has_list(key)
        (lists if there else gone).append(key)
    if start is None:  # the service's clock, as near as can be told without it
        start = max((row.head.changed for row in found if row.head), default=0)
    whole = full or start - last.whole >= WHOLE
    names = tuple(lists)
    return Plan(start=start, whole=whole, lists=names, left=names if whole else (), gone=tuple(gone))


def _is_new(row: Row, last: Cursor, plan: Plan) -> bool:
    """Whether the list itself is to be told: all of them in a whole listing, else those that are new or changed."""
    if plan.whole or row.head is None:
        return True
    return row.head.changed >= last.lists.get(row.head.id, 0) - OVERLAP


def _since(last: Cursor) -> dict[str, int]:
    return {key: at - OVERLAP for key, at in last.lists.items()}


def _next(walk: Walk, last: Cursor) -> Cursor:
    """Lists that were not read stay where they were, to be asked again from there, or missed with what was read."""
    plan = walk.plan
    unread = {key: last.lists.get(key, 0) for key in plan.unread}
    gone = () if walk.complete else tuple(sorted({*last.gone, *plan.gone}))
    whole = plan.start if walk.complete else last.whole
    return Cursor(lists=dict.fromkeys(walk.read, plan.start) | unread, gone=gone, whole=whole)


def _coverage(walk: Walk, cursor: Cursor) -> Coverage:
    """What is in no list after a whole walk is deleted; and so is what was in a list that is gone, if it is nowhere else."""
    if walk.complete:
        return Coverage(listed="everything")
    return Coverage(listed="everything", collections=cursor.gone) if cursor.gone else Coverage()


def _cursor(text: str) -> Cursor:
    """The cursor; one of another version of us, or none, knows nothing."""
    cursor = _saved(text, Cursor)
    return cursor if cursor and cursor.schema == SCHEMA else Cursor(lists={}, whole=NEVER)


def _saved(text: str, kind: type[Saved]) -> Saved | None:
    """What we saved; None where there is nothing, or an older version of us saved something else."""
    try:
        return msgspec.json.decode(text, type=kind) if text else None
    except msgspec.DecodeError:
        return None


def _json(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()
