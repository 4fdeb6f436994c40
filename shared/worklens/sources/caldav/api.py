"""What is asked of a CalDAV server: where the calendars are, what changed in one, and what its members hold."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple, TypeVar
from urllib.parse import urljoin

import msgspec

from worklens.sources import base
from worklens.sources.base import Refused, Request, Response
from worklens.sources.caldav.xml import (
    CALDAV,
    DAV,
    MEMBERS,
    SERVER,
    WHAT,
    Answer,
    Multistatus,
    changes_since,
    contents_of,
    multistatus,
    path_of,
)

WELL_KNOWN = "/.well-known/caldav"  # RFC 6764
REDIRECTS = (301, 302, 303, 307, 308)
MAX_REDIRECTS = 5
NOT_HERE = (400, 403, 404, 405, 409, 410, 501)  # of an address that isn't CalDAV, or isn't ours
# How sync tokens are refused: by the book 403 or 409, and as servers do it (Xandikos 412, Nextcloud once 418). 507: too much for one answer.
NO_TOKEN = (400, 403, 404, 405, 409, 410, 412, 415, 418, 422, 501, 507)
GONE = (404, 410)
FULL = 507  # of a listing that was cut: there is more
AGAIN = 3  # tries at an answer that is no XML, though it doesn't say that it isn't
BATCH = 200  # members in one question; a to-do has about a thousand bytes
LISTINGS = 10_000  # pieces of one cut listing; more is a circle

Found = TypeVar("Found")
Asking = Generator[Request, base.Answer, Found]


class Calendar(NamedTuple):
    """A calendar that may hold to-dos. ``mark`` changes whenever anything in it does; "" where the server gives none."""

    url: str
    title: str
    token: str
    mark: str

    @property
    def id(self) -> str:
        """What the list is called: its path."""
        return path_of(self.url)


class Home(msgspec.Struct, frozen=True):
    """Where the calendars are: folders of them, or the one calendar itself."""

    urls: tuple[str, ...]
    is_calendar: bool = False


class Member(NamedTuple):
    """A member of a calendar by its address, with its state."""

    href: str
    etag: str


class Listing(NamedTuple):
    """What changed in a calendar, by name, and the token to ask with next time; ``whole``: it is all there is."""

    token: str
    members: dict[str, Member]
    gone: set[str]
    whole: bool


class Content(NamedTuple):
    """What a member holds, with its state then."""

    name: str
    etag: str
    text: str


def name_of(href: str) -> str:
    """A member's name in its calendar."""
    return path_of(href).rpartition("/")[2]


def short(etag: str) -> str:
    """An etag in few characters; "" where there is none."""
    return blake2b(etag.encode("utf-8", "replace"), digest_size=5).hexdigest() if etag else ""


# ----- finding the calendars


def find_home(url: str) -> Asking[Home]:
    """Where the calendars are, from whatever address the person knows. Raises Refused where there are none."""
    for start in (url, urljoin(url, WELL_KNOWN)):
        home = yield from _home_from(start)
        if home is not None:
            return home
    looked = yield from look(url, 1)  # a folder of calendars that says nothing of whose it is
    if looked and any(_calendars(looked)):
        return Home((looked[0][0],))
    raise Refused("no-calendars", url=url)


def _home_from(url: str) -> Asking[Home | None]:
    for _ in range(2):  # the address itself, then the person it leads to
        found = yield from look(url)
        if not found:
            return None
        at, answer = found[0]
        if f"{CALDAV}calendar" in answer.kinds(f"{DAV}resourcetype"):
            return Home((at,), is_calendar=True)
        homes = answer.hrefs(f"{CALDAV}calendar-home-set")
        if homes:
            return Home(tuple(urljoin(at, href) for href in homes))
        people = answer.hrefs(f"{DAV}current-user-principal")
        if not people:
            return None
        url = urljoin(at, people[0])
    return None


def look(url: str, depth: int = 0) -> Asking[list[tuple[str, Answer]] | None]:
    """What an address is, and with a depth of 1 what is in it; None where it isn't there, or isn't for us."""
    for _ in range(MAX_REDIRECTS):
        response = yield from _ask("PROPFIND", url, WHAT, depth, (207, *REDIRECTS, *NOT_HERE))
        target = response.headers.get("location", "")
        if response.status in REDIRECTS and target:
            url = urljoin(url, target)
            continue
        if response.status != 207:
            return None
        found = yield from _read(response, "PROPFIND", url, WHAT, depth)
        return [(urljoin(url, answer.href), answer) for answer in found.answers if answer.status == 200]
    raise Refused("redirected", host=url)


def exists(url: str) -> Asking[bool]:
    """Whether a calendar is still there, or may be: it is gone only where the server says so, in either of two ways."""
    response = yield from _ask("PROPFIND", url, WHAT, 0, (207, *REDIRECTS, *NOT_HERE))
    if response.status != 207:
        return response.status not in GONE
    found = yield from _read(response, "PROPFIND", url, WHAT, 0)
    return not _is_gone(path_of(url), found.answers)


def calendars(home: Home) -> Asking[list[Calendar] | None]:
    """The calendars that may hold to-dos; None where the place isn't there any more."""
    found: dict[str, Calendar] = {}
    for url in home.urls:
        looked = yield from look(url, 0 if home.is_calendar else 1)
        if not looked:
            return None
        found |= {calendar.id: calendar for calendar in _calendars(looked)}
    return list(found.values())


def _calendars(looked: Sequence[tuple[str, Answer]]) -> Iterator[Calendar]:
    for url, answer in looked:
        kinds = answer.kinds(f"{DAV}resourcetype")
        is_gone = any(kind.endswith(" deleted-calendar") for kind in kinds)  # in Nextcloud's bin
        if f"{CALDAV}calendar" not in kinds or is_gone or not _holds_todos(answer):
            continue
        token, tag = answer.text(f"{DAV}sync-token"), answer.text(f"{SERVER}getctag")
        title = answer.text(f"{DAV}displayname") or name_of(url.rstrip("/"))
        yield Calendar(url, title, token, f"{token} {tag}".strip())


def _holds_todos(answer: Answer) -> bool:
    """Whether a calendar takes to-dos; one that doesn't say takes all there is."""
    node = answer.properties.get(f"{CALDAV}supported-calendar-component-set")
    kinds = [child.attributes.get("name", "").upper() for child in node.children] if node else []
    return "VTODO" in kinds or not kinds


# ----- what changed in one


def changes(calendar: Calendar, token: str) -> Asking[Listing | None]:
    """What changed since the token; all there is where there is none, or the server knows it no more.

    None where the calendar can't be listed at all. A server without sync tokens is asked for its etags.
    """
    for since in dict.fromkeys((token, "")) if calendar.token or token else ():
        listing = yield from _changes_since(calendar, since)
        if listing is not None:
            return listing
    return (yield from _etags(calendar))


def _changes_since(calendar: Calendar, token: str) -> Asking[Listing | None]:
    """None where the token is refused, or the listing was cut and can't be continued."""
    whole, seen = not token, {token}
    members: dict[str, Member] = {}
    gone: set[str] = set()
    for _ in range(LISTINGS):
        body = changes_since(token)
        response = yield from _ask("REPORT", calendar.url, body, 0, (207, *NO_TOKEN))
        if response.status != 207:
            return None
        found = yield from _read(response, "REPORT", calendar.url, body, 0)
        if _is_gone(calendar.id, found.answers):
            return None
        for name, member in _members(calendar, found.answers):
            members.pop(name, None)
            gone.discard(name)
            if member is None:
                gone.add(name)
            else:
                members[name] = member
        token = found.token
        if not any(answer.status == FULL for answer in found.answers):
            return Listing(token, members, gone, whole) if token else None
        if not token or token in seen:
            return None
        seen.add(token)
    return None


def _etags(calendar: Calendar) -> Asking[Listing | None]:
    response = yield from _ask("PROPFIND", calendar.url, MEMBERS, 1, (207, *NOT_HERE, FULL))
    if response.status != 207:
        return None
    found = yield from _read(response, "PROPFIND", calendar.url, MEMBERS, 1)
    if _is_gone(calendar.id, found.answers) or any(answer.status == FULL for answer in found.answers):
        return None  # or there is more, and no way to ask for it
    listed = {name: member for name, member in _members(calendar, found.answers) if member}
    return Listing("", listed, set(), whole=True)


def _is_gone(path: str, answers: Sequence[Answer]) -> bool:
    """Whether an answer of status 207 says of the very place that was asked that it isn't there (Xandikos)."""
    return any(answer.status in GONE and answer.path.rstrip("/") == path.rstrip("/") for answer in answers)


def _members(calendar: Calendar, answers: Sequence[Answer]) -> Iterator[tuple[str, Member | None]]:
    """The members that may be to-dos, None for those that are gone; the calendar itself is none of them."""
    for answer in answers:
        name = name_of(answer.href)
        if not name or answer.path.rstrip("/") == calendar.id.rstrip("/") or answer.status == FULL:
            continue
        if answer.status in GONE:
            yield name, None
        elif _may_be_todo(answer.text(f"{DAV}getcontenttype")):
            yield name, Member(answer.href, answer.text(f"{DAV}getetag"))


def _may_be_todo(content_type: str) -> bool:
    """Whether a member may hold a to-do: many servers say which component it is."""
    kind = content_type.lower().replace(" ", "").replace('"', "")
    return "component=" not in kind or "component=vtodo" in kind


# ----- what its members hold


def contents(calendar: Calendar, members: Mapping[str, Member]) -> Asking[dict[str, Content | None]]:
    """What these members hold, by name; None for those that are gone meanwhile. Some the server may leave out."""
    body = contents_of([member.href for member in members.values()])
    response = yield from _ask("REPORT", calendar.url, body, 1, (207,))
    answered = yield from _read(response, "REPORT", calendar.url, body, 1)
    found: dict[str, Content | None] = {}
    for answer in answered.answers:
        name, data = name_of(answer.href), answer.text(f"{CALDAV}calendar-data")
        if name in members and data:
            found[name] = Content(name, answer.text(f"{DAV}getetag") or members[name].etag, data)
        elif name in members and answer.status in GONE:
            found[name] = None
    return found


# ----- asking


def _ask(method: str, url: str, body: bytes, depth: int, accept: tuple[int, ...]) -> Asking[Response]:
    request = Request(
        method="PROPFIND" if method == "PROPFIND" else "REPORT",
        url=url,
        headers={"Depth": str(depth)},
        body=body,
        content_type="application/xml; charset=utf-8",
        accept=accept,
    )
    response = yield request
    if not isinstance(response, Response):
        raise TypeError("a request is answered with a response")
    return response


def _read(response: Response, method: str, url: str, body: bytes, depth: int) -> Asking[Multistatus]:
    """The answer; asked for again where it broke off without saying so."""
    for _ in range(AGAIN - 1):
        try:
            return multistatus(response.body)
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            response = yield from _ask(method, url, body, depth, (207,))
    return multistatus(response.body)
