"""The planted rates of the sample, found again; and rates whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.hazard.planted import Days, days

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.hazard.rates import Rates, daily_rates
from worklens.sample import habits
from worklens.sample.habits import KINDS, LISTS
from worklens.sample.world import RHYTHMS


@pytest.fixture(scope="module")
def planted() -> Days:
    """All days of the sample."""
    return days()


def found(planted: Days, group: Ints, factor: Floats, which: Bools | None = None) -> Rates:
    """The rates of groups of some days."""
    some = np.ones(group.size, dtype=np.bool_) if which is None else which
    return daily_rates(group[some], factor[some], planted.done[some], habits.CAP)


def test_planted_hazards_are_recovered(planted: Days) -> None:
    """Of each kind of task, the planted chance a day lies in its 95 % interval."""
    factor = planted.steady * planted.week * planted.pull * planted.tired

    rates = found(planted, planted.kind, factor)

    hidden = np.array([habits.HAZARD[kind] for kind in KINDS])
    assert (rates.done[:3] > 200).all()
    assert ((rates.low < hidden) & (hidden < rates.high)).all()
    assert (rates.high[:3] / rates.low[:3] < 1.35).all()


def test_planted_fatigue_is_recovered(planted: Days) -> None:
    """What the first and the second move of a due date take off the chance."""
    factor = planted.hazard * planted.steady * planted.week * planted.pull

    rates = found(planted, planted.moves - 1, factor, (planted.moves > 0) & (planted.moves < 3))

    hidden = habits.FATIGUE ** np.arange(1, 3)
    assert ((rates.low < hidden) & (hidden < rates.high)).all()


def test_planted_pulls_and_weekdays_are_recovered(planted: Days) -> None:
    """Of the 28 other planted factors about as many lie in their intervals as 95 % says."""
    others = planted.hazard * planted.steady * planted.tired
    pulls = found(planted, planted.collection, others * planted.week, planted.near)
    which = planted.rhythm * 7 + planted.weekday
    weeks = found(planted, which, others * planted.pull)

    near = pulls.days > 0
    hidden = np.array([habit.pull for habit in LISTS])[: near.size][near]
    inside = [(pulls.low[near] < hidden) & (hidden < pulls.high[near])]
    hidden = np.array([habits.WEEKDAY[name] for name in RHYTHMS]).ravel()
    inside.append((weeks.low < hidden) & (hidden < weeks.high))

    held = np.concatenate(inside)
    assert held.size == 28
    assert held.sum() >= 25  # of 28 at 95 %, fewer come once in fifty times


def test_a_rate_without_factors_is_the_share() -> None:
    """Three of twelve days: the share, and an interval that holds it; none of ten: 0, and less than a third."""
    done = np.arange(22) < 3
    group = (np.arange(22) >= 12).astype(np.int64)

    rates = daily_rates(group, np.ones(22), done)

    assert rates.rate[0] == pytest.approx(0.25)
    assert rates.low[0] < 0.25 < rates.high[0]
    assert rates.rate[1] < 1e-6
    assert rates.high[1] == pytest.approx(1 - np.exp(-1.920729 / 10))


def test_no_days_no_rate() -> None:
    """A group without a day has no rate."""
    rates = daily_rates(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0, dtype=np.bool_), groups=2)

    assert np.isnan(rates.rate).all()
