"""Programs executed: which day and time they mean, said at an instant. Plain calendar arithmetic, on the wall clock."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from worklens.reading.language import PARTS, WEEKDAYS, Program

WEEK = timedelta(7)
FIRST_AWAKE = 7  # an hour below it, said of a day without more, is one of the afternoon
SMALL_HOURS = 5  # an hour below it is meant only by who is up then
MONTHS_AHEAD = 14  # within them each day up to the 28th falls on each weekday, nearly always
DAY = timedelta(1)


def weekday_worked(day: date) -> bool:
    """Monday to Friday: the working calendar of who has said no other."""
    return day.weekday() < 5


class Impossible(ValueError):
    """A program that means no day, such as the 31st of February."""


@dataclass(frozen=True)
class When:
    """What a program means: a day, the time if one was said, and every how much it recurs."""

    day: date
    time: time | None = None
    every: tuple[int, str] | None = None


class Stand(NamedTuple):
    """Where execution stands; a tuple, since each call makes a new one."""

    now: datetime  # the wall clock when it was said
    worked: Callable[[date], bool]
    day: date | None = None
    grain: str = "day"  # the period that `day` begins
    time: time | None = None
    every: tuple[int, str] | None = None
    years: bool = False  # whether a year was named
    zone: tzinfo | None = None  # hours are counted through its changes of the clock

    @property
    def here(self) -> date:
        """The day that counting begins from."""
        return self.day or self.now.date()


replace = Stand._replace


def execute(program: Program, now: datetime, worked: Callable[[date], bool] = weekday_worked) -> When:
    """What the program means, said at `now`: the wall clock of its zone, or of nowhere. Raises Impossible."""
    stand = Stand(now.replace(second=0, microsecond=0, tzinfo=None), worked, zone=now.tzinfo)
    try:
        for call in program:
            stand = OPERATIONS[call.name](stand, *call.args)
    except (ValueError, OverflowError) as error:
        raise Impossible(str(error)) from None
    return _settled(stand)


def _settled(stand: Stand) -> When:
    """A time without a day is the next such time; a recurring one begins on the first day that is left."""
    day = stand.day
    if day is None:
        day = stand.now.date()
        if stand.time is not None and datetime.combine(day, stand.time) <= stand.now:
            day += DAY
    return When(day, stand.time, stand.every)


# ----- Days -----


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


@lru_cache(1000)
def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(year, month)[1]


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(day.weekday())


def begin(period: str, day: date) -> date:
    """The first day of the period that a day is in; a weekend begins on Saturday."""
    if period in {"week", "weekend"}:
        return monday(day) + timedelta(5 if period == "weekend" else 0)
    if period == "day":
        return day
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[period]
    return date(day.year, month, 1)


def later(period: str, day: date, count: int) -> date:
    """So many periods later."""
    if period in {"month", "quarter", "year"}:
        return months_later(day, count * {"month": 1, "quarter": 3, "year": 12}[period])
    return day + (DAY if period == "day" else WEEK) * count


def last(period: str, day: date) -> date:
    """The last day of a period that begins on `day`."""
    if period == "weekend":
        return day + DAY
    return later(period, day, 1) - DAY


# ----- Operations -----


def add(stand: Stand, count: int, unit: str) -> Stand:
    """So many units later."""
    if unit in {"minute", "hour"}:
        start = datetime.combine(stand.here, stand.time or stand.now.time(), stand.zone)
        past = timedelta(minutes=count * (60 if unit == "hour" else 1))
        there = (start.astimezone(UTC) + past).astimezone(stand.zone) if stand.zone else start + past
        return replace(stand, day=there.date(), time=there.time(), grain="day")
    if unit == "workday":
        return replace(stand, day=working_day(stand, stand.here, count), grain="day")
    return replace(stand, day=later(unit, stand.here, count), grain="day")


def working_day(stand: Stand, day: date, count: int) -> date:
    """The nth working day after a day, or before it."""
    step = DAY if count >= 0 else -DAY
    for _ in range(abs(count)):
        day += step
        for _ in range(366):  # a calendar without any working day ends nowhere
            if stand.worked(day):
                break
            day += step
    return day


def weekday(stand: Stand, name: str, which: str = "") -> Stand:
    """A day of the week: the next, the last one before, or that of a calendar week."""
    number, here = WEEKDAYS.index(name), stand.here
    if which == "prev":
        day = here - timedelta((here.weekday() - number - 1) % 7 + 1)
    elif which:
        day = monday(here) + WEEK * int(which) + timedelta(number)
    else:
        day = here + timedelta((number - here.weekday() - 1) % 7 + 1)
    return replace(stand, day=day, grain="day")


def month_day(stand: Stand, month: int, day: int) -> Stand:
    """A day of the calendar: the next one, unless a year was named."""
    if stand.years:
        return replace(stand, day=date(stand.here.year, month, day), grain="day")
    today = stand.now.date()
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away
        if day <= month_length(year, month) and date(year, month, day) >= today:
            return replace(stand, day=date(year, month, day), grain="day")
    raise Impossible(f"no year has day {day} in month {month}")


def month_of(stand: Stand, number: int, which: str = "") -> Stand:
    """A month, from its first day."""
    year = stand.here.year
    if which == "prev":
        year = stand.now.year - (number >= stand.now.month)
    elif which == "next":
        year = stand.now.year + (number <= stand.now.month)
    elif not stand.years and number < stand.now.month:
        year = stand.now.year + 1
    return replace(stand, day=date(year, number, 1), grain="month")


def day_of(stand: Stand, number: int, name: str = "") -> Stand:
    """A day of the month named before, else the next such day, or the next that falls on a weekday."""
    if stand.grain == "month" and stand.day:
        return replace(stand, day=stand.day.replace(day=number), grain="day")
    first, today = begin("month", stand.here), stand.now.date()
    for months in range(MONTHS_AHEAD if name else 9):
        there = months_later(first, months)
        if number > last("month", there).day or (day := there.replace(day=number)) < today:
            continue
        if not name or day.weekday() == WEEKDAYS.index(name):
            return replace(stand, day=day, grain="day")
    raise Impossible(f"no month has a day {number}")


def year_of(stand: Stand, number: int) -> Stand:
    """A year, from its first day."""
    return replace(stand, day=date(number, 1, 1), grain="year", years=True)


def quarter_of(stand: Stand, number: int) -> Stand:
    """A quarter: of the year named before, else the one that isn't over."""
    first = date(stand.here.year, number * 3 - 2, 1)
    if not stand.years and last("quarter", first) < stand.now.date():
        first = first.replace(year=first.year + 1)
    return replace(stand, day=first, grain="quarter")


def iso_week(stand: Stand, number: int) -> Stand:
    """The Monday of an ISO week: of the year named before, else the one that isn't over."""
    first = date.fromisocalendar(stand.here.year, number, 1)
    if not stand.years and first + WEEK <= stand.now.date():
        first = date.fromisocalendar(stand.here.year + 1, number, 1)
    return replace(stand, day=first, grain="week")


def period(stand: Stand, name: str, which: str) -> Stand:
    """A period of the calendar, counted from the one that we are in."""
    count = -1 if which == "prev" else int(which)
    first = later(name, begin(name, stand.here), count)
    return replace(stand, day=first, grain=name, years=stand.years or name in {"year", "month", "quarter"})


def nth(stand: Stand, number: int, what: str) -> Stand:
    """The nth such day of a period; -1 is the last. Without a period, of this month or, when it is past, the next."""
    if stand.day is not None and stand.grain != "day":
        return replace(stand, day=nth_day(stand, stand.here, stand.grain, number, what), grain=_grain(what))
    first = begin("month", stand.here)
    day = nth_day(stand, first, "month", number, what)
    if day < stand.here:
        day = nth_day(stand, months_later(first, 1), "month", number, what)
    return replace(stand, day=day, grain=_grain(what))


def _grain(what: str) -> str:
    return what if what in {"week", "weekend"} else "day"


def nth_day(stand: Stand, first: date, grain: str, number: int, what: str) -> date:
    """The nth such day of the period that begins on `first`; the week in which it begins is its first."""
    length = (last(grain, first) - first).days + 1
    if what in {"day", "workday"}:
        days = [first + DAY * n for n in range(length)]
    else:
        begins = WEEKDAYS.index({"week": "mon", "weekend": "sat"}.get(what, what))
        days = [first + DAY * n for n in range((begins - first.weekday()) % 7, length, 7)]
    if what == "workday":
        days = [day for day in days if stand.worked(day)]
    if what == "week" and first.weekday():
        days.insert(0, first)
    place = number - 1 if number > 0 else number
    if not number or not -len(days) <= place < len(days):
        raise Impossible(f"that period has no {what} number {number}")
    return days[place]


def end(stand: Stand) -> Stand:
    """The last day of the period; of a week the last working day."""
    final = last(stand.grain, stand.here)
    if stand.grain == "week":
        final = next((day for n in range(7) if stand.worked(day := final - DAY * n)), final)
    return replace(stand, day=final, grain="day")


def middle(stand: Stand) -> Stand:
    """The 15th of a month, the Wednesday of a week, half of anything else."""
    return _within(stand, {"month": 14, "week": 2}, 2)


def late(stand: Stand) -> Stand:
    """The 21st of a month, the Thursday of a week, two thirds of anything else."""
    return _within(stand, {"month": 20, "week": 3}, 3)


def _within(stand: Stand, known: dict[str, int], share: int) -> Stand:
    length = (last(stand.grain, stand.here) - stand.here).days + 1
    return replace(
        stand, day=stand.here + DAY * known.get(stand.grain, length - length // share), grain="day"
    )


def at(stand: Stand, clock: str, which: str = "") -> Stand:
    """A time of the clock; `either` half of the day may be meant."""
    said = time.fromisoformat(clock)
    return replace(stand, time=_half(stand, said) if which else said)


def _half(stand: Stand, said: time) -> time:
    """Of a day named before the waking half; else the next of both, and not in the small hours unless it is one now."""
    both = [said.replace(hour=(said.hour + more) % 24) for more in (0, 12)]
    if stand.day is not None or stand.every:
        return both[said.hour < FIRST_AWAKE]
    awake = [one for one in both if one.hour >= SMALL_HOURS] if stand.now.hour >= SMALL_HOURS else both
    return min(awake, key=lambda one: (datetime.combine(stand.now, one) <= stand.now, one))


def part_of(stand: Stand, name: str) -> Stand:
    """A part of the day. Of today it may be past: 'this morning' is today's."""
    return replace(stand, time=time(PARTS[name]))


def every(stand: Stand, count: int, unit: str) -> Stand:
    """It recurs; what follows says where it begins."""
    day = begin("weekend", stand.now.date()) if unit == "weekend" else stand.day
    return replace(stand, day=day, every=(count, unit))


OPERATIONS: dict[str, Callable[..., Stand]] = {
    "every": every,
    "add": add,
    "weekday": weekday,
    "month_day": month_day,
    "month": month_of,
    "day": day_of,
    "year": year_of,
    "quarter": quarter_of,
    "iso_week": iso_week,
    "period": period,
    "nth": nth,
    "end": end,
    "middle": middle,
    "late": late,
    "time": at,
    "part": part_of,
}
"""What each call of the language does to where execution stands."""
