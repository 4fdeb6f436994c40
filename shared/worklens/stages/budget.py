"""Keeps within the limits that a service publishes, over all the runs, accounts and instances that share them.

What was sent is counted in the state store, by parts of each window, in one transaction for a handful of requests at a
time: those are reserved first, and a reservation is good for no longer than a part. So no more are ever sent in a window
than it allows; a few less may be, where a handful was not used up or the window is counted a little longer than it is.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from worklens.ports import Clock, Feed, StateStore
from worklens.sources.base import Source
from worklens.sources.oauth import SECOND
from worklens.sources.options import Rate, Window, rate_of, settings_of

PARTS = 10  # of a window; more would be exacter, and longer to keep
COUNTED = (
    PARTS + 2
)  # the parts that may reach into a window: one is cut by its beginning, one was reserved the part before
HANDFUL = 20  # requests reserved at once at most; a run that ends early leaves the rest of them unused
SHARE = 20  # a handful is at most this part of a window
FIRST = 4  # the first handful; most syncs need no more

Spent = dict[str, dict[int, int]]
"""By window: how many requests were reserved in each part of it, the parts being counted from 1970."""


class Reserved(NamedTuple):
    """What came of a wish: the text to keep, how many requests may be sent, or how many seconds to wait for the first."""

    text: str
    granted: int
    wait: float


def reserve(text: str, windows: tuple[Window, ...], quota: str, want: int, now: int) -> Reserved:
    """Reserve up to ``want`` requests of a quota at an instant (microseconds), given what was kept last time."""
    spent = msgspec.json.decode(text, type=Spent) if text else {}
    spent = {_name(window): _counted(window, spent.get(_name(window), {}), now) for window in windows}
    touched = [window for window in windows if window.quota in {"", quota}]
    granted = min([want, *(window.requests - sum(spent[_name(window)].values()) for window in touched)])
    if granted <= 0:
        waits = [_wait(window, spent[_name(window)], now) for window in touched]
        return Reserved(_kept(spent), 0, max(waits))
    for window in touched:
        parts = spent[_name(window)]
        parts[now // _part(window)] = parts.get(now // _part(window), 0) + granted
    return Reserved(_kept(spent), granted, 0.0)


def _counted(window: Window, parts: dict[int, int], now: int) -> dict[int, int]:
    """The parts that still count; those after now too, should a clock have been set back."""
    return {part: count for part, count in parts.items() if part > now // _part(window) - COUNTED}


def _wait(window: Window, parts: dict[int, int], now: int) -> float:
    """The seconds until the window has room for one."""
    left, until = sum(parts.values()), now
    for part in sorted(parts):
        if left < window.requests:
            break
        left -= parts[part]
        until = (part + COUNTED) * _part(window)
    return (until - now) / SECOND


def _part(window: Window) -> int:
    """Its length in microseconds."""
    return max(1, int(window.seconds * SECOND / PARTS))


def _name(window: Window) -> str:
    return f"{window.quota}/{window.seconds:g}"


def _kept(spent: Spent) -> str:
    return msgspec.json.encode(spent).decode()


class Budget:
    """The requests that a run may send. It holds what it has reserved and not yet sent."""

    def __init__(self, rate: Rate, source: str, feed: str, state: StateStore, clock: Clock) -> None:
        """The accounts of an application share one budget, kept by no account; else each has its own, gone with it."""
        self.windows = rate.windows
        self.place = ("", f"budget/{source}") if rate.per == "application" else (feed, "budget")
        self.state, self.clock = state, clock
        self._held: dict[str, tuple[int, int]] = {}  # by quota: how many, and until when
        self._handful = FIRST

    def spend(self, quota: str) -> float:
        """Take one request; 0 where it may be sent now, else the seconds after which to ask again."""
        touched = [window for window in self.windows if window.quota in {"", quota}]
        if not touched:
            return 0.0
        held, until = self._held.get(quota, (0, 0))
        now = self.clock.now()
        if not held or now >= until:
            reserved = self._reserve(quota, touched, now)
            if not reserved.granted:
                return reserved.wait
            held, until = reserved.granted, now + min(map(_part, touched))
        self._held[quota] = (held - 1, until)
        return 0.0

    def _reserve(self, quota: str, touched: list[Window], now: int) -> Reserved:
        want = min([self._handful, *(max(1, window.requests // SHARE) for window in touched)])
        self._handful = min(HANDFUL, 2 * self._handful)
        found = Reserved("", 0, 0.0)

        def change(text: str) -> str:
            nonlocal found
            found = reserve(text, self.windows, quota, want, now)
            return found.text

        self.state.repoint(*self.place, change)
        return found


def budget_of(source: Source, feed: Feed, state: StateStore, clock: Clock) -> Budget | None:
    """The budget of a feed; None where the service publishes no limit.

    Where several accounts may read a part each with one token, all accounts of the source share.
    """
    rate = rate_of(source)
    if settings_of(source).part:
        rate = msgspec.structs.replace(rate, per="application")
    return Budget(rate, source.name, feed.name, state, clock) if rate.windows else None
