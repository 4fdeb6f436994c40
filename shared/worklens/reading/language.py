"""The language of time operations: what a time phrase means, as a program of a few calls, executed from left to right.

`weekday(fri, +1) time(15:00)` is three in the afternoon of next calendar week's Friday. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNITS = ("minute", "hour", "day", "workday", "week", "month", "quarter", "year")
PERIODS = ("day", "week", "weekend", "month", "quarter", "year")
PARTS = {
    "morning": 9,
    "noon": 12,
    "afternoon": 15,
    "eod": 17,
    "evening": 18,
    "night": 20,
    "midnight": 0,
}
"""The hour that a part of the day stands for; midnight is the one at which the day begins."""

Value = int | str


@dataclass(frozen=True)
class Call:
    """One operation and its arguments."""

    name: str
    args: tuple[Value, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(_shown, self.args))})"


Program = tuple[Call, ...]


def _shown(value: Value) -> str:
    return str(value)


def _number(low: int, high: int) -> Callable[[str], Value]:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError(f"{value} isn't within {low} to {high}")
        return value

    return read


def _one_of(words: tuple[str, ...]) -> Callable[[str], Value]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"{text!r} is none of {', '.join(words)}")
        return text

    return read


def _clock(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f"{text!r} is no time from 00:00 to 23:59")
    return text


def _offset(text: str) -> str:
    if text != "prev" and not re.fullmatch(r"[+-]\d{1,2}", text):
        raise ValueError(f"{text!r} is neither prev nor a signed number")
    return text


MOST = 9999  # of anything: a phrase that counts further means no due date

SIGNATURES: dict[str, tuple[tuple[Callable[[str], Value], ...], int, str]] = {
    "every": ((_number(1, MOST), _one_of((*UNITS, "weekend"))), 2, "it recurs, every so many units"),
    "add": (
        (_number(-MOST, MOST), _one_of(UNITS)),
        2,
        "so many units later; minutes and hours count from the instant",
    ),
    "weekday": (
        (_one_of(WEEKDAYS), _offset),
        1,
        "the first such day after; with +n that of the calendar week n later, with prev the last one before",
    ),
    "month_day": (
        (_number(1, 12), _number(1, 31)),
        2,
        "that day: of the year named before, else the next one",
    ),
    "month": (
        (_number(1, 12), _one_of(("prev", "next"))),
        1,
        "that month: of the year named before, else this year's or next year's; with prev the last one before this one, "
        "with next the first one after it",
    ),
    "day": (
        (_number(1, 31), _one_of(WEEKDAYS)),
        1,
        "that day of the month named before, else the next one; with a weekday the next one that falls on it",
    ),
    "year": ((_number(1900, 2199),), 1, "that year"),
    "quarter": ((_number(1, 4),), 1, "that quarter: of the year named before, else the one that isn't over"),
    "iso_week": (
        (_number(1, 53),),
        1,
        "the week of that ISO number: of the year named before, else the next one",
    ),
    "period": ((_one_of(PERIODS), _offset), 2, "the calendar's week, month ... n later, from its first day"),
    "nth": (
        (_number(-3, 31), _one_of((*WEEKDAYS, "day", "workday", "week", "weekend"))),
        2,
        "the nth such day of the period named before; -1 is the last, -2 the last but one",
    ),
    "end": ((), 0, "the last day of the period; the last working day of a week"),
    "middle": ((), 0, "the middle of the period"),
    "late": ((), 0, "where the last third of the period begins"),
    "time": (
        (_clock, _one_of(("either",))),
        1,
        "at that time; without a day the next one; with either on a clock of twelve hours",
    ),
    "part": ((_one_of(tuple(PARTS)),), 1, "a part of the day, which stands for an hour"),
}
"""Each operation's arguments, how many of them must stand, and what it does."""


class Invalid(ValueError):
    """A text that is no program."""


def render(program: Program) -> str:
    """The program as text: calls with spaces between."""
    return " ".join(map(str, program))


def parse(text: str) -> Program:
    """The program that a text holds. Raises Invalid, and says where."""
    calls = []
    rest = text.strip()
    while rest:
        found = re.match(r"([a-z_]+)\(([^()]*)\)\s*", rest)
        if not found:
            raise Invalid(f"no call at {rest[:20]!r}; one looks like add(3, day)")
        calls.append(call_of(found[1], [arg.strip() for arg in found[2].split(",") if arg.strip()]))
        rest = rest[found.end() :]
    if not calls:
        raise Invalid("an empty text is no program")
    return tuple(calls)


def call_of(name: str, args: list[str]) -> Call:
    """One call, checked. Raises Invalid."""
    if name not in SIGNATURES:
        raise Invalid(f"there is no {name}(); there are {', '.join(SIGNATURES)}")
    kinds, least, _ = SIGNATURES[name]
    if not least <= len(args) <= len(kinds):
        raise Invalid(f"{name}() takes {least} to {len(kinds)} arguments, not {len(args)}")
    try:
        return Call(name, tuple(kind(arg) for kind, arg in zip(kinds, args, strict=False)))
    except ValueError as error:
        raise Invalid(f"{name}(): {error}") from None
