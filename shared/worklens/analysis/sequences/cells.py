"""The three recurrent cells, each one step forth and back; they hold no weights and never look beyond their step.

Deep Learning Specialization, course 5, week 1. A cell is given two sums, `given = x W + b` (batch, gates * units) from its
input and `recurrent = h U` (batch, gates * units) from the hidden state before, and makes the next state of them.
A state is (batch, parts * units), and its first part is the hidden state h that others see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.arrays import Reals

Kept: TypeAlias = tuple[Reals, ...]
"""What a step forth leaves for the step back."""


@dataclass(frozen=True)
class Cell:
    """A recurrent cell as two pure functions.

    `step(given, recurrent, state)` is the next state and what to keep. `back(d_state, recurrent, state, kept)` is the
    gradient by `given`, by `recurrent`, and by the state before, less what flows through `recurrent`.
    """

    gates: int
    parts: int
    step: Callable[[Reals, Reals, Reals], tuple[Reals, Kept]]
    back: Callable[[Reals, Reals, Reals, Kept], tuple[Reals, Reals, Reals]]


def basic_step(given: Reals, recurrent: Reals, _state: Reals) -> tuple[Reals, Kept]:
    """`h' = tanh(x W + h U + b)`."""
    new: Reals = np.tanh(given + recurrent)
    return new, (new,)


def basic_back(d_new: Reals, _recurrent: Reals, state: Reals, kept: Kept) -> tuple[Reals, Reals, Reals]:
    """`(1 - h'**2) d`, the same by both sums."""
    (new,) = kept
    d_sum: Reals = d_new * (1 - new * new)
    return d_sum, d_sum, np.zeros_like(state)


def gru_step(given: Reals, recurrent: Reals, state: Reals) -> tuple[Reals, Kept]:
    """`z, r = sigmoid(..)`, `n = tanh(x Wn + r * (h Un))`, `h' = (1 - z) n + z h` (Cho et al. 2014, gates as in cuDNN).

    The course writes `U (r * h)` for `r * (h U)`; the latter is as good, and one product a step instead of two.
    """
    units = state.shape[1]
    gates = sigmoid(given[:, : 2 * units] + recurrent[:, : 2 * units])
    z, r = gates[:, :units], gates[:, units:]
    n: Reals = np.tanh(given[:, 2 * units :] + r * recurrent[:, 2 * units :])
    new: Reals = n + z * (state - n)
    return new, (z, r, n)


def gru_back(d_new: Reals, recurrent: Reals, state: Reals, kept: Kept) -> tuple[Reals, Reals, Reals]:
    """The chain rule through both gates and the candidate."""
    z, r, n = kept
    units = state.shape[1]
    d_given = np.empty_like(recurrent)
    d_sum = d_given[:, 2 * units :]
    np.multiply(d_new * (1 - z), 1 - n * n, out=d_sum)
    d_given[:, :units] = d_new * (state - n) * z * (1 - z)
    d_given[:, units : 2 * units] = d_sum * recurrent[:, 2 * units :] * r * (1 - r)
    d_recurrent = d_given.copy()
    d_recurrent[:, 2 * units :] *= r
    return d_given, d_recurrent, d_new * z


def lstm_step(given: Reals, recurrent: Reals, state: Reals) -> tuple[Reals, Kept]:
    """`i, f, o = sigmoid(..)`, `c' = f c + i tanh(..)`, `h' = o tanh(c')` (Hochreiter and Schmidhuber 1997; Gers 2000)."""
    units = state.shape[1] // 2
    sums = given + recurrent
    gates, g = sigmoid(sums[:, : 3 * units]), np.tanh(sums[:, 3 * units :])
    i, f, o = gates[:, :units], gates[:, units : 2 * units], gates[:, 2 * units :]
    c = f * state[:, units:] + i * g
    bent: Reals = np.tanh(c)
    return np.concatenate([o * bent, c], axis=1), (i, f, o, g, bent)


def lstm_back(d_new: Reals, _recurrent: Reals, state: Reals, kept: Kept) -> tuple[Reals, Reals, Reals]:
    """The chain rule through the three gates and the candidate; the memory's own gradient passes by `f` alone."""
    i, f, o, g, bent = kept
    units = state.shape[1] // 2
    d_h, c = d_new[:, :units], state[:, units:]
    d_c = d_new[:, units:] + d_h * o * (1 - bent * bent)
    d_sums: Reals = np.concatenate(
        [
            d_c * g * i * (1 - i),
            d_c * c * f * (1 - f),
            d_h * bent * o * (1 - o),
            d_c * i * (1 - g * g),
        ],
        axis=1,
    )
    return d_sums, d_sums, np.concatenate([np.zeros_like(d_h), d_c * f], axis=1)


CELLS = {
    "basic": Cell(1, 1, basic_step, basic_back),
    "gru": Cell(3, 1, gru_step, gru_back),
    "lstm": Cell(4, 2, lstm_step, lstm_back),
}
"""By the name under which a model's settings choose them."""
