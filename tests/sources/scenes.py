"""A few tasks at each source, and somebody who looks at them: services by their fakes, programs and files too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.pipeline.observing import Observer
from tests.pipeline.services import (
    CALDAV,
    GITHUB,
    GOOGLE_TASKS,
    MICROSOFT,
    TASKWARRIOR,
    TICKTICK,
    TODOIST,
    TODOTXT,
    WUNDERLIST,
    Service,
    Told,
    fake_of,
    new_world,
)
from tests.sources.filed import CalendarFile, Table

from worklens.sources.base import Page
from worklens.testing.server import Call, Fault, Reply
from worklens.testing.world import World

FILED = {"icalendar": CalendarFile, "csv": Table}
SERVICES = {
    one.source: one
    for one in (
        TODOIST,
        MICROSOFT,
        GOOGLE_TASKS,
        GITHUB,
        TICKTICK,
        TICKTICK._replace(source="dida365", feed="dida365:me"),
        CALDAV,
        WUNDERLIST,
        TASKWARRIOR,
        TODOTXT,
        Service("icalendar", "icalendar:me", ""),
        Service("csv", "csv:me", ""),
    )
}


class Watcher(Observer):
    """An observer that keeps the raw records that came, each once."""

    def __init__(self, service: Service, fake: Any) -> None:
        """None yet."""
        super().__init__(service, fake)
        self.records: dict[bytes, None] = {}

    def _take_page(self, page: Page, now: int) -> None:
        self.records |= dict.fromkeys(page.records)
        super()._take_page(page, now)


@dataclass
class Scene:
    """A world with a few tasks that somebody has looked at; ``keys`` are their ids by title, ``moved`` the bytes that came."""

    world: World
    fake: Any
    observer: Watcher
    keys: dict[str, str] = field(default_factory=dict)
    moved: list[bytes] = field(default_factory=list)

    def wait(self, hours: float = 1, seconds: float = 0) -> int:
        """Let time go on; the new present."""
        return self.world.clock.advance(hours=hours, seconds=seconds)

    def create(self, title: str, lists: str, **about: Any) -> str:
        """A task."""
        self.wait()
        self.keys[title] = self.world.create(lists, title, **about)
        return self.keys[title]

    def look(self, *, full: bool = False) -> list[Told]:
        """One sync: what is recorded by it."""
        known = len(self.observer.events)
        self.moved.clear()
        self.observer.observe(self.world.clock.now(), full=full)
        return self.observer.events[known:]


@contextmanager
def scene(name: str, **switches: Any) -> Iterator[Scene]:
    """Two lists of three open tasks, and two that were done long ago; all looked at, twice."""
    service = SERVICES[name]
    if name in FILED:
        world = World(advances=name == "icalendar")
        fake: Any = FILED[name](world, **switches)
    else:
        like = TICKTICK if name == "dida365" else service
        world = new_world(like)
        fake = fake_of(like, world, **switches)
    with fake:
        made = Scene(world, fake, Watcher(service, fake))
        record_answers(made)
        here, there = world.add_list("Here"), world.add_list("There")
        for number in range(3):
            made.create(f"here{number}-x", here)
            made.create(f"there{number}-x", there)
        for number in range(2):
            made.create(f"done{number}-x", here)
            made.wait()
            world.complete(made.keys[f"done{number}-x"])
        for _ in range(2):
            made.wait(hours=240)
            made.look()
        made.wait()
        yield made


def record_answers(made: Scene) -> None:
    """Keep what the service, the program or the file says."""
    handle, run = getattr(made.fake, "handle", None), getattr(made.fake, "run", None)

    def handled(call: Call) -> tuple[Reply, Fault]:
        reply, fault = handle(call)  # type: ignore[misc]
        made.moved.append(reply.body)
        return reply, fault

    def ran(asked: Any) -> Any:
        answer = run(asked)  # type: ignore[misc]
        made.moved.append(answer.stdout if hasattr(answer, "stdout") else answer.content)
        return answer

    if run:
        made.observer.local = ran
    else:
        made.fake.handle = handled
