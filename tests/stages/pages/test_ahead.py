"""Pages are ready before they are asked for, and what several of them read is read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event
from typing import Any

import numpy as np
import pytest

from tests.stages.pages.conftest import PEOPLE, Reader
from worklens.local.platform import Platform
from worklens.ports import Ports, Session
from worklens.stages.pages import ahead, router, shelf
from worklens.stages.pages.ahead import QUIET, Ahead
from worklens.stages.pages.asked import Asked
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.router import Site
from worklens.stages.pages.shelf import Shelf

ANN, BOB = PEOPLE
PAGES = ("/", "/forecast", "/time", "/tasks")


class Counting:
    """A warehouse that tells how often it was read, and what was asked."""

    def __init__(self, warehouse: Any) -> None:
        self.warehouse = warehouse
        self.asked: list[str] = []

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session of the warehouse's own."""
        with self.warehouse.read() as session:
            yield Asking(session, self.asked)  # type: ignore[misc]


class Asking:
    """A session that writes down what it is asked."""

    def __init__(self, session: Session, asked: list[str]) -> None:
        self.session, self.asked = session, asked

    def query(self, name: str, **params: Any) -> dict[str, list[Any]]:
        """The session's."""
        self.asked.append(name)
        return self.session.query(name, **params)

    def arrays(self, name: str, **params: Any) -> dict[str, Any]:
        """The session's."""
        self.asked.append(name)
        return self.session.arrays(name, **params)

    def hold(self) -> None:
        """The session's."""
        self.session.hold()


@pytest.fixture
def counting(platform: Platform) -> Counting:
    """The two people's warehouse."""
    return Counting(platform.warehouse)


def bare(html: str) -> str:
    """A page without the token of its visitor's forms."""
    return re.sub(r'name="token" value="[^"]*"', "", html)


def ports(platform: Platform, counting: Counting) -> Ports:
    """The platform's, but for the warehouse."""
    return platform.ports._replace(warehouse=counting)  # type: ignore[arg-type]


def test_pages_are_made_before_they_are_asked_for(
    platform: Platform, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a change has come to rest, and once for each; then they are opened without a look at the warehouse."""
    version, made = 1, []
    site = Site(ports(platform, counting), version=lambda: version)
    follower = Ahead(site)
    looks = [follower.look() for _ in range(QUIET + 2)]
    counting.asked.clear()

    for path in PAGES:
        Reader(site).text(path)
    assert counting.asked == []

    version = 2
    monkeypatch.setattr(site, "refresh", lambda: made.append(version))
    again = [follower.look() for _ in range(QUIET + 2)]
    assert looks == again == [False] * QUIET + [True, False]
    assert made == [2]


def test_what_was_opened_is_made_again(
    platform: Platform, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was asked for: of an account, in a language; what can't be made is left."""
    version = 1
    site = Site(ports(platform, counting), version=lambda: version)
    reader = Reader(site)
    reader.text("/time", account=ANN, language="zh")
    reader("/time", query={"account": "nobody"})
    monkeypatch.setattr(router, "SHOWN", ())  # what everybody has is another matter
    version = 2
    site.current()
    site.refresh()
    counting.asked.clear()

    reader.text("/time", account=ANN, language="zh")
    assert counting.asked == []


def test_what_everybody_has_is_made_as_the_last_reader_has_it(platform: Platform, counting: Counting) -> None:
    """In their language and with their numbers: also a page that they never opened."""
    version = 1
    site = Site(ports(platform, counting), version=lambda: version)
    reader, own = Reader(site), {"accept-language": "zh-CN,de;q=0.5"}
    reader("/", headers=own)
    version = 2
    site.current()
    site.refresh()
    counting.asked.clear()

    assert "任务" in str(reader("/tasks", headers=own)[0])
    assert counting.asked == []


def test_the_thread_ends_when_told(platform: Platform) -> None:
    """And leaves the state file each time."""
    stop, left = Event(), Event()
    stop.set()
    thread = Ahead(Site(platform.ports)).follow(stop, left.set)
    thread.join(10)

    assert not thread.is_alive()


def test_an_error_that_nobody_foresaw_is_told_once(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """By its kind and without its words; it isn't tried each second, and the thread goes on to the next change."""
    monkeypatch.setattr(ahead, "PAUSE", 0.001)
    stop, looks, tried = Event(), count(1), []

    def refresh() -> None:
        tried.append(1)
        raise RuntimeError("canary: a title")

    def version() -> int:
        seen = next(looks)
        if seen > 40:
            stop.set()
        return seen // 10  # a change every ten looks

    site = Site(platform.ports)
    monkeypatch.setattr(site, "current", version)
    monkeypatch.setattr(site, "refresh", refresh)
    Ahead(site).follow(stop, lambda: None).join(10)

    assert len(tried) == 4
    assert [record.getMessage().partition(";")[0] for record in caplog.records] == [
        "Pages can't be made ahead (RuntimeError)"
    ]


def test_what_two_pages_read_is_asked_once(platform: Platform, counting: Counting) -> None:
    """A history and the days' flow; of a new version anew, and never of another account's."""
    version = 1
    site = Site(ports(platform, counting), version=lambda: version)
    reader = Reader(site)
    first = bare(reader.text("/", account=ANN))
    counting.asked.clear()
    reader.text("/forecast", account=ANN)
    assert not {"history", "daily_flow"} & set(counting.asked)
    assert "canary-bob" in reader.text("/tasks", account=BOB)
    assert "canary-bob" not in reader.text("/tasks", account=ANN)
    counting.asked.clear()
    version = 2
    site.current()
    site.kept.clear()

    assert bare(reader.text("/", account=ANN)) == first
    assert {"history", "daily_flow"} <= set(counting.asked)


@pytest.mark.parametrize(
    "paths", [("/time", "/"), pytest.param((*PAGES, "/data", "/"), marks=pytest.mark.deep)], ids=len
)
def test_a_page_is_the_same_with_and_without_a_shelf(platform: Platform, paths: tuple[str, ...]) -> None:
    """Nothing that is kept is changed by those who read it: by two that share most, or in a deep run by all."""
    site = Site(platform.ports, version=lambda: 1)
    kept = Reader(site)
    for path in paths:
        site.kept.clear()
        fresh = Reader(Site(platform.ports, version=lambda: 1))
        assert bare(kept.text(path, weeks="13")) == bare(fresh.text(path, weeks="13"))


def test_a_shelf_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """By values and by rows; another version clears it."""
    monkeypatch.setattr(shelf, "MOST", 3)
    monkeypatch.setattr(shelf, "ROOM", 10)
    held = Shelf()
    keep = held.of(1)
    for number in range(5):
        assert keep(number, lambda number=number: {"a": [number]}) == {"a": [number]}  # type: ignore[misc]

    assert list(held.values) == [2, 3, 4]
    assert keep(4, lambda: {"a": [0]}) == {"a": [4]}
    keep("long", lambda: {"a": np.zeros(11)})
    assert "long" not in held.values
    held.of(2)(4, lambda: {"a": [0]})
    assert list(held.values) == [4]
    assert held.values[4] == {"a": [0]}


def test_facts_are_never_of_two_looks(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key holds what the session says of each feed's last run, in whatever order the engine gives them: within one version
    another look is another key.
    """
    keys: list[Any] = []

    def keep(key: Any, make: Any) -> Any:
        keys.append(key)
        return make()

    with platform.warehouse.read() as session:
        clocks = session.query("clocks")
        answers = [{name: values[::way] for name, values in clocks.items()} for way in (1, -1)]
        answers.append({**clocks, "now_at": [at + 1 for at in clocks["now_at"]]})
        for answer in answers:
            with monkeypatch.context() as patch:
                patch.setattr(session, "query", lambda *_, answer=answer, **__: answer)
                facts = Facts(session, Asked(), platform.state.feeds(), keep)
            facts.table("daily_flow")

    first, second, third = keys
    assert len(clocks["feed"]) == 2
    assert first == second != third
