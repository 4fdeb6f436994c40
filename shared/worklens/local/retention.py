"""How long raw records are kept: long enough to read them again after a mistake of ours, no longer."""

from __future__ import annotations

import os

from worklens.local.warehouse import LocalWarehouse

RAW_DAYS = (
    90  # a quarter: a misreading shows within a season; what the records meant stays in the task states
)
DAY = 86_400_000_000  # microseconds


def raw_days() -> int:
    """The days given in WORKLENS_RAW_DAYS, else 90. Raises ValueError for what is no whole number of days."""
    given = os.environ.get("WORKLENS_RAW_DAYS", str(RAW_DAYS))
    if not given.isdigit():
        raise ValueError(f"WORKLENS_RAW_DAYS is {given!r}; write a whole number of days, such as {RAW_DAYS}")
    return int(given)


def expire(warehouse: LocalWarehouse, now: int) -> int:
    """Delete raw records of longer ago than that, counted from when they were seen; how many there were."""
    before = now - raw_days() * DAY
    if not _any_before(warehouse, before):
        return 0
    with warehouse.write() as session:
        row = session.connection.execute(
            "DELETE FROM raw_records WHERE seen_at < make_timestamp(?)", [before]
        ).fetchone()
    return int(row[0]) if row else 0


def _any_before(warehouse: LocalWarehouse, before: int) -> bool:
    with warehouse.read() as session:
        found = session.connection.execute(
            "SELECT 1 FROM raw_records WHERE seen_at < make_timestamp(?) LIMIT 1", [before]
        ).fetchone()
    return found is not None
