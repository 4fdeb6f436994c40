"""To-dos on a CalDAV server: what changed since the last time, by sync tokens or else by etags.

The records are those of iCalendar files. docs/sources/caldav.md says what is asked, what is read and what can't be seen.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice

import msgspec

from worklens.messages import Rejected
from worklens.sources import base
from worklens.sources.base import (
    Context,
    Coverage,
    Done,
    Json,
    Page,
    Parsed,
    Pull,
    Reading,
    Refused,
    Request,
    Unreadable,
)
from worklens.sources.caldav import api
from worklens.sources.caldav.api import Calendar, Content, Home, Member
from worklens.sources.caldav.known import (
    Cursor,
    Kept,
    pairs,
    saved_checkpoint,
    saved_cursor,
    stem,
)
from worklens.sources.icalendar import records
from worklens.sources.icalendar.components import SHOWN, split
from worklens.sources.icalendar.records import encoded, read
from worklens.sources.options import Counting, Settings, Totals
from worklens.tasks import Task

ROUNDS = 4  # looks in one run: the first, and more while things move about under our eyes

Walking = Generator[Request | Page, base.Answer, None]


class CalDav:
    """The protocol as a source; the setting ``url`` is the server's address, or that of one calendar on it."""

    name = "caldav"
    secret_fields: frozenset[str] = frozenset()
    settings = Settings(needs=("url", "user"))
    secret_kind = "password"  # noqa: S105  its kind, and not itself

    def secret(self, typed: str, settings: Mapping[str, Json]) -> str:
        """What is kept of a password: user and password as HTTP's Basic scheme has them. Raises Refused."""
        user = str(settings.get("user", ""))
        if not user or ":" in user:
            raise Refused("wrong-setting", setting="user", expected="ann@example.com")
        return b64encode(f"{user}:{typed}".encode()).decode()

    def headers(self, token: str) -> dict[str, str]:
        """Basic authentication; the token is a ``secret``."""
        return {"Authorization": f"Basic {token}"}

    def trial(self, context: Context) -> Pull:
        """Find where the calendars are, to see whether address and password are right; there may be none yet.

        Raises Refused where no such place is.
        """
        home = yield from api.find_home(_address(context))
        if (yield from api.calendars(home)) is None:
            raise Refused("no-calendars", url=_address(context))
        return Done(cursor="")

    def pull(self, context: Context) -> Pull:
        """Ask for what changed since the cursor; everything the first time, or when asked in full."""
        sync = Sync(context)
        yield from sync.through()
        yield from sync.farewell()
        return Done(cursor=sync.cursor, coverage=sync.coverage)

    def totals(self, context: Context) -> Counting:
        """Every to-do in every calendar, read as it stands; the server has no shorter way to count."""
        home = yield from api.find_home(_address(context))
        reading = Reading(feed=context.feed, seen_at=context.now)
        seen: dict[str, int | None] = {}
        looked: set[str] = set()
        for calendar in (yield from api.calendars(home)) or ():
            listing = yield from api.changes(calendar, "")
            for batch in _batches(listing.members if listing else {}):
                found = yield from api.contents(calendar, batch)
                seen |= _open(filter(None, found.values()), calendar, reading)
            looked |= {calendar.id} if listing else set()
        return Totals(open=seen, collections=frozenset(looked))

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The to-do with its occurrences, the list, or the tombstone of one raw record. Raises Unreadable."""
        return read(record, reading)


def _open(contents: Iterable[Content], calendar: Calendar, reading: Reading) -> dict[str, int | None]:
    """The open to-dos of some members, with their creation; what can't be read is left out."""
    found: dict[str, int | None] = {}
    for content in contents:
        for todo in split(content.text, "", uid=stem(content.name), calendar=calendar.id).todos:
            with suppress(Unreadable):
                tasks = (item for item in read(encoded(todo), reading) if isinstance(item, Task))
                open_ = (task for task in tasks if task.status == "open")
                found |= {task.task: task.created.micros if task.created else None for task in open_}
    return found


def _address(context: Context) -> str:
    url = str(context.settings.get("base_url") or context.settings.get("url") or "")
    if not url:
        raise Refused("wrong-setting", setting="url", expected="https://dav.example.com/")
    return url


class Sync:
    """A run through the calendars.

    What is gone is what was known before and is known no more in any calendar at the end. So where something vanished
    from one of several calendars, all are looked at again: it may have been moved to one that was read before.
    """

    def __init__(self, context: Context) -> None:
        """Nothing is asked yet. An interrupted run lists anew, and reads only what it had not read."""
        self.url = _address(context)
        known = saved_cursor(context.cursor, self.url)
        self.whole = known is None or context.full
        self.known: Mapping[str, Kept] = known.calendars if known else {}
        self.home: Home | None = known.home if known else None
        self.read = saved_checkpoint(context.checkpoint, self.url)
        now = saved_cursor(context.cursor, self.url)  # once more: this one will change
        self.calendars: dict[str, Kept] = {} if self.whole or now is None else now.calendars
        for name in self.read.etags:
            self.read.into(name, self.calendars.setdefault(name, Kept(url="")))
        self.losing: set[str] = set()  # calendars that something vanished from, or that are gone themselves
        self.unread: set[str] = set()  # calendars that could not be looked into
        self.calm = False

    # ----- going through

    def through(self) -> Walking:
        """Read all that is new, until nothing changes under our eyes or the rounds are used up."""
        listed = yield from self._listed()
        yield from self._introduce(listed)
        for number in range(ROUNDS):
            if number:
                listed = (yield from api.calendars(self._home)) or []
            found = yield from self._round(listed, first=not number)
            is_alone = len(listed) < 2 or not (self.whole or self.losing)
            self.calm = is_alone or (number > 0 and not found)
            if self.calm:
                return

    def _listed(self) -> api.Asking[list[Calendar]]:
        """The calendars that are there. The place may have changed since."""
        found = None if self.home is None else (yield from api.calendars(self.home))
        if found is None:
            self.home = yield from api.find_home(self.url)
            found = yield from api.calendars(self.home)
        if found is None:
            raise Refused("no-calendars", url=self.url)
        return found

    @property
    def _home(self) -> Home:
        if self.home is None:
            raise ValueError("the home is found at the beginning of a pull")
        return self.home

    def _introduce(self, listed: Sequence[Calendar]) -> Walking:
        """Tell of new and renamed calendars, and of those that are gone."""
        there = {calendar.id: calendar for calendar in listed}
        told = [
            records.Calendar(name, calendar.title)
            for name, calendar in there.items()
            if self.whole or name not in self.known or self.known[name].title != calendar.title
        ]
        for name in self.known.keys() - there.keys():
            if (yield from api.exists(self.known[name].url)):
                self._leave_alone(name)
            else:
                self.calendars.pop(name, None)
                self.losing.add(name)
                told.append(records.Calendar(name, self.known[name].title, deleted=True))
        for name in self.calendars.keys() - there.keys() - self.known.keys():
            del self.calendars[name]  # it came and went while this run was interrupted
        if told:
            yield self._page([encoded(calendar) for calendar in told])

    def _leave_alone(self, name: str) -> None:
        """A calendar that could not be looked into stays as it was known."""
        self.unread.add(name)
        self.calendars.pop(name, None)
        if name in self.known:
            self.calendars[name] = self.known[name]

    def _round(
        self, listed: Sequence[Calendar], *, first: bool
    ) -> Generator[Request | Page, base.Answer, bool]:
        """Look into each calendar that changed; whether there was anything new."""
        found = False
        for calendar in listed:
            kept = self.calendars.setdefault(calendar.id, Kept(url=calendar.url))
            if (first and self.whole) or kept.is_news(calendar, retry=first):
                found |= yield from self._look_into(calendar, kept, retry=first)
            kept.url, kept.title = calendar.url, calendar.title
        return found

    def _look_into(
        self, calendar: Calendar, kept: Kept, *, retry: bool
    ) -> Generator[Request | Page, base.Answer, bool]:
        listing = yield from api.changes(calendar, kept.token)
        if listing is None:
            self._leave_alone(calendar.id)
            return False
        self.unread.discard(calendar.id)
        is_losing = kept.lose(listing)
        if is_losing:
            self.losing.add(calendar.id)
        todo = kept.todo(listing, retry=retry)
        for batch in _batches(todo):
            yield from self._fetch(calendar, kept, batch, len(todo))
        kept.token, kept.mark = listing.token, calendar.mark
        return is_losing or bool(todo)

    def _fetch(self, calendar: Calendar, kept: Kept, batch: Mapping[str, Member], total: int) -> Walking:
        """Read what these members hold, and hand it on."""
        found = yield from api.contents(calendar, batch)
        told: list[bytes] = []
        rejected: list[Rejected] = []
        for name, member in batch.items():
            content = found.get(name)
            if content is not None:
                place = f"{calendar.id}{name}"
                parts = split(content.text, place, uid=stem(name), calendar=calendar.id)
                broken = [item for item in parts.items if isinstance(item, Rejected)]
                if not parts.items and not parts.others:
                    broken = [Rejected(place=place, reason="broken-component", payload=content.text[:SHOWN])]
                told += [encoded(todo) for todo in parts.todos]
                rejected += broken
                kept.learn(content, parts.todos, whole=not broken)
            elif name not in found:
                kept.again[name] = member
                rejected.append(Rejected(place=f"{calendar.id}{name}", reason="member-not-given"))
        self.read.note(calendar.id, kept, [name for name in batch if found.get(name)])
        yield self._page(told, rejected, total)

    def _page(self, told: list[bytes], rejected: Sequence[Rejected] = (), total: int | None = None) -> Page:
        checkpoint = msgspec.json.encode(self.read).decode()
        return Page(records=told, rejected=list(rejected), checkpoint=checkpoint, total=total)

    # ----- at the end

    def farewell(self) -> Walking:
        """Tell what is gone. Where calendars still changed, what vanished is asked for again by the next run.

        The checkpoint has served: it is about as long as the cursor, and a run has no room for both.
        """
        if not self.calm:
            for name in self.losing & self.known.keys():
                self.calendars[name] = self.known[name]
        gone = sorted(pairs(self.known) - pairs(self.calendars))
        if gone or self.read.etags:
            yield Page(records=[encoded(records.Gone(*pair)) for pair in gone])

    @property
    def cursor(self) -> str:
        """Where the next run begins."""
        return msgspec.json.encode(
            Cursor(address=self.url, home=self.home, calendars=self.calendars)
        ).decode()

    @property
    def coverage(self) -> Coverage:
        """A whole listing of all calendars, but for those that could not be looked into."""
        if not (self.whole and self.calm):
            return Coverage()
        if not self.unread:
            return Coverage(listed="everything")
        read = (self.calendars.keys() | self.losing) - self.unread
        return Coverage(listed="everything", collections=tuple(sorted(read)))


def _batches(members: Mapping[str, Member]) -> Iterator[dict[str, Member]]:
    """The members in questions of bearable length."""
    waiting = iter(members.items())
    while batch := dict(islice(waiting, api.BATCH)):
        yield batch
