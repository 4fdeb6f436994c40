"""The hours of a list, from the warehouse's efforts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from worklens.analysis.arrays import NEVER
from worklens.stages.efforts import Efforts
from worklens.stages.list_hours import list_hours

DAY = 1000
HOUR = 3600.0


def efforts() -> Efforts:
    """Four hundred days of one task a day in either list, an hour each as estimated; five of two hours are open in one."""
    days = np.repeat(np.arange(DAY - 400, DAY), 2)
    finished, left = np.ones(days.size, dtype=np.bool_), np.full(5, DAY - 3)
    done = np.concatenate([finished, np.zeros(5, dtype=np.bool_)])
    begun = np.concatenate([days, left])
    return Efforts(
        account=np.zeros(done.size, dtype=np.int64),
        collection=np.concatenate([np.arange(days.size) % 2, np.zeros(5, dtype=np.int64)]),
        started=np.full(done.size, NEVER),
        created=begun,
        ended=np.where(done, begun, NEVER),
        ending=done.astype(np.int64),
        estimate=np.where(done, HOUR, 2 * HOUR),
        spent=np.where(done, HOUR, np.nan),
        accounts=("a:me",),
        collections=("book", "house"),
    )


def test_ten_hours_at_an_hour_a_day() -> None:
    """Five tasks of two hours take ten days or so, at each level no fewer than at the one below; and the same again."""
    found = list_hours(efforts(), "a:me", "book", DAY)

    assert (found.tasks, found.estimated, found.seconds, found.learnt) == (5, 5, 10 * HOUR, 800)
    assert 9 <= found.days[0] <= 13
    assert list(found.days) == sorted(found.days)
    assert found == list_hours(efforts(), "a:me", "book", DAY)


def test_a_list_without_open_tasks_is_no_work() -> None:
    """Nothing is open in it: no hours, no days."""
    found = list_hours(efforts(), "a:me", "house", DAY)

    assert (found.tasks, found.seconds) == (0, 0)
    assert set(found.days) == {0}


def test_without_estimates_nothing_is_said_of_hours() -> None:
    """The open tasks are counted, and that none of them has an estimate."""
    bare = replace(efforts(), estimate=np.full(805, np.nan))
    found = list_hours(bare, "a:me", "book", DAY)

    assert (found.tasks, found.estimated, found.learnt) == (5, 0, 0)
    assert np.isnan(found.days).all()


def test_what_ended_nobody_knows_when_is_not_open() -> None:
    """It was done, on a day that was never noted."""
    known = efforts()
    known.ending[-1] = 1

    assert list_hours(known, "a:me", "book", DAY).tasks == 4


def test_nobody_and_nowhere_have_no_work() -> None:
    """An account or list that isn't there has no task."""
    assert list_hours(efforts(), "b:you", "book", DAY).tasks == 0
    assert list_hours(efforts(), "a:me", "garden", DAY).tasks == 0
