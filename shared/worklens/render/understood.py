"""What a task's title says of time, where a person asked to be told: never a due date, and marked as ours wherever it shows."""

from __future__ import annotations

from datetime import date

import msgspec


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """The day a title means, the time (HH:MM), whether it recurs, by which words and which program, and how surely."""

    day: date
    time: str | None
    every: int | None  # so many units
    unit: str | None
    phrase: str
    program: str
    confidence: float
