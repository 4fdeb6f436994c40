"""What `status` knows of an account's service: its limits, what stands in the way, and with --check its own count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from worklens.stages.asking import ask
from worklens.stages.reconcile import Compared, compare, count

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.ports import Feed, Run
    from worklens.stages.care import Asked


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """What the service's own count says: the comparison; or none, with the reason where it could not be asked."""

    compared: Compared | None = None
    reason: str = ""
    params: dict[str, str] = {}


def limits(feed: Feed) -> list[dict[str, object]]:
    """The requests that the service publishes as its limit; else those within which we keep all the same, if any."""
    from worklens.sources.capabilities import CAPABILITIES
    from worklens.sources.options import rate_of
    from worklens.sources.registry import source

    if feed.source not in CAPABILITIES:
        return []
    rate, published = rate_of(source(feed.source)), CAPABILITIES[feed.source].published
    about = {"per": rate.per, "published": bool(published)}
    return [
        {"requests": window.requests, "seconds": window.seconds, "of": window.quota, **about}
        for window in published or rate.windows
    ]


def trouble(latest: Run | None) -> str:
    """Why the newest run could not go on, where only a person can mend it; empty else."""
    from worklens.stages.timers import HANDS

    return latest.error if latest and latest.status == "failed" and latest.error in HANDS else ""


def checked(platform: Desk, feed: Feed) -> Check:
    """The comparison with the service's own count, or why there is none: a key with parameters."""
    from worklens.sources.base import Refused
    from worklens.stages.driver import Unavailable

    with platform.warehouse.read() as session:
        ours, (looked, held) = _open(session, feed), _looked(session, feed)
    try:
        totals = count(feed, platform.ports)
    except (Refused, Unavailable) as error:
        return Check(reason=error.reason, params={"feed": feed.name, "source": feed.source, **error.params})
    return Check(compared=compare(totals, ours, looked, held) if totals else None)


def _open(session: Asked, feed: Feed) -> dict[str, str]:
    where = "WHERE feed = $feed AND status = 'open'"
    rows = ask(session, "current_tasks", where, columns="task, collection", feed=feed.name)
    return dict(zip(rows["task"], [name or "" for name in rows["collection"]], strict=True))


def _looked(session: Asked, feed: Feed) -> tuple[int, int]:
    """When the feed was looked at last (0: never), and how many of its records are put aside."""
    where = "WHERE account = $feed"
    rows = ask(session, "data_quality", where, columns="last_seen_at, quarantined", feed=feed.name)
    return (rows["last_seen_at"][0] or 0, rows["quarantined"][0] or 0) if rows["quarantined"] else (0, 0)
