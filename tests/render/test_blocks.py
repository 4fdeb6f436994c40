"""Whether a block goes on, and when its next day is."""

from __future__ import annotations

from datetime import date, timedelta

from worklens.render.blocks import next_day

MONDAY = date(2026, 6, 1)
BLOCK = {"weekday": 2, "last_weekday": 4, "from_hour": 9, "to_hour": 12}


def test_the_next_day_is_the_first_that_is_not_over() -> None:
    """Today while its hours last, else its next weekday, over the week's end as well."""
    wednesday, thursday = MONDAY + timedelta(2), MONDAY + timedelta(3)

    assert next_day(BLOCK, MONDAY, 23) == MONDAY + timedelta(1)
    assert next_day(BLOCK, wednesday, 11) == wednesday
    assert next_day(BLOCK, wednesday, 12) == thursday
    assert next_day(BLOCK, thursday, 12) == MONDAY + timedelta(8)


def test_on_a_day_off_there_is_none() -> None:
    """The one after is told; none where all that one looks ahead to is off."""
    free = {MONDAY + timedelta(days) for days in range(1, 4)}

    assert next_day(BLOCK, MONDAY, 0, free) == MONDAY + timedelta(8)
    assert next_day(BLOCK, MONDAY, 0, {MONDAY + timedelta(days) for days in range(100)}) is None


def test_a_night_belongs_to_the_evening_before() -> None:
    """Sunday's from 1:00 to 3:00 is on Monday's clock; one that goes past midnight lasts all evening."""
    night = BLOCK | {"weekday": 7, "last_weekday": 7, "from_hour": 1, "to_hour": 3}
    evening = BLOCK | {"weekday": 1, "last_weekday": 1, "from_hour": 22, "to_hour": 2}

    assert next_day(night, MONDAY, 2) == MONDAY
    assert next_day(night, MONDAY, 3) == MONDAY + timedelta(7)
    assert next_day(evening, MONDAY, 23) == MONDAY
