"""What the network says: operations and arguments one by one, numbers by pointing at them; and the program that this means.

`$0` to `$9` are the title's numbers, from left to right. A few numbers that phrases imply (tomorrow: 1) have their own symbols.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from worklens.reading.language import MONTHS, PARTS, PERIODS, UNITS, WEEKDAYS, Call, Program

END = "END"
NONE = "none"
SLOTS = tuple(f"${at}" for at in range(10))
IMPLIED = tuple(f"={value}" for value in (0, 1, 2, 3, 4, 5, 6, 10, 12, 14, 15, 20, 30, 40, 45, 50, 55, 90))
FROM_THE_END = ("=-1", "=-2", "=-3")
OFFSETS = ("-3", "-2", "-1", "+0", "+1", "+2", "+3")
COMING, PREVIOUS = "next", "prev"
HALVES = ("am", "pm", "h24", "guess", "late_hour")

# Each operation and the kinds of its arguments. `clock` and `to` (quarter to five) and `hhmm` become time().
SIGNATURES: dict[str, tuple[str, ...]] = {
    "add": ("count", "unit"),
    "sub": ("count", "unit"),
    "weekday": ("weekday", "which"),
    "month_day": ("month", "day"),
    "month": ("month",),
    "month_prev": ("month",),
    "month_next": ("month",),
    "day": ("day",),
    "day_on": ("day", "weekday"),
    "year": ("year",),
    "quarter": ("quarter",),
    "iso_week": ("week",),
    "period": ("period", "offset"),
    "nth": ("nth", "what"),
    "end": (),
    "middle": (),
    "late": (),
    "clock": ("hour", "minute", "half"),
    "to": ("hour", "minute", "half"),
    "hhmm": ("hhmm", "half"),
    "part": ("part",),
    "every": ("often", "recurring"),
}
TIMES = ("clock", "to", "hhmm", "part")
WORDS: dict[str, tuple[str, ...]] = {
    "count": (*SLOTS, *IMPLIED),
    "often": (*SLOTS, *IMPLIED[1:]),
    "unit": UNITS,
    "recurring": (*UNITS, "weekend"),
    "weekday": WEEKDAYS,
    "which": (COMING, PREVIOUS, *OFFSETS),
    "month": (*SLOTS, *MONTHS),
    "day": (*SLOTS, "=1"),
    "year": SLOTS,
    "quarter": SLOTS,
    "week": SLOTS,
    "period": PERIODS,
    "offset": OFFSETS,
    "nth": (*SLOTS, "=1", *FROM_THE_END),
    "what": (*WEEKDAYS, "day", "workday", "week", "weekend"),
    "hour": (*SLOTS, "=0", "=12"),
    "minute": (*SLOTS, *IMPLIED),
    "half": HALVES,
    "hhmm": SLOTS,
    "part": tuple(PARTS),
}
"""What may stand as an argument of each kind."""

SYMBOLS: tuple[str, ...] = tuple(
    dict.fromkeys([END, NONE, *SIGNATURES, *(word for words in WORDS.values() for word in words)])
)
NUMBER_OF = {symbol: at for at, symbol in enumerate(SYMBOLS)}


def year_of(value: int, digits: int, this_year: int) -> int:
    """A year as it is written: two digits are the century's that brings it nearest, at most 20 years ahead."""
    if digits > 2:
        return value
    century = this_year // 100 * 100
    return century + value if century + value <= this_year + 20 else century - 100 + value


def bind(said: Sequence[str], numbers: Sequence[tuple[int, int]], this_year: int) -> Program:
    """The program that symbols mean, END left out, given the title's numbers as (value, digits)."""
    calls: list[Call] = []
    for name, args in _operations(tuple(said)):
        calls += _calls(name, tuple(_bound(arg, numbers, this_year) for arg in args))
    return tuple(calls)


class Slot(NamedTuple):
    """An argument that one of the title's numbers is."""

    kind: str
    at: int


@lru_cache(10_000)
def _operations(said: tuple[str, ...]) -> tuple[tuple[str, tuple[int | str | Slot, ...]], ...]:
    """The operations that symbols name, and their arguments; people say few different ones."""
    found = []
    at = 0
    while at < len(said) and said[at] != END:
        kinds = SIGNATURES[said[at]]
        words = said[at + 1 : at + 1 + len(kinds)]
        args = (_argument(kind, word) for kind, word in zip(kinds, words, strict=True))
        found.append((said[at], tuple(args)))
        at += 1 + len(kinds)
    return tuple(found)


def _argument(kind: str, word: str) -> int | str | Slot:
    """What a slot is, what a symbol implies, or the word itself."""
    if word.startswith("$"):
        return Slot(kind, int(word[1:]))
    if word.startswith("="):
        return int(word[1:])
    return MONTHS.index(word) + 1 if kind == "month" else word


def _bound(arg: int | str | Slot, numbers: Sequence[tuple[int, int]], this_year: int) -> int | str:
    """What a slot points at, and all else as it is."""
    if not isinstance(arg, Slot):
        return arg
    value, digits = numbers[arg.at]
    return year_of(value, digits, this_year) if arg.kind == "year" else value


@lru_cache(10_000)
def _calls(name: str, args: tuple[int | str, ...]) -> list[Call]:
    """In the language of programs: signs, and times of the clock."""
    match name, args:
        case "sub", [int(count), unit]:
            return [Call("add", (-count, unit))]
        case "weekday", [day, "next"]:
            return [Call("weekday", (day,))]
        case "clock", [int(hour), int(minute), str(half)]:
            return _time(hour * 60 + minute, half)
        case "to", [int(hour), int(minute), str(half)]:
            return _time((hour or 24) * 60 - minute, half, hour)
        case "hhmm", [int(value), str(half)]:
            return _time(value // 100 * 60 + value % 100, half)
        case "month_prev", [int(month)]:
            return [Call("month", (month, "prev"))]
        case "month_next", [int(month)]:
            return [Call("month", (month, "next"))]
        case "day_on", [int(day), weekday]:
            return [Call("day", (day, weekday))]
        case _:
            return [Call(name, args)]


SMALL_HOURS = 5  # an hour below it, said to be at night, is after midnight


def _time(minutes: int, half: str, said: int | None = None) -> list[Call]:
    """time() from minutes since midnight, on a clock of 12 or 24 hours; midnight after a day begins the next one."""
    hour = minutes // 60 if said is None else said
    if half == "guess" and 0 < hour < 13:  # on a clock of twelve hours: from 01:00 to 12:59
        clock = minutes % 720 + (720 if minutes % 720 < 60 else 0)
        return [Call("time", (f"{clock // 60:02d}:{clock % 60:02d}", "either"))]
    if half == "late_hour":  # twelve at night, and two at night
        half = "h24" if hour > 12 or hour < SMALL_HOURS else "pm"
        minutes += 720 if hour == 12 else 1440 if 0 < hour < SMALL_HOURS else 0
    if half == "pm" and hour < 12:
        minutes += 720
    if half == "am" and hour == 12:
        minutes -= 720
    days, rest = divmod(minutes, 1440)
    shift = [Call("add", (1, "day"))] if days > 0 else []
    return [*shift, Call("time", (f"{rest // 60:02d}:{rest % 60:02d}",))]
