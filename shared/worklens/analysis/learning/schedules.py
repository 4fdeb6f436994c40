"""Learning rates that fall as learning goes on: large steps first, small ones near the end.

Deep Learning Specialization, course 2, week 2; the cosine is Loshchilov and Hutter 2017. Each gives the share of the first
rate that is used in an epoch, counted from 0, of so many in all.
"""

from __future__ import annotations

import math
from collections.abc import Callable

DECAY = 1.0  # 1 / (1 + epoch): the course's example
BASE = 0.95  # the course's: a twentieth less every epoch
STAIR = 10  # epochs on a stair; the next is half as high


def constant(_epoch: int, _epochs: int) -> float:
    """The first rate throughout."""
    return 1.0


def inverse(epoch: int, _epochs: int) -> float:
    """`1 / (1 + DECAY * epoch)`."""
    return 1 / (1 + DECAY * epoch)


def exponential(epoch: int, _epochs: int) -> float:
    """`BASE ** epoch`."""
    return float(BASE**epoch)


def root(epoch: int, _epochs: int) -> float:
    """`1 / sqrt(1 + epoch)`."""
    return 1 / math.sqrt(1 + epoch)


def staircase(epoch: int, _epochs: int) -> float:
    """Half as much every STAIR epochs."""
    return float(0.5 ** (epoch // STAIR))


def cosine(epoch: int, epochs: int) -> float:
    """Half a cosine, from 1 towards 0 when all epochs are over."""
    return (1 + math.cos(math.pi * epoch / epochs)) / 2


SCHEDULES: dict[str, Callable[[int, int], float]] = {
    "constant": constant,
    "inverse": inverse,
    "exponential": exponential,
    "root": root,
    "staircase": staircase,
    "cosine": cosine,
}
"""By the name under which a network's settings choose them."""
