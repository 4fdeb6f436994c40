"""Weekdays, hours of a day and spans of days as a person gives and reads them: ``mon-fri``, ``9-17``, ``2026-12-24..2027-01-02``."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.cli.failures import Usage
from worklens.stages.calendar import EVERY, ROUND_THE_CLOCK, days_in

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART = re.compile(rf"({'|'.join(NAMES)})(?:-({'|'.join(NAMES)}))?")
HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")
MIDNIGHT = 24


def week_from(option: str, text: str) -> tuple[int, ...]:
    """The weekdays an option gives, 0 being Monday; ``all`` for every one. Raises Usage."""
    if text == "all":
        return EVERY
    parts = [PART.fullmatch(part.strip().lower()) for part in text.split(",")]
    ends = [(NAMES.index(part[1]), NAMES.index(part[2] or part[1])) for part in parts if part]
    if len(ends) < len(parts):
        raise Usage("not-weekdays", option=option, text=text)
    # sat-mon goes over the week's end
    days = {day % 7 for first, last in ends for day in range(first, last + 1 + 7 * (last < first))}
    return tuple(sorted(days))


def week_shown(week: Sequence[int]) -> str:
    """The weekdays as they would be given."""
    if tuple(week) == EVERY:
        return "all"
    spans: list[list[int]] = []
    for day in week:
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return ",".join(
        f"{NAMES[span[0]]}-{NAMES[span[-1]]}" if len(span) > 2 else ",".join(NAMES[day] for day in span)
        for span in spans
    )


def hours_of_day(option: str, text: str) -> tuple[int, int]:
    """When a working day begins and ends; ``all`` for round the clock. Raises Usage."""
    if text == "all":
        return ROUND_THE_CLOCK
    found = HOURS.fullmatch(text.strip())
    if not found or not int(found[1]) < int(found[2]) <= MIDNIGHT:
        raise Usage("not-hours-of-day", option=option, text=text)
    return int(found[1]), int(found[2])


def hours_shown(hours: Sequence[int]) -> str:
    """The hours as they would be given."""
    return "all" if tuple(hours) == ROUND_THE_CLOCK else f"{hours[0]}-{hours[1]}"


def days_from(option: str, texts: Sequence[str]) -> Ints:
    """The days of the spans an option gives, each of them one or several with commas between. Raises Usage."""
    spans = [span.strip() for text in texts for span in text.split(",")]
    parts = [np.empty(0, dtype=np.int64)]
    for span in spans:
        try:
            parts.append(days_in([span]))
        except ValueError:
            raise Usage("not-days", option=option, text=span) from None
    return np.unique(np.concatenate(parts))
