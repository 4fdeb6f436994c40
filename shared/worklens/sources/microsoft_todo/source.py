"""Microsoft To Do, over Microsoft Graph: the lists, and of each list what changed since last time.

A raw record is one of three JSON objects; the inner ones are the service's own::

    {"list": {"id", "displayName", ...}}
    {"task": {"id", "title", "checklistItems", ...}, "list_id": ...}   a task, with its steps where it came with them
    {"removed": "<id of a task>"}

A step is a task of its own: its id is ``<task>/<step>``, its parent the task. docs/sources/microsoft_todo.md says what is
read and what the service hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

import msgspec

from worklens.sources.base import Context, Coverage, Done, Json, Page, Parsed, Pull, Reading, Unreadable
from worklens.sources.microsoft_todo.api import Api, Asking, record_of
from worklens.sources.microsoft_todo.records import read
from worklens.sources.microsoft_todo.rounds import SCHEMA, Checkpoint, Rounds
from worklens.sources.oauth import OAuth
from worklens.sources.options import Counting, Rate, Settings, Totals, Window
from worklens.tasks import Task

AUTHORITY = (
    "https://login.microsoftonline.com/common/oauth2/v2.0"  # for people of any organization, or of none
)
BASE_URL = "https://graph.microsoft.com/v1.0"
FLAGGED = "flaggedEmails"  # the list that holds flagged mails as if they were tasks


class Known(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """A list as last seen: the link to its changes ("" where it must be listed whole), and whose it is."""

    link: str
    owned: bool = True


class Cursor(msgspec.Struct, kw_only=True, frozen=True):
    """The lists by id, and those of other people's which the person no longer sees."""

    schema: int = SCHEMA
    lists: dict[str, Known]
    left: tuple[str, ...] = ()


Saved = TypeVar("Saved", Cursor, Checkpoint)


class MicrosoftToDo:
    """The service as a source. Settings: ``base_url``, and ``flagged_emails`` (true: they are tasks too)."""

    name = "microsoft_todo"
    secret_fields: frozenset[str] = frozenset()
    # 10,000 questions in 10 minutes for an application and a mailbox; one request may hold 20 of them.
    rate = Rate(windows=(Window(4_000, 600), Window(300, 600, "batch")))

    settings = Settings(may=("flagged_emails",))
    # Nothing but reading tasks; each refreshing gives another refresh token. A public application has no secret.
    oauth = OAuth(
        token_url=f"{AUTHORITY}/token",
        device_url=f"{AUTHORITY}/devicecode",
        scopes=("https://graph.microsoft.com/Tasks.Read", "offline_access"),
        only=True,
    )

    def headers(self, token: str) -> dict[str, str]:
        """The access token."""
        return {"Authorization": f"Bearer {token}"}

    def pull(self, context: Context) -> Pull:
        """Ask for the lists, then for the changes of each; whole where there is no link to them, or it is lost."""
        api = _api(context)
        last = _saved(context.cursor, Cursor)
        plan = _saved(context.checkpoint, Checkpoint)
        if plan is None:
            plan, records = yield from _plan(api, flagged=_is_yes(context.settings.get("flagged_emails")))
            if not plan.owned:  # nobody is without a list: this is no answer to go by
                return Done(cursor=context.cursor)
            yield Page(records=records, checkpoint=_json(plan))
        known = {} if last is None or context.full else {key: list_.link for key, list_ in last.lists.items()}
        rounds = Rounds(api, plan)
        yield from rounds.through(known)
        return Done(cursor=_json(_cursor(rounds, last)), coverage=_coverage(rounds, last, full=context.full))

    def totals(self, context: Context) -> Counting:
        """What is open in a listing of all lists, steps too: those of completed tasks as well."""
        api = _api(context)
        plan, _ = yield from _plan(api, flagged=_is_yes(context.settings.get("flagged_emails")))
        open_: dict[str, int | None] = {}
        for key in plan.owned:
            rows = yield from api.listed(key)
            open_.update(pair for row in rows for pair in _open_in(record_of(row, key)))
        return Totals(open=open_, collections=frozenset(plan.owned))

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task with its steps, the list, or the removal of one raw record. Raises Unreadable."""
        return read(record, reading)


def _open_in(record: bytes) -> Iterator[tuple[str, int | None]]:
    """The task and the steps of a record that are open, each with its creation; what can't be read is held elsewhere."""
    with suppress(Unreadable):
        for task in read(record, Reading(feed="", seen_at=0)):
            if isinstance(task, Task) and task.status == "open":
                yield task.task, task.created.micros if task.created else None


def _api(context: Context) -> Api:
    return Api(str(context.settings.get("base_url", BASE_URL)).rstrip("/"))


def _plan(api: Api, *, flagged: bool) -> Asking[tuple[Checkpoint, list[bytes]]]:
    """The lists to go through, and their records."""
    found = yield from api.lists()
    shown = [(head, raw) for head, raw in found if flagged or head.wellknown_list_name != FLAGGED]
    plan = Checkpoint(
        owned={head.id: head.is_owner is not False for head, _ in shown},
        skipped=tuple(head.id for head, _ in found if not flagged and head.wellknown_list_name == FLAGGED),
    )
    return plan, [b'{"list":%b}' % raw for _, raw in shown]


def _is_yes(setting: Json) -> bool:
    """A setting that is true, or the word for it as it is typed."""
    return str(setting).lower() in {"true", "yes", "1"}


def _cursor(rounds: Rounds, last: Cursor | None) -> Cursor:
    """Of a list that was not shown the link stays as it was, and so does all of one that isn't looked at."""
    plan = rounds.plan
    before = last.lists if last else {}
    lists = {
        key: Known(link=plan.links.get(key, before[key].link if key in before else ""), owned=owned)
        for key, owned in plan.owned.items()
    }
    kept = {key: before[key] for key in plan.skipped if key in before}
    return Cursor(lists=lists | kept, left=tuple(sorted(_left(rounds, last))))


def _left(rounds: Rounds, last: Cursor | None) -> set[str]:
    """Lists of other people that are seen no more: their tasks are not deleted, the person has no access to them."""
    if last is None:
        return set()
    gone = {key for key, list_ in last.lists.items() if not list_.owned}
    return ({*last.left, *gone} - set(rounds.plan.owned)) - set(rounds.plan.skipped)


def _coverage(rounds: Rounds, last: Cursor | None, *, full: bool) -> Coverage:
    """What was listed whole, and the person's own lists that are gone: nothing is left in them to list."""
    plan = rounds.plan
    there = {*plan.owned, *plan.skipped}
    vanished = {key for key, list_ in last.lists.items() if list_.owned} - there if last else set()
    listed = set(plan.whole) & set(plan.links)
    parents = plan.parents
    if (full or last is None) and listed == there and not _left(rounds, last):
        return Coverage(listed="everything", parents=parents)
    covered = tuple(sorted(listed | vanished))
    if not covered:
        return Coverage(parents=parents)
    return Coverage(listed="everything", collections=covered, parents=parents)


def _json(saved: Cursor | Checkpoint) -> str:
    return msgspec.json.encode(saved).decode()


def _saved(text: str, kind: type[Saved]) -> Saved | None:
    """What an earlier version may have left is not read: the lists are then listed whole."""
    try:
        saved = msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError:
        return None
    return saved if saved.schema == SCHEMA else None
