"""Which tasks are finished sooner: collections against the rest, the old against the young.

On each day one asks which of the tasks then open were finished, and whether a group had more or less than its share.
Busy weeks, holidays and a collection's year of birth drop out of that question. If completion times had nothing to do
with the tasks, as when they are shuffled among them, every open task would have the same chance; nothing is found then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.evidence import FLIPS, excess
from worklens.analysis.log_rank import log_rank
from worklens.analysis.stays import Stays, exposure, finishes

BLOCK_DAYS = 28  # attention to a project comes in spells of weeks: shorter blocks would not be independent


@dataclass(frozen=True, eq=False)
class Contrast:
    """Each group against all others: (groups,) each, NaN where there was nothing to compare."""

    rate_ratio: Floats  # its chance a day to be finished over that of the others; below 1 is slower
    p: Floats  # two-sided, corrected for the number of groups, and held by those finished in the end as well
    p_everyone: Floats  # the same without that last condition
    z: Floats  # below 0 is slower
    finished: Ints  # tasks finished in this group: the evidence
    expected: Floats  # what it would have finished at the others' pace and its own together
    blocks: Ints  # the blocks of days that had anything to say


def collection_contrast(
    tasks: Stays,
    group: Ints,
    groups: int,
    *,
    first: int,
    last: int,
    rng: np.random.Generator,
    block_days: int = BLOCK_DAYS,
    flips: int = FLIPS,
) -> Contrast:
    """Is any group's work finished sooner or later than other work of the same age on the same day?

    `group` (rows,) is known when the row starts: a collection, a label, how often it had been put off. It is a log-rank
    test (Mantel, 1966) whose strata are day and age bin, with the spread taken from blocks of `block_days`; the rate
    ratio is Mantel and Haenszel's. p is the larger of two: among all tasks, and among those finished in the end,
    so that a group is never called slow only for tasks that nobody will finish.
    """

    def counts(rows: Stays, code: Ints) -> tuple[Ints, Ints]:
        return exposure(rows, code, groups, first, last), finishes(rows, code, groups, first, last)

    return _both(tasks, group, counts, block_days, rng, flips)


def age_contrast(
    tasks: Stays,
    *,
    first: int,
    last: int,
    rng: np.random.Generator,
    block_days: int = BLOCK_DAYS,
    flips: int = FLIPS,
) -> Contrast:
    """Do tasks of some age have less chance of being finished than the others open on the same day?

    The groups are the bins of AGE_EDGES. Only where old bins are slower does a task's age say anything about it;
    otherwise old tasks are those that luck left over, and no single one is worth telling.
    """

    def counts(rows: Stays, code: Ints) -> tuple[Ints, Ints]:
        at_risk = exposure(rows, code, 1, first, last).swapaxes(0, 1)
        return at_risk, finishes(rows, code, 1, first, last).swapaxes(0, 1)

    return _both(tasks, np.zeros_like(tasks.born), counts, block_days, rng, flips)


def _both(
    tasks: Stays,
    code: Ints,
    counts: Callable[[Stays, Ints], tuple[Ints, Ints]],
    block_days: int,
    rng: np.random.Generator,
    flips: int,
) -> Contrast:
    """The contrast among all tasks, with the larger p of it and of that among finishers in the same direction."""
    sound = tasks.entered <= tasks.left  # a completion before its creation compares with nothing
    rows, code = tasks.rows(sound), code[sound]
    everyone = _contrast(*counts(rows, code), block_days, rng, flips)
    among = rows.rows(rows.finisher)
    at_risk, finished = (part.sum(axis=0, keepdims=True) for part in counts(among, code[rows.finisher]))
    finishers = _contrast(at_risk, finished, block_days, rng, flips)
    same_way = everyone.z * finishers.z > 0
    return replace(everyone, p=np.where(same_way, np.maximum(everyone.p, finishers.p), everyone.p * 0 + 1))


def _contrast(
    at_risk: Ints, finished: Ints, block_days: int, rng: np.random.Generator, flips: int
) -> Contrast:
    ranks = log_rank(at_risk, finished)
    scores = _by_block(ranks.scores, block_days)
    evidence = excess(scores, ranks.variance, ranks.skewness, rng, flips)
    return Contrast(
        rate_ratio=ranks.rate_ratio,
        p=evidence.p,
        p_everyone=evidence.p,
        z=evidence.z,
        finished=finished.sum(axis=(0, 2)),
        expected=ranks.expected,
        blocks=evidence.blocks,
    )


def _by_block(scores: Floats, block_days: int) -> Floats:
    """(groups, days) summed to (blocks, groups); the first block is the short one."""
    groups, days = scores.shape
    padded = np.pad(scores, ((0, 0), (-days % block_days, 0)))
    blocks: Floats = padded.reshape(groups, -1, block_days).sum(axis=2)
    return blocks.T
