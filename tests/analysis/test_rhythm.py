"""An unusual weekday is found, a burst isn't taken for one."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis import rhythm
from worklens.analysis.arrays import Ints
from worklens.analysis.rhythm import ALL_DAYS, WeekdayShares, weekday_shares

WORKING = (0, 1, 2, 3, 4)


def judged(weekly: Ints, weekdays: tuple[int, ...] = ALL_DAYS, shuffles: int = 999) -> WeekdayShares:
    """The comparison with draws that are the same in every run."""
    return weekday_shares(weekly, np.random.default_rng(0), weekdays, shuffles)


def weeks_of(seed: int, tuesday: float = 1, weekend: float = 1, burst: float | None = None) -> Ints:
    """A year of about 4 tasks a day: (52, 7)."""
    rng = np.random.default_rng(seed)
    mean = np.tile([4, 4 * tuesday, 4, 4, 4, 4 * weekend, 4 * weekend], (52, 1))
    return rng.poisson(mean if burst is None else mean * rng.gamma(burst, 1 / burst, mean.shape))


def test_an_unusual_weekday_is_found() -> None:
    """Tuesdays with twice the tasks stand out, with their share and how many times the even share that is."""
    result = judged(weeks_of(1, tuesday=2))

    assert result.p[1] < 0.01
    assert result.share[1] == pytest.approx(2 / 8, abs=0.03)
    assert result.ratio[1] == pytest.approx(14 / 8, abs=0.2)
    assert result.share.sum() == pytest.approx(1)
    assert result.weeks == 52


def test_working_days_are_compared_among_themselves() -> None:
    """A free weekend makes all seven days unusual, and the five working days alone are even."""
    weekly = weeks_of(2, weekend=0)
    result = judged(weekly, WORKING)

    assert judged(weekly).p[5] < 0.01
    assert result.weekdays == WORKING
    assert result.p.min() > 0.05
    assert result.n == weekly[:, :5].sum()


@pytest.mark.parametrize("burst", [None, 0.5])
def test_false_weekdays_stay_rare(burst: float | None) -> None:
    """Where weekdays are alike, calm or in bursts, about 1 in 20 years has one with a p of 0.05 or less."""
    found = [judged(weeks_of(seed, burst=burst), shuffles=199).p.min() <= 0.05 for seed in range(150)]

    assert sum(found) <= 15  # of 150; 7.5 are expected


def test_one_burst_is_no_rhythm() -> None:
    """A single Friday with 200 tasks raises its share far above even, and proves nothing."""
    weekly = weeks_of(3)
    weekly[10, 4] = 200
    result = judged(weekly)

    assert result.ratio[4] > 1.5
    assert result.p[4] > 0.05


def test_idle_weeks_say_nothing() -> None:
    """Weeks without tasks are left out; no tasks at all leave shares and p unknown."""
    weekly = weeks_of(4)
    padded = np.concatenate([np.zeros((30, 7), dtype=np.int64), weekly])

    assert judged(padded).p.tolist() == judged(weekly).p.tolist()
    assert judged(padded).weeks == 52
    assert np.isnan(judged(np.zeros((9, 7), dtype=np.int64)).p).all()
    assert np.isnan(judged(np.zeros((9, 7), dtype=np.int64)).share).all()


def test_even_weekdays_have_no_p() -> None:
    """Where every day has the same count there is nothing to shuffle."""
    assert np.isnan(judged(np.full((9, 7), 2)).p).all()


def test_long_histories_are_shuffled_in_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Working in small pieces finds the same unusual day."""
    monkeypatch.setattr(rhythm, "AT_ONCE", 5000)

    assert judged(weeks_of(1, tuesday=2)).p[1] < 0.01
