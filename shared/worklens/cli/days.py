"""Days as a person gives them, and the instants at which they begin and end where the person lives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from worklens.cli.failures import Usage
from worklens.tasks import micros

LOCALTIME = Path("/etc/localtime")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(option: str, text: str) -> date | None:
    """The day an option names; None for an empty one. Raises Problem."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Usage("not-a-day", option=option, text=text) from None


def end_of(option: str, text: str, zone: str) -> int | None:
    """Microseconds: the last one of the day named, in the zone, or the instant named. Raises Problem."""
    if not text:
        return None
    try:
        if len(text) <= len("2026-01-01"):
            return start_of_day(date.fromisoformat(text) + timedelta(days=1), zone) - 1
        when = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise Usage("not-a-day", option=option, text=text) from None
    return micros(when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone)))


def start_of_day(day: date, zone: str) -> int:
    """Microseconds: when the day begins there. Where the clocks skip midnight, at the instant that would be it."""
    return micros(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)))


def local_day(at: int, zone: str) -> date:
    """The day of an instant on a clock there."""
    return (EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone)).date()


class Window(NamedTuple):
    """From a day to a day, both included; None leaves an end open."""

    since: date | None
    until: date | None

    def holds(self, day: date | None) -> bool:
        """Whether the day lies in it; a day that isn't known lies in the whole history only."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return self.since is not None or self.until is not None


def window(since: str, until: str) -> Window:
    """The window that --since and --until name. Raises Problem."""
    found = Window(day_of("--since", since), day_of("--until", until))
    if found.since and found.until and found.since > found.until:
        raise Usage("window-empty", since=found.since, until=found.until)
    return found


class Zones:
    """Where each feed's person lived when."""

    def __init__(self, feeds: Iterable[Any]) -> None:
        """``feeds`` as the state store has them."""
        self.feeds: Mapping[str, Any] = {feed.name: feed for feed in feeds}

    def zone(self, feed: str, at: int) -> str:
        """The zone the feed's person lived in at an instant; UTC where nobody knows."""
        known = self.feeds.get(feed)
        return str(known.zone_at(at)) if known else "UTC"

    def day(self, feed: str, at: int | None, precision: str | None) -> date | None:
        """The person's day of a moment."""
        if at is None:
            return None
        return local_day(at, "UTC" if precision == "day" else self.zone(feed, at))


def system_zone(environment: Mapping[str, str] = os.environ, localtime: Path = LOCALTIME) -> str | None:
    """The IANA zone this machine is set to: TZ, else what /etc/localtime points to; None where neither says."""
    named = environment.get("TZ", "").removeprefix(":")
    if named and is_zone(named):
        return named
    target = str(localtime.resolve()) if localtime.is_symlink() else ""
    name = target.rpartition("zoneinfo/")[2] if "zoneinfo/" in target else ""
    return name if name and is_zone(name) else None


def check_zone(text: str) -> str:
    """What --time-zone says, where it can be read: a zone, or with ``@`` and a day a move there. Raises Usage."""
    zone, at, since = text.partition("@")
    if not is_zone(zone):
        raise Usage("zone-unknown", zone=zone)
    if at:
        day_of("--time-zone", since or "@")
    return text


def is_zone(name: str) -> bool:
    """Whether it is an IANA zone that is known here."""
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):  # not found; not a name; a folder of zones
        return False
