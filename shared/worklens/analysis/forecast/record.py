"""How soon a list was empty before: what its own record says of the day on which it will be.

A walk of days drawn one by one sees a list empty far too often. People take on about as much as they finish, so a list
keeps its size for years where a walk would have wandered to nothing, and what nobody will ever do stays on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.forecast.questions import LONGEST

BACK = 730  # days of the record that speak
APART = 3  # days between the starts that are looked at: neighbours say the same
HALF_LIFE = 365.0  # days after which a start weighs half
ALIKE = (
    0.4  # logarithm: a start with half as much open again weighs six tenths, one with twice as much a fifth
)
KNOWN = 120.0  # days with something open after which a record weighs as much as a walk
OFTEN = 5  # emptyings after which it weighs two thirds, and so on up
FAINT = 1e-9  # what a start weighs however unlike: where nothing else is known, it speaks


@dataclass(frozen=True, eq=False)
class Record:
    """A list's days: what was open when each began, and after the last; (days + 1,) each."""

    left: Ints
    emptied: Ints  # the days that began with nothing open, the one before not
    free: Ints  # all that began so

    @classmethod
    def of(cls, left: Ints) -> Record:
        """From the open counts."""
        none = left <= 0
        return cls(left, np.flatnonzero(none[1:] & ~none[:-1]) + 1, np.flatnonzero(none))

    def weight(self, origins: Ints) -> Floats:
        """How much it says beside a walk, from 0 to 1, at each origin: (origins,)."""
        opened = np.concatenate([[0], np.cumsum(self.left[:-1] > 0)])
        seen = opened[origins] - opened[np.maximum(origins - BACK, 0)]
        times = self._times(origins)
        share: Floats = np.minimum(seen / KNOWN, 1.0) * (times + OFTEN) / (times + 2 * OFTEN)
        return share

    def _times(self, origins: Ints) -> Ints:
        """How often it was emptied within the record of each origin."""
        before, long_before = (
            np.searchsorted(self.emptied, day, side="right") for day in (origins, origins - BACK)
        )
        times: Ints = before - long_before
        return times

    def table(self, origins: Ints) -> Floats:
        """P(empty within t days) at each origin, t from 0 to LONGEST: (origins, days).

        After n emptyings it is never surer than n of n + 1: the next time may be another.
        """
        rows = np.array([self._row(origin) for origin in origins.tolist()]).reshape(origins.size, LONGEST + 1)
        times = self._times(origins)[:, None]
        return rows * times / (times + 1)

    def _row(self, origin: int) -> Floats:
        """By Kaplan and Meier, over the days of the record."""
        starts = np.arange(max(origin - BACK, 0), origin, APART)
        starts = starts[self.left[starts] > 0]
        if not starts.size:
            return np.zeros(LONGEST + 1)
        end = np.append(self.free, origin)[np.searchsorted(self.free, starts)]
        took = np.minimum(np.minimum(end, origin) - starts, LONGEST + 1)
        seen = (end <= origin) & (self.left[np.minimum(end, origin)] <= 0)
        unlike = np.log((self.left[starts] + 1) / (max(int(self.left[origin]), 0) + 1)) / ALIKE
        weight = 0.5 ** ((origin - starts) / HALF_LIFE) * np.exp(-(unlike**2) / 2) + FAINT
        return _ended(took, seen, weight)


def _ended(took: Ints, seen: Bools, weight: Floats) -> Floats:
    """The weighted share that has ended by each day up to LONGEST, of durations that were seen to end or cut off."""
    ends = np.bincount(took, weight * seen, LONGEST + 2)
    there = np.cumsum(np.bincount(took, weight, LONGEST + 2)[::-1])[::-1]
    chance = np.divide(ends, there, out=np.zeros_like(ends), where=there > FAINT / 2)
    ended: Floats = 1 - np.cumprod(1 - np.minimum(chance, 1.0))[: LONGEST + 1]
    return ended
