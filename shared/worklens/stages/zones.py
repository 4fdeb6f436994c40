"""Zone periods as rows of the warehouse: the offset of a person's wall clock at any instant, without a zone library
in the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from worklens.ports import Feed, Run, Session, ZonePeriod
from worklens.tasks import micros

FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2061, 1, 1, tzinfo=UTC)  # as the calendar table
Offset = tuple[str, int, int, int]
"""Zone, from this instant on, until this one (microseconds), seconds that local time is ahead of UTC."""


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
    changes = [(FIRST, _offset(FIRST, name)), *_changes(name)]
    ends = [at for at, _ in changes[1:]] + [LAST]
    return tuple(
        (name, micros(at), micros(end), offset) for (at, offset), end in zip(changes, ends, strict=True)
    )


def _changes(name: str) -> Iterator[tuple[datetime, int]]:
    """The instants at which the zone's offset changes, found by looking each day and halving to the second."""
    day, one = FIRST, timedelta(days=1)
    offset = _offset(day, name)
    while day < LAST:
        if _offset(day + one, name) != offset:
            at = _change_within(day, day + one, name)
            offset = _offset(day + one, name)
            yield at, offset
        day += one


def _change_within(low: datetime, high: datetime, name: str) -> datetime:
    before = _offset(low, name)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if _offset(middle, name) == before else (low, middle)
    return high


def _offset(at: datetime, name: str) -> int:
    offset = at.astimezone(ZoneInfo(name)).utcoffset()
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
