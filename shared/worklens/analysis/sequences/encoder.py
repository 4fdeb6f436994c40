"""A bidirectional encoder: each step of a sequence described by what comes before it and what comes after.

Deep Learning Specialization, course 5, weeks 1 and 3 (Schuster and Paliwal 1997). Two runs, the second from the end; a
step's annotation is both hidden states side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.cells import CELLS
from worklens.analysis.sequences.parameters import Arrays
from worklens.analysis.sequences.recurrence import Trace, back, given_back, given_by, run


@dataclass(frozen=True)
class Encoder:
    """Features a step, units in each direction, and which cell."""

    inputs: int
    units: int
    cell: str = "gru"

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Input weights, biases and recurrent weights, forwards (`f`) and backwards (`b`)."""
        wide = CELLS[self.cell].gates * self.units
        return {
            f"{way}{name}": shape
            for way in "fb"
            for name, shape in (("w", (self.inputs, wide)), ("c", (wide,)), ("u", (self.units, wide)))
        }


@dataclass(frozen=True, eq=False)
class Encoded:
    """What was read, and what the way back needs."""

    x: Reals  # (time, batch, inputs)
    mask: Reals | None  # (time, batch)
    runs: tuple[Trace, Trace]  # the second in reversed time
    annotations: Reals  # (time, batch, 2 * units)
    features: Reals  # (batch, 2 * units): the last state of each direction, which may start a decoder


def encode(encoder: Encoder, w: Arrays, x: Reals, mask: Reals | None = None) -> Encoded:
    """Read x (time, batch, inputs); what lies beyond a sequence's end is masked (time, batch), or None."""
    cell, units = CELLS[encoder.cell], encoder.units
    start = np.zeros((x.shape[1], cell.parts * units), x.dtype)
    ahead = run(cell, given_by(cell, x, w["fw"], w["fc"]), w["fu"], start, mask)
    given = given_by(cell, x, w["bw"], w["bc"])[:, ::-1]
    behind = run(cell, given, w["bu"], start, None if mask is None else mask[::-1])
    annotations = np.concatenate([ahead.hidden(units), behind.hidden(units)[::-1]], axis=2)
    features = np.concatenate([ahead.states[-1, :, :units], behind.states[-1, :, :units]], axis=1)
    return Encoded(x, mask, (ahead, behind), annotations, features)


def encode_back(
    encoder: Encoder, w: Arrays, seen: Encoded, d_annotations: Reals, d_features: Reals, into: Arrays
) -> Reals:
    """Write the gradients by the weights into `into`; return that by x (time, batch, inputs)."""
    cell, units = CELLS[encoder.cell], encoder.units
    d_x = np.zeros_like(seen.x)
    for way, trace, turn in (("f", seen.runs[0], 1), ("b", seen.runs[1], -1)):
        part = slice(0, units) if way == "f" else slice(units, 2 * units)
        d_last = np.zeros_like(trace.states[0])
        d_last[:, :units] = d_features[:, part]
        mask = None if seen.mask is None else seen.mask[::turn]
        d_given, into[f"{way}u"][:], _ = back(
            cell, trace, w[f"{way}u"], d_annotations[::turn, :, part], d_last, mask
        )
        d_read = given_back(d_given, seen.x[::turn], w[f"{way}w"], into[f"{way}w"], into[f"{way}c"])
        d_x += d_read[::turn]
    return d_x
