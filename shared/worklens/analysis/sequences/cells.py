"""The three recurrent cells, each one step forth and back; they hold no weights and never look beyond their step.

Deep Learning Specialization, course 5, week 1. A cell is given two sums, `given = x W + b` from its input and
`recurrent = h U` from the hidden state before, both (gates, batch, units), and makes the next state of them: gate by
gate, so that each gate's numbers lie together. A state is (batch, parts * units), and its first part is the hidden
state h that others see.
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

    `step(given, recurrent, state)` is the next state and what to keep. `back(d_state, recurrent, state, kept, d_given,
    d_recurrent)` writes the gradients by both sums into its last two arguments, and returns that by the state before,
    less what flows through `recurrent`. Where the sums only ever add up (`apart` is false) both gradients are the same,
    and the first alone is written.
    """

    gates: int
    parts: int
    apart: bool
    step: Callable[[Reals, Reals, Reals], tuple[Reals, Kept]]
    back: Callable[[Reals, Reals, Reals, Kept, Reals, Reals], Reals]


def by_gate(weights: Reals, gates: int) -> Reals:
    """Weights (inputs, gates * units) as (gates, inputs, units): a view, through which gradients are written, too."""
    return weights.reshape(len(weights), gates, -1).transpose(1, 0, 2)


def basic_step(given: Reals, recurrent: Reals, _state: Reals) -> tuple[Reals, Kept]:
    """`h' = tanh(x W + h U + b)`."""
    new = given[0] + recurrent[0]
    np.tanh(new, out=new)
    return new, (new,)


def basic_back(
    d_new: Reals, _recurrent: Reals, state: Reals, kept: Kept, d_given: Reals, _d_recurrent: Reals
) -> Reals:
    """`(1 - h'**2) d`, the same by both sums."""
    (new,) = kept
    np.multiply(d_new, 1 - new * new, out=d_given[0])
    return np.zeros_like(state)


def gru_step(given: Reals, recurrent: Reals, state: Reals) -> tuple[Reals, Kept]:
    """`z, r = sigmoid(..)`, `n = tanh(x Wn + r * (h Un))`, `h' = (1 - z) n + z h` (Cho et al. 2014, gates as in cuDNN).

    The course writes `U (r * h)` for `r * (h U)`; the latter is as good, and one product a step instead of two.
    """
    gates = sigmoid(given[:2] + recurrent[:2])  # (2, batch, units)
    n = gates[1] * recurrent[2]
    n += given[2]
    np.tanh(n, out=n)
    new = state - n
    new *= gates[0]
    new += n
    return new, (gates, n)


def gru_back(
    d_new: Reals, recurrent: Reals, state: Reals, kept: Kept, d_given: Reals, d_recurrent: Reals
) -> Reals:
    """The chain rule through both gates and the candidate, in few passes: every product is used wherever it occurs."""
    gates, n = kept
    shut = 1 - gates
    d_before: Reals = d_new * gates[0]
    d_z, d_r, d_n = d_given
    np.subtract(state, n, out=d_z)
    d_z *= d_before
    np.subtract(d_new, d_before, out=d_n)
    bent = n * n
    bent *= d_n
    d_n -= bent
    np.multiply(d_n, gates[1], out=d_recurrent[2])
    np.multiply(d_recurrent[2], recurrent[2], out=d_r)
    d_given[:2] *= shut
    d_recurrent[:2] = d_given[:2]
    return d_before


def lstm_step(given: Reals, recurrent: Reals, state: Reals) -> tuple[Reals, Kept]:
    """`i, f, o = sigmoid(..)`, `c' = f c + i tanh(..)`, `h' = o tanh(c')` (Hochreiter and Schmidhuber 1997; Gers 2000)."""
    units = state.shape[1] // 2
    sums = given + recurrent
    gates, g = sigmoid(sums[:3]), np.tanh(sums[3])
    i, f, o = gates
    new = np.empty_like(state)
    c = new[:, units:]
    np.multiply(f, state[:, units:], out=c)
    c += i * g
    bent: Reals = np.tanh(c)
    np.multiply(o, bent, out=new[:, :units])
    return new, (gates, g, bent)


def lstm_back(
    d_new: Reals, _recurrent: Reals, state: Reals, kept: Kept, d_given: Reals, _d_recurrent: Reals
) -> Reals:
    """The chain rule through the three gates and the candidate; the memory's own gradient passes by `f` alone."""
    gates, g, bent = kept
    i, f, o = gates
    units = state.shape[1] // 2
    d_h, c = d_new[:, :units], state[:, units:]
    d_c = d_new[:, units:] + d_h * o * (1 - bent * bent)
    np.multiply(d_c, g, out=d_given[0])
    np.multiply(d_c, c, out=d_given[1])
    np.multiply(d_h, bent, out=d_given[2])
    d_given[:3] *= gates * (1 - gates)
    np.multiply(d_c * i, 1 - g * g, out=d_given[3])
    d_before = np.zeros_like(state)
    np.multiply(d_c, f, out=d_before[:, units:])
    return d_before


CELLS = {
    "basic": Cell(1, 1, False, basic_step, basic_back),
    "gru": Cell(3, 1, True, gru_step, gru_back),
    "lstm": Cell(4, 2, False, lstm_step, lstm_back),
}
"""By the name under which a model's settings choose them."""
