"""What is known of the calendars between two runs: their members with their states, and what those hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from worklens.sources.caldav.api import Calendar, Content, Home, Listing, Member, short
from worklens.sources.icalendar.components import Todo, keys

SCHEMA = 1  # of cursor and checkpoint; another one means a whole listing
EXTENSION = ".ics"

Pair = tuple[str, str]  # a task and its occurrence


class Kept(msgspec.Struct, omit_defaults=True):
    """A calendar: ``etags`` of its members by name, in short.

    ``holds`` names what a member holds where that isn't just the to-do of its name. ``again`` are members whose content
    the server did not give.
    """

    url: str
    title: str = ""
    token: str = ""
    mark: str = ""
    etags: dict[str, str] = {}
    holds: dict[str, list[Pair]] = {}
    again: dict[str, Member] = {}

    def is_news(self, now: Calendar, *, retry: bool) -> bool:
        """Whether the calendar has changed, or doesn't say; or there is something to ask for again."""
        return not now.mark or now.mark != self.mark or (retry and bool(self.again))

    def pairs(self) -> set[Pair]:
        """All tasks and occurrences in it."""
        return {pair for name in self.etags for pair in self.held(name)}

    def held(self, name: str) -> list[Pair]:
        """The tasks and occurrences a member holds."""
        return self.holds.get(name, [(stem(name), "")])

    def todo(self, listing: Listing, *, retry: bool) -> dict[str, Member]:
        """The members to be read: new ones and changed ones; with ``retry`` also those whose content was not given."""
        listed = {**(self.again if retry else {}), **listing.members}
        return {
            name: member
            for name, member in listed.items()
            if name not in listing.gone
            and (retry or self.again.get(name) != member)
            and self._is_new(name, member)
        }

    def _is_new(self, name: str, member: Member) -> bool:
        return name in self.again or not member.etag or self.etags.get(name) != short(member.etag)

    def lose(self, listing: Listing) -> bool:
        """Forget the members that are gone; whether there were any."""
        gone = set(self.etags) - set(listing.members) if listing.whole else listing.gone & set(self.etags)
        for name in gone:
            del self.etags[name]
            self.holds.pop(name, None)
        for name in (*gone, *listing.gone):
            self.again.pop(name, None)
        return bool(gone)

    def learn(self, content: Content, todos: Iterable[Todo], *, whole: bool) -> None:
        """Remember a member as it was read; where not all of it could be, what it held before may still be there."""
        found = [(todo.uid, key) for todo in todos for key in keys(todo)]
        if not whole and content.name in self.etags:
            found = list(dict.fromkeys([*found, *self.held(content.name)]))
        self.etags[content.name] = short(content.etag)
        self.holds.pop(content.name, None)
        self.again.pop(content.name, None)
        if found != [(stem(content.name), "")]:
            self.holds[content.name] = found


class Cursor(msgspec.Struct, kw_only=True):
    """Where the calendars are, and what is known of each by its id; ``address`` is what the person gave."""

    schema: int = SCHEMA
    address: str = ""
    home: Home | None = None
    calendars: dict[str, Kept] = {}


class Checkpoint(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What this run has read already."""

    schema: int = SCHEMA
    address: str = ""
    etags: dict[str, dict[str, str]] = {}
    holds: dict[str, dict[str, list[Pair]]] = {}

    def note(self, calendar: str, kept: Kept, names: Iterable[str]) -> None:
        """Remember that these members were read."""
        for name in names:
            self.etags.setdefault(calendar, {})[name] = kept.etags[name]
            if name in kept.holds:
                self.holds.setdefault(calendar, {})[name] = kept.holds[name]

    def into(self, calendar: str, kept: Kept) -> None:
        """What was read need not be read again."""
        read = self.etags.get(calendar, {})
        kept.etags |= read
        kept.holds = {name: held for name, held in kept.holds.items() if name not in read}
        kept.holds |= self.holds.get(calendar, {})


def stem(name: str) -> str:
    """What a member's to-do is mostly called: its name without the extension."""
    return name.removesuffix(EXTENSION)


def pairs(calendars: Mapping[str, Kept]) -> set[Pair]:
    """All tasks and occurrences in all calendars."""
    return {pair for kept in calendars.values() for pair in kept.pairs()}


def saved_cursor(text: str, address: str) -> Cursor | None:
    """What an earlier version may have left, or a file, or another server, is not read."""
    try:
        cursor = msgspec.json.decode(text, type=Cursor)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return cursor if (cursor.schema, cursor.address) == (SCHEMA, address) and cursor.home else None


def saved_checkpoint(text: str, address: str) -> Checkpoint:
    """What this run has read; nothing where another version began it, or it was at another server."""
    new = Checkpoint(address=address)
    try:
        found = msgspec.json.decode(text or "{}", type=Checkpoint)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return new
    return found if (found.schema, found.address) == (SCHEMA, address) else new
