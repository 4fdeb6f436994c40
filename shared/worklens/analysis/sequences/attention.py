"""Additive attention: where to look in what was read, given what was said so far (Bahdanau, Cho and Bengio 2015).

Deep Learning Specialization, course 5, week 3: `e_t = v tanh(s Wa + a_t Ua)`, weights `softmax(e)`, context `sum weights * a`.
`a_t Ua` doesn't depend on the step of the decoder and is made once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.activations import softmax, softmax_back
from worklens.analysis.learning.arrays import Reals

FAR = -1e9  # the energy of a padded step: its weight is exactly 0 in float32 and float64


@dataclass(frozen=True, eq=False)
class Memory:
    """What may be looked at, batch first, since a decoder looks at all times at once."""

    annotations: Reals  # (batch, time, features)
    keys: Reals  # (batch, time, attention units)
    absent: Reals | None  # (batch, time): FAR where a step is padding, else 0

    def take(self, rows: Ints) -> Memory:
        """Of these rows of the batch, any number of times each."""
        absent = None if self.absent is None else self.absent[rows]
        return Memory(self.annotations[rows], self.keys[rows], absent)


@dataclass(frozen=True, eq=False)
class Look:
    """One look, for the way back and for show; each row of `weights` sums to 1."""

    bent: Reals  # (batch, time, attention units)
    weights: Reals  # (batch, time)
    context: Reals  # (batch, features)


def memory_of(annotations: Reals, ua: Reals, mask: Reals | None) -> Memory:
    """From annotations (time, batch, features), `ua` (features, attention units) and mask (time, batch)."""
    a = np.ascontiguousarray(annotations.transpose(1, 0, 2))
    absent = None if mask is None else ((1 - mask.T) * FAR).astype(a.dtype)
    return Memory(a, a @ ua, absent)


def attend(memory: Memory, query: Reals, v: Reals) -> Look:
    """Look with `query = s Wa` (batch, attention units) and `v` (attention units,)."""
    bent: Reals = np.tanh(memory.keys + query[:, None, :])
    energy = bent @ v  # (batch, time)
    if memory.absent is not None:
        energy += memory.absent
    weights = softmax(energy)
    return Look(bent, weights, (weights[:, None, :] @ memory.annotations)[:, 0])


def attend_back(memory: Memory, look: Look, v: Reals, d_context: Reals) -> tuple[Reals, Reals, Reals, Reals]:
    """The gradients by annotations (batch, time, features), by keys, by the query, and by v; keys' own weights not yet."""
    d_weights = (memory.annotations @ d_context[:, :, None])[:, :, 0]  # (batch, time)
    d_annotations = look.weights[:, :, None] * d_context[:, None, :]
    d_energy = softmax_back(d_weights, look.weights, look.weights)
    d_v = d_energy.reshape(-1) @ look.bent.reshape(-1, len(v))
    d_keys: Reals = d_energy[:, :, None] * v * (1 - look.bent * look.bent)
    return d_annotations, d_keys, d_keys.sum(axis=1), d_v
