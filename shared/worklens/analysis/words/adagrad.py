"""Steps that shrink word by word: the more a word has been moved already, the less it moves (Duchi, Hazan and Singer 2011).

Rare words so learn as much from each meeting as common ones no longer need to. Only the words met are touched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.sums import met, summed


@dataclass(frozen=True, eq=False)
class AdaGrad:
    """The sums of squared gradients so far: (words, units), or (words, 1) where a word's units share one rate."""

    squares: Reals
    sparse: bool | None = None  # whether to use SciPy; by default, if it is there

    def step(self, theta: Reals, which: Ints, gradients: Reals, rate: float) -> None:
        """Move the words `which` (places,) of `theta` (words, units), in place, against `gradients` (places, units)."""
        rows, places = met(which, len(theta))
        gradient = summed(places, gradients, len(rows), sparse=self.sparse)
        squares = gradient * gradient
        if self.squares.shape[1] == 1:
            squares = squares.mean(axis=1, keepdims=True)
        squares += self.squares[rows]
        self.squares[rows] = squares
        np.sqrt(squares, out=squares)
        gradient *= theta.dtype.type(rate)
        gradient /= squares
        theta[rows] -= gradient


def shared(words: int, start: float, sparse: bool | None = None) -> AdaGrad:
    """One rate a word, which needs no memory to speak of; sums begin at `start`, above 0."""
    return AdaGrad(np.full((words, 1), start, dtype=np.float32), sparse)


def separate(words: int, units: int, start: float, sparse: bool | None = None) -> AdaGrad:
    """One rate a number, as Duchi et al. have it."""
    return AdaGrad(np.full((words, units), start, dtype=np.float32), sparse)
