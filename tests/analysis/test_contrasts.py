"""Collections and ages: planted differences are found, and shuffled histories say nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from worklens.analysis.arrays import NEVER, Ints
from worklens.analysis.contrasts import Contrast, age_contrast, collection_contrast
from worklens.analysis.stays import Stays, stays

DAYS = 730
GROUPS = 4


@dataclass(frozen=True)
class History:
    """Two years of one person's tasks."""

    born: Ints
    left: Ints
    group: Ints

    def stays(self) -> Stays:
        """As rows: those that left were finished."""
        return stays(self.born, self.left, self.left < NEVER)


def lived(
    seed: int, speed: tuple[float, ...] = (1, 1, 1, 1), ageing: float = 0.7, burst: bool = False
) -> History:
    """Tasks whose chance a day falls with age and follows the mood of the season; a tenth is never finished.

    Each collection has a season of its own in which its tasks are made. With bursts it also has good and bad weeks.
    """
    rng = np.random.default_rng(seed)
    group = rng.integers(0, GROUPS, 1500)
    born = np.minimum(rng.uniform(0, 0.5, GROUPS)[group] + 0.5 * rng.random(1500), 0.999) * DAYS
    born, left = born.astype(np.int64), np.full(1500, NEVER)
    rate = np.array(speed)[group] * rng.gamma(1.5, 1 / 1.5, 1500) * (rng.random(1500) < 0.9)
    weeks = rng.gamma(0.5, 2, (DAYS // 7 + 1, GROUPS)) if burst else np.ones((DAYS // 7 + 1, GROUPS))
    season = np.exp(0.5 * np.sin(np.arange(DAYS) / 40) - 2)
    for day in range(DAYS):
        standing = np.flatnonzero((born <= day) & (left == NEVER))
        age = np.maximum(day - born[standing], 1.0)
        hazard = season[day] * rate[standing] * weeks[day // 7, group[standing]] * age**-ageing
        left[standing[rng.random(standing.size) < -np.expm1(-hazard)]] = day
    return History(born, left, group)


def shuffled_among_all(history: History, rng: np.random.Generator) -> History:
    """The same completion times, dealt out anew to all tasks; some then end before they began."""
    return History(history.born, rng.permutation(history.left), history.group)


def shuffled_among_finished(history: History, rng: np.random.Generator) -> History:
    """The same completion times, dealt out anew to the tasks that had one."""
    left, finished = history.left.copy(), history.left < NEVER
    left[finished] = rng.permutation(left[finished])
    return History(history.born, left, history.group)


def by_collection(history: History, seed: int = 0) -> Contrast:
    """Collections against one another over the whole history."""
    rng = np.random.default_rng(seed)
    return collection_contrast(history.stays(), history.group, GROUPS, first=0, last=DAYS - 1, rng=rng)


def by_age(history: History, seed: int = 0) -> Contrast:
    """Ages against one another over the whole history."""
    return age_contrast(history.stays(), first=0, last=DAYS - 1, rng=np.random.default_rng(seed))


def test_a_slow_collection_is_found() -> None:
    """A collection whose tasks have a fifth of the chance stands out, with its direction, size and evidence."""
    result = by_collection(lived(3, speed=(0.2, 1, 1, 1)))

    assert result.p[0] < 0.01
    assert result.z[0] < 0
    assert 0.1 < result.rate_ratio[0] < 0.6
    assert result.finished[0] < result.expected[0]
    assert result.blocks[0] > 12


def test_old_tasks_are_found_slower() -> None:
    """Where chances fall with age the youngest bin is faster and the old ones are slower."""
    result = by_age(lived(2, ageing=1.0))

    assert result.p[0] < 0.05
    assert result.rate_ratio[0] > 3
    assert (result.rate_ratio[5:] < 1).all()
    assert result.p[5:].min() < 0.05


@pytest.mark.parametrize("shuffled", [shuffled_among_all, shuffled_among_finished])
def test_shuffled_completion_times_say_nothing(
    shuffled: Callable[[History, np.random.Generator], History],
) -> None:
    """Completion times dealt out anew, to all tasks or to the finished, tell nothing about collections or ages.

    Each of 20 histories had a slow and a fast collection; the bound leaves room for the one in 20 that p = 0.05 allows.
    """
    dealt = [
        shuffled(lived(seed % 4, speed=(0.2, 1, 1, 3)), np.random.default_rng(seed)) for seed in range(20)
    ]
    found = [least(by_collection(each)) <= 0.05 or least(by_age(each)) <= 0.05 for each in dealt]

    assert sum(found) <= 2


@pytest.mark.parametrize("burst", [False, True])
def test_alike_collections_say_nothing(burst: bool) -> None:
    """Collections of one speed, each with its own season and weeks, are rarely told apart."""
    found = [least(by_collection(lived(seed, burst=burst))) <= 0.05 for seed in range(12)]

    assert sum(found) <= 2


def least(result: Contrast) -> float:
    """The smallest p of any group."""
    return float(np.nanmin(result.p))


def test_a_group_that_nobody_finishes_is_not_called_slow() -> None:
    """A list of wishes stands open for ever: that is known from everyone's p, and held back from p."""
    history = lived(3)
    left = np.where(history.group == 0, NEVER, history.left)
    result = by_collection(History(history.born, left, history.group))

    assert result.p_everyone[0] < 0.01
    assert result.p[0] == 1


def test_a_group_may_change_on_the_way() -> None:
    """Cut each long stay in two rows at age 30, with one group for both: everyone's counts stay what they were."""
    history = lived(4)
    whole = by_collection(history)
    cut = history.born + 30
    long = history.left > cut
    tasks = stays(
        born=np.concatenate([history.born, history.born[long]]),
        left=np.concatenate([np.minimum(history.left, np.where(long, cut, NEVER)), history.left[long]]),
        done=np.concatenate([(history.left < NEVER) & ~long, history.left[long] < NEVER]),
        entered=np.concatenate([history.born, cut[long] + 1]),
        finisher=np.concatenate([history.left < NEVER, history.left[long] < NEVER]),
    )
    group = np.concatenate([history.group, history.group[long]])
    rng = np.random.default_rng(0)
    split = collection_contrast(tasks, group, GROUPS, first=0, last=DAYS - 1, rng=rng)

    np.testing.assert_allclose(split.z, whole.z)
    np.testing.assert_allclose(split.p, whole.p)


def test_the_same_draws_give_the_same_answer() -> None:
    """All chance comes from the generator given."""
    history = lived(5, speed=(0.5, 1, 1, 1))

    assert by_collection(history, 3).p.tolist() == by_collection(history, 3).p.tolist()


def test_no_history_is_no_evidence() -> None:
    """Without tasks, or with one group alone, nothing can be compared."""
    none = np.array([], dtype=np.int64)
    empty = by_collection(History(none, none, none))
    history = lived(6)
    alone = by_collection(History(history.born, history.left, np.zeros_like(history.group)))

    assert np.isnan(empty.p).all()
    assert np.isnan(alone.p).all()
    assert empty.finished.tolist() == [0, 0, 0, 0]
