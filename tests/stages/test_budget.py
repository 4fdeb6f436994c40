"""The published limits are kept, whoever shares them; by a clock that only moves when it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.local.database import Database
from worklens.local.state import LocalState
from worklens.ports import Feed
from worklens.sources.base import Request
from worklens.sources.options import Rate, Window
from worklens.sources.todoist.source import Todoist
from worklens.stages.budget import Budget, budget_of, reserve
from worklens.stages.driver import Driver, Unavailable
from worklens.testing.clock import Clock
from worklens.testing.naps import scripted_naps
from worklens.testing.server import BROKEN, Call, FakeService, Reply, json_reply

SECOND = 1_000_000


class Store:
    """As much of a state store as a budget needs."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}
        self.changes = 0

    def repoint(self, feed: str, name: str, change: Callable[[str], str]) -> None:
        """The last one wins; sometimes somebody comes between, and it is done again."""
        self.changes += 1
        change(self.texts.get((feed, name), ""))
        self.texts[feed, name] = change(self.texts.get((feed, name), ""))


def most(times: Sequence[int], seconds: float) -> int:
    """The most of these instants (ascending) in any stretch of so many seconds, its end left out."""
    width, begin, found = int(seconds * SECOND), 0, 0
    for end, at in enumerate(times):
        while at - times[begin] >= width:
            begin += 1
        found = max(found, end - begin + 1)
    return found


def budgets(rate: Rate, count: int, clock: Clock, store: Any) -> list[Budget]:
    """One for each of several accounts."""
    return [Budget(rate, "service", f"service:{number}", store, clock) for number in range(count)]


RATES = [
    Rate((Window(5, 60.0),), "application"),
    Rate((Window(1, 2.0),), "application"),
    Rate((Window(1_000, 900.0), Window(3, 900.0, "full")), "application"),
    Rate((Window(30, 10.0), Window(100, 3_600.0)), "application"),
]


@pytest.mark.parametrize("rate", RATES, ids=["few", "one", "named", "two"])
@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from(["", "full"]),
            st.sampled_from([0, 1, 50_000, SECOND, 7 * SECOND, 100 * SECOND]),
            st.integers(1, 40),
        ),
        max_size=60,
    )
)
def test_no_window_is_ever_overdrawn(rate: Rate, steps: list[tuple[int, str, int, int]]) -> None:
    """Whoever asks, when and how often: what was allowed to be sent fits every window, wherever it is laid."""
    clock, sent = Clock(), dict[str, list[int]]({"": [], "full": []})
    shared = budgets(rate, 4, clock, Store())
    for account, quota, pause, asks in steps:
        for _ in range(asks):
            if not shared[account].spend(quota):
                sent[quota].append(clock.now())
        clock.advance(micros=pause)

    for window in rate.windows:
        times = sent["full"] if window.quota else sorted([*sent[""], *sent["full"]])
        assert most(times, window.seconds) <= window.requests


@pytest.mark.parametrize("rate", RATES, ids=["few", "one", "named", "two"])
def test_who_waits_as_told_gets_through(rate: Rate) -> None:
    """The wait is enough where nobody else asks meanwhile, and no more than a window and a fifth."""
    clock, store = Clock(), Store()
    (one,) = budgets(rate, 1, clock, store)
    longest = max(window.seconds for window in rate.windows)
    sent = 0
    for _ in range(250):
        wait = one.spend("")
        if wait:
            assert 0 < wait <= 1.2 * longest
            clock.advance(micros=round(wait * SECOND))
            assert one.spend("") == 0
        sent += 1
    assert sent == 250


def test_the_whole_of_a_window_can_be_spent() -> None:
    """By one who asks at once, and by several who share it."""
    for count in (1, 3):
        clock = Clock()
        shared = budgets(Rate((Window(50, 60.0),), "application"), count, clock, Store())
        assert sum(not shared[turn % count].spend("") for turn in range(99)) == 50


def test_accounts_with_tokens_of_their_own_do_not_share() -> None:
    """Each has the whole of it."""
    clock = Clock()
    apart = budgets(Rate((Window(50, 60.0),)), 3, clock, Store())

    assert [sum(not one.spend("") for _ in range(99)) for one in apart] == [50, 50, 50]


def test_a_sync_costs_few_transactions() -> None:
    """A handful at a time is reserved; a handful that grew old is not used."""
    store, clock = Store(), Clock()
    (one,) = budgets(Rate((Window(1_000, 900.0),)), 1, clock, store)
    for _ in range(3):
        one.spend("")
    assert store.changes == 1

    for _ in range(200):
        one.spend("")
    assert store.changes <= 14
    before = store.changes
    clock.advance(seconds=91)
    one.spend("")
    assert store.changes == before + 1


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_clock_that_is_set_back_frees_nothing(first: int, back: int) -> None:
    """What was counted at a later instant still counts."""
    windows = (Window(5, 60.0),)
    now = 10**15 + first
    text = reserve("", windows, "", 5, now).text

    assert reserve(text, windows, "", 1, now - back).granted == 0


def test_what_is_kept_stays_small() -> None:
    """However long it is used."""
    text, windows = "", (Window(1_000, 900.0), Window(100, 900.0, "full"))
    for minute in range(500):
        text = reserve(text, windows, "full", 3, 10**15 + minute * 60 * SECOND).text

    assert len(text) < 600


# ----- the driver


class Counting(FakeService):
    """A service that notes when each request came."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock, self.times = clock, list[int]()

    def answer(self, call: Call) -> Reply:
        """Always the same."""
        self.times.append(self.clock.now())
        return json_reply("ok")


class Narrow(Todoist):
    """A service that allows five requests a minute to all accounts together."""

    name = "narrow"
    rate = Rate((Window(5, 60.0),), "application")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[LocalState]:
    """A real state store."""
    database = Database(tmp_path / "state.sqlite", tmp_path / "backups")
    yield LocalState(database)
    database.close()


def test_drivers_of_many_accounts_keep_within_the_limit(state: LocalState) -> None:
    """Each run has a driver of its own, as after each start of the program; they wait, and no window is overdrawn."""
    clock = Clock()

    def sleep(seconds: float) -> None:
        clock.advance(micros=round(seconds * SECOND))

    with Counting(clock) as service, scripted_naps(sleep):
        for run in range(12):
            feed = Feed(name=f"narrow:{run % 4}", source="narrow")
            budget = budget_of(Narrow(), feed, state, clock)
            with Driver(Narrow(), "token", budget=budget) as driver:
                for _ in range(run % 5):
                    driver.answer(Request(url=service.url))
                    clock.advance(seconds=0.2)

    assert len(service.times) == sum(run % 5 for run in range(12))
    assert most(service.times, 60.0) == 5


def test_a_retry_is_a_request_too(state: LocalState) -> None:
    """Failing requests are counted as any; and where the wait is too long to hold a lease, it is left to the queue."""
    clock = Clock()

    class Daily(Narrow):
        rate = Rate((Window(3, 86_400.0),), "application")

    with Counting(clock) as service, scripted_naps(lambda seconds: None):
        budget = budget_of(Daily(), Feed(name="narrow:me", source="narrow"), state, clock)
        with Driver(Daily(), "token", budget=budget) as driver:
            service.fail(BROKEN, times=99)
            with pytest.raises(Unavailable, match="limit-reached") as caught:
                driver.answer(Request(url=service.url))

        assert len(service.calls) == 3
        assert caught.value.wait is not None
        assert 86_400 < caught.value.wait < 1.2 * 86_400


def test_a_service_that_publishes_no_limit_has_no_budget(state: LocalState) -> None:
    """Nothing is counted for it."""

    class Wide(Todoist):
        rate = Rate()

    assert budget_of(Wide(), Feed(name="wide:me", source="wide"), state, Clock()) is None
