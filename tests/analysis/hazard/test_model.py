"""The hazard model on made-up people whose ways are known."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from worklens.analysis.arrays import NEVER
from worklens.analysis.hazard import telling
from worklens.analysis.hazard.model import Hazard, fit
from worklens.analysis.hazard.prospects import GROUPS, HORIZONS
from worklens.analysis.hazard.records import DELETED, DONE, Records
from worklens.analysis.hazard.telling import prospects

TODAY = 20_000


def people(tasks: int = 2_500, seed: int = 3) -> Records:
    """Two lists, of which the first gets a tenth of its open tasks done a day, the second a hundredth; some are deleted."""
    rng = np.random.default_rng(seed)
    born = TODAY - rng.integers(0, 700, tasks)
    which = rng.integers(0, 2, tasks)
    done = rng.geometric(np.where(which == 0, 0.1, 0.01))
    gone = rng.geometric(np.full(tasks, 0.004))
    ended = born + np.minimum(done, gone)
    cause = np.where(ended > TODAY, 0, np.where(done <= gone, DONE, DELETED))
    ended = np.where(ended > TODAY, NEVER, ended)
    return Records.of(born, ended, cause, collection=which)


def test_chances_are_those_that_were_planted() -> None:
    """A list's own pace is found, and told of its open tasks; what is deleted will not be done."""
    records = people()

    told = prospects(fit(records, today=TODAY), records, TODAY)

    still = records.open_at(TODAY)
    planted = np.where(records.collection == 0, 0.1, 0.01)
    week = planted * (1 - (1 - planted - 0.004) ** 7) / (planted + 0.004)
    known = still & ~np.isnan(told.done[:, 1])
    assert known.sum() > 0.9 * still.sum()
    for which in (0, 1):
        rows = known & (records.collection == which)
        assert abs(told.done[rows, 1].mean() / week[rows].mean() - 1) < 0.3
    assert np.isnan(told.done[~still]).all()


def test_chances_add_up_and_rise() -> None:
    """Chances rise with the horizon, and done, deleted and open are all there is; a reason stands for each group."""
    records = people(800)

    told = prospects(fit(records, today=TODAY), records, TODAY)

    known = ~np.isnan(told.done[:, 0])
    assert told.done.shape == (800, len(HORIZONS))
    assert told.reasons.shape == (800, len(GROUPS))
    assert (np.diff(told.done[known], axis=1) >= 0).all()
    assert (np.diff(told.deleted[known], axis=1) >= 0).all()
    assert (told.done[known] + told.deleted[known] <= 1).all()
    assert (np.diff(told.remaining[known], axis=1)[np.isfinite(told.remaining[known]).all(axis=1)] >= 0).all()
    assert np.isnan(told.late).all()


def test_never_is_told_where_many_stood_open_a_year_longer() -> None:
    """Of tasks so old that hardly any was watched a year longer, it isn't; where it is, done within a month is none of it."""
    records = people(800)
    learnt = fit(records, today=TODAY)
    fitted = replace(learnt, lives=np.sort([*learnt.lives, *[400] * 20]))
    told = prospects(fitted, records, TODAY)

    open_now = np.flatnonzero(~np.isnan(told.done[:, 0]))
    beyond = [int((fitted.lives > TODAY - records.born[row] + 365).sum()) for row in open_now]
    assert (~np.isnan(told.never[open_now])).tolist() == [count >= 20 for count in beyond]
    assert 0 < sum(count >= 20 for count in beyond) < len(beyond)
    known = ~np.isnan(told.never)
    assert (1 - told.never[known] >= told.done[known, -1]).all()


def test_parameters_survive_a_file() -> None:
    """Written down and read again, a model tells the same."""
    records = people(800)
    fitted = fit(records, today=TODAY)

    again = Hazard.from_arrays(fitted.to_arrays())

    assert np.array_equal(
        prospects(again, records, TODAY).done, prospects(fitted, records, TODAY).done, equal_nan=True
    )
    assert (again.groups, again.strength, again.events) == (fitted.groups, fitted.strength, fitted.events)


def test_the_future_is_not_looked_at() -> None:
    """What happens after the day makes no difference to what is learnt, or told, on it."""
    records, day = people(800), TODAY - 200
    ended = np.where(records.ended > day, NEVER, records.ended)
    cut = Records.of(
        records.born, ended, np.where(ended == NEVER, 0, records.cause), collection=records.collection
    )

    told = [prospects(fit(known, today=day), known, day).done for known in (records, cut)]

    assert np.array_equal(told[0], told[1], equal_nan=True)


def test_nothing_known_tells_nothing() -> None:
    """Without a past there is no evidence, and no chance is told."""
    one = Records.of(np.array([TODAY]), np.array([NEVER]), np.array([0]))
    none = one.those(np.array([False]))

    for records in (one, none):
        told = prospects(fit(records, today=TODAY), records, TODAY)
        assert np.isnan(told.done).all()
        assert not told.evidence.any()


def test_many_tasks_are_told_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes no difference to what is told of each."""
    records = people(600)
    hazard = fit(records, today=TODAY)
    whole = prospects(hazard, records, TODAY)
    monkeypatch.setattr(telling, "AT_ONCE", 7)
    parts = prospects(hazard, records, TODAY)

    for part in fields(whole):
        np.testing.assert_allclose(getattr(parts, part.name), getattr(whole, part.name), rtol=1e-4, atol=1e-6)
