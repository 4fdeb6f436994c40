"""Evidence-based scheduling: dates of a list from estimates, ratios and hours a day."""

from __future__ import annotations

import math

import numpy as np
import pytest

from worklens.analysis.arrays import Floats
from worklens.analysis.estimates import HALF, LOGS
from worklens.analysis.forecast.questions import LONGEST
from worklens.analysis.forecast.scheduling import schedule

HOUR = 3600.0
LEVELS = (0.5, 0.95)


def rng() -> np.random.Generator:
    """The same draws each time."""
    return np.random.default_rng(7)


def exactly(tasks: int, ratio: float = 1.0) -> Floats:
    """Tasks that all take this many times their estimate."""
    chances = np.zeros((tasks, LOGS.size))
    chances[:, HALF + round(math.log(ratio) / 0.02)] = 1
    return chances


def test_sure_work_on_even_days_is_a_division() -> None:
    """Ten tasks of two hours, at four hours a day, take five days at every level."""
    days = schedule(np.full(10, 2 * HOUR), exactly(10), np.full(60, 4 * HOUR), rng(), levels=LEVELS)

    assert days.tolist() == [5, 5]


def test_who_takes_twice_as_long_is_believed() -> None:
    """The same tasks at twice the estimate take twice the days, to the width of a bin."""
    days = schedule(np.full(10, 2 * HOUR), exactly(10, 1.99), np.full(60, 4 * HOUR), rng(), levels=LEVELS)

    assert days.tolist() == [10, 10]


def test_days_without_work_are_drawn_as_often_as_they_were() -> None:
    """One day in seven is worked: a week's work takes seven weeks or so, and at 95 % much longer."""
    week = np.tile([5 * HOUR, 0, 0, 0, 0, 0, 0], 10)
    half, sure = schedule(np.array([35 * HOUR]), exactly(1), week, rng(), levels=LEVELS)

    assert 40 <= half <= 54
    assert sure > half + 14


def test_the_spread_of_one_task_is_that_of_its_ratio() -> None:
    """A task that takes its estimate or twice that, as likely one as the other: a day, or two."""
    chances = (exactly(1) + exactly(1, 1.99)) / 2
    days = schedule(np.array([4 * HOUR]), chances, np.full(30, 4 * HOUR), rng(), levels=(0.3, 0.7))

    assert days.tolist() == [1, 2]


def test_an_empty_list_is_done() -> None:
    """No task takes no day."""
    assert schedule(np.empty(0), exactly(0), np.full(30, HOUR), rng(), levels=LEVELS).tolist() == [0, 0]


def test_beyond_a_year_there_is_no_date() -> None:
    """Two years of work are not done within one: infinity, never a made-up day; nor is work by who does none."""
    much = schedule(np.array([730 * HOUR]), exactly(1), np.full(30, HOUR), rng(), levels=LEVELS)
    idle = schedule(np.array([HOUR]), exactly(1), np.zeros(30), rng(), levels=LEVELS)

    assert much.tolist() == idle.tolist() == [math.inf, math.inf]


def test_a_few_days_are_no_evidence() -> None:
    """With four weeks less a day nobody knows how full a day is."""
    assert np.isnan(schedule(np.array([HOUR]), exactly(1), np.full(27, HOUR), rng())).all()


def test_the_working_calendar_skips_days_off() -> None:
    """Forty hours at eight a working day take five working days, and a weekend if one lies between."""
    days = 70
    working = np.arange(days + LONGEST) % 7 < 5  # the day after the last past one is a Monday
    spent = np.where(working[:days], 8 * HOUR, 0.0)
    monday = schedule(np.array([40 * HOUR]), exactly(1), spent, rng(), levels=LEVELS, calendar=working)
    friday = schedule(np.array([40 * HOUR]), exactly(1), spent[:-3], rng(), levels=LEVELS, calendar=working)

    assert monday.tolist() == [5, 5]
    assert friday.tolist() == [7, 7]


def test_a_calendar_of_working_days_alone_changes_nothing() -> None:
    """To the byte."""
    spent = np.random.default_rng(1).gamma(1, HOUR, 50)
    every = np.ones(50 + LONGEST, dtype=np.bool_)
    plain, with_calendar = (
        schedule(np.full(9, HOUR), exactly(9), spent, rng(), calendar=calendar) for calendar in (None, every)
    )

    assert plain.tobytes() == with_calendar.tobytes()


@pytest.mark.parametrize("seed", range(2))
def test_it_is_the_closed_form_where_there_is_one(seed: int) -> None:
    """One task of an hour, and each day an hour's work with chance one in five: geometric, to a day at 85 %."""
    spent = np.tile([HOUR, 0, 0, 0, 0], 20)
    levels = (0.5, 0.7, 0.85)
    days = schedule(np.array([HOUR]), exactly(1), spent, np.random.default_rng(seed), levels=levels)

    expected = [math.ceil(math.log(1 - level) / math.log(0.8)) for level in levels]
    assert np.abs(days - expected).max() <= 1
