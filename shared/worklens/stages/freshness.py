"""How long ago a feed was last looked at: told each night, whether or not its syncs come through."""

from __future__ import annotations

from worklens.ports import Ports

HOUR = 3_600_000_000  # microseconds


def hours_behind(feed: str, at: int, ports: Ports) -> float | None:
    """Hours from the feed's last sync that came through to an instant (microseconds); None where there was none yet.

    A feed that came in by files alone has none: nobody looks at it each day.
    """
    with ports.warehouse.read() as session:
        found = session.query("last_sync", feed=feed)["seen_at"]
    last = found[0] if found else None
    return None if last is None else max(at - last, 0) / HOUR
