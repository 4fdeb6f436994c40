"""A cell run along sequences, and the way back through time: all sequences of a batch take each step together.

Deep Learning Specialization, course 5, week 1. A masked step leaves the state as it was, so that padding changes no
answer and no gradient.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.cells import Cell, Kept


@dataclass(frozen=True, eq=False)
class Trace:
    """What a run leaves for the way back."""

    states: Reals  # (time + 1, batch, parts * units), the first being the start
    recurrent: Reals  # (time, batch, gates * units)
    kept: list[Kept]

    def hidden(self, units: int) -> Reals:
        """(time, batch, units): what each step shows."""
        return self.states[1:, :, :units]


def run(cell: Cell, given: Reals, u: Reals, start: Reals, mask: Reals | None = None) -> Trace:
    """Along `given` (time, batch, gates * units) from `start` (batch, parts * units), with `u` (units, gates * units).

    `mask` is (time, batch), or None where nothing is padding.
    """
    steps, units = len(given), len(u)
    states = np.empty((steps + 1, *start.shape), given.dtype)
    recurrent = np.empty_like(given)
    states[0] = start
    kept: list[Kept] = []
    for t in range(steps):
        np.matmul(states[t, :, :units], u, out=recurrent[t])
        new, leaves = cell.step(given[t], recurrent[t], states[t])
        states[t + 1] = new if mask is None else np.where(mask[t, :, None] > 0, new, states[t])
        kept.append(leaves)
    return Trace(states, recurrent, kept)


def back(
    cell: Cell, trace: Trace, u: Reals, d_hidden: Reals, d_last: Reals, mask: Reals | None = None
) -> tuple[Reals, Reals, Reals]:
    """The gradients by `given` (time, batch, gates * units), by `u`, and by the start.

    `d_hidden` (time, batch, units) is that by what each step showed, `d_last` (batch, parts * units) by the last state.
    """
    steps, units = len(d_hidden), len(u)
    d_given, d_recurrent = np.empty_like(trace.recurrent), np.empty_like(trace.recurrent)
    d_state = d_last.copy()
    for t in range(steps - 1, -1, -1):
        d_state[:, :units] += d_hidden[t]
        there = d_state if mask is None else d_state * mask[t, :, None]
        d_given[t], d_recurrent[t], d_before = cell.back(
            there, trace.recurrent[t], trace.states[t], trace.kept[t]
        )
        d_before[:, :units] += d_recurrent[t] @ u.T
        d_state = d_before if mask is None else d_before + d_state * (1 - mask[t, :, None])
    before = trace.states[:-1, :, :units].reshape(-1, units)  # (time * batch, units)
    return d_given, before.T @ d_recurrent.reshape(len(before), -1), d_state
