"""TickTick and Dida365, by their Open API: what is open now, what was completed since, and what became of the rest.

A raw record is one of four JSON objects; the inner ones are the service's own::

    {"project": {"id", "name", ...}}
    {"inbox": "<the inbox's id>"}
    {"task": {"id", "projectId", "items", ...}}   with the items of its checklist
    {"removed": "<id of a task>"}

An item is a task of its own: its id is ``<task>/<item>``, its parent the task. docs/sources/ticktick.md says what is
read and what the service hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from worklens.sources.base import Context, Coverage, Done, Page, Parsed, Pull, Reading, Response
from worklens.sources.oauth import OAuth
from worklens.sources.options import Rate, Window
from worklens.sources.ticktick.api import INBOX, Api, fingerprint
from worklens.sources.ticktick.ledger import SCHEMA, Cursor, Ledger
from worklens.sources.ticktick.records import read
from worklens.sources.ticktick.times import written
from worklens.sources.ticktick.walk import Checkpoint, Walk
from worklens.tasks import DAY

OVERLAP = 2 * DAY  # by which completions are asked for again: for those of a phone that was offline
PARENTS = 5_000  # tasks whose items a run answers for; the rest are answered for when they change again
PAUSE = 30.0  # seconds to stay away after "too many", which is said without a word of how long
TOO_MANY = re.compile(rb"exceed_query_limit")
PORT = 8976  # of the redirect, which is registered with the application and may not vary

Saved = TypeVar("Saved", Cursor, Checkpoint)


class TickTick:
    """The service as a source; the setting ``base_url`` may name another place."""

    name = "ticktick"
    base_url = "https://api.ticktick.com/open/v1"
    secret_fields: frozenset[str] = frozenset()
    # Nothing is published. 22 requests at once have been refused, and one every two seconds has not.
    rate = Rate(windows=(Window(20, 40),))
    oauth = OAuth(
        authorize_url="https://ticktick.com/oauth/authorize",
        token_url="https://ticktick.com/oauth/token",  # noqa: S106 (an address)
        scopes=("tasks:read",),
        host="localhost",
        port=PORT,
        needs_secret=True,
    )

    def headers(self, token: str) -> dict[str, str]:
        """The personal API token, or an access token."""
        return {"Authorization": f"Bearer {token}"}

    def signal(self, response: Response) -> float | None:
        """Too many requests, which the service says with status 500 and a code."""
        if response.status < 400 or not TOO_MANY.search(response.body):
            return None
        stated = response.headers.get("retry-after", "")
        return float(stated) if re.fullmatch(r"\d{1,5}", stated) else PAUSE

    def pull(self, context: Context) -> Pull:
        """List what is open and what was completed, and look up what is seen nowhere."""
        api = Api(str(context.settings.get("base_url", self.base_url)).rstrip("/"))
        last, checkpoint = _saved(context.cursor, Cursor), _saved(context.checkpoint, Checkpoint)
        whole = context.full or last is None
        projects = yield from api.projects()
        marks = {key: fingerprint(raw) for key, (_, raw) in projects.items()}
        told = {} if last is None or context.full else last.projects
        ledger = Ledger(last, recent=context.now - OVERLAP, full=whole)
        heads = {key: head for key, (head, _) in projects.items()}
        walk = Walk(api, ledger, heads, checkpoint)
        news = [b'{"project":%b}' % raw for key, (_, raw) in projects.items() if told.get(key) != marks[key]]
        yield Page(records=news, checkpoint=context.checkpoint)
        yield from walk.through_open(whole=whole)
        yield from walk.through_done("" if whole or last is None else _since(last))
        yield from walk.through_missing()
        yield Page(records=list(_inboxes(ledger, told)), checkpoint=context.checkpoint)
        at = context.now if walk.offers_done else (last.at if last else 0)
        cursor = ledger.cursor(at, marks | dict.fromkeys(ledger.inboxes, ""))
        return Done(cursor=_json(cursor), coverage=_coverage(walk, last))

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task with its items, the list, or the removal of one raw record. Raises Unreadable."""
        return read(record, reading, self.name)


class Dida365(TickTick):
    """The same service in China, with accounts of its own."""

    name = "dida365"
    base_url = "https://api.dida365.com/open/v1"
    oauth = msgspec.structs.replace(
        TickTick.oauth,
        authorize_url="https://dida365.com/oauth/authorize",
        token_url="https://dida365.com/oauth/token",  # noqa: S106 (an address)
    )


def _since(last: Cursor) -> str:
    """From when on completions are news."""
    return written(last.at - OVERLAP) if last.at else ""


def _inboxes(ledger: Ledger, told: Mapping[str, str]) -> Iterator[bytes]:
    """The inbox, which no list of projects has, once its name is known."""
    for key in sorted(ledger.inboxes - told.keys()):
        yield b'{"inbox":%b}' % msgspec.json.encode(key)


def _coverage(walk: Walk, last: Cursor | None) -> Coverage:
    """Where nothing is remembered, absence speaks for the projects that were listed; else the ledger does."""
    if last is None:
        if not walk.offers_done:
            return Coverage()
        return Coverage(listed="open", collections=tuple(sorted(walk.listed - {INBOX})))
    return Coverage(parents=tuple(walk.ledger.touched)[:PARENTS])


def _json(cursor: Cursor) -> str:
    return msgspec.json.encode(cursor).decode()


def _saved(text: str, kind: type[Saved]) -> Saved | None:
    """What an earlier version may have left is not read: all is then told anew."""
    try:
        saved = msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError:
        return None
    return saved if saved.schema == SCHEMA else None
