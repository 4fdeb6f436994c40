"""The plain bootstrap: each coming day is one of the last `window` days, drawn with equal chance; computed exactly.

The sum of independent draws is a convolution, so nothing is simulated: its chances are powers of a Fourier transform,
and "when" is the same walk stopped at its goal.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.forecast.questions import LONGEST, HowMany, Question, When, there

EVERY_DAY = np.arange(LONGEST + 1)
SAFE = 8.0


def bootstrap(
    done: Ints,
    question: Question,
    origins: Ints,
    window: int,
    arrived: Ints | None = None,
    days: Ints = EVERY_DAY,
    items: Ints | None = None,
) -> Floats:
    """P(answer <= x) at each origin by the last `window` days before it: (origins, answers).

    Answers are counts from 0 up, or the rising `days`. An origin must have a day before it. `items` (origins,) is what was
    open at each, for `Emptied`, if it was not the question's.
    """
    if isinstance(question, HowMany):
        return sums(day_chances(done, origins, window), question.days)
    if isinstance(question, When):
        return reached(day_chances(done, origins, window), question.items, days)
    net = done - there(arrived)
    lowest = int(net.min(initial=0))
    asked = np.full(origins.shape, question.items) if items is None else np.maximum(items, 1)
    return emptied(day_chances(net - lowest, origins, window), lowest, asked, days)


def day_chances(counts: Ints, origins: Ints, window: int) -> Floats:
    """The share of the last `window` days before each origin that had each count: (origins, counts).

    An origin must have a day before it.
    """
    width = int(counts.max(initial=0)) + 1
    shares = np.zeros((origins.size, width))
    for row, origin in enumerate(origins.tolist()):
        days = counts[max(0, origin - window) : origin]
        shares[row] = np.bincount(days, minlength=width) / days.size
    return shares


def sums(chances: Floats, days: int) -> Floats:
    """P(the sum of `days` independent draws <= k) for every k it can be: (rows, days * (counts - 1) + 1).

    By powers of the Fourier transform, exact but for rounding (about 1e-15); rows whose sums stay small by shorter ones.
    """
    table = np.ones((len(chances), days * (chances.shape[1] - 1) + 1))
    most = chances.shape[1] - 1 - (chances[:, ::-1] > 0).argmax(axis=1)  # the largest count of each row
    lengths = np.array([1 << (days * top).bit_length() for top in most.tolist()])
    for length in np.unique(lengths).tolist():
        mine = np.flatnonzero(lengths == length)
        top = int(most[mine].max())
        spectrum = _power(np.fft.rfft(chances[mine, : top + 1], length), days)
        powers = np.fft.irfft(spectrum, length)[:, : days * top + 1]
        table[mine, : days * top + 1] = np.minimum(np.cumsum(np.maximum(powers, 0.0), axis=1), 1.0)
    return table


def reached(chances: Floats, items: int, days: Ints = EVERY_DAY) -> Floats:
    """P(`items` are done within t days) for each t of the rising `days`: (rows, days).

    The sums below `items` are carried from one of the days to the next, by one product of transforms for each power of
    two of days between them; what leaves them has arrived.
    """
    length = 1 << (2 * items - 1).bit_length()
    below = np.zeros((chances.shape[0], items))
    below[:, 0] = 1.0
    powers = [np.fft.rfft(chances[:, :items], length)]  # of 1, 2, 4 ... days
    table = np.zeros((chances.shape[0], days.size))
    for column, step in enumerate(np.diff(days, prepend=0).tolist()):
        for power in range(step.bit_length()):
            if power == len(powers):
                powers.append(np.fft.rfft(_cut(powers[-1] ** 2, length, items), length))
            if step >> power & 1:
                below = _cut(np.fft.rfft(below, length) * powers[power], length, items)
        table[:, column] = 1.0 - below.sum(axis=1)
    return np.maximum(np.maximum.accumulate(table, axis=1), 0.0)


def _power(base: NDArray[np.complex128], exponent: int) -> NDArray[np.complex128]:
    """A whole power by squaring: several times as fast as NumPy's, which goes by logarithms."""
    result: NDArray[np.complex128] | None = None
    while exponent:
        if exponent & 1:
            result = base if result is None else result * base
        exponent >>= 1
        if exponent:
            base = base * base
    return np.ones_like(base) if result is None else result


def _cut(product: NDArray[np.complex128], length: int, items: int) -> Floats:
    """The sums below `items` of a product of transforms."""
    return np.fft.irfft(product, length)[:, :items]


def emptied(chances: Floats, lowest: int, items: Ints, days: Ints = EVERY_DAY) -> Floats:
    """P(a list of `items` (rows,) is empty within t days) for each t of the rising `days`: (rows, days).

    `chances` (rows, steps) are of what a day takes off the list, from `lowest` up; below 0 it grows. Whether the list
    is empty is looked at on those days only. What lies beyond SAFE standard deviations (1e-12) is left out.
    """
    takes = np.arange(chances.shape[1]) + lowest
    steps = np.diff(days, prepend=0)
    top = int(items.max(initial=1))
    room = top + _most(chances, -takes, int(days[-1]))
    fall = _most(chances, takes, int(steps.max(initial=1)))
    up, down = max(-lowest, 0), max(int(takes[-1]), 0)  # the most in a day
    left, spectrum = np.zeros((len(chances), room + 1)), _Spectrum(chances, takes)
    left[np.arange(len(chances)), items] = 1.0  # left[:, n]: chance that n are open
    table = np.zeros((len(chances), days.size))
    for column, (day, step) in enumerate(zip(days.tolist(), steps.tolist(), strict=True)):
        most = min(room, top + up * day)  # more can't be open yet
        length = 1 << (most + min(fall, down * step)).bit_length()
        ahead = np.fft.rfft(left[:, : most + 1], length) * spectrum.of(step, length)
        np.maximum(np.fft.irfft(ahead, length)[:, : most + 1], 0.0, out=left[:, : most + 1])
        left[:, 0] = 0.0
        table[:, column] = 1.0 - left.sum(axis=1)
    return np.maximum(np.maximum.accumulate(table, axis=1), 0.0)


class _Spectrum:
    """The transforms of what some days take; those of one length are kept, since the next look mostly has the same."""

    def __init__(self, chances: Floats, takes: Ints) -> None:
        self.chances, self.takes = chances, takes
        self.powers: dict[tuple[int, int], NDArray[np.complex128]] = {}

    def of(self, days: int, length: int) -> NDArray[np.complex128]:
        """Of the sum of `days` draws: (rows, frequencies)."""
        if (1, length) not in self.powers:
            kernel = np.zeros((len(self.chances), length))
            kernel[:, -self.takes % length] = self.chances
            self.powers = {(1, length): np.fft.rfft(kernel)}
        if (days, length) not in self.powers:
            self.powers[days, length] = _power(self.powers[1, length], days)
        return self.powers[days, length]


def _most(chances: Floats, takes: Ints, days: int) -> int:
    """The most that so many days take, SAFE standard deviations from what is expected, or all that they can."""
    mean = chances @ takes
    spread = np.sqrt(np.maximum(chances @ takes**2 - mean**2, 0.0) * days)
    likely = np.maximum(mean * days + SAFE * spread, 0.0).max(initial=0.0)
    return min(int(np.ceil(likely)), days * max(int(takes.max(initial=0)), 0)) + 1
