"""Additive attention: where to look in what was read, given what was said so far (Bahdanau, Cho and Bengio 2015).

Deep Learning Specialization, course 5, week 3: `e_t = v tanh(s Wa + a_t Ua)`, weights `softmax(e)`, context `sum weights * a`.
`a_t Ua` doesn't depend on the step of the decoder and is made once. Time comes first in all arrays, so that a query is
added to every time's keys in long runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals

FAR = -1e9  # the energy of a padded step: its weight is exactly 0 in float32 and float64


@dataclass(frozen=True, eq=False)
class Memory:
    """What may be looked at: of each source, by some rows side by side, at first by one."""

    annotations: Reals  # (time, sources, features)
    keys: Reals  # (time, rows, attention units)
    absent: Reals | None  # (time, rows): FAR where a step is padding, else 0

    @property
    def width(self) -> int:
        """Rows a source."""
        return int(self.keys.shape[1]) // max(1, int(self.annotations.shape[1]))

    def spread(self, width: int) -> Memory:
        """Each row so many times; the annotations are those of the source still."""
        absent = None if self.absent is None else np.repeat(self.absent, width, axis=1)
        return Memory(self.annotations, np.repeat(self.keys, width, axis=1), absent)

    def take(self, rows: Ints) -> Memory:
        """Of these rows, which are all those of some sources."""
        absent = None if self.absent is None else self.absent[:, rows]
        sources = rows[:: self.width] // self.width
        return Memory(self.annotations[:, sources], self.keys[:, rows], absent)


@dataclass(frozen=True, eq=False)
class Look:
    """One look, for the way back and for show; each row of `weights` sums to 1."""

    bent: Reals  # (time, batch, attention units)
    weights: Reals  # (batch, time)
    context: Reals  # (batch, features)


def memory_of(annotations: Reals, ua: Reals, mask: Reals | None) -> Memory:
    """From annotations (time, batch, features), `ua` (features, attention units) and mask (time, batch)."""
    absent = None if mask is None else ((1 - mask) * FAR).astype(annotations.dtype)
    keys = annotations.reshape(-1, len(ua)) @ ua
    return Memory(annotations, keys.reshape(*annotations.shape[:2], -1), absent)


def attend(memory: Memory, query: Reals, v: Reals, bent: Reals | None = None) -> Look:
    """Look with `query = s Wa` (batch, attention units) and `v` (attention units,); `bent` is where to write, if said."""
    bent = np.add(memory.keys, query, out=bent)
    np.tanh(bent, out=bent)
    weights = bent @ v  # (time, batch): their energy
    if memory.absent is not None:
        weights += memory.absent
    weights -= weights.max(axis=0)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=0)
    shares = weights.T.reshape(-1, memory.width, len(weights))  # (sources, rows a source, time)
    context = shares @ memory.annotations.transpose(1, 0, 2)
    return Look(bent, weights.T, context.reshape(-1, context.shape[2]))


def attend_back(memory: Memory, look: Look, v: Reals, d_context: Reals) -> tuple[Reals, Reals, Reals]:
    """The gradients by the energies (time, batch), by the query and by `v`; `look.bent` is squared in place.

    What comes of the energies is left to `memory_back`, for all looks at once.
    """
    weights = look.weights.T
    d_energy: Reals = (memory.annotations.transpose(1, 0, 2) @ d_context[:, :, None])[:, :, 0].T * weights
    d_energy -= weights * d_energy.sum(axis=0)
    d_v = d_energy.reshape(-1) @ look.bent.reshape(-1, len(v))
    squares = np.multiply(look.bent, look.bent, out=look.bent)
    d_query = (d_energy.T[:, None, :] @ squares.transpose(1, 0, 2))[:, 0]
    np.subtract(d_energy.sum(axis=0)[:, None], d_query, out=d_query)
    d_query *= v
    return d_energy, d_query, d_v


def memory_back(
    memory: Memory, squares: Reals, weights: Reals, v: Reals, d_energy: Reals, d_context: Reals
) -> tuple[Reals, Reals]:
    """The gradients by annotations (time, batch, features) and by keys, of all looks together; keys' own weights not yet.

    `squares` (looks, time, batch, attention units) are what `attend_back` left; `weights` (looks, batch, time), `d_energy`
    (looks, time, batch) and `d_context` (looks, batch, features) those of each look.
    """
    shares = np.ascontiguousarray(weights.transpose(1, 2, 0))  # (batch, time, looks)
    d_annotations = np.empty_like(memory.annotations)
    np.matmul(shares, d_context.transpose(1, 0, 2), out=d_annotations.transpose(1, 0, 2))
    each = np.ascontiguousarray(d_energy.transpose(1, 2, 0))[:, :, None]  # (time, batch, 1, looks)
    d_keys: Reals = (each @ squares.transpose(1, 2, 0, 3))[:, :, 0]
    np.subtract(each.sum(axis=3), d_keys, out=d_keys)
    d_keys *= v
    return d_annotations, d_keys
