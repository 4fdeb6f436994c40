"""A cell run along sequences, and the way back through time: all sequences of a batch take each step together.

Deep Learning Specialization, course 5, week 1. A masked step leaves the state as it was, so that padding changes no
answer and no gradient.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.cells import Cell, Kept, by_gate


@dataclass(frozen=True, eq=False)
class Trace:
    """What a run leaves for the way back."""

    states: Reals  # (time + 1, batch, parts * units), the first being the start
    recurrent: Reals  # (gates, time, batch, units)
    kept: list[Kept]

    def hidden(self, units: int) -> Reals:
        """(time, batch, units): what each step shows."""
        return self.states[1:, :, :units]


def given_by(cell: Cell, x: Reals, w: Reals, c: Reals) -> Reals:
    """`x w + c` gate by gate, (gates, time, batch, units): for x (time, batch, inputs), `w` (inputs, gates * units)."""
    sums: Reals = np.matmul(x.reshape(-1, x.shape[2]), by_gate(w, cell.gates))
    sums += c.reshape(cell.gates, 1, -1)
    return sums.reshape(cell.gates, *x.shape[:2], -1)


def given_back(d_given: Reals, x: Reals, w: Reals, into_w: Reals, into_c: Reals) -> Reals:
    """Write the gradients of `given_by` by `w` and `c`; return that by x (time, batch, inputs)."""
    gates = len(d_given)
    flat = d_given.reshape(gates, -1, d_given.shape[3])  # (gates, time * batch, units)
    np.matmul(x.reshape(-1, x.shape[2]).T, flat, out=by_gate(into_w, gates))
    np.matmul(np.ones(flat.shape[1], flat.dtype), flat, out=into_c.reshape(gates, -1))
    d_x: Reals = np.matmul(flat, by_gate(w, gates).transpose(0, 2, 1)).sum(axis=0)
    return d_x.reshape(x.shape)


def run(cell: Cell, given: Reals, u: Reals, start: Reals, mask: Reals | None = None) -> Trace:
    """Along `given` (gates, time, batch, units) from `start` (batch, parts * units), with `u` (units, gates * units).

    `mask` is (time, batch), or None where nothing is padding.
    """
    steps, units = given.shape[1], len(u)
    states = np.empty((steps + 1, *start.shape), given.dtype)
    recurrent = np.empty(given.shape, given.dtype)
    states[0] = start
    kept: list[Kept] = []
    for t, padded in enumerate(_padded(mask, steps)):
        np.matmul(states[t, :, :units], by_gate(u, cell.gates), out=recurrent[:, t])
        new, leaves = cell.step(given[:, t], recurrent[:, t], states[t])
        states[t + 1] = new if padded is None else np.where(padded, states[t], new)
        kept.append(leaves)
    return Trace(states, recurrent, kept)


def back(
    cell: Cell, trace: Trace, u: Reals, d_hidden: Reals, d_last: Reals, mask: Reals | None = None
) -> tuple[Reals, Reals, Reals]:
    """The gradients by `given` (gates, time, batch, units), by `u`, and by the start.

    `d_hidden` (time, batch, units) is that by what each step showed, `d_last` (batch, parts * units) by the last state.
    """
    steps, units = len(d_hidden), len(u)
    d_given = np.empty_like(trace.recurrent)
    d_recurrent = np.empty_like(d_given) if cell.apart else d_given
    turned = np.ascontiguousarray(by_gate(u, cell.gates).transpose(0, 2, 1))
    there = _padded(mask, steps)
    d_state = d_last.copy()
    for t in range(steps - 1, -1, -1):
        d_state[:, :units] += d_hidden[t]
        padded = there[t]
        d_new = d_state if padded is None else np.where(padded, 0, d_state)
        d_before = cell.back(
            d_new, trace.recurrent[:, t], trace.states[t], trace.kept[t], d_given[:, t], d_recurrent[:, t]
        )
        d_before[:, :units] += np.matmul(d_recurrent[:, t], turned).sum(axis=0)
        d_state = d_before if padded is None else d_before + np.where(padded, d_state, 0)
    before = trace.states[:-1, :, :units].reshape(-1, units)  # (time * batch, units)
    d_u = np.empty_like(u)
    np.matmul(before.T, d_recurrent.reshape(cell.gates, len(before), -1), out=by_gate(d_u, cell.gates))
    return d_given, d_u, d_state


def _padded(mask: Reals | None, steps: int) -> list[Reals | None]:
    """For each step which sequences are over, (batch, 1), or None where none is."""
    if mask is None:
        return [None] * steps
    over = mask[:, :, None] == 0
    return [some if some.any() else None for some in over]
