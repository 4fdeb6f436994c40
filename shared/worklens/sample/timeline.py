"""The person's two years: days and weeks in her zone, and how her pace went up and down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from worklens.sample.dice import Dice, Floats, Ints

ZONE = ZoneInfo("Europe/Berlin")
END = datetime(
    2026, 10, 30, 8, tzinfo=UTC
)  # the last export; fixed, so that the sample never depends on today

USUAL, BURN_OUT, HOLIDAY, RECOVERY, USUAL_AGAIN, FASTER = range(6)
# Weeks of each phase and the pace in it: pace multiplies both what is written down and the chance to do it.
PHASES = ((53, 1.0), (7, 0.35), (2, 0.0), (4, 0.8), (25, 1.0), (14, 1.4))
WEEKS = sum(weeks for weeks, _ in PHASES)

BURST_DAYS = 14  # days of clearing out, when everything is as much likelier to get done ...
BURST_FACTOR = 3.0  # ... as this


@dataclass(frozen=True)
class Timeline:
    """Each whole local day from a Monday to the day before the last export; day 0 is ``first``."""

    first: date
    end: datetime
    pace: Floats  # (days,)
    burst: Floats  # (days,) 1 or BURST_FACTOR

    @property
    def days(self) -> int:
        """How many whole days the history has."""
        return len(self.pace)

    @property
    def weekdays(self) -> Ints:
        """0 Monday to 6 Sunday, as a vector (days,)."""
        return np.arange(self.days) % 7

    def date_of(self, day: int) -> date:
        """The calendar date of a day number."""
        return self.first + timedelta(days=int(day))

    def day_of(self, when: datetime) -> int:
        """The day number an instant falls on, in her zone."""
        return (when.astimezone(ZONE).date() - self.first).days

    def instant(self, day: int, seconds: float) -> datetime:
        """The UTC instant, to the millisecond, of a wall clock's time in seconds after local midnight."""
        midnight = datetime.combine(self.date_of(day), datetime.min.time())
        wall = midnight + timedelta(milliseconds=round(seconds * 1000))
        return wall.replace(tzinfo=ZONE).astimezone(UTC)

    def phase(self, number: int) -> tuple[date, date]:
        """First and last date of a phase of PHASES."""
        start = 7 * sum(weeks for weeks, _ in PHASES[:number])
        stop = min(start + 7 * PHASES[number][0], self.days)
        return self.date_of(start), self.date_of(stop - 1)


def timeline(dice: Dice, end: datetime = END) -> Timeline:
    """Lay out the weeks backwards from ``end``, and draw the days of clearing out among the usual ones."""
    last = end.astimezone(ZONE).date()
    first = last - timedelta(days=last.weekday(), weeks=WEEKS - 1)
    days = (last - first).days
    pace = np.repeat([pace for _, pace in PHASES], [7 * weeks for weeks, _ in PHASES])[:days]
    usual = np.flatnonzero(pace >= 1.0)
    burst = np.ones(days)
    burst[usual[(dice.uniforms(BURST_DAYS) * len(usual)).astype(int)]] = BURST_FACTOR
    return Timeline(first, end, pace, burst)


def snapshots(end: datetime, count: int) -> list[datetime]:
    """The instants of ``count`` monthly exports, oldest first; a shorter month ends on its own last day."""
    return [_months_before(end, months) for months in range(count - 1, -1, -1)]


def _months_before(when: datetime, months: int) -> datetime:
    year, month = divmod(when.year * 12 + when.month - 1 - months, 12)
    after = date(year + month // 11, (month + 1) % 12 + 1, 1)
    length = (after - date(year, month + 1, 1)).days
    return when.replace(year=year, month=month + 1, day=min(when.day, length))
