"""What is asked of GitHub: who we are, the issues that changed, the open ones, a single one, and what happened to them."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import NamedTuple, TypeVar

import msgspec

from worklens.messages import Rejected
from worklens.sources.base import Answer, Refused, Request, Response
from worklens.sources.github.graph import Story, question, stories
from worklens.sources.github.records import Repository
from worklens.sources.github.rows import Row
from worklens.tasks import iso, micros

MOST = "100"  # rows in an answer; the default is 30
NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')

Found = TypeVar("Found")
Asking = Generator[Request, Answer, Found]


class Listing(NamedTuple):
    """A page of issues; ``is_same``: nothing has changed since the ETag that was asked with."""

    rows: Sequence[Row] = ()
    rejected: Sequence[Rejected] = ()
    next: str = ""  # the address of the next page
    etag: str = ""
    now: int | None = None  # the service's clock, microseconds
    is_same: bool = False


class Me(msgspec.Struct, gc=False):
    """Whose token it is."""

    login: str


class Api:
    """The endpoints at a base address without a slash at its end, for a repository or for what is assigned to us."""

    def __init__(self, base: str, repository: str) -> None:
        """``repository`` is ``owner/name``, or empty."""
        self.base, self.repository = base, repository

    def me(self) -> Asking[str]:
        """Our own name there."""
        response = yield from _ask(Request(url=f"{self.base}/user"))
        return msgspec.json.decode(response.body, type=Me).login

    def home(self) -> Asking[Repository]:
        """The repository. Refused where there is none that we may see."""
        response = yield from _ask(Request(url=f"{self.base}/repos/{self.repository}", accept=(200, 404)))
        if response.status != HTTPStatus.OK:
            raise Refused("repository-unseen", repository=self.repository)
        return msgspec.json.decode(response.body, type=Repository)

    def changed(self, since: int | None, etag: str) -> Asking[Listing]:
        """The issues that changed since then (microseconds), in whatever state, those that changed last at the end."""
        params = {"state": "all", "sort": "updated", "direction": "asc"}
        if since is not None:
            params["since"] = iso(since)
        return (yield from self._list(params, etag))

    def opened(self) -> Asking[Listing]:
        """The open issues, in the order they were made in."""
        return (yield from self._list({"state": "open", "sort": "created", "direction": "asc"}, ""))

    def all_open(self) -> Asking[list[Row]]:
        """The open issues to the last page."""
        listing = yield from self.opened()
        rows = list(listing.rows)
        while listing.next:
            listing = yield from self.page(listing.next)
            rows += listing.rows
        return rows

    def _list(self, params: dict[str, str], etag: str) -> Asking[Listing]:
        path = f"/repos/{self.repository}/issues" if self.repository else "/issues"
        scope = {} if self.repository else {"filter": "assigned"}
        request = Request(
            url=self.base + path,
            params={**scope, **params, "per_page": MOST},
            headers={"If-None-Match": etag} if etag else {},
            accept=(200, 304) if etag else (200,),
        )
        return self._listing((yield from _ask(request)))

    def page(self, url: str) -> Asking[Listing]:
        """The page at an address that the service gave."""
        return self._listing((yield from _ask(Request(url=url))))

    def issue(self, repository: str, number: int) -> Asking[tuple[int, Row | None]]:
        """One issue, or that which it was transferred to; and the status."""
        url = f"{self.base}/repos/{repository}/issues/{number}"
        response = yield from _ask(Request(url=url, accept=(200, 404, 410)))
        rows, _ = _rows(b"[%b]" % response.body if response.status == HTTPStatus.OK else b"[]")
        return response.status, next(iter(rows), None)

    def stories(self, ids: Sequence[str], since: int | None) -> Asking[dict[str, Story]]:
        """What happened to issues and pull requests, by node id; nothing where the token may not ask so."""
        if not ids:
            return {}
        url = self.base.removesuffix("/v3") + "/graphql"
        asked = Request(method="POST", url=url, json=question(ids, since), accept=(200, 403))
        response = yield from _ask(asked)
        return stories(response.body) if response.status == HTTPStatus.OK else {}

    def _listing(self, response: Response) -> Listing:
        now = _date(response)
        if response.status == HTTPStatus.NOT_MODIFIED:
            return Listing(now=now, is_same=True)
        rows, rejected = _rows(response.body)
        link = NEXT.search(response.headers.get("link", ""))
        return Listing(rows, rejected, link[1] if link else "", response.headers.get("etag", ""), now)


def _ask(request: Request) -> Asking[Response]:
    answer = yield request
    if not isinstance(answer, Response):
        raise TypeError("a request is answered with a response")
    return answer


def _rows(body: bytes) -> tuple[list[Row], list[Rejected]]:
    """The rows; what can't be read is put aside without its text, which may be somebody else's."""
    rows: list[Row] = []
    rejected: list[Rejected] = []
    for raw in _raws.decode(body):
        try:
            row = _row.decode(raw)
            _ = row.changed
            rows.append(row)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            is_shape = isinstance(error, msgspec.MsgspecError)
            params = {"error": str(error) if is_shape else type(error).__name__}
            reason = "wrong-shape" if is_shape else "wrong-value"
            rejected.append(Rejected(place="issues", reason=reason, params=params, payload=""))
    return rows, rejected


def _date(response: Response) -> int | None:
    try:
        return micros(parsedate_to_datetime(response.headers.get("date", "")))
    except (ValueError, TypeError):
        return None


_raws = msgspec.json.Decoder(list[msgspec.Raw])
_row = msgspec.json.Decoder(Row)
