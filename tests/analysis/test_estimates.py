"""Estimates corrected by how earlier ones came out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.estimates import HALF, LEAST, LOGS, WIDTH, Corrector, Task, factor, limits

HOUR = 3600.0


def taught(ratios: list[float], person: int = 1, kind: int = 1, estimate: float = 2 * HOUR) -> Corrector:
    """A corrector that has seen tasks of one person, kind and size take these times their estimates."""
    corrector = Corrector()
    for ratio in ratios:
        corrector.learn(Task(person, kind, estimate), ratio * estimate)
    return corrector


def at(**chances: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A distribution with these chances at logarithms named like `m20` (-0.20) and `p14` (0.14)."""
    chance = np.zeros(LOGS.size)
    for name, share in chances.items():
        place = round(float(name[1:]) / 100 / WIDTH)
        chance[HALF + (place if name[0] == "p" else -place)] += share
    return chance


def test_who_always_takes_twice_as_long_is_told_so() -> None:
    """After 60 tasks of twice the estimate the factor is within 15 % of 2, and the limits hold 2."""
    found = taught([2.0] * 60).correct(Task(1, 1, 2 * HOUR))

    assert abs(math.log(found.factor / 2)) <= 0.15 + 1e-9
    assert found.low < 2 < found.high
    assert found.tasks == 60


def test_who_estimates_well_is_left_alone() -> None:
    """Where each task took what was estimated, the factor is 1."""
    assert taught([1.0] * 60).correct(Task(1, 1, 2 * HOUR)).factor == 1


def test_too_little_is_known_at_first() -> None:
    """Below the least number of tasks the estimate stays as it is, however far off; the limits tell of it all the same."""
    corrector = taught([3.0] * (LEAST - 1))

    assert corrector.correct(Task(1, 1, 2 * HOUR)).factor == 1
    assert corrector.correct(Task(1, 1, 2 * HOUR)).high > 3


def test_a_kind_with_few_tasks_leans_on_the_persons_others() -> None:
    """Sixty tasks of one list took twice as long; two of another took as estimated, and are not yet believed."""
    corrector = taught([2.0] * 60)
    for _ in range(2):
        corrector.learn(Task(1, 2, 2 * HOUR), 2 * HOUR)

    assert corrector.correct(Task(1, 2, 2 * HOUR)).factor > 1.5


def test_a_kind_with_many_tasks_speaks_for_itself() -> None:
    """Two hundred tasks of either list: each has its own factor."""
    corrector = Corrector()
    for _ in range(200):
        corrector.learn(Task(1, 1, 2 * HOUR), 4 * HOUR)
        corrector.learn(Task(1, 2, 2 * HOUR), 1 * HOUR)
    slow, fast = (corrector.correct(Task(1, kind, 2 * HOUR)) for kind in (1, 2))

    assert slow.factor > 1.6
    assert fast.factor < 0.65


def test_a_new_person_starts_from_the_others() -> None:
    """A stranger's limits come from everyone known; the factor waits for tasks of their own."""
    corrector = taught([3.0] * 300)
    found = corrector.correct(Task(9, 9, 2 * HOUR))

    assert (found.factor, found.tasks) == (1, 0)
    assert found.low > 1.5


def test_people_who_change_are_believed() -> None:
    """Two hundred tasks of half the estimate, then two hundred of twice: the later ones count more."""
    assert taught([0.5] * 200 + [2.0] * 200).correct(Task(1, 1, 2 * HOUR)).factor > 1.6


def test_a_correction_that_does_not_pay_is_not_made() -> None:
    """Ratios that jump between a third and three times: whatever the factor, the estimate itself stays."""
    rng = np.random.default_rng(4)
    corrector = taught(rng.choice([0.2, 1.0, 1.0, 1.0, 5.0], 200).tolist())

    assert corrector.correct(Task(1, 1, 2 * HOUR)).factor == 1


def test_the_factor_brings_most_tasks_close_by_hand() -> None:
    """Of 0.4 as estimated, 0.3 at 3/4 and 0.3 at twice, a factor 14 % below has both of the first close: not the mean."""
    assert factor(at(p0=0.4, m28=0.3, p70=0.3)) == pytest.approx(-0.14)
    assert factor(at(p0=0.4, m100=0.3, p70=0.3)) == 0


def test_who_mostly_hits_it_exactly_is_left_alone() -> None:
    """Of 200 tasks 120 took their estimate and 80 three quarters of it: a factor would bring more close, and hit none."""
    corrector = taught(([1.0] * 3 + [0.75] * 2) * 40)
    fewer = taught(([1.0] * 2 + [0.75] * 3) * 40)

    assert corrector.correct(Task(1, 1, 2 * HOUR)).factor == 1
    assert fewer.correct(Task(1, 1, 2 * HOUR)).factor < 0.9


def test_limits_hold_their_share_by_hand() -> None:
    """Of ten equal chances from -0.2 to 0.16 the middle eight remain; half a bin is added on either side."""
    chance = at(**{f"m{20 - 4 * step}" if step < 5 else f"p{4 * step - 20}": 0.1 for step in range(10)})

    assert limits(chance, 0.8) == pytest.approx((-0.20 - 0.01, 0.12 + 0.01))


def test_the_limits_hold_the_correction() -> None:
    """Where all take twice as long but for a hair, the factor nearest to 1 that comes close is the lower limit."""
    found = taught([2.0] * 60).correct(Task(1, 1, 2 * HOUR))

    assert found.low <= found.factor < 2 < found.high


ratios = st.lists(st.floats(0.02, 50), min_size=1, max_size=60)


@given(ratios, st.floats(0.01, 200))
def test_chances_add_up_and_limits_hold_the_factor_of_the_median(taken: list[float], hours: float) -> None:
    """Whatever was learnt, the chances are a distribution, and narrower limits lie within wider ones."""
    chance = taught(taken, estimate=hours * HOUR).chances(Task(1, 1, hours * HOUR))
    (wide_low, wide_high), (low, high) = limits(chance, 0.9), limits(chance, 0.5)

    assert chance.sum() == pytest.approx(1)
    assert chance.min() >= 0
    assert wide_low <= low <= high <= wide_high
