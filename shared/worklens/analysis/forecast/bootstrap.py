"""The plain bootstrap: each coming day is one of the last `window` days, drawn with equal chance; computed exactly.

The sum of independent draws is a convolution, so nothing is simulated: its chances are powers of a Fourier transform,
and "when" is the same walk stopped at its goal.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.forecast.questions import LONGEST, Emptied, HowMany, Question


def bootstrap(
    done: Ints, question: Question, origins: Ints, window: int, arrived: Ints | None = None
) -> Floats:
    """P(answer <= x) at each origin by the last `window` days before it: (origins, answers).

    Answers are counts from 0 up, or days from 0 to LONGEST.
    """
    if isinstance(question, HowMany):
        return sums(day_chances(done, origins, window), question.days)
    if isinstance(question, Emptied):
        net = done - (arrived if arrived is not None else 0)
        lowest = int(net.min(initial=0))
        steps = day_chances(net - lowest, origins, window)
        return np.stack([emptied(row, lowest, question.items) for row in steps])
    return reached(day_chances(done, origins, window), question.items)


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

    By powers of the Fourier transform, exact but for rounding (about 1e-15).
    """
    width = days * (chances.shape[1] - 1) + 1
    length = 1 << (width - 1).bit_length()
    powers = np.fft.irfft(np.fft.rfft(chances, length) ** days, length)[:, :width] if width > 1 else chances
    table: Floats = np.minimum(np.cumsum(np.maximum(powers, 0.0), axis=1), 1.0)
    return table


def reached(chances: Floats, items: int, longest: int = LONGEST) -> Floats:
    """P(`items` are done within t days) for t from 0 to `longest`: (rows, longest + 1).

    The walk over the counts below `items`, day by day; what leaves them has arrived.
    """
    rows = chances.shape[0]
    step = np.zeros((rows, items))
    step[:, : chances.shape[1]] = chances[:, :items]
    below, table = np.zeros((rows, items)), np.zeros((rows, longest + 1))
    below[:, 0] = 1.0
    counts = [count for count in range(items) if step[:, count].any()]
    for day in range(1, longest + 1):
        after = np.zeros_like(below)
        for count in counts:
            after[:, count:] += step[:, [count]] * below[:, : items - count]
        below = after
        table[:, day] = 1.0 - below.sum(axis=1)
    return np.maximum(table, 0.0)


def emptied(chances: Floats, lowest: int, items: int, longest: int = LONGEST) -> Floats:
    """P(a list of `items` is empty within t days) for t from 0 to `longest`: (longest + 1,).

    `chances` (steps,) are of what a day takes off the list, from `lowest` up; below 0 it grows. A list that has grown by
    eight standard deviations more than the drift explains is taken to be lost, which moves no chance by 1e-12.
    """
    takes = np.arange(chances.size) + lowest
    mean = float(chances @ takes)
    spread = float(np.sqrt(chances @ (takes - mean) ** 2 * longest))
    room = items + int(np.ceil(max(-mean, 0.0) * longest + 8 * spread)) + max(-lowest, 0) + 1
    taken = [(int(take), float(chance)) for take, chance in zip(takes, chances, strict=True) if chance > 0]
    here, table = np.zeros(room + 1), np.zeros(longest + 1)  # here[n]: chance that n are open
    here[items] = 1.0
    for day in range(1, longest + 1):
        after, gone = np.zeros_like(here), 0.0
        for take, chance in taken:
            if take >= 0:
                gone += chance * float(here[1 : take + 1].sum())
                after[1 : room + 1 - take] += chance * here[1 + take :]
            else:
                after[1 - take :] += chance * here[1 : room + 1 + take]
        here = after
        table[day] = table[day - 1] + gone
    return table
