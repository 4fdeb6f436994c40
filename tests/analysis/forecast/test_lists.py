"""Dates of a list: by its hours, by how long such tasks linger, and the later of the two."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from worklens.analysis.arrays import NEVER
from worklens.analysis.estimates import Corrector, Task
from worklens.analysis.forecast.lists import ListDates, Work, all_gone, list_dates
from worklens.analysis.tail import LONGEST as OLDEST

HOUR = 3600.0
TODAY = 1000
LEVELS = (0.5, 0.85)


def work(open_tasks: int = 4) -> Work:
    """Two years of one task a day in list 1, each of an hour and done ten days later; some of two hours are open."""
    begun = np.concatenate([np.arange(TODAY - 730, TODAY - 9), np.full(open_tasks, TODAY - 2)])
    is_open = np.arange(begun.size) >= begun.size - open_tasks
    return Work(
        person=7,
        kind=np.ones(begun.size, dtype=np.int64),
        begun=begun,
        ended=np.where(is_open, NEVER, begun + 10),
        done=~is_open,
        estimate=np.where(is_open, 2 * HOUR, HOUR),
        spent=np.where(is_open, np.nan, HOUR),
    )


def learnt(of: Work, day: int = TODAY) -> Corrector:
    """A corrector that knows what was finished by a day."""
    corrector = Corrector()
    for row in np.flatnonzero(of.done & (of.ended <= day)):
        corrector.learn(Task(of.person, int(of.kind[row]), float(of.estimate[row])), float(of.spent[row]))
    return corrector


def dates(of: Work, kind: int = 1, day: int = TODAY) -> ListDates:
    """The dates at two levels."""
    return list_dates(of, kind, day, learnt(of, day), np.random.default_rng(3), LEVELS)


def test_the_date_is_the_later_of_hours_and_age() -> None:
    """Eight hours at an hour a day take eight days or so, as do tasks of ten days that are two days old."""
    found = dates(work())

    assert found.days.tolist() == np.maximum(found.by_hours, found.by_age).tolist()
    assert 6 <= found.by_hours[0] <= 12
    assert 7 <= found.by_age[0] <= 9
    assert (found.tasks, found.estimated, found.learnt) == (4, 4, 721)


def test_much_work_takes_its_hours() -> None:
    """Forty tasks of two hours don't fit into the ten days that a task is open."""
    found = dates(work(40))

    assert found.days[0] == found.by_hours[0] > 60


def test_nothing_later_is_looked_at() -> None:
    """A year ago the same was said as with all that came since."""
    whole, day = work(), TODAY - 300
    begun = whole.begun <= day
    columns = {name: column[begun] for name, column in vars(whole).items() if name != "person"}
    then = Work(person=7, **columns)
    over = then.ended <= day
    then = replace(
        then, ended=np.where(over, then.ended, NEVER), done=over, spent=np.where(over, then.spent, np.nan)
    )

    first, second = dates(whole, day=day), dates(then, day=day)
    assert first.days.tolist() == second.days.tolist()
    assert first.by_hours.tolist() == second.by_hours.tolist()


def test_without_estimates_the_age_speaks_alone() -> None:
    """Nothing is known of hours: said as NaN, and the list still has a date."""
    bare = replace(work(), estimate=np.full(work().begun.size, np.nan))
    found = list_dates(bare, 1, TODAY, Corrector(), np.random.default_rng(3), LEVELS)

    assert np.isnan(found.by_hours).all()
    assert found.days.tolist() == found.by_age.tolist()
    assert (found.estimated, found.learnt) == (0, 0)


def test_a_task_without_an_estimate_counts_as_the_middle_one() -> None:
    """Two of the open tasks lost theirs: they count as an hour each, as most of the list, and are told of."""
    partly = work()
    partly.estimate[-2:] = np.nan
    found, full = dates(partly), dates(work())

    assert found.estimated == 2
    assert found.by_hours[0] < full.by_hours[0]


def test_a_list_that_got_no_hours_has_none() -> None:
    """Of another list nothing was ever finished."""
    other = work()
    other.kind[-4:] = 2

    assert np.isnan(dates(other, kind=2).by_hours).all()


def test_below_a_year_nobody_knows_what_lingers() -> None:
    """Three hundred days of record give no date by age, so none at all."""
    young = work()
    rows = young.begun > TODAY - 300
    found = dates(
        Work(person=7, **{name: column[rows] for name, column in vars(young).items() if name != "person"})
    )

    assert np.isnan(found.by_age).all()
    assert np.isnan(found.days).all()


def test_an_empty_list_is_done() -> None:
    """No task is open: no day at any level."""
    assert dates(work(0)).days.tolist() == [0, 0]


@pytest.mark.parametrize("tasks", [1, 3])
def test_all_gone_is_the_closed_form_at_one_pace(tasks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a chance of one in ten a day, t days suffice with (1 - 0.9 ** t) to the power of the number of tasks."""
    monkeypatch.setattr("worklens.analysis.forecast.lists.PACE", 0.0)
    still = np.arange(1, OLDEST + 1) * math.log(0.9)
    levels = (0.3, 0.5, 0.7, 0.85)
    found = all_gone(np.arange(tasks), still, levels)

    expected = [math.ceil(math.log(1 - level ** (1 / tasks)) / math.log(0.9)) for level in levels]
    assert found.tolist() == expected


def test_what_never_goes_has_no_date() -> None:
    """Where no task ever ended, none will within a year."""
    assert all_gone(np.array([5]), np.zeros(OLDEST), LEVELS).tolist() == [math.inf, math.inf]
