"""A history as a picture: weeks by weekdays by hours, and boxes in it.

Times are those of the person's own clock, so that a habit keeps its hour when the clocks change. A day begins at 4:00: who
works past midnight is still at the evening before.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis import weeks
from worklens.analysis.arrays import Bools, Floats, Ints

DAYS, HOURS = 7, 24
DAY_BEGINS = 4  # the hour at which fewest people are awake


def week_hours(day: Ints, hour: Ints, first_week: int, count: int) -> Ints:
    """How many events fall in each hour: (weeks, 7, 24), the weeks being `count` from `first_week` on.

    `day` is counted from 1970-01-01 and `hour` is 0 to 23, both by the person's clock. Weekdays start on Monday and hours
    at 4:00. Events outside those weeks are left out.
    """
    shifted = day - (hour < DAY_BEGINS)
    week = weeks.week(shifted) - first_week
    inside = (week >= 0) & (week < count)
    place = (week * DAYS + weeks.weekday(shifted)) * HOURS + (hour - DAY_BEGINS) % HOURS
    return np.bincount(place[inside], minlength=count * DAYS * HOURS).reshape(count, DAYS, HOURS)


def clock_hour(place: int) -> int:
    """The hour on the clock of a place along the hours: 24 of them lead from 4:00 to 4:00."""
    return (place + DAY_BEGINS) % HOURS


def box_iou(first: Ints | Floats, second: Ints | Floats) -> Floats:
    """The IoU of (n, 6) boxes with (m, 6): (n, m). A box is the first week, weekday and hour, and those after its last."""
    ends = np.minimum(first[:, None, 3:], second[None, :, 3:])
    shared = np.maximum(ends - np.maximum(first[:, None, :3], second[None, :, :3]), 0).prod(axis=2)
    sizes = [(boxes[:, 3:] - boxes[:, :3]).prod(axis=1) for boxes in (first, second)]
    union = sizes[0][:, None] + sizes[1][None] - shared
    overlap: Floats = np.divide(shared, union, out=np.zeros(shared.shape), where=union > 0)
    return overlap


def cut(table: Floats, box: Ints) -> Floats:
    """The part of (weeks, 7, 24) that a box holds; what is written to it is written to the table."""
    return table[box[0] : box[3], box[1] : box[4], box[2] : box[5]]


def hours_possible(counts: Ints | Floats, open_: Bools) -> Floats:
    """1 for each hour of the days on which work was possible, else 0, in the shape of the counts."""
    return np.repeat(open_.astype(np.float64)[:, :, None], counts.shape[2], axis=2)
