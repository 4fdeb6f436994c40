"""The cycle time of what was begun lately, beyond where Kaplan-Meier ends."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.arrays import NEVER, Bools, Ints
from worklens.analysis.survival import kaplan_meier
from worklens.analysis.tail import CycleTime, cycle_time

DAY = 1000


def history(seed: int, tasks: int = 600, days: int = 800) -> tuple[Ints, Ints, Bools]:
    """Tasks begun over the days up to DAY, each open for a time with a long tail; all are done some day."""
    rng = np.random.default_rng(seed)
    started = np.sort(rng.integers(DAY - days, DAY + 1, tasks))
    took = np.floor(20 * rng.weibull(0.6, tasks)).astype(np.int64)
    return started, started + took, np.ones(tasks, dtype=np.bool_)


def test_what_is_all_done_has_its_plain_quantile() -> None:
    """Twenty tasks that took 0 to 19 days and are done: 85 % took no more than 16 days, and nothing is uncertain."""
    took = np.arange(20)
    found = cycle_time(np.full(20, DAY - 50), DAY - 50 + took, np.ones(20, dtype=np.bool_), DAY)

    assert found == CycleTime(16, 16, 16, 20, 20)


def test_enough_done_decides_it_though_some_are_open() -> None:
    """With 18 of 20 done on their first day the open two can't change the 85th of a hundred."""
    started = np.full(20, DAY - 5)
    ended = np.where(np.arange(20) < 18, DAY - 5, NEVER)
    found = cycle_time(started, ended, ended < NEVER, DAY)

    assert (found.days, found.low, found.high) == (0, 0, 0)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_later_is_looked_at(seed: int) -> None:
    """The answer is the same with all that came afterwards and without."""
    started, ended, done = history(seed)
    day = DAY - 100
    begun = started <= day
    then = np.where(ended <= day, ended, NEVER)[begun]

    assert cycle_time(started, ended, done, day) == cycle_time(started[begun], then, then < NEVER, day)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_tasks_says_nothing(seed: int) -> None:
    """Shuffled tasks give the same answer, and so do all days counted from elsewhere."""
    started, ended, done = history(seed)
    mixed = np.random.default_rng(seed).permutation(started.size)

    assert cycle_time(started[mixed], ended[mixed], done[mixed], DAY) == cycle_time(started, ended, done, DAY)
    assert cycle_time(started + 77, ended + 77, done, DAY + 77) == cycle_time(started, ended, done, DAY)


def test_it_answers_where_kaplan_meier_does_not() -> None:
    """Half done at once and half still open: the older tasks, which took 150 days, say how long it will be."""
    old = np.arange(DAY - 600, DAY - 200, 4)
    new = np.arange(DAY - 60, DAY, 3)
    started = np.concatenate([old, new])
    ended = started + np.where(np.arange(started.size) % 2 == 0, 0, 150)
    seen = ended <= DAY
    found = cycle_time(started, ended, seen, DAY)

    assert math.isnan(
        kaplan_meier((np.minimum(ended, DAY) - started)[old.size :], seen[old.size :]).quantile(0.85)
    )
    assert found.low <= 150 <= found.high
    assert 120 <= found.days <= 160


def test_a_first_month_has_an_answer_of_its_own_tail() -> None:
    """Without any older task the curve goes on from what is there, slower and slower, and its interval is wide."""
    started = np.arange(DAY - 28, DAY)
    ended = np.where(np.arange(28) % 3 == 0, started + 2, NEVER)
    found = cycle_time(started, ended, (ended <= DAY), DAY)

    assert 28 < found.days < math.inf
    assert found.high > 2 * found.low


def test_deleted_tasks_have_no_cycle_time() -> None:
    """They count as watched until they went, and not among the tasks whose quantile is asked."""
    started = np.full(40, DAY - 30)
    ended = np.where(np.arange(40) < 20, DAY - 30 + np.arange(40), DAY - 5)
    found = cycle_time(started, ended, np.arange(40) < 20, DAY)

    assert (found.tasks, found.done, found.days) == (20, 20, 16)


def test_a_few_tasks_are_no_evidence() -> None:
    """With nine tasks there is no answer, only how many there were."""
    found = cycle_time(np.full(9, DAY), np.full(9, DAY), np.ones(9, dtype=np.bool_), DAY)

    assert math.isnan(found.days)
    assert (found.tasks, found.done) == (9, 9)


def test_what_is_never_done_takes_longer_than_ten_years() -> None:
    """Where a thousand tasks stood open for years and none was done, so it may stay."""
    started = np.concatenate([np.full(1000, DAY - 3000), np.full(20, DAY - 10)])
    none = np.zeros(started.size, dtype=np.bool_)

    assert cycle_time(started, np.full(started.size, NEVER), none, DAY).days == math.inf


@given(st.integers(0, 10**6), st.sampled_from([0.5, 0.7, 0.85, 0.95]))
def test_more_takes_longer_and_the_answer_lies_within_its_limits(seed: int, share: float) -> None:
    """A larger share takes at least as long; the limits hold the answer, and wider ones hold narrower ones."""
    started, ended, done = history(seed, tasks=400)
    less, more = (cycle_time(started, ended, done, DAY, share=of) for of in (share - 0.1, share))
    wide = cycle_time(started, ended, done, DAY, share=share, level=0.95)

    assert less.days <= more.days
    assert wide.low <= more.low <= more.days <= more.high <= wide.high


@pytest.mark.deep
def test_the_interval_holds_the_truth_as_often_as_it_says_at_least() -> None:
    """On 400 histories of one steady law it covers at least 80 %: it allows for paces that here never change."""
    held = 0
    for seed in range(400):
        started, ended, done = history(seed)
        found = cycle_time(started, ended, done, DAY)
        asked = started > DAY - 90
        truth = np.quantile((ended - started)[asked], 0.85, method="inverted_cdf")
        held += found.low <= truth <= found.high

    assert held >= 320
