"""A decoder as a conditional language model: the chance of the next symbol, given those before and what was read.

Deep Learning Specialization, course 5, week 3. It starts from any encoder's features (of a picture, too), looks at the
annotations by additive attention before each step, and is taught with the right symbols before it (teacher forcing).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.attention import Look, Memory, attend, attend_back, memory_of
from worklens.analysis.sequences.cells import CELLS, Kept
from worklens.analysis.sequences.embedding import scatter
from worklens.analysis.sequences.parameters import Arrays


@dataclass(frozen=True)
class Decoder:
    """Symbols it can say, units of their vectors, of its state, of the features, and of the attention."""

    symbols: int
    embedded: int
    units: int
    features: int
    looking: int
    cell: str = "gru"

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Every weight by name."""
        cell = CELLS[self.cell]
        wide = cell.gates * self.units
        return {
            "said": (self.symbols, self.embedded),
            "sw": (self.features, cell.parts * self.units),  # from features to the first state
            "sc": (cell.parts * self.units,),
            "wa": (self.units, self.looking),
            "ua": (self.features, self.looking),
            "va": (self.looking,),
            "w": (self.embedded, wide),
            "wc": (self.features, wide),
            "c": (wide,),
            "u": (self.units, wide),
            "o": (self.units + self.features, self.symbols),
            "oc": (self.symbols,),
        }


@dataclass(frozen=True, eq=False)
class Step:
    """One step, for the way back and for show."""

    before: Reals  # (batch, parts * units): the state
    after: Reals
    recurrent: Reals  # (batch, gates * units)
    kept: Kept
    look: Look


@dataclass(frozen=True, eq=False)
class Spoken:
    """A text said under teacher forcing."""

    inputs: Ints  # (time, batch): the symbol before each step
    features: Reals
    memory: Memory
    steps: list[Step]
    shown: Reals  # (time, batch, units + features): what each symbol is told from
    sums: Reals  # (time, batch, symbols)


def begin(w: Arrays, features: Reals) -> Reals:
    """The first state, (batch, parts * units), from features (batch, features)."""
    start: Reals = np.tanh(features @ w["sw"] + w["sc"])
    return start


def step(decoder: Decoder, w: Arrays, memory: Memory, given: Reals, state: Reals) -> Step:
    """One step from the state before; `given` (batch, gates * units) is the sum from the symbol before."""
    h = state[:, : decoder.units]
    look = attend(memory, h @ w["wa"], w["va"])
    recurrent = h @ w["u"]
    after, kept = CELLS[decoder.cell].step(given + look.context @ w["wc"], recurrent, state)
    return Step(state, after, recurrent, kept, look)


def shown_by(decoder: Decoder, one: Step) -> Reals:
    """(batch, units + features): the state after, and what was looked at."""
    return np.concatenate([one.after[:, : decoder.units], one.look.context], axis=1)


def speak(
    decoder: Decoder, w: Arrays, annotations: Reals, features: Reals, inputs: Ints, mask: Reals | None
) -> Spoken:
    """Say a text under teacher forcing: `inputs` (time, batch) are the right symbols, one step late.

    `annotations` (read time, batch, features) and `mask` (read time, batch) are an encoder's.
    """
    memory, state = memory_of(annotations, w["ua"], mask), begin(w, features)
    given = w["said"][inputs] @ w["w"] + w["c"]  # (time, batch, gates * units)
    steps = []
    for t in range(len(inputs)):
        steps.append(step(decoder, w, memory, given[t], state))
        state = steps[-1].after
    shown = np.stack([shown_by(decoder, one) for one in steps])
    return Spoken(inputs, features, memory, steps, shown, shown @ w["o"] + w["oc"])


def speak_back(
    decoder: Decoder, w: Arrays, spoken: Spoken, d_sums: Reals, into: Arrays
) -> tuple[Reals, Reals]:
    """Write the gradients by the weights into `into`; return those by annotations (read time, batch, ..) and features."""
    flat = d_sums.reshape(-1, decoder.symbols)
    np.matmul(spoken.shown.reshape(len(flat), -1).T, flat, out=into["o"])
    flat.sum(axis=0, out=into["oc"])
    d_given, d_recurrent, d_query, d_memory, d_state = _through_time(decoder, w, spoken, d_sums, into)
    _weights_of_steps(decoder, spoken, d_given, d_recurrent, d_query, into)
    d_before = (d_given @ w["w"].T).reshape(-1, decoder.embedded)
    into["w"][:] = w["said"][spoken.inputs.ravel()].T @ d_given.reshape(len(d_before), -1)
    scatter(spoken.inputs.ravel(), d_before, into["said"])
    start = spoken.steps[0].before
    d_start = d_state * (1 - start * start)
    np.matmul(spoken.features.T, d_start, out=into["sw"])
    d_start.sum(axis=0, out=into["sc"])
    return d_memory.transpose(1, 0, 2), d_start @ w["sw"].T


def _through_time(
    decoder: Decoder, w: Arrays, spoken: Spoken, d_sums: Reals, into: Arrays
) -> tuple[Reals, Reals, Reals, Reals, Reals]:
    """Backwards step by step: by each step's sums and query, by the annotations, and by the first state."""
    units, memory, steps = decoder.units, spoken.memory, spoken.steps
    d_shown = d_sums @ w["o"].T  # (time, batch, units + features)
    d_given = np.empty((*d_sums.shape[:2], w["u"].shape[1]), d_sums.dtype)
    d_recurrent = np.empty_like(d_given)
    d_query = np.empty((*d_sums.shape[:2], decoder.looking), d_sums.dtype)
    d_a, d_keys = np.zeros_like(memory.annotations), np.zeros_like(memory.keys)
    d_state = np.zeros_like(steps[0].before)
    into["va"][:] = 0
    for t in range(len(steps) - 1, -1, -1):
        one = steps[t]
        d_state[:, :units] += d_shown[t, :, :units]
        d_given[t], d_recurrent[t], d_state = CELLS[decoder.cell].back(
            d_state, one.recurrent, one.before, one.kept
        )
        d_context = d_shown[t, :, units:] + d_given[t] @ w["wc"].T
        d_here, d_keys_here, d_query[t], d_v = attend_back(memory, one.look, w["va"], d_context)
        d_a += d_here
        d_keys += d_keys_here
        into["va"][:] += d_v
        d_state[:, :units] += d_recurrent[t] @ w["u"].T + d_query[t] @ w["wa"].T
    wide = d_keys.reshape(-1, decoder.looking)
    into["ua"][:] = memory.annotations.reshape(len(wide), -1).T @ wide
    d_a += d_keys @ w["ua"].T
    return d_given, d_recurrent, d_query, d_a, d_state


def _weights_of_steps(
    decoder: Decoder, spoken: Spoken, d_given: Reals, d_recurrent: Reals, d_query: Reals, into: Arrays
) -> None:
    """The weights that every step shares, each by one product over all steps."""
    before = np.concatenate([one.before[:, : decoder.units] for one in spoken.steps])  # (time * batch, units)
    context = spoken.shown[:, :, decoder.units :].reshape(len(before), -1)
    flat = d_given.reshape(len(before), -1)
    np.matmul(before.T, d_recurrent.reshape(len(before), -1), out=into["u"])
    np.matmul(before.T, d_query.reshape(len(before), -1), out=into["wa"])
    np.matmul(context.T, flat, out=into["wc"])
    flat.sum(axis=0, out=into["c"])
