"""What a text feels like, as one of some classes: how any reader of texts learns it, and answers.

Deep Learning Specialization, course 5, week 2. For notebooks: nothing in the product reads a person's mood. A reader turns a
text into the sums of a softmax; `sentiment_mean.py` and `sentiment_recurrent.py` are two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.activations import softmax
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.one_hot import one_hot
from worklens.analysis.sequences.buckets import buckets
from worklens.analysis.sequences.parameters import Arrays, Shapes, cut, initialise
from worklens.analysis.words.descent import descend
from worklens.analysis.words.texts import Texts, chosen

TOGETHER = 512  # texts answered at once


class Reader(Protocol):
    """A model of texts with weights of these names, the word vectors being `e` (words, units)."""

    @property
    def classes(self) -> int:
        """How many there are."""
        ...

    def shapes(self) -> Shapes:
        """Every weight by name."""
        ...

    def sums(self, w: Arrays, texts: Texts) -> Reals:
        """What the softmax is given: (texts, classes)."""
        ...

    def backward(self, w: Arrays, texts: Texts, y: Reals, into: Arrays) -> float:
        """Write the gradients of the mean loss for truths y (texts, classes), one-hot, into `into`; return the loss."""
        ...


@dataclass(frozen=True)
class Plan:
    """How to learn; the rate is Adam's."""

    epochs: int = 10
    rate: float = 3e-3
    size: int = 64
    fixed: bool = False  # leave the word vectors as they came: for few texts and vectors from elsewhere


@dataclass(frozen=True, eq=False)
class Trained:
    """A reader with its weights, and the loss of each batch before its step."""

    reader: Reader
    theta: Reals
    losses: Floats

    def chances(self, texts: Texts) -> Reals:
        """(texts, classes), texts of about the same length together."""
        w, order = cut(self.theta, self.reader.shapes()), np.argsort(texts.lengths, kind="stable")
        found = np.empty((len(texts), self.reader.classes), self.theta.dtype)
        for at in range(0, len(order), TOGETHER):
            rows = order[at : at + TOGETHER]
            found[rows] = softmax(self.reader.sums(w, chosen(texts, rows)))
        return found


def train(
    reader: Reader,
    texts: Texts,
    classes: Ints,
    rng: np.random.Generator,
    plan: Plan | None = None,
    vectors: Reals | None = None,
) -> Trained:
    """A reader taught the `classes` (texts,), numbers from 0, in float32; its word vectors begin as `vectors`, if given."""
    plan, shapes = plan or Plan(), reader.shapes()
    theta = initialise(shapes, rng).astype(np.float32)
    w, y = cut(theta, shapes), one_hot(classes, reader.classes, np.float32)
    if vectors is not None:
        w["e"][:] = vectors

    def batches() -> Iterator[Ints]:
        for _ in range(plan.epochs):
            yield from buckets(texts.lengths, plan.size, rng)

    def backward(rows: Ints, gradient: Reals) -> float:
        into = cut(gradient, shapes)
        loss = reader.backward(w, chosen(texts, rows), y[rows], into)
        if plan.fixed:
            into["e"][:] = 0
        return loss

    return Trained(reader, theta, descend(theta, batches(), backward, plan.rate))
