"""The pump works off batches beside a fetch, and nothing that goes wrong there is lost."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from worklens.cli import pump as pumps
from worklens.cli.pipeline import pipeline
from worklens.cli.pump import Pump
from worklens.local.platform import Platform, open_platform
from worklens.stages.connect import connect
from worklens.stages.intake import Intake, request_import

TASKS = 6_500  # three pages and a half


@pytest.fixture
def pump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pump]:
    """A pump with an import before it, that has a helper from the first page on."""
    monkeypatch.setattr(pumps, "CLAIM_BYTES", 10_000)
    monkeypatch.setattr(pumps, "BACKLOG_BYTES", 400_000)
    platform = open_platform(tmp_path)
    tasks = [{"id": n, "list_id": 1, "title": f"task {n}"} for n in range(TASKS)]
    content = json.dumps({"user": 3, "data": {"lists": [], "tasks": tasks}}).encode()
    request_import(
        Intake(name="b.json", content=content, feed="wunderlist:3", source="wunderlist", zone="UTC"),
        platform.ports,
    )
    yield pipeline(platform, connect)
    platform.close()


def parsed_by(pump: Pump, work: Any) -> None:
    """Have ``work`` done in the place of parsing; it is given what parses."""
    handlers = dict(pump.handlers)
    parse = handlers["tasks-fetched"]
    pump.handlers = handlers | {"tasks-fetched": lambda batches: work(batches, parse)}


def count(platform: Platform, view: str) -> int:
    """The rows of a view."""
    with platform.warehouse.read() as session:
        return int(session.connection.execute(f"SELECT COUNT(*) FROM {view}").fetchall()[0][0])


def test_a_second_thread_parses_while_the_fetch_goes_on(pump: Pump) -> None:
    """Each task once, and the last batches by the pump itself or its helper."""
    threads: set[int] = set()

    def work(batches: Sequence[Any], parse: Any) -> None:
        threads.add(threading.get_ident())
        parse(batches)

    parsed_by(pump, work)
    pump.drain()

    assert threads - {threading.get_ident()}
    assert count(pump.platform, "current_tasks") == count(pump.platform, "task_states") == TASKS


def test_what_goes_wrong_beside_is_raised_and_tried_again(pump: Pump) -> None:
    """The batches go back into the queue with the reason; once it is well again, all is there."""
    broken = True

    def work(batches: Sequence[Any], parse: Any) -> None:
        if broken:
            raise OSError("no space left")
        parse(batches)

    parsed_by(pump, work)
    with pytest.raises(OSError, match="no space"):
        pump.drain()
    broken = False
    pump.platform.queue.hasten()
    pump.drain()

    assert count(pump.platform, "current_tasks") == count(pump.platform, "task_states") == TASKS


def test_a_fetch_pauses_no_longer_than_it_must(pump: Pump, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on while the rest is still worked off: what it has in memory can be let go the sooner."""
    depths = iter([500_000, 450_000, 300_000])
    monkeypatch.setattr(pump.platform.queue, "depth", lambda: next(depths))
    monkeypatch.setattr(pumps, "LOOK_SECONDS", 0.001)
    pump.beside = Future()

    pump.relieve()

    assert next(depths, None) is None
    assert not pump.beside.done()


def test_what_is_done_with_leaves_the_file(pump: Pump) -> None:
    """No page of the state file is free once all is worked off, and the file is small again."""
    pump.drain()

    connection = pump.platform.database.connection
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    assert (free, pages < 50) == (0, True)


def commits(pump: Pump) -> int:
    """How many units of work the warehouse took so far."""
    return pump.platform.state.count("warehouse")


@pytest.mark.parametrize(("seconds", "units"), [(-1, 13), (600, 1)])
def test_a_unit_of_work_goes_on_from_claim_to_claim(
    pump: Pump, monkeypatch: pytest.MonkeyPatch, seconds: float, units: int
) -> None:
    """All batches are one commit while there is time for it; where there is none, each claim is one."""
    monkeypatch.setattr(pumps, "UNIT_SECONDS", seconds)
    pump.platform.state.on_backlog = lambda: None  # all is fetched before any of it is parsed
    pump.drain(only=["sync-requested"])
    before = commits(pump)

    pump.drain(only=["tasks-fetched"])

    assert commits(pump) - before == units
    assert count(pump.platform, "task_states") == TASKS


def test_one_batch_that_can_not_be_done_holds_no_other(pump: Pump) -> None:
    """A unit that failed is done batch by batch; what fails again waits alone, with its reason, and the rest is in."""
    pump.platform.state.on_backlog = lambda: None  # the unit is the pump's own

    def work(batches: Iterable[Any], parse: Any) -> None:
        parse(failing(batches))

    def failing(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            if batch.first == 500:
                raise OSError("no space left")
            yield batch

    parsed_by(pump, work)
    with pytest.raises(OSError, match="no space"):
        pump.drain()
    pump.drain()

    assert count(pump.platform, "task_states") == TASKS - 500
    waiting = pump.platform.database.connection.execute("SELECT attempts, reason FROM queue").fetchall()
    assert [tuple(row) for row in waiting] == [(1, "OSError")]
