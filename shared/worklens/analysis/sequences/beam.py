"""Beam search: the best few beginnings are carried on together, for all sources and beams in one step.

Deep Learning Specialization, course 5, week 3. A text's score is `sum log p / length**alpha` (Wu et al. 2016): without the
division every further symbol costs, and short texts win.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.speaker import Speaker
from worklens.analysis.sequences.translator import END

S = TypeVar("S")

ALPHA = 0.7  # the course's: between no normalisation (0) and the mean a symbol (1)

FEW = 16  # looking for the largest so many times is quicker than putting the values in order

SPARSE = 0.75  # the share of sources still at work below which the others are left behind


@dataclass(frozen=True, eq=False)
class Found:
    """The texts found for each source, best first; where there are fewer than the width, a score is -inf."""

    texts: Ints  # (batch, width, longest), filled up with END
    scores: Floats  # (batch, width): normalised
    logs: Floats  # (batch, width): sums of log-probabilities


def beam(
    speaker: Speaker[S],
    batch: int,
    width: int,
    longest: int,
    alpha: float = ALPHA,
    margin: float = np.inf,
) -> Found:
    """Search with `width` beginnings a source. A text that hasn't ended after `longest` symbols counts as it stands.

    A beginning is given up when no text from it could be among the `width` best any more, or come within `margin` of the
    best score; so the search ends early, and without a margin it finds the same.
    """
    state, said = speaker.start(), np.full(batch, END)
    sums = np.zeros((batch, 1))  # of one empty beginning each
    lines, sources = np.full((batch, width, longest), END), np.arange(batch)
    whole, found = _nothing(lines), _nothing(lines)
    for t in range(longest):
        chances, state = speaker.step(said, state)
        symbols = chances.shape[1]
        totals: Floats = (sums[:, :, None] + chances.reshape(len(sums), -1, symbols)).reshape(len(sums), -1)
        if t == 0:
            state = speaker.spread(state, width)
            totals = _filled(totals, width * symbols)
        best = top(totals, width)  # (sources, width)
        came, symbol = best // symbols, best % symbols
        sums = np.take_along_axis(totals, best, axis=1)
        lines = np.take_along_axis(lines, came[:, :, None], axis=1)
        lines[:, :, t] = symbol
        over = (symbol == END) | (t + 1 == longest)
        if over.any():
            found = _merged(found, lines, np.where(over, sums, -np.inf), (t + 1) ** alpha)
        sums = np.where(over | _hopeless(found, sums, longest**alpha, margin), -np.inf, sums)
        alive: Bools = np.asarray(np.isfinite(sums).any(axis=1))
        if not alive.any():
            break
        state = speaker.take(state, (np.arange(len(sums))[:, None] * width + came).ravel())
        said = symbol.ravel()
        if np.count_nonzero(alive) < SPARSE * len(alive):  # go on with the sources that aren't through
            _put(whole, sources, found)
            rows = (np.flatnonzero(alive)[:, None] * width + np.arange(width)).ravel()
            state, said, sums, lines = speaker.keep(state, rows), said[rows], sums[alive], lines[alive]
            sources, found = sources[alive], Found(found.texts[alive], found.scores[alive], found.logs[alive])
    _put(whole, sources, found)
    return whole


def _filled(totals: Floats, places: int) -> Floats:
    """As many beginnings as later on, of which there is but one: what the others go on to has no chance."""
    filled = np.full((len(totals), places), -np.inf)
    filled[:, : totals.shape[1]] = totals
    return filled


def _nothing(lines: Ints) -> Found:
    """Of the shape of `lines` (batch, width, longest)."""
    none = np.full(lines.shape[:2], -np.inf)
    return Found(np.full_like(lines, END), none, none.copy())


def _put(whole: Found, sources: Ints, found: Found) -> None:
    """Write what was found for some sources into the whole."""
    whole.texts[sources], whole.scores[sources], whole.logs[sources] = found.texts, found.scores, found.logs


def _hopeless(found: Found, sums: Reals, longer: float, margin: float) -> Bools:
    """Which beginnings can't matter any more: (batch, width). None gets better than its sum over the longest length."""
    hoped = sums / longer
    worse: Bools = (hoped <= found.scores[:, -1:]) | (hoped < found.scores[:, :1] - margin)
    return worse


def top(values: Reals, count: int) -> Ints:
    """Where the `count` largest of each row are, largest first: (rows, count), for values (rows, n)."""
    if count >= values.shape[1]:
        return np.argsort(-values, axis=1, kind="stable")[:, :count]
    if count > FEW:
        some = np.argpartition(values, -count, axis=1)[:, -count:]
        order = np.argsort(-np.take_along_axis(values, some, axis=1), axis=1, kind="stable")
        return np.take_along_axis(some, order, axis=1)
    rest = np.maximum(values, np.finfo(values.dtype).min)  # what is taken is less than all that isn't
    best, rows = np.empty((len(values), count), np.int64), np.arange(len(values))
    for at in range(count):
        best[:, at] = rest.argmax(axis=1)
        rest[rows, best[:, at]] = -np.inf
    return best


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
