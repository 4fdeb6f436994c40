"""GitHub's issues and pull requests: those assigned to us, or all of a repository, less what other people wrote.

A raw record is one of three JSON objects, made of the service's fields; what isn't read is left out::

    {"issue": {"id", "number", "title", "state", ...}, "repository_id": 1,
     "pull": {"first_commit", "first_review"}, "events": [{"id", "kind", "at"}],
     "left": "..."}                                           pull, events and left may be absent
    {"repository": {"id", "full_name"}}
    {"gone": {"id"}}                                              it was deleted

docs/sources/github.md says what is read and what the service hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TypeVar

import msgspec

from worklens.sources.base import Context, Done, Json, Page, Parsed, Pull, Reading, Refused, Response
from worklens.sources.github.api import Api
from worklens.sources.github.records import Record, read
from worklens.sources.github.rows import created
from worklens.sources.github.walk import Cursor, Plan, Walk
from worklens.sources.options import Counting, Rate, Settings, Totals, Window

BASE_URL = "https://api.github.com"
SCHEMA = 2  # of the cursor and of what is kept; another one means that all is listed again
VERSION = "2022-11-28"  # of the API
REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
LIMITED = {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
MINUTE = 60.0  # seconds to wait after a limit that says no more, by GitHub's own advice

Saved = TypeVar("Saved")


class Trouble(msgspec.Struct, frozen=True):
    """An error of GraphQL."""

    type: str = ""


class Failed(msgspec.Struct):
    """What is wrong, where something is."""

    message: str = ""
    errors: tuple[Trouble, ...] = ()


class GitHub:
    """The service as a source. Settings: ``repository`` (``owner/name``), and ``base_url`` of an own server."""

    name = "github"
    secret_fields: frozenset[str] = frozenset()
    settings = Settings(may=("repository",), part="repository")
    rate = Rate(
        (Window(5_000, 3_600.0), Window(900, 60.0)), per="application"
    )  # a person's tokens share them

    def headers(self, token: str) -> dict[str, str]:
        """The personal token, and which API we know."""
        return {
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": VERSION,
        }

    def signal(self, response: Response) -> float | None:
        """Too many requests: said with 403 or 429, and for how long in one of two headers or not at all."""
        if response.status == HTTPStatus.OK:
            return _wait(response) if _is_limited(response.body) else None
        if response.status not in LIMITED:
            return None
        headers = response.headers
        said = "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"
        is_secondary = "rate limit" in _failed(response.body).message.lower()
        is_limit = said or is_secondary or response.status == HTTPStatus.TOO_MANY_REQUESTS
        return _wait(response) if is_limit else None

    def trial(self, context: Context) -> Pull:
        """See whose token it is, and whether it opens the repository. Raises Refused where it doesn't."""
        api = _api(context.settings)
        yield from api.me()
        if api.repository:
            yield from api.home()
        return Done(cursor="")

    def pull(self, context: Context) -> Pull:
        """Ask what changed, and once a day which issues are open still."""
        api = _api(context.settings)
        last = _cursor(context.cursor, api.repository)
        plan = _saved(context.checkpoint, Plan)
        if plan is None:
            me = last.me or (yield from api.me())
            home = next(iter(last.repositories), 0) if api.repository else 0
            if api.repository and not home:
                found = yield from api.home()
                yield Page(records=[msgspec.json.encode(Record(repository=found))])
                home = found.id
            whole = context.full or not last.since
            plan = Plan(me=me, home=home, whole=whole, since=None if whole else last.since)
        walk = Walk(api, plan, last)
        yield from walk.changes()
        if walk.is_due:
            yield from walk.opened()
        return Done(cursor=msgspec.json.encode(walk.cursor(SCHEMA)).decode())

    def totals(self, context: Context) -> Counting:
        """The open ones, as a listing has them; where none of a repository is open, its number has to be asked for."""
        api = _api(context.settings)
        home = (yield from api.home()).id if api.repository else 0
        rows = yield from api.all_open()
        numbers = {row.repository.id if row.repository else home for row in rows}
        return Totals(
            open={str(row.id): created(row) for row in rows},
            collections=frozenset(map(str, numbers | {home} - {0})),
        )

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """What is in one raw record. Raises Unreadable."""
        return read(record, reading)


def _api(settings: Mapping[str, Json]) -> Api:
    return Api(str(settings.get("base_url", BASE_URL)).rstrip("/"), _repository(settings))


def _repository(settings: Mapping[str, Json]) -> str:
    name = str(settings.get("repository") or "")
    if name and not REPOSITORY.fullmatch(name):
        raise Refused("wrong-setting", setting="repository", expected="owner/name")
    return name


def _cursor(text: str, scope: str) -> Cursor:
    """The cursor; one of another version of us or another repository, or none, knows nothing."""
    cursor = _saved(text, Cursor)
    if cursor and (cursor.schema, cursor.scope) == (SCHEMA, scope):
        return cursor
    return Cursor(schema=SCHEMA, scope=scope, me="", since=0)


def _saved(text: str, kind: type[Saved]) -> Saved | None:
    """What we saved; None where there is nothing, or an older version of us saved something else."""
    try:
        return msgspec.json.decode(text, type=kind) if text else None
    except msgspec.DecodeError:
        return None


# ----- limits


def _wait(response: Response) -> float:
    """The seconds to wait: as said, else until the window's end by the service's own clock, else a minute."""
    headers = response.headers
    if re.fullmatch(r"\d{1,9}", headers.get("retry-after", "").strip()):
        return float(headers["retry-after"])
    if headers.get("x-ratelimit-remaining") == "0":
        try:
            now = parsedate_to_datetime(headers["date"]).timestamp()
            return max(1.0, float(headers["x-ratelimit-reset"]) - now)
        except (KeyError, ValueError, TypeError):
            return MINUTE
    return MINUTE


def _is_limited(body: bytes) -> bool:
    """Whether GraphQL says so, with status 200."""
    return b"RATE_LIMITED" in body and any(trouble.type == "RATE_LIMITED" for trouble in _failed(body).errors)


def _failed(body: bytes) -> Failed:
    try:
        return msgspec.json.decode(body, type=Failed)
    except (msgspec.DecodeError, RecursionError):
        return Failed()
