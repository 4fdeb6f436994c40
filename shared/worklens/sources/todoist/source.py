"""Todoist, by its API v1: what changed since last time, what was completed, and the log of what repeats.

A raw record is one of three JSON objects; the inner ones are the service's own::

    {"project": {"id", "name", ...}}
    {"item": {"id", "content", "due", ...}, "occurrence": {...}}     a task; the occurrence is left out where it is plain
    {"event": {"object_id", "event_date", ...}, "occurrence": {...}} a completion of a task of which no more is left

``records.Occurrence`` says what stands in the occurrence. docs/sources/todoist.md says what is read and what
the service hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, islice
from typing import NamedTuple, TypeVar

import msgspec

from worklens.messages import Rejected
from worklens.sources.base import Context, Coverage, Done, Json, Page, Parsed, Pull, Reading, Refused
from worklens.sources.file_pull import PAGE
from worklens.sources.oauth import OAuth
from worklens.sources.options import Counting, Rate, Settings, Totals, Window
from worklens.sources.todoist.api import EVERYTHING, Api, Asking, Row, Synced
from worklens.sources.todoist.records import read
from worklens.sources.todoist.series import Ledger, Log, Series
from worklens.tasks import DAY, day, micros

BASE_URL = "https://api.todoist.com/api/v1"
SCHEMA = (
    1  # of what is asked for; another one means a whole listing, as an old token hides what is new in ours
)
HISTORY = 730 * DAY  # of completions asked for the first time, without the setting history_since: two years
WINDOW = (
    84 * DAY
)  # of completions in one question; the limit is three months, of which the shortest have 89 days
HOUR = DAY // 24  # by which completions are asked again: for those that came late to the list
OVERLAP = 2 * DAY  # by which the log is read again: for entries that came late, from a phone that was offline
MINUTE = DAY // 1440  # two clocks may differ by
FREE_LOG = 7  # days of the log, where the plan doesn't say

Saved = TypeVar("Saved")


class Cursor(msgspec.Struct, frozen=True, kw_only=True):
    """How far we have come: the sync token, the service's time at it, and the ledger of what repeats."""

    schema: int = SCHEMA
    token: str
    at: int
    log_days: int
    series: dict[str, Series] = {}


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """What a run that was cut off need not ask again: completions up to this instant."""

    schema: int = SCHEMA
    listed: int


class Reach(NamedTuple):
    """From which instants on (microseconds) a run asks for completions, for the log, and heeds the log's deletions."""

    completed: int
    log: int
    log_days: int
    deletions: int


class Todoist:
    """The service as a source. Settings: ``base_url``, and ``history_since`` (a date) for the first time."""

    name = "todoist"
    secret_fields: frozenset[str] = frozenset({"token", "websocket_url"})
    settings = Settings(may=("history_since",))
    oauth = OAuth(
        authorize_url="https://app.todoist.com/oauth/authorize",
        token_url="https://api.todoist.com/oauth/access_token",  # noqa: S106 - an address
        revoke_url=f"{BASE_URL}/revoke",
        scopes=("data:read",),
        separator=",",
        host="localhost",
        port=8466,  # the redirect is registered with its port
        path="/callback",
        needs_secret=True,
    )
    # Full listings are counted apart (docs/sources/todoist.md).
    rate = Rate((Window(1_000, 900.0), Window(100, 900.0, "full")))

    def headers(self, token: str) -> dict[str, str]:
        """The personal token, or the access token of a consent."""
        return {"Authorization": f"Bearer {token}"}

    def pull(self, context: Context) -> Pull:
        """Ask what changed, read the log, list what was completed, and look for what the log alone tells of."""
        api = Api(_base(context))
        last = _saved(context.cursor, Cursor)
        synced = yield from api.sync(_token(last, context.full), context.now)
        reach = _reach(context, last, synced)
        log = Log((yield from _entries(api, reach)), reach.log, synced.end)
        ledger = Ledger(last.series if last else {}, log, None if last else reach.log)
        records = chain(_projects(synced), _records(synced.handed_on(), ledger))
        yield from _pages(records, log.rejected, _listed(reach.completed, context))
        for begin, end in windows(reach.completed, synced.now + DAY):
            rows = yield from api.completed(begin, end)
            fresh = [row for row in rows if _is_fresh(row, synced)]
            yield Page(records=list(_records(fresh, ledger)), checkpoint=_listed(end, context))
        rest = yield from _rest(api, ledger)
        yield Page(records=rest + ledger.removals(reach.deletions), checkpoint=_listed(context.now, context))
        cursor = Cursor(
            token=synced.token,
            at=synced.now,
            log_days=reach.log_days,
            series=ledger.kept(synced.now - OVERLAP),
        )
        return Done(cursor=_json(cursor), coverage=_coverage(synced, log))

    def totals(self, context: Context) -> Counting:
        """What a whole listing holds, counted as it comes."""
        synced = yield from Api(_base(context)).sync(EVERYTHING, context.now)
        heads = [row.head for row in synced.items.values() if row.head]
        there = [head for head in heads if not (head.is_done or head.is_deleted)]
        return Totals(
            open={str(head.id): micros(head.added_at) if head.added_at else None for head in there},
            collections=frozenset(synced.projects_where(deleted=False)),
        )

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task, removal or project of one raw record. Raises Unreadable."""
        return read(record, reading)


def windows(since: int, until: int) -> Iterator[tuple[int, int]]:
    """The stretches of time in which completions are asked for, oldest first."""
    while since < until:
        end = min(since + WINDOW, until)
        yield since, end
        since = end


def _listed(until: int, context: Context) -> str:
    """The checkpoint. The last hour is asked again, since a run that goes on has another, later sync."""
    return _json(Checkpoint(listed=min(until, context.now - HOUR)))


def _entries(api: Api, reach: Reach) -> Asking[list[msgspec.Raw]]:
    """The log's entries; a plan without a log has none."""
    return (yield from api.log(reach.log)) if reach.log_days else []


def _projects(synced: Synced) -> list[bytes]:
    return [b'{"project":%b}' % raw for raw in synced.projects.values()]


def _records(rows: Iterable[Row], ledger: Ledger) -> Iterator[bytes]:
    """What can't be read goes on as it is: parse will say what is wrong with it."""
    for raw, head in rows:
        yield from [b'{"item":%b}' % raw] if head is None else ledger.take(head, raw)


def _pages(records: Iterator[bytes], rejected: list[Rejected], checkpoint: str) -> Iterator[Page]:
    """One page, and more where it would grow large: a first sync may hold a hundred thousand tasks."""
    yield Page(records=list(islice(records, PAGE)), rejected=rejected, checkpoint=checkpoint)
    while part := list(islice(records, PAGE)):
        yield Page(records=part, checkpoint=checkpoint)


def _is_fresh(row: Row, synced: Synced) -> bool:
    """Whether a completed item is news: this sync may have told it, and what was done later is for the next one."""
    if row.head is None or row.head.completed_at is None:
        return True
    if synced.end is not None and micros(row.head.completed_at) > synced.end:
        return False
    return str(row.head.id) not in synced.over


def _rest(api: Api, ledger: Ledger) -> Asking[list[bytes]]:
    """What the log tells of items that didn't come: they are asked for one by one."""
    records: list[bytes] = []
    for name in ledger.unmet:
        row = yield from api.item(name)
        records += ledger.take(row.head, row.raw) if row and row.head else ledger.sparse(name)
    return records


def _coverage(synced: Synced, log: Log) -> Coverage:
    """A whole listing covers the open tasks of the projects that are there.

    What is in a project that was archived, or left, is in no listing and yet not deleted. Of a project that was
    deleted nothing is left to list, and that is complete.
    """
    deleted = synced.projects_where(deleted=True) | log.projects_deleted
    covered = deleted | synced.projects_where(deleted=False) if synced.is_full else deleted
    return Coverage(listed="open", collections=tuple(sorted(covered))) if covered else Coverage()


# ----- what is remembered, and what is set


def _base(context: Context) -> str:
    return str(context.settings.get("base_url", BASE_URL)).rstrip("/")


def _token(last: Cursor | None, full: bool) -> str:
    return EVERYTHING if full or last is None or last.schema != SCHEMA else last.token


def _reach(context: Context, last: Cursor | None, synced: Synced) -> Reach:
    """From where on to ask: since the last time, or from the beginning of the history."""
    checkpoint = _saved(context.checkpoint, Checkpoint)
    history = _history(context)
    completed = history if last is None or context.full else last.at - HOUR
    days = synced.log_days  # the plan's word comes only when it changes
    if days is None:
        days = last.log_days if last else FREE_LOG
    log = last.at - OVERLAP if last else history
    return Reach(
        completed=max(completed, checkpoint.listed) if checkpoint else completed,
        log=max(log, synced.now - days * DAY) if days >= 0 else log,
        log_days=days,
        deletions=min(context.now, last.at if last else context.now) - MINUTE,
    )


def _history(context: Context) -> int:
    setting = context.settings.get("history_since")
    return context.now - HISTORY if setting is None else _date(setting)


def _date(setting: Json) -> int:
    try:
        return day(setting if isinstance(setting, date) else str(setting)).micros
    except ValueError:
        raise Refused("wrong-setting", setting="history_since", expected="YYYY-MM-DD") from None


def _saved(text: str, kind: type[Saved]) -> Saved | None:
    """What we saved; None where there is nothing, or an older version of us saved something else."""
    try:
        return msgspec.json.decode(text, type=kind) if text else None
    except msgspec.DecodeError:
        return None


def _json(value: Mapping[str, Json] | msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()
