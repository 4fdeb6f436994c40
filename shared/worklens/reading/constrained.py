"""The network's decoder, held to the grammar of programs and to the numbers that a title has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.speaker import DecoderSpeaker, Talk
from worklens.reading.automaton import automaton


@dataclass(frozen=True, eq=False)
class Turn:
    """The decoder's state, each row's place in the automaton (None before the first symbol), and its title."""

    talk: Talk
    places: Ints | None
    titles: Ints


@dataclass(frozen=True, eq=False)
class ProgramSpeaker:
    """Says valid programs only: what is not allowed has no chance, and the rest shares it."""

    decoder: DecoderSpeaker
    usable: Bools  # (titles, kinds, symbols)

    @cached_property
    def barred(self) -> Bools:
        """The opposite."""
        return ~self.usable

    def start(self) -> Turn:
        """Before the first symbol."""
        return Turn(self.decoder.start(), None, np.arange(len(self.usable)))

    def step(self, said: Ints, state: Turn) -> tuple[Reals, Turn]:
        """Log-probabilities (rows, symbols) of what is allowed; -inf of everything else."""
        held, talk = self.decoder.sums(said, state.talk)
        rules = automaton()
        places = np.full(len(said), rules.start) if state.places is None else rules.leads[state.places, said]
        shut = rules.shut[places] | self.barred[state.titles, rules.kind[places]]
        held[shut] = -np.inf
        held -= np.maximum(held.max(axis=1, keepdims=True), -1e30)
        whole = np.exp(held).sum(axis=1, keepdims=True)
        held -= np.log(np.maximum(whole, 1e-30))
        return held, Turn(talk, places, state.titles)

    def spread(self, state: Turn, width: int) -> Turn:
        """The rows of a title begin as one did."""
        places = None if state.places is None else np.repeat(state.places, width)
        return Turn(self.decoder.spread(state.talk, width), places, np.repeat(state.titles, width))

    def take(self, state: Turn, rows: Ints) -> Turn:
        """Rows of one title change places."""
        places = None if state.places is None else state.places[rows]
        return Turn(self.decoder.take(state.talk, rows), places, state.titles)

    def keep(self, state: Turn, rows: Ints) -> Turn:
        """Some titles are left behind."""
        places = None if state.places is None else state.places[rows]
        return Turn(self.decoder.keep(state.talk, rows), places, state.titles[rows])
