"""A text as the mean of its words' vectors, and a softmax: quick and good, but deaf to the order of words.

Deep Learning Specialization, course 5, week 2; with vectors that learn along it is fastText's (Joulin et al. 2016).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.learning.activations import softmax
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.losses import LOSSES
from worklens.analysis.sequences.parameters import Arrays
from worklens.analysis.words.products import Product, product
from worklens.analysis.words.texts import Texts


@dataclass(frozen=True)
class MeanOfWords:
    """Words known, units of their vectors, and classes. A text without words has the mean 0."""

    words: int
    units: int
    classes: int

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Vectors, weights and biases."""
        return {
            "e": (self.words, self.units),
            "o": (self.units, self.classes),
            "oc": (self.classes,),
        }

    def sums(self, w: Arrays, texts: Texts) -> Reals:
        """`mean(e) o + oc`: (texts, classes)."""
        z: Reals = self._mean(w, texts).forth(w["e"]) @ w["o"] + w["oc"]
        return z

    def backward(self, w: Arrays, texts: Texts, y: Reals, into: Arrays) -> float:
        """Write the gradients of the mean loss into `into`; return the loss."""
        mean, loss = self._mean(w, texts), LOSSES["categorical"]
        x = mean.forth(w["e"])
        z = x @ w["o"] + w["oc"]
        d_z = loss.back(softmax(z), y)
        np.matmul(x.T, d_z, out=into["o"])
        d_z.sum(axis=0, out=into["oc"])
        into["e"][:] = mean.back(d_z @ w["o"].T)
        return loss.of(z, y)

    def _mean(self, w: Arrays, texts: Texts) -> Product:
        shares = 1 / np.maximum(texts.lengths, 1)
        return product(texts, np.repeat(shares, texts.lengths).astype(w["e"].dtype), self.words)
