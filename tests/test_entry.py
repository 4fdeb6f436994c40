"""The entry of every private function: what is answered to a push, what is kept, and what is logged."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from cloud_local.tokens import Signer
from worklens import entry, logs
from worklens.local.platform import Platform, open_platform
from worklens.messages import SyncRequested, Tick, encode
from worklens.ports import Busy, Ports, StaleLease
from worklens.tasks import instant

ACCOUNT, AUDIENCE, CANARY = "push@p.iam.gserviceaccount.com", "https://here/fetch", "buy a canary"
SIGNER = Signer(ACCOUNT)
REQUEST = SyncRequested(feed="todoist:me", run="r1", window="w1")
EVENT = {"ce-id": "1", "ce-source": "test", "ce-specversion": "1.0", "ce-type": "worklens.sync-requested.v1"}
TRACE = "105445aa7843bc8bf206b12000100000"


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """Where what is kept can be seen."""
    platform = open_platform(tmp_path)
    yield platform
    platform.close()


@pytest.fixture(autouse=True)
def fresh_logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test configures logging anew, and leaves it as it was."""
    root = logging.getLogger()
    before = list(root.handlers), root.level
    logs.configure.cache_clear()
    yield
    root.handlers, root.level = before[0], before[1]
    logs.configure.cache_clear()


Post = Callable[..., entry.Answer]


@pytest.fixture
def post(platform: Platform) -> Post:
    """Post a body with these headers to a function made of one stage."""

    def send(
        body: bytes = encode(REQUEST),
        headers: dict[str, str] | None = None,
        stage: entry.Stage = lambda message, ports: None,
        method: str = "POST",
    ) -> entry.Answer:
        known = {"Content-Type": "application/x-www-form-urlencoded"} | (
            EVENT if headers is None else headers
        )
        builder = EnvironBuilder(method=method, data=body, headers=known)
        request = Request(builder.get_environ())
        return entry.answer(request, {SyncRequested: stage, Tick: stage}, lambda: platform.ports)

    return send


def dead(platform: Platform) -> list[tuple[str, bytes, str]]:
    """What was kept: type, body, reason."""
    rows = platform.database.connection.execute("SELECT type, body, reason FROM dead")
    return [tuple(row) for row in rows]


def raising(error: Exception) -> entry.Stage:
    """A stage that fails."""

    def stage(message: Any, ports: Ports) -> None:
        raise error

    return stage


def test_what_is_done_is_acknowledged(post: Post) -> None:
    """The stage gets the message, whatever content type it was sent with."""
    seen: list[Any] = []

    assert post(stage=lambda message, ports: seen.append(message))[:2] == ("", 204)
    assert seen == [REQUEST]


def test_a_structured_event_is_read_too(post: Post) -> None:
    """As an event router may send it."""
    seen: list[Any] = []
    body = {"specversion": "1.0", "type": EVENT["ce-type"], "data": json.loads(encode(REQUEST))}
    headers = {"Content-Type": "application/cloudevents+json; charset=utf-8"}

    assert post(json.dumps(body).encode(), headers, lambda message, ports: seen.append(message))[1] == 204
    assert seen == [REQUEST]


@pytest.mark.parametrize("error", [Busy("held"), StaleLease("taken over"), entry.Later("timed-out")])
def test_what_may_succeed_later_comes_again(post: Post, error: Exception) -> None:
    """503, as often as it takes."""
    assert post(stage=raising(error))[1] == 503


def test_what_nobody_foresaw_comes_again_and_tells_nothing(
    post: Post, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """500; neither the answer nor the log has the error's text, which may be a task's title."""
    monkeypatch.setenv("WORKLENS_LOGS", "json")
    body, status, _ = post(stage=raising(RuntimeError(CANARY)))
    line = json.loads(capsys.readouterr().err)

    assert status == 500
    assert CANARY not in body + str(line)
    assert (line["severity"], line["error"]) == ("ERROR", "RuntimeError")
    assert "test_entry.py:" in line["where"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"no event at all"),
        ({}, b""),
        ({**EVENT, "ce-specversion": "2.0"}, encode(REQUEST)),
        ({**EVENT, "ce-type": "worklens.sync-requested.v9"}, encode(REQUEST)),
        (EVENT, b""),
        (EVENT, b"{"),
        (EVENT, b"\xff\xfe"),
        (EVENT, b"[" * 100_000),
        ({"Content-Type": "application/cloudevents+json"}, b"[]"),
        ({"Content-Type": "application/cloudevents+json"}, b'{"specversion": "1.0"}'),
    ],
)
def test_what_can_never_succeed_is_kept_and_acknowledged(
    post: Post, platform: Platform, headers: dict[str, str], body: bytes
) -> None:
    """Whatever is wrong with it: its bytes and the reason stand, and it doesn't come again."""
    assert post(body, headers)[1] == 204
    ((type_, stored, reason),) = dead(platform)

    assert (type_, stored) == (headers.get("ce-type", ""), body)
    assert reason


def test_what_is_too_large_is_kept_as_far_as_it_may(
    post: Post, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stage never sees it."""
    monkeypatch.setattr(entry, "MAX_BODY", 20)

    assert post(stage=raising(AssertionError()))[1] == 204
    assert dead(platform)[0][1] == encode(REQUEST)[:20]


def test_a_timer_stands_for_the_hour_it_was_published_in(post: Post) -> None:
    """However late it comes; a tick that names its hour keeps it."""
    seen: list[Any] = []
    published = {"X-Goog-Pubsub-Publish-Time": "2026-03-01T11:59:59.999Z"}
    headers = {**EVENT, "ce-type": "worklens.tick.v1", **published}
    for body in (b"{}", encode(Tick(at=0))):
        assert post(body, headers, lambda message, ports: seen.append(message))[1] == 204

    assert [message.at for message in seen] == [instant("2026-03-01T11:00:00Z").micros, 0]


def test_only_posts_are_taken(post: Post) -> None:
    """A look at the address does nothing."""
    assert post(method="GET", stage=raising(AssertionError()))[1] == 405


def test_a_push_without_a_valid_token_is_refused(
    post: Post, platform: Platform, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before its body is looked at; with the token it is taken."""
    monkeypatch.setenv("WORKLENS_AUDIENCE", AUDIENCE)
    monkeypatch.setenv("WORKLENS_DELIVERY_ACCOUNT", ACCOUNT)
    monkeypatch.setenv("WORKLENS_OIDC_KEYS", SIGNER.keys)
    token = SIGNER.token("https://elsewhere")
    for headers, status in (({}, 401), ({"Authorization": f"Bearer {token}"}, 403)):
        assert post(b"poison", headers, raising(AssertionError()))[1] == status
    assert dead(platform) == []
    assert token.split(".")[1] not in capsys.readouterr().err

    good = {"Authorization": f"Bearer {SIGNER.token(AUDIENCE)}"}
    assert post(headers={**EVENT, **good})[1] == 204


def test_keys_that_can_not_be_had_let_it_come_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 and not 403, for the token may be good."""
    from worklens import oidc

    monkeypatch.setenv("WORKLENS_AUDIENCE", AUDIENCE)
    monkeypatch.setenv("WORKLENS_DELIVERY_ACCOUNT", ACCOUNT)
    monkeypatch.setattr(oidc, "GOOGLE", oidc.Published("http://127.0.0.1:9/"))

    assert post(headers={**EVENT, "Authorization": f"Bearer {SIGNER.token(AUDIENCE)}"})[1] == 503


def test_a_line_on_google_cloud(
    post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON with severity, key, trace, run and account; what a stage logs by itself has them too."""
    monkeypatch.setenv("WORKLENS_LOGS", "json")
    monkeypatch.setenv("WORKLENS_PROJECT", "my-project")

    def stage(message: Any, ports: Ports) -> None:
        logging.getLogger("worklens.stages.some").warning("odd %s", "thing")

    post(headers={**EVENT, "X-Cloud-Trace-Context": f"{TRACE}/1;o=1"}, stage=stage)
    odd, done = map(json.loads, capsys.readouterr().err.splitlines())

    common = {
        "kind": "sync-requested",
        "run": "r1",
        "account": "todoist:me",
        "logging.googleapis.com/trace": f"projects/my-project/traces/{TRACE}",
    }
    assert odd == {"severity": "WARNING", "message": "odd thing"} | common
    took = done.pop("milliseconds")
    assert done == {"severity": "INFO", "message": "done", "outcome": "done"} | common
    assert took >= 0


def test_a_line_for_a_person(
    post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Plain, and without the trace."""
    monkeypatch.setenv("WORKLENS_LOGS", "text")
    post(headers={**EVENT, "X-Cloud-Trace-Context": TRACE})
    (line,) = capsys.readouterr().err.splitlines()

    assert "INFO    done" in line
    assert "account=todoist:me" in line
    assert TRACE not in line


def test_an_outcome_is_logged(
    post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stage that was done without doing the work says why."""
    from worklens.stages.fetch import Fetched

    monkeypatch.setenv("WORKLENS_LOGS", "text")
    post(stage=lambda message, ports: Fetched("held"))

    assert "outcome=held" in capsys.readouterr().err
