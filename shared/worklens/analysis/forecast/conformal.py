"""The correction: what is called 85 % has to come true 85 % of the time, on this person's own past.

Adaptive conformal inference (Gibbs and Candes, 2021) moves the asked level by a step after each promise, up when it was
broken and down when it was kept. Here it differs in three ways, each for a fault that the plain rule showed:

A date is judged on the date. Judged when the answer comes, quick successes arrive before slow failures, and the
level of a long "when" sinks while the failures are still under way.
Promises that overlap share one step, since a month of bad luck breaks all that were made before it. Steps are of the
log-odds: 95 % and 99 % are as far apart as 50 % and 84 %, and no row of misses leads to a promise of nothing.
A whole task can't be promised by halves. Above FIRM the promise is the whole number whose chance is nearest to the
level; below, it is the surer one, and only what its own chance doesn't explain moves the level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.forecast.grades import binding, kept
from worklens.analysis.forecast.questions import LONGEST, ROUNDING, HowMany, Question

STEP = 0.02  # of the level for one promise, where it starts; below FIRM half of it, for which the models are right enough
FIRM = 0.8  # from this level on people rely on a promise: it must come true neither more nor less often
MARGIN = 0.05  # of the misses that a firm level allows are kept in hand: what is learnt is learnt late
LOWEST, HIGHEST = 0.05, 0.995  # of what is asked: beyond, the tables have no evidence


@dataclass(frozen=True, eq=False)
class Corrected:
    """What was asked and promised at each origin: (origins, levels) each."""

    asked: Floats
    promises: Floats


@dataclass(frozen=True, eq=False)
class Rounded:
    """Promises read off a table, and the chance that the table gives each of them."""

    promises: Floats
    chances: Floats


def correct(
    table: Floats,
    question: Question,
    levels: Floats,
    origins: Ints,
    came: Floats,
    every: int,
    step: float = STEP,
) -> Corrected:
    """Ask (origins, answers) of P(answer <= x) at levels that follow how earlier promises came out.

    `came` (origins,) are the answers, NaN where the history ends before. `origins` rise, `every` days apart as a rule;
    each knows only what was over before it.
    """
    shape = (origins.size, levels.size)
    asked, promises, aims = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    due = np.full(shape, np.inf)
    firm = levels >= FIRM
    aim = levels + np.where(firm, MARGIN, 0.0) * (1 - levels)
    steps = step * np.where(firm, 1.0, 0.5) / (levels * (1 - levels))
    moved = _log_odds(aim)
    for row, origin in enumerate(origins.tolist()):
        past = np.flatnonzero((due[:row] <= origin).any(axis=1))  # with something to judge
        over, said_then = due[past] <= origin, promises[past]
        hit = kept(question, said_then, came[past])
        share = np.minimum(1.0, every / np.maximum(_waits(question, said_then), 1.0))
        moved = moved + steps * np.where(over, share * (aims[past] - hit), 0.0).sum(axis=0)
        due[past] = np.where(over, np.inf, due[past])
        moved = np.clip(moved, _log_odds(LOWEST), _log_odds(HIGHEST))
        asked[row] = np.maximum.accumulate(1 / (1 + np.exp(-moved)))
        said = rounded(table[row : row + 1], question, asked[row : row + 1], firm)
        promises[row] = said.promises[0]
        judged = origin + _waits(question, said.promises)
        due[row] = np.where(binding(question, said.promises), judged, np.inf)[0]
        aims[row] = np.where(firm, aim, aim + said.chances[0] - asked[row])
    return Corrected(asked, promises)


def _log_odds(level: Any) -> Any:
    return np.log(level / (1 - level))


def rounded(table: Floats, question: Question, asked: Floats, nearest: Bools) -> Rounded:
    """The promises at (origins, levels) of asked levels: the surer whole number, or for some levels the nearer."""
    if isinstance(question, HowMany):
        return _counts(table, asked, nearest)
    return _dates(table, asked, nearest)


def _counts(table: Floats, asked: Floats, nearest: Bools) -> Rounded:
    ends = np.zeros((len(table), 1)), np.ones((len(table), 1))
    at_least = 1 - np.concatenate([ends[0], table, ends[1]], axis=1)  # column q: P(count >= q)
    sure = _first(-at_least, -asked + ROUNDING) - 1  # the last count with so much chance
    return _nearer(at_least, sure, sure + 1, asked, nearest)


def _dates(table: Floats, asked: Floats, nearest: Bools) -> Rounded:
    sure = _first(table, asked - ROUNDING)
    never = sure == table.shape[1]
    found = _nearer(
        table, np.minimum(sure, table.shape[1] - 1), np.maximum(sure - 1, 0), asked, nearest & ~never
    )
    return Rounded(np.where(never, np.inf, found.promises), np.where(never, asked, found.chances))


def _nearer(chances: Floats, sure: Ints, bold: Ints, asked: Floats, nearest: Bools) -> Rounded:
    """The bolder of two neighbours where it may be taken and its chance is nearer to what was asked."""
    bold = np.minimum(bold, chances.shape[1] - 1)
    rows = np.arange(len(chances))[:, None]
    of_sure, of_bold = chances[rows, sure], chances[rows, bold]
    take = nearest & (asked - of_bold < of_sure - asked)
    return Rounded(np.where(take, bold, sure).astype(np.float64), np.where(take, of_bold, of_sure))


def _first(rising: Floats, bound: Floats) -> Ints:
    """The first column of each rising row above each of its bounds, or past the last: (rows, bounds)."""
    return np.array([row.searchsorted(its, "right") for row, its in zip(rising, bound, strict=True)])


def _waits(question: Question, promises: Floats) -> Floats:
    """How many days after the origin each promise is judged."""
    if isinstance(question, HowMany):
        return np.full(promises.shape, float(question.days))
    return np.minimum(promises, LONGEST)
