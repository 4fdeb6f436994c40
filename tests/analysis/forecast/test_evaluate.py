"""The backtest over several people: pooled by origin, and on a real log what the bootstraps miss."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from worklens.analysis.forecast.evaluate import evaluate
from worklens.analysis.forecast.forecast import NEEDED, Forecast, forecast, past_origins
from worklens.analysis.forecast.questions import LEVELS, Emptied, HowMany, Question, When


def test_people_are_pooled_by_origin() -> None:
    """Two together have the origins of both."""
    rng = np.random.default_rng(5)
    people = [rng.poisson(1, 200), rng.poisson(3, 300)]

    both, single = evaluate(people, HowMany(14)), [evaluate([done], HowMany(14)) for done in people]

    assert both.n == sum(each.n for each in single)
    summed = sum(each.coverage * each.n for each in single)
    np.testing.assert_allclose(both.coverage * both.n, summed)


def test_nobody_has_no_figures() -> None:
    """No origin, no share."""
    nobody = evaluate([], When(10))

    assert nobody.n == 0
    assert np.isnan(nobody.coverage).all()


def test_origins_lie_apart_and_have_evidence() -> None:
    """Every two weeks, where five of the ninety days before had something done."""
    done = np.zeros(300, dtype=np.int64)
    done[100 : 100 + NEEDED] = 1

    assert past_origins(done).tolist() == list(range(112, 193, 14))


def test_a_list_that_is_emptied_again_and_again_is_dated() -> None:
    """Ten come each third week and one goes a day: with thirty such weeks seen, two weeks are promised, and hold."""
    arrived = np.tile([0] * 20 + [10], 35)
    done = np.tile([0] + [1] * 10 + [0] * 10, 35)

    said, found = (
        forecast(done, Emptied(10), arrived=arrived),
        evaluate([done], Emptied(10), arrived=[arrived]),
    )

    assert isinstance(said, Forecast)
    assert (said.values[:3] >= 9).all()
    assert (said.values[:3] <= 14).all()
    assert found.n > 20
    assert (found.coverage[:3] >= LEVELS[:3]).all()


def test_a_list_that_never_was_empty_gets_no_date() -> None:
    """As much comes as goes, a hundred stay: a walk would see it empty some day, its record says no."""
    rng = np.random.default_rng(6)
    done, arrived = rng.poisson(3, 900), rng.poisson(3, 900)

    said = forecast(done, Emptied(100), arrived=arrived)

    assert isinstance(said, Forecast)
    assert np.isinf(said.values).all()


@pytest.mark.parametrize("question", [HowMany(14), HowMany(30), When(10), When(30)])
def test_on_a_real_log_a_level_comes_true(test_data: Path, question: Question) -> None:
    """85 % comes true about so often, and less is lost than by the best of the plain bootstraps."""
    with (test_data / "pomodoro-log.csv").open(encoding="utf-8") as file:
        dates = [row["date"] for row in csv.DictReader(file) if row["done"] == "1"]
    day = np.array(dates, dtype="M8[D]").astype(np.int64)

    found = evaluate([np.bincount(day - day.min())], question)

    assert 0.8 < found.coverage[2] < 0.9
    assert found.mean_pinball < found.best_baseline
    assert found.baselines["bootstrap-90"][2] > found.pinball[2]
