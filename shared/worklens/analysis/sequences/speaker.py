"""What a search needs of a language model, whatever it is made of; and the decoder as one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.attention import Memory, memory_of
from worklens.analysis.sequences.cells import CELLS
from worklens.analysis.sequences.decoder import Decoder, begin, step, told
from worklens.analysis.sequences.likelihood import log_softmax
from worklens.analysis.sequences.parameters import Arrays
from worklens.analysis.sequences.recurrence import given_by

S = TypeVar("S")


class Speaker(Protocol[S]):
    """Says texts for a batch of sources, at first a row for each; where there are more, a source's lie together."""

    def start(self) -> S:
        """The state before the first symbol."""
        ...

    def step(self, said: Ints, state: S) -> tuple[Reals, S]:
        """Log-probabilities of the next symbol, (rows, symbols), after `said` (rows,)."""
        ...

    def spread(self, state: S, width: int) -> S:
        """The state with each row so many times."""
        ...

    def take(self, state: S, rows: Ints) -> S:
        """The state with its rows chosen anew; a row only takes the place of one of the same source."""
        ...

    def keep(self, state: S, rows: Ints) -> S:
        """The state of these rows alone: all those of some sources."""
        ...


@dataclass(frozen=True, eq=False)
class Talk:
    """A decoder's state in a search, and what its rows look at."""

    state: Reals  # (rows, parts * units)
    memory: Memory


@dataclass(frozen=True, eq=False)
class DecoderSpeaker:
    """The decoder, speaking of annotations (read time, batch, features)."""

    decoder: Decoder
    w: Arrays
    annotations: Reals
    features: Reals
    mask: Reals | None

    @cached_property
    def given(self) -> Reals:
        """What each symbol gives to the step after it, once for all: (gates, symbols, units)."""
        return given_by(CELLS[self.decoder.cell], self.w["said"][None], self.w["w"], self.w["c"])[:, 0]

    def start(self) -> Talk:
        """Every source's first state and memory."""
        return Talk(begin(self.w, self.features), memory_of(self.annotations, self.w["ua"], self.mask))

    def step(self, said: Ints, state: Talk) -> tuple[Reals, Talk]:
        """One step of the decoder."""
        sums, after = self.sums(said, state)
        return log_softmax(sums), after

    def sums(self, said: Ints, state: Talk) -> tuple[Reals, Talk]:
        """The same before it is made chances: for who allows only some of the symbols."""
        one = step(self.decoder, self.w, state.memory, self.given[:, said], state.state)
        sums = told(self.w, one.after[:, : self.decoder.units], one.look.context)
        return sums, Talk(one.after, state.memory)

    def spread(self, state: Talk, width: int) -> Talk:
        """The rows of a source look at the same."""
        return Talk(np.repeat(state.state, width, axis=0), state.memory.spread(width))

    def take(self, state: Talk, rows: Ints) -> Talk:
        """Only the states change places: rows of one source look at the same."""
        return Talk(state.state[rows], state.memory)

    def keep(self, state: Talk, rows: Ints) -> Talk:
        """States and what they look at."""
        return Talk(state.state[rows], state.memory.take(rows))
