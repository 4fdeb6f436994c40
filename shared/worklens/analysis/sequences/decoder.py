"""A decoder as a conditional language model: the chance of the next symbol, given those before and what was read.

Deep Learning Specialization, course 5, week 3. It starts from any encoder's features (of a picture, too), looks at the
annotations by additive attention before each step, and is taught with the right symbols before it (teacher forcing).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.attention import Look, Memory, attend, attend_back, memory_back, memory_of
from worklens.analysis.sequences.cells import CELLS, Kept, by_gate
from worklens.analysis.sequences.embedding import scatter
from worklens.analysis.sequences.parameters import Arrays
from worklens.analysis.sequences.recurrence import given_back, given_by


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
    recurrent: Reals  # (gates, batch, units)
    kept: Kept
    look: Look


@dataclass(frozen=True, eq=False)
class Spoken:
    """A text said under teacher forcing."""

    inputs: Ints  # (time, batch): the symbol before each step
    features: Reals
    memory: Memory
    steps: list[Step]
    bent: Reals  # (time, read time, batch, attention units): the looks'; spoilt by the way back
    hidden: Reals  # (time, batch, units): with `contexts` what each symbol is told from
    contexts: Reals  # (time, batch, features)
    sums: Reals  # (time, batch, symbols)


def begin(w: Arrays, features: Reals) -> Reals:
    """The first state, (batch, parts * units), from features (batch, features)."""
    start: Reals = np.tanh(features @ w["sw"] + w["sc"])
    return start


def step(
    decoder: Decoder, w: Arrays, memory: Memory, given: Reals, state: Reals, bent: Reals | None = None
) -> Step:
    """One step from the state before; `given` (gates, batch, units) is the sum from the symbol before.

    `bent` is where the look may write, if said.
    """
    cell, h = CELLS[decoder.cell], state[:, : decoder.units]
    look = attend(memory, h @ w["wa"], w["va"], bent)
    recurrent = h @ by_gate(w["u"], cell.gates)
    seen = look.context @ by_gate(w["wc"], cell.gates)
    seen += given
    after, kept = cell.step(seen, recurrent, state)
    return Step(state, after, recurrent, kept, look)


def told(w: Arrays, hidden: Reals, contexts: Reals) -> Reals:
    """The sums (.., symbols) of each symbol, from the state after (.., units) and what was looked at (.., features)."""
    units = hidden.shape[-1]
    sums: Reals = hidden @ w["o"][:units]
    sums += contexts @ w["o"][units:]
    sums += w["oc"]
    return sums


def speak(
    decoder: Decoder, w: Arrays, annotations: Reals, features: Reals, inputs: Ints, mask: Reals | None
) -> Spoken:
    """Say a text under teacher forcing: `inputs` (time, batch) are the right symbols, one step late.

    `annotations` (read time, batch, features) and `mask` (read time, batch) are an encoder's.
    """
    memory, state = memory_of(annotations, w["ua"], mask), begin(w, features)
    given = given_by(CELLS[decoder.cell], w["said"][inputs], w["w"], w["c"])
    bent = np.empty((len(inputs), *memory.keys.shape), memory.keys.dtype)
    steps = []
    for t in range(len(inputs)):
        steps.append(step(decoder, w, memory, given[:, t], state, bent[t]))
        state = steps[-1].after
    hidden = np.stack([one.after[:, : decoder.units] for one in steps])
    contexts = np.stack([one.look.context for one in steps])
    return Spoken(inputs, features, memory, steps, bent, hidden, contexts, told(w, hidden, contexts))


def speak_back(
    decoder: Decoder, w: Arrays, spoken: Spoken, d_sums: Reals, into: Arrays
) -> tuple[Reals, Reals]:
    """Write the gradients by the weights into `into`; return those by annotations (read time, batch, ..) and features.

    What was spoken is spoilt by it: a second way back would need it said again.
    """
    units, flat = decoder.units, d_sums.reshape(-1, decoder.symbols)
    np.matmul(spoken.hidden.reshape(len(flat), -1).T, flat, out=into["o"][:units])
    np.matmul(spoken.contexts.reshape(len(flat), -1).T, flat, out=into["o"][units:])
    flat.sum(axis=0, out=into["oc"])
    way = _through_time(decoder, w, spoken, d_sums, into)
    _weights_of_steps(decoder, spoken, way, into)
    d_memory = _memory_back(w, spoken, way, into)
    embedded = w["said"][spoken.inputs]
    d_embedded = given_back(way.d_given, embedded, w["w"], into["w"], into["c"])
    scatter(spoken.inputs.ravel(), d_embedded.reshape(-1, decoder.embedded), into["said"])
    start = spoken.steps[0].before
    d_start = way.d_state * (1 - start * start)
    np.matmul(spoken.features.T, d_start, out=into["sw"])
    d_start.sum(axis=0, out=into["sc"])
    return d_memory, d_start @ w["sw"].T


@dataclass(frozen=True, eq=False)
class _Way:
    """The gradients that the way back through time leaves at every step, and by the first state."""

    d_given: Reals  # (gates, time, batch, units)
    d_recurrent: Reals
    d_query: Reals  # (time, batch, attention units)
    d_energy: Reals  # (time, read time, batch)
    d_context: Reals  # (time, batch, features)
    d_state: Reals


def _through_time(decoder: Decoder, w: Arrays, spoken: Spoken, d_sums: Reals, into: Arrays) -> _Way:
    """Backwards step by step; what the steps' weights and the annotations get of it is left for all steps together."""
    cell, units, steps = CELLS[decoder.cell], decoder.units, spoken.steps
    d_hidden, d_context = d_sums @ w["o"][:units].T, d_sums @ w["o"][units:].T
    d_given = np.empty((cell.gates, *d_hidden.shape), d_sums.dtype)
    d_recurrent = np.empty_like(d_given) if cell.apart else d_given
    d_query = np.empty((*d_sums.shape[:2], decoder.looking), d_sums.dtype)
    d_energy = np.empty(spoken.bent.shape[:3], d_sums.dtype)
    from_u, from_wc = (
        np.ascontiguousarray(by_gate(w[name], cell.gates).transpose(0, 2, 1)) for name in ("u", "wc")
    )
    d_state = np.zeros_like(steps[0].before)
    into["va"][:] = 0
    for t in range(len(steps) - 1, -1, -1):
        one = steps[t]
        d_state[:, :units] += d_hidden[t]
        d_state = cell.back(d_state, one.recurrent, one.before, one.kept, d_given[:, t], d_recurrent[:, t])
        d_context[t] += (d_given[:, t] @ from_wc).sum(axis=0)
        d_energy[t], d_query[t], d_v = attend_back(spoken.memory, one.look, w["va"], d_context[t])
        into["va"][:] += d_v
        d_state[:, :units] += (d_recurrent[:, t] @ from_u).sum(axis=0)
        d_state[:, :units] += d_query[t] @ w["wa"].T
    return _Way(d_given, d_recurrent, d_query, d_energy, d_context, d_state)


def _memory_back(w: Arrays, spoken: Spoken, way: _Way, into: Arrays) -> Reals:
    """Write the gradient by the keys' weights into `into`; return that by the annotations (read time, batch, features)."""
    weights = np.stack([one.look.weights for one in spoken.steps])
    d_annotations, d_keys = memory_back(
        spoken.memory, spoken.bent, weights, w["va"], way.d_energy, way.d_context
    )
    flat = d_keys.reshape(-1, d_keys.shape[2])  # (read time * batch, attention units)
    np.matmul(spoken.memory.annotations.reshape(len(flat), -1).T, flat, out=into["ua"])
    d_annotations += (flat @ w["ua"].T).reshape(d_annotations.shape)
    return d_annotations


def _weights_of_steps(decoder: Decoder, spoken: Spoken, way: _Way, into: Arrays) -> None:
    """The weights that every step shares, each by one product over all steps."""
    gates = len(way.d_given)
    first = spoken.steps[0].before[None, :, : decoder.units]
    before = np.concatenate([first, spoken.hidden[:-1]]).reshape(-1, decoder.units)  # (time * batch, units)
    places = len(before)
    recurrent, given = (each.reshape(gates, places, -1) for each in (way.d_recurrent, way.d_given))
    np.matmul(before.T, recurrent, out=by_gate(into["u"], gates))
    np.matmul(before.T, way.d_query.reshape(places, -1), out=into["wa"])
    np.matmul(spoken.contexts.reshape(places, -1).T, given, out=by_gate(into["wc"], gates))
