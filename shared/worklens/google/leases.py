"""Who has a feed in hand, and the requests that wait for it: changes to a feed's entity within a transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from worklens.google.records import as_text, requests, with_kept
from worklens.messages import SyncRequested
from worklens.ports import LEASE_SECONDS, Run, StaleLease

LEASE = LEASE_SECONDS * 1_000_000


def is_held(feed: Mapping[str, Any], run: str, now: int) -> bool:
    """Whether a run other than this one has the feed in hand, and its time is not over."""
    return feed["lease_run"] not in {"", run} and feed["lease_until"] > now


def check_lease(feed: Mapping[str, Any] | None, run: Run) -> None:
    """Raises StaleLease where the run has the feed in hand no more."""
    if feed is None or (feed["lease_run"], feed["lease_epoch"]) != (run.run, run.epoch):
        raise StaleLease(f"another run of {run.feed} has taken over")


def taken(feed: Mapping[str, Any], run: str, now: int) -> dict[str, Any]:
    """The changes that put the feed into the hand of a run."""
    return {
        "current": run,
        "lease_run": run,
        "lease_epoch": feed["lease_epoch"] + 1,
        "lease_until": now + LEASE,
    }


def renewed(feed: Mapping[str, Any], now: int) -> dict[str, Any]:
    """The changes that leave the feed in its run's hand for longer."""
    return {"lease_until": max(feed["lease_until"], now + LEASE)}


def freed(feed: Mapping[str, Any], run: Run) -> dict[str, Any]:
    """The changes that let go of a run."""
    changes: dict[str, Any] = {"current": ""} if feed["current"] == run.run else {}
    return changes | ({"lease_run": "", "lease_until": 0} if feed["lease_run"] == run.run else {})


def kept(feed: Mapping[str, Any], request: SyncRequested) -> dict[str, Any]:
    """The changes that let a request wait until the feed is free."""
    return {"again": as_text(with_kept(requests(feed, "again"), request))}


def let_out(feed: Mapping[str, Any], waiting: Sequence[SyncRequested]) -> dict[str, Any]:
    """The changes after which nothing waits any more, and these requests are to be published."""
    return {"again": "[]", "outgoing": as_text([*requests(feed, "outgoing"), *waiting])}


def struck_off(feed: Mapping[str, Any], published: Sequence[SyncRequested]) -> dict[str, Any]:
    """The changes after which these are not to be published any more."""
    return {"outgoing": as_text([one for one in requests(feed, "outgoing") if one not in published])}
