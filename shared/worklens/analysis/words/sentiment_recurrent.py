"""A text read word by word, and a softmax of what is left in mind at its end: it hears that "lacking in" turns what follows.

Deep Learning Specialization, course 5, weeks 1 and 2: many to one, by a GRU unless another cell is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.activations import softmax
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.losses import LOSSES
from worklens.analysis.sequences.cells import CELLS
from worklens.analysis.sequences.masks import mask_of
from worklens.analysis.sequences.parameters import Arrays
from worklens.analysis.sequences.recurrence import Trace, back, given_back, given_by, run
from worklens.analysis.words.sums import summed
from worklens.analysis.words.texts import Texts, padded


@dataclass(frozen=True)
class LastState:
    """Words known, units of their vectors, units in mind, classes, and which cell."""

    words: int
    units: int
    hidden: int
    classes: int
    cell: str = "gru"

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Vectors, the cell's weights and biases, and the softmax's."""
        wide = CELLS[self.cell].gates * self.hidden
        return {
            "e": (self.words, self.units),
            "w": (self.units, wide),
            "c": (wide,),
            "u": (self.hidden, wide),
            "o": (self.hidden, self.classes),
            "oc": (self.classes,),
        }

    def sums(self, w: Arrays, texts: Texts) -> Reals:
        """`h o + oc` of the last state h: (texts, classes)."""
        z: Reals = self._last(self._read(w, texts)[2]) @ w["o"] + w["oc"]
        return z

    def backward(self, w: Arrays, texts: Texts, y: Reals, into: Arrays) -> float:
        """Write the gradients of the mean loss into `into`, through all steps; return the loss."""
        words, mask, trace = self._read(w, texts)
        h, loss = self._last(trace), LOSSES["categorical"]
        z = h @ w["o"] + w["oc"]
        d_z = loss.back(softmax(z), y)
        np.matmul(h.T, d_z, out=into["o"])
        d_z.sum(axis=0, out=into["oc"])
        self._through(w, words, mask, trace, d_z @ w["o"].T, into)
        return loss.of(z, y)

    def _read(self, w: Arrays, texts: Texts) -> tuple[Ints, Reals, Trace]:
        """The words (time, texts), which of them are there, and the run along them."""
        words, cell = padded(texts), CELLS[self.cell]
        mask = mask_of(texts.lengths, w["e"].dtype)
        start = np.zeros((len(texts), cell.parts * self.hidden), w["e"].dtype)
        return words, mask, run(cell, given_by(cell, w["e"][words], w["w"], w["c"]), w["u"], start, mask)

    def _last(self, trace: Trace) -> Reals:
        last: Reals = trace.states[-1, :, : self.hidden]
        return last

    def _through(self, w: Arrays, words: Ints, mask: Reals, trace: Trace, d_h: Reals, into: Arrays) -> None:
        """From the gradient by the last hidden state to those by all that came before it."""
        d_last = np.zeros_like(trace.states[-1])
        d_last[:, : self.hidden] = d_h
        nothing = np.zeros((*words.shape, self.hidden), d_h.dtype)  # only the last state is looked at
        d_given, into["u"][:], _ = back(CELLS[self.cell], trace, w["u"], nothing, d_last, mask)
        d_x = given_back(d_given, w["e"][words], w["w"], into["w"], into["c"])
        into["e"][:] = summed(words.reshape(-1), d_x.reshape(-1, self.units), self.words)
