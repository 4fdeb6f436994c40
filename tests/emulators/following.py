"""A fake service followed on the cloud's topology; and the same on one machine, to compare with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cloud_local.cloud import Cloud
from tests.emulators.watching import Watch
from tests.pipeline.chaos import HIDDEN, KEYED, calm
from tests.pipeline.services import WUNDERLIST
from worklens.local.clock import SystemClock
from worklens.messages import SyncRequested
from worklens.ports import Feed, Ports, ZonePeriod
from worklens.testing.world import World
from worklens.testing.wunderlist import FakeWunderlist

OF_THE_LOOK = HIDDEN | {"age_days"}  # what differs between two looks at the same facts
BEGAN = SystemClock().now()
Rows = dict[str, list[tuple[str, ...]]]


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

    def sync(self, watch: Watch, *, meanwhile: Callable[[], None] | None = None, slow: float = 1.0) -> str:
        """Ask, and wait until nothing is left to do."""
        run = self.ask()
        watch.until(lambda: self.settled(run) and watch.quiet(), meanwhile=meanwhile, slow=slow)
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
