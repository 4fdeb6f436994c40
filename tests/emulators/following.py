"""A fake service followed on the cloud's topology, watched push by push; and the same on one machine, to compare with."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Lock
from typing import Any

from cloud_local.cloud import Cloud
from cloud_local.forwarder import Push, Send
from tests.pipeline.chaos import HIDDEN, KEYED, calm
from tests.pipeline.services import WUNDERLIST
from worklens.local.clock import SystemClock
from worklens.messages import SyncRequested
from worklens.ports import Feed, Ports, ZonePeriod
from worklens.testing.world import World
from worklens.testing.wunderlist import FakeWunderlist

QUIET = 3.0  # seconds without a push after which nothing more is on its way; the emulator looks ten times a second
OF_THE_LOOK = HIDDEN | {"age_days"}  # what differs between two looks at the same facts
BEGAN = SystemClock().now()
Rows = dict[str, list[tuple[str, ...]]]


class Watch:
    """Sees every push through the forwarder; may let each be delivered twice, in another order."""

    def __init__(self, cloud: Cloud, dice: Random | None = None) -> None:
        """With ``dice`` the first delivery of every message is done and not acknowledged, and all wait a little."""
        self.cloud, self.dice = cloud, dice
        self.deliveries: Counter[tuple[str, str]] = Counter()  # by function and message
        self.open: set[str] = set()
        self.down: set[str] = set()  # functions that are out of order
        self._last = time.monotonic()
        self._lock = Lock()
        cloud.forwarder.between = self._between

    def _between(self, push: Push, send: Send) -> int:
        name = next(value for key, value in push.headers.items() if key.lower() == "x-goog-pubsub-message-id")
        with self._lock:
            self.open.add(name)
            self.deliveries[push.function, name] += 1
            first = self.deliveries[push.function, name] == 1
            wait = self.dice.random() / 2 if self.dice else 0.0
        time.sleep(wait)
        status = 503 if push.function in self.down else send(push)
        answer = 503 if self.dice and first else status
        with self._lock:
            self._last = time.monotonic()
            if 200 <= answer < 300:
                self.open.discard(name)
        return answer

    def quiet(self) -> bool:
        """Whether nothing is on its way."""
        return not self.open and time.monotonic() - self._last > QUIET

    def attempts(self, function: str) -> int:
        """How often a function was pushed to."""
        with self._lock:
            return sum(times for (name, _), times in self.deliveries.items() if name == function)

    def pushes(self, function: str) -> int:
        """How many messages a function got, each counted once."""
        with self._lock:
            return sum(name == function for name, _ in self.deliveries)


def until(
    true: Callable[[], bool], seconds: float = 900.0, meanwhile: Callable[[], None] | None = None
) -> None:
    """Wait until it is true; fail where it never is, which a busy machine must not be mistaken for."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to rest"
        if meanwhile:
            meanwhile()
        time.sleep(0.1)


class Following:
    """A feed on the cloud."""

    def __init__(self, cloud: Cloud, feed: str, fake: FakeWunderlist) -> None:
        """Connect it."""
        self.cloud, self.feed, self.fake = cloud, feed, fake
        self.platform = cloud.platform()
        self.asked = 0
        connect(self.platform.ports, feed, fake.url)

    def ask(self, *, full: bool = False) -> str:
        """Ask for a sync; the run's name."""
        self.asked += 1
        name = f"{self.feed}-{self.asked}"
        self.platform.bus.publish([SyncRequested(feed=self.feed, run=name, window=name, full=full)])
        return name

    def settled(self, run: str) -> bool:
        """Whether a run is through."""
        found = self.platform.state.run(run)
        return found is not None and found.status == "settled"

    @property
    def runs(self) -> int:
        """How many runs were begun."""
        found = self.platform.state.feed(self.feed)
        return 0 if found is None else found.runs

    def sync(self, watch: Watch, *, meanwhile: Callable[[], None] | None = None) -> str:
        """Ask, and wait until nothing is left to do."""
        run = self.ask()
        until(lambda: self.settled(run) and watch.quiet(), meanwhile=meanwhile)
        return run

    def views(self, *names: str) -> Rows:
        """What the warehouse shows of the feed: these views, else every keyed one."""
        return shown(self.platform, self.feed, names or KEYED)


@contextmanager
def following(cloud: Cloud, feed: str, world: World) -> Iterator[Following]:
    """The world's service, listening and followed; in the end the feed is dropped, and what still comes is of no feed."""
    with FakeWunderlist(world) as fake:
        followed = Following(cloud, feed, fake)
        try:
            yield followed
        finally:
            followed.platform.state.drop_feed(feed)


def connect(ports: Ports, feed: str, base_url: str) -> None:
    """Follow a fake as this feed."""
    ports.secrets.put(feed, WUNDERLIST.token)
    zones = (ZonePeriod("Europe/Berlin"),)
    ports.state.save_feed(
        Feed(name=feed, source=WUNDERLIST.source, zones=zones, settings={"base_url": base_url})
    )


def shown(platform: Any, feed: str, views: Sequence[str] = KEYED) -> Rows:
    """These views of one feed, less what differs from run to run, in an order of their own."""
    with platform.warehouse.read() as session:
        return {view: list(_rows(session.query(view), feed)) for view in views}


def _rows(columns: Mapping[str, list[Any]], feed: str) -> list[tuple[str, ...]]:
    kept = {name: values for name, values in columns.items() if name not in OF_THE_LOOK}
    whose = columns["account"] if "account" in columns else columns["feed"]
    rows = zip(*kept.values(), strict=True)
    return sorted(tuple(map(_told, row)) for owner, row in zip(whose, rows, strict=True) if owner == feed)


def _told(value: object) -> str:
    """As text; an instant of this very run, at which something was seen, without saying which."""
    return "now" if isinstance(value, int) and value >= BEGAN else str(value)


class AtHome:
    """The same feed on one machine."""

    def __init__(self, root: Path, feed: str, base_url: str) -> None:
        """Connect it."""
        self.chaos, self.feed, self.asked = calm(root, SystemClock()), feed, 0
        connect(self.chaos.platform.ports, feed, base_url)

    def sync(self) -> None:
        """Ask, and work until nothing is left to do."""
        self.asked += 1
        name = f"{self.feed}-{self.asked}"
        self.chaos.platform.queue.publish([SyncRequested(feed=self.feed, run=name, window=name)])
        self.chaos.run()

    def views(self) -> Rows:
        """What the warehouse shows of the feed."""
        return shown(self.chaos.platform, self.feed)


@contextmanager
def at_home(root: Path, feed: str, base_url: str) -> Iterator[AtHome]:
    """The feed on one machine, closed in the end."""
    home = AtHome(root, feed, base_url)
    try:
        yield home
    finally:
        home.chaos.platform.close()
