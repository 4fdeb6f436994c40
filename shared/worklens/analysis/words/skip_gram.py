"""Word vectors by skip-gram with negative sampling, a block of titles at a time (Mikolov et al. 2013)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.adagrad import AdaGrad, shared
from worklens.analysis.words.blocks import blocks, thinned, window
from worklens.analysis.words.frequency import THRESHOLD, heights, keeping, noise
from worklens.analysis.words.negative_sampling import slopes
from worklens.analysis.words.texts import Texts

START = 1e-3  # of the sums of squares: so little that a word's first step is nearly as long as the rate


@dataclass(frozen=True)
class Plan:
    """How to learn; the window, the negatives and the threshold are word2vec's."""

    reach: int = 5  # places to either side: nearly always a whole title
    negatives: float = 5
    noise: int = (
        64  # words drawn for a block: many enough to stand for all, few enough to cost no more than the pairs
    )
    threshold: float = THRESHOLD
    epochs: int = 3
    rate: float = 0.1  # of AdaGrad
    places: int = 8_192  # in a block


@dataclass(frozen=True, eq=False)
class Vectors:
    """Each word as a centre, which is what one uses, and as a context, which further training needs: (words, units)."""

    centres: Reals
    contexts: Reals


def begin(words: int, units: int, rng: np.random.Generator) -> Vectors:
    """Small random centres and contexts of zeros, as word2vec has it."""
    centres = (rng.random((words, units), dtype=np.float32) - np.float32(0.5)) / np.float32(units)
    return Vectors(centres, np.zeros((words, units), dtype=np.float32))


def train(
    texts: Texts,
    start: Vectors,
    rng: np.random.Generator,
    plan: Plan | None = None,
    sparse: bool | None = None,
) -> Vectors:
    """Vectors after `plan.epochs` over the texts, from `start`, which stays as it is."""
    plan = plan or Plan()
    made = Vectors(start.centres.copy(), start.contexts.copy())
    counts = np.bincount(texts.words, minlength=len(made.centres))
    keep, drawn = keeping(counts, plan.threshold), heights(counts)
    steps = shared(len(counts), START, sparse), shared(len(counts), START, sparse)
    for _ in range(plan.epochs):
        for block in blocks(thinned(texts, keep, rng), plan.places, rng):
            _learn(made, block, noise(drawn, plan.noise, rng), plan, steps)
    return made


def _learn(made: Vectors, block: Ints, drawn: Ints, plan: Plan, steps: tuple[AdaGrad, AdaGrad]) -> None:
    """One step for a block (titles, length), in place."""
    one, other = made.centres[block], made.contexts[block]
    pairs = window(block.shape[1], plan.reach).astype(one.dtype)
    d_one, d_other, d_noise = slopes(one, other, made.contexts[drawn], pairs, plan.negatives)
    units, which = one.shape[2], block.reshape(-1)
    steps[0].step(made.centres, which, d_one.reshape(-1, units), plan.rate)
    gradients = np.concatenate([d_other.reshape(-1, units), d_noise])
    steps[1].step(made.contexts, np.concatenate([which, drawn]), gradients, plan.rate)
