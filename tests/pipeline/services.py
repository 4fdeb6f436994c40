"""A scripted world, its fake service, and the local platform that follows it: what the end-to-end tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from tests.pipeline.chaos import Chaos
from worklens.local.platform import Platform
from worklens.messages import SyncRequested
from worklens.ports import Feed, ZonePeriod
from worklens.tasks import Task
from worklens.testing.caldav import TOKEN as CALDAV_TOKEN
from worklens.testing.caldav import FakeCalDav
from worklens.testing.github import TOKEN as GITHUB_TOKEN
from worklens.testing.github import FakeGitHub
from worklens.testing.google_tasks import TOKEN as GOOGLE_TOKEN
from worklens.testing.google_tasks import FakeGoogleTasks
from worklens.testing.microsoft_todo import TOKEN as MICROSOFT_TOKEN
from worklens.testing.microsoft_todo import FakeMicrosoft, ToDoWorld
from worklens.testing.naps import scripted_naps
from worklens.testing.observer import Sighting
from worklens.testing.server import FakeService
from worklens.testing.taskwarrior import FakeTaskwarrior
from worklens.testing.ticktick import TOKEN as TICKTICK_TOKEN
from worklens.testing.ticktick import FakeTickTick, TickTickWorld
from worklens.testing.todoist import TOKEN as TODOIST_TOKEN
from worklens.testing.todoist import FakeTodoist
from worklens.testing.todotxt import FakeTodoTxt
from worklens.testing.world import World
from worklens.testing.wunderlist import CLIENT, FakeWunderlist
from worklens.testing.wunderlist import TOKEN as WUNDERLIST_TOKEN
from worklens.warehouse.rows import tasks_of


class Service(NamedTuple):
    """A source by name, the feed it is followed as, and its token."""

    source: str
    feed: str
    token: str


WUNDERLIST = Service("wunderlist", "wunderlist:me", f"{CLIENT}:{WUNDERLIST_TOKEN}")
MICROSOFT = Service("microsoft_todo", "microsoft_todo:me", MICROSOFT_TOKEN)
TICKTICK = Service("ticktick", "ticktick:me", TICKTICK_TOKEN)
TODOIST = Service("todoist", "todoist:me", TODOIST_TOKEN)
GOOGLE_TASKS = Service("google_tasks", "google_tasks:me", GOOGLE_TOKEN)
GITHUB = Service("github", "github:me", GITHUB_TOKEN)
TASKWARRIOR = Service("taskwarrior", "taskwarrior:me", "")
TODOTXT = Service("todotxt", "todotxt:me", "")
CALDAV = Service("caldav", "caldav:me", CALDAV_TOKEN)

Fake = (
    FakeCalDav
    | FakeGitHub
    | FakeGoogleTasks
    | FakeMicrosoft
    | FakeTaskwarrior
    | FakeTickTick
    | FakeTodoist
    | FakeTodoTxt
    | FakeWunderlist
)
FAKES: dict[str, Callable[..., Fake]] = {
    "caldav": FakeCalDav,
    "github": FakeGitHub,
    "google_tasks": FakeGoogleTasks,
    "microsoft_todo": FakeMicrosoft,
    "taskwarrior": FakeTaskwarrior,
    "ticktick": FakeTickTick,
    "todoist": FakeTodoist,
    "todotxt": FakeTodoTxt,
    "wunderlist": FakeWunderlist,
}


def new_world(service: Service) -> World:
    """An empty world that does as the service does."""
    if service is MICROSOFT:
        return ToDoWorld()
    if service is TICKTICK:
        return TickTickWorld()
    return World(advances=service in {TODOIST, CALDAV}, completes_children=service in {TODOIST, GOOGLE_TASKS})


def fake_of(service: Service, world: World, **switches: Any) -> Fake:
    """The service's fake."""
    return FAKES[service.source](world, **switches)


class Followed:
    """A data directory that follows a fake service; what it does is done with or without chaos."""

    def __init__(self, chaos: Chaos, service: Service, settings: dict[str, str]) -> None:
        """Connect the service."""
        self.chaos, self.service = chaos, service
        self.asked = 0
        self.platform.ports.secrets.put(service.feed, service.token)
        self.platform.state.save_feed(
            Feed(
                name=service.feed,
                source=service.source,
                zones=(ZonePeriod("UTC"),),
                settings=settings,
            )
        )

    @property
    def platform(self) -> Platform:
        """As it is open now: a crash opens another."""
        return self.chaos.platform

    def ask(self, *, full: bool = False) -> None:
        """Ask for a sync."""
        self.asked += 1
        name = f"sync-{self.asked}"
        request = SyncRequested(feed=self.service.feed, run=name, window=name, full=full)
        self.platform.queue.publish([request])

    def sync(self, *, full: bool = False) -> None:
        """Ask for a sync, and work until there is nothing left to do."""
        self.ask(full=full)
        self.chaos.run()

    def look(self, *names: str) -> list[dict[str, list[Any]]]:
        """These views."""
        with self.platform.warehouse.read() as session:
            return [session.query(name) for name in names]


@contextmanager
def followed(chaos: Chaos, service: Service, fake: FakeService) -> Iterator[Followed]:
    """The fake, listening and followed; nobody sleeps between attempts."""
    with fake, scripted_naps(lambda seconds: None):
        try:
            yield Followed(chaos, service, fake.settings)
        finally:
            chaos.platform.close()


class Told(NamedTuple):
    """An event as its story tells it: what a sighting and a recorded event are compared by."""

    seen_at: int
    task: str
    occurrence: str
    kind: str
    at: int
    precision: str
    before: str = ""
    after: str = ""
    fields: tuple[str, ...] = ()


def told_of(sighting: Sighting) -> Told:
    """A sighting of a perfect observer. What a title was is in the states and not in the event."""
    titled = sighting.kind == "renamed"
    return Told(
        sighting.seen_at,
        sighting.task,
        "",
        sighting.kind,
        sighting.seen_at if sighting.at is None else sighting.at,
        sighting.precision,
        "" if titled else sighting.before,
        "" if titled else sighting.after,
        tuple(sorted(sighting.fields)),
    )


def told(
    seen_at: int, key: tuple[str, str], kind: str, at: int, precision: str, detail: Mapping[str, Any] | None
) -> Told:
    """An event of settling."""
    about = detail or {}
    before, after = ("" if about.get(side) is None else str(about[side]) for side in ("from", "to"))
    return Told(seen_at, *key, kind, at, precision, before, after, tuple(sorted(about.get("fields", ()))))


def recorded(events: Mapping[str, Sequence[Any]]) -> list[Told]:
    """The rows of ``known_events``, in the order of sightings."""
    names = ("seen_at", "task", "occurrence", "kind", "happened_at", "precision", "detail")
    rows = zip(*(events[name] for name in names), strict=True)
    return sorted(
        told(seen_at, (task, occurrence), kind, at, precision, msgspec.json.decode(detail or "null"))
        for seen_at, task, occurrence, kind, at, precision, detail in rows
    )


def tasks_in(latest: Mapping[str, Sequence[Any]]) -> list[Task]:
    """The canonical tasks of ``latest_states``, those that are deleted left out."""
    names = {name: values for name, values in latest.items() if name != "closed_precision"}
    return [replace(task, updated=None) for task in tasks_of(names) if not task.deleted]
