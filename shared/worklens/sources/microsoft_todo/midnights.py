"""Which day a service means that has days only, and writes each as somebody's midnight in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

WEST = 10  # the midnight of a zone so many hours behind UTC or less is the same day in UTC; a later one is of the next

MIDNIGHT = time()
ONE_DAY = timedelta(days=1)


def day_of(text: str, zone: str, home: tzinfo) -> date:
    """The day of a naive time in a zone (an IANA or a Windows name).

    A midnight in the stated zone that isn't UTC is that day. In UTC it may be another zone's midnight: the person's
    own if it is one there, else UTC's, else that of the nearest zone; 11 hours behind UTC hardly anybody lives,
    13 hours ahead many do. Raises ValueError for what is no time.
    """
    stated = datetime.fromisoformat(text)
    if stated.tzinfo is None:
        stated = stated.replace(tzinfo=_zone(zone))
    if stated.tzinfo is not UTC and stated.time() == MIDNIGHT:
        return stated.date()
    moment = stated.astimezone(UTC)
    here = moment.astimezone(home)
    if here.time() == MIDNIGHT:
        return here.date()
    return moment.date() + ONE_DAY * (moment.hour > WEST)


def _zone(name: str) -> tzinfo:
    """A zone by its name; of a Windows name, whose midnights are all that comes here, it is enough that it isn't UTC."""
    if name.upper() in {"", "UTC"}:
        return UTC
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return ZoneInfo("Etc/UTC")
