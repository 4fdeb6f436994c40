"""The language of time operations: what is a program, and what each operation does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from worklens.reading import execute as executor
from worklens.reading.execute import Impossible, execute
from worklens.reading.language import SIGNATURES, Invalid, parse, render

SUNDAY = datetime(2026, 11, 22, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("program", "day"),
    [
        ("add(2, day) time(17:00)", "2026-11-26 17:00"),
        ("weekday(tue)", "2026-12-01"),  # never today
        ("weekday(fri, +1)", "2026-12-04"),
        ("weekday(sun, +0)", "2026-11-29"),  # weeks begin on Monday
        ("weekday(fri, prev)", "2026-11-20"),
        ("weekday(fri) add(2, week)", "2026-12-11"),
        ("month_day(3, 1)", "2027-03-01"),
        ("month_day(11, 24)", "2026-11-24"),
        ("month_day(2, 29)", "2028-02-29"),
        ("year(2026) month_day(3, 1)", "2026-03-01"),
        ("day(31)", "2026-12-31"),
        ("day(24)", "2026-11-24"),
        ("day(8, tue)", "2026-12-08"),
        ("day(13, fri)", "2027-08-13"),
        ("month(11)", "2026-11-01"),
        ("month(11, prev)", "2025-11-01"),
        ("month(3, prev)", "2026-03-01"),
        ("month(2) end()", "2027-02-28"),
        ("period(month, +1) nth(2, tue)", "2026-12-08"),
        ("month(10) nth(-1, workday)", "2027-10-29"),
        ("nth(1, mon)", "2026-12-07"),
        ("period(week, +0) end()", "2026-11-27"),
        ("period(weekend, +1)", "2026-12-05"),
        ("quarter(3)", "2027-07-01"),
        ("quarter(4) end()", "2026-12-31"),
        ("year(2027) iso_week(1)", "2027-01-04"),
        ("month(6) middle()", "2027-06-15"),
        ("month(6) late()", "2027-06-21"),
        ("add(1, month)", "2026-12-24"),
        ("add(-3, workday)", "2026-11-19"),
        ("add(90, minute)", "2026-11-24 11:00"),
        ("time(08:00)", "2026-11-25 08:00"),  # today's is over
        ("time(09:15, either)", "2026-11-24 21:15"),  # what comes first
        ("time(10:15, either)", "2026-11-24 10:15"),
        ("time(03:00, either)", "2026-11-24 15:00"),
        ("time(12:30, either)", "2026-11-24 12:30"),
        ("add(1, day) time(03:00, either)", "2026-11-25 15:00"),
        ("add(1, day) time(08:00, either)", "2026-11-25 08:00"),
        ("every(1, day) time(08:00, either)", "2026-11-25 08:00"),
        ("month(11, next)", "2027-11-01"),
        ("month(12, next)", "2026-12-01"),
        ("month(11) nth(-2, fri)", "2026-11-20"),
        ("period(month, +0) nth(-2, day)", "2026-11-29"),
        ("part(night)", "2026-11-24 20:00"),
        ("month_day(12, 14) weekday(mon, +0)", "2026-12-14"),
    ],
)
def test_operations(program: str, day: str) -> None:
    """Each as its description says, said on a Tuesday at 09:30."""
    told = execute(parse(program), TUESDAY)

    assert f"{told.day}{f' {told.time:%H:%M}' if told.time else ''}" == day


def test_next_friday_on_a_sunday() -> None:
    """Next calendar week's: five days on."""
    assert execute(parse("weekday(fri, +1)"), SUNDAY).day == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("hour", "told"), [(1, "22 02:00"), (4, "22 14:00"), (12, "22 14:00"), (15, "23 14:00"), (22, "23 14:00")]
)
def test_at_two(hour: int, told: str) -> None:
    """The next two o'clock, but for nobody's afternoon the one of the night."""
    when = execute(parse("time(02:00, either)"), SUNDAY.replace(hour=hour))

    assert f"{when.day:%d} {when.time:%H:%M}" == told


def test_recurring() -> None:
    """It recurs from the first such day on."""
    told = execute(parse("every(2, week) weekday(tue) time(08:00)"), TUESDAY)

    assert (told.every, told.day) == ((2, "week"), date(2026, 12, 1))


def test_hours_are_counted_through_a_change_of_the_clock() -> None:
    """Two hours after 01:30 on the night to summer time it is 04:30."""
    night = datetime(2027, 3, 28, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))

    assert f"{execute(parse('add(2, hour)'), night).time:%H:%M}" == "04:30"


def test_the_working_calendar_is_the_callers() -> None:
    """A week that ends on Thursday."""

    def worked(day: date) -> bool:
        return day.weekday() < 4

    assert execute(parse("period(week, +0) end()"), TUESDAY, worked).day == date(2026, 11, 26)
    assert execute(parse("add(3, workday)"), TUESDAY, worked).day == date(2026, 11, 30)


@pytest.mark.parametrize(
    "program", ["month_day(2, 30)", "year(2027) month_day(2, 29)", "month(2) nth(5, mon)"]
)
def test_what_means_no_day_is_said(program: str) -> None:
    """Instead of a day near it."""
    with pytest.raises(Impossible):
        execute(parse(program), TUESDAY)


@pytest.mark.parametrize(
    "text",
    ["", "add(3)", "add(3, eons)", "month_day(13, 1)", "time(25:00)", "now", "jump(1)", "weekday(fri, 1)"],
)
def test_what_is_no_program_is_refused(text: str) -> None:
    """With a word on why."""
    with pytest.raises(Invalid):
        parse(text)


def test_text_and_back() -> None:
    """Rendering is the inverse of parsing."""
    text = "every(1, month) period(month, +0) nth(-1, fri) time(15:00)"

    assert render(parse(text)) == text


def test_every_operation_can_be_executed() -> None:
    """The language and its executor know the same ones."""
    assert set(SIGNATURES) == set(executor.OPERATIONS)


def test_every_operation_is_described() -> None:
    """On the page of the language, by an example that is a program."""
    page = (Path(__file__).parents[2] / "docs" / "when.md").read_text(encoding="utf-8")
    calls = re.findall(r"`([a-z_]+)(\([^`]*\))`", page)

    assert {name for name, _ in calls} == set(SIGNATURES)
    assert all(parse(name + rest) for name, rest in calls)
