"""Alerts: told once for as long as they last, as rows and on their topic; of quiet work, and of old files, nothing."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest

from tests.stages.facts import FEED, settle
from worklens.analysis.days import date_of
from worklens.cli.local_desk import LocalDesk
from worklens.findings.alerts import Alert
from worklens.findings.chinese import ALERT as CHINESE
from worklens.findings.english import ALERT as ENGLISH
from worklens.local.platform import Platform
from worklens.local.queue import KEPT
from worklens.messages import AlertRaised, TasksChanged
from worklens.stages.alerts import LEVELS, TOLD, alarms, id_of, take_back, warn
from worklens.stages.paces import Pace
from worklens.stages.raised import lately
from worklens.stages.standing import stand
from worklens.tasks import DAY, Collection, Moment, Task, instant

NOW = instant("2026-03-01T12:00:00Z").micros
FIRST = 20_000
MESSAGE = TasksChanged(feed=FEED, run="r1", window="w", number=1, seen_at=NOW)
SECRET = "Ring"


def pace(
    done: Any, arrived: Any = None, *, collection: str = "", left: int = 20, ended: bool = False
) -> Pace:
    """An account's days, or a list's; what comes is as much as goes unless given."""
    days = np.asarray(done, dtype=np.int64)
    came = days if arrived is None else np.asarray(arrived, dtype=np.int64)
    return Pace(FEED, collection, FIRST, days, came, days, left, ended)


def stopped_list(days: int = 230) -> list[Pace]:
    """A list in which nothing is done from day 200 on, beside others that go on."""
    done = np.where(np.arange(days) < 200, 1, 0)
    return [pace(done + 2, left=60), pace(done, collection="c")]


def waiting(platform: Platform) -> list[AlertRaised]:
    """The messages on the topic, taken from it."""
    desk = LocalDesk(platform.paths.root)
    try:
        return list(desk.take_alerts())
    finally:
        desk.platform.close()


def rows(platform: Platform, language: str = "en") -> list[Any]:
    """What was raised, in words."""
    with platform.warehouse.read() as session:
        return lately(session, NOW + 90 * DAY, language, days=200)


# ----- What there is to tell -----


def test_each_kind_is_told_with_its_numbers() -> None:
    """A list that stopped, open work that doubled, a forecast that left its band."""
    (stopped,) = alarms(stopped_list(), {})
    assert (stopped.key, stopped.collection) == ("list_stopped", "c")
    assert stopped.params == {"since": date_of(FIRST + 199).isoformat(), "elsewhere": 60, "open": 20}
    assert stopped.began is not None
    assert date_of(FIRST + 213) <= stopped.began <= date_of(FIRST + 229)

    came = np.where(np.arange(200) == 190, 62, 2)
    (doubled,) = alarms([pace(np.full(200, 2), came, left=90)], {})
    assert (doubled.key, doubled.params) == ("work_doubled", {"open": 90, "usual": 30})
    assert doubled.began == date_of(FIRST + 190)
    went = np.where(np.arange(200) == 195, 40, 2)
    assert alarms([pace(went, came, left=52)], {}) == []  # 52 are not twice 30

    steady = pace(np.full(200, 2))
    made = {
        day: dict(zip(LEVELS, (np.array([40, 45, 50, 60]) // (1 if day < steady.origin - 3 else 2)).tolist(), strict=True))
        for day in range(steady.origin - 60, steady.origin + 1)
    }  # fmt: skip
    (below,) = alarms([steady], {FEED: made})
    then = date_of(steady.origin - 28).isoformat()
    assert (below.key, below.params) == (
        "forecast_below",
        {"days": 30, "then": 40, "then_day": then, "now": 30},
    )
    assert below.began == date_of(steady.origin - 3)


def test_of_quiet_work_of_old_files_and_of_long_ago_nothing_is_told() -> None:
    """Nothing changed; nobody knows what came after a file's last day; what began months ago is history."""
    assert alarms([pace(np.full(200, 2)), pace(np.full(200, 1), collection="c")], {}) == []
    assert alarms([quiet_at_its_end(one) for one in stopped_list()], {}) == []
    assert alarms(stopped_list(320), {}) == []
    assert alarms([pace([])], {}) == []


def quiet_at_its_end(one: Pace) -> Pace:
    """The same as a file that was quiet at its end."""
    return pace(one.done, collection=one.collection, left=one.open, ended=True)


# ----- Telling it -----


def alert(began: int, key: str = "work_doubled") -> Alert:
    """Open work that doubled on a day."""
    return Alert(key=key, account=FEED, began=date_of(began), params={"open": 90, "usual": 30})


def test_an_episode_is_told_once(platform: Platform) -> None:
    """Not each day anew, nor when its beginning moves by a few days; the next one is."""
    told = [
        len(warn(MESSAGE, [alert(began)], NOW + n * DAY, n, platform.ports))
        for n, began in enumerate((FIRST, FIRST, FIRST + 5, FIRST + 60))
    ]

    assert told == [1, 0, 0, 1]
    assert [one.params for one in rows(platform)] == [{"open": 90, "usual": 30}] * 2
    assert [one.alert for one in waiting(platform)] == [id_of(alert(FIRST)), id_of(alert(FIRST + 60))]
    assert waiting(platform) == []


def test_what_is_told_once_more_was_raised_when_it_was_told_first(platform: Platform) -> None:
    """Nobody remembers what was told, as after one of the feed's people was forgotten; it isn't news again."""
    warn(MESSAGE, [alert(FIRST)], NOW, 1, platform.ports)
    platform.state.point(FEED, TOLD, "")
    assert len(warn(MESSAGE, [alert(FIRST)], NOW + 20 * DAY, 2, platform.ports)) == 1

    with platform.warehouse.read() as session:
        assert [one.seen_at for one in lately(session, NOW + 13 * DAY)] == [NOW]
        assert lately(session, NOW + 21 * DAY) == []


@pytest.mark.parametrize("step", ["publish", "repoint"])
def test_a_crash_tells_it_again_as_the_same(platform: Platform, step: str) -> None:
    """One row, and messages of one id."""

    class Crash(Exception):
        pass

    class Broken:
        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def __getattr__(self, name: str) -> Any:
            if name == step:
                raise Crash
            return getattr(self.inner, name)

    ports = platform.ports
    broken: Any = ports._replace(bus=Broken(ports.bus), state=Broken(ports.state))
    with pytest.raises(Crash):
        warn(MESSAGE, [alert(FIRST)], NOW, 1, broken)
    assert len(warn(MESSAGE, [alert(FIRST)], NOW, 1, ports)) == 1

    assert len(rows(platform)) == 1
    assert {one.message_id for one in waiting(platform)} == {id_of(alert(FIRST))}


def test_a_topic_that_nobody_reads_stays_small(platform: Platform) -> None:
    """The newest are kept."""
    about: dict[str, Any] = {"feed": FEED, "run": "r", "window": "w", "account": FEED, "key": "k"}
    platform.ports.bus.publish([AlertRaised(**about, alert=str(n)) for n in range(KEPT + 5)])

    kept = [int(one.alert) for _ in range(12) for one in waiting(platform)]
    assert kept == list(range(5, KEPT + 5))


def history(last: int) -> list[Task]:
    """Three tasks a day are done in two lists for half a year; from some days before the end on only in one."""
    return [
        Task(
            account=FEED,
            task=f"{day}-{n}",
            title=SECRET,
            collection="c" if n == 0 else "d",
            created=Moment(NOW - (day + 5) * DAY),
            completed=None if n == 0 and day <= last else Moment(NOW - day * DAY),
        )
        for day in range(1, 200)
        for n in range(3)
    ]


def test_score_raises_it_from_the_record(platform: Platform) -> None:
    """A row and a message without a title, which is looked up when it is told; an undone run takes it back.

    What is so without that run is told again.
    """
    lists = [Collection(account=FEED, collection="c", title=SECRET)]
    settle(platform, history(30), lists, seen_at=NOW)
    message = settle(platform, [], run=2, seen_at=NOW)
    stand(message, platform.ports)
    stand(message, platform.ports)

    english, chinese = ({one.key: one.text for one in rows(platform, language)} for language in ("en", "zh"))
    assert set(english) == set(chinese) == {"list_stopped", "work_doubled"}
    assert english["list_stopped"].startswith(f"Nothing has been done in “{SECRET}” since ")
    assert SECRET in chinese["list_stopped"]
    messages = {one.key: one for one in waiting(platform)}
    assert set(messages) == set(english)
    assert messages["list_stopped"].collection == "c"
    assert SECRET not in msgspec.json.encode(messages).decode()
    with platform.warehouse.read() as session:
        assert lately(session, NOW - 1, known_at=NOW - 1) == []
        assert lately(session, NOW, accounts=["csv:other"]) == []
    withdraw(platform, 2)
    assert rows(platform) == []
    take_back(FEED, 2, platform.ports.state)
    stand(message, platform.ports)  # as after undoing: of the run that is no more
    assert {one.text for one in rows(platform)} == set(english.values())
    withdraw(platform, 1)
    assert rows(platform) == []


def withdraw(platform: Platform, run: int) -> None:
    """Undo a run."""
    counts: dict[str, Any] = {name: [0] for name in ("records", "rejected", "states", "events", "run")}
    about = {
        "feed": [FEED],
        "run_id": [f"r{run}"],
        "status": ["withdrawn"],
        "seen_at": [NOW],
        "run_window": ["w"],
    }
    with platform.warehouse.write() as session:
        session.append("sync_runs", counts | about | {"run": [run], "listed": ["nothing"]})


def test_both_languages_tell_every_alert() -> None:
    """The same ones, from the same numbers."""
    import string

    def fields(template: str) -> set[str]:
        return {str(name) for _, name, _, _ in string.Formatter().parse(template) if name}

    assert {key: fields(text) for key, text in ENGLISH.items()} == {
        key: fields(text) for key, text in CHINESE.items()
    }
