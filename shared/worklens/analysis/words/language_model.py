"""A neural language model over windows: the chance of each word, given those at some places around it.

Deep Learning Specialization, course 5, week 2 (Bengio et al. 2003): the vectors of the words given, side by side, through one
layer of tanh to a softmax over all words. The vectors are learnt with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.likelihood import likelihood, log_softmax
from worklens.analysis.sequences.parameters import Arrays, cut, initialise
from worklens.analysis.words.contexts import LAST_FOUR, contexts
from worklens.analysis.words.descent import descend
from worklens.analysis.words.sums import summed
from worklens.analysis.words.texts import Texts


@dataclass(frozen=True)
class LanguageModel:
    """Words it knows, units of their vectors and of the layer, and where the words given stand."""

    words: int
    units: int = 32
    hidden: int = 64
    offsets: tuple[int, ...] = LAST_FOUR

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Every weight by name; the vectors (`e`) have one row more, for what lies beyond a text's edge."""
        return {
            "e": (self.words + 1, self.units),
            "w": (len(self.offsets) * self.units, self.hidden),
            "c": (self.hidden,),
            "o": (self.hidden, self.words),
            "oc": (self.words,),
        }

    def windows(self, texts: Texts) -> Ints:
        """(places, offsets): what the model is given for each place."""
        return contexts(texts, self.offsets, self.words)


@dataclass(frozen=True)
class Plan:
    """How to learn; the rate is Adam's."""

    epochs: int = 10
    rate: float = 3e-3
    size: int = 256


def forward(w: Arrays, given: Ints) -> tuple[Reals, Reals, Reals]:
    """The vectors given (places, offsets * units), the layer (places, hidden), and the sums (places, words)."""
    x = w["e"][given].reshape(len(given), -1)
    a = np.tanh(x @ w["w"] + w["c"])
    return x, a, a @ w["o"] + w["oc"]


def log_chances(w: Arrays, given: Ints) -> Reals:
    """(places, words): the logarithm of the chance of each word at each place."""
    return log_softmax(forward(w, given)[2])


def cost(w: Arrays, given: Ints, right: Ints) -> float:
    """The mean negative log-likelihood of the words `right` (places,); its exponential is the perplexity."""
    logs = log_chances(w, given)
    return -float(np.take_along_axis(logs, right[:, None], axis=1).mean())


def backward(w: Arrays, given: Ints, right: Ints, into: Arrays) -> float:
    """Write the gradients of the cost into `into`; return the cost."""
    x, a, z = forward(w, given)
    loss, d_z = likelihood(z[None], right[None], np.ones((1, len(right)), z.dtype))
    np.matmul(a.T, d_z[0], out=into["o"])
    d_z[0].sum(axis=0, out=into["oc"])
    d_sum = (d_z[0] @ w["o"].T) * (1 - a * a)
    np.matmul(x.T, d_sum, out=into["w"])
    d_sum.sum(axis=0, out=into["c"])
    d_x = (d_sum @ w["w"].T).reshape(given.size, -1)
    into["e"][:] = summed(given.reshape(-1), d_x, len(into["e"]))
    return loss


def train(
    model: LanguageModel,
    texts: Texts,
    rng: np.random.Generator,
    plan: Plan | None = None,
    start: Reals | None = None,
) -> tuple[Reals, Floats]:
    """The parameters in float32, and the cost of each batch before its step. `start` goes on from known parameters."""
    plan, shapes, given = plan or Plan(), model.shapes(), model.windows(texts)
    theta = (initialise(shapes, rng) if start is None else start).astype(np.float32)
    w = cut(theta, shapes)

    def batches() -> Iterator[Ints]:
        for _ in range(plan.epochs):
            order = rng.permutation(len(given))
            yield from (order[at : at + plan.size] for at in range(0, len(order), plan.size))

    def back(batch: Ints, gradient: Reals) -> float:
        return backward(w, given[batch], texts.words[batch], cut(gradient, shapes))

    return theta, descend(theta, batches(), back, plan.rate)
