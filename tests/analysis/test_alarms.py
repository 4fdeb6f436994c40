"""Alarms: one an episode, none in years of quiet days, and none about lists where completions were dealt anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.findings.makers import person

from worklens.analysis.alarms import Bands, Sides, Work, above, began, below, doubled, latched, stopped, usual
from worklens.analysis.arrays import NEVER, Bools, Ints

bits = st.lists(st.booleans(), max_size=40)


def starts(on: Bools) -> int:
    """How many episodes there were."""
    return int(np.count_nonzero(np.diff(on.astype(int), prepend=0) == 1))


# ----- Hysteresis -----


@given(
    bits.flatmap(
        lambda up: st.tuples(st.just(up), st.lists(st.booleans(), min_size=len(up), max_size=len(up)))
    )
)
def test_it_stays_on_from_raised_to_cleared(given: tuple[list[bool], list[bool]]) -> None:
    """As if one went day by day; a day that says both raises."""
    raised, cleared = (np.array(one, dtype=bool) for one in given)
    state, expected = False, []
    for up, down in zip(raised, cleared, strict=True):
        state = bool(up) or (state and not down)
        expected.append(state)

    on = latched(Sides(raised, cleared))
    assert on.tolist() == expected
    first = began(Sides(raised, cleared))
    assert (first is not None) == bool(expected and expected[-1])
    if first is not None:
        assert all(expected[first:])
        assert first == 0 or not expected[first - 1]


def test_what_hovers_about_the_bound_is_one_episode() -> None:
    """Open work that goes to and fro between 1.6 and 2.4 times the usual."""
    open_ = np.concatenate([np.full(120, 40), np.tile([96, 64], 10)])
    sides = doubled(open_)

    assert int(np.count_nonzero(np.diff(sides.raised.astype(int)) == 1)) == 10
    assert starts(latched(sides)) == 1
    assert began(sides) == 120


# ----- Open work -----


def test_usual_is_the_mean_of_eight_weeks() -> None:
    """Up to four weeks before the day; before there are as many there is none."""
    values = np.arange(100)

    assert np.isnan(usual(values)[:84]).all()
    assert usual(values)[90] == pytest.approx(values[90 - 84 : 90 - 28].mean())


def test_twice_as_much_is_told_and_becomes_usual() -> None:
    """Once, on the day it is reached; weeks later it is what is usual."""
    open_ = np.concatenate([np.full(120, 30), np.full(200, 75)])

    on = latched(doubled(open_))
    assert starts(on) == 1
    assert np.flatnonzero(on)[0] == 120
    assert not on[-1]


def test_twice_next_to_nothing_is_nothing() -> None:
    """Four tasks where there were two."""
    assert not doubled(np.repeat([2, 8], 120)).raised.any()


@pytest.mark.parametrize("level", [12, 30, 150])
def test_quiet_years_double_nothing(level: int) -> None:
    """Fifty years of work that comes at random and stays as long as it likes; the first half year fills up."""
    dice = np.random.default_rng(level)
    days, stay = 50 * 365, 20.0
    born = np.repeat(np.arange(days), dice.poisson(level / stay, days))
    left = born + dice.exponential(stay, born.size)
    gone = np.bincount(np.minimum(left, days).astype(int), minlength=days + 1)[:days]

    open_ = np.cumsum(np.bincount(born, minlength=days) - gone)
    assert not doubled(open_[182:]).raised.any()


# ----- Lists -----

EIGHT = np.full(300, 8)  # open tasks


def test_a_list_stops_while_others_go_on() -> None:
    """Told once, cleared by the first thing done there again."""
    done = np.where(np.arange(300) % 3 == 0, 1, 0)
    done[200:290] = 0
    everything = done + 2
    on = latched(stopped(Work(done, EIGHT), Work(everything, 3 * EIGHT)))

    assert starts(on) == 1
    assert 213 <= np.flatnonzero(on)[0] <= 260
    assert not on[291]


def test_a_list_that_never_began_has_not_stopped() -> None:
    """Whatever was done elsewhere meanwhile, however much that is."""
    everything = np.full(2_000, 50)
    done = np.where(np.arange(2_000) == 1_999, 1, 0)

    assert not stopped(Work(done, everything), Work(everything, everything)).raised.any()


def test_a_holiday_stops_no_list() -> None:
    """Nothing is done elsewhere either."""
    done = np.where(np.arange(300) % 3 == 0, 1, 0)
    done[200:] = 0
    everything = np.where(np.arange(300) < 200, done + 2, 0)

    assert not stopped(Work(done, EIGHT), Work(everything, 3 * EIGHT)).raised.any()


def test_a_list_that_is_done_has_not_stopped() -> None:
    """There is nothing open in it."""
    done = np.where(np.arange(300) < 200, 1, 0)

    assert not stopped(Work(done, 0 * EIGHT), Work(done + 2, EIGHT)).raised.any()


@pytest.mark.parametrize("bursts", [1.0, 0.2])
def test_dealt_anew_no_list_stops(bursts: float) -> None:
    """A dozen people of two years, even and bursty, each completion dealt to a task that was open then."""
    for seed in range(12):
        dice = np.random.default_rng(seed)
        one = person(dice, bursts=bursts)
        lists = _dealt(one.created, one.done, one.collection, one.today, dice)
        whole = Work(np.sum([one.done for one in lists], axis=0), np.sum([one.open for one in lists], axis=0))
        for part in lists:
            assert not stopped(part, whole).raised.any(), seed


def _dealt(created: Ints, ended: Ints, lists: Ints, today: int, dice: np.random.Generator) -> list[Work]:
    """What was done and open in each list, day by day, if each completion were of a random task of those open."""
    first = int(created.min())
    days = today - first
    born: list[list[int]] = [[] for _ in range(days)]
    for row in range(created.size):
        born[created[row] - first].append(int(lists[row]))
    count = np.bincount(ended[ended < NEVER] - first, minlength=days)[:days]
    done, open_ = np.zeros((4, days), dtype=np.int64), np.zeros((4, days), dtype=np.int64)
    now = np.zeros(4, dtype=np.int64)
    for day in range(days):
        now += np.bincount(born[day], minlength=4)
        taken = dice.multivariate_hypergeometric(now, min(int(count[day]), int(now.sum())))
        now -= taken
        done[:, day], open_[:, day] = taken, now
    return [Work(*one) for one in zip(done, open_, strict=True)]


# ----- Forecasts -----


def bands(*even: float) -> Bands:
    """A forecast a day whose levels lie in the usual distances."""
    middle = np.array(even)
    return Bands(0.7 * middle, 0.8 * middle, 0.9 * middle, middle)


def test_bands_that_part_are_told_in_their_direction() -> None:
    """A third less is no news yet where 95 % promised that; half is, until it is likely again."""
    then = bands(100, 100, 100, 100, 100)

    assert latched(below(bands(100, 75, 60, 75, 80), then)).tolist() == [False, False, True, True, False]
    assert latched(above(bands(100, 130, 150, 130, 120), then)).tolist() == [False, False, True, True, False]


def test_unknown_bands_say_nothing() -> None:
    """There was no forecast four weeks before."""
    unknown = bands(np.nan, np.nan)

    assert not below(bands(1, 2), unknown).raised.any()
    assert not above(bands(1, 2), unknown).raised.any()


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_steady_forecasts_stay_in_their_bands(seed: int) -> None:
    """Answers that are read off the counts of the last half year, of someone who goes on as ever."""
    done = np.random.default_rng(seed).poisson(3.0, 500)
    months = np.convolve(done, np.ones(30), "valid")
    rows = np.lib.stride_tricks.sliding_window_view(months, 150)
    sure, likely, fair, even = np.quantile(rows, [0.05, 0.15, 0.3, 0.5], axis=1)
    made = Bands(sure, likely, fair, even)
    now, then = (Bands(*(one[span] for one in made)) for span in (slice(28, None), slice(None, -28)))

    assert not below(now, then).raised.any()
    assert not above(now, then).raised.any()


def test_a_list_that_was_never_begun_is_no_stopped_one() -> None:
    """However much is done elsewhere before the first is done there: until then there is nothing to count from, and no number too large."""
    done = np.where(np.arange(900) < 600, 0, 5)
    part = Work(done, np.ones_like(done))
    assert not stopped(part, Work(done + 5, np.ones_like(done))).raised[:600].any()
