"""Times as the service writes them, with an offset that has no colon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from worklens.tasks import instant

NEVER = 1 << 62  # microseconds: of what is no time
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros_of(text: str | None) -> int:
    """The instant (microseconds since 1970); NEVER where it can't be read."""
    try:
        return instant(text or "").micros
    except (ValueError, OverflowError):
        return NEVER


def written(micros: int) -> str:
    """An instant as the service takes it, cut to the millisecond."""
    when = EPOCH + timedelta(microseconds=micros)
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1_000:03}+0000"
