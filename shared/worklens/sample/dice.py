"""Seeded chance, the same on every machine: named streams of raw PCG64 bits, turned into draws by inversion.

NumPy keeps the sequence of a bit generator from version to version, but not that of its distributions; so none of
those is used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_MOST = 40  # no day here has that many arrivals: the chance at the highest rate is below 1e-12


class Dice:
    """Draws from the stream ``name`` of ``seed`` (0 or more); one part's draws don't disturb another's."""

    def __init__(self, seed: int, name: str) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, crc32(name.encode())]))

    def uniforms(self, count: int) -> Floats:
        """Numbers in [0, 1), 53 bits each, as a vector (count,)."""
        raw: NDArray[np.uint64] = self._bits.random_raw(count)
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def uniform(self) -> float:
        """One number in [0, 1)."""
        return float(self.uniforms(1)[0])

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.uniform() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, each as likely as the others."""
        return options[self.whole(0, len(options) - 1)]

    def indices(self, weights: Sequence[float] | Floats, count: int) -> Ints:
        """Positions drawn in proportion to their weights, as a vector (count,)."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        found: Ints = np.searchsorted(edges, self.uniforms(count) * edges[-1], side="right")
        return found

    def index(self, weights: Sequence[float] | Floats) -> int:
        """One position drawn in proportion to the weights."""
        return int(self.indices(weights, 1)[0])

    def counts(self, rates: Floats) -> Ints:
        """A Poisson count for each rate, as a vector like ``rates``."""
        steps = np.arange(1, _MOST)
        terms = np.cumprod(rates[:, None] / steps, axis=1)  # (rates, 39): rate**k / k!
        masses = np.exp(-rates)[:, None] * np.hstack([np.ones((len(rates), 1)), terms])
        below = self.uniforms(len(rates))[:, None] >= np.cumsum(masses, axis=1)
        found: Ints = below.sum(axis=1)
        return found
