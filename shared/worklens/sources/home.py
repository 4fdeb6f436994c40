"""The zone of a person who moves, as one: a local time is read in the zone they lived in then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from worklens.tasks import micros

Stay = tuple[str, int]
"""A zone that was lived in, and the instant (microseconds) at which that ended."""
FOREVER = 1 << 62  # microseconds


class Moved(tzinfo):
    """One zone after another. Of a local time that comes twice, as the clocks are set back by a move, the first counts."""

    def __init__(self, earlier: Sequence[Stay], now: str) -> None:
        """``earlier`` in order of time, ``now`` without an end."""
        self.now = ZoneInfo(now)
        zones = [*(ZoneInfo(zone) for zone, _ in earlier), self.now]
        moves = [-FOREVER, *(until for _, until in earlier), FOREVER]
        self.stays = list(zip(zones, moves[:-1], moves[1:], strict=True))

    def utcoffset(self, local: datetime | None) -> timedelta | None:
        """How far a clock that shows this was ahead of UTC."""
        return self._then(local).utcoffset(local)

    def dst(self, local: datetime | None) -> timedelta | None:
        """How much of that was summer time."""
        return self._then(local).dst(local)

    def tzname(self, local: datetime | None) -> str | None:
        """What the zone was called."""
        return self._then(local).tzname(local)

    def _then(self, local: datetime | None) -> ZoneInfo:
        """Where a clock of theirs showed this; where none did, the zone they had just moved to."""
        skipped = None
        for zone, began, until in self.stays if local else ():
            at = micros(local.replace(tzinfo=zone).astimezone(UTC)) if local else 0
            if began <= at < until:
                return zone
            if at < began and skipped is None:
                skipped = zone
        return skipped or self.now


@lru_cache(maxsize=64)
def home(earlier: tuple[Stay, ...], now: str) -> tzinfo:
    """Where a person lives; the same object for the same stays."""
    return Moved(earlier, now) if earlier else ZoneInfo(now)
