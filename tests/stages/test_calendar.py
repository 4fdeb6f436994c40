"""The working calendar of a feed: what its setting says, what is learnt, and that an empty one changes nothing."""

from __future__ import annotations

import logging
from datetime import date, timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.days import day_number
from worklens.ports import Feed
from worklens.sample import generate
from worklens.stages.calendar import (
    Calendar,
    calendar_for,
    calendar_of,
    days_in,
    spans_of,
    with_calendar,
)

MONDAY = day_number(date(2026, 6, 1))
FEED = Feed(name="todoist:me", source="todoist", settings={"base_url": "http://127.0.0.1:1"})
WORKDAYS = (0, 1, 2, 3, 4)


def june(calendar: Calendar) -> list[int]:
    """The working days of June 2026, which begins on a Monday."""
    mask = calendar_of(with_calendar(FEED, calendar), MONDAY, 30)
    return (np.flatnonzero(np.ones(30) if mask is None else mask) + 1).tolist()


def test_an_empty_calendar_is_none() -> None:
    """Nor does one say anything in which every day asked for is worked; nothing is kept of an empty one."""
    assert calendar_of(FEED, MONDAY, 30) is None
    assert calendar_of(with_calendar(FEED, Calendar(off=("2030-01-01",))), MONDAY, 30) is None
    assert calendar_of(with_calendar(FEED, Calendar(learn=True)), MONDAY, 30) is None
    assert with_calendar(with_calendar(FEED, Calendar(learn=True)), Calendar()).settings == FEED.settings


def test_which_word_goes_before_which() -> None:
    """A day given before the country's, the country's exchanged day before its holiday, and these before the week."""
    calendar = Calendar(
        week=WORKDAYS,
        holidays=("2026-06-02..2026-06-04", "2026-06-14"),
        shifted=("2026-06-13..2026-06-14",),
        off=("2026-06-09..2026-06-12", "2026-06-14"),
        on=("2026-06-03", "2026-06-12", "2026-06-20"),
    )

    assert june(calendar) == [1, 3, 5, 8, 12, 13, 15, 16, 17, 18, 19, 20, 22, 23, 24, 25, 26, 29, 30]


def test_what_is_kept_comes_back() -> None:
    """As text that JSON holds, beside the other settings."""
    calendar = Calendar(week=WORKDAYS, hours=(9, 17), country="DE", region="BY", until="2031-12-31")
    feed = with_calendar(FEED, calendar)

    assert calendar_for(msgspec.json.decode(msgspec.json.encode(feed), type=Feed)) == calendar
    assert feed.settings["base_url"] == FEED.settings["base_url"]
    with pytest.raises(msgspec.ValidationError):
        with_calendar(FEED, Calendar(week=(7,)))


def test_a_setting_that_cannot_be_read_is_none(caplog: pytest.LogCaptureFixture) -> None:
    """And is told of in the log, so that the forecasts go on."""
    feed = msgspec.structs.replace(FEED, settings={"calendar": {"week": "mon-fri"}})

    with caplog.at_level(logging.WARNING):
        assert calendar_of(feed, MONDAY, 30) is None
    assert "calendar-unreadable" in caplog.text


# ----- Learnt -----


def test_what_is_learnt_holds_ahead_for_the_week_only() -> None:
    """The free week-end is skipped in the future; a past leave is taken out, and none to come is made up."""
    done = np.random.default_rng(5).poisson(np.tile([2.0] * 5 + [0.0] * 2, 60))
    done[70:84] = 0
    mask = calendar_of(with_calendar(FEED, Calendar(learn=True)), MONDAY, done.size + 70, done)

    assert mask is not None
    assert mask[done.size :].reshape(10, 7).tolist() == [[True] * 5 + [False] * 2] * 10
    assert not mask[70:84].any()
    assert mask[: done.size].reshape(60, 7)[:, :5].sum() >= 289
    assert calendar_of(with_calendar(FEED, Calendar(learn=True)), MONDAY, done.size + 70) is None


def test_a_week_that_was_given_is_not_learnt() -> None:
    """Whoever says that they work on Sundays does."""
    done = np.random.default_rng(5).poisson(np.tile([2.0] * 5 + [0.0] * 2, 60))
    feed = with_calendar(FEED, Calendar(learn=True, week=(0, 1, 2, 3, 4, 6)))
    mask = calendar_of(feed, MONDAY, 490, done)

    assert mask is not None
    assert mask[420:427].tolist() == [True] * 5 + [False, True]


def test_the_samples_holiday_is_learnt() -> None:
    """The two weeks planted in it, and no other time; she works on every weekday."""
    truth = generate(count=1).truth
    first = day_number(truth.first)
    changes = [change for task in truth.tasks for change in task.events if change.kind == "completed"]
    days = np.array([day_number(change.at.date()) - first for change in changes])
    done = np.bincount(days[days >= 0])
    mask = calendar_of(with_calendar(FEED, Calendar(learn=True)), first, done.size, done)

    assert mask is not None
    free = [truth.first + timedelta(int(day)) for day in np.flatnonzero(~mask)]
    assert free[0] - truth.holiday.first <= timedelta(2)
    assert truth.holiday.first - free[0] <= timedelta(7)
    assert abs(free[-1] - truth.holiday.last) <= timedelta(3)


# ----- Spans -----


@given(st.sets(st.integers(0, 2000)))
def test_spans_are_read_as_they_are_written(days: set[int]) -> None:
    """Whichever days they are; neighbours are one span."""
    spans = spans_of(list(days))

    assert days_in(spans).tolist() == sorted(days)
    assert len(spans) == len(days - {day + 1 for day in days})


@pytest.mark.parametrize(
    "span", ["", "2026", "2026-06-31", "2026-06-02..2026-06-01", "2026-01-01..2029-12-31", "a..b"]
)
def test_what_is_no_span_is_refused(span: str) -> None:
    """A day that isn't, an end before its beginning, and what is too long to be meant."""
    with pytest.raises(ValueError, match=r".+"):
        days_in([span])
