"""The functions under functions-framework, over the local platform: CloudEvents are posted, facts come out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import functions_framework
import pytest

from tests.pipeline.test_effect_once import ask, backup, task
from worklens import platforms
from worklens.local.platform import Platform, open_platform
from worklens.local.queue import Letter
from worklens.messages import VERSION, attributes
from worklens.tasks import instant

FUNCTIONS = Path(__file__).resolve().parents[2] / "functions"
FUNCTION_OF = {
    "sync-requested": "fetch",
    "tasks-fetched": "transform",
    "settle-requested": "transform",
    "tasks-changed": "score",
    "learn-requested": "learn",
    "tick": "fetch",
}
TYPES = [f"worklens.{kind}.v{VERSION}" for kind in FUNCTION_OF]


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """A data directory that the functions find by the environment."""
    monkeypatch.setenv("WORKLENS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    platforms.ports.cache_clear()
    platform = open_platform(tmp_path)
    yield platform
    platform.close()
    platforms.ports.cache_clear()


@pytest.fixture(scope="module")
def clients() -> dict[str, Any]:
    """A client of each function, as functions-framework serves it."""
    names = set(FUNCTION_OF.values())
    apps = {n: functions_framework.create_app("main", str(FUNCTIONS / n / "main.py")) for n in names}
    return {name: app.test_client() for name, app in apps.items()}


def post(client: Any, type_: str, body: bytes, **more: str) -> int:
    """Post a CloudEvent in binary form; the status of the answer."""
    headers = {"ce-id": "1", "ce-source": "test", "ce-specversion": "1.0", "ce-type": type_, **more}
    return int(
        client.post("/", data=body, headers={**headers, "Content-Type": "application/json"}).status_code
    )


def deliver(letter: Letter, clients: dict[str, Any]) -> int:
    """Post a message of the queue to the function it is for."""
    message = letter.message
    known = {f"ce-{name}": value for name, value in attributes(message).items() if name != "datacontenttype"}
    return post(clients[FUNCTION_OF[message.kind]], letter.type, letter.body, **known)


def drain(platform: Platform, clients: dict[str, Any]) -> list[int]:
    """Deliver all messages, and those that follow from them; the answers' statuses."""
    statuses = []
    while letters := platform.queue.claim(TYPES, 1 << 62):
        statuses += [deliver(letter, clients) for letter in letters]
        platform.queue.acknowledge(letters)
    return statuses


def test_an_import_goes_from_request_to_scores(platform: Platform, clients: dict[str, Any]) -> None:
    """Fetch, transform twice, score: each takes its event and answers 2xx, and the tables are filled."""
    done = {"completed_at": "2017-01-05T09:30:00.000Z"}
    ask(platform, backup(task(1), task(2, **done), task(3)), "2017-01-06T00:00:00Z")
    statuses = drain(platform, clients)

    assert len(statuses) == 4
    assert all(200 <= status < 300 for status in statuses)
    with platform.warehouse.read() as session:
        assert sorted(session.query("current_tasks")["status"]) == ["completed", "open", "open"]
        assert sum(session.query("throughput_daily")["value"]) == 1


def test_an_event_delivered_twice_does_the_same_work(platform: Platform, clients: dict[str, Any]) -> None:
    """Each message is posted a second time right away."""
    ask(platform, backup(task(1), task(2)), "2017-01-06T00:00:00Z")
    while letters := platform.queue.claim(TYPES, 1 << 62):
        for letter in letters:
            assert [deliver(letter, clients) // 100 for _ in range(2)] == [2, 2]
        platform.queue.acknowledge(letters)

    with platform.warehouse.read() as session:
        assert len(session.query("current_tasks")["task"]) == 2
        assert session.query("known_events")["kind"] == ["created", "created"]


def test_a_tick_becomes_a_model(platform: Platform, clients: dict[str, Any]) -> None:
    """The hour's tick, as the timer publishes it, asks an account's models of learn; the grade is pointed to."""
    ask(platform, backup(task(1), task(2)), "2017-01-06T00:00:00Z")
    drain(platform, clients)
    (feed,) = platform.state.feeds()
    time = {"X-Goog-Pubsub-Publish-Time": "2026-01-07T03:00:01.5Z"}

    assert 200 <= post(clients["fetch"], "worklens.tick.v1", b"{}", **time) < 300
    assert [200 <= status < 300 for status in drain(platform, clients)] == [True]
    known = platform.state.pointer(feed.name, "age-curve")
    assert known is not None
    assert known.evidence["at"] == instant("2026-01-07T03:00:00Z").micros


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("worklens.tasks-fetched.v9", b"{}"),
        ("somebody.elses.v1", b"{}"),
        ("worklens.tasks-fetched.v1", b'{"feed": 3}'),
        ("worklens.tasks-fetched.v1", b'{"feed": "\xff\xfe", "run": "r"}'),
        ("worklens.sync-requested.v1", b'{"feed": "a", "run": "r", "window": "w"}'),
    ],
)
def test_poison_is_kept_with_its_reason_and_acknowledged(
    platform: Platform, clients: dict[str, Any], type_: str, body: bytes
) -> None:
    """Unknown version, foreign type, wrong shape, or a message for another function: 2xx, once it is stored."""
    assert 200 <= post(clients["transform"], type_, body) < 300

    (letter,) = platform.queue.dead()
    assert letter["type"] == type_
    assert letter["reason"]


def test_what_is_no_cloudevent_is_kept_and_acknowledged(platform: Platform, clients: dict[str, Any]) -> None:
    """Refused, it would come again until the dead letters; nothing of it is lost."""
    body = json.dumps({"title": "somebody's"}).encode()
    answer = clients["transform"].post(
        "/any/path", data=body, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 204
    ((stored, reason),) = platform.database.connection.execute("SELECT body, reason FROM dead").fetchall()
    assert stored == body
    assert "ce-type" in reason


def test_what_may_succeed_later_is_asked_for_again(
    platform: Platform, clients: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy warehouse answers 5xx, and the same event is taken when it is free again."""
    ask(platform, backup(task(1)), "2017-01-06T00:00:00Z")
    (request,) = platform.queue.claim(TYPES, 1 << 62)
    deliver(request, clients)
    (batch,) = platform.queue.claim(TYPES[1:], 1 << 62)
    monkeypatch.setattr("worklens.local.warehouse.WAIT_SECONDS", 0.2)

    with platform.warehouse.write():
        pass  # so that the file is there
    holder = _hold(platform.paths.warehouse)
    assert deliver(batch, clients) >= 500
    holder.terminate()
    holder.wait()
    assert 200 <= deliver(batch, clients) < 300


def _hold(path: Path) -> Any:
    """Another process that has the warehouse open for writing."""
    code = (
        f"import duckdb, time; c = duckdb.connect({str(path)!r}); print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    process.stdout.close()
    return process
