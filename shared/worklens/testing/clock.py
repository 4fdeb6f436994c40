"""A clock that only moves when it is told to."""

from __future__ import annotations

from worklens.tasks import instant

START = instant("2026-01-05T09:00:00Z").micros  # a Monday


class Clock:
    """Time for a test: `now()` in microseconds since 1970, UTC."""

    def __init__(self, start: int = START) -> None:
        """Stand still at `start`."""
        self._now = start

    def now(self) -> int:
        """The present, in microseconds."""
        return self._now

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0, micros: int = 0) -> int:
        """Move on and say the new present; time can't go back."""
        step = round((days * 86_400 + hours * 3_600 + seconds) * 1_000_000) + micros
        if step < 0:
            raise ValueError("time can't go back")
        self._now += step
        return self._now
