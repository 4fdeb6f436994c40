"""The canonical task, its moments and its events: what every source is read into and every number is read from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Literal, get_args

import msgspec

Precision = Literal["instant", "day", "seen", "unknown"]
"""How well a time is known.

``instant``: to the second or better. ``day``: a calendar date, never shifted by a zone.
``seen``: at some time up to this instant, when we noticed. ``unknown``: at some time after this instant.
"""

Status = Literal["open", "completed", "closed", "deleted"]

EventKind = Literal[
    "created",
    "started",
    "reviewed",
    "carried",
    "completed",
    "reopened",
    "rescheduled",
    "renamed",
    "moved",
    "reprioritized",
    "edited",
    "deleted",
    "restored",
    "closed",
]
EVENT_KINDS: tuple[str, ...] = get_args(EventKind)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
DAY = 86_400_000_000  # microseconds
_FIRST = -62_135_510_400_000_000  # 0001-01-02 and 9999-12-31: within these an instant is a date in every zone
_LAST = 253_402_214_400_000_000


class Moment(msgspec.Struct, frozen=True, omit_defaults=True, order=True, gc=False):
    """A time as the source gave it: microseconds since 1970 in UTC, and how well it is known.

    A date is kept as its own midnight read as UTC with precision ``day``; it stays that date in every zone.
    ``zone`` is the IANA zone the source named, where it named one (a due time may be fixed to a zone).
    """

    micros: int
    precision: Precision = "instant"
    zone: str | None = None

    @property
    def datetime(self) -> datetime:
        """The instant in UTC."""
        return _EPOCH + timedelta(microseconds=self.micros)

    def __str__(self) -> str:
        """ISO 8601: a date for a date, else an instant ending in Z."""
        if self.precision == "day":
            return self.datetime.date().isoformat()
        return iso(self.micros)


def micros(when: datetime) -> int:
    """Microseconds since 1970 of an aware datetime; a naive one, or one at the calendar's very ends, raises ValueError."""
    if when.tzinfo is None:
        raise ValueError("a time without a zone is not an instant")
    value = (when - _EPOCH) // _MICROSECOND
    if not _FIRST <= value <= _LAST:
        raise ValueError("a time beyond the calendar")
    return value


def iso(micros: int) -> str:
    """An instant as ISO 8601 text in UTC, with microseconds only where there are any."""
    return (_EPOCH + timedelta(microseconds=micros)).replace(tzinfo=None).isoformat() + "Z"


def instant(text: str) -> Moment:
    """Read an ISO 8601 instant (any number of fractional digits, ``Z`` or an offset).

    Raises ValueError where the text is no instant or lacks its zone.
    """
    return Moment(micros(datetime.fromisoformat(text)))


NO_TIME = Moment(0, "unknown")
"""Of something that is over, though there is not even an instant at which it is known to have been open."""


def after(moment: Moment | None) -> Moment:
    """ "At some time after this one"."""
    return Moment(moment.micros, "unknown") if moment else NO_TIME


def day(value: date | str) -> Moment:
    """A calendar date as a moment; text must be ``YYYY-MM-DD``."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return Moment((value.toordinal() - 719_163) * DAY, "day")


def is_anothers(account: str, title: str) -> bool:
    """Whether a task is somebody else's to do: of such issues GitHub's source takes in a number (`#12`) in the place of the title.

    The view `attention` asks the same.
    """
    return account.startswith("github:") and len(title) < 12 and "#1" <= title < "#:"


class Task(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A task as seen once, complete: what is not here was not set.

    ``priority`` is RFC 5545's scale: 1 most urgent to 9 least, None where the person gave none.
    ``closed`` is for a task known to be over, neither deleted nor with a time of completion: its moment is the
    last instant it was known open, or NO_TIME. ``updated`` is the source's word on its last change and no part of the state.
    ``recurrence`` is an RRULE where the source has one, else the source's own phrase.
    ``kind`` is "change" for a pull request, of which ``reviewed`` is when somebody else first reviewed it.
    """

    account: str
    task: str
    occurrence: str = ""
    collection: str = ""
    parent: str = ""
    title: str = ""
    notes: str = ""
    labels: tuple[str, ...] = ()
    priority: int | None = None
    created: Moment | None = None
    started: Moment | None = None
    reviewed: Moment | None = None
    due: Moment | None = None
    completed: Moment | None = None
    closed: Moment | None = None
    deleted: Moment | None = None
    recurrence: str = ""
    estimate_seconds: int | None = None
    spent_seconds: int | None = None
    assignee: str = ""
    link: str = ""
    kind: str = ""
    updated: Moment | None = None

    @property
    def status(self) -> Status:
        """Deleted goes before completed, completed before closed."""
        if self.deleted:
            return "deleted"
        if self.completed:
            return "completed"
        return "closed" if self.closed else "open"


class Collection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A list or project at the source, so that tasks carry its id and a rename is one fact, not a thousand."""

    account: str
    collection: str
    title: str
    parent: str = ""
    deleted: bool = False


class Removal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The source's word that a task is gone, where it gives no more than the id; settle fills in the rest."""

    account: str
    task: str
    occurrence: str = ""
    at: Moment | None = None


class TaskEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened to a task; ``detail`` is JSON text (from and to, or the edited fields)."""

    event_id: str
    kind: EventKind
    account: str
    task: str
    occurrence: str = ""
    at: Moment
    seen_at: int
    detail: str = ""


class Happened(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The source's own word that something happened to a task: ``event`` is its id there.

    Where a run brings such words of a kind on a task, settling infers none of that kind on it beside them.
    """

    event: str
    kind: EventKind
    account: str
    task: str
    occurrence: str = ""
    at: Moment


def source_of(account: str) -> str:
    """The service an account is at: ``todoist`` of ``todoist:me``."""
    return account.partition(":")[0]


def digest(*parts: str) -> str:
    """A key from its parts: BLAKE2b of 128 bits as hex, the parts told apart by a unit separator."""
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


_packed = msgspec.msgpack.Encoder().encode


def state_hash(task: Task) -> str:
    """The hash of all that makes up the task's state (everything but ``updated``)."""
    if task.updated is not None:
        task = msgspec.structs.replace(task, updated=None)
    return blake2b(_packed(task), digest_size=16).hexdigest()
