"""Beam search: the best few beginnings are carried on together, for all sources and beams in one step.

Deep Learning Specialization, course 5, week 3. A text's score is `sum log p / length**alpha` (Wu et al. 2016): without the
division every further symbol costs, and short texts win.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.speaker import Speaker
from worklens.analysis.sequences.translator import END

S = TypeVar("S")

ALPHA = 0.7  # the course's: between no normalisation (0) and the mean a symbol (1)


@dataclass(frozen=True, eq=False)
class Found:
    """The texts found for each source, best first; where there are fewer than the width, a score is -inf."""

    texts: Ints  # (batch, width, longest), filled up with END
    scores: Floats  # (batch, width): normalised
    logs: Floats  # (batch, width): sums of log-probabilities


def beam(speaker: Speaker[S], batch: int, width: int, longest: int, alpha: float = ALPHA) -> Found:
    """Search with `width` beginnings a source. A text that hasn't ended after `longest` symbols counts as it stands."""
    state, said = speaker.start(width), np.full(batch * width, END)
    sums = np.where(np.arange(width) == 0, 0.0, -np.inf) + np.zeros((batch, 1))  # one empty beginning each
    lines = np.full((batch, width, longest), END)
    found = Found(lines.copy(), np.full((batch, width), -np.inf), np.full((batch, width), -np.inf))
    base = np.arange(batch)[:, None] * width
    for t in range(longest):
        chances, state = speaker.step(said, state)
        symbols = chances.shape[1]
        totals = (sums[:, :, None] + chances.reshape(batch, width, symbols)).reshape(batch, -1)
        best = top(totals, width)  # (batch, width)
        came, symbol = best // symbols, best % symbols
        sums = np.take_along_axis(totals, best, axis=1)
        lines = np.take_along_axis(lines, came[:, :, None], axis=1)
        lines[:, :, t] = symbol
        over = (symbol == END) | (t + 1 == longest)
        if over.any():
            found = _merged(found, lines, np.where(over, sums, -np.inf), (t + 1) ** alpha)
        sums = np.where(over, -np.inf, sums)
        if np.isneginf(sums).all():
            break
        state, said = speaker.take(state, (base + came).ravel()), symbol.ravel()
    return found


def top(values: Reals, count: int) -> Ints:
    """Where the `count` largest of each row are, largest first: (rows, count), for values (rows, n)."""
    if count >= values.shape[1]:
        return np.argsort(-values, axis=1, kind="stable")[:, :count]
    some = (
        np.argpartition(values, -count, axis=1)[:, -count:] if count > 1 else values.argmax(axis=1)[:, None]
    )
    order = np.argsort(-np.take_along_axis(values, some, axis=1), axis=1, kind="stable")
    return np.take_along_axis(some, order, axis=1)


def _merged(found: Found, lines: Ints, logs: Floats, longer: float) -> Found:
    """The best of those found before and those that have ended now."""
    scores = np.concatenate([found.scores, logs / longer], axis=1)
    texts = np.concatenate([found.texts, lines], axis=1)
    best = top(scores, logs.shape[1])
    return Found(
        np.take_along_axis(texts, best[:, :, None], axis=1),
        np.take_along_axis(scores, best, axis=1),
        np.take_along_axis(np.concatenate([found.logs, logs], axis=1), best, axis=1),
    )
