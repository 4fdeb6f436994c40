"""The days and weeks of the sample's person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sample.dice import Dice
from worklens.sample.timeline import (
    BURN_OUT,
    END,
    FASTER,
    HOLIDAY,
    PHASES,
    Timeline,
    snapshots,
    timeline,
)

ENDS = st.datetimes(datetime(2018, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.fixture(scope="module")
def line() -> Timeline:
    """The timeline of the default end."""
    return timeline(Dice(7, "timeline"))


def test_the_history_starts_on_a_monday_two_years_before_its_end(line: Timeline) -> None:
    """And its last whole day is the one before the last export."""
    assert date(2024, 10, 28) == line.first
    assert line.first.weekday() == 0
    assert END.date() - timedelta(days=1) == line.date_of(line.days - 1)


def test_the_phases_follow_each_other(line: Timeline) -> None:
    """Each begins the day after the one before; together they are all days."""
    phases = [line.phase(number) for number in range(len(PHASES))]

    assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(phases))
    assert (line.first, line.date_of(line.days - 1)) == (phases[0][0], phases[-1][1])


def test_burn_out_lasts_seven_weeks_and_the_holiday_two(line: Timeline) -> None:
    """Both are whole weeks."""
    lengths = [(last - first).days + 1 for first, last in map(line.phase, (BURN_OUT, HOLIDAY))]

    assert lengths == [49, 14]


def test_bursts_come_on_usual_days_only(line: Timeline) -> None:
    """None falls in the burn-out, the holiday or the recovery."""
    assert 8 <= (line.burst > 1).sum() <= 14
    assert (line.pace[line.burst > 1] >= 1).all()
    assert line.pace[-1] == PHASES[FASTER][1]


@given(st.integers(0, 731), st.floats(4 * 3600, 86_399))
def test_an_instant_falls_on_its_own_day(day: int, seconds: float) -> None:
    """Through both changes of the clock, for all hours she is awake."""
    line = timeline(Dice(7, "timeline"))

    assert day == line.day_of(line.instant(day, seconds))


def test_a_wall_clocks_hour_is_an_hour_earlier_in_utc_in_summer(line: Timeline) -> None:
    """Nine in the morning is eight UTC on the last day of winter time, and seven the day after."""
    sunday = (date(2026, 3, 29) - line.first).days

    hours = [line.instant(day, 9 * 3600).hour for day in (sunday - 1, sunday)]

    assert hours == [8, 7]


@given(ENDS, st.integers(1, 24))
def test_snapshots_are_a_month_apart_and_end_at_the_end(end: datetime, count: int) -> None:
    """28 to 31 days apart, at the same time of day, the last one at the end itself."""
    instants = snapshots(end, count)

    assert count == len(instants)
    assert end == instants[-1]
    assert all(25 <= (after - before).days <= 34 for before, after in pairwise(instants))
    assert {end.time()} == {when.time() for when in instants}


@given(ENDS)
def test_any_end_leaves_the_same_number_of_weeks(end: datetime) -> None:
    """The history has 104 whole weeks and the days of the last one that are over."""
    line = timeline(Dice(7, "timeline"), end)

    assert line.first.weekday() == 0
    assert 728 <= line.days <= 734
    assert line.day_of(end) == line.days
