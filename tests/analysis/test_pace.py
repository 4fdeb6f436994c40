"""A changed pace is found, a bursty one isn't taken for it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from worklens.analysis.arrays import Ints
from worklens.analysis.pace import PaceChange, pace_change

WEEKS = 30


def judged(daily: Ints, seed: int = 0, shuffles: int = 999) -> PaceChange:
    """The comparison with draws that are the same in every run."""
    return pace_change(daily, np.random.default_rng(seed), shuffles=shuffles)


def days_of(rng: np.random.Generator, recent: float = 1.0, burst: float | None = None) -> Ints:
    """30 weeks of about 3 tasks a day, the last four at another pace, perhaps with good and bad weeks."""
    mean = np.full(WEEKS, 3.0)
    mean[-4:] *= recent
    if burst is not None:
        mean *= rng.gamma(burst, 1 / burst, WEEKS)
    return rng.poisson(np.repeat(mean, 7))


@pytest.mark.parametrize("recent", [0.4, 2.0])
def test_a_change_is_found(recent: float) -> None:
    """Less than half and twice the pace are found, with about that ratio and the counts behind it."""
    daily = days_of(np.random.default_rng(6), recent)
    result = judged(daily)

    assert result.p < 0.01
    assert result.ratio == pytest.approx(recent, rel=0.25)
    assert result.recent == daily[-28:].sum()
    assert result.before == daily[:-28].sum()
    assert result.dispersion == pytest.approx(1, abs=0.6)


@pytest.mark.parametrize("burst", [None, 2.0])
def test_false_changes_stay_rare(burst: float | None) -> None:
    """At one pace, calm or in bursts, about 1 in 20 histories has a p of 0.05 or less."""
    rng = np.random.default_rng(2)
    found = [judged(days_of(rng, burst=burst), seed, 199).p <= 0.05 for seed in range(200)]

    assert sum(found) <= 18  # of 200; 10 are expected


def test_bursts_are_seen() -> None:
    """Good and bad weeks show as a variance well above the mean."""
    assert judged(days_of(np.random.default_rng(3), burst=1.0)).dispersion > 4


def test_a_drift_is_less_than_a_jump() -> None:
    """The same weeks in another order are less convincing when neighbours resemble one another all the while."""
    level = np.repeat([2, 6, 2, 6, 2, 6], 5)[-WEEKS:]  # long waves; the last is a high one
    mixed = np.concatenate([np.random.default_rng(0).permutation(level[:-4]), level[-4:]])
    waves, noise = (judged(np.repeat(weeks, 7)) for weeks in (level, mixed))

    assert waves.ratio == noise.ratio
    assert waves.p > noise.p


def test_only_the_last_weeks_count() -> None:
    """What came before the 30 weeks makes no difference."""
    daily = days_of(np.random.default_rng(4), 1.5)

    assert judged(np.concatenate([np.full(400, 50), daily])) == judged(daily)


def test_a_steady_pace_has_no_change() -> None:
    """The same count every week can't be told from its shuffles; nor can none at all, whose ratio is unknown."""
    steady, idle = judged(np.ones(210, dtype=np.int64)), judged(np.zeros(210, dtype=np.int64))

    assert (steady.ratio, steady.p, steady.dispersion) == (1, 1, 0)
    assert idle.p == 1
    assert math.isnan(idle.ratio)


def test_a_short_history_is_refused() -> None:
    """The error says how many days it takes."""
    with pytest.raises(ValueError, match="needs 210"):
        judged(np.ones(209, dtype=np.int64))
