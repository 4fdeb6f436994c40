"""A fake CalDAV server over a scripted world, and what such a server reveals of one.

Servers differ; what they differ in can be switched.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import UTC
from hashlib import blake2b
from random import Random
from typing import Any, Literal
from urllib.parse import quote, unquote
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import msgspec
from msgspec.structs import replace

from worklens.sources.dates import read_iso
from worklens.tasks import Moment, Task, iso
from worklens.testing.observer import Service
from worklens.testing.server import Call, FakeService, Reply
from worklens.testing.truth import WorldTask
from worklens.testing.world import World

USER, PASSWORD = "ann@example.com", "a password: with ümlaut"
TOKEN = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
ROOT = "/dav/"
PRINCIPAL = "/dav/principals/ann@example.com/"
HOME = "/dav/calendars/ann@example.com/"
SECOND = 1_000_000  # microseconds
FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
D, C = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"


def uid(key: str) -> str:
    """The UID of a world's task."""
    digest = blake2b(key.encode(), digest_size=16).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:]}"


def path(key: str) -> str:
    """The path of a world's list, which is its id."""
    return f"{HOME}{key}/"


def shown(task: WorldTask) -> WorldTask:
    """What shows of a to-do to someone who lives in UTC, where a floating time is one in UTC.

    What repeats is moved on in place, so that its completions show nowhere.
    """
    due = task.due if len(task.due) <= len("2026-01-05") else task.due.removesuffix("Z") + "Z"
    return replace(task, due=due, labels=tuple(sorted(set(task.labels))), occurrence=0)


def current_tasks(world: World, when: int, account: str) -> dict[str, Task]:
    """The canonical tasks that are there to be read at an instant, by id."""
    there = (shown(task) for task in world.tasks_at(when).values())
    return {uid(task.id): _canonical(task, account) for task in there}


def _canonical(task: WorldTask, account: str) -> Task:
    return Task(
        account=account,
        task=uid(task.id),
        collection=path(task.collection),
        parent=uid(task.parent) if task.parent else "",
        title=task.title,
        notes=task.notes,
        labels=task.labels,
        priority=task.priority,
        created=Moment(task.created),
        due=read_iso(task.due, UTC) if task.due else None,
        completed=None if task.completed is None else Moment(task.completed),
        recurrence=rule(task),
    )


def rule(task: WorldTask) -> str:
    """How it repeats, as an RRULE."""
    return f"FREQ={FREQUENCIES[task.repeat[0]]};INTERVAL={task.repeat[1]}" if task.repeat else ""


CALDAV = Service(name="caldav", task_id=uid, list_id=path, shown=shown)


class Switches(msgspec.Struct, frozen=True, kw_only=True):
    """In what servers differ.

    ``tokens``: sync tokens by the book; "fragile" ones whose changes name more than what changed; counted in whole
    "seconds", so that what was told may be told again; "broken" ones that are shown and yet always refused; or "none".
    ``bad_token``: the status for a token that is not known. ``piece``: the most members in one listing (0: all);
    the rest is asked for with the token it came with, or with ``refuses_pieces`` nothing is listed at all.
    ``tags``: whether calendars have a ``getctag``. ``kinds``: whether a member's content type names its component.
    ``names``: whether a member is called by its UID. ``hrefs``: whether addresses are escaped, left as they are, or
    whole. ``absent``: whether what isn't there is said by the status, or within an answer of 207. ``forgets``: the share of tokens that are no longer known when they come back. ``done``: whether a completion is told in all ways or by its time alone. ``weak``: whether etags are.
    """

    tokens: Literal["exact", "fragile", "seconds", "broken", "none"] = "exact"
    bad_token: int = 403
    piece: int = 0
    refuses_pieces: bool = False
    tags: bool = True
    kinds: bool = True
    names: Literal["uid", "other"] = "uid"
    hrefs: Literal["escaped", "plain", "whole"] = "escaped"
    done: Literal["all", "time"] = "all"
    weak: bool = False
    absent: Literal["status", "inside"] = "status"
    forgets: float = 0.0


class FakeCalDav(FakeService):
    """Serves a world made with ``advances=True``: a calendar a list, and one more that holds events.

    ``forget()`` makes it know no sync token given so far; ``forbidden`` lists are shown, but not what is in them;
    ``hidden`` lists are not shown, though they are there; ``silent`` tasks are listed, but their content isn't given.
    """

    def __init__(self, world: World, **switches: Any) -> None:
        """All is to be seen."""
        super().__init__()
        self.world = world
        self.switches = Switches(**switches)
        self.forbidden: set[str] = set()
        self.hidden: set[str] = set()
        self.silent: set[str] = set()
        self.tokens = {TOKEN}
        self._generation = 0  # of sync tokens that are known
        self._read = 0  # facts
        self._newest: dict[str, int] = {}  # the number of the last fact of each list
        self._forgetful = Random(7)

    @property
    def base_url(self) -> str:
        """What a person would give as the server's address."""
        return f"{self.url}/"

    def forget(self) -> None:
        """Know no sync token given so far."""
        self._generation += 1

    # ----- answering

    def answer(self, call: Call) -> Reply:
        """What the server says."""
        self._catch_up()
        if call.headers.get("authorization", "").removeprefix("Basic ") not in self.tokens:
            return Reply(status=401, headers={"WWW-Authenticate": 'Basic realm="dav"'})
        at = unquote(call.path)
        if at == "/.well-known/caldav":
            return Reply(status=301, headers={"Location": ROOT})
        depth = call.headers.get("depth", "0")
        if call.method == "PROPFIND":
            return self._look(at, depth, ElementTree.fromstring(call.body))  # noqa: S314  our own question
        key = self._list_at(at)
        if call.method != "REPORT" or key is None:
            return Reply(status=404)
        if key in self.forbidden:
            return Reply(status=403)
        question = ElementTree.fromstring(call.body)  # noqa: S314
        if question.tag == f"{D}sync-collection":
            return self._changes(key, question.findtext(f"{D}sync-token") or "")
        return self._contents(key, [href.text or "" for href in question.iter(f"{D}href")])

    def _catch_up(self) -> None:
        for number, fact in enumerate(self.world.facts[self._read :], start=self._read + 1):
            self._newest |= dict.fromkeys(fact.lists, number)
        self._read = len(self.world.facts)

    def _list_at(self, at: str) -> str | None:
        key = at.removeprefix(HOME).strip("/")
        return key if at.startswith(HOME) and key in self.world.lists else None

    def _look(self, at: str, depth: str, question: ElementTree.Element) -> Reply:
        if question.find(f".//{D}getetag") is not None:
            return self._etags(at)
        if at == ROOT:
            return _multistatus(_found(ROOT, _person()))
        if at == PRINCIPAL:
            home = f"<c:calendar-home-set><d:href>{escape(self._href(HOME))}</d:href></c:calendar-home-set>"
            return _multistatus(_found(at, _person() + home))
        if at == HOME:
            calendars = self._calendars() if depth == "1" else []
            return _multistatus(_found(at, "<d:resourcetype><d:collection/></d:resourcetype>"), *calendars)
        key = self._list_at(at)
        return self._absent(at) if key is None else _multistatus(self._calendar(key))

    def _absent(self, at: str) -> Reply:
        """The word that there is nothing."""
        return Reply(status=404) if self.switches.absent == "status" else _multistatus(_gone(self._href(at)))

    def _calendars(self) -> list[str]:
        lists = [self._calendar(key) for key in self.world.lists if key not in self.hidden]
        inbox = _found(f"{HOME}inbox/", "<d:resourcetype><d:collection/><c:schedule-inbox/></d:resourcetype>")
        return [*self.disordered(lists), _found(f"{HOME}events/", _kind("VEVENT")), inbox]

    def _calendar(self, key: str) -> str:
        found = _kind("VTODO") + f"<d:displayname>{escape(self.world.lists[key].title)}</d:displayname>"
        if self.switches.tokens != "none":
            found += f"<d:sync-token>{self._token(key)}</d:sync-token>"
        if self.switches.tags:
            found += f"<s:getctag>tag-{self._newest.get(key, 0)}</s:getctag>"
        return _found(self._href(path(key)), found)

    def _href(self, at: str) -> str:
        match self.switches.hrefs:
            case "plain":
                return at
            case "whole":
                return self.url + quote(at)
        return quote(at)

    # ----- sync tokens

    def _token(self, key: str) -> str:
        newest = self._newest.get(key, 0)
        if self.switches.tokens == "seconds":
            newest = self.world.facts[newest - 1].at // SECOND if newest else 0
        return f"https://example.com/ns/sync/{self._generation}/{newest}"

    def _changes(self, key: str, token: str) -> Reply:
        if self.switches.tokens in {"none", "broken"}:
            return Reply(status=403)
        if token and not self._knows(token):
            body = '<d:error xmlns:d="DAV:"><d:valid-sync-token/></d:error>'
            return Reply(status=self.switches.bad_token, body=body.encode())
        since, _, offset = token.rpartition("/")[2].partition("+")
        members = self._changed(key, int(since)) if since else self._members(key)
        return self._piece(key, members, since, int(offset or 0))

    def _knows(self, token: str) -> bool:
        """Whether a token is still good; pieces of one listing always are."""
        *_, generation, number = token.split("/")
        if "+" in number:
            return True
        return generation == str(self._generation) and self._forgetful.random() >= self.switches.forgets

    def _changed(self, key: str, since: int) -> list[str]:
        is_time = self.switches.tokens == "seconds"
        facts = self.world.facts[0 if is_time else since :]
        names = {
            fact.task: None
            for fact in facts
            if fact.task and key in fact.lists and (not is_time or fact.at >= since * SECOND)
        }
        if self.switches.tokens == "fragile":
            names |= {task.id: None for task in self._tasks(key)[:3]}
        return [self._member(key, task) for task in names]

    def _piece(self, key: str, members: list[str], since: str, offset: int) -> Reply:
        """A listing, or a piece of it and the word that there is more."""
        size = self.switches.piece or len(members) + 1
        if len(members) > size and self.switches.refuses_pieces:
            return Reply(status=507)
        last = offset + size >= len(members)
        cut = f"<d:response><d:href>{escape(self._href(path(key)))}</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status></d:response>"
        more = f"https://example.com/ns/sync/{self._generation}/{since}+{offset + size}"
        token = self._token(key) if last else more
        said = f"<d:sync-token>{token}</d:sync-token>"
        piece = members[offset : offset + size]
        return _multistatus(*self.disordered(piece), *([] if last else [cut]), said)

    # ----- members

    def _etags(self, at: str) -> Reply:
        key = self._list_at(at)
        if key is None:
            return self._absent(at)
        if key in self.forbidden:
            return Reply(status=403)
        return _multistatus(_found(self._href(path(key)), ""), *self.disordered(self._members(key)))

    def _tasks(self, key: str) -> list[WorldTask]:
        return [task for task in self.world.tasks.values() if task.collection == key]

    def _members(self, key: str) -> list[str]:
        event = f"<d:getetag>7</d:getetag>{self._content_type('VEVENT')}"
        found = [self._member(key, task.id) for task in self._tasks(key)]
        return [*found, _found(self._href(f"{path(key)}event.ics"), event)] if self.switches.kinds else found

    def _member(self, key: str, task: str) -> str:
        href = self._href(path(key) + self.name(task))
        there = self.world.tasks.get(task)
        if there is None or there.collection != key:
            return _gone(href)
        etag = f"<d:getetag>{escape(self._etag(there))}</d:getetag>"
        return _found(href, etag + self._content_type("VTODO"))

    def _content_type(self, component: str) -> str:
        more = f"; component={component}" if self.switches.kinds else ""
        return f"<d:getcontenttype>text/calendar; charset=utf-8{more}</d:getcontenttype>"

    def name(self, task: str) -> str:
        """What a task's member is called."""
        return f"{uid(task)}.ics" if self.switches.names == "uid" else f"Aufgabe {task}.ics"

    def _etag(self, task: WorldTask) -> str:
        digest = blake2b(self.text(task).encode(), digest_size=8).hexdigest()
        return f'W/"{digest}"' if self.switches.weak else f'"{digest}"'

    def _contents(self, key: str, hrefs: list[str]) -> Reply:
        return _multistatus(*self.disordered(list(self._given(key, hrefs))))

    def _given(self, key: str, hrefs: list[str]) -> Iterator[str]:
        there = {self.name(task.id): task for task in self._tasks(key)}
        for href in hrefs:
            task = there.get(unquote(href).rpartition("/")[2])
            if task is None:
                yield _gone(href)
            elif task.id not in self.silent:
                data = f"<c:calendar-data>{escape(self.text(task))}</c:calendar-data>"
                yield _found(href, f"<d:getetag>{escape(self._etag(task))}</d:getetag>{data}")

    def text(self, task: WorldTask) -> str:
        """The member's content."""
        last = self.world.changed_at(task.id, self.world.clock.now())
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fake//EN", "BEGIN:VTODO"]
        lines += [f"{name}:{value}" for name, value in _properties(task, last, self.switches.done).items()]
        return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VTODO", "END:VCALENDAR"])


# ----- iCalendar


def _properties(task: WorldTask, last: int, done: str) -> Mapping[str, str]:
    completed = "" if task.completed is None else _time(task.completed)
    is_all = done == "all"
    found = {
        "UID": uid(task.id),
        "DTSTAMP": _time(last),
        "CREATED": _time(task.created),
        "LAST-MODIFIED": _time(last),
        "SUMMARY": _text(task.title),
        "DESCRIPTION": _text(task.notes),
        "CATEGORIES": ",".join(map(_text, task.labels[::-1])),
        "PRIORITY": "" if task.priority is None else str(task.priority),
        "RELATED-TO;RELTYPE=PARENT": uid(task.parent) if task.parent else "",
        "RRULE": rule(task),
        "DUE;VALUE=DATE" if len(task.due) == 10 else "DUE": task.due.replace("-", "").replace(":", ""),
        "STATUS": "COMPLETED" if completed and is_all else "NEEDS-ACTION" if is_all else "",
        "PERCENT-COMPLETE": "100" if completed and is_all else "",
        "COMPLETED": completed,
    }
    return {name: value for name, value in found.items() if value}


def _time(micros: int) -> str:
    return iso(micros // SECOND * SECOND).replace("-", "").replace(":", "")


def _text(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    return "\r\n ".join(line[at : at + 60] for at in range(0, len(line), 60))


# ----- XML


def _multistatus(*inner: str) -> Reply:
    names = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"'
    body = f'<?xml version="1.0" encoding="utf-8"?><d:multistatus {names}>{"".join(inner)}</d:multistatus>'
    return Reply(status=207, body=body.encode(), headers={"Content-Type": "application/xml; charset=utf-8"})


def _found(href: str, properties: str) -> str:
    missing = (
        "<d:propstat><d:prop><d:owner/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>"
    )
    found = f"<d:propstat><d:prop>{properties}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    return f"<d:response><d:href>{escape(href)}</d:href>{found}{missing}</d:response>"


def _gone(href: str) -> str:
    return (
        f"<d:response><d:href>{escape(href)}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
    )


def _person() -> str:
    return f"<d:current-user-principal><d:href>{PRINCIPAL}</d:href></d:current-user-principal>"


def _kind(component: str) -> str:
    return (
        "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><c:supported-calendar-component-set>"
        f'<c:comp name="{component}"/></c:supported-calendar-component-set>'
    )
