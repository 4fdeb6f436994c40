"""One set of trials that every service must pass, whatever its API.

A service joins by one file, ``tests/sources/NAME/case.py``, with a ``Case`` named ``CASE``; ``test_battery.py`` finds it
and puts it through every trial, over the real driver and the service's fake. What ``Case`` asks for:

* ``fake`` makes the fake of a world. It has ``tokens``, a set of those that are taken; it honours ``disorder``.
* ``check(follower, fake)`` asserts that the follower knows the truth of the fake's world, and nothing else.
* ``limited`` is the service's own "too many", asking for ``LIMITED`` seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from worklens.sources.base import Context, Done, Page
from worklens.sources.registry import source
from worklens.stages.driver import Driver, Limits, pull_pages
from worklens.stages.fetch import without
from worklens.tasks import Task
from worklens.testing.chance import Habits
from worklens.testing.follow import Follower
from worklens.testing.naps import scripted_naps
from worklens.testing.server import FakeService, Fault, too_many
from worklens.testing.world import World

LIMITED = 7.0  # seconds that ``Case.limited`` asks to be left alone
HERE = Path(__file__).parent

Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A service as the battery knows it."""

    name: str  # in the registry
    token: str  # one that the fake takes, of its own kind; nothing else anywhere looks like it
    world: Callable[[], World]  # an empty one that does as the service does
    fake: Callable[[World], FakeService]
    check: Callable[[Follower, Any], None]
    habits: Habits = field(default_factory=Habits)
    settings: Callable[[FakeService], Mapping[str, Any]] = lambda fake: {"base_url": fake.base_url}
    secret: str = ""  # the part of the token that is secret; all of it unless given
    limited: Fault = field(default_factory=lambda: too_many(str(int(LIMITED))))

    @property
    def canary(self) -> str:
        """What must show nowhere."""
        return self.secret or self.token


class Driven(Follower):
    """A follower that asks through the real driver, as fetch does; it keeps what was published."""

    def __init__(self, case: Case, fake: FakeService) -> None:
        self.case, self.fake = case, fake
        self.published: list[bytes] = []
        self.checkpoints: list[str] = []
        self.skew = 0  # microseconds by which our clock is ahead of the service's
        super().__init__(source(case.name), case.token, dict(case.settings(fake)), f"{case.name}:me")

    def _drive(self, context: Context, session: Any, pages: int | None) -> Done | None:
        limits = Limits(attempts=3)
        with Driver(self.source, self.case.token, settings=self.settings, limits=limits) as driver:
            loop = pull_pages(self.source, context, driver)
            while True:
                try:
                    page = next(loop)
                except StopIteration as stop:
                    return msgspec.convert(stop.value, Done)
                if pages is not None and pages <= 0:
                    return None
                pages = None if pages is None else pages - 1
                self._take_page(page, context.now)

    def _take_page(self, page: Page, now: int) -> None:
        records = [without(record, self.source.secret_fields) for record in page.records]
        self.published += records
        self.checkpoints.append(page.checkpoint)
        super()._take_page(msgspec.structs.replace(page, records=records), now)

    def catch_up(self, **how: Any) -> None:
        """Sync to the end, now, as our clock has it."""
        while not self.sync(self.fake.world.clock.now() + self.skew, **how):  # type: ignore[attr-defined]
            pass

    def verify(self) -> None:
        """What is known is the truth."""
        self.case.check(self, self.fake)

    def copy(self) -> Driven:
        """Another one that knows the same."""
        other = Driven(self.case, self.fake)
        other.cursor, other.checkpoint, other.tasks = self.cursor, self.checkpoint, dict(self.tasks)
        other.collections = dict(self.collections)
        return other


@contextmanager
def followed(case: Case, world: World) -> Iterator[tuple[Any, Driven, list[float]]]:
    """The fake, a follower of it, and the naps the driver would have taken."""
    naps: list[float] = []
    with case.fake(world) as fake, scripted_naps(naps.append):
        yield fake, Driven(case, fake), naps


def neither_lost_nor_invented(
    before: Mapping[Key, Task], now: Mapping[Key, Task], final: Mapping[Key, Task]
) -> None:
    """After a pull that failed, each task is as it was, or as the next whole pull will say."""
    for key in before.keys() | now.keys():
        assert now.get(key) in (before.get(key), final.get(key)), key


def cases() -> list[Case]:
    """Every service's."""
    folders = sorted(path.parent.name for path in HERE.glob("*/case.py"))
    return [import_module(f"tests.sources.{folder}.case").CASE for folder in folders]
