"""How long raw records are kept: long enough to read them again after a mistake of ours, no longer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worklens.local.state import LocalState
    from worklens.local.warehouse import LocalWarehouse

RAW_DAYS = (
    90  # a quarter: a misreading shows within a season; what the records meant stays in the task states
)
DAY = 86_400_000_000  # microseconds

# Seen before then, and in a run that began before then: a file tells of its own time, which may be years ago, and a run
# that failed may go on after a season.
OVER = (
    "seen_at < make_timestamp($before) AND EXISTS (SELECT 1 FROM (SELECT UNNEST($feeds) AS feed, UNNEST($runs) AS run)"
    " AS old WHERE old.feed = raw_records.feed AND old.run = raw_records.run)"
)


class BadSetting(ValueError):
    """A setting in the environment that can't be read; says which, and what to write."""


def raw_days() -> int:
    """The days given in WORKLENS_RAW_DAYS, else 90. Raises BadSetting for what is no whole number of days."""
    given = os.environ.get("WORKLENS_RAW_DAYS", str(RAW_DAYS))
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        raise BadSetting(f"WORKLENS_RAW_DAYS is {given!r}; write a whole number of days, such as {RAW_DAYS}")
    return int(given)


def expire(state: LocalState, warehouse: LocalWarehouse, now: int) -> int:
    """Delete raw records that were taken in longer ago than that; how many there were. Raises BadSetting and Busy.

    Costs one look at the state file where no run is so old.
    """
    before = now - raw_days() * DAY
    runs = state.begun_before(before)
    if not runs:
        return 0
    over = {"before": before, "feeds": [feed for feed, _ in runs], "runs": [run for _, run in runs]}
    with warehouse.read() as session:
        if not session.connection.execute(f"SELECT 1 FROM raw_records WHERE {OVER} LIMIT 1", over).fetchone():  # noqa: S608
            return 0
    with warehouse.write() as session:
        row = session.connection.execute(f"DELETE FROM raw_records WHERE {OVER}", over).fetchone()  # noqa: S608
    return int(row[0]) if row else 0
