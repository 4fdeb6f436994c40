"""The little server under the fake services: what it was asked, and how it fails when told to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from worklens.testing.chance import seeded
from worklens.testing.server import (
    BROKEN,
    DROPPED,
    GARBLED,
    SLOW,
    TRUNCATED,
    UNAUTHORIZED,
    Call,
    FakeService,
    Reply,
    json_reply,
    too_many,
)


class Echo(FakeService):
    """Says back what it was asked."""

    def answer(self, call: Call) -> Reply:
        """The call, as JSON."""
        return json_reply({"method": call.method, "path": call.path, "query": call.query, "form": call.form})


@pytest.fixture
def echo() -> Iterator[Echo]:
    """A server that says back what it was asked."""
    with Echo() as service:
        yield service


def get(echo: Echo, path: str = "/a") -> requests.Response:
    """Ask, without the proxies of this machine."""
    with requests.Session() as session:
        session.trust_env = False
        return session.get(echo.url + path, timeout=10)


def test_a_request_arrives_as_it_was_sent(echo: Echo) -> None:
    """Method, path, query and form come through, and are remembered."""
    with requests.Session() as session:
        session.trust_env = False
        got = session.post(echo.url + "/sync?x=1", data={"y": "é&"}, timeout=10)

    assert got.json() == {"method": "POST", "path": "/sync", "query": {"x": "1"}, "form": {"y": "é&"}}
    assert [call.path for call in echo.calls] == ["/sync"]


def test_faults_come_once_and_in_order(echo: Echo) -> None:
    """Each fault meets one request; then all is well again."""
    for fault in (too_many("7"), too_many(None), BROKEN, UNAUTHORIZED):
        echo.fail(fault)

    answers = [get(echo) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [429, 429, 500, 401, 200]
    assert [answer.headers.get("Retry-After") for answer in answers[:2]] == ["7", None]


@pytest.mark.parametrize("fault", [TRUNCATED, DROPPED])
def test_a_broken_connection_is_an_error_of_requests(echo: Echo, fault: object) -> None:
    """An answer that breaks off, or never comes, is noticed by the client."""
    echo.fail(fault)  # type: ignore[arg-type]

    with pytest.raises(requests.RequestException):
        get(echo)
    assert get(echo).ok


def test_a_garbled_text_comes_as_if_it_were_whole(echo: Echo) -> None:
    """Half of a body with its own right length can only be told by reading it."""
    echo.fail(GARBLED)

    with pytest.raises(requests.JSONDecodeError):
        get(echo).json()


def test_a_fault_may_wait_for_its_path(echo: Echo) -> None:
    """A fault meant for one path leaves the others alone."""
    echo.fail(BROKEN, path="/b")

    assert [get(echo, path).status_code for path in ("/a", "/b", "/b")] == [200, 500, 200]


def test_faults_by_chance_follow_the_seed(echo: Echo) -> None:
    """A share of the requests fail, the same ones for the same seed."""

    def statuses() -> list[int]:
        echo.fail_by_chance(seeded(3), 0.5, (BROKEN, SLOW))
        return [get(echo).status_code for _ in range(20)]

    first = statuses()
    assert {200, 500} == set(first)
    assert first == statuses()


def test_disorder_keeps_every_item(echo: Echo) -> None:
    """Another order and doubles, but nothing is lost; and order where none was asked for."""
    items = list(range(50))
    assert items == echo.disordered(items)

    echo.disorder = seeded(1)
    mixed = echo.disordered(items)

    assert set(items) == set(mixed)
    assert len(mixed) > len(items)
    assert sorted(mixed) != mixed


def test_the_world_may_change_with_a_request(echo: Echo) -> None:
    """What is to happen before an answer is called with the request."""
    seen: list[str] = []
    echo.before = lambda call: seen.append(call.path)
    get(echo, "/c")

    assert seen == ["/c"]
