"""Skip-gram with negative sampling over a block of titles: its cost, and the gradients by every vector in it.

Deep Learning Specialization, course 5, week 2 (Mikolov et al. 2013): a word is to tell its neighbours from words drawn at
random, `-log sigmoid(u.v)` for a neighbour, `-log sigmoid(-u.v)` for noise. All words of a block are set against the same
noise, weighed as if each pair had `negatives` of its own, so that the noise is one matrix product.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.arrays import Reals

RUN = 768  # rows summed in one product: longer ones leave the cache and take nearly three times as long


def cost(centres: Reals, contexts: Reals, noise: Reals, near: Reals, negatives: float) -> float:
    """Of a block: the vectors of its words as centres and as contexts, both (titles, length, units), and of the noise (words, units).

    `near` (length, length) says how much each pair of places counts. The sum over the block.
    """
    pairs = centres @ contexts.transpose(0, 2, 1)
    others = _flat(centres) @ noise.T
    each = _weights(near, len(centres), len(noise), negatives, centres)
    return float((near * np.logaddexp(0, -pairs)).sum() + (each * np.logaddexp(0, others)).sum())


def slopes(
    centres: Reals, contexts: Reals, noise: Reals, near: Reals, negatives: float
) -> tuple[Reals, Reals, Reals]:
    """The gradients of the cost by centres, contexts and noise, in their shapes."""
    pairs = sigmoid(centres @ np.ascontiguousarray(contexts.transpose(0, 2, 1)))
    pairs -= 1
    pairs *= near  # (titles, length, length)
    flat = _flat(centres)
    others = sigmoid(flat @ noise.T)  # (titles * length, words)
    others *= _weights(near, len(centres), len(noise), negatives, centres)
    d_centres = pairs @ contexts
    d_centres += (others @ noise).reshape(centres.shape)
    d_contexts = np.ascontiguousarray(pairs.transpose(0, 2, 1)) @ centres
    return d_centres, d_contexts, _tall(others, flat)


def _flat(block: Reals) -> Reals:
    return block.reshape(-1, block.shape[2])


def _weights(near: Reals, titles: int, words: int, negatives: float, like: Reals) -> Reals:
    """(titles * length, 1): how much each noise word counts for each place, by the neighbours it has."""
    each = np.tile(near.sum(axis=1), titles)[:, None] * (negatives / words)
    weights: Reals = each.astype(like.dtype)
    return weights


def _tall(one: Reals, other: Reals) -> Reals:
    """`one.T @ other` of many rows and few columns, run by run."""
    into = np.zeros((one.shape[1], other.shape[1]), one.dtype)
    for at in range(0, len(one), RUN):
        into += one[at : at + RUN].T @ other[at : at + RUN]
    return into
