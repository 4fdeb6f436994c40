"""A small account draws on what others have in common."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from worklens.analysis.arrays import NEVER
from worklens.analysis.hazard.choosing import Choice
from worklens.analysis.hazard.grading import OURS, grade, log_losses
from worklens.analysis.hazard.model import fit
from worklens.analysis.hazard.prior import prior_of
from worklens.analysis.hazard.records import DONE, Records
from worklens.analysis.hazard.telling import prospects

TODAY = 20_000


def person(tasks: int, seed: int) -> Records:
    """Somebody whose tasks of an hour are done at a fifth a day, those of a day at a fiftieth."""
    rng = np.random.default_rng(seed)
    born = TODAY - rng.integers(0, 400, tasks)
    long = rng.random(tasks) < 0.5
    ended = born + rng.geometric(np.where(long, 0.02, 0.2))
    still = ended > TODAY
    estimate = np.where(long, 86_400.0, 3_600.0)
    return Records.of(born, np.where(still, NEVER, ended), np.where(still, 0, DONE), estimate=estimate)


def test_a_small_account_learns_from_the_parameters_of_others() -> None:
    """Of sixty tasks alone the estimate says little; with what others have in common, chances lie nearer to the truth."""
    others = prior_of([fit(person(700, seed), today=TODAY, choice=Choice((), 30.0)) for seed in (1, 2)])
    small = person(60, 3)
    small = Records.of(small.born, small.ended, small.cause, estimate=small.estimate)

    alone, borrowed = (fit(small, today=TODAY, prior=prior) for prior in (None, others))

    asked = person(60, 4).those(np.arange(60) < 30)
    asked = Records.of(
        asked.born * 0 + TODAY, asked.ended * 0 + NEVER, asked.cause * 0, estimate=asked.estimate
    )
    truth = np.where(asked.estimate > 10_000, 1 - 0.98**7, 1 - 0.8**7)
    off = [np.abs(prospects(model, asked, TODAY).done[:, 1] - truth).mean() for model in (alone, borrowed)]
    assert off[1] < off[0]


def test_a_prior_of_one_is_that_one() -> None:
    """The mean of one model tells what it tells, but has no evidence to tell it on."""
    records = person(300, 5)
    fitted = fit(records, today=TODAY)

    prior = prior_of([fitted])

    assert np.allclose(prior.near_done.w, fitted.near_done.w)
    assert np.isnan(prospects(prior, records, TODAY).done).all()
    with pytest.raises(ValueError, match="one model at least"):
        prior_of([])


def test_what_is_borrowed_is_graded() -> None:
    """On a small account's own past, chances drawn to what others have in common cost less than those learnt alone."""
    others = prior_of([fit(person(700, seed), today=TODAY, choice=Choice((), 30.0)) for seed in (1, 2)])
    small = person(220, 3)

    grades = [grade(small, TODAY, refits=2, prior=prior) for prior in (None, others)]

    alone, borrowed = (np.nanmean(log_losses(one.told[OURS], one.truth)) for one in grades if one)
    assert borrowed < alone


def test_a_prior_of_another_version_is_left() -> None:
    """One with other columns than today's is as none."""
    records = person(100, 5)
    strange = prior_of([fit(records, today=TODAY)])
    strange = replace(strange, near_done=replace(strange.near_done, w=np.zeros(3)))

    found = fit(records, today=TODAY, prior=strange)

    assert np.array_equal(found.near_done.w, fit(records, today=TODAY).near_done.w)
