"""Where a person lived when: as they say it, as a reader needs it, and as rows of the warehouse, which has no zone
library: the offset of their wall clock at any instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from worklens.ports import Feed, Run, Session, ZonePeriod
from worklens.sources.base import Reading
from worklens.tasks import Moment, micros

FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2061, 1, 1, tzinfo=UTC)  # as the calendar table
GLANCE = timedelta(days=7)  # no zone's clocks were ever put forward and back within a week
Offset = tuple[str, int, int, int]
"""Zone, from this instant on, until this one (microseconds), seconds that local time is ahead of UTC."""


def wished(text: str) -> tuple[str, date | None]:
    """What a person says of where they live: a zone, and the day they moved there where they say ``Asia/Tokyo@2026-03-01``.

    Raises ValueError where that is no day, and KeyError where there is no such zone.
    """
    zone, _, since = text.partition("@")
    return ZoneInfo(zone).key, date.fromisoformat(since) if "@" in text else None


def zones_after(known: Sequence[ZonePeriod], text: str) -> tuple[ZonePeriod, ...]:
    """The zones once a person has said that.

    A zone alone corrects: it holds for all times, unless they are known to live there now. With a day it is a move: from the
    beginning of that day there until the next move that is known. Raises as `wished` does.
    """
    zone, since = wished(text)
    if not known or (since is None and known[-1].zone != zone):
        return (ZonePeriod(zone),)
    if since is None:
        return tuple(known)
    kept = [period for period in known if _first_day(period) != since]
    starts_at = micros(datetime(since.year, since.month, since.day, tzinfo=ZoneInfo(zone)))
    found = sorted(
        [*kept, ZonePeriod(zone, starts_at)],
        key=lambda period: (period.starts_at is not None, period.starts_at),
    )
    return tuple(
        period
        for before, period in zip([None, *found], found, strict=False)
        if before is None or before.zone != period.zone
    )


def _first_day(period: ZonePeriod) -> date | None:
    """The day a stay began, there."""
    if period.starts_at is None:
        return None
    return Moment(period.starts_at).datetime.astimezone(ZoneInfo(period.zone)).date()


def reading(feed: Feed, seen_at: int) -> Reading:
    """What parse may know of a feed."""
    stays = zip(feed.zones, feed.zones[1:], strict=False)
    earlier = tuple((stay.zone, after.starts_at) for stay, after in stays if after.starts_at is not None)
    return Reading(feed=feed.name, seen_at=seen_at, zone=feed.zone, earlier=earlier, settings=feed.settings)


def offsets(zones: Sequence[ZonePeriod]) -> list[Offset]:
    """The offsets in force from 1990 to 2060 for a person who lived in these zones, in order of time."""
    found: list[Offset] = []
    for index, period in enumerate(zones):
        start = micros(FIRST) if period.starts_at is None else period.starts_at
        after = zones[index + 1].starts_at if index + 1 < len(zones) else None
        end = micros(LAST) if after is None else after
        found += [
            (zone, max(begins, start), min(ends, end), offset)
            for zone, begins, ends, offset in _of_zone(period.zone)
            if begins < end and ends > start
        ]
    return found


@lru_cache(maxsize=32)
def _of_zone(name: str) -> tuple[Offset, ...]:
    changes = [(FIRST, _offset(FIRST, ZoneInfo(name))), *_changes(name)]
    ends = [at for at, _ in changes[1:]] + [LAST]
    return tuple(
        (name, micros(at), micros(end), offset) for (at, offset), end in zip(changes, ends, strict=True)
    )


def _changes(name: str) -> Iterator[tuple[datetime, int]]:
    """The instants at which the zone's offset changes, found by looking now and then and halving to the second."""
    zone, look = ZoneInfo(name), FIRST
    offset = _offset(look, zone)
    while look < LAST:
        following = min(look + GLANCE, LAST)
        before, offset = offset, _offset(following, zone)
        if offset != before:
            yield _change_within(look, following, zone), offset
        look = following


def _change_within(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    before = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high


def _offset(at: datetime, zone: ZoneInfo) -> int:
    offset = at.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def append_zones(feed: Feed, run: Run, session: Session) -> None:
    """Write the feed's offsets to the warehouse where they are not what stands there."""
    wanted = offsets(feed.zones)
    have = session.query("zones_of_feed", feed=feed.name)
    names = ("zone", "starts_at", "ends_at", "offset_seconds")
    if list(zip(*(have[name] for name in names), strict=True)) == wanted:
        return
    rows = dict(zip(names, map(list, zip(*wanted, strict=True)), strict=True))
    session.append(
        "zones", {"feed": [feed.name] * len(wanted), "version": [run.number] * len(wanted), **rows}
    )
