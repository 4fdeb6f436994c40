"""Timers: an hourly tick becomes the requests of those feeds whose own hour it is.

What is asked for follows from the tick's hour and the feeds alone, run ids included, so that a tick that comes twice or
late asks for the same work. A local hour that the clocks skip is taken at the next tick, one that comes twice is taken once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from worklens.messages import HOUR, Ask, DigestRequested, LearnRequested, Message, SyncRequested, Tick
from worklens.ports import Feed, Ports
from worklens.sources.registry import FILES, SOURCES
from worklens.stages.hours import hours_of, is_paused
from worklens.tasks import Moment, digest

MONDAY = 0
HANDS = frozenset(
    {
        "not-connected",
        "token-refused",
        "token-malformed",
        "sign-in-over",
        "client-refused",
        "google-api-off",
        "google-scope-missing",
        "repository-unseen",
    }
)
"""Why a pull failed that only a person can mend: tried again by the nightly listing, and not each hour."""

log = logging.getLogger(__name__)


class Due(NamedTuple):
    """An hour of the person's that has come."""

    day: date
    hour: int

    def window(self, ask: Ask) -> str:
        """The window of what is asked for then."""
        return f"{ask}-{self.day.isoformat()}T{self.hour:02}"


class Skipped(NamedTuple):
    """What was due and is not asked for, and why: paused, file, not-connected, refused."""

    feed: str
    ask: Ask
    reason: str


class Fanned(NamedTuple):
    """What became of a tick."""

    asked: list[Message]
    skipped: list[Skipped]


def fan_out(tick: Tick, ports: Ports) -> Fanned:
    """Publish what the feeds want done at the tick's hour; one without an hour is of now."""
    tick = tick.happened(ports.clock.now())
    fanned = _planned(tick, ports)
    ports.bus.publish(fanned.asked)
    for one in fanned.skipped:
        log.info("not-asked", extra={"fields": one._asdict()})
    return fanned


def _planned(tick: Tick, ports: Ports) -> Fanned:
    fanned, digested = Fanned([], []), []
    for feed in ports.state.feeds():
        if tick.feed not in {"", feed.name}:
            continue
        due = wanted(feed, tick)
        for ask, when in due.items():
            reason = hindrance(feed, ask, ports)
            if reason:
                fanned.skipped.append(Skipped(feed.name, ask, reason))
            elif ask == "digest":
                digested.append(feed.name)
            else:
                fanned.asked.append(_request(feed, ask, when, tick))
    fanned.asked.extend(_digests(digested, tick))
    return fanned


# ----- When -----


def wanted(feed: Feed, tick: Tick) -> dict[Ask, Due]:
    """What the feed wants done at this tick, each with the person's hour for which it is; a listing is a sync too."""
    hours, at = hours_of(feed), tick.at or 0
    found = {ask: when for ask in tick.asks if (when := due(feed, getattr(hours, ask), at))}
    if "digest" in found and found["digest"].day.weekday() != MONDAY:
        del found["digest"]
    if "reconcile" in found:
        found.pop("sync", None)
    return found


def due(feed: Feed, hours: Iterable[int], at: int) -> Due | None:
    """The latest of these local hours that came since the tick before, None where none did."""
    before, now = _local(feed, at - HOUR), _local(feed, at)
    return max((one for one in _each(hours, before.day, now.day) if before < one <= now), default=None)


def _each(hours: Iterable[int], first: date, last: date) -> Iterator[Due]:
    days = {first, last}
    return (Due(day, hour) for hour in hours for day in days)


def local_day(feed: Feed, at: int) -> date:
    """The person's day at an instant."""
    return _local(feed, at).day


def _local(feed: Feed, at: int) -> Due:
    """The day and hour on the person's clock at an instant."""
    local: datetime = Moment(at).datetime.astimezone(ZoneInfo(feed.zone_at(at)))
    return Due(local.date(), local.hour)


# ----- Whether, and what -----


def hindrance(feed: Feed, ask: Ask, ports: Ports) -> str:
    """Why the feed is not asked now: paused, file, not-connected, refused; empty where nothing is in the way."""
    if is_paused(feed):
        return "paused"
    if ask in {"learn", "digest"}:
        return ""
    if SOURCES.get(feed.source) == FILES.get(feed.source):
        return "file"
    if feed.source in FILES and not ports.secrets.get(feed.name):
        return "not-connected"  # it came in by files alone
    latest = ports.state.latest(feed.name) if ask == "sync" else None
    return "refused" if latest and latest.status == "failed" and latest.error in HANDS else ""


def _request(feed: Feed, ask: Ask, when: Due, tick: Tick) -> Message:
    window = when.window(ask)
    about: dict[str, Any] = {"feed": feed.name, "run": digest(feed.name, window), "window": window}
    if ask == "learn":
        return LearnRequested(**about, at=tick.at or 0)
    return SyncRequested(**about, full=ask == "reconcile")


def _digests(feeds: list[str], tick: Tick) -> Iterator[Message]:
    """One digest of all feeds whose hour it is: a person with several gets one letter."""
    if feeds:
        window = tick.window.replace("tick", "digest", 1)
        yield DigestRequested(feeds=tuple(feeds), run=digest(window), window=window, at=tick.at or 0)
