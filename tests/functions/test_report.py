"""The function that serves the page, under functions-framework over the local platform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import functions_framework
import msgspec
import pytest

from tests.pipeline.chaos import calm
from tests.pipeline.test_effect_once import ask, backup, task
from tests.test_iap import AUDIENCE, KEY, PROXY
from worklens import platforms
from worklens.iap import HEADER
from worklens.messages import DigestRequested, Message, ScoresReady, attributes, encode
from worklens.testing.clock import Clock
from worklens.testing.postbox import FakeChat

MAIN = Path(__file__).resolve().parents[2] / "functions" / "report" / "main.py"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of the function, with a backup of ten tasks behind it."""
    root = tmp_path_factory.mktemp("report")
    chaos = calm(root, Clock())
    ask(chaos.platform, backup(*(task(n) for n in range(10))), "2017-01-13T00:00:00Z")
    chaos.run()
    chaos.platform.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKLENS_DATA_DIR", str(root))
        patch.setenv("WORKLENS_SECRETS", "file")
        platforms.ports.cache_clear()
        yield functions_framework.create_app("main", str(MAIN), "http").test_client()
        platforms.ports.cache_clear()


def test_the_page(client: Any) -> None:
    """Whole, in the language asked for, and kept by nobody on the way."""
    answer = client.get("/?language=zh")

    assert answer.status_code == 200
    assert "</html>" in answer.text
    assert 'lang="zh' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_the_page_loads(client: Any) -> None:
    """Its style and its charts' scripts: no address of ours is one that the framework answers by itself."""
    page = client.get("/forecast").text
    loaded = re.findall(r'(?:src|href)="(/[^"?]+\.(?:css|js))"', page)
    whole = [one for one in loaded if "charts" not in one]  # to make the charts' script takes seconds
    answers = [client.get(one) for one in whole]
    tags = {one: f'"{one.rpartition("/")[2]}"' for one in loaded}

    assert len(loaded) == 3
    assert [one.status_code for one in answers] == [200, 200]
    assert {one.headers["Content-Type"].partition(";")[0] for one in answers} == {
        "text/css",
        "text/javascript",
    }
    assert {client.get(one, headers={"If-None-Match": tags[one]}).status_code for one in loaded} == {304}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?account=nobody", 404),
        ("?known_at=2001-01-01T00:00:00Z", 404),
        ("?as_of=yesterday", 400),
        ("?as_of=2017-01-10T00:00:00", 400),
        ("?as_of=2017-01-10T00:00:00Z&account=wunderlist:7", 200),
        ("?as_of=2017-01-10", 200),
        ("?weeks=9", 400),
        ("?words=%00", 400),
        ("forecast", 200),
        ("time?weeks=4", 200),
        ("tasks?words=a&status=any&order=due", 200),
        ("tasks?first=-1", 400),
        ("tasks/story?of=wunderlist:7&task=nothing", 404),
        ("data?language=zh", 200),
        ("nothing", 404),
        ("report?language=zh", 200),
    ],
)
def test_what_can_not_be_shown(client: Any, query: str, status: int) -> None:
    """An account that isn't there, a time before all, and what is no instant: said in a sentence, with no page."""
    answer = client.get(f"/{query}")

    assert answer.status_code == status
    assert ("</html>" in answer.text) == (status == 200)


def test_it_can_only_be_read(client: Any) -> None:
    """Whatever is sent."""
    assert client.post("/", data=b"x").status_code == 405


def test_the_digest(client: Any) -> None:
    """The last one, in the language asked for; a page that loads and runs nothing."""
    answer = client.get("/digest?language=zh")

    assert answer.status_code == 200
    assert "的一周" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert client.post("/digest").status_code == 405


def test_notify_takes_its_messages(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest is sent as the environment says, and the scores are an occasion to look for what is behind."""
    app = functions_framework.create_app("notify", str(MAIN)).test_client()
    with FakeChat() as chat:
        settings = {"channel": {"to": "webhook", "url": chat.url}}
        monkeypatch.setenv("WORKLENS_DIGEST", msgspec.json.encode(settings).decode())
        (feed,) = platforms.ports().state.feeds()
        wish = DigestRequested(feeds=(feed.name,), run="d", window="w", at=platforms.ports().clock.now())
        statuses = [push(app, wish) for _ in range(2)]
        statuses.append(push(app, ScoresReady(feed=feed.name, run="r", window="w", number=1)))

        assert [status // 100 for status in statuses] == [2, 2, 2]
        assert len(chat.calls) == 1


def push(app: Any, message: Message) -> int:
    """Post a message as a CloudEvent; the answer's status."""
    known = {f"ce-{name}": value for name, value in attributes(message).items() if name != "datacontenttype"}
    return int(app.post("/", data=encode(message), headers=known).status_code)


def test_behind_identity_aware_proxy(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No route is answered but to what IAP signed for it; a header that anybody can write opens nothing."""
    known = {KEY: PROXY.public}
    monkeypatch.setenv("WORKLENS_IAP_AUDIENCE", AUDIENCE)
    monkeypatch.setenv("WORKLENS_IAP_KEYS", msgspec.json.encode(known).decode())
    monkeypatch.setenv("WORKLENS_CONNECTING", "1")
    signed, other = PROXY.assertion(), PROXY.assertion(aud="/projects/1/locations/here/services/other")
    paths = ("/", "/forecast", "/tasks", "/data", "/report", "/digest", "/connect", "/api/v1/today")

    assert {path: client.get(path, headers={HEADER: signed}).status_code for path in paths} == dict.fromkeys(
        paths, 200
    )
    for path in (*paths, "/assets/page.css", "/api/openapi.json", "/answer"):
        posed = {"x-goog-authenticated-user-email": "accounts.google.com:me@example.org"}
        told = [client.get(path, headers=given) for given in ({}, posed, {HEADER: other})]
        assert [one.status_code for one in told] == [401, 401, 403], path
        assert {one.text for one in told} == {"Open this page through Identity-Aware Proxy, signed in.\n"}
    assert client.post("/answer", data={"finding": "x"}).status_code == 401
